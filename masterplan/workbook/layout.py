"""What both directions agree on: where keys, names and heads stand, and how a cell's value is written as text."""

import zlib
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

FORMAT = "masterplan-tabel-1"
GUIDE, LISTS, KEYS = "Petunjuk", "Pilihan", "Kunci"
KEY = "kunci:"  # the first cell of a sheet names its kind of row
FIELDS = "kolom"  # marks the line of the hidden key sheet that names the columns behind the checksums
NAMES_ROW, HEAD_ROW, FIRST_ROW = 1, 2, 3
FIRST_FIELD = 2  # column 1 holds the key
SPARE_ROWS = 200
SEPARATOR = "; "


@dataclass(frozen=True)
class ColumnOut:
    """`choices` become a list in the cells where one is chosen, and a hint where several are (`is_many`)."""

    field: str
    label: str
    width: int = 20
    number_format: str = ""
    choices: tuple[str, ...] = ()
    is_many: bool = False
    is_required: bool = False

    @property
    def is_number(self) -> bool:
        return bool(self.number_format)


@dataclass(frozen=True)
class RowOut:
    """`values` in the order of the columns: numbers as numbers, everything else as text."""

    key: int
    version: int
    values: tuple[Any, ...]


@dataclass(frozen=True)
class SheetOut:
    kind: str
    title: str
    columns: tuple[ColumnOut, ...]
    rows: tuple[RowOut, ...] = field(default_factory=tuple)


def as_text(value: Any, number_format: str = "") -> str:
    """As a person would type it here: decimals with a comma, no grouping.

    Numbers have the 15 digits that Excel keeps; three decimals get a fourth, because "1,125" can be read in two ways.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, (int, float, Decimal)):
        return _number(value, is_percent="%" in number_format)
    if isinstance(value, (datetime, date)):
        return f"{value.day:02d}/{value.month:02d}/{value.year}"
    lines = (
        str(value)
        .replace("_x000D_", "")
        .replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\u00a0", " ")
        .replace("\x00", "")
    )
    return "\n".join(line.rstrip() for line in lines.split("\n")).strip()


def _number(value: float | Decimal, *, is_percent: bool) -> str:
    exact = Decimal(f"{float(value):.15g}") * (100 if is_percent else 1)
    if not exact.is_finite():
        return str(value)
    text = format(exact.normalize(), "f") if exact else "0"
    whole, _, places = text.partition(".")
    return f"{whole},{places}{'0' if len(places) == 3 else ''}" if places else whole


def checksum(text: str) -> str:
    """Tells whether a cell still holds what was sent out."""
    return f"{zlib.crc32(text.encode()):x}"
