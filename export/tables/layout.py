"""Column widths from what the cells hold: figures get what they need, words share the rest."""

from collections.abc import Sequence
from dataclasses import replace

from export.blocks import Banner, Cell, Column, Row, Table

PORTRAIT_MM = 158.0
LANDSCAPE_MM = 261.0
PADDING_MM = 3.0
NARROW = frozenset(".,:;|!' ")
WIDE = frozenset("MWmw%ABDGHKNOQRUVX")
MM_PER_PT = 0.3528


def text_width(text: str, points: float = 7.4) -> float:
    """Estimated width in mm; a little generous, because a figure that breaks is worse than a wide column."""
    ems = sum(0.3 if sign in NARROW else 0.78 if sign in WIDE else 0.6 for sign in text)
    return ems * points * MM_PER_PT


def longest_word(text: str) -> str:
    return max(text.replace("/", "/ ").split(), key=text_width, default="")


def laid_out(
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[Row],
    *,
    source: str,
    is_landscape: bool = False,
    banner: Banner | None = None,
) -> Table:
    total = LANDSCAPE_MM if is_landscape else PORTRAIT_MM
    return Table(caption, fit(columns, rows, total), tuple(rows), source, is_landscape=is_landscape, banner=banner)


def fit(columns: Sequence[Column], rows: Sequence[Row], total: float) -> tuple[Column, ...]:
    """Columns with `share` divide what the others leave, but none gets narrower than its longest word."""
    needs = [_need(index, columns, rows) for index in range(len(columns))]
    fixed = {index for index, column in enumerate(columns) if not column.share}
    widths = _divided(columns, needs, fixed, total)
    while narrow := {index for index, width in enumerate(widths) if index not in fixed and width < needs[index]}:
        fixed |= narrow
        widths = _divided(columns, needs, fixed, total)
    scale = total / sum(widths)
    return tuple(replace(column, width=round(width * scale, 2)) for column, width in zip(columns, widths, strict=True))


def _divided(columns: Sequence[Column], needs: Sequence[float], fixed: set[int], total: float) -> list[float]:
    left = max(total - sum(needs[index] for index in fixed), 0.0)
    shares = sum(column.share for index, column in enumerate(columns) if index not in fixed) or 1.0
    return [needs[index] if index in fixed else left * column.share / shares for index, column in enumerate(columns)]


def room_for_words(columns: Sequence[Column], rows: Sequence[Row], total: float) -> float:
    """What is left for the columns of words, in mm."""
    return total - sum(_need(index, columns, rows) for index, column in enumerate(columns) if not column.share)


def _need(index: int, columns: Sequence[Column], rows: Sequence[Row]) -> float:
    column = columns[index]
    heads = [longest_word(column.title), longest_word(column.unit)]
    cells = [cell for row in rows if (cell := _cell_at(row, index, len(columns)))]
    texts = [cell.text if column.align == "right" else longest_word(cell.text) for cell in cells]
    widest = max(text_width(text) * (1.06 if _is_total(rows, text) else 1) for text in [*heads, *texts])
    badges = max((len(cell.badges) for cell in cells), default=0)
    codes = max((text_width(cell.code, 7.8) for cell in cells if not cell.text), default=0.0)
    dots = 19.0 if any(cell.score is not None for cell in cells) else 0.0
    return max(widest, min(badges, 2) * 9.0, codes, dots) + PADDING_MM


def _is_total(rows: Sequence[Row], text: str) -> bool:
    return bool(rows) and rows[-1].kind == "total" and any(cell.text == text for cell in rows[-1].cells)


def _cell_at(row: Row, index: int, count: int) -> Cell | None:
    """The cell that stands in this column alone; rows below a tall first cell lack their first columns."""
    if row.kind == "group":
        return None
    place = count - sum(cell.span for cell in row.cells)
    for cell in row.cells:
        if place == index:
            return cell if cell.span == 1 else None
        place += cell.span
    return None


def words(text: str, *notes: str, code: str = "", is_strong: bool = False, down: int = 1) -> Cell:
    return Cell(text, code=code, notes=tuple(note for note in notes if note), is_strong=is_strong, down=down)


def group(title: str, span: int, dimension: str = "", note: str = "") -> Row:
    cells = (Cell(title, span=span - 2, is_heading=True), Cell(note, span=2, is_heading=True)) if note else ()
    return Row(cells or (Cell(title, span=span, is_heading=True),), "group", dimension)
