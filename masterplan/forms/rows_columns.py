"""Columns that many kinds of rows share, and columns per year."""

from collections.abc import Callable
from decimal import Decimal
from operator import attrgetter
from typing import Any

from masterplan.forms.rows_kind import Column, Look
from masterplan.models import Masterplan


def text(slug: str, label: str, path: str, *, minor: bool = False) -> Column:
    return Column(slug, label, attrgetter(path), is_minor=minor)


def main(slug: str, label: str, path: str) -> Column:
    return Column(slug, label, attrgetter(path), Look.MAIN)


def choice(slug: str, label: str, name: str, *, minor: bool = False) -> Column:
    return Column(slug, label, lambda row: getattr(row, f"get_{name}_display")(), is_minor=minor)


def number(slug: str, label: str, path: str, *, minor: bool = False) -> Column:
    return Column(slug, label, attrgetter(path), Look.NUMBER, is_minor=minor)


def years_of(row: Any, relation: str) -> dict[int, Any]:
    """Child rows by year, gathered once a row: a list asks for every year of 300 programmes."""
    found: dict[int, Any] | None = row.__dict__.get("years_by_number")
    if found is None:
        found = row.__dict__["years_by_number"] = {child.year: child for child in getattr(row, relation).all()}
    return found


def budget_of(year: int) -> Callable[[Any], int | None]:
    return lambda row: getattr(years_of(row, "years").get(year), "budget", None)


def target_of(year: int) -> Callable[[Any], Decimal | None]:
    return lambda row: getattr(years_of(row, "targets").get(year), "value", None)


def total_budget(row: Any) -> int:
    return sum(child.budget for child in years_of(row, "years").values())


def budget_columns(plan: Masterplan) -> tuple[Column, ...]:
    name = "Anggaran (juta rupiah)"
    years = (
        Column(str(year), str(year), budget_of(year), Look.MILLION, is_total=True, is_minor=True, group=name)
        for year in plan.detail_range
    )
    return (*years, Column("jumlah", "Jumlah", total_budget, Look.MILLION, is_total=True, group=name))


def target_columns(plan: Masterplan) -> tuple[Column, ...]:
    return tuple(
        Column(str(year), str(year), target_of(year), Look.NUMBER, is_minor=True, group="Target")
        for year in plan.detail_range
    )
