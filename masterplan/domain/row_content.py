"""What a row holds, with its links and child rows, as values that `create_row` takes or that JSON keeps."""

from collections.abc import Iterator
from typing import Any

from django.db import models

from masterplan.models import BinnedRow, Masterplan
from smartcity.accounts.models import User
from smartcity.ui.refusal import Conflict

type Content = dict[str, Any]
NOT_CONTENT = frozenset({"id", "plan", "position", "version"})
HISTORY = frozenset({"former_codes", "reasons"})  # what happened to one row; a copy begins without


def values_of(row: models.Model) -> Content:
    """For a second row of the same kind: columns, links and child rows as Python values."""
    return {name: value for name, value in _whole(row).items() if name not in HISTORY}


def _whole(row: models.Model) -> Content:
    values = {field.name: getattr(row, field.name) for field in columns_of(type(row))}
    links = {field.name: list(getattr(row, field.name).all()) for field in row._meta.many_to_many}
    return values | links | {name: list(_children(row, name)) for name in child_relations(type(row))}


def keep_in_bin(row: Any, *, by: User | None) -> BinnedRow:
    content = _whole(row) | {"position": getattr(row, "position", 0)}
    kept = {name: _plain(value) for name, value in content.items()}
    return BinnedRow.objects.create(
        plan=row.plan, table=row._meta.label_lower, row_id=row.pk, label=str(row)[:400], content=kept, by=by
    )


def values_from_bin(model: type[models.Model], plan: Masterplan, content: Content) -> Content:
    """Raises Conflict when something that the row referred to is gone."""
    values: Content = {field.name: _read(field, plan, content[field.name]) for field in columns_of(model)}
    for field in model._meta.many_to_many:
        values[field.name] = [_other(field, plan, pk) for pk in content[field.name]]
    for name in child_relations(model):
        child = model._meta.get_field(name).related_model
        values[name] = [_child_values(child, plan, entry) for entry in content[name]]
    return values


def child_relations(model: type[models.Model]) -> list[str]:
    """Names of the lists that go with the row: years, targets, risks, milestones."""
    return [
        str(relation.get_accessor_name())
        for relation in model._meta.related_objects
        if relation.one_to_many and relation.on_delete is models.CASCADE
    ]


def columns_of(model: type[models.Model], without: frozenset[str] = NOT_CONTENT) -> list[Any]:
    """What people entered, without the plan, the place in the list and the version."""
    return [field for field in model._meta.concrete_fields if field.name not in without]


def _children(row: models.Model, name: str) -> Iterator[Content]:
    manager = getattr(row, name)
    own = NOT_CONTENT | {manager.field.name}
    for child in manager.all():
        yield {field.name: getattr(child, field.name) for field in columns_of(manager.model, own)}


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    return value


def _child_values(model: Any, plan: Masterplan, entry: Content) -> Content:
    return {name: _read(model._meta.get_field(name), plan, value) for name, value in entry.items()}


def _read(field: Any, plan: Masterplan, value: Any) -> Any:
    if field.is_relation:
        return None if value is None else _other(field, plan, value)
    return value if isinstance(value, list) else field.to_python(value)


def _other(field: Any, plan: Masterplan, pk: Any) -> models.Model:
    others = field.related_model._default_manager.filter(pk=pk)
    if any(described.name == "plan" for described in field.related_model._meta.fields):
        others = others.filter(plan=plan)
    found: models.Model | None = others.first()
    if found is None:
        msg = f"{field.verbose_name} yang dirujuk baris ini sudah tidak ada."
        raise Conflict(msg, next_step="Kembalikan dulu yang dirujuknya, atau buat baris baru.")
    return found
