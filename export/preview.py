"""The pages of one section as the book will have them, at once: for the panel beside the editor.

Each process of the web keeps one typesetting process warm for a while. What stands before the section in the book is only
counted, and for a text without planning tables these counts may be some seconds old.
"""

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from export.children import Children, Limits, Order, TypesettingError
from export.counting import CountedChapter, CountedSection, counted, counted_section, labels_of
from export.document import section_document
from export.html import chapter_parts, print_assets, styles
from export.job import PrintJob
from export.numbering import ChapterNumbers
from export.page_pictures import PAGES_MAX
from export.shelf import assets_in
from export.source import Source, read
from export.tree import Document
from masterplan import prose
from masterplan.domain.facts import values_now
from masterplan.enums import SectionKind
from masterplan.models import Section

LIMITS = Limits(seconds=8)
IDLE_SECONDS = 300
WAIT_SECONDS = 3
COUNTS_SECONDS = 10
PLANS_KEPT = 4


@dataclass(frozen=True)
class SectionPages:
    """`pages` are JPEG in base64, the first ones of `count`; empty where the book prints nothing of the section yet."""

    pages: tuple[str, ...]
    count: int


class PreviewBusyError(Exception):
    """Others are being served; asking again in a moment helps."""


def pages_of(section: Section) -> SectionPages:
    """As stored. Raises PreviewBusyError, or TypesettingError with a sentence for the person."""
    source, labels, own = _counted(section)
    if own is None:
        return SectionPages((), 0)
    return pages_alone(section_document(source, labels, own))


def pages_alone(document: Document) -> SectionPages:
    """Of all its chapters without their openings, contents without page numbers. Raises as `pages_of`."""
    parts = [
        replace(part, run=None)
        for book in document.books
        for chapter in book.chapters
        for part in chapter_parts(document, book, chapter, has_opening=False)
    ]
    known = print_assets() | dict(document.pictures)
    orders = [
        Order(str(place), part, {name: known[name] for name in assets_in([part.html]) if name in known})
        for place, part in enumerate(parts)
    ]
    made = _warm.set(orders)
    pages = [page for order in orders for page in json.loads(made[order.key][0])]
    return SectionPages(tuple(pages[:PAGES_MAX]), sum(made[order.key][1] for order in orders))


# -- numbers --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Counts:
    at: float
    source: Source
    chapters: list[CountedChapter]

    def place_of(self, section: Section) -> tuple[CountedChapter, CountedSection] | None:
        return next(
            ((row, part) for row in self.chapters for part in row.sections if part.section.pk == section.pk), None
        )


_kept: dict[int, _Counts] = {}


def _counted(section: Section) -> tuple[Source, dict[str, str], CountedChapter | None]:
    """The chapter with this section alone, None when the book leaves it out."""
    counts = _kept.get(section.plan_id)
    if counts is None or time.monotonic() - counts.at > COUNTS_SECONDS or not _is_mere_text(counts, section):
        counts = _counts_now(section)
    place = counts.place_of(section)
    if place is None:
        return counts.source, {}, None
    row, former = place
    section.doc = prose.with_values(section.doc, values_now(counts.source.plan, section.doc))
    numbers = ChapterNumbers(row.numbers.book_code, row.numbers.place, Counter(former.start))
    own = counted_section(counts.source, numbers, section)
    labels = labels_of(counts.chapters) | own.labels
    return counts.source, labels, CountedChapter(row.chapter, [own], numbers)


def _counts_now(section: Section) -> _Counts:
    source = read(section.plan)
    counts = _Counts(time.monotonic(), source, counted(replace(source, only_counts=True)))
    _kept[section.plan_id] = counts
    for plan_id in sorted(_kept, key=lambda key: _kept[key].at)[:-PLANS_KEPT]:
        _kept.pop(plan_id, None)
    return counts


def _is_mere_text(counts: _Counts, section: Section) -> bool:
    place = counts.place_of(section)
    return place is not None and not place[1].blocks and section.outline_section.kind != SectionKind.AUTO


# -- the typesetting process ----------------------------------------------------------------------------------------


class _Warm:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.children: Children | None = None
        self.timer: threading.Timer | None = None

    def set(self, orders: list[Order]) -> dict[str, tuple[bytes, int]]:
        """Content and number of pages by the key of each order."""
        with self._taken() as children:
            return {order.key: (content, len(sidecar.pages)) for order, content, sidecar in children.set_parts(orders)}

    @contextmanager
    def _taken(self) -> Iterator[Children]:
        if not self.lock.acquire(timeout=WAIT_SECONDS):
            raise PreviewBusyError
        try:
            if self.timer:
                self.timer.cancel()
            self.children = self.children or Children(LIMITS, at_once=1, job=_job()).__enter__()
            yield self.children
        except TypesettingError:
            self._close()
            raise
        finally:
            self.timer = threading.Timer(IDLE_SECONDS, self.end)
            self.timer.daemon = True
            self.timer.start()
            self.lock.release()

    def end(self) -> None:
        with self.lock:
            self._close()

    def _close(self) -> None:
        if self.children:
            self.children.__exit__()
        self.children = None


def _job() -> PrintJob:
    """No part of its own: it describes what all sections share."""
    return PrintJob(
        title="",
        author="",
        parts=(),
        styles=styles(is_draft=True),
        tight_css="",
        assets=print_assets(),
        variant="screen",
    )


_warm = _Warm()
