"""What a returned sheet or a pasted block would change: line by line, before anything is written."""

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from masterplan.domain import row as rows
from masterplan.forms.rows import RowForm
from masterplan.forms.rows_cell import Typed, cells_form, draft_form
from masterplan.forms.sheet_cells import SheetCells, UnknownChoiceError, plain
from masterplan.workbook.layout import checksum
from smartcity.accounts.models import User
from smartcity.ui.refusal import Incomplete

type Json = dict[str, Any]

NOT_YOURS = "Baris ini di luar perangkat daerah atau dimensi yang Anda tangani."
MAY_NOT_ADD = "Anda tidak dapat menambah baris di tabel ini."
ONLY_ONE = "Hanya boleh ada satu; ubah baris yang sudah ada."
WAS_DELETED = "Baris ini sudah dibuang orang lain."
UNKNOWN = "Baris ini tidak ada di rencana ini."
ALSO_ELSEWHERE = "Berkas {name} juga mengubah baris ini."
SORTED = "Isinya sama dengan “{other}”: tampaknya baris diurutkan tanpa kuncinya."


class Status(StrEnum):
    NEW = "baru"
    CHANGED = "berubah"
    REMOVED = "dibuang"
    CLASH = "bentrok"
    REFUSED = "ditolak"


@dataclass
class CellChange:
    field: str
    label: str
    new: str
    old: str = ""
    fault: str = ""
    is_clash: bool = False

    @property
    def is_changed(self) -> bool:
        return self.new != self.old


@dataclass
class Line:
    """`place` is the line's number in the file; `typed` what the row's form reads; `row` None for a new one.

    A line that clashes is written only when the person chose the file's values.
    """

    place: int
    status: Status
    label: str
    cells: list[CellChange] = field(default_factory=list)
    sentence: str = ""
    row: Any = None
    typed: dict[str, Typed] = field(default_factory=dict)
    is_removal: bool = False

    def refuse(self, sentence: str) -> "Line":
        self.status, self.sentence = Status.REFUSED, sentence
        return self

    def clash(self, sentence: str) -> "Line":
        self.status, self.sentence = Status.CLASH, sentence
        return self

    @property
    def mark(self) -> str:
        """Identifies the line within its sheet."""
        return f"{'hapus' if self.is_removal else 'baris'}-{self.row.pk if self.row else 0}-{self.place}"


