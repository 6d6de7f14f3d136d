"""The quick win's form with its risks and its milestones per quarter."""

from typing import Any

from django import forms

from masterplan.forms.rows import Group
from masterplan.forms.rows_children import ChildRows
from masterplan.forms.rows_funding import FundingForm
from quickwin.models import QuickWin

LEVELS = ((1, "1 · rendah"), (2, "2 · sedang"), (3, "3 · tinggi"))
QUARTERS = ((1, "Triwulan I"), (2, "Triwulan II"), (3, "Triwulan III"), (4, "Triwulan IV"))


class LevelField(forms.TypedChoiceField):
    def __init__(self, label: str, choices: tuple[tuple[int, str], ...]) -> None:
        super().__init__(label=label, choices=(("", "–"), *choices), coerce=int, empty_value=None, required=False)


class RiskForm(forms.Form):
    text = forms.CharField(label="Risiko", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    likelihood = LevelField("Kemungkinan", LEVELS)
    impact = LevelField("Dampak", LEVELS)
    mitigation = forms.CharField(label="Mitigasi", required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        return _whole(self, data, needed=("likelihood", "impact"))


class MilestoneForm(forms.Form):
    """`done_on` and `late_reason` are part of the line, so that saving the sheet keeps what was reported meanwhile."""

    quarter = LevelField("Triwulan", QUARTERS)
    text = forms.CharField(label="Capaian", required=False, max_length=250)
    done_on = forms.DateField(
        label="Selesai", required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    late_reason = forms.CharField(label="Alasan terlambat", required=False, max_length=300)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        return _whole(self, data, needed=("quarter",))


def _whole(form: forms.Form, data: dict[str, Any], *, needed: tuple[str, ...]) -> dict[str, Any]:
    """A line without text is no line; a line with text needs its levels."""
    if not data.get("text"):
        return {}
    for name in needed:
        if data.get(name) is None and name not in form.errors:
            form.add_error(name, "Pilih salah satu.")
    return data


class QuickWinForm(FundingForm):
    unique_field = "code"
    code_width = 2
    children = (
        ChildRows("risks", "Risiko", "Kemungkinan dan dampak dari 1 (rendah) sampai 3 (tinggi).", RiskForm, extra=2),
        ChildRows("milestones", "Tonggak", "Apa yang tercapai tiap triwulan.", MilestoneForm, extra=4),
    )
    wide = frozenset({"programme", "issue"})
    groups = (
        Group(
            "Quick win",
            (
                "programme", "name", "short_name", "code", "year", "dimension", "lead_opd", "contact_position",
                "location",
            ),
        ),
        Group("Mengapa", ("issue", "problem", "description", "goal")),
        Group("Bagi warga", ("beneficiaries", "benefit", "attraction", "uniqueness")),
        Group("Agar bertahan", ("partners", "partnership", "potential", "sustainability", "resources")),
        Group("Anggaran dan target", ("budget", "indicator", "year_end_target", "funding_known", "funding_other")),
        Group("Keadaan", ("status", "continuation", "origin_year")),
    )  # fmt: skip

    class Meta(FundingForm.Meta):
        model = QuickWin
        fields = (
            "programme", "name", "short_name", "code", "year", "dimension", "lead_opd", "contact_position", "location",
            "issue", "problem", "description", "goal", "beneficiaries", "benefit", "attraction", "uniqueness",
            "partners", "partnership", "potential", "sustainability", "resources", "budget", "indicator",
            "year_end_target", "status", "continuation", "origin_year",
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["origin_year"].required = False
        self.fields["sustainability"].help_text = "Aturan, lembaga, sumber daya, dan biayanya sesudah tahun ini."
        self.fields["origin_year"].help_text = "Kosongkan bila sama dengan tahunnya."
        if not self.instance.pk:
            self.initial.setdefault("year", self.plan.start_year)

    def code_prefix(self) -> str:
        return "QW-"

    def clean_budget(self) -> int:
        return self.cleaned_data["budget"] or 0

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        data["origin_year"] = data.get("origin_year") or data.get("year")
        programme, dimension = data.get("programme"), data.get("dimension")
        if programme and dimension and programme.dimension_id != dimension.pk:
            self.add_error("dimension", f"Program {programme.code} bukan bagian dari {dimension.name}.")
        year, origin = data.get("year"), data.get("origin_year")
        if year and not self.plan.start_year <= year <= self.plan.end_year:
            self.add_error("year", f"Tahun ini di luar masa rencana {self.plan.period}.")
        if year and origin and origin > year:
            self.add_error("origin_year", "Tahun asal tidak boleh sesudah tahunnya.")
        return data
