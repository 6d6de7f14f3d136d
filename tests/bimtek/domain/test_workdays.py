"""Working days: against a plain walk over the calendar, and against known weeks."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bimtek.domain.reference import load_holidays
from bimtek.domain.workdays import add_workdays, is_workday, workdays_between
from bimtek.models import Holiday

DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
HOLIDAYS = st.frozensets(DAYS, max_size=40)


@given(start=DAYS, number=st.integers(0, 60), holidays=HOLIDAYS)
def test_the_result_is_a_working_day_and_exactly_that_far(start: date, number: int, holidays: frozenset[date]) -> None:
    due = add_workdays(start, number, holidays)
    assert is_workday(due, holidays)
    walked = [start + timedelta(days=step) for step in range(1, (due - start).days + 1)]
    counted = sum(is_workday(day, holidays) for day in walked)
    assert counted == workdays_between(start, due, holidays)
    assert counted == number or (number == 0 and not is_workday(start, holidays) and counted == 1)


@given(first=DAYS, last=DAYS, holidays=HOLIDAYS)
def test_between_is_the_same_forth_and_back(first: date, last: date, holidays: frozenset[date]) -> None:
    assert workdays_between(first, last, holidays) == -workdays_between(last, first, holidays)


@given(start=DAYS, number=st.integers(1, 30), holidays=HOLIDAYS, more=DAYS)
def test_another_holiday_never_brings_it_nearer(
    start: date, number: int, holidays: frozenset[date], more: date
) -> None:
    assert add_workdays(start, number, holidays | {more}) >= add_workdays(start, number, holidays)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("start", "number", "due"),
    [
        (
            "2026-03-17",
            1,
            "2026-03-25",
        ),  # joint leave 18, Nyepi 19, joint leave 20, Lebaran 21 and 22, joint leave 23, 24
        ("2025-08-15", 1, "2025-08-19"),  # joint leave on the 18th
        ("2026-12-23", 2, "2026-12-29"),  # joint leave 24, Christmas on a Friday
        ("2026-11-28", 0, "2026-11-30"),
    ],
)
def test_the_shipped_holidays(start: str, number: int, due: str) -> None:
    days = frozenset(Holiday.objects.values_list("date", flat=True))
    assert add_workdays(date.fromisoformat(start), number, days) == date.fromisoformat(due)


@pytest.mark.django_db
def test_holidays_load_again_and_keep_what_was_added() -> None:
    Holiday.objects.create(date=date(2026, 12, 9), name="Pemilihan kepala daerah")
    Holiday.objects.filter(date=date(2027, 5, 17)).update(is_estimated=False)
    assert load_holidays() == 79
    assert Holiday.objects.count() == 80
    assert Holiday.objects.filter(is_estimated=True).count() == 3
