"""Planned money against ceilings: every rupiah is in exactly one line."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from masterplan.domain.budget_room import BudgetRoom, RoomState, budget_room, steep_years
from masterplan.domain.programme import drop_programme
from masterplan.domain.row import create_row
from masterplan.models import BudgetCeiling, SupportAction
from tests.masterplan.views.rows_given import Ground, ground_of, programme_row

BILLION = 1_000_000_000


def ceiling(ground: Ground, year: int, amount: int, source: str = "") -> None:
    BudgetCeiling.objects.create(plan=ground.plan, year=year, source=source, amount=amount)


def support(ground: Ground, budget: int) -> None:
    values = {
        "group": "penguatan_literasi", "code": "RA-LIT1", "name": "Pelatihan", "lead_opd": ground.opd, "indicator": "x",
        "unit": "y", "baseline_year": 2024, "baseline_value": 0, "years": [{"year": 2026, "target": 1, "budget": budget}],
    }  # fmt: skip
    create_row(plan=ground.plan, model=SupportAction, values=values, by=None)


def planned(room: BudgetRoom, year: int) -> dict[str, int]:
    return {line.label: cell.planned for line in room.lines for cell in line.cells if cell.year == year}


def test_lines_follow_the_code_list_and_add_up(ground: Ground) -> None:
    shares = [{"year": 2026, "source": "Hibah", "amount": BILLION}, {"year": 2026, "source": "APBN", "amount": 1}]
    programme_row(ground, funding_sources=["Hibah", "APBN"], budgets=shares)
    programme_row(ground, code="GOV-P02", funding_sources=["APBD Kabupaten"])
    support(ground, 7)
    room = budget_room(ground.plan)
    assert planned(room, 2026) == {
        "APBD Kabupaten": 1_450_000_000,
        "APBN": 1,
        "Hibah": BILLION,
        "Belum dirinci": 449_999_999,
        "Aksi pendukung": 7,
    }
    assert list(planned(room, 2026))[:3] == ["APBD Kabupaten", "APBN", "Hibah"]
    assert room.total.cells[0].planned == 2_900_000_007


@pytest.mark.parametrize(
    ("amount", "state", "difference"),
    [
        (BILLION, RoomState.OVER, 450_000_000),
        (1_450_000_000, RoomState.FULL, 0),
        (2 * BILLION, RoomState.FITS, 550_000_000),
    ],
)
def test_cells_say_how_they_stand(ground: Ground, amount: int, state: RoomState, difference: int) -> None:
    programme_row(ground, funding_sources=["APBN"])
    ceiling(ground, 2026, amount, "APBN")
    room = budget_room(ground.plan)
    cells = room.lines[0].cells
    assert (cells[0].state, cells[0].difference, cells[1].state) == (state, difference, RoomState.OPEN)


def test_the_years_own_ceiling_outranks_the_sum_of_its_sources(ground: Ground) -> None:
    programme_row(ground, funding_sources=["APBN"])
    ceiling(ground, 2026, 3 * BILLION, "APBN")
    ceiling(ground, 2026, BILLION, "KPBU")
    assert budget_room(ground.plan).total.cells[0].ceiling == 4 * BILLION
    ceiling(ground, 2026, BILLION)
    total = budget_room(ground.plan).total.cells[0]
    assert (total.ceiling, total.state) == (BILLION, RoomState.OVER)


def test_ceilings_of_some_sources_are_no_limit_for_the_year(ground: Ground) -> None:
    programme_row(ground, funding_sources=["APBN"])
    programme_row(ground, code="GOV-P02", funding_sources=["DAK"])
    ceiling(ground, 2026, BILLION, "APBN")
    assert budget_room(ground.plan).total.cells[0].ceiling is None


def test_programmes_without_a_source_are_named(ground: Ground) -> None:
    bare = programme_row(ground)
    programme_row(ground, code="GOV-P02", funding_sources=["APBN"])
    dropped = programme_row(ground, code="GOV-P03")
    drop_programme(dropped, version=1, reason="x", by=None)
    room = budget_room(ground.plan)
    assert room.unsourced == (bare,)
    assert room.total.cells[0].planned == 2_900_000_000


def test_other_plans_are_left_out(ground: Ground) -> None:
    other = ground_of("32.79")
    programme_row(other)
    ceiling(other, 2026, 1)
    assert budget_room(ground.plan).lines == ()


def test_steep_years_are_measured_against_the_leanest() -> None:
    assert [(s.year, s.other, s.times) for s in steep_years({2026: 10, 2027: 39, 2028: 40, 2029: 0})] == [
        (2028, 2026, 4)
    ]
    assert steep_years({2026: 0}) == ()


def test_the_room_costs_the_same_for_1_and_9_programmes(ground: Ground) -> None:
    programme_row(ground, funding_sources=["APBN"])
    counts = []
    for place in (None, *range(2, 10)):
        if place:
            programme_row(ground, code=f"GOV-P0{place}", funding_sources=["APBN"])
        with CaptureQueriesContext(connection) as queries:
            budget_room(ground.plan)
        counts.append(len(queries))
    assert set(counts) == {counts[0]}
    assert counts[0] <= 6
