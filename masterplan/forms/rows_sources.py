"""Money by source: a matrix of sources and years inside the programme's form."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms

from masterplan.forms.rows_children import ChildRows, Line
from masterplan.forms.rows_fields import EMPTY
from masterplan.models import Masterplan
from smartcity.ui.fields import RupiahField
from smartcity.ui.format import format_rupiah

AMOUNT = "amount_"


class SourceLineForm(forms.Form):
    """One source; the years' fields are added per plan."""

    source = forms.CharField(
        label="Sumber dana",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"class": "form-control form-control-sm", "list": "daftar-sumber-dana"}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("source") and "source" not in self.errors and any(value for value in data.values()):
            self.add_error("source", "Tulis nama sumbernya.")
        return data

    def cells(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(AMOUNT)]


class SourceMatrix(ChildRows):
    """A line without amounts names a source whose part is not known yet."""

    def form_for(self, plan: Masterplan) -> type[forms.Form]:
        css = "form-control form-control-sm num-input"
        cells = {
            f"{AMOUNT}{year}": RupiahField(
                label=f"Anggaran dari sumber ini {year}",
                required=False,
                widget=forms.TextInput(attrs={"inputmode": "decimal", "class": css, "data-year": str(year)}),
            )
            for year in plan.detail_range
        }
        return type("PlannedSourceLineForm", (self.form,), cells)

    def initial(self, row: Any) -> list[Line]:
        shares = list(row.budgets.all())
        names = dict.fromkeys([*row.funding_sources, *(share.source for share in shares)])
        by_name: dict[str, Line] = {name: {"source": name} for name in names}
        for share in shares:
            by_name[share.source][f"{AMOUNT}{share.year}"] = share.amount
        return list(by_name.values())

    def values(self, formset: Any) -> list[Line]:
        return [
            {"year": year, "source": data["source"], "amount": amount}
            for data in filled(formset)
            for year, amount in amounts_of(data)
            if amount
        ]

    def stored_text(self, row: Any, typed: Sequence[Line]) -> str:
        stored = {(share.year, share.source): share.amount for share in row.budgets.all()}
        if stored == {(line["year"], line["source"]): line["amount"] for line in typed}:
            return ""
        return (
            "\n".join(f"{source} {year}: {format_rupiah(amount)}" for (year, source), amount in stored.items()) or EMPTY
        )


def filled(formset: Any) -> Iterator[Line]:
    """Cleaned lines that name a source."""
    return (
        form.cleaned_data for form in formset if getattr(form, "cleaned_data", None) and form.cleaned_data.get("source")
    )


def amounts_of(data: Mapping[str, Any]) -> Iterator[tuple[int, int]]:
    return ((int(name.removeprefix(AMOUNT)), amount or 0) for name, amount in data.items() if name.startswith(AMOUNT))


def canonical(name: str, known: Sequence[str]) -> str:
    """The list's own spelling of a source typed with other capitals or spaces."""
    typed = " ".join(name.split())
    return next((official for official in known if official.casefold() == typed.casefold()), typed)
