"""Correcting the texts of an outline; every correction stays in the history and reaches the plans that use the outline."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.apps import apps
from django.db import transaction

from masterplan.enums import BimtekStage
from masterplan.models import OutlineSection
from smartcity.accounts.models import User
from smartcity.audit.log import record
from smartcity.ui.refusal import Conflict

EDITABLE = ("title", "guidance", "good_example", "min_words", "max_words", "is_required", "due_stage")
LOADED = "Dimuat dari data acuan"
LONGEST = 160


@dataclass(frozen=True)
class FieldChange:
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    at: datetime
    by: str
    fields: tuple[FieldChange, ...]


@transaction.atomic
def change_section(section: OutlineSection, *, seen: int, values: dict[str, Any], by: User) -> OutlineSection:
    """`seen` is the stamp of the text that the editor had on screen; another correction since then is not overwritten."""
    section = (
        OutlineSection.objects.select_for_update(of=("self",))
        .select_related("chapter__book__outline")
        .get(pk=section.pk)
    )
    if stamp_of(section) != seen:
        raise Conflict(
            "Bagian ini baru saja diubah oleh orang lain.",
            next_step="Muat ulang halaman untuk melihat perubahannya, lalu tulis lagi perubahan Anda.",
        )
    changed = sorted(name for name in EDITABLE if name in values and getattr(section, name) != values[name])
    if changed:
        for name in changed:
            setattr(section, name, values[name])
        section.save(update_fields=changed)
        record("outline_section.changed", section, by=by, outline=section.chapter.book.outline.code, fields=changed)
    return section


def stamp_of(section: OutlineSection) -> int:
    """Grows with every change of the section; the number of its newest history row."""
    newest = _history(section).order_by("-pgh_id").values_list("pgh_id", flat=True).first()
    return newest or 0


def changes_of(section: OutlineSection) -> list[Change]:
    """Newest first, each with what it changed; the first row is the load of the reference data."""
    rows = list(_history(section).select_related("pgh_context").order_by("pgh_id"))
    names = _names(rows)
    changes = [
        Change(after.pgh_created_at, names(after), _difference(before, after)) for before, after in pairwise(rows)
    ]
    first = [Change(rows[0].pgh_created_at, LOADED, ())] if rows else []
    return [change for change in reversed(first + changes) if change.fields or change in first]


def _history(section: OutlineSection) -> Any:
    return apps.get_model("masterplan", "OutlineSectionEvent").objects.filter(pgh_obj=section.pk)


def _names(rows: Iterable[Any]) -> Any:
    ids = {_user_id(row) for row in rows} - {None}
    names = dict(User.objects.filter(pk__in=ids).values_list("pk", "display_name"))
    return lambda row: names.get(_user_id(row), "Perintah server")


def _user_id(row: Any) -> Any:
    return row.pgh_context.metadata.get("user") if row.pgh_context else None


def _difference(before: Any, after: Any) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(_label(name), _shown(name, getattr(before, name)), _shown(name, getattr(after, name)))
        for name in EDITABLE
        if getattr(before, name) != getattr(after, name)
    )


def _label(name: str) -> str:
    return str(getattr(OutlineSection._meta.get_field(name), "verbose_name", name))


def _shown(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if name == "due_stage":
        return str(BimtekStage(value).label)
    text = str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
