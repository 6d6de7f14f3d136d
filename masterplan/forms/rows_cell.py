"""One cell of a table: what its editor starts from, what it offers, and the row's form narrowed to it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as kept
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.datastructures import MultiValueDict

from masterplan.forms.rows import RowChoices, RowForm
from masterplan.forms.rows_fields import choices_of
from masterplan.forms.rows_kind import Column, Look, RowKind
from masterplan.models import Masterplan
from smartcity.ui.fields import LinesField, RupiahField
from smartcity.ui.format import format_number, parse_number

SMALLEST_PLAIN = 1_000_000
type Typed = str | list[str]


@dataclass(frozen=True)
class Spec:
    """What the browser needs to edit the cells of a column; `choices` are key, label and the dimension they belong to."""

    field: str
    label: str
    editor: str = ""
    required: bool = False
    choices: list[tuple[str, str, str]] = kept(default_factory=list)
    initial: Typed = ""


def specs_of(kind: RowKind, columns: Iterable[Column], choices: RowChoices, row: Any = None) -> list[Spec]:
    """One entry a column, in order; a column without an editor is read-only. A few fields exist only for a stored row."""
    form = kind.form(instance=row, choices=choices)
    return [_spec(column, form) for column in columns]


def _spec(column: Column, form: RowForm) -> Spec:
    label = f"{column.group} {column.label}".strip()
    if column.field not in form.fields:
        return Spec("", label)
    described = form.fields[column.field]
    return Spec(
        column.field,
        label,
        _editor(described),
        described.required and column.field != "code",
        _offered(described),
        typed(form, column.field),
    )


def _editor(described: forms.Field) -> str:
    kinds: tuple[tuple[Any, str], ...] = (
        (forms.ModelMultipleChoiceField, "many"),
        (forms.MultipleChoiceField, "many"),
        (forms.ModelChoiceField, "choice"),
        (forms.ChoiceField, "choice"),
    )
    for kind, name in kinds:
        if isinstance(described, kind):
            return name
    if isinstance(described, LinesField) or isinstance(described.widget, forms.Textarea):
        return "long"
    return "number" if described.widget.attrs.get("inputmode") or described.widget.input_type == "number" else "text"


def _offered(described: Any) -> list[tuple[str, str, str]]:
    if isinstance(described, forms.ModelChoiceField):
        return [
            (
                str(row.pk),
                _named(row, str(described.label_from_instance(row))),
                str(getattr(row, "dimension_id", "") or ""),
            )
            for row in choices_of(described)
        ]
    return [(str(key), str(label), "") for key, label in getattr(described, "choices", ()) if key != ""]


def _named(row: Any, label: str) -> str:
    """Beginning with the code, which is what people type to choose; six names begin with "Smart"."""
    code = str(getattr(row, "code", ""))
    return label if label.casefold().startswith(code.casefold()) else f"{code} {label}"


def raw_text(column: Column, row: Any, value: Any) -> str | None:
    """As `typed`, worked out from the row without building its form: a table asks for thousands of these."""
    if not column.field:
        return None
    if column.is_number:
        return "" if value is None else _number(value)
    stored = getattr(row, f"{column.field}_id", _ABSENT)
    if stored is not _ABSENT:
        return "" if stored is None else str(stored)
    stored = getattr(row, column.field, value)
    if isinstance(stored, models.manager.BaseManager):
        return "\n".join(str(other.pk) for other in stored.all())
    if isinstance(stored, (list, tuple)):
        return "\n".join(str(item) for item in stored)
    return "" if stored is None else str(stored)


def _number(value: Any) -> str:
    return f"{value:,d}".replace(",", ".") if isinstance(value, int) else format_number(value)


_ABSENT = object()


def typed(form: RowForm, name: str) -> Typed:
    """What an untouched browser would send for this field."""
    value = form[name].value()
    if isinstance(value, (list, tuple)):
        return [str(getattr(item, "pk", item)) for item in value]
    return "" if value is None else str(value)


def cell_form(kind: RowKind, row: Any, choices: RowChoices, *, name: str, value: Typed) -> RowForm | None:
    """As `cells_form` for one field; None where no column of the table shows it."""
    if not name or not any(each.field == name for each in columns_of(kind, choices.plan)):
        return None
    form = cells_form(kind, row, choices, {name: value})
    return form if name in form.fields else None


def cells_form(kind: RowKind, row: Any, choices: RowChoices, cells: Mapping[str, Typed]) -> RowForm:
    """The kind's own form that reads these fields and takes the rest as stored."""
    data = MultiValueDict({name: value if isinstance(value, list) else [value] for name, value in cells.items()})
    form = kind.form(data, instance=row, choices=choices, only=cells.keys())
    for column in columns_of(kind, choices.plan):
        if column.field in cells:
            _refuse_bare_millions(column, form)
    return form


def columns_of(kind: RowKind, plan: Masterplan) -> tuple[Column, ...]:
    """What the table shows for the whole detailed range."""
    return (*kind.columns, *kind.year_columns(plan, plan.detail_range))


def workbook_columns(kind: RowKind, plan: Masterplan) -> tuple[Column, ...]:
    """What a workbook carries: the table's columns and what only the row's page shows, years last."""
    return (*kind.columns, *kind.extra_columns, *kind.year_columns(plan, plan.detail_range))


def draft_form(kind: RowKind, choices: RowChoices, answers: Mapping[str, Typed]) -> RowForm:
    """A whole new row from a few cells; what no cell answers stays as an untouched form offers it."""
    untouched = kind.form(choices=choices)
    data: MultiValueDict[str, str] = MultiValueDict()
    for name in untouched.fields:
        value = answers.get(name, typed(untouched, name))
        data.setlist(name, [item for item in (value if isinstance(value, list) else [value]) if item])
    for _, formset in untouched.child_sets:
        for bound in formset.management_form:
            data[bound.html_name] = str(bound.value() or 0)
    form = kind.form(data, choices=choices)
    for column in columns_of(kind, choices.plan):
        _refuse_bare_millions(column, form)
    return form


def _refuse_bare_millions(column: Column, form: RowForm) -> None:
    """Under a heading "juta rupiah", 1450 may mean 1.450 rupiah or 1.450 million."""
    described = form.fields.get(column.field)
    if column.look == Look.MILLION and isinstance(described, RupiahField):
        form.fields[column.field] = _UnitNeeded(described)


class _UnitNeeded(RupiahField):
    def __init__(self, described: RupiahField) -> None:
        super().__init__(label=described.label, required=described.required, widget=described.widget)

    def to_python(self, value: Any) -> Any:
        amount = super().to_python(value)
        if amount and amount < SMALLEST_PLAIN and _is_bare(str(value)):
            shown = str(value).strip()
            msg = f"“{shown}” dapat dibaca {shown} rupiah atau {shown} juta. Tulis {shown} jt, atau angka lengkapnya."
            raise ValidationError(msg)
        return amount


def _is_bare(text: str) -> bool:
    try:
        parse_number(text)
    except ValueError:
        return False
    return True


def sentence_of(form: RowForm, name: str) -> str:
    """Why the cell is refused; what another field says against it is named after that field."""
    own = [str(sentence) for sentence in form.errors.get(name, ())]
    others = [
        f"{form.fields[other].label if other in form.fields else ''}: {sentence}".removeprefix(": ")
        for other, sentences in form.errors.items()
        if other != name
        for sentence in sentences
    ]
    hint = " Ubah keduanya bersama di lembar baris." if others and not own else ""
    return " ".join([*own, *others]) + hint
