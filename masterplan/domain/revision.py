"""Tells whether anything that a plan's findings are made of has changed, without reading it."""

from collections.abc import Iterator
from functools import cache
from itertools import chain
from typing import Any

import pghistory.models
from django.apps import apps
from django.db import connection, models

from masterplan.domain.snapshot import PARTS
from masterplan.models import DimensionSet, Masterplan, Outline
from smartcity.regency.models import Opd

OWN = "masterplan"
# Written all day long, and no rule reads them. A table that is missing here only costs a reading too many.
UNREAD = frozenset(
    {
        "binnedrow", "comment", "commentthread", "findingwaiver", "idea", "ideabox", "ideasender", "ideastep", "localguidance",
        "namedversion", "planmember", "presence", "recoveredcopy", "sectionlease", "snapshot", "sourcenote", "stepbatch", "tableimport", "wordimport",
    }
)  # fmt: skip
ROOTS: tuple[tuple[type[models.Model], str, str], ...] = (
    (Masterplan, "id", "pk"),
    (Outline, "id", "outline_id"),
    (DimensionSet, "id", "dimension_set_id"),
    (Opd, "regency_id", "regency_id"),
)


def revision_of(plan: Masterplan) -> str:
    """Another text as soon as any row of the plan, its outline, its dimensions or its region's offices was written, by whatever way.

    PostgreSQL tells the stored versions of a row apart by where they lie (`ctid`) and by the transaction that wrote them (`xmin`);
    sums of these are read without the rows themselves. One query, whatever the plan holds.
    """
    statement, names = _statement()
    with connection.cursor() as cursor:
        cursor.execute(statement, [getattr(plan, name) for name in names])
        return " ".join(f"{place}:{count}:{total}" for place, count, total in sorted(cursor.fetchall()))


@cache
def _statement() -> tuple[str, tuple[str, ...]]:
    """And the names of the plan's attributes that it asks for."""
    pieces, names = [], []
    for place, (table, condition, name) in enumerate(_tables()):
        pieces.append(
            f"SELECT {place}, count(*), coalesce(sum(hashtextextended(ctid::text || ' ' || xmin::text, 0)), 0)"  # noqa: S608 # nosec B608
            f" FROM {table} WHERE {condition}"
        )
        names.append(name)
    return " UNION ALL ".join(pieces), tuple(names)


def _tables() -> Iterator[tuple[str, str, str]]:
    """Every table that leads to a root, with the condition that leads there."""
    left = list(_models())
    known: dict[type[models.Model], tuple[str, str]] = {}
    for root, column, name in ROOTS:
        known[root] = (f"{_quoted(column)} = %s", name)
        yield _quoted(root._meta.db_table), *known[root]
        while found := [(model, link) for model in left if (link := _link(model, known))]:
            for model, link in found:
                left.remove(model)
                condition, attribute = known[link.related_model]
                inner = f"SELECT id FROM {_quoted(link.related_model._meta.db_table)} WHERE {condition}"  # noqa: S608 # nosec B608
                known[model] = (f"{_quoted(link.column)} IN ({inner})", attribute)
                yield _quoted(model._meta.db_table), *known[model]


def _models() -> Iterator[type[models.Model]]:
    labels = {OWN} | {load.__module__.partition(".")[0] for load in PARTS}
    own = (apps.get_app_config(label).get_models(include_auto_created=True) for label in sorted(labels))
    roots = {root for root, _, _ in ROOTS}
    for model in chain.from_iterable(own):
        is_read = model._meta.model_name not in UNREAD and not issubclass(model, pghistory.models.Event)
        if is_read and model not in roots:
            yield model


def _link(model: type[models.Model], known: dict[type[models.Model], tuple[str, str]]) -> Any:
    """The foreign key that leads to a table already reached; the shortest way was found first."""
    links = (field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey))
    return next((link for link in links if link.related_model in known), None)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
