"""The log of a section's text: what a version missed, how the text stood, who worked on it."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from masterplan import prose
from masterplan.models import Section

type Json = dict[str, Any]


@dataclass(frozen=True)
class Missed:
    """Steps after a version, with the client of each: what a stale browser needs to rebase."""

    version: int
    steps: list[Json]
    clients: list[str]


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
    """The document as it was in the editor, suggestions included: the nearest snapshot below, and the steps after it."""
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
