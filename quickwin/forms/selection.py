"""Forms of a round: what opens it, a scorer's marks on one candidate, the decision on all."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from masterplan.models import Masterplan, Programme
from quickwin.domain.deciding import MAX_REASON, Verdict
from quickwin.domain.scoring import MAX_NOTE, Mark, Marks
from quickwin.enums import Decision
from quickwin.models import Candidate, Criterion
from quickwin.models.selection import POINTS
from quickwin.rules import scorers_for
from smartcity.ui.refusal import Incomplete

# What a point means, so that several people mean the same by it.
MEANINGS = {1: "sangat lemah", 2: "lemah", 3: "cukup", 4: "kuat", 5: "sangat kuat"}


class RoundForm(forms.Form):
    year = forms.TypedChoiceField(label="Tahun", coerce=int)
    programmes = forms.TypedMultipleChoiceField(
        label="Calon", coerce=int, error_messages={"required": "Pilih paling sedikit satu calon."}
    )
    scorers = forms.TypedMultipleChoiceField(
        label="Penilai", coerce=int, error_messages={"required": "Pilih paling sedikit dua penilai."}
    )

    def __init__(self, *args: Any, plan: Masterplan, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.register = list(register_of(plan))
        self.people = list(scorers_for(plan))
        self._choose("year", [(year, str(year)) for year in years])
        self._choose("programmes", [(row.pk, str(row)) for row in self.register])
        self._choose("scorers", [(user.pk, user.display_name) for user in self.people])

    def _choose(self, name: str, choices: list[tuple[int, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def is_ticked(self, name: str, pk: int) -> bool:
        return str(pk) in [str(value) for value in self[name].value() or ()]


def register_of(plan: Masterplan) -> Any:
    """What can be a candidate: programmes of the register that are not dropped, by dimension."""
    rows = Programme.objects.active().filter(plan=plan).select_related("dimension", "lead_opd")
    return rows.order_by("dimension__position", "position", "pk")


class MarksForm(forms.Form):
    """Points and a note on every criterion of one candidate; points may be left for later."""

    versi = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**32)

    def __init__(self, data: QueryDict | None = None, *, criteria: list[Criterion], marks: Marks, version: int) -> None:
        initial: dict[str, Any] = {"versi": version}
        for key, mark in marks.items():
            initial |= {f"nilai-{key}": mark.points, f"catatan-{key}": mark.note}
        super().__init__(data, initial=initial)
        self.criteria = criteria
        for criterion in criteria:
            self.fields[f"nilai-{criterion.pk}"] = forms.TypedChoiceField(
                label=criterion.name, required=False, coerce=int, empty_value=None,
                choices=[(each, str(each)) for each in POINTS], error_messages={"invalid_choice": "Nilai 1 sampai 5."},
            )  # fmt: skip
            self.fields[f"catatan-{criterion.pk}"] = forms.CharField(
                label=f"Catatan {criterion.name}", required=False, max_length=MAX_NOTE
            )

    def lines(self) -> list[dict[str, Any]]:
        """What the page draws: a criterion with its fields."""
        return [
            {
                "criterion": criterion,
                "points": self[f"nilai-{criterion.pk}"],
                "note": self[f"catatan-{criterion.pk}"],
                "chosen": str(self[f"nilai-{criterion.pk}"].value() or ""),
            }
            for criterion in self.criteria
        ]

    @property
    def marks(self) -> dict[int, Mark]:
        """Raises Incomplete where a field is not as it must be; the form says which."""
        if not self.is_valid():
            raise Incomplete("Periksa isian ini.")
        data = self.cleaned_data
        return {each.pk: Mark(data[f"nilai-{each.pk}"], data[f"catatan-{each.pk}"].strip()) for each in self.criteria}


class VerdictsForm(forms.Form):
    """A decision with its reason for every candidate; whether all are there is asked when it is decided."""

    def __init__(self, data: QueryDict | None = None, *, candidates: list[Candidate]) -> None:
        super().__init__(data)
        self.candidates = candidates
        for candidate in candidates:
            self.fields[f"keputusan-{candidate.pk}"] = forms.ChoiceField(
                choices=Decision, required=False, label=f"Keputusan atas {candidate}"
            )
            self.fields[f"alasan-{candidate.pk}"] = forms.CharField(
                required=False, max_length=MAX_REASON, label=f"Alasan atas {candidate}"
            )

    def fields_of(self, candidate: Candidate) -> Mapping[str, Any]:
        return {"decision": self[f"keputusan-{candidate.pk}"], "reason": self[f"alasan-{candidate.pk}"]}

    @property
    def verdicts(self) -> dict[int, Verdict]:
        """Raises Incomplete where a field is not as it must be; the form says which."""
        if not self.is_valid():
            raise Incomplete("Periksa isian ini.")
        data = self.cleaned_data
        return {
            each.pk: Verdict(data.get(f"keputusan-{each.pk}", ""), data.get(f"alasan-{each.pk}", ""))
            for each in self.candidates
        }
