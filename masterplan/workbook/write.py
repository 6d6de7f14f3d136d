"""The workbook that goes out: a sheet for each kind, heads locked, choices as lists, keys and checksums hidden.

What people wrote is always stored as text: a cell that begins with "=" must never become a formula.
"""

from collections.abc import Iterable
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from masterplan.workbook.layout import (
    FIELDS,
    FIRST_FIELD,
    FIRST_ROW,
    FORMAT,
    GUIDE,
    HEAD_ROW,
    KEY,
    KEYS,
    LISTS,
    NAMES_ROW,
    SPARE_ROWS,
    ColumnOut,
    SheetOut,
    as_text,
    checksum,
)

OPEN = Protection(locked=False)
HEAD_FONT = Font(name="Calibri", bold=True, color="1F2A24")
HEAD_FILL = PatternFill("solid", fgColor="E7E3D8")
LINE = Side("thin", color="D9D4C7")
GRID = Border(bottom=LINE, right=LINE)
TOP = Alignment(wrap_text=True, vertical="top")
MAX_PROMPT = 240
PAPER_WIDTH = 260


def write_workbook(plan_code: str, title: str, sheets: Iterable[SheetOut]) -> bytes:
    book = Workbook()
    guide: Any = book.active
    _write_guide(guide, plan_code, title)
    lists = _Lists(book.create_sheet(LISTS))
    keys: Any = book.create_sheet(KEYS)
    keys.sheet_state = "hidden"
    for sheet in sheets:
        _Page(book.create_sheet(sheet.title), sheet, lists).write()
        keys.append([sheet.kind, FIELDS, "", " ".join(column.field for column in sheet.columns)])
        for row in sheet.rows:
            keys.append([sheet.kind, row.key, row.version, " ".join(checksum(as_text(each)) for each in row.values)])
    for name in (LISTS, KEYS):
        book.move_sheet(name, offset=len(book.sheetnames))
    output = BytesIO()
    book.save(output)
    return output.getvalue()


class _Lists:
    """The sheet of choices: a column for each different list, used by every sheet that offers it."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        self.known: dict[tuple[str, ...], str] = {}
        sheet.sheet_state = "hidden"

    def reference(self, labels: tuple[str, ...]) -> str:
        if labels not in self.known:
            letter = get_column_letter(len(self.known) + 1)
            for place, label in enumerate(labels, 1):
                put(self.sheet[f"{letter}{place}"], label)
            self.known[labels] = f"={LISTS}!${letter}$1:${letter}${len(labels)}"
        return self.known[labels]


class _Page:
    """Heads and keys are locked; everything below the heads may be written."""

    def __init__(self, sheet: Any, content: SheetOut, lists: _Lists) -> None:
        self.sheet, self.content, self.lists = sheet, content, lists
        self.last = FIRST_ROW + len(content.rows) + SPARE_ROWS - 1

    def write(self) -> None:
        put(self.sheet.cell(NAMES_ROW, 1), f"{KEY}{self.content.kind}")
        put(self.sheet.cell(HEAD_ROW, 1), "kunci")
        for place, column in enumerate(self.content.columns, FIRST_FIELD):
            self._head(place, column)
            self._check(place, column)
        for line, row in enumerate(self.content.rows, FIRST_ROW):
            self.sheet.cell(line, 1, row.key)
        for line in range(FIRST_ROW, self.last + 1):
            self._line(line)
        self._frame()

    def _head(self, place: int, column: ColumnOut) -> None:
        put(self.sheet.cell(NAMES_ROW, place), column.field)
        head = self.sheet.cell(HEAD_ROW, place)
        put(head, f"{column.label} *" if column.is_required else column.label)
        head.font, head.fill, head.alignment, head.border = HEAD_FONT, HEAD_FILL, TOP, GRID
        self.sheet.column_dimensions[get_column_letter(place)].width = column.width

    def _line(self, line: int) -> None:
        at = line - FIRST_ROW
        values = self.content.rows[at].values if at < len(self.content.rows) else ()
        for place, column in enumerate(self.content.columns, FIRST_FIELD):
            cell = self.sheet.cell(line, place)
            cell.protection, cell.number_format = OPEN, column.number_format or "@"
            cell.alignment = Alignment(wrap_text=not column.is_number, vertical="top")
            if values:
                put(cell, values[place - FIRST_FIELD])
                cell.border = GRID

    def _check(self, place: int, column: ColumnOut) -> None:
        rule = None
        if column.choices and not column.is_many:
            rule = DataValidation("list", formula1=self.lists.reference(column.choices), allow_blank=True)
            rule.errorTitle, rule.error = "Tidak ada dalam daftar", f"Pilih {column.label} dari daftar."[:MAX_PROMPT]
            rule.showErrorMessage = True
        elif column.choices:
            rule = DataValidation(allow_blank=True)
            rule.promptTitle = column.label[:30]
            rule.prompt = f"Boleh lebih dari satu, pisahkan dengan titik koma: {'; '.join(column.choices)}"[:MAX_PROMPT]
            rule.showInputMessage = True
        if rule is not None:
            letter = get_column_letter(place)
            rule.add(f"{letter}{FIRST_ROW}:{letter}{self.last}")
            self.sheet.add_data_validation(rule)

    def _frame(self) -> None:
        sheet = self.sheet
        sheet.column_dimensions["A"].hidden = True
        sheet.row_dimensions[NAMES_ROW].hidden = True
        sheet.row_dimensions[HEAD_ROW].height = 32
        sheet.freeze_panes = sheet.cell(FIRST_ROW, FIRST_FIELD + min(2, len(self.content.columns)))
        sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = "landscape", 1, 0
        is_wide = sum(column.width for column in self.content.columns) > PAPER_WIDTH
        sheet.sheet_properties.pageSetUpPr.fitToPage = not is_wide  # on one page it would be too small to read
        sheet.print_title_cols = "A:C" if is_wide else None
        sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
        # Sorting stays forbidden: it would move the visible cells away from their hidden keys.
        sheet.protection.sheet = True
        sheet.protection.formatColumns = sheet.protection.formatRows = False  # False: not forbidden


def put(cell: Any, value: Any) -> None:
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        cell.value = value
        return
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", "" if value is None else str(value)) or None
    if cell.value is not None:
        cell.data_type = "s"


def _write_guide(sheet: Any, plan_code: str, title: str) -> None:
    sheet.title = GUIDE
    lines = (
        FORMAT,
        plan_code,
        title,
        "Isi atau ubah sel di lembar-lembar berikut, simpan, lalu unggah berkas ini di halaman yang sama.",
        "Sebelum ada yang berubah, semua perubahan ditunjukkan dahulu.",
        "Baris baru: tulis di bawah baris terakhir. Kode boleh kosong; nomor berikutnya diberikan sendiri.",
        "Membuang baris: kosongkan seluruh isinya. Baris itu masuk Keranjang dan dapat dikembalikan.",
        "Uang ditulis dalam rupiah, misalnya 1.450.000.000 atau 1450 jt. Kolom bertanda * wajib diisi.",
        "Judul kolom dan kunci baris terkunci agar berkas ini dapat dibaca kembali.",
    )
    for place, line in enumerate(lines, 1):
        put(sheet.cell(place, 1), line)
        sheet.cell(place, 1).alignment = TOP
    sheet.column_dimensions["A"].width = 96
    sheet["A3"].font = Font(name="Calibri", bold=True, size=16)
    sheet.row_dimensions[3].height = 26
    sheet.row_dimensions[1].hidden = sheet.row_dimensions[2].hidden = True
    sheet.sheet_view.showGridLines = False
    sheet.protection.sheet = True
