"""What apps above this one have to say beside a row: one line with a link, for who may see it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from smartcity.accounts.models import User


@dataclass(frozen=True)
class Aside:
    icon: str
    text: str
    url: str


@dataclass(frozen=True)
class AsideSource:
    """`reads` has what it needs read together with the rows, whatever their model; `says` makes a line of it."""

    reads: Callable[[QuerySet[Any]], QuerySet[Any]]
    says: Callable[[User, Any], Aside | None]


SOURCES: list[AsideSource] = []


def add_source(source: AsideSource) -> None:
    """Called once by an app above this one, when Django starts."""
    SOURCES.append(source)


def with_asides(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The same rows with what `asides_of` needs: it asks nothing more."""
    for source in SOURCES:
        rows = source.reads(rows)
    return rows


def asides_of(user: User, row: Any) -> list[Aside]:
    """Of a row of `with_asides`, with its `plan`."""
    return [aside for source in SOURCES if (aside := source.says(user, row)) is not None]
