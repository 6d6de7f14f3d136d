"""The traffic light of a quick win, from what was reported; no database, no clock of its own.

| Light | When |
|---|---|
| none | proposed or stopped; or its year has not begun; or it has no milestones |
| green | done; or every milestone of a past quarter is done and somebody told of it within 30 days |
| yellow | a milestone of a past quarter is open, with a reason or for at most 30 days; or 30 days without news in its year |
| red | a milestone of a past quarter is open for more than 30 days and nobody says why |
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from quickwin.enums import Light, QuickWinStatus

PATIENCE = timedelta(days=30)
NOT_RUNNING = frozenset({QuickWinStatus.PROPOSED, QuickWinStatus.STOPPED})
ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True)
class Step:
    """A milestone: the quarter in which it is due, and what was reported of it."""

    quarter: int
    done_on: date | None = None
    late_reason: str = ""

    def due(self, year: int) -> date:
        """The last day of its quarter."""
        month = self.quarter * 3
        return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


@dataclass(frozen=True)
class Running:
    """How it runs, why in one sentence, and how many of its milestones are done."""

    light: Light
    why: str
    done: int
    number: int


def running(*, status: str, year: int, steps: Sequence[Step], last_news: date | None, today: date) -> Running:
    """`last_news` is the day of the latest report, None where there is none."""
    light, why = _light(status, year, steps, last_news, today)
    return Running(light, why, sum(step.done_on is not None for step in steps), len(steps))


def is_stale(*, status: str, year: int, last_news: date | None, today: date) -> bool:
    """Running in this year, and 30 days without news, counted from the first day of the year."""
    if status in NOT_RUNNING or status == QuickWinStatus.DONE or year != today.year:
        return False
    return today - max(last_news or date(year, 1, 1), date(year, 1, 1)) > PATIENCE


def _light(
    status: str, year: int, steps: Sequence[Step], last_news: date | None, today: date
) -> tuple[Light, str]:  # fmt: skip
    if status == QuickWinStatus.DONE:
        return Light.GREEN, "Selesai."
    if status == QuickWinStatus.STOPPED:
        return Light.NONE, "Dihentikan."
    if status == QuickWinStatus.PROPOSED or today < date(year, 1, 1):
        return Light.NONE, "Belum berjalan."
    if not steps:
        return Light.NONE, "Belum mempunyai tonggak."
    return _late(year, steps, today) or _news(status, year, last_news, today)


def _late(year: int, steps: Sequence[Step], today: date) -> tuple[Light, str] | None:
    late = [step for step in steps if step.done_on is None and step.due(year) < today]
    if not late:
        return None
    silent = [step for step in late if not step.late_reason.strip() and today - step.due(year) > PATIENCE]
    first = ROMAN[min(late, key=lambda step: step.quarter).quarter - 1]
    if silent:
        return Light.RED, f"{len(late)} tonggak terlambat sejak triwulan {first}, tanpa alasan."
    return Light.YELLOW, f"{len(late)} tonggak belum selesai sejak triwulan {first}."


def _news(status: str, year: int, last_news: date | None, today: date) -> tuple[Light, str]:
    if is_stale(status=status, year=year, last_news=last_news, today=today):
        return Light.YELLOW, "Tidak ada kabar selama 30 hari."
    return Light.GREEN, "Tonggak sampai hari ini selesai."
