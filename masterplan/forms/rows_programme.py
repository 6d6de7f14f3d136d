"""Forms of the action plan: programmes, support actions, periods of the roadmap."""

from typing import Any, ClassVar

from django import forms

from masterplan.enums import Horizon, SupportGroup
from masterplan.forms.rows import Group, RowForm, YearColumn, Yearly
from masterplan.forms.rows_funding import FundingForm
from masterplan.models import Programme, RoadmapPeriod, SupportAction

WORK_YEARS = Yearly("years", (YearColumn("target", "Target"), YearColumn("budget", "Anggaran (Rp)", is_rupiah=True)))
SUPPORT_CODES = {
    SupportGroup.POLICY: "RA-KL",
    SupportGroup.INFRASTRUCTURE: "RA-INF",
    SupportGroup.APPLICATION: "RA-APP",
    SupportGroup.LITERACY: "RA-LIT",
    SupportGroup.CAPACITY: "RA-SDM",
}
MEASURE = Group(
    "Indikator",
    ("indicator", "unit", "direction", "baseline_year", "baseline_value"),
    "Satu ukuran yang menunjukkan program ini berhasil, dengan keadaan awal.",
)


class ProgrammeForm(FundingForm):
    unique_field = "code"
    code_width = 2
    yearly = WORK_YEARS
    wide = frozenset({"strategy", "rpjmd_mission"})
    groups = (
        Group("Program", ("dimension", "subdimension", "strategy", "name", "code", "activities")),
        Group("Pelaksana", ("lead_opd", "location", "supporting_opds")),
        MEASURE,
        Group("Pendanaan", ("funding_known", "funding_other")),
        Group("Kaitan", ("horizons", "rpjmd_mission", "subactivity_code")),
    )
    horizons = forms.MultipleChoiceField(
        label="Jangka", choices=Horizon, widget=forms.CheckboxSelectMultiple, required=False
    )

    class Meta(RowForm.Meta):
        model = Programme
        fields = (
            "dimension",
            "subdimension",
            "strategy",
            "code",
            "name",
            "activities",
            "lead_opd",
            "supporting_opds",
            "location",
            "indicator",
            "unit",
            "direction",
            "baseline_year",
            "baseline_value",
            "horizons",
            "rpjmd_mission",
            "subactivity_code",
        )
        widgets: ClassVar[dict[str, Any]] = {
            "name": forms.TextInput,
            "supporting_opds": forms.CheckboxSelectMultiple,
        }

    def code_prefix(self) -> str:
        dimension = self.cleaned_data.get("dimension")
        return f"{dimension.code}-P" if dimension else ""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        dimension = data.get("dimension")
        for name in ("subdimension", "strategy"):
            part = data.get(name)
            if dimension and part and part.dimension_id != dimension.pk:
                self.add_error(name, f"{part.code} bukan bagian dari {dimension.name}.")
        return data


class SupportActionForm(RowForm):
    unique_field = "code"
    yearly = WORK_YEARS
    groups = (
        Group("Aksi", ("group", "code", "name")),
        Group("Pelaksana", ("lead_opd", "supporting_opds")),
        Group("Indikator", ("indicator", "unit", "baseline_year", "baseline_value")),
    )

    class Meta(RowForm.Meta):
        model = SupportAction
        fields = (
            "group",
            "code",
            "name",
            "lead_opd",
            "supporting_opds",
            "indicator",
            "unit",
            "baseline_year",
            "baseline_value",
        )
        widgets: ClassVar[dict[str, Any]] = {"supporting_opds": forms.CheckboxSelectMultiple}

    def code_prefix(self) -> str:
        group = self.cleaned_data.get("group")
        return SUPPORT_CODES[SupportGroup(group)] if group else ""


class RoadmapPeriodForm(RowForm):
    unique_field = "horizon"
    groups = (Group("Periode", ("horizon", "start_year", "end_year", "theme")),)

    class Meta(RowForm.Meta):
        model = RoadmapPeriod
        fields = ("horizon", "start_year", "end_year", "theme")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        start, end = data.get("start_year"), data.get("end_year")
        if start and end and start > end:
            self.add_error("end_year", "Tahun akhir lebih awal daripada tahun awal.")
        for name in ("start_year", "end_year"):
            year = data.get(name)
            if year and not self.plan.start_year <= year <= self.plan.end_year:
                self.add_error(name, f"Tahun ini di luar masa rencana {self.plan.period}.")
        return data
