"""Since my last reading: which parts of a submission a person has not read in this wording, and marking them as read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q

from bimtek.domain.changes import Change, RowChange, changed_rows
from bimtek.domain.chapters import heading_of
from bimtek.models import ReadPart, Submission, SubmittedSection, SubmittedTable
from masterplan import prose
from smartcity.accounts.models import User

TEXT, TABLE = "naskah", "tabel"
ABOUT_SECTION = ("code", "number", "title", "words", "mark", "outline__book", "outline__chapter")


@dataclass(frozen=True)
class Part:
    """A text or table as it is in this submission and as it was in `since`, None where the person never read it.

    `change` is None where nothing differs. `words` are those now and then. `is_read` says that this wording was read.
    """

    kind: str
    code: str
    heading: str
    title: str
    change: Change | None
    is_read: bool
    since: int | None
    words: tuple[int, int] = (0, 0)

    @property
    def key(self) -> str:
        return f"{self.kind}/{self.code}"

    @property
    def is_open(self) -> bool:
        return self.change is not None and not self.is_read


@dataclass(frozen=True)
class _Frozen:
    """One part of one submission, without its content."""

    kind: str
    code: str
    heading: str
    title: str
    mark: str
    words: int


type _Then = tuple[int | None, _Frozen | None]


def parts_since(submission: Submission, base: Submission | None, *, user: User) -> list[Part]:
    """Every part in the order of the books, then the tables; what is gone stands behind.

    Compared with `base`, or without it with what this person read last, part by part. Four queries, or two more for each
    other submission in which they read something.
    """
    now = _frozen(submission)
    read = {part.part: part for part in ReadPart.objects.filter(user=user, plan=submission.plan_id)}
    before = _last_read(read, submission) if base is None else _all_of(base)
    return list(_parts(now, before, read))


def _parts(now: dict[str, _Frozen], before: dict[str, _Then], read: dict[str, ReadPart]) -> Iterator[Part]:
    for key in dict.fromkeys((*now, *before)):
        since, was = before.get(key, (None, None))
        shown = now.get(key) or was
        if shown is not None:
            is_read = key in read and read[key].mark == (now[key].mark if key in now else "")
            words = (now[key].words if key in now else 0, was.words if was else 0)
            change = _change(now.get(key), was)
            yield Part(shown.kind, shown.code, shown.heading, shown.title, change, is_read, since, words)


def _change(now: _Frozen | None, was: _Frozen | None) -> Change | None:
    if now is None:
        return Change.GONE
    if was is None:
        return Change.NEW
    return None if (now.mark, now.title) == (was.mark, was.title) else Change.CHANGED


def _all_of(base: Submission) -> dict[str, _Then]:
    return {key: (base.pk, part) for key, part in _frozen(base).items()}


def _last_read(read: dict[str, ReadPart], submission: Submission) -> dict[str, _Then]:
    """By part the submission in which it was read before this one, and what it was there; None where it was gone already.

    What was read in this one stays a change, so that the walk keeps its length and leads back.
    """
    earlier = {
        key: part.earlier_id if part.submission_id == submission.pk else part.submission_id
        for key, part in read.items()
    }
    by_submission: dict[int, list[str]] = {}
    for key, pk in earlier.items():
        if pk is not None:
            by_submission.setdefault(pk, []).append(key)
    known = {pk: _frozen(pk, parts) for pk, parts in by_submission.items()}
    return {key: (pk, known[pk].get(key)) for key, pk in earlier.items() if pk is not None}


def _frozen(submission: Submission | int, only: Iterable[str] | None = None) -> dict[str, _Frozen]:
    sections = SubmittedSection.objects.filter(submission=submission)
    tables = SubmittedTable.objects.filter(submission=submission)
    if only is not None:
        wanted = set(only)
        sections = sections.filter(code__in=[key.partition("/")[2] for key in wanted if key.startswith(TEXT)])
        tables = tables.filter(slug__in=[key.partition("/")[2] for key in wanted if key.startswith(TABLE)])
    texts = [_text(row) for row in sections.values(*ABOUT_SECTION)]
    named = tables.values_list("slug", "title", "mark")
    found = [*texts, *(_Frozen(TABLE, slug, "Tabel", title, mark, words=0) for slug, title, mark in named)]
    return {f"{part.kind}/{part.code}": part for part in found}


def _text(row: dict[str, Any]) -> _Frozen:
    book, chapter = row["outline__book"], row["outline__chapter"]
    return _Frozen(
        TEXT,
        row["code"],
        " · ".join(heading_of(book, chapter)),
        f"{row['number']} {row['title']}".strip(),
        row["mark"],
        row["words"],
    )


# -- the difference itself -----------------------------------------------------------------------------------------


def compared_text(code: str, *, before: int | None, after: int) -> prose.Comparison:
    """An absent text counts as an empty one."""
    rows = SubmittedSection.objects.filter(submission__in=(before, after) if before else (after,), code=code)
    docs = dict(rows.values_list("submission_id", "doc"))
    empty = {"type": "doc", "content": []}
    return prose.compare(docs.get(before or 0, empty), docs.get(after, empty))


def changes_in_tables(pairs: Iterable[tuple[str, int | None]], *, after: int) -> dict[str, list[RowChange]]:
    """Changed rows by table, for tables and the submissions they are compared with; one query for all of them."""
    wanted = dict(pairs)
    if not wanted:
        return {}
    asked = Q(submission=after, slug__in=wanted)
    for slug, before in wanted.items():
        if before is not None:
            asked |= Q(submission=before, slug=slug)
    found = {(row.submission_id, row.slug): row for row in SubmittedTable.objects.filter(asked)}
    return dict(_changes(found, wanted, after))


def _changes(
    found: dict[tuple[int, str], SubmittedTable], wanted: dict[str, int | None], after: int
) -> Iterator[tuple[str, list[RowChange]]]:
    for slug, before in wanted.items():
        old = found.get((before, slug)) if before is not None else None
        new = found.get((after, slug))
        named = new or old
        yield slug, changed_rows(old.rows if old else [], new.rows if new else [], named.columns if named else [])


# -- what was read -------------------------------------------------------------------------------------------------


@transaction.atomic
def mark_read(submission: Submission, keys: Iterable[str], *, user: User) -> int:
    """These parts were read as they are in this submission. Gives how many there are; unknown ones are left out."""
    now = _frozen(submission)
    read = {part.part: part for part in ReadPart.objects.select_for_update().filter(user=user, plan=submission.plan_id)}
    wanted = [key for key in dict.fromkeys(keys) if key in now or key in read]
    ReadPart.objects.bulk_create(
        [_reading(submission, key, now.get(key), read.get(key), user) for key in wanted],
        update_conflicts=True,
        unique_fields=["user", "plan", "part"],
        update_fields=["submission", "mark", "earlier", "at"],
    )
    return len(wanted)


def _reading(submission: Submission, key: str, now: _Frozen | None, was: ReadPart | None, user: User) -> ReadPart:
    earlier = None
    if was is not None:
        earlier = was.submission_id if was.submission_id != submission.pk else was.earlier_id
    return ReadPart(
        user=user,
        plan_id=submission.plan_id,
        part=key,
        submission=submission,
        mark=now.mark if now else "",
        earlier_id=earlier,
    )


@transaction.atomic
def unmark_read(submission: Submission, key: str, *, user: User) -> None:
    """Back to what was read before this submission; without that it was never read."""
    part = ReadPart.objects.select_for_update().filter(user=user, plan=submission.plan_id, part=key).first()
    if part is None or part.submission_id != submission.pk:
        return
    if part.earlier_id is None:
        part.delete()
        return
    was = _frozen(part.earlier_id, [key]).get(key)
    part.submission_id, part.earlier_id, part.mark = part.earlier_id, None, was.mark if was else ""
    part.save()
