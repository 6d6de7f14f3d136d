"""A plan written back in the shape that `load` reads. A fixed number of queries."""

from typing import Any

from export.planfile.dump_cycle import dump_bodies, dump_documents, dump_events, dump_steps
from export.planfile.dump_facts import dump_ceilings, dump_own_subdimensions, dump_priority
from export.planfile.dump_quick_win import dump_quick_wins
from export.planfile.dump_register import dump_register, dump_sums, number
from export.planfile.look import dump_look, look_sources
from export.planfile.pictures import dump_pictures
from masterplan import prose
from masterplan.domain.book_look import look_of
from masterplan.models import (
    Gap,
    Goal,
    Issue,
    Masterplan,
    Mission,
    PlanDimension,
    ReadinessItem,
    Rpjmd,
    RpjmdMission,
    Section,
    Strategy,
    SwotItem,
    TowsItem,
    Vision,
)

type Json = dict[str, Any]


def dump(plan: Masterplan) -> Json:
    notes = dict(plan.source_notes.values_list("key", "content"))
    parts: Json = {
        "_meta": notes.get("_meta"),
        "rencana": _plan(plan),
        "daerah": _region(plan),
        "perangkat_daerah": [
            {"kode": opd.code, "nama": opd.name, "jenis": opd.kind, "alias": opd.aliases}
            for opd in plan.regency.opds.all()
        ],
        "peran_pengguna": notes.get("peran_pengguna"),
        "kelembagaan": dump_bodies(plan),
        "rpjmd": _rpjmd(plan),
        **_analysis(plan),
        **_direction(plan),
    }
    register = dump_register(plan)
    parts |= {
        "subdimensi_daerah": dump_own_subdimensions(plan),
        "strategi": _strategies(plan),
        "program": register["program"],
        "rencana_aksi_pendukung": register["rencana_aksi_pendukung"],
        "pagu_anggaran": dump_ceilings(plan),
        "quick_wins": dump_quick_wins(plan),
        "peta_jalan": register["peta_jalan"],
        "tahapan": dump_steps(plan),
        "dokumen": dump_documents(plan),
        "kegiatan": dump_events(plan),
        "instrumen_evaluasi": notes.get("instrumen_evaluasi"),
        "ringkasan_anggaran": dump_sums(register),
        **_texts(plan),
    }
    return {key: value for key, value in parts.items() if value is not None}


def _plan(plan: Masterplan) -> Json:
    return {
        "kode_daerah": plan.regency_id,
        "judul": plan.title,
        "tahun_awal": plan.start_year,
        "lama_tahun": plan.years,
        "tahun_dasar": plan.base_year,
        "lama_rencana_aksi": plan.detail_years,
        "kerangka": plan.outline.code,
        "perangkat_dimensi": plan.dimension_set.code,
    }


def _region(plan: Masterplan) -> Json:
    regency = plan.regency
    return {
        "nama": regency.full_name,
        "jenis": regency.kind,
        "provinsi": regency.province.name,
        "ibu_kota": regency.capital,
        "sebutan_kepala_daerah": regency.head_title,
        "sebutan_perangkat_daerah": regency.opd_term,
        "luas_km2": None if regency.area_km2 is None else number(regency.area_km2),
        "jumlah_kecamatan": regency.district_count,
        "jumlah_desa": regency.village_count,
        "jumlah_kelurahan": regency.ward_count,
        "catatan_luas_wilayah": regency.area_note,
        "angkatan_program": regency.cohort_year,
        "catatan_disambiguasi": regency.mixup_note,
    }


def _rpjmd(plan: Masterplan) -> Json | None:
    rpjmd = Rpjmd.objects.filter(plan=plan).first()
    missions = [{"no": m.number, "uraian": m.text} for m in RpjmdMission.objects.filter(plan=plan)]
    if rpjmd is None:
        return None
    return {"periode": rpjmd.period, "catatan": rpjmd.note, "visi_contoh": rpjmd.vision, "misi_contoh": missions}


