"""A section's text: saving steps, reading what was missed, and keeping what could not be merged."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from masterplan import prose
from masterplan.domain.comment_anchors import follow_edit
from masterplan.domain.displaced import keep_for_others
from masterplan.domain.picture import sources_of
from masterplan.models import Section, Snapshot, StepBatch
from masterplan.rules import can_write_section
from smartcity.accounts.models import User
from smartcity.ui.refusal import NotAllowed, TooLarge, WrongState

type Json = dict[str, Any]

SNAPSHOT_EVERY = 200
MAX_STEPS = 5_000


@dataclass(frozen=True)
class Missed:
    """Steps after a version, with the client of each: what a stale browser needs to rebase."""

    version: int
    steps: list[Json]
    clients: list[str]


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
    if not can_write_section(by, section):
        msg = "Bagian ini tidak ditugaskan kepada Anda."
        raise NotAllowed(msg, next_step="Minta koordinator menugaskan bagian ini kepada perangkat daerah Anda.")
    with transaction.atomic():
        locked = _lock(section)
        if version != locked.version:  # before the bin: a save whose answer was lost must still find itself
            raise Stale(steps_since(locked, version))
        ensure_present(locked)
        node = prose.apply(prose.load(locked.doc), steps, media=sources_of(section.plan.regency_id))
        _store(locked, node, steps, client, by)
    return Saved(locked.version, prose.fingerprint(node))


def replace_text(section: Section, *, doc: Json, by: User | None) -> Section:
    """A new version whose whole text is `doc`; open browsers rebase on it like on anybody's steps."""
    with transaction.atomic():
        locked = _lock(section)
        ensure_present(locked)
        old, new = prose.load(locked.doc), prose.load(doc)
        prose.check(new, media=sources_of(section.plan.regency_id))
        _store(locked, new, [prose.replacement(old, new)], "server", by)
    return locked


def append_paragraphs(section: Section, lines: Sequence[str], *, by: User | None) -> Section:
    """New paragraphs at the end; empty lines are left out."""
    with transaction.atomic():
        locked = _lock(section)
        ensure_present(locked)
        step = prose.appended(locked.doc, [line.strip() for line in lines if line.strip()])
        node = prose.apply(prose.load(locked.doc), [step], media=sources_of(section.plan.regency_id))
        _store(locked, node, [step], "server", by)
    return locked


def _lock(section: Section) -> Section:
    found = Section.objects.select_for_update().filter(pk=section.pk).first()
    if found is None:
        raise InBin  # emptied between loading and locking
    return found


def _store(section: Section, node: Any, steps: Sequence[Json], client: str, by: User | None) -> None:
    before, old_doc = section.version, section.doc
    doc = prose.dump(node)
    keep_for_others(section, steps, doc, by=by)
    StepBatch.objects.create(
        section=section,
        start_version=before,
        end_version=before + len(steps),
        steps=list(steps),
        client=client,
        user=by,
    )
    section.version = before + len(steps)
    section.doc = doc
    section.html = prose.render_html(node)
    section.words = prose.count_words(section.doc)
    section.updated_by = by
    section.updated_at = timezone.now()
    section.save(update_fields=["version", "doc", "html", "words", "updated_by", "updated_at"])
    if section.version // SNAPSHOT_EVERY > before // SNAPSHOT_EVERY:
        Snapshot.objects.create(section=section, version=section.version, doc=section.doc)
    follow_edit(section, old_doc, doc)


def steps_since(section: Section, version: int) -> Missed:
    """Steps after `version`, which may lie inside a batch. A version from the future misses nothing."""
    steps: list[Json] = []
    clients: list[str] = []
    if version >= section.version:
        return Missed(section.version, steps, clients)
    for batch in section.batches.filter(end_version__gt=version):
        skip = max(0, version - batch.start_version)
        steps += batch.steps[skip:]
        clients += [batch.client] * (len(batch.steps) - skip)
    return Missed(section.version, steps, clients)


def document_at(section: Section, version: int) -> Json:
    """The document as it was: the nearest snapshot below, and the steps after it."""
    snapshot = section.snapshots.filter(version__lte=version).order_by("-version").first()
    if snapshot is None:
        msg = "Versi ini tidak ada."
        raise prose.Refused(msg)
    wanted = version - snapshot.version
    steps = steps_since(section, snapshot.version).steps[:wanted]
    if len(steps) < wanted:
        msg = "Versi ini tidak ada."
        raise prose.Refused(msg)
    return prose.dump(prose.replay(prose.load(snapshot.doc), steps))


@dataclass(frozen=True)
class WorkSession:
    """Saves of one person on one day."""

    person: str
    day: Any
    last_at: Any
    saves: int


def recent_sessions(section: Section, limit: int = 8) -> list[WorkSession]:
    """Newest first, over at most the last 400 saves."""
    rows = section.batches.order_by("-start_version").values_list("user__display_name", "at")[:400]
    sessions: dict[tuple[str, Any], WorkSession] = {}
    for name, at in rows:
        person = name or "Perintah server"
        key = (person, timezone.localtime(at).date())
        known = sessions.get(key)
        sessions[key] = WorkSession(person, key[1], known.last_at if known else at, (known.saves if known else 0) + 1)
    return list(sessions.values())[:limit]
