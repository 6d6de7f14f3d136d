"""Where a thread stands: making a spot, carrying spots along with edits, and putting them back with rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from masterplan import prose
from masterplan.domain.comment_anchors import fields_of
from masterplan.domain.section_log import document_at
from masterplan.enums import CommentPlace
from masterplan.models import BinnedRow, CommentThread, Masterplan, Section
from smartcity.ui.refusal import Incomplete

MAX_QUOTE = 2000


@dataclass(frozen=True)
class Spot:
    """Columns of a thread that say where it stands."""

    place: CommentPlace
    label: str
    dimension: str = ""
    section: Section | None = None
    anchor: prose.Anchor | None = None
    text_version: int | None = None
    row: models.Model | None = None
    column: str = ""
    column_label: str = ""

    def fields(self) -> dict[str, Any]:
        fields: dict[str, Any] = {
            "place": self.place,
            "label": self.label[:250],
            "dimension": self.dimension,
            "section": self.section,
            "text_version": self.text_version,
            "column": self.column,
            "column_label": self.column_label[:120],
        }
        if self.anchor:
            fields |= fields_of(self.anchor) | {"quote": self.anchor.quote}
        if self.row:
            fields |= {"row_table": self.row._meta.label_lower, "row_id": self.row.pk}
        return fields


def on_plan(plan: Masterplan) -> Spot:
    return Spot(CommentPlace.PLAN, f"Seluruh rencana {plan.period}")


def on_section(section: Section) -> Spot:
    """Needs the section's outline part with chapter, book and dimension."""
    return Spot(CommentPlace.SECTION, section_label(section), _dimension(section.outline_section), section)


def on_row(row: Any, column: str = "", column_label: str = "") -> Spot:
    place = CommentPlace.CELL if column else CommentPlace.ROW
    return Spot(place, str(row), _dimension(row), row=row, column=column, column_label=column_label)


def on_text(section: Section, *, version: int, block: str, start: int, end: int, quote: str) -> Spot:
    """A range as somebody saw it at `version`; when the text has moved on, the range is carried along first.

    Holds the section for the rest of the transaction, so that no save can come between. Raises Incomplete.
    """
    if len(quote) > MAX_QUOTE:
        raise Incomplete(f"Teks yang dipilih terlalu panjang (paling banyak {MAX_QUOTE} aksara).")
    locked = Section.objects.select_for_update().only("doc", "version").get(pk=section.pk)
    now = prose.text_blocks(locked.doc)
    seen = now if version == locked.version else blocks_at(locked, version)
    anchor = prose.anchor_at(seen, block, start, end)
    if anchor is None or anchor.quote != quote:
        raise Incomplete(
            "Teks yang dipilih tidak ada lagi dalam naskah yang tersimpan.", next_step="Pilih teksnya sekali lagi."
        )
    anchor = prose.follow(anchor, seen, now)
    label, dimension = section_label(section), _dimension(section.outline_section)
    return Spot(CommentPlace.TEXT, label, dimension, section, anchor, locked.version)


def blocks_at(section: Section, version: int) -> dict[str, str]:
    """Empty for a version that never was."""
    if not 0 <= version < section.version:
        return {}
    try:
        return prose.text_blocks(prose.rejected(document_at(section, version)))
    except prose.Refused:
        return {}


def section_label(section: Section) -> str:
    outline = section.outline_section
    return f"Buku {outline.chapter.book.number} · {outline}"


def _dimension(described: Any) -> str:
    dimension = getattr(described, "dimension", None)
    return dimension.code if dimension is not None else ""


def put_back_with_row(binned: BinnedRow, row: models.Model) -> None:
    """A row comes back from the bin under another number; its threads come with it."""
    CommentThread.objects.filter(plan=binned.plan, row_table=binned.table, row_id=binned.row_id).update(row_id=row.pk)


def rows_present(threads: Iterable[CommentThread]) -> dict[tuple[str, int], models.Model]:
    """Rows on which these threads stand and that are not in the bin: one query for each table that occurs."""
    wanted: dict[str, set[int]] = {}
    for thread in threads:
        if thread.row_id is not None:
            wanted.setdefault(thread.row_table, set()).add(thread.row_id)
    found: dict[tuple[str, int], models.Model] = {}
    for table, keys in wanted.items():
        manager: Any = apps.get_model(table)._default_manager
        found |= {(table, row.pk): row for row in manager.filter(pk__in=keys)}
    return found
