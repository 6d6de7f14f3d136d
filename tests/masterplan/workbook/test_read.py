"""What the reader makes of returned workbooks, as whole values; no database."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from masterplan.word.ooxml import Unfit
from masterplan.workbook.layout import RowOut, as_text, checksum
from masterplan.workbook.read import NO_RESULT, read_workbook
from tests.masterplan.workbook.given import ROWS, changed, workbook

FILES = Path(__file__).parent / "files"


def sums(*texts: str) -> list[str]:
    return [checksum(text) for text in texts]


def test_untouched() -> None:
    assert read_workbook(workbook()) == {
        "plan": "63.03-2026",
        "notes": [],
        "sheets": [
            {
                "kind": "program",
                "title": "Program",
                "fields": ["code", "name", "dimension", "budget_2027"],
                "lines": [],
                "gone": {},
            }
        ],
    }


def work(book: Any) -> None:
    sheet = book["Program"]
    sheet["E3"] = 1_500_000_000.5
    sheet["C4"] = "  Satu\u00a0Data Banjar \r\n"
    sheet.delete_rows(5)
    sheet["C5"] = "Program baru"
    sheet["A6"], sheet["C6"] = 11, "Salinan baris"


EXPECTED = [
    {
        "n": 3,
        "key": 11,
        "cells": ["GOV-P01", "Mal Pelayanan Publik", "GOV Smart Governance", "1500000000,5"],
        "faults": {},
        "version": 3,
        "base": sums("GOV-P01", "Mal Pelayanan Publik", "GOV Smart Governance", "1450000000"),
    },
    {
        "n": 4,
        "key": 12,
        "cells": ["GOV-P02", "Satu Data Banjar", "GOV Smart Governance", ""],
        "faults": {},
        "version": 1,
        "base": sums("GOV-P02", "Satu Data", "GOV Smart Governance", ""),
    },
    {
        "n": 5, "key": 0, "cells": ["", "Program baru", "", ""], "faults": {}, "version": None, "base": [""] * 4,
    },
    {
        "n": 6, "key": 0, "cells": ["", "Salinan baris", "", ""], "faults": {}, "is_copy": True, "version": None,
        "base": [""] * 4,
    },
]  # fmt: skip


@pytest.mark.parametrize("data", [changed(work), (FILES / "calc.xlsx").read_bytes()], ids=["openpyxl", "calc"])
def test_worked_on(data: bytes) -> None:
    """`calc.xlsx` is what LibreOffice Calc 7.4 made of the first file when it opened and saved it."""
    [sheet] = read_workbook(data)["sheets"]
    assert sheet["lines"] == EXPECTED
    assert sheet["gone"] == {"15": 7}


def test_missing_column_is_not_an_emptied_one() -> None:
    [sheet] = read_workbook(changed(lambda book: book["Program"].delete_cols(3)))["sheets"]
    assert (sheet["fields"], sheet["lines"]) == (["code", "dimension", "budget_2027"], [])


def test_formula_without_a_result_is_a_fault_and_not_an_empty_cell() -> None:
    def formula(book: Any) -> None:
        book["Program"]["E4"] = "=1+1"

    [sheet] = read_workbook(changed(formula))["sheets"]
    [line] = sheet["lines"]
    assert (line["n"], line["faults"]) == (4, {"3": NO_RESULT})


def test_error_value_is_a_fault() -> None:
    def error(book: Any) -> None:
        book["Program"]["E4"] = "#REF!"

    [line] = read_workbook(changed(error))["sheets"][0]["lines"]
    assert line["faults"] == {"3": "Excel menunjukkan galat #REF! di sel ini."}


@pytest.mark.parametrize(
    ("work_on", "sentence"),
    [
        (lambda book: book["Petunjuk"].__setitem__("A1", "tabel"), "Berkas ini bukan tabel yang diunduh"),
        (lambda book: book.remove(book["Petunjuk"]), "Berkas ini bukan tabel yang diunduh"),
        (lambda book: book["Program"].__setitem__("C1", "nama program"), "Judul kolom lembar “Program” berubah"),
        (lambda book: book.copy_worksheet(book["Program"]), "Satu tabel ada di dua lembar"),
    ],
)
def test_refused(work_on: Any, sentence: str) -> None:
    with pytest.raises(Unfit) as refused:
        read_workbook(changed(work_on))
    assert str(refused.value).startswith(sentence)


def test_other_sheets_are_named_and_not_read() -> None:
    def add(book: Any) -> None:
        book.create_sheet("Catatan saya")["A1"] = "halo"

    assert read_workbook(changed(add))["notes"] == ["Lembar “Catatan saya” tidak dikenal dan tidak dibaca."]


PAYLOADS = [
    "=1+1", "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)", '=HYPERLINK("https://x.example","y")', "\t=1+1", "\r=1+1",
    "\n=1", "=IMPORTXML(A1)", "＝1+1", "=DDE(\"a\";\"b\";\"c\")", "_x0009_=1",
]  # fmt: skip


def test_user_text_never_becomes_a_formula() -> None:
    rows = tuple(RowOut(place, 1, (payload, payload, payload, None)) for place, payload in enumerate(PAYLOADS, 1))
    data = workbook(rows)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")]
    assert not any(b"<f>" in xml or b"<f " in xml for xml in sheets)
    sheet = load_workbook(io.BytesIO(data))["Program"]
    assert {sheet.cell(line, 2).data_type for line in range(3, 3 + len(PAYLOADS))} == {"s"}


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (None, "", ""),
        (1_450_000_000, "#,##0", "1450000000"),
        (1_450_000_000.0, "", "1450000000"),
        (12.5, "", "12,5"),
        (1.125, "", "1,1250"),
        (0.1 + 0.2, "", "0,3"),
        (0.12, "0%", "12"),
        (0, "", "0"),
        (-3.5, "", "-3,5"),
        (True, "", "ya"),
        ("a\x00b", "", "ab"),
        (" a\u00a0b \r\n c ", "", "a b\n c"),
    ],
)
def test_as_text(value: Any, number_format: str, text: str) -> None:
    assert as_text(value, number_format) == text


def test_rows_given_are_what_went_out() -> None:
    sheet = load_workbook(io.BytesIO(workbook()))["Program"]
    assert [tuple(cell.value for cell in row) for row in sheet.iter_rows(3, 5)] == [
        (row.key, *row.values) for row in ROWS
    ]
    assert (sheet.protection.sheet, sheet["B2"].protection.locked, sheet["B3"].protection.locked) == (True, True, False)
    assert sheet.column_dimensions["A"].hidden
    assert sheet.row_dimensions[1].hidden
