"""All tables of the book as an Excel file: a page of contents with links, then a sheet for each table."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink

from export import palette
from export.blocks import Cell, Column, Row, Table
from export.formats.package import settled
from export.papers.words import printable
from export.tree import Document
from masterplan.workbook.write import GRID, HEAD_FILL, HEAD_FONT, TOP, put

CONTENTS = "Daftar Tabel"
MM_A_LETTER = 1.9
NARROWEST, WIDEST, LONGEST_CELL = 8, 60, 32_000
HEAD_ROW = 4
FORBIDDEN = re.compile(r"[\\/*?:\[\]']")
NUMBER = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})*|\d+)(?:,(\d+))?")
TITLE, LINK = Font(name="Calibri", bold=True, size=14), Font(name="Calibri", color="0563C1", underline="single")
MILLION = "juta"


@dataclass(frozen=True)
class _Place:
    """`column` counts from 1; a cell may cover several columns and rows."""

    cell: Cell
    column: int


def tables_of(document: Document) -> Iterator[tuple[str, Table]]:
    """Each table of the planning rows, with the name of its book; tables inside texts are text."""
    for book in document.books:
        for chapter in book.chapters:
            for section in chapter.sections:
                yield from ((book.label, block) for block in section.blocks if isinstance(block, Table))


def tables_xlsx(document: Document) -> bytes:
    book = Workbook()
    contents: Any = book.active
    contents.title = CONTENTS
    about = book.properties
    about.title, about.creator, about.language = (
        printable(document.title),
        printable(f"Pemerintah {document.region}"),
        "id-ID",
    )
    found = list(tables_of(document))
    names = _names([table.label for _, table in found])
    _contents(contents, document, list(zip(names, found, strict=True)))
    for name, (_, table) in zip(names, found, strict=True):
        _table(book.create_sheet(name), table)
    output = BytesIO()
    book.save(output)
    return settled(output.getvalue())


def _names(labels: list[str]) -> list[str]:
    """Names that Excel takes, each once."""
    names: list[str] = []
    for place, label in enumerate(labels, 1):
        name = FORBIDDEN.sub("-", printable(label)).strip()[:31] or f"Tabel {place}"
        names.append(name if name not in names else f"{name[:24]} ({place})")
    return names


def _contents(sheet: Any, document: Document, found: list[tuple[str, tuple[str, Table]]]) -> None:
    put(sheet["A1"], printable(document.title))
    sheet["A1"].font = TITLE
    state = "Draf, belum disahkan" if document.is_draft else "Naskah akhir"
    put(sheet["A2"], printable(f"{document.region}, {document.province} · {state}"))
    for place, (head, width) in enumerate((("Tabel", 18), ("Judul", 90), ("Buku", 12), ("Baris", 8)), 1):
        cell = sheet.cell(HEAD_ROW, place, head)
        cell.font, cell.fill, cell.border = HEAD_FONT, HEAD_FILL, GRID
        sheet.column_dimensions[get_column_letter(place)].width = width
    for line, (name, (label, table)) in enumerate(found, HEAD_ROW + 1):
        for place, value in enumerate((table.label, table.caption, label), 1):
            cell = sheet.cell(line, place)
            put(cell, printable(value))
            cell.alignment, cell.border = TOP, GRID
        _link(sheet.cell(line, 1), name)
        sheet.cell(line, 4, sum(row.kind == "row" for row in table.rows)).border = GRID
    if not found:
        put(sheet.cell(HEAD_ROW + 1, 1), "Belum ada tabel dalam buku ini.")
    sheet.freeze_panes = f"A{HEAD_ROW + 1}"


def _table(sheet: Any, table: Table) -> None:
    put(sheet["A1"], printable(f"{table.label} {table.caption}"))
    sheet["A1"].font = TITLE
    back = sheet["A2"]
    back.value = "Kembali ke daftar tabel"
    _link(back, CONTENTS)
    for place, column in enumerate(table.columns, 1):
        cell = sheet.cell(HEAD_ROW, place)
        put(cell, printable(head_of(column)))
        cell.font, cell.fill, cell.alignment, cell.border = HEAD_FONT, HEAD_FILL, TOP, GRID
        width = min(max(column.width / MM_A_LETTER, NARROWEST), WIDEST)
        sheet.column_dimensions[get_column_letter(place)].width = max(width, 14 if is_money(column) else 0)
    for line, (row, cells) in enumerate(placed(table), HEAD_ROW + 1):
        for each in cells:
            _cell(sheet.cell(line, each.column), each, table.columns, row)
    end = HEAD_ROW + len(table.rows)
    if table.source:
        put(sheet.cell(end + 2, 1), printable(f"Sumber: {table.source}"))
    sheet.freeze_panes = f"A{HEAD_ROW + 1}"
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    sheet.page_setup.paperSize, sheet.page_setup.orientation = sheet.PAPERSIZE_A4, "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _link(cell: Any, sheet: str) -> None:
    cell.hyperlink, cell.font = Hyperlink(ref=cell.coordinate, location=f"'{sheet}'!A1"), LINK


def placed(table: Table) -> Iterator[tuple[Row, list[_Place]]]:
    """Each cell with the column it stands in: cells of earlier rows may reach down."""
    tall: dict[int, int] = {}
    for row in table.rows:
        found: list[_Place] = []
        column = 1
        covered = {place for place, left in tall.items() if left}
        tall = {place: left - 1 for place, left in tall.items() if left > 1}
        for cell in row.cells:
            while column in covered:
                column += 1
            found.append(_Place(cell, column))
            if cell.down > 1:
                tall |= {column + shift: cell.down - 1 for shift in range(cell.span)}
            column += cell.span
        yield row, found


def _cell(target: Any, place: _Place, columns: tuple[Column, ...], row: Row) -> None:
    column = columns[min(place.column, len(columns)) - 1]
    cell = place.cell
    value, look = value_of(cell, column)
    put(target, value)
    target.number_format = look
    target.alignment = Alignment(wrap_text=cell.span == 1, vertical="top", horizontal=_side(value))
    target.border = GRID
    if row.kind != "row" or cell.is_strong:
        target.font = Font(name="Calibri", bold=True)
    if row.kind == "group" and row.dimension:
        target.fill = PatternFill("solid", fgColor=palette.soft(row.dimension).lstrip("#"))


def _side(value: object) -> str | None:
    return "right" if isinstance(value, int | Decimal) else None


def head_of(column: Column) -> str:
    unit = column.unit.replace("Rp juta", "Rp") if is_money(column) else column.unit
    return " ".join(filter(None, (column.group.replace("Rp juta", "Rp"), column.title, f"({unit})" if unit else "")))


def is_money(column: Column) -> bool:
    return f"{column.unit} {column.group} {column.title}".find("Rp") >= 0


def value_of(cell: Cell, column: Column) -> tuple[str | int | Decimal, str]:
    """A number with its format where the column holds numbers; money always in whole rupiah."""
    words = words_of(cell)
    found = NUMBER.fullmatch(cell.text.strip()) if column.align == "right" and words == cell.text.strip() else None
    if cell.score is not None and not cell.text:
        return cell.score, "0"
    if found is None:
        return words, "@"
    number = Decimal(found.group().replace(".", "").replace(",", "."))
    if is_money(column):
        in_millions = MILLION in f"{column.unit} {column.group} {column.title}"
        return round(number * 1_000_000) if in_millions else round(number), "#,##0"
    decimals = len(found[1] or "")
    return (number, f"#,##0.{'0' * decimals}") if decimals else (int(number), "#,##0")


def words_of(cell: Cell) -> str:
    """Everything that the cell says, notes on lines of their own."""
    first = " ".join(filter(None, (*cell.badges, cell.code, cell.text)))
    return printable("\n".join(filter(None, (first, *cell.notes))))[:LONGEST_CELL].strip()
