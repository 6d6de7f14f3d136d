"""Forms of the action plan beside programmes: support actions, periods of the roadmap, budget ceilings."""

from typing import Any, ClassVar

from django import forms

from masterplan.domain.codes import funding_names
from masterplan.enums import SupportGroup
from masterplan.forms.rows import Group, RowForm, YearColumn, Yearly
from masterplan.forms.rows_sources import canonical
from masterplan.models import BudgetCeiling, RoadmapPeriod, SupportAction

WORK_YEARS = Yearly("years", (YearColumn("target", "Target"), YearColumn("budget", "Anggaran (Rp)", is_rupiah=True)))
SUPPORT_CODES = {
    SupportGroup.POLICY: "RA-KL",
    SupportGroup.INFRASTRUCTURE: "RA-INF",
    SupportGroup.APPLICATION: "RA-APP",
    SupportGroup.LITERACY: "RA-LIT",
    SupportGroup.CAPACITY: "RA-SDM",
}


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


class BudgetCeilingForm(RowForm):
    groups = (
        Group(
            "Pagu",
            ("year", "source", "amount", "note"),
            "Batas uang satu tahun, untuk satu sumber atau untuk semua sumber bersama.",
        ),
    )

    class Meta(RowForm.Meta):
        model = BudgetCeiling
        fields = ("year", "source", "amount", "note")
        widgets: ClassVar[dict[str, Any]] = {"source": forms.TextInput(attrs={"list": "daftar-sumber-dana"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"].required = True
        self.fields["source"].help_text = "Kosong: pagu seluruh tahun, semua sumber."
        self.known_sources = funding_names()

    def clean_source(self) -> str:
        return canonical(self.cleaned_data["source"], self.known_sources)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        year, source = data.get("year"), data.get("source", "")
        if year and not self.plan.start_year <= year <= self.plan.end_year:
            self.add_error("year", f"Tahun ini di luar masa rencana {self.plan.period}.")
        if year and self.siblings().filter(year=year, source__iexact=source).exists():
            self.add_error("year", f"Pagu {source or 'semua sumber'} {year} sudah ada. Ubah baris itu.")
        return data
