"""A list of rows as a table that a browser may edit in place: sorted, totalled, broken down."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from html import escape
from typing import Any

from django.utils.safestring import SafeString

from masterplan.domain.row import version_of
from masterplan.forms.rows_cell import raw_text
from masterplan.forms.rows_columns import PLACE, gather_years
from masterplan.forms.rows_filter import RowFilter
from masterplan.forms.rows_kind import Column, Look, RowKind
from masterplan.models import Masterplan
from smartcity.ui.format import format_number, format_rupiah
from smartcity.ui.templatetags.ui import dimension_badge

MILLION = 1_000_000
DIGITS = re.compile(r"(\d+)")


def nobody(_: Any) -> bool:
    return False


@dataclass(slots=True)
class Cell:
    """`raw` is what an editor starts from, where that differs from the text."""

    column: Column
    text: str
    title: str = ""
    codes: tuple[str, ...] = ()
    raw: str | None = None
    remarks: int = 0

    def html(self, href: str) -> SafeString:
        """Written here and not in a template: a table of 300 programmes has 6.000 of these."""
        tag, scope = ("th", ' scope="row"') if self.column.look == Look.MAIN else ("td", "")
        title = f' title="{escape(self.title)}"' if self.title else ""
        raw = f' data-v="{escape(self.raw)}"' if self.raw is not None and self.raw != self.text else ""
        return SafeString(
            f'<{tag}{scope} class="{self.column.css}"{title}{raw}>{self._content(href)}{self._mark(href)}</{tag}>'
        )

    def _mark(self, href: str) -> str:
        """Drawn by the style sheet: what scripts read as the cell's text stays the cell's text."""
        if not self.remarks or not href:
            return ""
        return f'<a class="cm-mark" href="{href}#komentar" data-n="{self.remarks}" aria-label="{self.remarks} komentar" title="{self.remarks} komentar"></a>'

    def _content(self, href: str) -> str:
        if self.codes:
            return " ".join(badge(code) for code in self.codes)
        if href and self.column.look == Look.CODE:
            return f'<a href="{href}">{escape(self.text)}</a>'
        return escape(self.text)


@dataclass(frozen=True)
class Head:
    column: Column
    href: str
    direction: str


@dataclass(frozen=True)
class Line:
    """A row as the table draws it; `may_write` makes its cells editable."""

    row: Any
    href: str
    cells: list[Cell]
    may_write: bool

    def html(self) -> SafeString:
        cells = "".join(cell.html(self.href) for cell in self.cells)
        write = " data-write" if self.may_write else ""
        return SafeString(f'<tr data-pk="{self.row.pk}" data-version="{version_of(self.row)}"{write}>{cells}</tr>')


@dataclass(frozen=True)
class Part:
    """One breakdown: a title and lines of a label, a count and totals."""

    title: str
    lines: list[tuple[str, int, list[Cell]]]


@dataclass
class RowTable:
    kind: RowKind
    plan: Masterplan
    asked: RowFilter
    may_write: Callable[[Any], bool] = nobody
    rows: Sequence[Any] = field(default_factory=list)
    marks: Mapping[int, Mapping[str, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, kind: RowKind, plan: Masterplan, asked: RowFilter, may_write: Callable[[Any], bool]) -> "RowTable":
        """With all rows that the filter lets through."""
        # Prefetched instead of joined: 300 programmes share 6 dimensions, which are then made 6 times and not 300 times.
        related = {*kind.related, *kind.prefetch} - {kind.year_relation}
        joined = kind.rows(plan).select_related(None).prefetch_related(None).prefetch_related(*sorted(related))
        found = joined.filter(kind.listed).filter(asked.condition(kind))
        table = cls(kind, plan, asked, may_write)
        rows = list(found.distinct() if asked.is_active else found)
        for place, row in enumerate(rows, 1):
            row.place, row.plan = place, plan
        if kind.year_relation:
            gather_years(rows, kind.year_relation)
        table.rows = table._sorted(rows)
        return table

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The first one leads to the row's page: its code, or its place where rows have no code."""
        own = self.kind.columns
        leading = () if own and own[0].look == Look.CODE else (PLACE,)
        return (*leading, *own, *self.kind.year_columns(self.plan, self.asked.years(self.plan)))

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

    @property
    def is_dense(self) -> bool:
        """Wide tables keep one line a row; tables of sentences show them whole."""
        return len(self.columns) > 11

    @cached_property
    def lines(self) -> list[Line]:
        return [self.line(row) for row in self.rows]

    @cached_property
    def _start(self) -> str:
        return self.kind.address("edit", self.plan, 0).removesuffix("0/")

    def line(self, row: Any) -> Line:
        row.__dict__.setdefault("place", 0)
        cells = [cell(column, row) for column in self.columns]
        if row.pk in self.marks:
            cells = [self._marked(place, each, self.marks[row.pk]) for place, each in enumerate(cells)]
        return Line(row, f"{self._start}{row.pk}/", cells, self.may_write(row))

    def _marked(self, place: int, each: Cell, own: Mapping[str, int]) -> Cell:
        """What is said of the whole row stands at its first cell."""
        number = own.get(each.column.slug, 0) + (0 if place else own.get("", 0))
        return replace(each, remarks=number) if number else each

    @cached_property
    def totals(self) -> list[Cell]:
        """One cell a column; empty when nothing is totalled."""
        if not any(column.is_total for column in self.columns) or not self.rows:
            return []
        return [self._total(column, self.rows) for column in self.columns]

    def _total(self, column: Column, rows: Sequence[Any]) -> Cell:
        if not column.is_total:
            return Cell(column, "")
        return _amount(column, sum(column.value(row) or 0 for row in rows))

    @cached_property
    def total_columns(self) -> list[Column]:
        return [column for column in self.columns if column.is_total]

    @cached_property
    def parts(self) -> list[Part]:
        """The totals by dimension, office, ... as the kind declares; they follow the filter like everything here."""
        return [self._part(breakdown.title, breakdown.label) for breakdown in self.kind.breakdowns if self.rows]

    def _part(self, title: str, label: Callable[[Any], str]) -> Part:
        groups: dict[str, list[Any]] = {}
        for row in self.rows:
            groups.setdefault(label(row), []).append(row)
        return Part(
            title,
            [
                (name, len(rows), [self._total(column, rows) for column in self.total_columns])
                for name, rows in sorted(groups.items(), key=lambda entry: sort_key(entry[0]))
            ],
        )


