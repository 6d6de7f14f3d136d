"""All rows of a plan as values that JSON keeps, readable without the tables, forms and offices of a later day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone

from masterplan.domain.row_content import child_relations, columns_of
from masterplan.forms.rows_kind import Column, RowKind
from masterplan.forms.rows_table import cell
from masterplan.models import Masterplan, PlanRow
from masterplan.registers import EVERY_KIND
from smartcity.ui.format import format_date, format_number

type Json = dict[str, Any]


@dataclass(frozen=True)
class FrozenTable:
    """`columns` have label, group and look; a row has `id`, `cells` (a text or a list of codes), `sheet` and `values`.

    `sheet` is every filled field by its label, other rows by their names; `values` are the columns as stored, other rows
    by their numbers. A row with `aside` was kept but did not count (a dropped programme).
    """

    slug: str
    title: str
    columns: list[Json]
    rows: list[Json]


def frozen_tables(plan: Masterplan) -> list[FrozenTable]:
    """One for every kind, also the empty ones; the number of queries depends on the kinds alone."""
    return [frozen_table(kind, plan) for kind in EVERY_KIND.values()]


def frozen_table(kind: RowKind, plan: Masterplan) -> FrozenTable:
    columns = (*kind.columns, *kind.year_columns(plan, tuple(plan.detail_range)))
    listed = set(kind.model._default_manager.filter(kind.listed, plan=plan).values_list("pk", flat=True))
    rows = []
    for row in _rows(kind, plan):
        row.plan = plan
        rows.append(_row(row, columns) | ({} if row.pk in listed else {"aside": True}))
    heads = [{"label": column.label, "group": column.group, "look": str(column.look)} for column in columns]
    return FrozenTable(kind.slug, kind.title, heads, rows)


def _rows(kind: RowKind, plan: Masterplan) -> models.QuerySet[Any]:
    links = [field.name for field in kind.model._meta.many_to_many]
    rows: models.QuerySet[Any] = kind.model._default_manager.filter(plan=plan)
    if joins := list(_joins(kind.model)):
        rows = rows.select_related(*joins)
    rows = rows.prefetch_related(*links, *child_relations(kind.model))
    return rows.order_by(*(kind.order or kind.model._meta.ordering or ("pk",)))


def _joins(model: type[models.Model]) -> Iterator[str]:
    """Whatever a row names, and what the name of another planning row is made of."""
    for name, other in _references(model):
        yield name
        if issubclass(other, PlanRow):
            yield from (f"{name}__{further}" for further, _ in _references(other))


def _references(model: type[models.Model]) -> list[tuple[str, Any]]:
    return [(field.name, field.related_model) for field in columns_of(model) if field.is_relation]


def _row(row: Any, columns: tuple[Column, ...]) -> Json:
    drawn = [cell(column, row) for column in columns]
    return {
        "id": row.pk,
        "cells": [list(each.codes) if each.codes else each.text for each in drawn],
        "sheet": list(_sheet(row)),
        "values": _values(row),
    }


def _values(row: Any) -> Json:
    values = {field.name: row.serializable_value(field.name) for field in columns_of(type(row))}
    links = {field.name: sorted(other.pk for other in getattr(row, field.name).all()) for field in _links(row)}
    children = {
        name: [
            {field.name: child.serializable_value(field.name) for field in _child_columns(row, name)}
            for child in getattr(row, name).all()
        ]
        for name in child_relations(type(row))
    }
    return values | links | children


def _sheet(row: Any) -> Iterator[Json]:
    """Label and text, or label and lines; what is empty is left out."""
    for field in columns_of(type(row)):
        if text := _shown(row, field):
            yield {"label": str(field.verbose_name), "text": text}
    for field in _links(row):
        if names := [str(other) for other in getattr(row, field.name).all()]:
            yield {"label": str(field.verbose_name), "lines": names}
    for name in child_relations(type(row)):
        fields = [field for field in _child_columns(row, name) if not field.is_relation]
        if lines := [_line(child, fields) for child in getattr(row, name).all()]:
            label = str(getattr(row, name).model._meta.verbose_name).capitalize()
            yield {"label": label, "lines": lines}


def _line(child: Any, fields: list[Any]) -> str:
    shown = ((field, _shown(child, field)) for field in fields)
    return " · ".join(f"{field.verbose_name}: {text}" for field, text in shown if text)


def _links(row: models.Model) -> list[Any]:
    return list(row._meta.many_to_many)


def _child_columns(row: models.Model, name: str) -> list[Any]:
    manager = getattr(row, name)
    return [field for field in columns_of(manager.model) if field.name != manager.field.name]


def _shown(row: Any, field: Any) -> str:
    value = getattr(row, field.name)
    if value is None or value is False or value in ("", []):
        return ""
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    if isinstance(value, list) and (labels := dict(field.base_field.choices or ())):
        return ", ".join(str(labels.get(item, item)) for item in value)
    return _as_text(value, is_year=field.name.endswith("year"))


def _as_text(value: Any, *, is_year: bool) -> str:
    if isinstance(value, bool):
        return "ya"
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    if isinstance(value, int | Decimal):
        return str(value) if is_year else format_number(value)
    if isinstance(value, datetime):
        return format_date(timezone.localtime(value))
    return format_date(value) if isinstance(value, date) else str(value)
