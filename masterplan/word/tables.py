"""Tables: merged cells as spans, head rows, and what a cell of ours cannot hold put after the table."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from masterplan.word.notes import Notes
from masterplan.word.ooxml import Element, flag, local, number, value, w

type Json = dict[str, Any]
type CellReader = Callable[[Element], "tuple[list[Json], list[Json]]"]

MAX_COLUMNS = 60
MAX_ROWSPAN = 500
MAX_ROWS = 1_900
MAX_HEAD = 4


@dataclass
class Cell:
    column: int
    span: int
    blocks: list[Json]
    is_shaded: bool = False
    rows: int = 1
    is_open: bool = False

    def node(self, kind: str) -> Json:
        attrs = {"colspan": self.span, "rowspan": min(self.rows, MAX_ROWSPAN)}
        blocks = [_unbold(block) for block in self.blocks] if kind == "tableHeader" else self.blocks
        return {"type": kind, "attrs": attrs, "content": blocks}

    @property
    def is_bold(self) -> bool | None:
        """Every letter; None for an empty cell."""
        texts = [node for block in self.blocks for node in _texts(block)]
        return all(any(m["type"] == "bold" for m in node.get("marks", ())) for node in texts) if texts else None


@dataclass
class _Grid:
    rows: list[list[Cell]] = field(default_factory=list)
    heads: int = 0
    open: dict[int, Cell] = field(default_factory=dict)
    after: list[Json] = field(default_factory=list)


def read_table(element: Element, read_cell: CellReader, notes: Notes) -> tuple[Json | None, list[Json]]:
    """The table, or None when it has no cell; and figures that stood in its cells."""
    grid = _Grid()
    for row in _rows(element):
        if len(grid.rows) >= MAX_ROWS:
            notes.add("cut", "".join(row.itertext())[:80] or "baris tabel kosong")
            continue
        _add_row(grid, row, read_cell, notes)
    if not grid.rows:
        return None, grid.after
    if grid.after:
        notes.add("moved", f"{len(grid.after)} gambar dari dalam sel tabel")
    _even(grid)
    heads = _head_rows(grid)
    rows = [
        {"type": "tableRow", "content": [c.node("tableHeader" if i < heads else "tableCell") for c in cells]}
        for i, cells in enumerate(grid.rows)
    ]
    return {"type": "table", "content": rows}, grid.after


def _rows(element: Element) -> Iterator[Element]:
    for child in element:
        name = local(child)
        if name == "tr":
            if child.find(f"{w('trPr')}/{w('del')}") is None:
                yield child
        elif name in ("sdt", "sdtContent", "customXml", "ins"):
            yield from _rows(child)


def _cells(element: Element) -> Iterator[Element]:
    for child in element:
        name = local(child)
        if name == "tc":
            yield child
        elif name in ("sdt", "sdtContent", "customXml", "ins"):
            yield from _cells(child)


def _add_row(grid: _Grid, row: Element, read_cell: CellReader, notes: Notes) -> None:
    properties = row.find(w("trPr"))
    column = number(value(properties, w("gridBefore"))) if properties is not None else 0
    cells: list[Cell] = [_empty(0, min(column, MAX_COLUMNS))] if column > 0 else []
    covered: list[Cell] = []
    for element in _cells(row):
        span = _span(element, notes)
        above = grid.open.get(column)
        if column + span > MAX_COLUMNS:
            notes.add("cut", "".join(element.itertext())[:80] or "kolom tabel")
        elif _merge(element, "vMerge") == "continue" and above is not None and above.rows < MAX_ROWSPAN:
            above.rows += 1
            covered.append(above)
        elif _merge(element, "hMerge") == "continue" and cells:
            cells[-1].span += span
        else:
            cells.append(_cell(grid, element, column, span, read_cell))
        column += span
    if not cells:
        for cell in covered:
            cell.rows -= 1
        return
    if flag(properties, "tblHeader") and grid.heads == len(grid.rows):
        grid.heads += 1
    grid.rows.append(cells)


def _cell(grid: _Grid, element: Element, column: int, span: int, read_cell: CellReader) -> Cell:
    blocks, figures = read_cell(element)
    grid.after += figures
    fill = element.find(f"{w('tcPr')}/{w('shd')}")
    shade = "" if fill is None else fill.get(w("fill"), "").lower()
    cell = Cell(column, span, blocks or [{"type": "paragraph"}], shade not in ("", "auto", "ffffff"))
    for covered in range(column, column + span):
        grid.open.pop(covered, None)
    if _merge(element, "vMerge") == "restart":
        grid.open[column] = cell
    return cell


def _span(element: Element, notes: Notes) -> int:
    stated = number(value(element, f"{w('tcPr')}/{w('gridSpan')}"), 1)
    if stated > MAX_COLUMNS:
        notes.add("cut", f"gabungan {stated} kolom")
    return min(max(stated, 1), MAX_COLUMNS)


def _merge(element: Element, name: str) -> str:
    found = element.find(f"{w('tcPr')}/{w(name)}")
    return "" if found is None else found.get(w("val"), "continue")


def _empty(column: int, span: int) -> Cell:
    return Cell(column, span, [{"type": "paragraph"}])


def _even(grid: _Grid) -> None:
    """Every row as wide as the widest: the browser would otherwise mend the table and thereby change the section."""
    widths = [sum(cell.span for cell in cells) for cells in grid.rows]
    for i, cells in enumerate(grid.rows):
        for cell in cells:
            cell.rows = min(cell.rows, len(grid.rows) - i)
            for below in range(i + 1, i + cell.rows):
                widths[below] += cell.span
    widest = min(max(widths), MAX_COLUMNS)
    for cells, width in zip(grid.rows, widths, strict=True):
        if width < widest:
            cells.append(_empty(width, widest - width))


def _head_rows(grid: _Grid) -> int:
    """Marked as such in Word, or a first row that is bold throughout or shaded; never the whole table."""
    count = grid.heads
    if count == 0 and len(grid.rows) > 1:
        bold = [cell.is_bold for cell in grid.rows[0]]
        is_head = (any(bold) and False not in bold) or all(cell.is_shaded for cell in grid.rows[0])
        count = 1 if is_head and any(state is not None for state in bold) else 0
        if count:
            count = max(cell.rows for cell in grid.rows[0])
    return min(count, MAX_HEAD) if count < len(grid.rows) else 0


def _texts(node: Json) -> Iterator[Json]:
    if node["type"] == "text":
        if node["text"].strip():
            yield node
        return
    for child in node.get("content", ()):
        yield from _texts(child)


def _unbold(node: Json) -> Json:
    """Head cells are drawn bold anyway."""
    if node["type"] == "text":
        marks = [mark for mark in node.get("marks", ()) if mark["type"] != "bold"]
        return {k: v for k, v in node.items() if k != "marks"} | ({"marks": marks} if marks else {})
    return node | ({"content": [_unbold(child) for child in node["content"]]} if "content" in node else {})
