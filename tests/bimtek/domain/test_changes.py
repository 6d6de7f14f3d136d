"""Rows of two submissions held against each other."""

from typing import Any

from bimtek.domain.changes import Change, FieldChange, RowChange, changed_rows

COLUMNS = [{"look": "code"}, {"look": "main"}, {"look": "number"}]


def row(pk: int, code: str, name: str, *lines: str, **more: Any) -> dict[str, Any]:
    sheet: list[Any] = [{"label": "Kode", "text": code}, {"label": "Nama", "text": name}]
    if lines:
        sheet.append({"label": "Tahun", "lines": list(lines)})
    return {"id": pk, "cells": [code, name, ""], "sheet": sheet, "values": {}} | more


def test_changed_new_and_gone_rows_are_told_field_by_field() -> None:
    before = [row(1, "A", "Pasar", "2026: 1", "2027: 2"), row(2, "B", "Taman"), row(3, "C", "Sama")]
    after = [row(3, "C", "Sama"), row(1, "A", "Pasar rakyat", "2026: 1", "2027: 3"), row(4, "D", "Jalan")]
    assert changed_rows(before, after, COLUMNS) == [
        RowChange(
            1,
            "A Pasar rakyat",
            Change.CHANGED,
            (FieldChange("Nama", ("Pasar",), ("Pasar rakyat",)), FieldChange("Tahun", ("2027: 2",), ("2027: 3",))),
        ),
        RowChange(
            4, "D Jalan", Change.NEW, (FieldChange("Kode", (), ("D",)), FieldChange("Nama", (), ("Jalan",)))
        ),
        RowChange(
            2, "B Taman", Change.GONE, (FieldChange("Kode", ("B",), ()), FieldChange("Nama", ("Taman",), ()))
        ),
    ]  # fmt: skip


def test_a_dropped_row_and_a_new_order_of_lines_are_changes_but_not_a_moved_row() -> None:
    before = [row(1, "A", "Pasar", "satu", "dua"), row(2, "B", "Taman")]
    after = [row(2, "B", "Taman", aside=True), row(1, "A", "Pasar", "dua", "satu")]
    assert [(change.name, change.fields) for change in changed_rows(before, after, COLUMNS)] == [
        ("B Taman", (FieldChange("Keadaan", (), ("gugur",)),)),
        ("A Pasar", (FieldChange("Tahun", ("satu", "dua"), ("dua", "satu")),)),
    ]
    assert changed_rows(before, before[::-1], COLUMNS) == []
