"""A block of cells from a clipboard: read into lines, its columns matched, made into a sheet like those of a workbook."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from rapidfuzz import fuzz, process

from masterplan.forms.sheet_cells import SheetCells, plain
from masterplan.workbook.layout import as_text
from smartcity.ui.format import parse_number
from smartcity.ui.refusal import Incomplete, TooLarge

type Json = dict[str, Any]

MAX_TEXT = 2_000_000
MAX_LINES, MAX_COLUMNS = 2_000, 120
SIMILAR = 86
NEW, OVER = "baru", "timpa"
UNITS = {"": "seperti tertulis", "rb": "ribu rupiah", "jt": "juta rupiah", "M": "miliar rupiah"}
UNIT_WORDS = {"ribu": "rb", "juta": "jt", "miliar": "M"}
# Excel quotes a cell that holds a line break; a quotation mark by itself stands as it is.
QUOTED = re.compile(r'(?:^|[\t\n])"(?:[^"]|"")*\n(?:[^"]|"")*"(?=[\t\n]|$)')
BRACKETS = re.compile(r"\([^)]*\)")  # a unit, mostly: "(juta rupiah)"


@dataclass(frozen=True)
class Settings:
    """How a block is meant; the person may change every answer before anything is written."""

    columns: list[str] = field(default_factory=list)
    has_head: bool = False
    mode: str = NEW
    unit: str = ""

    @classmethod
    def of(cls, stored: Json) -> "Settings":
        return cls(**stored)

    def as_json(self) -> Json:
        return asdict(self)


def read_block(text: str) -> list[list[str]]:
    """Rows of cells. Raises a Refusal for nothing and for too much."""
    if len(text) > MAX_TEXT:
        raise TooLarge("Tempelan ini terlalu besar.", next_step="Tempel beberapa ratus baris sekaligus.")
    plain_text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip("\n")
    lines: Iterable[list[str]] = (row.split("\t") for row in plain_text.split("\n"))
    if QUOTED.search(plain_text):
        lines = csv.reader(io.StringIO(plain_text, newline=""), delimiter="\t")
    cleaned = [[as_text(cell) for cell in line] for line in lines]
    cleaned = [line for line in cleaned if any(line)]
    if not cleaned:
        raise Incomplete("Tidak ada sel yang ditempel.", next_step="Salin sel-selnya di Excel, lalu tempel di sini.")
    if len(cleaned) > MAX_LINES or max(len(line) for line in cleaned) > MAX_COLUMNS:
        raise TooLarge("Paling banyak 2.000 baris dan 120 kolom sekali tempel.", next_step="Bagi tempelannya.")
    width = max(len(line) for line in cleaned)
    return [line + [""] * (width - len(line)) for line in cleaned]


def guess(cells: SheetCells, block: Sequence[Sequence[str]], columns: Sequence[str], *, has_targets: bool) -> Settings:
    """`columns` are the fields from the active cell to the right, for a block without heads."""
    matched = match_heads(cells, block[0])
    filled = [text for text in block[0] if text]
    has_head = len([name for name in matched if name]) * 2 > len(filled) and len(block) > 1
    by_place = [*columns, *[""] * len(block[0])][: len(block[0])]
    chosen = matched if has_head else [name if name in cells.fields else "" for name in by_place]
    needed = {name for name in cells.fields if cells.is_needed(name)}
    mode = OVER if has_targets and "code" not in chosen and not needed <= set(chosen) else NEW
    return Settings(chosen, has_head, mode, _unit(block[0]) if has_head else "")


def match_heads(cells: SheetCells, heads: Sequence[str]) -> list[str]:
    """A field for each head, each once; empty where none is near enough."""
    free = {name: _names(cells, name) for name in cells.fields}
    found: list[str] = []
    for head in heads:
        wanted = plain(BRACKETS.sub("", head)).rstrip(" *")
        name = next((name for name, known in free.items() if wanted in known), "") if wanted else ""
        found.append(name)
        free.pop(name, None)
    for place, head in enumerate(heads):
        if head and not found[place] and free:
            flat = {f"{name}\t{label}": label for name, known in free.items() for label in known}
            near = process.extractOne(plain(BRACKETS.sub("", head)), flat, scorer=fuzz.ratio, score_cutoff=SIMILAR)
            found[place] = near[2].split("\t")[0] if near else ""
            free.pop(found[place], None)
    return found


def _names(cells: SheetCells, name: str) -> set[str]:
    """What people write above this column."""
    full = plain(BRACKETS.sub("", cells.label(name)))
    year = {full.rpartition(" ")[2]} if cells.is_money(name) else set()
    noun = cells.kind.noun
    own = {noun, f"nama {noun}", plain(cells.kind.title)} if name == cells.kind.main_field else set()
    return {full, plain(cells.column_label(name)), plain(cells.form_label(name)), name} | year | own


def _unit(heads: Sequence[str]) -> str:
    text = plain(" ".join(heads))
    return next((unit for word, unit in UNIT_WORDS.items() if word in text), "")


def sheet_of(cells: SheetCells, reading: Json) -> Json:
    """As the reader of workbooks gives it: only matched columns, keys from the rows that were pasted over or by code."""
    settings = Settings.of(reading["settings"])
    places = [place for place, name in enumerate(settings.columns) if name]
    fields = [settings.columns[place] for place in places]
    codes = {plain(row.code): key for key, row in cells.rows.items()} if "code" in fields else {}
    lines: list[Json] = []
    for at, row in enumerate(reading["block"][1 if settings.has_head else 0 :]):
        texts = {
            name: _with_unit(cells, name, row[place], settings.unit) for place, name in zip(places, fields, strict=True)
        }
        key, version = _target(settings, reading["targets"], at, codes.get(plain(texts.get("code", ""))), cells)
        line = {"n": at + 1, "key": key, "version": version, "cells": list(texts.values()), "base": [""] * len(fields)}
        lines.append(line | {"faults": {}})
    return {"kind": cells.kind.slug, "title": cells.kind.title, "fields": fields, "lines": lines, "gone": {}}


def _target(
    settings: Settings, targets: Sequence[Sequence[int]], at: int, by_code: int | None, cells: SheetCells
) -> tuple[int, int | None]:
    if settings.mode == OVER and at < len(targets):
        return targets[at][0], targets[at][1]
    return (by_code, cells.version(by_code)) if by_code else (0, None)


def _with_unit(cells: SheetCells, name: str, text: str, unit: str) -> str:
    if not unit or not text or not cells.is_money(name):
        return text
    try:
        parse_number(text)
    except ValueError:
        return text
    return f"{text} {unit}"


def changed_settings(stored: Json, answers: Mapping[str, str], known: Sequence[str], width: int) -> Settings:
    """From the preview's form: `kolom-<place>`, `judul`, `cara`, `satuan`; what is unknown counts as not used."""
    columns = [answers.get(f"kolom-{place}", "") for place in range(width)]
    columns = [name if name in known else "" for name in columns]
    twice = next((name for name in columns if name and columns.count(name) > 1), None)
    if twice:
        raise Incomplete("Satu kolom tabel dipilih untuk dua kolom tempelan.", next_step="Pilih kolom yang berbeda.")
    old = Settings.of(stored)
    mode, unit = answers.get("cara", old.mode), answers.get("satuan", "")
    return Settings(
        columns, "judul" in answers, mode if mode in {NEW, OVER} else old.mode, unit if unit in UNITS else ""
    )
