"""A returned workbook: what stands in its cells as text, and which rows it was sent out with."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from masterplan.word.ooxml import Unfit
from masterplan.workbook.layout import (
    FIELDS,
    FIRST_FIELD,
    FIRST_ROW,
    FORMAT,
    GUIDE,
    KEY,
    KEYS,
    LISTS,
    NAMES_ROW,
    as_text,
    checksum,
)
from masterplan.workbook.package import EXCEL, MAX_COLUMN, check_workbook

type Json = dict[str, Any]

MAX_LINES = 5_000
MAX_TEXT = 5_000_000
MAX_CELL = 20_000
FIELD = re.compile(r"[a-z][a-z0-9_]{0,40}")
# What openpyxl raises on a damaged file; ParseError of the XML is a SyntaxError.
BROKEN = (
    KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError, zipfile.BadZipFile, InvalidFileException,
)  # fmt: skip
ERRORS = frozenset({"#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#N/A", "#NULL!", "#NUM!"})
NOT_OURS = "Berkas ini bukan tabel yang diunduh dari halaman Excel masterplan ini."
PASTE_INSTEAD = "Unduh tabelnya dahulu, atau salin sel-selnya dan tempel langsung di tabel."
NO_RESULT = "Rumus ini belum dihitung. Buka dan simpan berkasnya di Excel, lalu unggah lagi."


def read_workbook(data: bytes, name: str = "") -> Json:
    """`plan`, `sheets` and `notes` (docs/excel.md). Only lines that differ from what was sent out are kept."""
    has_formulas = check_workbook(data, name)
    try:
        return _Reader(data, has_formulas=has_formulas).reading()
    except Unfit:
        raise
    except BROKEN as error:
        raise Unfit("Berkas Excel ini rusak atau tidak lengkap.", EXCEL.again) from error


class _Nothing:
    value = None


_NOTHING = _Nothing()


class _Reader:
    def __init__(self, data: bytes, *, has_formulas: bool) -> None:
        self.data, self.has_formulas = data, has_formulas
        self.book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        self.size = 0

    def reading(self) -> Json:
        guide = self._rows(GUIDE) if GUIDE in self.book.sheetnames else iter(())
        marks = [as_text(row[0].value) for row, _ in zip(guide, range(2), strict=False) if row]
        if len(marks) < 2 or marks[0] != FORMAT:
            raise Unfit(NOT_OURS, PASTE_INSTEAD)
        sent = self._sent()
        sheets, notes = [], []
        for title in self.book.sheetnames:
            if title in {GUIDE, LISTS, KEYS}:
                continue
            sheet = self._sheet(title, sent)
            if sheet is None:
                notes.append(f"Lembar “{title}” tidak dikenal dan tidak dibaca.")
            else:
                sheets.append(sheet)
        kinds = [sheet["kind"] for sheet in sheets]
        if len(set(kinds)) != len(kinds):
            raise Unfit("Satu tabel ada di dua lembar berkas ini.", "Hapus salah satunya, lalu unggah lagi.")
        return {"plan": marks[1], "sheets": sheets, "notes": notes}

    def _rows(self, title: str) -> Iterator[Any]:
        sheet: Any = self.book[title]
        sheet.reset_dimensions()
        for row in sheet.iter_rows():
            if len(row) > MAX_COLUMN:
                raise Unfit(f"Lembar “{title}” lebih lebar daripada tabel mana pun.", EXCEL.smaller)
            yield row

    def _sent(self) -> dict[str, Json]:
        """By kind and key: version and checksums by field of each row that was sent out."""
        found: dict[str, Json] = {}
        fields: dict[str, list[str]] = {}
        for row in self._rows(KEYS) if KEYS in self.book.sheetnames else ():
            kind, key, version, sums = [as_text(cell.value) for cell in (*row[:4], *[_NOTHING] * (4 - len(row)))]
            if key == FIELDS:
                fields[kind] = sums.split()
            elif key.isdigit() and version.isdigit():
                base = dict(zip(fields.get(kind, ()), sums.split(), strict=False))
                found.setdefault(kind, {})[key] = (int(version), base)
        return found

    def _sheet(self, title: str, sent: dict[str, Json]) -> Json | None:
        """None where the first cell names no kind."""
        rows = self._rows(title)
        names = [as_text(cell.value) for cell in next(rows, ())]
        if not names or not names[0].startswith(KEY):
            return None
        kind = names[0].removeprefix(KEY)
        fields = names[FIRST_FIELD - 1 :]
        while fields and not fields[-1]:
            fields.pop()
        if not all(FIELD.fullmatch(name) for name in fields) or len(set(fields)) != len(fields):
            raise Unfit(
                f"Judul kolom lembar “{title}” berubah, sehingga isinya tidak dapat dicocokkan.",
                "Unduh tabelnya lagi dan pindahkan isian Anda ke sana.",
            )
        missing = dict(sent.get(kind, {}))
        lines: list[Json] = []
        seen: set[int] = set()
        for line in self._lines(title, rows, len(fields)):
            if line["key"] in seen:  # somebody copied a whole row as a start for a new one
                line |= {"key": 0, "is_copy": True}
            seen |= {line["key"]} - {0}
            version, base = missing.pop(str(line["key"]), (None, {}))
            sums = [base.get(name, "") for name in fields]
            if version is None or line["faults"] or [checksum(text) for text in line["cells"]] != sums:
                lines.append(line | {"version": version, "base": sums})
            if len(lines) > MAX_LINES:
                raise Unfit(f"Lembar “{title}” berisi lebih dari 5.000 baris.", EXCEL.smaller)
        gone = {key: version for key, (version, _) in missing.items()}
        return {"kind": kind, "title": title, "fields": fields, "lines": lines, "gone": gone}

    def _lines(self, title: str, rows: Iterator[Any], width: int) -> Iterator[Json]:
        bare = self._formulas(title)
        for number, row in enumerate(rows, NAMES_ROW + 1):
            if number < FIRST_ROW:
                continue
            cells = [as_text(cell.value, getattr(cell, "number_format", "") or "") for cell in row[: width + 1]]
            cells += [""] * (width + 1 - len(cells))
            faults = {
                str(place): NO_RESULT
                for place in range(width)
                if (number, place + FIRST_FIELD) in bare and not cells[place + 1]
            }
            faults |= {
                str(place): f"Excel menunjukkan galat {text} di sel ini."
                for place, text in enumerate(cells[1:])
                if text in ERRORS
            }
            if any(cells) or faults:
                key = int(cells[0]) if cells[0].isdigit() and len(cells[0]) < 19 else 0
                self._count(title, cells)
                yield {"n": number, "key": key, "cells": cells[1:], "faults": faults}

    def _formulas(self, title: str) -> set[tuple[int, int]]:
        """Where formulas stand: one without a stored result reads like an empty cell."""
        if not self.has_formulas:
            return set()
        book = load_workbook(io.BytesIO(self.data), read_only=True, data_only=False, keep_links=False)
        sheet: Any = book[title]
        sheet.reset_dimensions()
        return {(cell.row, cell.column) for row in sheet.iter_rows() for cell in row if cell.data_type == "f"}

    def _count(self, title: str, cells: list[str]) -> None:
        self.size += sum(len(text) for text in cells)
        if self.size > MAX_TEXT or max(len(text) for text in cells) > MAX_CELL:
            raise Unfit(f"Lembar “{title}” memuat teks yang terlalu panjang untuk tabel.", EXCEL.smaller)