@dataclass
class SheetChanges:
    """`seen` holds rows that an earlier file of the same batch changes, by (kind, key), with that file's name."""

    cells: SheetCells
    sheet: Json
    may_write: Callable[[Any], bool]
    may_add: bool
    seen: dict[tuple[str, int], str] = field(default_factory=dict)

    def lines(self) -> list[Line]:
        found = [line for line in map(self._line, self.sheet["lines"]) if line is not None]
        gone = [(int(key), version) for key, version in self.sheet["gone"].items() if int(key) in self.cells.rows]
        found += [self._removal(0, self.cells.rows[key], version) for key, version in gone]
        self._refuse_twins(found)
        self._refuse_used(found)
        return found

    # -- one line ---------------------------------------------------------------------------------------------------

    def _line(self, given: Json) -> Line | None:
        """None where the line asks for nothing."""
        every = zip(self.sheet["fields"], given["cells"], strict=False)
        texts = {name: text for name, text in every if name in self.cells.fields}
        faults = {self.sheet["fields"][int(place)]: sentence for place, sentence in given["faults"].items()}
        if not given["key"]:
            return self._new(given, texts, faults)
        row = self.cells.rows.get(given["key"])
        if row is None:
            return self._lost(given, texts)
        return self._stored(given, row, texts, faults)

    def _new(self, given: Json, texts: dict[str, str], faults: dict[str, str]) -> Line | None:
        if given.get("is_copy") and texts.get("code") in {getattr(row, "code", "") for row in self.cells.rows.values()}:
            texts["code"] = ""
        filled = {name: text for name, text in texts.items() if text or name in faults}
        if not filled:
            return None
        line = Line(given["n"], Status.NEW, self._label(texts), [self._cell(name, filled[name]) for name in filled])
        if not self.may_add:
            return line.refuse(MAY_NOT_ADD)
        if self.cells.kind.is_single and self.cells.rows:
            return line.refuse(ONLY_ONE)
        line.typed = self._typed(line, filled, faults)
        return self._judge(line)

    def _stored(self, given: Json, row: Any, texts: dict[str, str], faults: dict[str, str]) -> Line | None:
        if texts and not any(texts.values()) and not faults:
            return self._removal(given["n"], row, given["version"])
        base = dict(zip(self.sheet["fields"], given["base"], strict=False))
        now = {name: self.cells.text(row, name) for name in texts}
        touched = [
            name
            for name, text in texts.items()
            if name in faults or (text != now[name] and checksum(text) != base.get(name))
        ]
        if not touched:
            return None
        line = Line(given["n"], Status.CHANGED, str(row), row=row)
        line.cells = [self._cell(name, texts[name], now[name]) for name in touched]
        if not self._may_change(line, texts):
            return line
        line.typed = self._typed(line, {name: texts[name] for name in touched}, faults)
        self._judge(line)
        if line.status != Status.REFUSED:
            for cell in line.cells:
                cell.is_clash = self._moved_on(given, row, cell.field, base, now.get(cell.field, ""))
            if any(cell.is_clash for cell in line.cells):
                line.clash(_who(row))
        return line

    def _may_change(self, line: Line, texts: dict[str, str]) -> bool:
        """Says on the line why not."""
        if not self.may_write(line.row):
            line.refuse(NOT_YOURS)
        elif self._took_anothers_place(line.row, texts):
            line.refuse(SORTED.format(other=texts[self.cells.kind.main_field]))
        elif earlier := self.seen.get((self.cells.kind.slug, line.row.pk)):
            line.refuse(ALSO_ELSEWHERE.format(name=earlier))
        return line.status != Status.REFUSED

    def _moved_on(self, given: Json, row: Any, name: str, base: dict[str, str], now: str) -> bool:
        """Whether somebody else changed this cell since it was sent out; without a checksum the row's version tells."""
        if base.get(name):
            return checksum(now) != base[name]
        return bool(given["version"] != rows.version_of(row))

    def _removal(self, place: int, row: Any, version: int | None) -> Line:
        line = Line(place, Status.REMOVED, str(row), row=row, is_removal=True)
        if self._may_change(line, {}) and version != rows.version_of(row):
            line.clash(_who(row))
        return line

    def _lost(self, given: Json, texts: dict[str, str]) -> Line | None:
        if not any(texts.values()):
            return None
        line = Line(given["n"], Status.REFUSED, self._label(texts))
        line.cells = [self._cell(name, text) for name, text in texts.items() if text]
        gone = rows.was_deleted(self.cells.plan, self.cells.kind.model, given["key"])
        return line.refuse(WAS_DELETED if gone else UNKNOWN)

    def _took_anothers_place(self, row: Any, texts: dict[str, str]) -> bool:
        """Names of other rows under this row's key: somebody sorted the visible cells alone."""
        wanted = plain(texts.get(self.cells.kind.main_field, ""))
        named_so = self.cells.keys_by_main_text.get(wanted, set()) if wanted else set()
        return bool(named_so) and row.pk not in named_so

    def _label(self, texts: dict[str, str]) -> str:
        parts = [texts.get("code", ""), texts.get(self.cells.kind.main_field, "")]
        return " ".join(part for part in parts if part) or "Baris baru"

    def _cell(self, name: str, new: str, old: str = "") -> CellChange:
        return CellChange(name, self.cells.label(name), self.cells.shown(name, new), self.cells.shown(name, old))

    # -- reading and checking ------------------------------------------------------------------------------------------

    def _typed(self, line: Line, texts: dict[str, str], faults: dict[str, str]) -> dict[str, Typed]:
        typed: dict[str, Typed] = {}
        for cell in line.cells:
            cell.fault = faults.get(cell.field, "")
            try:
                typed[cell.field] = self.cells.typed(cell.field, texts[cell.field])
            except UnknownChoiceError as error:
                cell.fault = str(error)
        return typed

    def _judge(self, line: Line) -> Line:
        """By the row's own form; sentences go to the cells they are about."""
        if not any(cell.fault for cell in line.cells):
            self._spread(line, form_of(self.cells, line))
        if line.sentence or any(cell.fault for cell in line.cells):
            line.status = Status.REFUSED
        return line

    def _spread(self, line: Line, form: RowForm) -> None:
        if form.is_valid():
            return
        shown = {cell.field: cell for cell in line.cells}
        for name, sentences in form.errors.items():
            text = " ".join(str(sentence) for sentence in sentences)
            if name in shown:
                shown[name].fault = text
            elif name in self.cells.fields:
                cell = self._cell(name, "")
                cell.fault = text
                line.cells.append(cell)
            else:
                label = form.fields[name].label if name in form.fields else ""
                line.sentence = f"{line.sentence} {label}: {text}".removeprefix(" ").removeprefix(": ")

    # -- lines against each other -------------------------------------------------------------------------------------

    def _refuse_twins(self, lines: list[Line]) -> None:
        """Two lines of one sheet that would take the same code."""
        name = self.cells.kind.form.unique_field
        held: dict[str, Line] = {}
        for line in lines:
            value = next((plain(cell.new) for cell in line.cells if cell.field == name and cell.new), "")
            if not value or line.is_removal:
                continue
            if value in held and line.status != Status.REFUSED:
                cell = next(cell for cell in line.cells if cell.field == name)
                cell.fault = f"“{cell.new}” dipakai dua kali: juga di {held[value].label}."
                line.status = Status.REFUSED
            held.setdefault(value, line)

    def _refuse_used(self, lines: list[Line]) -> None:
        """Rows that others refer to stay, unless those go with them."""
        removals = [line for line in lines if line.is_removal and line.status == Status.REMOVED]
        for line in removals:
            used_by = rows.referrers(line.row)
            if used_by:
                line.refuse(f"Masih dipakai oleh {rows.sentence_list(used_by)}. Lepaskan dulu kaitannya.")


