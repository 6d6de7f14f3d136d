"""The register part of a plan file: programmes, actions, roadmap, quick wins, sums."""

from decimal import Decimal
from typing import Any

from export.planfile.dump_facts import dump_facts
from export.planfile.parse_facts import DROPPED
from masterplan.models import Masterplan, Programme, RoadmapPeriod, SupportAction

type Json = dict[str, Any]
FACTS = ("partners", "references", "budgets", "former_codes", "reasons")


def number(value: Decimal) -> int | float:
    """Whole numbers without a point, as people write them."""
    return int(value) if value == value.to_integral_value() else float(value)


def dump_register(plan: Masterplan) -> Json:
    programmes = list(
        Programme.objects.filter(plan=plan)
        .select_related("dimension", "subdimension", "strategy", "lead_opd", "rpjmd_mission", "own_subdimension")
        .prefetch_related("supporting_opds", "years", "quick_wins", *FACTS)
    )
    actions = (
        SupportAction.objects.filter(plan=plan).select_related("lead_opd").prefetch_related("supporting_opds", "years")
    )
    return {
        "program": [_programme(programme) for programme in programmes],
        "rencana_aksi_pendukung": [_action(action) for action in actions],
        "peta_jalan": _roadmap(plan, programmes),
    }


def _years(work: Programme | SupportAction) -> tuple[Json, Json]:
    years = list(work.years.all())
    targets = {str(year.year): number(year.target) for year in years if year.target is not None}
    return targets, {str(year.year): year.budget for year in years}


def _measured(work: Programme | SupportAction) -> Json:
    return {"tahun": work.baseline_year, "nilai": number(work.baseline_value)}


def _programme(work: Programme) -> Json:
    targets, budgets = _years(work)
    quick_wins = list(work.quick_wins.all())
    return {
        "kode": work.code,
        "dimensi": work.dimension.code,
        "subdimensi": work.subdimension.code,
        "strategi": work.strategy.code,
        "nama": work.name,
        "kegiatan": work.activities,
        "opd_penanggung_jawab": work.lead_opd.code,
        "opd_pendukung": [opd.code for opd in work.supporting_opds.all()],
        "indikator": work.indicator,
        "satuan": work.unit,
        "arah": work.direction,
        "baseline": _measured(work),
        "target": targets,
        "anggaran_rp": budgets,
        "total_anggaran_rp": sum(budgets.values()),
        "sumber_pendanaan": work.funding_sources,
        "lokasi": work.location,
        "jangka": work.horizons,
        "rpjmd_misi": work.rpjmd_mission.number if work.rpjmd_mission else None,
        "kode_sub_kegiatan": work.subactivity_code,
        "quick_win": quick_wins[-1].code if quick_wins else None,
        **dump_facts(work),
    }


def _action(work: SupportAction) -> Json:
    targets, budgets = _years(work)
    return {
        "kode": work.code,
        "kelompok": work.group,
        "nama": work.name,
        "opd_penanggung_jawab": work.lead_opd.code,
        "opd_pendukung": [opd.code for opd in work.supporting_opds.all()],
        "indikator": work.indicator,
        "satuan": work.unit,
        "baseline": _measured(work),
        "target": targets,
        "anggaran_rp": budgets,
    }


def _roadmap(plan: Masterplan, programmes: list[Programme]) -> Json:
    periods = list(RoadmapPeriod.objects.filter(plan=plan))
    return {
        "periode": {p.horizon: {"mulai": p.start_year, "akhir": p.end_year} for p in periods},
        "tema_per_periode": {p.horizon: p.theme for p in periods},
        "sel": [
            {"program": p.code, "periode": horizon} for p in programmes if not p.is_dropped for horizon in p.horizons
        ],
    }


def dump_sums(register: Json) -> Json:
    """All work by year, programmes by dimension; only years and dimensions that carry money. Dropped work is left out."""
    programmes = [programme for programme in register["program"] if programme.get("status") != DROPPED]
    works = [*programmes, *register["rencana_aksi_pendukung"]]
    by_year: dict[str, int] = {}
    for work in works:
        for year, budget in work["anggaran_rp"].items():
            by_year[year] = by_year.get(year, 0) + budget
    by_dimension: dict[str, int] = {}
    for programme in programmes:
        code = programme["dimensi"]
        by_dimension[code] = by_dimension.get(code, 0) + programme["total_anggaran_rp"]
    support = sum(sum(action["anggaran_rp"].values()) for action in register["rencana_aksi_pendukung"])
    return {
        "per_tahun_rp": dict(sorted(by_year.items())),
        "total_rp": sum(by_year.values()),
        "per_dimensi_rp": by_dimension,
        "rencana_aksi_pendukung_rp": support,
    }
