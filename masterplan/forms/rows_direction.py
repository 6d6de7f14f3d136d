"""Forms of the direction: RPJMD, vision, missions, goals with yearly targets, strategies, own goals per dimension."""

from masterplan.forms.rows import Group, RowForm, YearColumn, Yearly
from masterplan.models import Goal, Mission, PlanDimension, Rpjmd, RpjmdMission, Strategy, Vision


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
    groups = (Group("Tujuan daerah", ("dimension", "goal")),)

    class Meta(RowForm.Meta):
        model = PlanDimension
        fields = ("dimension", "goal")
