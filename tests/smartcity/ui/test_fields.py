"""Money and numbers typed into forms."""

from decimal import Decimal
from typing import Any

import pytest
from django import forms

from smartcity.ui.fields import AmountField, RupiahField


class Budget(forms.Form):
    money = RupiahField(required=False)
    amount = AmountField(required=False)


def cleaned(**data: str) -> dict[str, Any]:
    form = Budget(data)
    return form.cleaned_data if form.is_valid() else dict(form.errors)


def test_fields_clean_to_whole_rupiah_and_decimals() -> None:
    assert cleaned(money="1,45 M", amount="1.234,5") == {"money": 1_450_000_000, "amount": Decimal("1234.5")}


def test_empty_fields_clean_to_none() -> None:
    assert cleaned(money="  ", amount="") == {"money": None, "amount": None}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("-5", "Jumlah uang harus antara 0 dan 999 triliun rupiah."),
        ("1000 T", "Jumlah uang harus antara 0 dan 999 triliun rupiah."),
        ("1,45", "“1,45” kurang satuannya. Tulis misalnya 1,45 M atau 1450 jt."),
        ("9" * 41, "Paling banyak 40 aksara."),
    ],
)
def test_refused_money_says_why(typed: str, sentence: str) -> None:
    assert cleaned(money=typed) == {"money": [sentence]}


def test_stored_values_are_shown_as_people_write_them() -> None:
    shown = str(Budget(initial={"money": 1_450_000_000, "amount": Decimal("1234.5000")}))
    assert 'value="1.450.000.000"' in shown
    assert 'value="1.234,5"' in shown


@pytest.mark.parametrize(
    ("typed", "changed"),
    [("1.450.000.000", []), ("1,45 M", []), ("1,5 M", ["money"]), ("", ["money"]), ("1.4", ["money"])],
)
def test_another_way_to_write_the_same_amount_is_no_change(typed: str, changed: list[str]) -> None:
    form = Budget({"money": typed, "amount": "1.234,5"}, initial={"money": 1_450_000_000, "amount": Decimal("1234.5")})
    assert form.changed_data == changed
