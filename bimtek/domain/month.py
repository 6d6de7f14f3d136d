"""A month of the cycle: steps, events, deadlines and holidays of each day, and the same as a file for other calendars."""

import calendar
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bimtek.domain.deadline import countdowns
from bimtek.models import CycleEvent, CycleStep, Holiday
from masterplan.models import Masterplan

FIRST_YEAR, LAST_YEAR = 2000, 2100
LINE = 75  # bytes, RFC 5545


@dataclass(frozen=True)
class Entry:
    """`kind` is langkah, kegiatan, tenggat or libur; `key` finds the page: a number, or the code of a stage."""

    kind: str
    key: str
    title: str
    start: date
    end: date
    note: str = ""
    href: str = ""


@dataclass(frozen=True)
class Day:
    date: date
    in_month: bool
    is_today: bool
    holiday: str
    entries: tuple[Entry, ...]

    @property
    def is_off(self) -> bool:
        return bool(self.holiday) or self.date.weekday() > 4


def entries_of(plan: Masterplan) -> list[Entry]:
    """Everything of the plan by day; a number of queries that does not depend on how much there is."""
    steps = [
        Entry("langkah", str(step.pk), step.name, step.starts, step.ends, step.place)
        for step in CycleStep.objects.filter(plan=plan)
    ]
    events = [
        Entry("kegiatan", str(event.pk), event.title, event.start_date, event.end_date, event.venue or "Daring")
        for event in CycleEvent.objects.filter(plan=plan, is_cancelled=False)
    ]
    deadlines = [
        Entry(
            "tenggat",
            each.deadline.stage_id,
            f"Tenggat {each.deadline}",
            each.deadline.due,
            each.deadline.due,
            each.words,
        )
        for each in countdowns(plan)
    ]
    return sorted([*steps, *events, *deadlines], key=lambda entry: (entry.start, entry.kind, entry.title))


def holidays_between(first: date, last: date) -> dict[date, str]:
    found = Holiday.objects.filter(date__gte=first, date__lte=last)
    return {each.date: f"{each.name} (perkiraan)" if each.is_estimated else each.name for each in found}


def weeks_of(year: int, month: int, entries: Collection[Entry], today: date) -> list[list[Day]]:
    """Whole weeks, with the days of the months beside it and the holidays."""
    weeks = calendar.Calendar().monthdatescalendar(year, month)
    holidays = holidays_between(weeks[0][0], weeks[-1][-1])
    return [
        [
            Day(
                day,
                day.month == month,
                day == today,
                holidays.get(day, ""),
                tuple(entry for entry in entries if entry.start <= day <= entry.end),
            )
            for day in week
        ]
        for week in weeks
    ]


def moved(year: int, month: int, by: int) -> tuple[int, int] | None:
    """The month before or after; None outside the years that a calendar shows."""
    number = year * 12 + month - 1 + by
    shifted = number // 12, number % 12 + 1
    return shifted if FIRST_YEAR <= shifted[0] <= LAST_YEAR else None


def as_ics(plan: Masterplan, entries: Iterable[Entry], *, host: str, now: datetime) -> str:
    """Whole days; the end is the day behind, as the standard wants it."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Masterplan Smart City//Siklus//ID",
        f"X-WR-CALNAME:{_escaped(plan.title)}",
    ]
    for entry in entries:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{entry.kind}-{entry.key}-{entry.start:%Y%m%d}-{plan.code}@{host}",
            f"DTSTAMP:{now:%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{entry.start:%Y%m%d}",
            f"DTEND;VALUE=DATE:{entry.end + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(entry.title)}",
            *([f"DESCRIPTION:{_escaped(entry.note)}"] if entry.note else []),
            "END:VEVENT",
        ]
    return "".join(f"{part}\r\n" for line in [*lines, "END:VCALENDAR"] for part in _folded(line))


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return "\\n".join(text.splitlines())


def _folded(line: str) -> list[str]:
    parts, part = [], ""
    for letter in line:
        if len((part + letter).encode()) > LINE:
            parts.append(part)
            part = " "
        part += letter
    return [*parts, part]
