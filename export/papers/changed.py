"""What became of the place of a remark: its words, cell or row as they were when it was made, and as they are now."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bimtek.domain.changes import changed_fields
from bimtek.models import Submission, SubmittedTable
from masterplan import prose
from masterplan.enums import AnchorState, CommentPlace
from masterplan.models import CommentThread, Masterplan, Section
from masterplan.registers import EVERY_KIND
from masterplan.registers.frozen import frozen_table

type Json = dict[str, Any]
MOST_FIELDS = 6
EMPTY = "(kosong)"
SIGN = "[…]"  # for what stands in a text without being words: a fact, a footnote, a reference
SAME = "Belum diubah."


@dataclass(frozen=True)
class Pair:
    """`label` names the cell or field, empty for words of a text."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Changed:
    note: str
    pairs: tuple[Pair, ...] = ()


@dataclass(frozen=True)
class _Table:
    """Heads and the rows asked for, by their id."""

    heads: tuple[str, ...] = ()
    rows: Mapping[int, Json] = field(default_factory=dict)


def changes_of(
    plan: Masterplan, threads: Sequence[CommentThread], submissions: Iterable[Submission]
) -> dict[int, Changed]:
    """By the thread's key. Rows are held against the last submission before the remark: the one that was read."""
    sent = sorted(submissions, key=lambda each: each.at)
    bases = {thread.pk: _base(thread, sent) for thread in threads if thread.row_id is not None}
    tables = _Tables(plan, threads, bases)
    docs = _docs(threads)
    return {
        thread.pk: tables.change(thread, bases[thread.pk]) if thread.row_id is not None else _of_text(thread, docs)
        for thread in threads
    }


def _base(thread: CommentThread, sent: list[Submission]) -> Submission | None:
    return next((each for each in reversed(sent) if each.at <= thread.created_at), None)


def words(text: str) -> str:
    return text.replace("\ufffc", SIGN)


def _docs(threads: Sequence[CommentThread]) -> dict[int, dict[str, str]]:
    """Texts of those sections only in which remarked words became others."""
    wanted = {thread.section_id for thread in threads if thread.section_id and thread.anchor == AnchorState.CHANGED}
    found = Section.objects.filter(pk__in=wanted).values_list("pk", "doc")
    return {pk: prose.text_blocks(doc) for pk, doc in found}


def _of_text(thread: CommentThread, docs: Mapping[int, Mapping[str, str]]) -> Changed:
    section = thread.section
    if thread.place == CommentPlace.PLAN:
        return Changed("Menyangkut seluruh rencana.")
    if section is None or section.binned_at:
        return Changed("Bagian ini dihapus.")
    if thread.place == CommentPlace.SECTION:
        is_later = section.updated_at is not None and section.updated_at > thread.created_at
        return Changed("Naskah bagian ini sudah diubah." if is_later else SAME)
    quote = words(thread.quote)
    if thread.anchor == AnchorState.DELETED:
        return Changed("Teks dihapus.", (Pair("", quote, ""),))
    if thread.anchor == AnchorState.CHANGED:
        now = docs.get(section.pk, {}).get(thread.block, "")[thread.start : thread.end]
        return Changed("", (Pair("", quote, words(now)),))
    is_later = section.version > (thread.text_version or 0)
    return Changed("Kata-kata itu tetap; bagian ini sudah diubah." if is_later else SAME)


class _Tables:
    """The commented rows as submissions keep them and as they are: one query for all that was frozen, a fixed number a kind."""

    def __init__(
        self, plan: Masterplan, threads: Sequence[CommentThread], bases: Mapping[int, Submission | None]
    ) -> None:
        self.slugs = {kind.model._meta.label_lower: slug for slug, kind in EVERY_KIND.items()}
        wanted: dict[str, set[int]] = {}
        for thread in threads:
            if thread.row_id is not None and thread.row_table in self.slugs:
                wanted.setdefault(self.slugs[thread.row_table], set()).add(thread.row_id)
        self.now = {slug: self._now(plan, slug, ids) for slug, ids in wanted.items()}
        self.then = dict(self._then({each.pk for each in bases.values() if each}, wanted))

    def _now(self, plan: Masterplan, slug: str, ids: set[int]) -> _Table:
        table = frozen_table(EVERY_KIND[slug], plan)
        return _Table(_heads(table.columns), {row["id"]: row for row in table.rows if row["id"] in ids})

    def _then(self, bases: set[int], wanted: Mapping[str, set[int]]) -> Iterator[tuple[tuple[int, str], _Table]]:
        found = SubmittedTable.objects.filter(submission__in=bases, slug__in=wanted)
        for table in found.iterator(chunk_size=1):
            rows = {row["id"]: row for row in table.rows if row["id"] in wanted[table.slug]}
            yield (table.submission_id, table.slug), _Table(_heads(table.columns), rows)

    def change(self, thread: CommentThread, base: Submission | None) -> Changed:
        slug = self.slugs.get(thread.row_table, "")
        table, key = self.now.get(slug, _Table()), thread.row_id or 0
        row = table.rows.get(key)
        if row is None:
            return Changed("Baris ini dihapus.")
        then = self.then.get((base.pk, slug), _Table()) if base else _Table()
        was = then.rows.get(key)
        if was is None:
            return _without_base(thread, table, row)
        if thread.place == CommentPlace.CELL:
            old, new = _cell(then, was, thread.column_label), _cell(table, row, thread.column_label)
            return (
                Changed(SAME) if old == new else Changed("", (Pair(thread.column_label, old or EMPTY, new or EMPTY),))
            )
        return _of_row(was, row)


def _without_base(thread: CommentThread, table: _Table, row: Json) -> Changed:
    if thread.place == CommentPlace.CELL:
        return Changed(f"Nilai sekarang: {_cell(table, row, thread.column_label) or EMPTY}.")
    return Changed("Baris ini belum ada dalam kiriman sebelum komentar.")


def _of_row(was: Json, row: Json) -> Changed:
    found = [
        Pair(each.label, "; ".join(each.old) or EMPTY, "; ".join(each.new) or EMPTY)
        for each in changed_fields(was, row)
    ]
    more = len(found) - MOST_FIELDS
    note = f"Dan {more} isian lain." if more > 0 else "" if found else SAME
    return Changed(note, tuple(found[:MOST_FIELDS]))


def _heads(columns: Iterable[Json]) -> tuple[str, ...]:
    """As threads name a cell (`comment_place.columns_of`)."""
    return tuple(" ".join(filter(None, (column["group"], column["label"]))) for column in columns)


def _cell(table: _Table, row: Json, head: str) -> str:
    if head not in table.heads or table.heads.index(head) >= len(row["cells"]):
        return ""
    value = row["cells"][table.heads.index(head)]
    return ", ".join(value) if isinstance(value, list) else str(value)
