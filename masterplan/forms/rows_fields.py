"""Form fields of planning rows and how a value reads as text."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.db import models

from smartcity.ui.fields import AmountField, LinesField, RupiahField, YearField
from smartcity.ui.format import format_date, format_number, format_rupiah

type ModelChoice = forms.ModelChoiceField[Any]
EMPTY = "–"
YEAR_NAME = re.compile(r"(^|_)year$")


def form_field_of(db_field: "models.Field[Any, Any]", **kwargs: Any) -> forms.Field | None:
    """Money, decimals, lists and long texts get the house's own fields."""
    required = not db_field.blank and not db_field.has_default()
    label = str(db_field.verbose_name)
    if isinstance(db_field, ArrayField) and not db_field.base_field.choices:
        return LinesField(label=label, required=required, item_length=db_field.base_field.max_length or 0)
    if isinstance(db_field, models.BigIntegerField):
        return RupiahField(label=label, required=False)
    if isinstance(db_field, models.PositiveIntegerField) and YEAR_NAME.search(db_field.name):
        return YearField(label=label, required=required)
    if isinstance(db_field, models.DecimalField):
        return AmountField(label=label, required=required)
    if isinstance(db_field, models.TextField):
        kwargs["widget"] = forms.Textarea(attrs={"rows": 3})
    if isinstance(db_field, models.DateField):
        kwargs["widget"] = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return db_field.formfield(**kwargs)


def shown(bound: forms.BoundField, value: Any) -> str:
    """The value as a reader sees it."""
    field = bound.field
    if isinstance(field, forms.ModelChoiceField):
        return _shown_rows(field, value)
    if isinstance(field, forms.MultipleChoiceField):
        return ", ".join(_label(field, item) for item in value or ()) or EMPTY
    if isinstance(field, forms.ChoiceField):
        return _label(field, value)
    return _shown_plain(field, value)


def _shown_plain(field: forms.Field, value: Any) -> str:
    if value is None or value in ("", []):
        return EMPTY
    if isinstance(field, RupiahField):
        return format_rupiah(value)
    if isinstance(field, AmountField) or isinstance(value, Decimal):
        return format_number(value)
    if isinstance(field, forms.DateField):
        return format_date(value)
    return "\n".join(value) if isinstance(value, list) else str(value)


def _shown_rows(field: ModelChoice, value: Any) -> str:
    if value in (None, "", []):
        return EMPTY
    if isinstance(field, forms.ModelMultipleChoiceField):
        return ", ".join(_row_label(field, row) for row in value) or EMPTY
    row = value if isinstance(value, models.Model) else choices_of(field).filter(pk=value).first()
    return _row_label(field, row) if row is not None else EMPTY


def choices_of(field: ModelChoice) -> models.QuerySet[Any]:
    rows: models.QuerySet[Any] = field.queryset  # type: ignore[assignment]
    return rows


def _row_label(field: ModelChoice, row: Any) -> str:
    if isinstance(row, models.Model):
        return str(field.label_from_instance(row))
    return str(row)


def _label(field: forms.ChoiceField, value: Any) -> str:
    choices: Any = field.choices
    for key, label in choices:
        if str(key) == str(value):
            return str(label) if value not in (None, "") else EMPTY
    return EMPTY if value in (None, "") else str(value)
