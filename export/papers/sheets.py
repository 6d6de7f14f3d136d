"""Papers as Excel files: real cells with wrapped text; nothing that people wrote becomes a formula."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from export import palette
from export.papers.words import printable
from masterplan.workbook.write import GRID, HEAD_FILL, HEAD_FONT, TOP, put

LINE_POINTS = 15
MOST_LINES = 26  # Excel shows no row higher than 409 points


@dataclass(frozen=True)
class SheetPage:
    """`lead` stands above the table: one line a row, the first as its title. Without `heads` there is no table."""

    title: str
    lead: Sequence[Sequence[str | int]]
    heads: Sequence[tuple[str, int]] = ()
    rows: Sequence[Sequence[str | int]] = ()
    mark: str = ""
    is_landscape: bool = True


def workbook_of(pages: Iterable[SheetPage]) -> bytes:
    book = Workbook()
    first: Any = book.active
    book.remove(first)
    for page in pages:
        _write(book.create_sheet(page.title), page)
    output = BytesIO()
    book.save(output)
    return output.getvalue()


def _write(sheet: Any, page: SheetPage) -> None:
    for line, values in enumerate(page.lead, 1):
        for place, value in enumerate(values, 1):
            cell = sheet.cell(line, place)
            _put(cell, value)
            cell.alignment = Alignment(vertical="top")
            cell.font = Font(
                name="Calibri", bold=line == 1 or (place == 1 and len(values) > 1), size=15 if line == 1 else 11
            )
    if page.heads:
        _table(sheet, page, len(page.lead) + (2 if page.lead else 1))
    _paper(sheet, page)


def _table(sheet: Any, page: SheetPage, top: int) -> None:
    for place, (label, width) in enumerate(page.heads, 1):
        cell = sheet.cell(top, place)
        _put(cell, label)
        cell.font, cell.fill, cell.alignment, cell.border = HEAD_FONT, HEAD_FILL, TOP, GRID
        sheet.column_dimensions[get_column_letter(place)].width = width
    for line, values in enumerate(page.rows, top + 1):
        for place, value in enumerate(values, 1):
            cell = sheet.cell(line, place)
            _put(cell, value)
            cell.alignment, cell.border = TOP, GRID
            cell.number_format = "General" if isinstance(value, int) else "@"
        sheet.row_dimensions[line].height = LINE_POINTS * _lines(values, page.heads)
    last = f"{get_column_letter(len(page.heads))}{top + max(len(page.rows), 1)}"
    sheet.auto_filter.ref = f"A{top}:{last}"
    sheet.freeze_panes = f"A{top + 1}"
    sheet.print_title_rows = f"{top}:{top}"


def _lines(values: Sequence[str | int], heads: Sequence[tuple[str, int]]) -> int:
    """How many lines the tallest cell takes: programs that open the file do not all measure it themselves."""
    counts = [
        sum(1 + len(part) // max(width, 1) for part in str(value).split("\n"))
        for value, (_, width) in zip(values, heads, strict=True)
    ]
    return min(max(counts, default=1), MOST_LINES)


def _put(cell: Any, value: str | int) -> None:
    put(cell, printable(value) if isinstance(value, str) else value)


def _paper(sheet: Any, page: SheetPage) -> None:
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if page.is_landscape else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.right.text = "Halaman &P dari &N"
    if page.mark:
        sheet.oddHeader.right.text = page.mark.replace("&", "&&")
        sheet["A1"].fill = PatternFill("solid", fgColor=palette.TOKENS["block-soft"].lstrip("#"))
