"""The cycle of a region as the plan file writes it; empty keys are left out."""

from typing import Any

from bimtek.enums import Body
from bimtek.models import AgendaItem, BodyMember, CycleDocument, CycleEvent, CycleStep
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


def dump_events(plan: Masterplan) -> list[Json] | None:
    """None where the plan has none. Participants, attendance and files are not carried."""
    rows = CycleEvent.objects.filter(plan=plan).select_related("stage").prefetch_related("agenda")
    return [_event(row) for row in rows] or None


def _event(row: CycleEvent) -> Json:
    head = {"jenis": row.kind, "judul": row.title}
    dates = {"tanggal_mulai": row.start_date.isoformat(), "tanggal_selesai": row.end_date.isoformat()}
    more: Json = {
        "tahap": row.stage.position if row.stage else None,
        "tempat": row.venue,
        "tautan": row.online_url,
        "dibuka_oleh": row.opened_by,
        "atas_nama": row.on_behalf_of,
        "keadaan": "batal" if row.is_cancelled else "",
        "notula": row.minutes,
        "keputusan": row.decisions,
        "acara": [_agenda(item) for item in row.agenda.all()],
    }
    return head | dates | _filled(more)


def _agenda(item: AgendaItem) -> Json:
    more: Json = {"sampai": item.ends and f"{item.ends:%H:%M}", "pembicara": item.speaker}
    return {"hari": item.day.isoformat(), "mulai": f"{item.starts:%H:%M}", "acara": item.title} | _filled(more)


def dump_bodies(plan: Masterplan) -> Json:
    members = list(BodyMember.objects.filter(plan=plan).select_related("opd", "appointed_by"))
    return {body: [_member(row) for row in members if row.body == body] for body in Body.values}


def _member(row: BodyMember) -> Json:
    more: Json = {
        "unsur": row.organisation_kind,
        "instansi": row.organisation,
        "perangkat_daerah": row.opd.code if row.opd else "",
        "sejak": row.since and row.since.isoformat(),
        "sampai": row.until and row.until.isoformat(),
        "ditetapkan_dengan": row.appointed_by.number if row.appointed_by else "",
    }
    return {"jabatan": row.seat, "pengisi": row.holder} | _filled(more)


def _filled(values: Json) -> Json:
    return {name: value for name, value in values.items() if value}


def dump_steps(plan: Masterplan) -> Json:
    workshops: list[Json] = []
    others: list[Json] = []
    for step in CycleStep.objects.filter(plan=plan).select_related("stage"):
        dates = {"tanggal_mulai": step.start_date.isoformat(), "tanggal_selesai": step.end_date.isoformat()}
        if step.held_start and step.held_end:
            dates |= {"terlaksana_mulai": step.held_start.isoformat(), "terlaksana_selesai": step.held_end.isoformat()}
        if step.stage:
            workshops.append(
                {"tahap": step.stage.position, "nama": step.name, **dates, "tempat": step.place, "hasil": step.results}
            )
        else:
            place = {"tempat": step.place} if step.place else {}
            others.append({"kode": step.code, "nama": step.name, **dates, **place})
    return {"bimtek": workshops, "lain": others}
