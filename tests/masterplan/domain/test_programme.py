"""Reasons that are kept, codes that survive, money by source that adds up."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masterplan.domain.completeness import row_counts
from masterplan.domain.programme import (
    create_programme,
    drop_programme,
    lowered,
    overshoot,
    revive_programme,
    shares_of,
    update_programme,
)
from masterplan.domain.row import StaleRowError
from masterplan.models import Programme, ProgrammeReason
from quickwin.models import QuickWin
from smartcity.accounts.enums import Role
from smartcity.audit.models import Event
from smartcity.ui.refusal import Conflict, Incomplete, NotAllowed, WrongState
from tests.masterplan.views.rows_given import Ground, programme_row
from tests.smartcity.accounts.given import person

PLANNED = range(2026, 2029)


def years(*targets: int | None) -> list[dict[str, Any]]:
    return [{"year": year, "target": target, "budget": 10} for year, target in zip(PLANNED, targets, strict=True)]


@pytest.mark.parametrize(
    ("direction", "now", "found"),
    [
        ("naik", (10, 20, 30), []),
        ("naik", (11, 25, 30), []),
        ("naik", (10, 15, 30), ["2027: 20 → 15"]),
        ("naik", (10, 20, None), ["2028: 30 → dihapus"]),
        ("turun", (10, 15, 30), []),
        ("turun", (12, 20, 30), ["2026: 10 → 12"]),
    ],
)
def test_lowered_follows_the_direction(direction: str, now: tuple[int | None, ...], found: list[str]) -> None:
    old = {2026: Decimal(10), 2027: Decimal(20), 2028: Decimal(30)}
    assert lowered(old, years(*now), direction, PLANNED) == found


def test_a_target_that_was_never_set_cannot_be_lowered() -> None:
    assert lowered({2026: None}, years(1, 1, 1), "naik", PLANNED) == []


@given(
    st.dictionaries(st.sampled_from(PLANNED), st.integers(0, 100)),
    st.lists(st.tuples(st.sampled_from(PLANNED), st.integers(1, 100))),
)
def test_overshoot_names_exactly_the_years_whose_sources_exceed_them(
    budgets: dict[int, int], shares: list[tuple[int, int]]
) -> None:
    planned = [{"year": year, "budget": budget} for year, budget in budgets.items()]
    found = overshoot(planned, [{"year": year, "amount": amount} for year, amount in shares])
    for year in PLANNED:
        spent = sum(amount for own, amount in shares if own == year)
        assert found.get(year) == ((spent, budgets.get(year, 0)) if spent > budgets.get(year, 0) else None)


def test_lowering_a_target_needs_a_reason_and_keeps_it(ground: Ground) -> None:
    row = programme_row(ground)
    planned = ground.plan.detail_range
    easier = [{"year": year, "target": 120 if year == 2027 else 125, "budget": 1_450_000_000} for year in planned]
    with pytest.raises(Incomplete, match=r"2027: 125 → 120"):
        update_programme(row, version=1, values={"years": easier}, by=None)
    assert Programme.objects.get().version == 1
    assert row.years.get(year=2027).target == 125
    user = person(Role.COORDINATOR)
    update_programme(row, version=1, values={"years": easier, "reason": "Anggaran dipotong"}, by=user)
    reason = ProgrammeReason.objects.get()
    assert (reason.kind, reason.text, reason.detail) == ("target", "Anggaran dipotong", "2027: 125 → 120")
    assert reason.by_name == user.display_name


def test_sources_may_not_exceed_the_year(ground: Ground) -> None:
    row = programme_row(ground)
    shares = [{"year": 2026, "source": "APBN", "amount": 1_450_000_001}]
    with pytest.raises(Incomplete, match=r"Rincian sumber 2026 berjumlah Rp 1\.450\.000\.001"):
        update_programme(row, version=1, values={"budgets": shares}, by=None)
    assert not row.budgets.exists()


def test_a_budget_may_not_fall_below_what_its_sources_pay(ground: Ground) -> None:
    row = programme_row(ground, budgets=[{"year": 2026, "source": "APBN", "amount": 1_000_000_000}])
    less = [{"year": year, "target": 125, "budget": 900_000_000} for year in ground.plan.detail_range]
    with pytest.raises(Incomplete, match="melebihi anggaran tahun itu"):
        update_programme(row, version=1, values={"years": less}, by=None)


def test_shares_and_the_rest_add_up_to_the_budget(ground: Ground) -> None:
    row = programme_row(
        ground,
        funding_sources=["APBN", "KPBU"],
        budgets=[{"year": 2026, "source": "APBN", "amount": 450_000_000}],
    )
    shares = shares_of(row)
    assert (shares[2026, "APBN"], shares[2026, ""]) == (450_000_000, 1_000_000_000)
    assert sum(shares.values()) == sum(year.budget for year in row.years.all())


def test_the_only_source_carries_everything(ground: Ground) -> None:
    row = programme_row(ground, funding_sources=["APBD Kabupaten"])
    assert shares_of(row) == {(year, "APBD Kabupaten"): 1_450_000_000 for year in ground.plan.detail_range}


def test_a_former_code_still_means_its_programme(ground: Ground) -> None:
    row = programme_row(ground)
    update_programme(row, version=1, values={"code": "GOV-P09"}, by=None)
    with pytest.raises(Conflict, match="dahulu milik program GOV-P09"):
        create_programme(plan=ground.plan, model=Programme, values={"code": "gov-p01"}, by=None)
    other = programme_row(ground, code="GOV-P02")
    with pytest.raises(Conflict, match="GOV-P09"):
        update_programme(other, version=1, values={"code": "GOV-P01"}, by=None)
    fresh = update_programme(row, version=2, values={"code": "GOV-P01"}, by=None)
    assert [former.code for former in fresh.former_codes.all()] == ["GOV-P09"]


def test_renaming_and_moving_leave_the_code_alone(ground: Ground) -> None:
    row = programme_row(ground)
    economy = ground.plan.dimension_set.dimensions.get(code="ECO")
    fresh = update_programme(row, version=1, values={"name": "Nama baru", "dimension": economy}, by=None)
    assert (fresh.code, fresh.former_codes.count()) == ("GOV-P01", 0)


def test_dropped_programme_counts_for_nothing_and_comes_back(ground: Ground) -> None:
    user = person(Role.COORDINATOR)
    row = programme_row(ground)
    dropped = drop_programme(row, version=1, reason="Digabung", by=user)
    assert (dropped.is_dropped, dropped.version, row_counts(ground.plan)["programme"]) == (True, 2, 0)
    event = Event.objects.get(verb="programme.dropped")
    assert (event.actor, event.reason, event.plan_code) == (user, "Digabung", ground.plan.code)
    with pytest.raises(WrongState):
        update_programme(row, version=2, values={"name": "X"}, by=user)
    revived = revive_programme(row, version=2, reason="Ada dana", by=user)
    assert (revived.is_dropped, row_counts(ground.plan)["programme"]) == (False, 1)
    assert [reason.kind for reason in row.reasons.all()] == ["hidup", "gugur"]


def test_decisions_need_a_reason_the_right_person_and_the_stored_version(ground: Ground) -> None:
    row = programme_row(ground)
    with pytest.raises(Incomplete, match="Alasan wajib"):
        drop_programme(row, version=1, reason="  ", by=None)
    with pytest.raises(NotAllowed):
        drop_programme(row, version=1, reason="x", by=person(Role.APPROVER))
    with pytest.raises(StaleRowError):
        drop_programme(row, version=7, reason="x", by=None)
    with pytest.raises(WrongState):
        revive_programme(row, version=1, reason="x", by=None)
    assert not ProgrammeReason.objects.exists()


def test_the_programme_of_a_quick_win_cannot_be_dropped(ground: Ground) -> None:
    row = programme_row(ground)
    QuickWin.objects.create(
        plan=ground.plan, code="QW-01", programme=row, name="Antrean", dimension=ground.dimension, year=2026,
        lead_opd=ground.opd, problem="x", benefit="y", origin_year=2026,
    )  # fmt: skip
    with pytest.raises(WrongState, match="QW-01 Antrean"):
        drop_programme(row, version=1, reason="x", by=None)
