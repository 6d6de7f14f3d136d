"""How a row of a table is made and changed, and which codes are taken: programmes look after more than the others."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models

from masterplan.domain.programme import codes_held, create_programme, update_programme
from masterplan.domain.row import create_row, update_row
from masterplan.models import Programme


def codes_of(rows: models.QuerySet[Any]) -> Iterable[str]:
    return rows.values_list("code", flat=True)


@dataclass(frozen=True)
class Verbs:
    """`create` and `update` are called as `create_row` and `update_row`; `codes` gives what a new row may not take."""

    create: Callable[..., Any] = create_row
    update: Callable[..., Any] = update_row
    codes: Callable[[models.QuerySet[Any]], Iterable[str]] = codes_of


PLAIN = Verbs()
OWN: dict[type[models.Model], Verbs] = {Programme: Verbs(create_programme, update_programme, codes_held)}


def verbs_of(model: type[models.Model]) -> Verbs:
    return OWN.get(model, PLAIN)
