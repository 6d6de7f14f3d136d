"""Sources of money: a known list to tick, and lines for any other source."""

from collections.abc import Sequence
from typing import Any

from django import forms

from masterplan.domain.codes import funding_names
from masterplan.forms.rows import RowForm
from smartcity.ui.fields import LinesField


class FundingForm(RowForm):
    """Adds the list of sources as boxes to tick, and lines for any other source."""

    funding_known = forms.MultipleChoiceField(
        label="Sumber pendanaan",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    funding_other = LinesField(label="Sumber lain", required=False, item_length=60, help_text="Satu sumber per baris.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stored: Sequence[str] = self.instance.funding_sources if self.instance.pk else ()
        known = funding_names()
        offered: Any = self.fields["funding_known"]
        offered.choices = [(name, name) for name in known]
        self.initial["funding_known"] = [name for name in stored if name in known]
        self.initial["funding_other"] = [name for name in stored if name not in known]

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        chosen = [*data.get("funding_known", []), *data.get("funding_other", [])]
        stored: Sequence[str] = self.instance.funding_sources if self.instance.pk else ()
        ordered = [name for name in stored if name in chosen] + [name for name in chosen if name not in stored]
        return {**super().values(), "funding_sources": list(dict.fromkeys(ordered))}
