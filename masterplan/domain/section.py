"""A section's text: saving steps, replacing the whole, and keeping what could not be merged."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from masterplan import prose
from masterplan.domain.comment_anchors import follow_edit
from masterplan.domain.displaced import keep_for_others
from masterplan.domain.picture import sources_of
from masterplan.domain.section_log import Missed, steps_since
from masterplan.domain.suggestions import ensure_nothing_forged, ensure_only_suggested
from masterplan.models import Section, Snapshot, StepBatch
from masterplan.rules import can_suggest, can_write_section
from smartcity.accounts.models import User
from smartcity.ui.refusal import NotAllowed, TooLarge, WrongState

type Json = dict[str, Any]

SNAPSHOT_EVERY = 200
MAX_STEPS = 5_000


class Stale(Exception):
    """The section has moved on; nothing was stored."""

    def __init__(self, missed: Missed) -> None:
        super().__init__(missed.version)
        self.missed = missed


@dataclass(frozen=True)
class Saved:
    version: int
    fingerprint: str


class InBin(WrongState):
    """Nothing can be done with a section in the bin but look at it and put it back."""

    def __init__(self) -> None:
        super().__init__(
            "Bagian ini di keranjang, sehingga tidak dapat diubah.",
            next_step="Minta koordinator mengembalikannya dari Keranjang.",
        )


def ensure_present(section: Section) -> None:
    if section.binned_at is not None:
        raise InBin


def save_steps(section: Section, *, version: int, client: str, steps: Sequence[Json], by: User) -> Saved:
    """Append steps made on `version`. Raises Stale, prose.Refused, NotAllowed, InBin or TooLarge, and then stores nothing.

    Idempotent: after a lost answer the retry is stale, and what it missed contains its own steps.
    """
    if len(steps) > MAX_STEPS:
        msg = f"Terlalu banyak perubahan sekaligus (paling banyak {MAX_STEPS})."
        raise TooLarge(msg)
    writes = can_write_section(by, section)
    if not writes and not can_suggest(by, section):
        msg = "Bagian ini tidak ditugaskan kepada Anda."
        raise NotAllowed(msg, next_step="Minta koordinator menugaskan bagian ini kepada perangkat daerah Anda.")
    with transaction.atomic():
        locked = _lock(section)
        if version != locked.version:  # before the bin: a save whose answer was lost must still find itself
            raise Stale(steps_since(locked, version))
        ensure_present(locked)
        node = prose.apply(prose.load(locked.editor_doc), steps, media=sources_of(section.plan.regency_id))
        if writes:
            ensure_nothing_forged(locked, prose.dump(node))
        else:
            ensure_only_suggested(locked.editor_doc, prose.dump(node), by=by)
        _store(locked, node, steps, client, by, is_suggestion=not writes)
    return Saved(locked.version, prose.fingerprint(node))


def replace_text(section: Section, *, doc: Json, by: User | None) -> Section:
    """A new version whose whole text is `doc`; open browsers rebase on it like on anybody's steps.

    Suggestions, those in the old text and in `doc`, end with it: nobody answered them, so they are as if rejected.
    """
    with transaction.atomic():
        locked = _lock(section)
        ensure_present(locked)
        whole = prose.dump(prose.load(doc))  # what a browser kept as a copy may lack attributes
        old, new = prose.load(locked.editor_doc), prose.load(prose.rejected(whole))
        prose.check(new, media=sources_of(section.plan.regency_id))
        _store(locked, new, [prose.replacement(old, new)], "server", by)
    return locked


def append_paragraphs(section: Section, lines: Sequence[str], *, by: User | None) -> Section:
    """New paragraphs at the end; empty lines are left out."""
    with transaction.atomic():
        locked = _lock(section)
        ensure_present(locked)
        step = prose.appended(locked.editor_doc, [line.strip() for line in lines if line.strip()])
        node = prose.apply(prose.load(locked.editor_doc), [step], media=sources_of(section.plan.regency_id))
        _store(locked, node, [step], "server", by)
    return locked


def _lock(section: Section) -> Section:
    found = Section.objects.select_for_update().filter(pk=section.pk).first()
    if found is None:
        raise InBin  # emptied between loading and locking
    return found


def _store(
    section: Section, node: Any, steps: Sequence[Json], client: str, by: User | None, *, is_suggestion: bool = False
) -> None:
    before, old_doc = section.version, section.doc
    written = prose.dump(node)
    doc = prose.rejected(written)
    keep_for_others(section, steps, written, by=by)
    StepBatch.objects.create(
        section=section,
        start_version=before,
        end_version=before + len(steps),
        steps=list(steps),
        client=client,
        user=by,
        is_suggestion=is_suggestion,
    )
    section.version = before + len(steps)
    section.doc = doc
    section.suggested = None if doc is written else written
    section.html = prose.render_html(node if doc is written else prose.load(doc))
    section.words = prose.count_words(doc)
    section.updated_by = by
    section.updated_at = timezone.now()
    section.save(update_fields=["version", "doc", "suggested", "html", "words", "updated_by", "updated_at"])
    if section.version // SNAPSHOT_EVERY > before // SNAPSHOT_EVERY:
        Snapshot.objects.create(section=section, version=section.version, doc=written)
    follow_edit(section, old_doc, doc)
