"""Where a comment is asked to stand: read from the address, shown on the form, and where each thread stands now."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, QueryDict
from django.urls import reverse

from masterplan import prose
from masterplan.domain import comment_places as places
from masterplan.domain.comment_acts import Transition, open_to
from masterplan.enums import AnchorState, CommentKind, CommentPlace
from masterplan.forms.comments import KIND_SIGNS
from masterplan.forms.rows_filter import FilterOptions, RowFilter
from masterplan.forms.rows_kind import RowKind
from masterplan.forms.rows_table import RowTable
from masterplan.models import CommentThread, Masterplan
from masterplan.registers import EVERY_KIND
from masterplan.rules import is_reviewer as is_reviewer_of
from masterplan.views.frame import visible_section
from smartcity.accounts.models import User
from smartcity.ui.http import SignedInRequest, number_in

EXCERPT = 90


@dataclass(frozen=True)
class AskedPlace:
    """`parts` are what may be chosen within it: paragraphs of a section, cells of a row."""

    title: str
    back: str
    spot: Callable[[], places.Spot]
    quote: str = ""
    part_name: str = ""
    parts: list[tuple[str, str]] = field(default_factory=list)
    chosen_part: str = ""

    @property
    def shown_quote(self) -> str:
        return self.quote.replace("\ufffc", "▫")


def asked_place(request: SignedInRequest, plan: Masterplan) -> AskedPlace:
    """404 for a section or row that is not there; words that are not there are refused when the spot is asked."""
    query = request.GET
    if query.get("bagian"):
        return _in_section(request, plan, query)
    if query.get("baris"):
        return _on_row(request, plan, query)
    address = reverse("masterplan:comment_list", args=[plan.code])
    return AskedPlace("Seluruh rencana", address, lambda: places.on_plan(plan))


def _in_section(request: SignedInRequest, plan: Masterplan, query: QueryDict) -> AskedPlace:
    section = visible_section(request, plan.code, query.get("bagian", "")[:12])
    title = places.section_label(section)
    back = reverse("masterplan:section_write", args=[plan.code, section.outline_section.code])
    blocks = prose.text_blocks(section.doc)
    if query.get("blok"):
        block = query.get("blok", "")[:64]
        start, end, version = (number_in(query.get(name, ""), -1) for name in ("awal", "akhir", "versi"))
        seen = blocks if version == section.version else places.blocks_at(section, version)
        quote = request.POST.get("kutipan") or seen.get(block, "")[max(0, start) : max(0, end)]

        def words() -> places.Spot:
            return places.on_text(section, version=version, block=block, start=start, end=end, quote=quote)

        return AskedPlace(title, back, words, quote=quote)
    chosen = request.POST.get("potongan", "")[:64]

    def part() -> places.Spot:
        if not chosen:
            return places.on_section(section)
        text = blocks.get(chosen, "")
        asked: dict[str, Any] = {"version": section.version, "block": chosen, "start": 0, "end": len(text)}
        return places.on_text(section, quote=text, **asked)

    parts = [
        (block, _excerpt(text)) for block, text in blocks.items() if text.strip() and len(text) <= places.MAX_QUOTE
    ]
    return AskedPlace(title, back, part, part_name="Paragraf", parts=parts, chosen_part=chosen)


def _excerpt(text: str) -> str:
    text = " ".join(text.replace("\ufffc", " ").split())
    return text if len(text) <= EXCERPT else f"{text[: EXCERPT - 1]}…"


def _on_row(request: SignedInRequest, plan: Masterplan, query: QueryDict) -> AskedPlace:
    slug, _, key = query.get("baris", "")[:60].rpartition("-")
    kind = EVERY_KIND.get(slug)
    row = kind.rows(plan).filter(pk=number_in(key, 0, digits=18)).first() if kind else None
    if kind is None or row is None:
        raise Http404
    columns = columns_of(kind, plan)
    column = request.POST.get("potongan", query.get("kolom", ""))[:60]
    label = columns.get(column, "")
    column = column if label else ""
    return AskedPlace(
        title=f"{kind.noun.capitalize()}: {row}",
        back=kind.address("edit", plan, row.pk) if not kind.is_single or row.pk else "",
        spot=lambda: places.on_row(row, column, label),
        part_name="Sel",
        parts=list(columns.items()),
        chosen_part=column,
    )


def columns_of(kind: RowKind, plan: Masterplan) -> dict[str, str]:
    """Names of the cells of a row by column, as the table has them."""
    table = RowTable(kind, plan, RowFilter.of(QueryDict(), FilterOptions.for_one_row(kind, plan)))
    named = [column for column in table.columns if column.slug != "no"]
    return {column.slug: " ".join(filter(None, (column.group, column.label))) for column in named}


@dataclass(frozen=True)
class ShownThread:
    """A thread as a card: where it stands, a note when that place is no longer what it was, what this person may do.

    `refusal` and `typed` are of an act that was refused; `token` is for one form, which sent twice is one contribution.
    """

    thread: CommentThread
    href: str
    note: str
    acts: list[Transition]
    tone: str
    sign: str
    refusal: str = ""
    typed: str = ""
    token: uuid.UUID = field(default_factory=uuid.uuid4)


def shown(threads: Iterable[CommentThread], plan: Masterplan, user: User) -> list[ShownThread]:
    """The number of queries does not grow with that of the threads."""
    found = list(threads)
    kinds = {kind.model._meta.label_lower: kind for kind in EVERY_KIND.values()}
    rows = places.rows_present(thread for thread in found if thread.row_table in kinds)
    is_reviewer = is_reviewer_of(user, plan)
    cards = []
    for thread in found:
        row = rows.get((thread.row_table, thread.row_id or 0))
        href, note = _where(thread, plan, row, kinds.get(thread.row_table))
        tone, sign = KIND_SIGNS[CommentKind(thread.kind)]
        acts = open_to(user, thread, is_reviewer=is_reviewer)
        cards.append(ShownThread(thread, href, note, acts, tone, sign))
    return cards


def _where(thread: CommentThread, plan: Masterplan, row: Any, kind: RowKind | None) -> tuple[str, str]:
    """The exact place, and a note when it is no longer what it was."""
    if thread.place in {CommentPlace.ROW, CommentPlace.CELL}:
        if row is None or kind is None:
            return "", "Baris ini di keranjang atau sudah dihapus."
        return f"{kind.address('edit', plan, row.pk)}#{thread.name}", ""
    if thread.place == CommentPlace.PLAN:
        return "", ""
    if thread.section is None:
        return "", "Bagian ini sudah dihapus dari keranjang."
    address = reverse("masterplan:section_write", args=[plan.code, thread.section.outline_section.code])
    note = "Bagian ini di keranjang." if thread.section.binned_at else ""
    if thread.place == CommentPlace.TEXT and thread.anchor != AnchorState.FOLLOWED:
        note = f"{note} {thread.get_anchor_display()} sejak komentar ini ditulis.".strip()
    return f"{address}#{thread.name}", note