def form_of(cells: SheetCells, line: Line) -> RowForm:
    if line.row is None:
        return draft_form(cells.kind, cells.choices, line.typed)
    return cells_form(cells.kind, line.row, cells.choices, line.typed)


def write_line(cells: SheetCells, line: Line, by: User) -> None:
    """Checked once more, because lines before this one may have taken its code. Raises a Refusal that names the line."""
    if line.is_removal:
        rows.delete_row(line.row, version=rows.version_of(line.row), by=by)
        return
    form = form_of(cells, line)
    if not form.is_valid():
        sentences = [str(sentence) for found in form.errors.values() for sentence in found]
        raise Incomplete(f"{line.label}: {' '.join(sentences)}")
    verbs, values = cells.kind.verbs, form.values()
    if line.row is None:
        verbs.create(plan=cells.plan, model=cells.kind.model, values=values, by=by)
    else:
        verbs.update(line.row, version=rows.version_of(line.row), values=values, by=by)


def fingerprint(lines: Iterator[Line]) -> str:
    """Changes when what a preview showed would no longer be what is written."""
    seen = [
        (line.mark, line.status, line.label, [(cell.field, cell.old, cell.new, cell.fault) for cell in line.cells])
        for line in lines
    ]
    return f"{zlib.crc32(repr(seen).encode()):08x}"


def _who(row: Any) -> str:
    change = rows.last_change(row)
    by = f" oleh {change.actor_name}" if change and change.actor_name else ""
    return f"Diubah{by} setelah berkas ini diunduh."
