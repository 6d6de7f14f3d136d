"""A kind of row as cells of text, the way a workbook or a pasted block holds them, in both directions."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from rapidfuzz import fuzz, process

from masterplan.domain.row import version_of
from masterplan.forms.rows import RowChoices, RowForm
from masterplan.forms.rows_cell import Spec, Typed, specs_of, typed, workbook_columns
from masterplan.forms.rows_kind import Column, Look, RowKind
from masterplan.workbook.layout import SEPARATOR, ColumnOut, RowOut, SheetOut, as_text
from smartcity.regency.models import Opd
from smartcity.ui.fields import RupiahField
from smartcity.ui.format import format_rupiah

WIDTHS = {Look.MAIN: 46, Look.CODE: 12, Look.DIMENSIONS: 24, Look.NUMBER: 13, Look.MILLION: 20}
FORMATS = {Look.MILLION: "#,##0", Look.NUMBER: "General"}
LONG, PLAIN = 40, 22
SIMILAR = 70
IN_MILLIONS = " (juta rupiah)"


class UnknownChoiceError(ValueError):
    """What stands in the cell is not in its list; the message is a sentence."""


@dataclass
class SheetCells:
    """`rows` are those that may be meant by a key: listed ones, with everything that cells show."""

    kind: RowKind
    plan: Any
    choices: RowChoices

    @cached_property
    def rows(self) -> dict[int, Any]:
        links = [name for name in self._links() if name not in self.kind.prefetch]
        found = self.kind.rows(self.plan).select_related(None).filter(self.kind.listed)
        rows = list(found.prefetch_related(*self.kind.related, *links))
        for row in rows:
            row.plan = self.plan
        return {row.pk: row for row in rows}

    @cached_property
    def keys_by_main_text(self) -> dict[str, set[int]]:
        """Rows by the text that names them for people."""
        found: dict[str, set[int]] = {}
        for key, row in self.rows.items():
            found.setdefault(plain(self.text(row, self.kind.main_field)), set()).add(key)
        return found

    def _links(self) -> list[str]:
        fields = {column.field for column in workbook_columns(self.kind, self.plan)}
        return [field.name for field in self.kind.model._meta.many_to_many if field.name in fields]

    @cached_property
    def _form(self) -> RowForm:
        return self.kind.form(instance=next(iter(self.rows.values()), None), choices=self.choices)

    @cached_property
    def _fresh(self) -> RowForm:
        return self.kind.form(choices=self.choices)

    @cached_property
    def _pairs(self) -> dict[str, tuple[Column, Spec]]:
        columns = workbook_columns(self.kind, self.plan)
        specs = specs_of(self.kind, columns, self.choices, next(iter(self.rows.values()), None))
        return {column.field: (column, spec) for column, spec in zip(columns, specs, strict=True) if spec.editor}

    @property
    def fields(self) -> list[str]:
        return list(self._pairs)

    def label(self, name: str) -> str:
        """With its unit, because a workbook holds rupiah where the table shows millions."""
        column, _ = self._pairs[name]
        unit = " (rupiah)" if self.is_money(name) else ""
        return f"{column.group} {column.label}".replace(IN_MILLIONS, "").strip() + unit

    def column_label(self, name: str) -> str:
        return self._pairs[name][0].label.replace(IN_MILLIONS, "")

    def form_label(self, name: str) -> str:
        """What the row's page calls it."""
        return str(self._form.fields[name].label)

    def version(self, key: int) -> int:
        return version_of(self.rows[key])

    def is_money(self, name: str) -> bool:
        return self._pairs[name][0].look == Look.MILLION

    def is_needed(self, name: str) -> bool:
        """Whether a new row cannot do without an answer here: required, and nothing offered by itself."""
        fresh = self._fresh
        return self._pairs[name][1].required and name in fresh.fields and not typed(fresh, name)

    def value(self, row: Any, name: str) -> Any:
        """What the cell holds: numbers as numbers, choices by their labels, lists a line each."""
        column, spec = self._pairs[name]
        if spec.editor in {"choice", "many"}:
            return self._labels(row, name)
        if column.is_number:
            return column.value(row)
        stored = getattr(row, name, None)
        if isinstance(stored, (list, tuple)):
            return "\n".join(str(item) for item in stored)
        return "" if stored is None else str(stored)

    def _labels(self, row: Any, name: str) -> str:
        stored = getattr(row, f"{name}_id", None) or getattr(row, name)
        if isinstance(stored, models.manager.BaseManager):
            stored = [other.pk for other in stored.all()]
        keys = stored if isinstance(stored, (list, tuple)) else [] if stored is None else [stored]
        labels = self._labels_by_key[name]
        return SEPARATOR.join(labels.get(str(key), str(key)) for key in keys if key != "")

    @cached_property
    def _labels_by_key(self) -> dict[str, dict[str, str]]:
        return {name: {key: label for key, label, _ in spec.choices} for name, (_, spec) in self._pairs.items()}

    @cached_property
    def _keys_by_name(self) -> dict[str, dict[str, str]]:
        """Choices by what people call them: key, whole label, its first word where no other label begins so."""
        found: dict[str, dict[str, str]] = {}
        for name, labels in self._labels_by_key.items():
            firsts = Counter(plain(label).split(" ")[0] for label in labels.values())
            by_first = {first: key for key, label in labels.items() if firsts[first := plain(label).split(" ")[0]] == 1}
            by_label = {plain(label): key for key, label in labels.items()}
            found[name] = self._other_names(name, labels) | by_first | {plain(key): key for key in labels} | by_label
        return found

    def _other_names(self, name: str, labels: Mapping[str, str]) -> dict[str, str]:
        """Offices go by several names."""
        if not name.endswith(("opd", "opds")):
            return {}
        opds = Opd.objects.filter(pk__in=labels)
        return {
            plain(other): str(opd.pk)
            for opd in opds
            for other in (*opd.aliases, opd.code, opd.short_name, opd.name)
            if other
        }

    def text(self, row: Any, name: str) -> str:
        return as_text(self.value(row, name))

    def typed(self, name: str, text: str) -> Typed:
        """As the row's form reads it. Raises UnknownChoiceError for what is in no list."""
        editor = self._pairs[name][1].editor
        if editor == "many":
            return [self._key(name, part) for part in self._parts(name, text)]
        return self._key(name, text) if editor == "choice" and text else text

    def _parts(self, name: str, text: str) -> list[str]:
        """Between semicolons or lines; between commas too where the whole is no label by itself."""
        whole = [part.strip() for part in text.replace("\n", ";").split(";") if part.strip()]
        known = self._keys_by_name[name]
        return [
            piece.strip()
            for part in whole
            for piece in ([part] if plain(part) in known else part.split(","))
            if piece.strip()
        ]

    def _key(self, name: str, text: str) -> str:
        known = self._keys_by_name[name]
        key = known.get(plain(text))
        if key is not None:
            return key
        labels = list(self._labels_by_key[name].values())
        close = process.extractOne(text, labels, scorer=fuzz.WRatio, score_cutoff=SIMILAR, processor=plain)
        hint = f" Mungkin maksudnya “{close[0]}”." if close else ""
        msg = f"“{text.strip()}” tidak ada dalam pilihan.{hint}"
        raise UnknownChoiceError(msg)

    def shown(self, name: str, text: str) -> str:
        """For the preview: money as money where it can be read."""
        if not text or not self.is_money(name):
            return text
        try:
            return format_rupiah(RupiahField(required=False).to_python(text))
        except ValidationError:
            return text

    # -- out ------------------------------------------------------------------------------------------------------

    def sheet(self, rows: list[Any]) -> SheetOut:
        columns = tuple(self._column(name) for name in self.fields)
        lines = (RowOut(row.pk, version_of(row), tuple(self.value(row, name) for name in self.fields)) for row in rows)
        return SheetOut(self.kind.slug, self.kind.title[:31], columns, tuple(lines))

    def _column(self, name: str) -> ColumnOut:
        column, spec = self._pairs[name]
        is_list = spec.editor in {"choice", "many"}
        return ColumnOut(
            field=name,
            label=self.label(name),
            width=WIDTHS.get(column.look, LONG if spec.editor == "long" else PLAIN),
            number_format="" if is_list else FORMATS.get(column.look, ""),
            choices=tuple(label for _, label, _ in spec.choices) if is_list else (),
            is_many=spec.editor == "many",
            is_required=spec.required,
        )


def plain(text: str) -> str:
    return " ".join(str(text).split()).casefold()