def _analysis(plan: Masterplan) -> Json:
    issues: dict[str, list[str]] = {}
    for issue in Issue.objects.filter(plan=plan).select_related("dimension").order_by("position"):
        issues.setdefault(issue.dimension.code, []).append(issue.text)
    return {
        "isu_strategis_per_dimensi": issues,
        "kesiapan": [_readiness(item) for item in ReadinessItem.objects.filter(plan=plan)],
        "swot": [_swot(item) for item in SwotItem.objects.filter(plan=plan)],
        "tows": [_tows(item) for item in TowsItem.objects.filter(plan=plan).prefetch_related("sources", "dimensions")],
        "gap_analysis": [
            _gap(gap) for gap in Gap.objects.filter(plan=plan).select_related("dimension", "closing_strategy")
        ],
    }


def _readiness(item: ReadinessItem) -> Json:
    return {
        "kelompok": item.group,
        "elemen": item.element,
        "indikator": item.indicator,
        "satuan": item.unit,
        "nilai": number(item.value),
        "tahun": item.year,
        "sumber": item.source,
        "skor_0_4": item.score,
        "catatan": item.note,
    }


def _swot(item: SwotItem) -> Json:
    return {
        "kode": item.code,
        "jenis": item.kind,
        "faktor": "internal" if item.is_internal else "eksternal",
        "kelompok_kesiapan": item.readiness_group,
        "uraian": item.text,
    }


def _tows(item: TowsItem) -> Json:
    return {
        "kode": item.code,
        "tipe": item.kind,
        "dari": [source.code for source in item.sources.all()],
        "arah": item.text,
        "dimensi": [dimension.code for dimension in item.dimensions.all()],
    }


def _gap(gap: Gap) -> Json:
    return {
        "dimensi": gap.dimension.code,
        "kondisi_saat_ini": gap.current,
        "kondisi_ideal": gap.ideal,
        "kesenjangan": gap.gap,
        "strategi_penutup": gap.closing_strategy.code if gap.closing_strategy else None,
    }


def _direction(plan: Masterplan) -> Json:
    vision = Vision.objects.filter(plan=plan).first()
    missions = [
        {"no": m.number, "uraian": m.text, "rpjmd_misi": m.rpjmd_mission.number if m.rpjmd_mission else None}
        for m in Mission.objects.filter(plan=plan).select_related("rpjmd_mission")
    ]
    own = {goal.dimension_id: goal for goal in PlanDimension.objects.filter(plan=plan)}
    dimensions = plan.dimension_set.dimensions.prefetch_related("subdimensions")
    return {
        "visi_smart_city": {
            "kata_kunci": vision.keywords if vision else [],
            "pernyataan": vision.statement if vision else "",
            "misi": missions,
        },
        "sasaran": [
            _goal(goal)
            for goal in Goal.objects.filter(plan=plan).select_related("dimension").prefetch_related("targets")
        ],
        "dimensi": [
            {
                "kode": dimension.code,
                "nama": dimension.name,
                "tujuan": own[dimension.pk].goal if dimension.pk in own else "",
                **dump_priority(own.get(dimension.pk)),
                "subdimensi": [{"kode": part.code, "nama": part.name} for part in dimension.subdimensions.all()],
            }
            for dimension in dimensions
        ],
    }


def _goal(goal: Goal) -> Json:
    return {
        "kode": goal.code,
        "uraian": goal.text,
        "dimensi": goal.dimension.code,
        "indikator": goal.indicator,
        "satuan": goal.unit,
        "baseline": {"tahun": goal.baseline_year, "nilai": number(goal.baseline_value)},
        "target": {str(target.year): number(target.value) for target in goal.targets.all()},
    }


def _strategies(plan: Masterplan) -> list[Json]:
    rows = Strategy.objects.filter(plan=plan).select_related("dimension")
    return [{"kode": row.code, "dimensi": row.dimension.code, "pernyataan": row.text} for row in rows]


def _texts(plan: Masterplan) -> Json:
    """Texts and their pictures; ids only where a cross-reference of the plan points."""
    sections = Section.objects.present().filter(plan=plan).in_book_order()
    docs = {row.outline_section.code: row.doc for row in sections if row.words or prose.captions(row.doc)}
    targets = {target for doc in docs.values() for target in prose.reference_targets(doc)}
    look = look_of(plan.regency)
    pictures, names = dump_pictures(plan, docs.values(), look_sources(look))
    texts = {code: prose.to_html(doc, kept_ids=targets, sources=names) for code, doc in docs.items()}
    parts: Json = {"prosa": {"outline": plan.outline.code, "regency": plan.regency_id, "sections": texts}}
    return parts | {"tampilan_buku": dump_look(look, names), "gambar": pictures}
