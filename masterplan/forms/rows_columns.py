"""Columns as the registers declare them; the name of the form field behind a cell is derived from its path."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from operator import attrgetter
from typing import Any

from django.db import models

from masterplan.forms.rows_kind import Column, Look
from masterplan.models import Masterplan

BUDGET = "Anggaran (juta rupiah)"


def text(slug: str, label: str, path: str, *, minor: bool = False) -> Column:
    return Column(slug, label, attrgetter(path), is_minor=minor, field=_field(path))


def main(slug: str, label: str, path: str) -> Column:
    return Column(slug, label, attrgetter(path), Look.MAIN, field=_field(path))


def choice(slug: str, label: str, name: str, *, minor: bool = False) -> Column:
    return Column(slug, label, lambda row: getattr(row, f"get_{name}_display")(), is_minor=minor, field=name)


def number(slug: str, label: str, path: str, *, minor: bool = False) -> Column:
    return Column(slug, label, attrgetter(path), Look.NUMBER, is_minor=minor, field=_field(path))


def year(slug: str, label: str, path: str) -> Column:
    """A year is read like a number and written without a thousands separator."""
    return Column(slug, label, lambda row: str(getattr(row, path)), is_minor=True, field=path)


def linked(slug: str, label: str, name: str, path: str) -> Column:
    """Another row by its code or number; empty where none is named."""
    return Column(slug, label, lambda row: _code_of(getattr(row, name), path), is_minor=True, field=name)


def codes(slug: str, label: str, name: str, look: Look = Look.TEXT) -> Column:
    return Column(slug, label, lambda row: [other.code for other in getattr(row, name).all()], look, field=name)


def many(slug: str, label: str, name: str) -> Column:
    """Several other rows by their names."""
    return Column(slug, label, lambda row: [str(other) for other in getattr(row, name).all()], field=name)


def years_of(row: Any, relation: str) -> dict[int, Any]:
    """Child rows by year, gathered once a row: a list asks for every year of 300 programmes."""
    found: dict[int, Any] | None = row.__dict__.get("years_by_number")
    if found is None:
        found = row.__dict__["years_by_number"] = {child.year: child for child in getattr(row, relation).all()}
    return found


def gather_years(rows: Sequence[models.Model], relation: str) -> None:
    """For `years_of`, all rows at once and without an object for each of 1,500 years: that took a sixth of the page."""
    if not rows:
        return
    link: Any = rows[0]._meta.get_field(relation)
    owner = link.field.attname
    children = link.related_model._default_manager.filter(**{f"{owner}__in": [row.pk for row in rows]})
    gathered: dict[int, dict[int, Any]] = {row.pk: {} for row in rows}
    for child in children.values_list(*(each.attname for each in children.model._meta.concrete_fields), named=True):
        gathered[getattr(child, owner)][child.year] = child
    for row in rows:
        row.__dict__["years_by_number"] = gathered[row.pk]


def budget_of(year: int) -> Callable[[Any], int | None]:
    return lambda row: getattr(years_of(row, "years").get(year), "budget", None)


def target_of(year: int, relation: str, name: str) -> Callable[[Any], Decimal | None]:
    return lambda row: getattr(years_of(row, relation).get(year), name, None)


def budget_over(years: Iterable[int]) -> Callable[[Any], int]:
    shown = frozenset(years)
    return lambda row: sum(child.budget for child in years_of(row, "years").values() if child.year in shown)


def total_budget(row: Any) -> int:
    return sum(child.budget for child in years_of(row, "years").values())


def budget_columns(years: Iterable[int]) -> tuple[Column, ...]:
    return tuple(
        Column(
            str(year), str(year), budget_of(year), Look.MILLION,
            is_total=True, is_minor=True, group=BUDGET, field=f"budget_{year}",
        )
        for year in years
    )  # fmt: skip


def target_columns(years: Iterable[int], relation: str, name: str) -> tuple[Column, ...]:
    return tuple(
        Column(
            f"target-{year}", str(year), target_of(year, relation, name), Look.NUMBER,
            is_minor=True, group="Target", field=f"{name}_{year}",
        )
        for year in years
    )  # fmt: skip


def work_columns(plan: Masterplan, years: Iterable[int]) -> tuple[Column, ...]:
    """Money first, then what it is measured by."""
    years = tuple(years)
    total = total_budget if years == tuple(plan.detail_range) else budget_over(years)
    return (
        *budget_columns(years),
        Column("jumlah", "Jumlah", total, Look.MILLION, is_total=True, group=BUDGET),
        text("indikator", "Indikator", "indicator", minor=True),
        text("satuan", "Satuan", "unit", minor=True),
        year("tahun-awal", "Tahun awal", "baseline_year"),
        number("awal", "Nilai awal", "baseline_value", minor=True),
        *target_columns(years, "years", "target"),
    )


def goal_columns(_: Masterplan, years: Iterable[int]) -> tuple[Column, ...]:
    return target_columns(years, "targets", "value")


def _field(path: str) -> str:
    return path.partition(".")[0]


def _code_of(other: Any, path: str) -> str:
    return "" if other is None else str(attrgetter(path)(other))


CODE = Column("kode", "Kode", attrgetter("code"), Look.CODE, field="code")
NUMBER = Column("nomor", "Nomor", attrgetter("number"), Look.CODE, field="number")
PLACE = Column("no", "No", attrgetter("place"), Look.CODE)
DIMENSION = Column("dimensi", "Dimensi", attrgetter("dimension.code"), Look.DIMENSIONS, field="dimension")
LEAD = text("opd", "Penanggung jawab", "lead_opd.label", minor=True)
