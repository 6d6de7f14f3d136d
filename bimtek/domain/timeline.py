"""The timeline figure: planned and real dates of every step, as numbers that a template draws."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bimtek.models import CycleStep

LABEL = 250  # room for the names
PLOT = 720
HEAD = 44
ROW = 34
SHORTEST = 7  # a day is still seen
SPARE = timedelta(days=10)


@dataclass(frozen=True)
class Tick:
    x: float
    date: date
    is_named: bool
    is_year: bool


@dataclass(frozen=True)
class Bar:
    x: float
    width: float


@dataclass(frozen=True)
class Line:
    step: CycleStep
    y: int
    planned: Bar
    held: Bar | None
    shift: int | None  # days that it began behind the plan; None while it was not held


@dataclass(frozen=True)
class Timeline:
    width: int
    height: int
    label: int
    ticks: tuple[Tick, ...]
    lines: tuple[Line, ...]
    today: float | None


def drawn(steps: Sequence[CycleStep], today: date) -> Timeline | None:
    """None without steps."""
    if not steps:
        return None
    first = min(min(step.start_date, step.starts) for step in steps) - SPARE
    last = max(max(step.end_date, step.ends) for step in steps) + SPARE
    days = (last - first).days

    def x(day: date) -> float:
        return round(LABEL + PLOT * (day - first).days / days, 1)

    def bar(start: date, end: date) -> Bar:
        left = x(start)
        return Bar(left, round(max(x(end + timedelta(days=1)) - left, SHORTEST), 1))

    lines = tuple(
        Line(
            step,
            HEAD + place * ROW,
            bar(step.start_date, step.end_date),
            bar(step.held_start, step.held_end) if step.held_start and step.held_end else None,
            (step.held_start - step.start_date).days if step.held_start else None,
        )
        for place, step in enumerate(sorted(steps, key=lambda step: (step.start_date, step.end_date, step.pk)))
    )
    return Timeline(
        LABEL + PLOT + 20, HEAD + len(lines) * ROW + 12, LABEL, tuple(_ticks(first, last, x)), lines,
        x(today) if first <= today <= last else None,
    )  # fmt: skip


def _ticks(first: date, last: date, x: Callable[[date], float]) -> list[Tick]:
    """The first day of each month; named ones are at least a finger apart."""
    days, day = [], date(first.year + first.month // 12, first.month % 12 + 1, 1)
    while day <= last:
        days.append(day)
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    step = max(1, -(-len(days) // 12))
    return [Tick(x(day), day, place % step == 0, day.month == 1) for place, day in enumerate(days)]
