"""The cycle of a region as the plan file writes it; empty keys are left out."""

from typing import Any

from bimtek.enums import Body
from bimtek.models import BodyMember, CycleDocument, CycleStep
from masterplan.models import Masterplan

type Json = dict[str, Any]


def dump_documents(plan: Masterplan) -> list[Json] | None:
    """None where the plan has none, so that older files stay as they were. Scans are not carried."""
    rows = CycleDocument.objects.filter(plan=plan).order_by("date", "pk").select_related("stage")
    return [_document(row) for row in rows.prefetch_related("signers")] or None


def _document(row: CycleDocument) -> Json:
    entry: Json = {"jenis": row.kind, "nomor": row.number, "tanggal": row.date.isoformat(), "perihal": row.subject}
    if row.stage:
        entry["tahap"] = row.stage.position
    signers = [{"nama": each.name, "jabatan": each.office} for each in row.signers.all()]
    return entry | ({"penanda_tangan": signers} if signers else {})


def dump_bodies(plan: Masterplan) -> Json:
    members = list(BodyMember.objects.filter(plan=plan))
    return {body: [{"jabatan": m.seat, "pengisi": m.holder} for m in members if m.body == body] for body in Body.values}


def dump_steps(plan: Masterplan) -> Json:
    workshops: list[Json] = []
    others: list[Json] = []
    for step in CycleStep.objects.filter(plan=plan).select_related("stage"):
        dates = {"tanggal_mulai": step.start_date.isoformat(), "tanggal_selesai": step.end_date.isoformat()}
        if step.stage:
            workshops.append(
                {"tahap": step.stage.position, "nama": step.name, **dates, "tempat": step.place, "hasil": step.results}
            )
        else:
            place = {"tempat": step.place} if step.place else {}
            others.append({"kode": step.code, "nama": step.name, **dates, **place})
    return {"bimtek": workshops, "lain": others}
