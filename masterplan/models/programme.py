"""The register of Buku II: programmes, support actions, their years, and the roadmap's periods."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q, Sum

from masterplan.enums import Direction, Horizon, InnovationKind, SupportGroup, VariableState
from masterplan.models.dimension import Dimension, Subdimension
from masterplan.models.direction import PlanSubdimension, RpjmdMission, Strategy
from masterplan.models.row import PlanRow
from smartcity.regency.models import Opd


class PlannedWork(PlanRow):
    """What programmes and support actions share: who leads, what is measured, from which baseline."""

    code = models.CharField("Kode", max_length=16)
    name = models.CharField("Nama", max_length=300)
    lead_opd = models.ForeignKey(Opd, models.PROTECT, related_name="+", verbose_name="Penanggung jawab")
    supporting_opds = models.ManyToManyField(Opd, related_name="+", verbose_name="Pendukung", blank=True)
    indicator = models.CharField("Indikator", max_length=250)
    unit = models.CharField("Satuan", max_length=60)
    baseline_year = models.PositiveIntegerField("Tahun baseline")
    baseline_value = models.DecimalField("Nilai baseline", max_digits=20, decimal_places=4)

    class Meta(PlanRow.Meta):
        abstract = True

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class YearOfWork(models.Model):
    """Target (indicator's unit) and budget (whole rupiah) of one year."""

    year = models.PositiveIntegerField("Tahun")
    target = models.DecimalField("Target", max_digits=20, decimal_places=4, null=True, blank=True)
    budget = models.BigIntegerField("Anggaran (Rp)", default=0)

    class Meta:
        abstract = True
        ordering = ["year"]

    def __str__(self) -> str:
        return str(self.year)


class ReadinessOfWork(models.Model):
    """The four variables that mentors check before a programme starts (domain 3.6), each with a state and a note."""

    regulation = models.CharField("Regulasi", max_length=8, choices=VariableState, blank=True, default="")
    regulation_note = models.CharField("Catatan regulasi", max_length=300, blank=True, default="")
    infrastructure = models.CharField("Infrastruktur", max_length=8, choices=VariableState, blank=True, default="")
    infrastructure_note = models.CharField("Catatan infrastruktur", max_length=300, blank=True, default="")
    application = models.CharField("Aplikasi", max_length=8, choices=VariableState, blank=True, default="")
    application_note = models.CharField("Catatan aplikasi", max_length=300, blank=True, default="")
    people = models.CharField("SDM", max_length=8, choices=VariableState, blank=True, default="")
    people_note = models.CharField("Catatan SDM", max_length=300, blank=True, default="")

    class Meta:
        abstract = True


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def active(self) -> "ProgrammeQuerySet":
        """What counts and is printed; dropped programmes are kept for their reasons only."""
        return self.filter(is_dropped=False)

    def with_total_budget(self) -> "ProgrammeQuerySet":
        return self.annotate(total_budget=Sum("years__budget", default=0))


@pghistory.track()
class Programme(ReadinessOfWork, PlannedWork):
    dimension = models.ForeignKey(Dimension, models.PROTECT, verbose_name="Dimensi")
    subdimension = models.ForeignKey(Subdimension, models.PROTECT, verbose_name="Subdimensi")
    own_subdimension = models.ForeignKey(
        PlanSubdimension,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="programmes",
        verbose_name="Subdimensi daerah",
    )
    strategy = models.ForeignKey(Strategy, models.PROTECT, related_name="programmes", verbose_name="Strategi")
    innovation = models.CharField("Jenis inovasi", max_length=12, choices=InnovationKind, blank=True, default="")
    activities = ArrayField(models.CharField(max_length=300), verbose_name="Kegiatan", default=list, blank=True)
    direction = models.CharField("Arah indikator", max_length=6, choices=Direction, default=Direction.UP)
    funding_sources = ArrayField(
        models.CharField(max_length=60), verbose_name="Sumber pendanaan", default=list, blank=True
    )
    location = models.CharField("Lokasi", max_length=250, blank=True, default="")
    districts = ArrayField(models.CharField(max_length=60), verbose_name="Kecamatan", default=list, blank=True)
    beneficiaries = models.CharField("Penerima manfaat", max_length=300, blank=True, default="")
    horizons = ArrayField(
        models.CharField(max_length=10, choices=Horizon), verbose_name="Jangka", default=list, blank=True
    )
    rpjmd_mission = models.ForeignKey(
        RpjmdMission, models.PROTECT, null=True, blank=True, related_name="programmes", verbose_name="Misi RPJMD"
    )
    subactivity_code = models.CharField("Kode subkegiatan", max_length=40, null=True, blank=True)
    is_dropped = models.BooleanField("Gugur", default=False)

    objects = ProgrammeQuerySet.as_manager()

    class Meta(PlannedWork.Meta):
        verbose_name = "program"
        verbose_name_plural = "program"
        constraints = [
            models.CheckConstraint(name="programme_direction_known", condition=Q(direction__in=Direction.values)),
            models.CheckConstraint(
                name="programme_horizons_known", condition=Q(horizons__contained_by=list(Horizon.values))
            ),
            models.UniqueConstraint(fields=["plan", "code"], name="programme_code_once"),
            models.CheckConstraint(
                name="programme_innovation_known", condition=Q(innovation__in=["", *InnovationKind.values])
            ),
            models.CheckConstraint(
                name="programme_readiness_known",
                condition=Q(regulation__in=["", *VariableState.values])
                & Q(infrastructure__in=["", *VariableState.values])
                & Q(application__in=["", *VariableState.values])
                & Q(people__in=["", *VariableState.values]),
            ),
        ]


@pghistory.track()
class ProgrammeYear(YearOfWork):
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="years", verbose_name="Program")

    class Meta(YearOfWork.Meta):
        verbose_name = "tahun program"
        verbose_name_plural = "tahun program"
        constraints = [
            models.CheckConstraint(name="programme_budget_not_negative", condition=Q(budget__gte=0)),
            models.UniqueConstraint(fields=["programme", "year"], name="programme_year_once"),
        ]


