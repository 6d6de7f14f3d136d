"""Who may change what about suggested wording. A mentor's steps leave the text as it is; a writer's put no words in their mouth."""

from collections.abc import Iterator
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast

from masterplan import prose
from masterplan.domain.section_log import document_at
from masterplan.models import Section
from smartcity.accounts.models import User

type Json = dict[str, Any]

WORDS_ONLY = "Usulan hanya untuk kata-kata di dalam paragraf, dan tidak mengubah naskah atau usulan orang lain."
OWN_NAME = "Usulan hanya dapat dibuat atas nama Anda sendiri."
AS_MADE = "Usulan orang lain hanya dapat diterima atau ditolak, tidak ditambah."


def ensure_only_suggested(old: Json, new: Json, *, by: User) -> None:
    """Rejecting what this person suggests gives the old text exactly, with everybody else's suggestions. Raises prose.Refused."""
    known = {each.without_words for each in prose.suggestions(old)}
    for each in prose.suggestions(new):
        if each.without_words not in known and (each.by, each.name) != (by.pk, by.display_name):
            raise prose.Refused(OWN_NAME)

    def is_own(attrs: Any) -> bool:
        return bool(attrs["by"] == by.pk)

    if prose.rejected(new, is_own) != prose.rejected(old, is_own):
        raise prose.Refused(WORDS_ONLY)


def ensure_nothing_forged(section: Section, new: Json) -> None:
    """Whoever writes keeps, accepts and rejects; undoing that brings back what the author of a suggestion had left.

    `section` still holds the text before. Raises prose.Refused.
    """
    found = prose.suggestions(new)
    known = prose.suggestions(section.editor_doc) if found else []
    for each in found:
        if any(map(each.is_part_of, known)) or any(map(each.is_part_of, _as_left(section, each))):
            continue
        raise prose.Refused(AS_MADE)


def _as_left(section: Section, suggestion: prose.Suggestion) -> Iterator[prose.Suggestion]:
    """All suggestions in the text as it was when its author last worked on this one; nothing where they never did."""
    own = section.batches.filter(is_suggestion=True, user_id=suggestion.by).alias(text=Cast("steps", TextField()))
    batch = own.filter(text__contains=suggestion.id).order_by("-start_version").first()
    if batch is not None:
        yield from prose.suggestions(document_at(section, batch.end_version))
