"""Short lists inside a row's form."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from masterplan.forms.rows_fields import EMPTY
from masterplan.models import Masterplan

type Line = dict[str, Any]


@dataclass(frozen=True)
class ChildRows:
    """Child rows of `relation`; `extra` empty lines are offered, an emptied line is removed."""

    relation: str
    title: str
    hint: str
    form: type[forms.Form]
    extra: int = 2

    def form_for(self, plan: Masterplan) -> type[forms.Form]:  # noqa: ARG002 - lines with a cell a year need it
        """The form of one line."""
        return self.form

    def initial(self, row: Any) -> list[Line]:
        return list(getattr(row, self.relation).values(*self.form.base_fields))

    def values(self, formset: Any) -> list[Line]:
        """What the domain verb writes."""
        return [form.cleaned_data for form in formset if form.cleaned_data and any(form.cleaned_data.values())]

    def stored_text(self, row: Any, typed: Sequence[Line]) -> str:
        """What is stored now as text, or nothing where the same was typed."""
        rows = list(getattr(row, self.relation).all())
        names = tuple(self.form.base_fields)
        differs = [{name: line[name] for name in names} for line in typed] != [
            {name: getattr(child, name) for name in names} for child in rows
        ]
        return "\n".join(str(child) for child in rows) or EMPTY if differs else ""