def sort_key(value: Any) -> Any:
    """GOV-P2 before GOV-P10; numbers by size; lists by their first item."""
    if isinstance(value, (tuple, list)):
        return [sort_key(item) for item in value]
    if isinstance(value, str):
        return [
            (0, int(part), "") if part.isdigit() else (1, 0, part.casefold()) for part in DIGITS.split(value) if part
        ]
    return value


_badges: dict[str, str] = {}


def badge(code: str) -> str:
    """Drawn once a code: the same six stand in every table."""
    if code not in _badges:
        _badges[code] = dimension_badge(code)
    return _badges[code]


def cell(column: Column, row: Any) -> Cell:
    value = column.value(row)
    raw = raw_text(column, row, value)
    if column.look == Look.DIMENSIONS:
        codes = (value,) if isinstance(value, str) else tuple(value)
        return Cell(column, "", codes=codes, raw=raw)
    if column.is_number:
        return _amount(column, value, raw)
    text = ", ".join(value) if isinstance(value, (tuple, list)) else str(value if value is not None else "")
    return Cell(column, text, raw=raw)


def _amount(column: Column, value: Any, raw: str | None = None) -> Cell:
    if value is None:
        return Cell(column, "–", raw=raw)
    if column.look == Look.MILLION:
        return Cell(column, millions(value), title=f"Rp {raw}" if raw else format_rupiah(value), raw=raw)
    return Cell(column, raw or format_number(value), raw=raw)


def millions(value: int) -> str:
    whole, rest = divmod(value, MILLION)
    return f"{whole:,d}".replace(",", ".") if not rest else format_number(round(value / MILLION, 1))
