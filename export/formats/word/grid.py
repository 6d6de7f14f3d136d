"""Tables with a fixed grid: cells over several columns and rows, head rows that repeat on every page."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from export.formats.word.xml import Xml, el, paragraph, twips


@dataclass(frozen=True)
class GridCell:
    """`content` are paragraphs; `fill` is a colour."""

    content: Sequence[Xml]
    span: int = 1
    down: int = 1
    fill: str = ""


@dataclass(frozen=True)
class GridRow:
    cells: Sequence[GridCell]
    is_head: bool = False


@dataclass
class _Reach:
    """What reaches down from rows above, by column: how many rows are left and over how many columns."""

    left: dict[int, tuple[int, int]] = field(default_factory=dict)


def grid(widths: Sequence[float], rows: Sequence[GridRow], *, has_rules: bool = True, says: str = "") -> Xml:
    """`widths` in millimetres; `says` describes the table for who cannot see it."""
    about = el(
        "tblPr",
        el("tblStyle", val="TabelBuku" if has_rules else "TabelPolos"),
        el("tblW", w=twips(sum(widths)), type="dxa"),
        el("tblLayout", type="fixed"),
        el("tblLook", val="0020", firstRow=1, noHBand=1, noVBand=1),
        el("tblDescription", val=says[:250]) if says else None,
    )
    table = el("tbl", about, el("tblGrid", *(el("gridCol", w=twips(width)) for width in widths)))
    reach = _Reach()
    for row in rows:
        table.append(_row(widths, row, reach))
    return table


def _row(widths: Sequence[float], row: GridRow, reach: _Reach) -> Xml:
    line = el("tr", el("trPr", el("cantSplit"), el("tblHeader") if row.is_head else None))
    column, waiting = 0, list(row.cells)
    while column < len(widths):
        if column in reach.left:
            left, span = reach.left.pop(column)
            if left > 1:
                reach.left[column] = (left - 1, span)
            line.append(_cell(widths, column, GridCell([paragraph("IsiTabel")], span), "continue"))
            column += span
            continue
        cell = waiting.pop(0) if waiting else GridCell([paragraph("IsiTabel")])
        span = _free(column, min(cell.span, len(widths) - column), reach)
        if cell.down > 1:
            reach.left[column] = (cell.down - 1, span)
        line.append(
            _cell(widths, column, GridCell(cell.content, span, 1, cell.fill), "restart" if cell.down > 1 else "")
        )
        column += span
        # a cell that starts here now must not be taken for one from above in this very row
    return line


def _free(column: int, span: int, reach: _Reach) -> int:
    return next((shift for shift in range(1, span) if column + shift in reach.left), span)


def _cell(widths: Sequence[float], column: int, cell: GridCell, merge: str) -> Xml:
    about = el(
        "tcPr",
        el("tcW", w=twips(sum(widths[column : column + cell.span])), type="dxa"),
        el("gridSpan", val=cell.span) if cell.span > 1 else None,
        el("vMerge", val=merge) if merge else None,
        el("shd", val="clear", color="auto", fill=cell.fill.lstrip("#")) if cell.fill else None,
    )
    return el("tc", about, *(cell.content or [paragraph("IsiTabel")]))
