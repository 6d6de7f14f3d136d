"""The order of rows, and copies of them. The order is no content: it leaves the versions alone."""

import re
from typing import Any

from django.db import models, transaction

from masterplan.domain.row import guard, locked, next_code, record_row
from masterplan.domain.row_content import values_of
from masterplan.domain.row_verbs import verbs_of
from masterplan.models import Masterplan
from smartcity.accounts.models import User
from smartcity.ui.refusal import Conflict

COPY = " (salinan)"
LAST_NUMBER = re.compile(r"(\d+)$")


@transaction.atomic
def duplicate_row[R: models.Model](row: R, *, mark: str, by: User | None) -> R:
    """Below the original, with the next free code; `mark` names the field that says it is a copy."""
    fresh: Any = locked(row)
    values = values_of(fresh)
    if "code" in values:
        values["code"] = _next_code_like(fresh)
    if "number" in values:
        values["number"] = _next_number(fresh.plan, type(row))
    if mark in values:
        values[mark] = _marked(row._meta.get_field(mark), values[mark])
    copy: Any = verbs_of(type(row)).create(plan=fresh.plan, model=type(row), values=values, by=by)
    copy.position = fresh.position
    copy.save(update_fields=["position"])
    return copy  # type: ignore[no-any-return]


@transaction.atomic
def move_row(row: models.Model, *, beside: int, is_up: bool, by: User | None) -> None:
    """Over the row `beside`, which must still stand where the person saw it; both must be theirs to change."""
    fresh: Any = locked(row)
    model: Any = type(row)
    rows = model._default_manager.filter(plan=fresh.plan).order_by("position", "pk")
    places = {each.pk: each for each in rows.select_for_update().only("pk", "position")}
    order = list(places)
    other: Any = rows.filter(pk=beside).first()
    if other is None or (order.index(beside) < order.index(fresh.pk)) != is_up:
        msg = "Urutan baris sudah diubah orang lain."
        raise Conflict(msg, next_step="Muat ulang halaman, lalu pindahkan lagi.")
    other.plan = fresh.plan
    guard(fresh, by)
    guard(other, by)
    order.remove(fresh.pk)
    order.insert(order.index(beside) + (0 if is_up else 1), fresh.pk)
    _write_positions(model, order, [places[pk].position for pk in places])
    record_row("row.moved", fresh, by, ["position"])


def _write_positions(model: type[models.Model], order: list[int], positions: list[int]) -> None:
    """The places that were taken are dealt out anew, so that a step changes two rows; equal ones are first told apart."""
    if len(set(positions)) < len(positions):
        positions = list(range(1, len(order) + 1))
    stored = dict(model._default_manager.filter(pk__in=order).values_list("pk", "position"))
    for pk, position in zip(order, positions, strict=True):
        if stored[pk] != position:
            model._default_manager.filter(pk=pk).update(position=position)


def _next_code_like(row: Any) -> str:
    prefix = LAST_NUMBER.sub("", row.code)
    number = LAST_NUMBER.search(row.code)
    used = verbs_of(type(row)).codes(type(row)._default_manager.filter(plan=row.plan))
    return next_code(prefix, used, width=len(number[1]) if number else 1)


def _next_number(plan: Masterplan, model: Any) -> int:
    highest = model._default_manager.filter(plan=plan).aggregate(highest=models.Max("number"))["highest"]
    return int(highest or 0) + 1


def _marked(field: Any, text: str) -> str:
    room = (field.max_length or len(text) + len(COPY)) - len(COPY)
    return f"{text[:room]}{COPY}"
