"""A save that removes what another person wrote a moment ago keeps a copy for that person."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone

from masterplan import prose
from masterplan.enums import RecoveredState
from masterplan.models import RecoveredCopy, Section
from smartcity.accounts.models import User

type Json = dict[str, Any]

RECENT = timedelta(minutes=15)
WITHIN = 4_000  # versions; keeps the look back cheap where somebody types without a pause
TYPING_ERROR = 4  # a save that takes away less than this mends a word and costs nothing here
WORTH_KEEPING = 12


def keep_for_others(section: Section, steps: Sequence[Json], new_doc: Json, *, by: User | None) -> None:
    """`section` still holds the text before `steps`. Most saves end at the first line; the rest ask once more."""
    if by is None or prose.deleted_units(steps) < TYPING_ERROR:
        return
    since = timezone.now() - RECENT
    recent = section.batches.filter(start_version__gte=max(0, section.version - WITHIN), at__gte=since)
    first = recent.exclude(user=by).exclude(user=None).values_list("start_version", flat=True).first()
    if first is None:
        return
    batches = [*recent.filter(start_version__gte=first).values_list("user_id", "steps"), (by.pk, steps)]
    removed = prose.removed_by(batches, by.pk)
    if removed:
        offered = (each.inserted for each in prose.suggestions(section.editor_doc))  # rejecting it is no loss
        kept = (prose.plain_text(new_doc), *offered)
        for author_id, runs in removed.items():
            lines = [line.strip() for run in runs for line in run.splitlines()]
            _keep(
                section,
                author_id,
                [line for line in lines if line and not any(line in each for each in kept)],
                by,
                since,
            )


def _keep(section: Section, author_id: int, lines: list[str], by: User, since: Any) -> None:
    """Somebody who deletes bit by bit makes one copy that grows, not one for each save."""
    reason = f"tulisan Anda dihapus oleh {by.display_name}"[:120]
    copies = list(RecoveredCopy.objects.filter(section=section, user_id=author_id, reason=reason, at__gte=since))
    handled = "\n".join(copy.lost for copy in copies if copy.state != RecoveredState.OPEN)
    lines = [line for line in lines if line not in handled]
    lost = "\n".join(lines)
    if len(lost) < WORTH_KEEPING:
        return
    copy = next((copy for copy in copies if copy.state == RecoveredState.OPEN), None)
    if copy is None:
        RecoveredCopy.objects.create(section=section, user_id=author_id, reason=reason, doc=section.doc, lost=lost)
    elif lost not in copy.lost:
        grown = copy.lost in lost
        copy.lost = lost if grown else "\n".join([copy.lost, *(line for line in lines if line not in copy.lost)])
        copy.save(update_fields=["lost"])
