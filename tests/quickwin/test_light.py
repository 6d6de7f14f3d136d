"""The traffic light: every line of its table, and the day on which it turns."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quickwin.enums import Light, QuickWinStatus
from quickwin.light import Step, is_stale, running

YEAR = 2026
DONE, OPEN = Step(1, date(YEAR, 3, 20)), Step(1)


@pytest.mark.parametrize(
    ("quarter", "day"),
    [(1, date(2026, 3, 31)), (2, date(2026, 6, 30)), (3, date(2026, 9, 30)), (4, date(2026, 12, 31))],
)
def test_a_milestone_is_due_on_the_last_day_of_its_quarter(quarter: int, day: date) -> None:
    assert Step(quarter).due(YEAR) == day


@pytest.mark.parametrize(
    ("status", "steps", "news", "today", "light", "why"),
    [
        ("diusulkan", [OPEN], None, date(2026, 8, 1), Light.NONE, "Belum berjalan."),
        ("dihentikan", [OPEN], None, date(2026, 8, 1), Light.NONE, "Dihentikan."),
        ("disetujui", [OPEN], None, date(2025, 12, 31), Light.NONE, "Belum berjalan."),
        ("berjalan", [], None, date(2026, 8, 1), Light.NONE, "Belum mempunyai tonggak."),
        ("selesai", [OPEN], None, date(2026, 8, 1), Light.GREEN, "Selesai."),
        ("berjalan", [DONE], date(2026, 7, 2), date(2026, 8, 1), Light.GREEN, "Tonggak sampai hari ini selesai."),
        ("berjalan", [OPEN], date(2026, 3, 30), date(2026, 3, 31), Light.GREEN, "Tonggak sampai hari ini selesai."),
        ("berjalan", [OPEN], date(2026, 3, 30), date(2026, 4, 1), Light.YELLOW,
         "1 tonggak belum selesai sejak triwulan I."),
        ("berjalan", [OPEN], date(2026, 4, 30), date(2026, 4, 30), Light.YELLOW,
         "1 tonggak belum selesai sejak triwulan I."),
        ("berjalan", [OPEN], date(2026, 4, 30), date(2026, 5, 1), Light.RED,
         "1 tonggak terlambat sejak triwulan I, tanpa alasan."),
        ("berjalan", [Step(1, late_reason="Lelang ulang"), Step(2, late_reason="Menunggu")], date(2026, 7, 1),
         date(2026, 12, 1), Light.YELLOW, "2 tonggak belum selesai sejak triwulan I."),
        ("berjalan", [Step(1, late_reason="  ")], None, date(2026, 5, 1), Light.RED,
         "1 tonggak terlambat sejak triwulan I, tanpa alasan."),
        ("berjalan", [DONE], date(2026, 6, 30), date(2026, 7, 30), Light.GREEN, "Tonggak sampai hari ini selesai."),
        ("berjalan", [DONE], date(2026, 6, 30), date(2026, 7, 31), Light.YELLOW, "Tidak ada kabar selama 30 hari."),
        ("berjalan", [DONE], None, date(2027, 3, 1), Light.GREEN, "Tonggak sampai hari ini selesai."),
    ],
)  # fmt: skip
def test_the_light(status: str, steps: list[Step], news: date | None, today: date, light: Light, why: str) -> None:
    found = running(status=status, year=YEAR, steps=steps, last_news=news, today=today)
    assert (found.light, found.why) == (light, why)


DAYS = st.dates(date(2025, 1, 1), date(2028, 12, 31))
STEPS = st.lists(st.builds(Step, st.integers(1, 4), st.none() | DAYS, st.sampled_from(["", "Lelang"])), max_size=6)


@given(st.sampled_from(QuickWinStatus.values), STEPS, st.none() | DAYS, DAYS)
def test_finishing_everything_never_makes_it_worse(
    status: str, steps: list[Step], news: date | None, today: date
) -> None:
    order = [Light.RED, Light.YELLOW, Light.GREEN]
    before = running(status=status, year=YEAR, steps=steps, last_news=news, today=today)
    finished = [Step(step.quarter, today, step.late_reason) for step in steps]
    after = running(status=status, year=YEAR, steps=finished, last_news=today, today=today)
    assert (after.done, after.number) == (len(steps), len(steps))
    if before.light == Light.NONE:
        assert after.light == Light.NONE
    else:
        assert order.index(after.light) >= order.index(before.light)
        assert after.light == Light.GREEN


def test_stale_counts_from_the_first_day_of_the_year() -> None:
    def stale(news: date | None, today: date, status: str = "berjalan") -> bool:
        return is_stale(status=status, year=YEAR, last_news=news, today=today)

    assert [stale(None, date(2026, 1, 31)), stale(None, date(2026, 2, 1))] == [False, True]
    assert stale(date(2025, 6, 1), date(2026, 1, 20)) is False
    assert [stale(None, date(2026, 9, 1), each) for each in ("diusulkan", "dihentikan", "selesai")] == [False] * 3
    assert stale(None, date(2027, 9, 1)) is False
