"""Figures of the book: one exact unit for all budgets, spans of years and days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from smartcity.ui.format import format_date, format_number

number = format_number


@dataclass(frozen=True)
class Unit:
    """How budgets are written: `label` goes into the head of a column, figures lose nothing."""

    label: str
    divisor: int
    decimals: int

    def write(self, rupiah: int) -> str:
        return number(Decimal(rupiah) / self.divisor, self.decimals)


RUPIAH = Unit("Rp", 1, 0)
MILLIONS = Unit("Rp juta", 1_000_000, 0)
MILLIONS_AND_TENTHS = Unit("Rp juta", 1_000_000, 1)


def unit_for(amounts: Iterable[int]) -> Unit:
    """The largest unit in which every amount (and so every total) stays exact."""
    kept = list(amounts)
    if all(amount % 1_000_000 == 0 for amount in kept):
        return MILLIONS
    if all(amount % 100_000 == 0 for amount in kept):
        return MILLIONS_AND_TENTHS
    return RUPIAH


def rupiah(amount: int) -> str:
    """A single amount in running words."""
    unit = unit_for([amount])
    return f"Rp {number(Decimal(amount) / unit.divisor)}" + (" juta" if unit.divisor > 1 else "")


def days(start: date, end: date) -> str:
    """One or two dates, without repeating month and year."""
    if start == end:
        return format_date(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{format_date(end)}"
    return f"{format_date(start)} – {format_date(end)}"


def years(start: int, end: int) -> str:
    return str(start) if start == end else f"{start}–{end}"
