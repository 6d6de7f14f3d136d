"""Forms of Buku I: issues, readiness, SWOT, TOWS, gap."""

from typing import Any, ClassVar

from django import forms

from masterplan.enums import SwotKind
from masterplan.forms.rows import Group, RowForm
from masterplan.models import Gap, Issue, ReadinessItem, SwotItem, TowsItem

SWOT_LETTERS = {
    SwotKind.STRENGTH: "S",
    SwotKind.WEAKNESS: "W",
    SwotKind.OPPORTUNITY: "O",
    SwotKind.THREAT: "T",
}
SCORES = (
    (0, "0 · belum ada"),
    (1, "1 · dirintis"),
    (2, "2 · berjalan sebagian"),
    (3, "3 · berjalan baik"),
    (4, "4 · matang"),
)


class IssueForm(RowForm):
    groups = (Group("Isu", ("dimension", "text")),)

    class Meta(RowForm.Meta):
        model = Issue
        fields = ("dimension", "text")


class ReadinessForm(RowForm):
    groups = (
        Group("Yang diukur", ("group", "element", "indicator")),
        Group("Keadaan sekarang", ("value", "unit", "year", "score", "source", "note")),
    )
    score = forms.TypedChoiceField(label="Tingkat kesiapan (0–4)", choices=SCORES, coerce=int)

    class Meta(RowForm.Meta):
        model = ReadinessItem
        fields = ("group", "element", "indicator", "value", "unit", "year", "score", "source", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.initial.setdefault("year", self.plan.base_year)


class SwotForm(RowForm):
    unique_field = "code"
    groups = (Group("Butir SWOT", ("kind", "code", "readiness_group", "text")),)

    class Meta(RowForm.Meta):
        model = SwotItem
        fields = ("kind", "code", "readiness_group", "text")

    def code_prefix(self) -> str:
        kind = self.cleaned_data.get("kind")
        return SWOT_LETTERS[SwotKind(kind)] if kind else ""


class TowsForm(RowForm):
    unique_field = "code"
    groups = (Group("Arah strategi", ("kind", "code", "text")), Group("Kaitan", ("sources", "dimensions")))

    class Meta(RowForm.Meta):
        model = TowsItem
        fields = ("kind", "code", "text", "sources", "dimensions")
        widgets: ClassVar[dict[str, Any]] = {
            "sources": forms.CheckboxSelectMultiple,
            "dimensions": forms.CheckboxSelectMultiple,
        }

    def code_prefix(self) -> str:
        kind = self.cleaned_data.get("kind")
        return f"TOWS-{kind}" if kind else ""


class GapForm(RowForm):
    wide = frozenset({"closing_strategy"})
    groups = (Group("Kesenjangan", ("dimension", "current", "ideal", "gap", "closing_strategy")),)

    class Meta(RowForm.Meta):
        model = Gap
        fields = ("dimension", "current", "ideal", "gap", "closing_strategy")
