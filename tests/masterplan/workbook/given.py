"""Workbooks as the product writes them, and what can be done to them on the way back."""

import io
from collections.abc import Callable
from typing import Any

from openpyxl import load_workbook

from masterplan.workbook.layout import ColumnOut, RowOut, SheetOut
from masterplan.workbook.write import write_workbook
from tests.masterplan.word.given import rewritten

PLAN = "63.03-2026"
COLUMNS = (
    ColumnOut("code", "Kode"),
    ColumnOut("name", "Program", is_required=True),
    ColumnOut("dimension", "Dimensi", choices=("GOV Smart Governance", "ECO Smart Economy")),
    ColumnOut("budget_2027", "Anggaran 2027 (rupiah)", number_format="#,##0"),
)
ROWS = (
    RowOut(11, 3, ("GOV-P01", "Mal Pelayanan Publik", "GOV Smart Governance", 1_450_000_000)),
    RowOut(12, 1, ("GOV-P02", "Satu Data", "GOV Smart Governance", None)),
    RowOut(15, 7, ("ECO-P01", "Pasar daring", "ECO Smart Economy", 0)),
)


def workbook(rows: tuple[RowOut, ...] = ROWS, columns: tuple[ColumnOut, ...] = COLUMNS) -> bytes:
    return write_workbook(PLAN, "Masterplan", [SheetOut("program", "Program", columns, rows)])


def changed(work: Callable[[Any], None], data: bytes | None = None) -> bytes:
    book = load_workbook(io.BytesIO(data or workbook()))
    work(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_sheet_xml(change: Callable[[bytes], bytes]) -> bytes:
    """The sheet of programmes as raw XML put through `change`."""
    return rewritten(workbook(), lambda name, xml: change(xml) if name == "xl/worksheets/sheet2.xml" else xml)
