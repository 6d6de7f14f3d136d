"""The file as checked values; references are still codes. Nothing is written here."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from typing import Any

from export.planfile.cursor import Cursor, Fault, PlanFileError
from export.planfile.look import parse_look
from export.planfile.parse_analysis import parse_analysis
from export.planfile.parse_cycle import parse_bodies, parse_documents, parse_events, parse_steps
from export.planfile.parse_direction import parse_direction
from export.planfile.parse_region import parse_opds, parse_region
from export.planfile.parse_register import parse_register
from export.planfile.pictures import parse_pictures
from masterplan import prose
from masterplan.models import DimensionSet, Masterplan, Outline, OutlineSection
from smartcity.regency.models import Regency

NOTE_KEYS = ("_meta", "peran_pengguna", "instrumen_evaluasi")

type Values = dict[str, Any]


@dataclass
class PlanFile:
    plan: Values
    regency: Regency
    regency_facts: Values
    tables: dict[str, list[Values]]
    notes: dict[str, Any]
    prose: dict[str, Values] = field(default_factory=dict)
    pictures: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    look: Values | None = None


def parse(data: Mapping[str, Any]) -> PlanFile:
    """Raises PlanFileError with all faults."""
    faults: list[Fault] = []
    root = Cursor(dict(data), "", faults)
    regency, facts = parse_region(root)
    if regency is None:
        raise PlanFileError(faults)
    plan = _plan(root, regency)
    if faults:
        raise PlanFileError(faults)
    dimensions = {
        dimension.code: dimension for dimension in plan["dimension_set"].dimensions.prefetch_related("subdimensions")
    }
    tables: dict[str, list[Values]] = {}
    tables["opds"] = parse_opds(root)
    tables["members"] = parse_bodies(root, [opd["code"] for opd in tables["opds"]])
    tables["steps"] = parse_steps(root)
    tables["documents"] = parse_documents(root)
    tables["events"] = parse_events(root)
    tables |= parse_direction(root, dimensions, plan)
    tables |= parse_analysis(root, dimensions, tables["strategies"])
    tables |= parse_register(root, dimensions, plan, tables)
    pictures = parse_pictures(root)
    texts = _prose(root, plan["outline"], pictures)
    look = parse_look(root, pictures)
    notes = {key: root.raw(key) for key in NOTE_KEYS if root.has(key)}
    root.finish()
    if faults:
        raise PlanFileError(faults)
    return PlanFile(plan, regency, facts, tables, notes, texts, pictures, look)


def _plan(root: Cursor, regency: Regency) -> Values:
    """Facts of the plan: from `rencana`, else from what the file shows (docs/plan-format.md)."""
    given = Cursor(root.raw("rencana", {}), "rencana", root.faults)
    meta = _mapping(root.value, "_meta")
    targets = [year for year in meta.get("tahun_target", []) if isinstance(year, int)]
    periods = _mapping(_mapping(root.value, "peta_jalan"), "periode")
    ends = [p["akhir"] for p in periods.values() if isinstance(p, dict) and isinstance(p.get("akhir"), int)]
    start = given.whole("tahun_awal", min(targets, default=None), low=2000, high=2100)
    if not start:
        given.fail("tahun_awal", "wajib diisi.")
        start = 2000
    shown = max(ends, default=start + 9) - start + 1
    years = given.whole("lama_tahun", 5 if shown <= 5 else 10, low=5, high=10)
    if years not in (5, 10):
        given.fail("lama_tahun", "harus 5 atau 10.")
    base = given.whole("tahun_dasar", meta.get("tahun_baseline", start - 1), low=1990, high=2100)
    if base > start:
        given.fail("tahun_dasar", "tidak boleh setelah tahun awal.")
    values = {
        "title": given.text(
            "judul", f"Masterplan Smart City {regency.full_name} {start}–{start + years - 1}", most=160
        ),
        "start_year": start,
        "years": years,
        "base_year": base,
        "detail_years": given.whole("lama_rencana_aksi", min(len(targets) or 5, years), low=1, high=years),
        "outline": _known(given, "kerangka", Outline.objects.all(), _prose_outline(root)),
        "dimension_set": _known(given, "perangkat_dimensi", DimensionSet.objects.all(), None),
    }
    given.raw("kode_daerah", None)
    given.finish()
    return values


def _mapping(value: Mapping[str, Any], name: str) -> dict[str, Any]:
    """A part of the file before it is checked; anything but an object counts as missing."""
    part = value.get(name)
    return part if isinstance(part, dict) else {}


def _prose_outline(root: Cursor) -> str | None:
    given = root.value.get("prosa")
    return given.get("outline") if isinstance(given, dict) else None


def _known(given: Cursor, name: str, choices: Any, fallback: str | None) -> Any:
    code = given.text(name, fallback or "")
    found = choices.filter(code=code).first() if code else choices.first()
    if found is None:
        given.fail(
            name, f"“{code}” tidak dikenal. Muat data acuan lebih dahulu." if code else "data acuan belum dimuat."
        )
    return found


def _prose(root: Cursor, outline: Outline, media: Container[str]) -> dict[str, Values]:
    given = Cursor(root.raw("prosa", {}), "prosa", root.faults)
    if not given.value:
        return {}
    given.text("outline", outline.code)
    given.text("regency", "")
    sections = Cursor(given.raw("sections", {}), "prosa.sections", root.faults)
    known = set(OutlineSection.objects.filter(chapter__book__outline=outline).values_list("code", flat=True))
    texts = {}
    for code in sections.value:
        html = sections.text(code, "", most=400_000)
        if code not in known:
            sections.fail(code, f"bagian ini tidak ada dalam kerangka {outline.code}.")
            continue
        try:
            texts[code] = prose.parse_html(html, media=media)
        except prose.Refused as error:
            sections.fail(code, str(error))
    given.finish()
    return texts


def plan_of(file: PlanFile) -> Masterplan | None:
    """The plan that this file would be, when it exists already."""
    return Masterplan.objects.filter(regency=file.regency, start_year=file.plan["start_year"]).first()
