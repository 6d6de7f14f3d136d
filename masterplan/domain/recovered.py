"""Copies of text that could not be merged: kept for their writer, put back or set aside by them alone."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from masterplan import prose
from masterplan.domain import section as sections
from masterplan.enums import RecoveredState
from masterplan.models import Masterplan, RecoveredCopy, Section
from masterplan.rules import can_write_section
from smartcity.accounts.models import User
from smartcity.ui.refusal import Incomplete, NotAllowed, WrongState

type Json = dict[str, Any]

MAX_LOST = 200_000


def keep(section: Section, *, reason: str, doc: Json, lost: str, by: User) -> RecoveredCopy:
    """The document must be a document, whether or not it may be saved. The same copy sent twice is kept once."""
    prose.load(doc)
    known = RecoveredCopy.objects.filter(
        section=section, user=by, reason=reason[:120], lost=lost[:MAX_LOST], state=RecoveredState.OPEN
    )
    for copy in known.order_by("-at")[:5]:
        if copy.doc == doc:
            return copy
    return RecoveredCopy.objects.create(section=section, user=by, reason=reason[:120], doc=doc, lost=lost[:MAX_LOST])


def own_copies(plan: Masterplan, user: User) -> "QuerySet[RecoveredCopy]":
    """Nobody sees another person's copies, the coordinator neither."""
    return RecoveredCopy.objects.filter(section__plan=plan, user=user).select_related(
        "section__outline_section__dimension"
    )


def open_count(plan: Masterplan, user: User) -> int:
    return RecoveredCopy.objects.filter(section__plan=plan, user=user, state=RecoveredState.OPEN).count()


@transaction.atomic
def put_back(copy: RecoveredCopy, *, whole: bool, by: User) -> Section:
    """A new version: the lost text at the end of the section, or the whole copy in place of the text."""
    locked = _lock(copy)
    section = copy.section
    if not can_write_section(by, section):
        msg = "Bagian ini tidak ditugaskan kepada Anda."
        raise NotAllowed(msg, next_step="Salin teksnya dari halaman ini, atau minta koordinator menugaskan bagian ini.")
    if locked.state == RecoveredState.PUT_BACK:
        msg = "Salinan ini sudah dikembalikan ke naskah."
        raise WrongState(msg)
    if not whole and not copy.lost.strip():
        msg = "Salinan ini tidak mencatat teks yang hilang."
        raise Incomplete(msg, next_step="Pilih mengembalikan seluruh salinan, atau salin bagian yang diperlukan.")
    try:
        changed = (
            sections.replace_text(section, doc=copy.doc, by=by)
            if whole
            else sections.append_paragraphs(section, copy.lost.splitlines(), by=by)
        )
    except prose.Refused as refused:
        raise Incomplete(str(refused)) from refused
    _close(copy, RecoveredState.PUT_BACK)
    return changed


@transaction.atomic
def dismiss(copy: RecoveredCopy) -> None:
    if _lock(copy).state != RecoveredState.OPEN:
        msg = "Salinan ini sudah ditangani."
        raise WrongState(msg)
    _close(copy, RecoveredState.DISMISSED)


@transaction.atomic
def reopen(copy: RecoveredCopy) -> None:
    """Undoes a dismissal, and lets a copy that was put back be put back once more."""
    if _lock(copy).state == RecoveredState.OPEN:
        msg = "Salinan ini belum ditangani."
        raise WrongState(msg)
    _close(copy, RecoveredState.OPEN)


def _lock(copy: RecoveredCopy) -> RecoveredCopy:
    return RecoveredCopy.objects.select_for_update(of=("self",)).get(pk=copy.pk)


def _close(copy: RecoveredCopy, state: RecoveredState) -> None:
    copy.state = state
    copy.closed_at = None if state == RecoveredState.OPEN else timezone.now()
    copy.save(update_fields=["state", "closed_at"])
