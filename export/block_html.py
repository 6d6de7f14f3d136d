"""From a block of the document tree to HTML; every text passes Django's escaping."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

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
from export.cell_html import cell_html
from export.figures import covers, marks
from export.tree import BookPart, Document
from masterplan.enums import CoverKind
from smartcity.ui.colour import mixed_with_white

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
CELL_CLASSES = {"left": "", "right": "n", "center": "c"}


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

    @property
    def html(self) -> SafeString:
        return cell_html(self.cell, self.tag, self.classes)


def block_html(document: Document, book: BookPart, block: Block) -> str:
    context: dict[str, Any] = {"document": document, "book": book, "block": block}
    if isinstance(block, Table):
        context |= table_context(block)
    elif isinstance(block, Quadrant):
        context["pairs"] = (block.cells[:2], block.cells[2:])
    elif isinstance(block, Cover):
        context |= cover_context(document)
    elif isinstance(block, Listing):
        context |= {"kind": block.kind, "entries": getattr(book, block.kind)}
    return render_to_string(f"export/book/block/{TEMPLATES[type(block)]}.html", context)


def cover_context(document: Document) -> dict[str, Any]:
    look = document.look
    dimensions = [(dimension.code, dimension.name) for dimension in document.dimensions]
    drawn = (
        covers.rings(dimensions, mixed_with_white(look.deep, 0.9))
        if look.cover == CoverKind.PHOTO
        else covers.tiles(dimensions)
    )
    return {"look": look, "drawn": drawn, "ribbon": marks.ribbon([code for code, _ in dimensions], covers.PAGE_WIDTH)}


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
