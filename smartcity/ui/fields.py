"""Form fields that read money and numbers the way people type them here."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from smartcity.ui.format import format_number, format_typed, parse_number, parse_rupiah, parse_year

LONGEST = 40


class _TypedTextField(forms.CharField):
    """No `max_length` here: its validator would measure the cleaned number."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "class": "num-input"}))
        super().__init__(empty_value="", **options)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value) or ""
        if len(text) > LONGEST:
            msg = f"Paling banyak {LONGEST} aksara."
            raise ValidationError(msg)
        return text

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compares what is meant, not how it is written: 1,5 M is 1.500.000.000."""
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True


class RupiahField(_TypedTextField):
    """Cleans to whole rupiah, or None when left empty."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if text == "":
            return None
        try:
            amount = parse_rupiah(text)
        except ValueError as error:
            raise ValidationError(str(error)) from error
        if not 0 <= amount < 10**15:
            msg = "Jumlah uang harus antara 0 dan 999 triliun rupiah."
            raise ValidationError(msg)
        return amount

    def prepare_value(self, value: Any) -> Any:
        return format_number(value) if isinstance(value, int) else value


class AmountField(_TypedTextField):
    """Cleans to a Decimal with at most four places, or None when left empty."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if text == "":
            return None
        try:
            amount = parse_number(text)
        except ValueError as error:
            raise ValidationError(str(error)) from error
        if abs(amount) >= 10**15 or amount != round(amount, 4):
            msg = "Angka terlalu besar atau lebih dari empat desimal."
            raise ValidationError(msg)
        return amount

    def prepare_value(self, value: Any) -> Any:
        return format_typed(value) if isinstance(value, (Decimal, int)) else value


class YearField(_TypedTextField):
    """Cleans to a year, or None when left empty."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "class": "num-input"}))
        super().__init__(**options)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(str(value) if isinstance(value, int) else value)
        if text == "":
            return None
        try:
            return parse_year(text)
        except ValueError as error:
            raise ValidationError(str(error)) from error


class LinesField(forms.CharField):
    """One item a line; cleans to a list of non-empty texts."""

    def __init__(self, *, item_length: int, **options: Any) -> None:
        self.item_length = item_length
        options.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        options.setdefault("help_text", "Satu butir per baris.")
        super().__init__(**options)

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if any(len(line) > self.item_length for line in lines):
            msg = f"Setiap baris paling panjang {self.item_length} aksara."
            raise ValidationError(msg)
        return lines

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)
