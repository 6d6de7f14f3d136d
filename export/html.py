"""From the document tree to the HTML parts that are typeset; every text passes Django's escaping."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from export.blocks import (
    Approval,
    Block,
    Cell,
    Column,
    Cover,
    Figure,
    Listing,
    Missing,
    Prose,
    Quadrant,
    Row,
    Sheet,
    Signature,
    Statement,
    Table,
)
from export.figures import marks
from export.job import Part, PrintJob
from export.templatetags.book import css_string
from export.tree import BookPart, ChapterPart, Document, SectionPart

STATIC = Path(__file__).resolve().parents[1] / "static"
STYLES = ("page", "cover", "contents", "headings", "prose", "tables", "figures", "sheets")
TEMPLATES: dict[type, str] = {
    Approval: "approval",
    Cover: "cover",
    Figure: "figure",
    Listing: "listing",
    Missing: "missing",
    Prose: "prose",
    Quadrant: "quadrant",
    Sheet: "sheet",
    Signature: "signature",
    Statement: "statement",
    Table: "table",
}
DENSE_FROM_ROWS = 8
SHORT_TO_ROWS = 7
# A part that begins on a left-hand page: its opening field reaches over the other margins.
LEFT_CSS = """
html { break-before: left }
.opening-page, .opening-band { margin-left: -22mm; margin-right: -30mm }
.opening-page .kicker, .opening-page h1, .opening-band .kicker, .opening-band h1 { left: 22mm }
.opening-page .numeral, .opening-band .numeral { right: 30mm }
"""
CELL_CLASSES = {"left": "", "right": "n", "center": "c"}


@dataclass(frozen=True)
class SectionPage:
    part: SectionPart
    body: SafeString
    is_cover: bool = False
    flows: bool = False
    starts_page: bool = False


@dataclass(frozen=True)
class HeadCell:
    title: str
    unit: str
    classes: str
    span: int = 1
    down: int = 1


@dataclass(frozen=True)
class PlacedCell:
    cell: Cell
    tag: str
    classes: str


def print_job(document: Document) -> PrintJob:
    styles = [(STATIC / "css" / "colours.css").read_text(encoding="utf-8")]
    styles += [(STATIC / "css" / "book" / f"{name}.css").read_text(encoding="utf-8") for name in STYLES]
    return PrintJob(
        title=document.title,
        author=f"Pemerintah {document.region}",
        parts=tuple(part for book in document.books for part in _book_parts(document, book)),
        styles=tuple(styles),
        tight_css=(STATIC / "css" / "book" / "tight.css").read_text(encoding="utf-8"),
        assets=print_assets() | dict(document.pictures),
    )


def print_assets() -> dict[str, bytes]:
    """What every book uses: fonts and marks."""
    fonts = {path.name: path.read_bytes() for path in sorted((STATIC / "vendor" / "fonts").glob("*.woff2"))}
    return fonts | {
        "dots.svg": marks.dotted_line().encode(),
        "draft.svg": marks.draft_mark(210, 297).encode(),
        "draft-landscape.svg": marks.draft_mark(297, 210).encode(),
    }


def _book_parts(document: Document, book: BookPart) -> Iterator[Part]:
    for place, chapter in enumerate(book.chapters):
        is_front = chapter.opening == "front"
        html = front_html(document, book, chapter) if is_front else chapter_html(document, book, chapter)
        name = f"{book.label}, {chapter.label or chapter.title}"
        prefix = "" if is_front else f"{chapter.number}-"
        css = page_css(document, book, chapter)
        yield Part(name, html, css, LEFT_CSS, prefix, is_front, starts_book=place == 0)


def front_html(document: Document, book: BookPart, chapter: ChapterPart) -> str:
    pages = [
        SectionPage(
            part,
            _body(document, book, part),
            is_cover=any(isinstance(block, Cover) for block in part.blocks),
            flows=any(isinstance(block, Listing) and block.kind != "contents" for block in part.blocks),
        )
        for part in chapter.sections
    ]
    return render_to_string("export/book/front.html", {"document": document, "sections": pages})


def chapter_html(document: Document, book: BookPart, chapter: ChapterPart) -> str:
    is_landscape = chapter.sections[0].is_landscape and chapter.opening == "band"
    pages = [
        SectionPage(part, _body(document, book, part), starts_page=(place == 0 and chapter.opening == "page") or breaks)
        for place, (part, breaks) in enumerate(_with_breaks(chapter.sections))
    ]
    context = {
        "document": document,
        "book": book,
        "chapter": chapter,
        "has_contents": chapter.opening == "page",
        "is_landscape": is_landscape,
        "ribbon": marks.ribbon([dimension.code for dimension in document.dimensions], 297 if is_landscape else 210),
        "sections": pages,
    }
    return render_to_string("export/book/chapter.html", context)


def _with_breaks(sections: Sequence[SectionPart]) -> Iterator[tuple[SectionPart, bool]]:
    """Each section, and whether it starts a page: after full-page sheets, and when it opens with one."""
    after_sheet = False
    for part in sections:
        yield part, after_sheet or isinstance(part.blocks[0], Sheet)
        after_sheet = isinstance(part.blocks[-1], Sheet)


def _body(document: Document, book: BookPart, part: SectionPart) -> SafeString:
    html = "".join(block_html(document, book, block, inside_landscape=part.is_landscape) for block in part.blocks)
    return mark_safe(html)  # noqa: S308 - each piece is a rendered template


def block_html(document: Document, book: BookPart, block: Block, *, inside_landscape: bool = False) -> str:
    context: dict[str, Any] = {"document": document, "book": book, "block": block, "inside_landscape": inside_landscape}
    if isinstance(block, Table):
        context |= table_context(block)
    elif isinstance(block, Quadrant):
        context["pairs"] = (block.cells[:2], block.cells[2:])
    elif isinstance(block, Cover):
        context["crest"] = marks.crest_place()
    elif isinstance(block, Listing):
        context |= {"kind": block.kind, "entries": getattr(book, block.kind)}
    return render_to_string(f"export/book/block/{TEMPLATES[type(block)]}.html", context)


def table_context(table: Table) -> dict[str, Any]:
    return {
        "head": _head(table.columns),
        "rows": [
            {"kind": row.kind, "dimension": row.dimension, "cells": list(_placed(table.columns, row))}
            for row in table.rows
        ],
        "is_short": len(table.rows) <= SHORT_TO_ROWS,
        "is_dense": table.is_landscape or len(table.rows) >= DENSE_FROM_ROWS,
    }


def _classes(column: Column) -> str:
    return " ".join(part for part in (CELL_CLASSES[column.align], "k" if column.has_rule else "") if part)


def _head(columns: Sequence[Column]) -> list[list[HeadCell]]:
    """One row, or two when columns stand under a common heading."""
    if not any(column.group for column in columns):
        return [[HeadCell(column.title, column.unit, _classes(column)) for column in columns]]
    upper: list[HeadCell] = []
    lower: list[HeadCell] = []
    last = ""
    for column in columns:
        cell = HeadCell(column.title, column.unit, _classes(column))
        if not column.group:
            upper.append(HeadCell(cell.title, cell.unit, cell.classes, down=2))
        else:
            lower.append(cell)
            if column.group != last:
                span = sum(other.group == column.group for other in columns)
                upper.append(HeadCell(column.group, "", "group k", span=span))
        last = column.group
    return [upper, lower]


def _placed(columns: Sequence[Column], row: Row) -> Iterator[PlacedCell]:
    """Each cell with the class of the column in which it stands; rows below a tall first cell start further right."""
    place = len(columns) - sum(cell.span for cell in row.cells)
    for cell in row.cells:
        column = columns[min(place, len(columns) - 1)]
        is_last_of_group = row.kind == "group" and place and place + cell.span == len(columns)
        classes = "n" if is_last_of_group else _classes(column) if cell.span == 1 else ""
        yield PlacedCell(cell, "th" if cell.is_heading else "td", classes)
        place += cell.span


def page_css(document: Document, book: BookPart, chapter: ChapterPart) -> str:
    is_front = chapter.opening == "front"
    counter = "counter(page, lower-roman)" if is_front else f"{css_string(f'{chapter.number}-')} counter(page)"
    context = {
        "head": document.title if is_front else chapter.running_head,
        "book_head": f"{book.label} · {document.title}",
        "region": f"{document.region}, {document.province}",
        "counter": mark_safe(counter),  # noqa: S308 - a keyword and an escaped CSS string
        "has_opening": not is_front,
        "is_draft": document.is_draft,
    }
    return render_to_string("export/book/page.css", context)
