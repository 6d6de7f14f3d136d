"""What differs between the rows of two submissions, field by field. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

type Json = dict[str, Any]


class Change(StrEnum):
    NEW = "Baru"
    CHANGED = "Berubah"
    GONE = "Hilang"


@dataclass(frozen=True)
class FieldChange:
    """`old` and `new` are lines; empty where the field was not filled."""

    label: str
    old: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True)
class RowChange:
    """`name` is its code and main text, `fields` what differs."""

    id: int
    name: str
    change: Change
    fields: tuple[FieldChange, ...]


def changed_rows(before: Sequence[Json], after: Sequence[Json], columns: Sequence[Json]) -> list[RowChange]:
    """Rows in the order of `after`, those that are gone behind; a row that only moved is not a change."""
    old = {row["id"]: row for row in before}
    found = [
        RowChange(row["id"], _name(row, columns), _kind(old, row), tuple(fields))
        for row in after
        if (fields := list(changed_fields(old.get(row["id"], {}), row))) or row["id"] not in old
    ]
    kept = {row["id"] for row in after}
    gone = [
        RowChange(row["id"], _name(row, columns), Change.GONE, tuple(changed_fields(row, {})))
        for row in before
        if row["id"] not in kept
    ]
    return [*found, *gone]


def changed_fields(before: Json, after: Json) -> Iterator[FieldChange]:
    """In the order in which the row's sheet names them; fields that only the older row has come last."""
    old, new = _fields(before), _fields(after)
    for label in dict.fromkeys((*new, *old)):
        was, now = old.get(label, ()), new.get(label, ())
        if was != now:
            yield FieldChange(label, *_without_same(was, now))


def _without_same(was: tuple[str, ...], now: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Of a list (years, activities) only the lines that differ; all of them when merely their order does."""
    old, new = tuple(line for line in was if line not in now), tuple(line for line in now if line not in was)
    return (old, new) if old or new else (was, now)


def _fields(row: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    fields = {item["label"]: tuple(item.get("lines") or (item["text"],)) for item in row.get("sheet", ())}
    return fields | ({"Keadaan": ("gugur",)} if row.get("aside") else {})


def _kind(old: Mapping[int, Json], row: Json) -> Change:
    return Change.CHANGED if row["id"] in old else Change.NEW


def _name(row: Json, columns: Sequence[Json]) -> str:
    """Its code and its main text, as the table names it; a row of an older release may have had other columns behind."""
    texts = [
        cell
        for column, cell in zip(columns, row["cells"], strict=False)
        if column["look"] in {"code", "main"} and isinstance(cell, str) and cell
    ]
    return " ".join(texts) or next((cell for cell in row["cells"] if isinstance(cell, str) and cell), "Baris")
