"""What apps above this one have to say beside a row: one line with a link, for who may see it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from smartcity.accounts.models import User


@dataclass(frozen=True)
class Aside:
    icon: str
    text: str
    url: str


type Source = Callable[[User, Any], Aside | None]

SOURCES: list[Source] = []


def add_source(source: Source) -> None:
    """Called once by an app above this one, when Django starts."""
    SOURCES.append(source)


def asides_of(user: User, row: Any) -> list[Aside]:
    """Needs `row.plan`."""
    return [aside for source in SOURCES if (aside := source(user, row)) is not None]
