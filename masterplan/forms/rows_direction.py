"""Forms of the direction: RPJMD, vision, missions, goals with yearly targets, strategies, own goals per dimension."""

from typing import Any

from masterplan.forms.rows import Group, RowForm, YearColumn, Yearly
from masterplan.models import Goal, Mission, PlanDimension, PlanSubdimension, Rpjmd, RpjmdMission, Strategy, Vision

HIGHEST_RANK = 99


class RpjmdForm(RowForm):
    groups = (Group("RPJMD", ("period", "vision", "note")),)

    class Meta(RowForm.Meta):
        model = Rpjmd
        fields = ("period", "vision", "note")


class RpjmdMissionForm(RowForm):
    unique_field = "number"
    groups = (Group("Misi RPJMD", ("number", "text")),)

    class Meta(RowForm.Meta):
        model = RpjmdMission
        fields = ("number", "text")


class VisionForm(RowForm):
    groups = (Group("Visi smart city", ("statement", "keywords")),)

    class Meta(RowForm.Meta):
        model = Vision
        fields = ("statement", "keywords")


class MissionForm(RowForm):
    unique_field = "number"
    wide = frozenset({"rpjmd_mission"})
    groups = (Group("Misi smart city", ("number", "text", "rpjmd_mission")),)

    class Meta(RowForm.Meta):
        model = Mission
        fields = ("number", "text", "rpjmd_mission")


class GoalForm(RowForm):
    unique_field = "code"
    yearly = Yearly("targets", (YearColumn("value", "Target"),))
    groups = (
        Group("Sasaran", ("code", "dimension", "text")),
        Group("Indikator", ("indicator", "unit", "baseline_year", "baseline_value")),
    )

    class Meta(RowForm.Meta):
        model = Goal
        fields = ("code", "dimension", "text", "indicator", "unit", "baseline_year", "baseline_value")

    def code_prefix(self) -> str:
        return "SAS-"


class StrategyForm(RowForm):
    unique_field = "code"
    groups = (Group("Strategi", ("dimension", "code", "text")),)

    class Meta(RowForm.Meta):
        model = Strategy
        fields = ("dimension", "code", "text")

    def code_prefix(self) -> str:
        dimension = self.cleaned_data.get("dimension")
        return f"{dimension.code}-S" if dimension else ""


class PlanDimensionForm(RowForm):
    unique_field = "dimension"
    groups = (
        Group("Tujuan daerah", ("dimension", "goal")),
        Group(
            "Prioritas",
            ("priority", "priority_by", "priority_on", "priority_reason"),
            "Isi hanya untuk dimensi yang didahulukan daerah: 1 yang paling dahulu.",
        ),
    )

    class Meta(RowForm.Meta):
        model = PlanDimension
        fields = ("dimension", "goal", "priority", "priority_reason", "priority_by", "priority_on")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        rank = data.get("priority")
        if rank is None and not data.get("goal"):
            self.add_error("goal", "Tulis tujuan daerah, atau beri urutan prioritas.")
        if rank is not None:
            self._check_rank(rank)
        elif any(data.get(name) for name in ("priority_reason", "priority_by", "priority_on")):
            self.add_error("priority", "Beri urutan, atau kosongkan alasan dan keputusannya.")
        return data

    def _check_rank(self, rank: int) -> None:
        if not 1 <= rank <= HIGHEST_RANK:
            self.add_error("priority", f"Urutan harus antara 1 dan {HIGHEST_RANK}.")
        elif other := self.siblings().filter(priority=rank).select_related("dimension").first():
            self.add_error("priority", f"Urutan {rank} sudah dipakai {other.dimension.name}.")
        for name, sentence in (
            ("priority_reason", "Prioritas memerlukan alasan."),
            ("priority_by", "Sebutkan siapa yang memutuskan, misalnya Bupati."),
        ):
            if not self.cleaned_data.get(name):
                self.add_error(name, sentence)


class PlanSubdimensionForm(RowForm):
    unique_field = "name"
    groups = (
        Group(
            "Subdimensi daerah",
            ("name", "subdimension"),
            "Nama yang dipakai daerah, dipetakan ke subdimensi resmi agar tetap dapat dibandingkan.",
        ),
    )

    class Meta(RowForm.Meta):
        model = PlanSubdimension
        fields = ("name", "subdimension")
