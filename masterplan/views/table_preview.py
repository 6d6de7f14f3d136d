"""What a batch of returned tables would do, as the preview shows it and as it is then written."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from masterplan import registers, rules
from masterplan.domain.table_import import content
from masterplan.enums import TableImportState
from masterplan.forms.block import sheet_of
from masterplan.forms.rows_kind import RowKind
from masterplan.forms.sheet_cells import SheetCells
from masterplan.forms.table_changes import CellChange, Line, SheetChanges, Status, fingerprint, write_line
from masterplan.models import Masterplan, TableImport
from masterplan.views.rows import can_add, choices_for
from smartcity.accounts.models import User
from smartcity.ui.refusal import Conflict, Incomplete, Refusal

SHOWN = 300
ORDER = (Status.REFUSED, Status.CLASH, Status.REMOVED, Status.NEW, Status.CHANGED)


@dataclass
class SheetView:
    kind: RowKind
    cells: SheetCells
    lines: list[Line]

    @property
    def fields(self) -> list[tuple[str, str]]:
        """Columns in which some line has something to show, as field and label."""
        used = {cell.field for line in self.lines for cell in line.cells}
        return [(name, self.cells.label(name)) for name in self.cells.fields if name in used]

    @property
    def shown(self) -> list[tuple[Line, list[CellChange | None]]]:
        """Trouble first; each line's cells in the order of `fields`."""
        names = [name for name, _ in self.fields]
        lines = sorted(self.lines, key=lambda line: (ORDER.index(line.status), line.place))[:SHOWN]
        return [(line, _in_order(line, names)) for line in lines]

    @property
    def hidden(self) -> int:
        return max(len(self.lines) - SHOWN, 0)


def _in_order(line: Line, names: Sequence[str]) -> list[CellChange | None]:
    by_name = {cell.field: cell for cell in line.cells}
    return [by_name.get(name) for name in names]


@dataclass
class FileView:
    """One file of the batch; `lines` of all its sheets are counted by status."""

    table_import: TableImport
    sheets: list[SheetView] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    refusal: Refusal | None = None

    @property
    def is_waiting(self) -> bool:
        return self.table_import.state == TableImportState.READ

    @property
    def content(self) -> dict[str, Any]:
        return content(self.table_import)

    def lines(self) -> Iterator[Line]:
        return (line for sheet in self.sheets for line in sheet.lines)

    @property
    def counts(self) -> dict[str, int]:
        counted = Counter(line.status.name.lower() for line in self.lines())
        cells = sum(len(line.cells) for line in self.lines() if line.status == Status.CHANGED)
        return {status.name.lower(): counted[status.name.lower()] for status in Status} | {"cells": cells}

    @property
    def written(self) -> list[RowKind]:
        """Tables in which an applied import wrote."""
        return [registers.SHEETS[slug] for slug in self.content["result"]["kinds"] if slug in registers.SHEETS]

    @property
    def can_apply(self) -> bool:
        """Whether anything would be left to write."""
        return any(line.status != Status.REFUSED for line in self.lines())

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.lines())


class Preview:
    """`user` is who looks: rights, choices and codes are theirs."""

    def __init__(self, plan: Masterplan, user: User) -> None:
        self.plan, self.user = plan, user
        self.seen: dict[tuple[str, int], str] = {}
        self._cells: dict[str, SheetCells] = {}

    def files(self, imports: Sequence[TableImport]) -> list[FileView]:
        return [self.file(table_import) for table_import in imports]

    def file(self, table_import: TableImport) -> FileView:
        view = FileView(table_import)
        if not view.is_waiting:
            return view
        view.notes = list(view.content.get("notes", ()))
        for sheet in self._sheets(table_import):
            kind = registers.SHEETS.get(sheet["kind"])
            if kind is None:
                view.notes.append(f"Lembar “{sheet['title']}” tidak dikenal dan tidak dibaca.")
                continue
            changes = SheetChanges(
                self.cells(kind),
                sheet,
                may_write=lambda row: rules.can_write_row(self.user, row),
                may_add=can_add(self.user, self.plan, kind),
                seen=self.seen,
            )
            view.sheets.append(SheetView(kind, changes.cells, changes.lines()))
        for each in view.sheets:
            for line in each.lines:
                if line.row is not None and line.status != Status.REFUSED:
                    self.seen.setdefault((each.kind.slug, line.row.pk), table_import.name)
        view.sheets = [each for each in view.sheets if each.lines]
        return view

    def _sheets(self, table_import: TableImport) -> list[dict[str, Any]]:
        reading = content(table_import)
        if table_import.kind:
            return [sheet_of(self.cells(registers.SHEETS[table_import.kind]), reading)]
        return list(reading["sheets"])

    def cells(self, kind: RowKind) -> SheetCells:
        """The rows of a kind are read once for all files."""
        if kind.slug not in self._cells:
            self._cells[kind.slug] = SheetCells(kind, self.plan, choices_for(self.user, self.plan))
        return self._cells[kind.slug]


@dataclass(frozen=True)
class Answers:
    """What the person decided: which clashing lines take the file's values, whether refused lines may stay behind."""

    fingerprint: str
    mine: Collection[str]
    without_refused: bool


def write_file(view: FileView, answers: Answers, user: User) -> dict[str, Any]:
    """Inside the transaction that closes the import. Raises a Refusal, after which nothing of the file is written."""
    if view.fingerprint != answers.fingerprint:
        raise Conflict(
            "Isi rencana berubah sejak pratinjau ini dibuat.", next_step="Periksa lagi pratinjaunya, lalu simpan."
        )
    if view.counts["refused"] and not answers.without_refused:
        raise Incomplete(
            f"{view.counts['refused']} baris ditolak.",
            next_step="Perbaiki di Excel lalu unggah lagi, atau setujui untuk menyimpan yang lain saja.",
        )
    chosen = [
        (sheet, line)
        for sheet in view.sheets
        for line in sheet.lines
        if line.status != Status.REFUSED and (line.status != Status.CLASH or line.mark in answers.mine)
    ]
    if not chosen:
        raise Incomplete("Tidak ada yang disimpan dari berkas ini.", next_step="Batalkan bila tidak diperlukan.")
    kept = [(sheet, line) for sheet, line in chosen if not line.is_removal]
    removed = [(sheet, line) for sheet, line in chosen if line.is_removal]
    for sheet, line in [*kept, *reversed(removed)]:
        _write(sheet, line, user)
    return _result(view, chosen)


def _write(sheet: SheetView, line: Line, user: User) -> None:
    try:
        write_line(sheet.cells, line, user)
    except Refusal as refusal:
        refusal.sentence = refusal.sentence if line.label in refusal.sentence else f"{line.label}: {refusal.sentence}"
        raise


def _result(view: FileView, chosen: Sequence[tuple[SheetView, Line]]) -> dict[str, Any]:
    changed = [line for _, line in chosen if line.row is not None and not line.is_removal]
    return {
        "new": sum(line.row is None for _, line in chosen),
        "changed": len(changed),
        "cells": sum(len(line.cells) for line in changed),
        "removed": sum(line.is_removal for _, line in chosen),
        "left": sum(1 for _ in view.lines()) - len(chosen),
        "kinds": list(dict.fromkeys(sheet.kind.slug for sheet, _ in chosen)),
    }
