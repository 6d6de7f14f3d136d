"""Facts of a programme that a plan file carries only where they are filled: older files stay as they were."""

from typing import Any

from export.planfile.parse_facts import DROPPED, VARIABLES
from masterplan.models import BudgetCeiling, Masterplan, PlanDimension, PlanSubdimension, Programme

type Json = dict[str, Any]


def dump_facts(work: Programme) -> Json:
    """In a fixed order; needs partners, references, budgets, former codes and reasons prefetched."""
    parts: Json = {
        "subdimensi_daerah": work.own_subdimension.name if work.own_subdimension else None,
        "jenis_inovasi": work.innovation,
        "kecamatan": work.districts,
        "penerima_manfaat": work.beneficiaries,
        "mitra": [{"jenis": partner.kind, "nama": partner.name} for partner in work.partners.all()],
        "anggaran_per_sumber_rp": _shares(work),
        "rujukan": [
            {"dokumen": part.document, "periode": part.period, "bagian": part.part} for part in work.references.all()
        ],
        "kesiapan": _readiness(work),
        "kode_lama": [former.code for former in work.former_codes.all()],
        "status": DROPPED if work.is_dropped else None,
        "alasan": [
            {
                "jenis": reason.kind,
                "alasan": reason.text,
                "rincian": reason.detail,
                "oleh": reason.by_name,
                "waktu": reason.at.isoformat(),
            }
            for reason in sorted(work.reasons.all(), key=lambda reason: (reason.at, reason.pk))
        ],
    }
    return {key: value for key, value in parts.items() if value}


def _shares(work: Programme) -> Json:
    """By source in the order in which the programme names them, then by year."""
    shares: dict[str, Json] = {name: {} for name in work.funding_sources}
    for share in work.budgets.all():
        shares.setdefault(share.source, {})[str(share.year)] = share.amount
    return {name: cells for name, cells in shares.items() if cells}


def _readiness(work: Programme) -> Json:
    parts = {
        key: {"status": getattr(work, name), "catatan": getattr(work, f"{name}_note")}
        for key, name in VARIABLES.items()
    }
    filled = {key: {name: value for name, value in part.items() if value} for key, part in parts.items()}
    return {key: part for key, part in filled.items() if part}


def dump_own_subdimensions(plan: Masterplan) -> list[Json] | None:
    rows = PlanSubdimension.objects.filter(plan=plan).select_related("subdimension")
    return [{"nama": row.name, "subdimensi": row.subdimension.code} for row in rows] or None


def dump_ceilings(plan: Masterplan) -> list[Json] | None:
    rows = BudgetCeiling.objects.filter(plan=plan)
    return [
        {"tahun": row.year, "sumber": row.source, "jumlah_rp": row.amount, "catatan": row.note} for row in rows
    ] or None


def dump_priority(own: PlanDimension | None) -> Json:
    """The key `prioritas` of a dimension, where the region set one."""
    if own is None or own.priority is None:
        return {}
    day = own.priority_on.isoformat() if own.priority_on else None
    facts = {
        "urutan": own.priority,
        "alasan": own.priority_reason,
        "diputuskan_oleh": own.priority_by,
        "tanggal": day,
    }
    return {"prioritas": {key: value for key, value in facts.items() if value}}