@pghistory.track()
class SupportAction(PlannedWork):
    """An action of the four-part action plan that serves all dimensions."""

    group = models.CharField("Kelompok", max_length=30, choices=SupportGroup)

    class Meta(PlannedWork.Meta):
        verbose_name = "aksi pendukung"
        verbose_name_plural = "aksi pendukung"
        constraints = [
            models.CheckConstraint(name="support_action_group_known", condition=Q(group__in=SupportGroup.values)),
            models.UniqueConstraint(fields=["plan", "code"], name="support_action_code_once"),
        ]


@pghistory.track()
class SupportActionYear(YearOfWork):
    action = models.ForeignKey(SupportAction, models.CASCADE, related_name="years", verbose_name="Aksi pendukung")

    class Meta(YearOfWork.Meta):
        verbose_name = "tahun aksi pendukung"
        verbose_name_plural = "tahun aksi pendukung"
        constraints = [
            models.CheckConstraint(name="support_action_budget_not_negative", condition=Q(budget__gte=0)),
            models.UniqueConstraint(fields=["action", "year"], name="support_action_year_once"),
        ]


@pghistory.track()
class RoadmapPeriod(PlanRow):
    """One horizon of the roadmap; domain: regions cut 1/5/10 years differently, so the years are theirs to set."""

    horizon = models.CharField("Jangka", max_length=10, choices=Horizon)
    start_year = models.PositiveIntegerField("Tahun awal")
    end_year = models.PositiveIntegerField("Tahun akhir")
    theme = models.CharField("Tema", max_length=200, blank=True, default="")

    class Meta(PlanRow.Meta):
        verbose_name = "periode peta jalan"
        verbose_name_plural = "periode peta jalan"
        constraints = [
            models.CheckConstraint(name="roadmap_horizon_known", condition=Q(horizon__in=Horizon.values)),
            models.CheckConstraint(name="roadmap_period_ordered", condition=Q(start_year__lte=F("end_year"))),
            models.UniqueConstraint(fields=["plan", "horizon"], name="roadmap_horizon_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_horizon_display()} ({self.start_year}–{self.end_year})"
