"""Rows that set the direction: RPJMD, vision, missions, goals with yearly targets, strategies."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models

from masterplan.models.dimension import Dimension, Subdimension
from masterplan.models.plan import Masterplan
from masterplan.models.row import PlanRow


@pghistory.track()
class Rpjmd(models.Model):
    """The regional medium-term plan that this masterplan must agree with."""

    plan = models.OneToOneField(Masterplan, models.CASCADE, related_name="rpjmd", verbose_name="Rencana")
    period = models.CharField("Periode", max_length=20)
    vision = models.TextField("Visi RPJMD")
    note = models.TextField("Catatan", blank=True, default="")
    version = models.PositiveIntegerField("Versi", default=1)

    class Meta:
        verbose_name = "RPJMD"
        verbose_name_plural = "RPJMD"

    def __str__(self) -> str:
        return f"RPJMD {self.period}"


@pghistory.track()
class RpjmdMission(PlanRow):
    number = models.PositiveSmallIntegerField("Nomor")
    text = models.TextField("Misi RPJMD")

    class Meta(PlanRow.Meta):
        verbose_name = "misi RPJMD"
        verbose_name_plural = "misi RPJMD"
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="rpjmd_mission_number_once")]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"


@pghistory.track()
class Vision(models.Model):
    plan = models.OneToOneField(Masterplan, models.CASCADE, related_name="vision", verbose_name="Rencana")
    keywords = ArrayField(models.CharField(max_length=80), verbose_name="Kata kunci", default=list, blank=True)
    statement = models.TextField("Pernyataan visi")
    version = models.PositiveIntegerField("Versi", default=1)

    class Meta:
        verbose_name = "visi"
        verbose_name_plural = "visi"

    def __str__(self) -> str:
        return self.statement


@pghistory.track()
class Mission(PlanRow):
    number = models.PositiveSmallIntegerField("Nomor")
    text = models.TextField("Misi")
    rpjmd_mission = models.ForeignKey(
        RpjmdMission,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="missions",
        verbose_name="Selaras dengan misi RPJMD",
    )

    class Meta(PlanRow.Meta):
        verbose_name = "misi"
        verbose_name_plural = "misi"
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="mission_number_once")]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"


@pghistory.track()
class Goal(PlanRow):
    """A sasaran with one indicator; baseline and targets are in the indicator's unit."""

    code = models.CharField("Kode", max_length=16)
    text = models.TextField("Sasaran")
    dimension = models.ForeignKey(Dimension, models.PROTECT, related_name="goals", verbose_name="Dimensi")
    indicator = models.CharField("Indikator", max_length=250)
    unit = models.CharField("Satuan", max_length=60)
    baseline_year = models.PositiveIntegerField("Tahun baseline")
    baseline_value = models.DecimalField("Nilai baseline", max_digits=20, decimal_places=4)

    class Meta(PlanRow.Meta):
        verbose_name = "sasaran"
        verbose_name_plural = "sasaran"
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="goal_code_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"


@pghistory.track()
class GoalTarget(models.Model):
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="targets", verbose_name="Sasaran")
    year = models.PositiveIntegerField("Tahun")
    value = models.DecimalField("Target", max_digits=20, decimal_places=4)

    class Meta:
        verbose_name = "target sasaran"
        verbose_name_plural = "target sasaran"
        ordering = ["year"]
        constraints = [models.UniqueConstraint(fields=["goal", "year"], name="goal_target_once")]

    def __str__(self) -> str:
        return f"{self.goal.code} {self.year}"


@pghistory.track()
class Strategy(PlanRow):
    code = models.CharField("Kode", max_length=16)
    dimension = models.ForeignKey(Dimension, models.PROTECT, verbose_name="Dimensi")
    text = models.TextField("Strategi")

    class Meta(PlanRow.Meta):
        verbose_name = "strategi"
        verbose_name_plural = "strategi"
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="strategy_code_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"


@pghistory.track()
class PlanSubdimension(PlanRow):
    """A region's own name for a part of a dimension, mapped to one of the official 18 (domain 1.5: real plans deviate)."""

    name = models.CharField("Nama", max_length=120)
    subdimension = models.ForeignKey(Subdimension, models.PROTECT, related_name="+", verbose_name="Subdimensi resmi")

    class Meta(PlanRow.Meta):
        verbose_name = "subdimensi daerah"
        verbose_name_plural = "subdimensi daerah"
        constraints = [models.UniqueConstraint(fields=["plan", "name"], name="plan_subdimension_once")]

    def __str__(self) -> str:
        return f"{self.name} ({self.subdimension.code})"
