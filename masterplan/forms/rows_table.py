"""A list of rows as a table: filtered by the address, sorted, totalled."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict

from masterplan.forms.rows_kind import Column, Look, RowKind
from masterplan.models import Dimension, Masterplan
from smartcity.regency.models import Opd
from smartcity.ui.format import format_number, format_rupiah

MILLION = 1_000_000
DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True)
class RowFilter:
    """What the address asks for; unknown values count as not asked."""

    dimension: str
    opd: str
    text: str
    sort: str

    @classmethod
    def of(cls, query: QueryDict, dimensions: Iterable[Dimension], opds: Iterable[Opd]) -> "RowFilter":
        asked = {
            key: query.get(key, "")[:100].replace("\x00", "").strip() for key in ("dimensi", "opd", "cari", "urut")
        }
        return cls(
            dimension=asked["dimensi"] if asked["dimensi"] in {dimension.code for dimension in dimensions} else "",
            opd=asked["opd"] if asked["opd"] in {opd.code for opd in opds} else "",
            text=asked["cari"],
            sort=asked["urut"],
        )

    @property
    def is_active(self) -> bool:
        return bool(self.dimension or self.opd or self.text)

    def query(self, **changes: str) -> str:
        """The address's query with some parts changed, empty parts left out."""
        parts = {"dimensi": self.dimension, "opd": self.opd, "cari": self.text, "urut": self.sort} | changes
        return "?" + urlencode({key: value for key, value in parts.items() if value})

    def condition(self, kind: RowKind) -> Q:
        condition = Q()
        if self.dimension and kind.dimension_path:
            condition &= Q(**{f"{kind.dimension_path}__code": self.dimension})
        if self.opd and kind.has_opd_filter:
            condition &= Q(lead_opd__code=self.opd)
        for word in self.text.split():
            condition &= Q.create([Q(**{f"{name}__icontains": word}) for name in kind.search], connector=Q.OR)
        return condition


@dataclass(frozen=True)
class Cell:
    column: Column
    text: str
    title: str = ""
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Head:
    column: Column
    href: str
    direction: str


@dataclass(frozen=True)
class Line:
    row: Any
    href: str
    cells: list[Cell]


@dataclass
class RowTable:
    kind: RowKind
    plan: Masterplan
    asked: RowFilter
    rows: Sequence[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        found = self.kind.rows(self.plan).filter(self.kind.listed).filter(self.asked.condition(self.kind))
        self.rows = self._sorted(list(found.distinct() if self.asked.is_active else found))

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        return (*self.kind.columns, *self.kind.year_columns(self.plan))

    def _sorted(self, rows: list[Any]) -> list[Any]:
        name = self.asked.sort.removeprefix("-")
        column = next((column for column in self.columns if column.slug == name), None)
        if column is None:
            return rows
        filled = [row for row in rows if column.value(row) not in (None, "", ())]
        empty = [row for row in rows if column.value(row) in (None, "", ())]
        filled.sort(key=lambda row: sort_key(column.value(row)), reverse=self.asked.sort.startswith("-"))
        return filled + empty

    @cached_property
    def heads(self) -> list[Head]:
        return [self._head(column) for column in self.columns]

    def _head(self, column: Column) -> Head:
        up, down = column.slug, f"-{column.slug}"
        direction = {up: "ascending", down: "descending"}.get(self.asked.sort, "")
        return Head(column, self.asked.query(urut=down if self.asked.sort == up else up), direction)

    @cached_property
    def head_groups(self) -> list[tuple[str, int]]:
        """Names above runs of columns with their spans; empty when no column has one."""
        groups: list[tuple[str, int]] = []
        for column in self.columns:
            if groups and groups[-1][0] == column.group:
                groups[-1] = (column.group, groups[-1][1] + 1)
            else:
                groups.append((column.group, 1))
        return groups if any(name for name, _ in groups) else []

    @cached_property
    def lines(self) -> list[Line]:
        columns = self.columns
        start = self.kind.address("edit", self.plan, 0).removesuffix("0/")
        return [Line(row, f"{start}{row.pk}/", [cell(column, row) for column in columns]) for row in self.rows]

    @cached_property
    def totals(self) -> list[Cell]:
        """One cell a column; empty when nothing is totalled."""
        if not any(column.is_total for column in self.columns) or not self.rows:
            return []
        return [self._total(column) for column in self.columns]

    def _total(self, column: Column) -> Cell:
        if not column.is_total:
            return Cell(column, "")
        return _amount(column, sum(column.value(row) or 0 for row in self.rows))


def sort_key(value: Any) -> Any:
    """GOV-P2 before GOV-P10; numbers by size; lists by their first item."""
    if isinstance(value, (tuple, list)):
        return [sort_key(item) for item in value]
    if isinstance(value, str):
        return [
            (0, int(part), "") if part.isdigit() else (1, 0, part.casefold()) for part in DIGITS.split(value) if part
        ]
    return value


def cell(column: Column, row: Any) -> Cell:
    value = column.value(row)
    if column.look == Look.DIMENSIONS:
        codes = (value,) if isinstance(value, str) else tuple(value)
        return Cell(column, "", codes=codes)
    if column.is_number:
        return _amount(column, value)
    text = ", ".join(value) if isinstance(value, (tuple, list)) else str(value if value is not None else "")
    return Cell(column, text)


def _amount(column: Column, value: Any) -> Cell:
    if value is None:
        return Cell(column, "–")
    if column.look == Look.MILLION:
        return Cell(column, format_number(round(value / MILLION, 1)), title=format_rupiah(value))
    return Cell(column, format_number(value))
