"""A small plan in which nothing contradicts anything, as a snapshot, and ways to break one thing in it."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from masterplan.consistency.snapshot import (
    ActionRow,
    DimensionFacts,
    GapRow,
    GoalRow,
    IssueRow,
    MissionRow,
    OpdFacts,
    PeriodRow,
    ProgrammeRow,
    ReadinessRow,
    RpjmdMissionRow,
    RpjmdRow,
    SectionText,
    Snapshot,
    StrategyRow,
    SwotRow,
    TowsRow,
    VisionRow,
)
from masterplan.enums import BimtekStage, Direction, Horizon, ReadinessGroup, SupportGroup, SwotKind, TowsKind
from quickwin.consistency import QuickWinRow, Risk
from quickwin.enums import Continuation

type Json = dict[str, Any]
YEARS = range(2026, 2031)
MILLION = 10**6
DIMENSIONS = ("GOV", "LIV")
TEXT = "Dinas Kesehatan (DINKES) memimpin program ini dengan anggaran Rp500 juta pada 2026–2030."


def paragraph(text: str, identity: str = "p1") -> Json:
    return {"type": "paragraph", "attrs": {"id": identity}, "content": [{"type": "text", "text": text}]}


def doc(*blocks: Json | str) -> Json:
    content = [paragraph(block, f"p{n}") if isinstance(block, str) else block for n, block in enumerate(blocks, 1)]
    return {"type": "doc", "content": content}


def section(code: str, *blocks: Json | str, **changes: Any) -> SectionText:
    facts = {
        "is_written": True, "is_summary": False, "is_required": True, "due_stage": BimtekStage.I,
        "min_words": 100, "words": 120,
    }  # fmt: skip
    return SectionText(code=code, label=f"Buku I · {code}", doc=doc(*blocks), **facts | changes)


def per_year(*values: int) -> dict[int, Decimal]:
    return {year: Decimal(value) for year, value in zip(YEARS, values, strict=True)}


MEASURE: dict[str, Any] = {"unit": "layanan", "baseline_year": 2024, "baseline": Decimal(5)}
WORK: dict[str, Any] = MEASURE | {
    "lead": 1,
    "supporting": (2,),
    "targets": per_year(6, 7, 8, 9, 10),
    "budgets": dict.fromkeys(YEARS, 100 * MILLION),
}


def programme(pk: int, dimension: str) -> ProgrammeRow:
    return ProgrammeRow(
        pk, f"{dimension}-P0{pk}", f"Program {dimension}", dimension, indicator=f"Layanan {dimension}",
        subdimension=f"{dimension}-1", strategy=pk, activities=("Gerai",), direction=Direction.UP,
        funding=("APBD Kabupaten",), horizons=(Horizon.SHORT, Horizon.MEDIUM), rpjmd_mission=1, **WORK,
    )  # fmt: skip


def quick_win(pk: int, dimension: str) -> QuickWinRow:
    return QuickWinRow(
        pk, f"QW-0{pk}", f"Cepat {dimension}", dimension, programme=pk, year=2026, lead=1, budget=50 * MILLION,
        funding=("APBD Kabupaten",), year_end_target="2 gerai", continuation=Continuation.NEW, origin_year=2026,
        risks=(Risk("Gerai terputus", 4, "Modem ganda"),), quarters=(1, 2, 3, 4),
    )  # fmt: skip


def readiness(pk: int, group: str) -> ReadinessRow:
    return ReadinessRow(
        pk, text=f"Indikator {group}", group=group, unit="%", value=Decimal(40), year=2024, score=2, source="BPS"
    )


def goal(pk: int, dimension: str) -> GoalRow:
    targets = per_year(84, 85, 87, 88, 90)
    facts: dict[str, Any] = MEASURE | {"unit": "indeks", "baseline": Decimal(80)}
    return GoalRow(
        pk, f"SAS-{pk}", f"Sasaran {dimension}", dimension, indicator=f"IKM {dimension}", targets=targets, **facts
    )


OFFICES = {
    1: OpdFacts(1, "DINKES", "Dinas Kesehatan", ("Dinkes", "DKES"), is_active=True, code="DINKES"),
    2: OpdFacts(2, "BAG-HKM", "Bagian Hukum", ("Hukum",), is_active=True, code="BAG-HKM"),
}


def good_plan() -> Snapshot:
    places = tuple(enumerate(DIMENSIONS, 1))
    swot = ((SwotKind.STRENGTH, "S1"), (SwotKind.OPPORTUNITY, "O1"))
    return Snapshot(
        start_year=2026,
        end_year=2035,
        base_year=2024,
        detail_years=YEARS,
        dimensions=(
            DimensionFacts("GOV", "Smart Governance", {"GOV-1": "Pelayanan"}),
            DimensionFacts("LIV", "Smart Living", {"LIV-1": "Kesehatan"}),
        ),
        opds=OFFICES,
        issues=tuple(IssueRow(pk, text=f"Isu {code}", dimension=code) for pk, code in places),
        readiness=tuple(readiness(pk, group) for pk, group in enumerate(ReadinessGroup.values, 1)),
        swot=tuple(SwotRow(pk, code, f"Butir {code}", swot=kind) for pk, (kind, code) in enumerate(swot, 1)),
        tows=(TowsRow(1, "TOWS-SO1", "Perluas", tows=TowsKind.SO, sources=(1, 2), dimensions=("GOV", "LIV")),),
        gaps=tuple(GapRow(pk, text=f"Jarak {code}", dimension=code, strategy=pk) for pk, code in places),
        rpjmd=RpjmdRow(1, text="RPJMD", period="2025-2029"),
        rpjmd_missions=(RpjmdMissionRow(1, "1", "Mutu hidup"),),
        vision=VisionRow(1, text="Pelayanan dekat dan sungai bersih", keywords=("layanan dekat", "sungai")),
        missions=(MissionRow(1, "1", "Mendekatkan layanan", rpjmd_mission=1),),
        goals=tuple(goal(pk, code) for pk, code in places),
        strategies=tuple(StrategyRow(pk, f"{code}-S{pk}", f"Strategi {code}", code) for pk, code in places),
        programmes=tuple(programme(pk, code) for pk, code in places),
        actions=tuple(
            ActionRow(pk, f"RA-{pk}", f"Aksi {group}", indicator=f"Aksi {group}", group=group, **WORK)
            for pk, group in enumerate(SupportGroup.values, 1)
        ),
        periods=(
            PeriodRow(1, text="Jangka pendek", horizon=Horizon.SHORT, start=2026, end=2026),
            PeriodRow(2, text="Jangka menengah", horizon=Horizon.MEDIUM, start=2027, end=2030),
            PeriodRow(3, text="Jangka panjang", horizon=Horizon.LONG, start=2031, end=2035),
        ),
        sections=(section("B1.1", TEXT), section("B1.2", "Dua program dan dua quick win tahun 2026 saling melengkapi.")),
        parts={QuickWinRow: tuple(quick_win(pk, code) for pk, code in places)},
        amounts=(50 * MILLION, 100 * MILLION),
    )  # fmt: skip


def with_rows(plan: Snapshot, name: str, *rows: Any) -> Snapshot:
    return replace(plan, **{name: rows})


def changed(name: str, place: int = 0, **changes: Any) -> Snapshot:
    """The good plan with one row of a table changed."""
    plan = good_plan()
    rows = list(getattr(plan, name))
    rows[place] = replace(rows[place], **changes)
    return with_rows(plan, name, *rows)


def added(name: str, *rows: Any) -> Snapshot:
    plan = good_plan()
    return with_rows(plan, name, *getattr(plan, name), *rows)


def without(name: str, place: int = 0) -> Snapshot:
    plan = good_plan()
    rows = list(getattr(plan, name))
    del rows[place]
    return with_rows(plan, name, *rows)


def win(place: int = 1, **changes: Any) -> Snapshot:
    plan = good_plan()
    wins = list(plan.part(QuickWinRow))
    wins[place] = replace(wins[place], **changes)
    return replace(plan, parts={QuickWinRow: tuple(wins)})


def written(*blocks: Json | str, **changes: Any) -> Snapshot:
    """The good plan with one section more."""
    return added("sections", section("B1.9", *blocks, **changes))
