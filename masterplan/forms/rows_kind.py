"""What a kind of row is: its table, its form, its words and its addresses, as data."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from masterplan.domain.row_verbs import Verbs, verbs_of
from masterplan.forms.rows import RowForm
from masterplan.models import Masterplan


class Part(StrEnum):
    """Where a kind belongs on the overview page."""

    ANALYSIS = "Buku I: analisis"
    DIRECTION = "Arah"
    REGISTER = "Rencana aksi dan peta jalan"


class Look(StrEnum):
    """How a cell is drawn."""

    TEXT = "text"
    CODE = "code"
    MAIN = "main"
    DIMENSIONS = "dimensions"
    NUMBER = "number"
    MILLION = "million"


type Value = Any


@dataclass(frozen=True)
class Column:
    """`value` gives what is sorted and drawn, `field` the form field that a cell edits; without one it is read-only.

    `is_minor` columns are left out on a phone where nothing can be edited.
    """

    slug: str
    label: str
    value: Callable[[Any], Value]
    look: Look = Look.TEXT
    is_total: bool = False
    is_minor: bool = False
    group: str = ""
    field: str = ""

    @cached_property
    def is_number(self) -> bool:
        return self.look in {Look.NUMBER, Look.MILLION}

    @cached_property
    def css(self) -> str:
        name = "num" if self.is_number else str(self.look)
        return f"{name} minor" if self.is_minor else name


@dataclass(frozen=True)
class Breakdown:
    """The totals once more, one line for each answer of `label`."""

    title: str
    label: Callable[[Any], str]


def no_columns(_: Masterplan, __: Iterable[int]) -> tuple[Column, ...]:
    return ()


@dataclass(frozen=True, kw_only=True)
class RowKind:
    """One register entry; views and templates know kinds only through this.

    `extra_columns` are carried by the workbook only. Rows outside `listed` are shown apart from the table and count for nothing. `asked` names what the address of a new
    row may fill in: key in the address, field of the form.
    """

    slug: str
    model: type[models.Model]
    form: type[RowForm]
    title: str
    noun: str
    intro: str
    columns: tuple[Column, ...]
    extra_columns: tuple[Column, ...] = ()
    year_columns: Callable[[Masterplan, Iterable[int]], tuple[Column, ...]] = no_columns
    year_path: str = ""
    breakdowns: tuple[Breakdown, ...] = ()
    part: Part = Part.REGISTER
    related: tuple[str, ...] = ()
    prefetch: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    search: tuple[str, ...] = ()
    has_opd_filter: bool = False
    dimension_path: str = ""
    subdimension_path: str = ""
    cover: str = ""
    empty_hint: str = "Belum diisi"
    is_optional: bool = False
    table_key: str = ""
    table_suffix: Callable[[Any], str] | None = None
    is_single: bool = False
    nav: str = "tabel"
    url_prefix: str = "masterplan:row"
    url_has_slug: bool = True
    after: str = "list"
    templates: dict[str, str] = field(default_factory=dict)
    listed: Q = field(default_factory=Q)
    aside_prefetch: tuple[str, ...] = ()
    asked: tuple[tuple[str, str], ...] = ()

    @property
    def verbs(self) -> Verbs:
        return verbs_of(self.model)

    def address(self, verb: str, plan: Masterplan, pk: int | None = None) -> str:
        args: list[object] = [plan.code]
        args += [self.slug] if self.url_has_slug else []
        args += [pk] if pk is not None else []
        return reverse(f"{self.url_prefix}_{verb}", args=args)

    def address_after(self, plan: Masterplan, pk: int) -> str:
        """Where a person lands after saving."""
        return self.address(self.after, plan, None if self.after == "list" else pk)

    def rows(self, plan: Masterplan) -> models.QuerySet[Any]:
        """The plan's rows with everything the list draws."""
        rows: models.QuerySet[Any] = self.model._default_manager.filter(plan=plan)
        if self.related:
            rows = rows.select_related(*self.related)
        if self.order:
            rows = rows.order_by(*self.order)
        return rows.prefetch_related(*self.prefetch)

    @cached_property
    def year_relation(self) -> str:
        """Name of the child rows that hold a value for each year; empty where a row has none."""
        relation, _, rest = self.year_path.partition("__")
        return relation if rest else ""

    @cached_property
    def states(self) -> list[tuple[str, str]]:
        """What rows of this kind are sorted into (quadrant, group, horizon), for the filter; empty where nothing is."""
        if not self.cover or self.cover == "dimension_id":
            return []
        described: Any = self.model._meta.get_field(self.cover)
        return [(str(key), str(label)) for key, label in described.choices]

    @cached_property
    def main_field(self) -> str:
        """Names the row for people; a copy is marked there."""
        return next((column.field for column in self.columns if column.look == Look.MAIN), "")

    @cached_property
    def is_ordered(self) -> bool:
        """Whether people decide about the order of its rows."""
        return not self.order and any(described.name == "position" for described in self.model._meta.fields)

    @cached_property
    def can_copy(self) -> bool:
        """A second row of a dimension or a horizon would contradict the first."""
        return self.is_ordered and self.form.unique_field in {"", "code", "number"}

    def set_aside(self, plan: Masterplan) -> list[Any]:
        """Rows that are kept but do not count."""
        return list(self.rows(plan).exclude(self.listed).prefetch_related(*self.aside_prefetch)) if self.listed else []

    def template(self, page: str) -> str:
        return self.templates.get(page, f"masterplan/row/{page}.html")
