"""Rows of Buku I: issues, readiness, SWOT, TOWS, gap."""

import pghistory
from django.db import models
from django.db.models import Q

from masterplan.enums import INTERNAL_SWOT, ReadinessGroup, SwotKind, TowsKind
from masterplan.models.dimension import Dimension
from masterplan.models.direction import Strategy
from masterplan.models.row import PlanRow


@pghistory.track()
class Issue(PlanRow):
    dimension = models.ForeignKey(Dimension, models.PROTECT, verbose_name="Dimensi")
    text = models.TextField("Isu strategis")

    class Meta(PlanRow.Meta):
        verbose_name = "isu strategis"
        verbose_name_plural = "isu strategis"

    def __str__(self) -> str:
        return self.text


@pghistory.track()
class ReadinessItem(PlanRow):
    """One indicator of readiness; the score runs from 0 to 4."""

    group = models.CharField("Kelompok", max_length=16, choices=ReadinessGroup)
    element = models.CharField("Elemen", max_length=120)
    indicator = models.CharField("Indikator", max_length=250)
    unit = models.CharField("Satuan", max_length=60)
    value = models.DecimalField("Nilai", max_digits=20, decimal_places=4)
    year = models.PositiveIntegerField("Tahun")
    source = models.CharField("Sumber", max_length=250)
    score = models.PositiveSmallIntegerField("Tingkat kesiapan (0–4)")
    note = models.TextField("Catatan", blank=True, default="")

    class Meta(PlanRow.Meta):
        verbose_name = "kesiapan"
        verbose_name_plural = "kesiapan"
        constraints = [
            models.CheckConstraint(name="readiness_group_known", condition=Q(group__in=ReadinessGroup.values)),
            models.CheckConstraint(name="readiness_score_0_to_4", condition=Q(score__lte=4)),
        ]

    def __str__(self) -> str:
        return self.indicator


@pghistory.track()
class SwotItem(PlanRow):
    code = models.CharField("Kode", max_length=16)
    kind = models.CharField("Jenis", max_length=10, choices=SwotKind)
    readiness_group = models.CharField(
        "Kelompok kesiapan", max_length=16, choices=ReadinessGroup, null=True, blank=True
    )
    text = models.TextField("Uraian")

    class Meta(PlanRow.Meta):
        verbose_name = "SWOT"
        verbose_name_plural = "SWOT"
        constraints = [
            models.CheckConstraint(name="swot_kind_known", condition=Q(kind__in=SwotKind.values)),
            models.CheckConstraint(
                name="swot_group_known",
                condition=Q(readiness_group__isnull=True) | Q(readiness_group__in=ReadinessGroup.values),
            ),
            models.UniqueConstraint(fields=["plan", "code"], name="swot_code_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"

    @property
    def is_internal(self) -> bool:
        return self.kind in INTERNAL_SWOT


@pghistory.track()
class TowsItem(PlanRow):
    code = models.CharField("Kode", max_length=16)
    kind = models.CharField("Tipe", max_length=2, choices=TowsKind)
    sources = models.ManyToManyField(SwotItem, related_name="tows_items", verbose_name="Berasal dari SWOT")
    text = models.TextField("Arah strategi")
    dimensions = models.ManyToManyField(Dimension, related_name="+", verbose_name="Dimensi")

    class Meta(PlanRow.Meta):
        verbose_name = "strategi TOWS"
        verbose_name_plural = "strategi TOWS"
        constraints = [
            models.CheckConstraint(name="tows_kind_known", condition=Q(kind__in=TowsKind.values)),
            models.UniqueConstraint(fields=["plan", "code"], name="tows_code_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"


@pghistory.track()
class Gap(PlanRow):
    dimension = models.ForeignKey(Dimension, models.PROTECT, verbose_name="Dimensi")
    current = models.TextField("Kondisi saat ini")
    ideal = models.TextField("Kondisi ideal")
    gap = models.TextField("Kesenjangan")
    closing_strategy = models.ForeignKey(
        Strategy, models.PROTECT, null=True, blank=True, related_name="gaps", verbose_name="Strategi penutup"
    )

    class Meta(PlanRow.Meta):
        verbose_name = "kesenjangan"
        verbose_name_plural = "kesenjangan"

    def __str__(self) -> str:
        return self.gap
