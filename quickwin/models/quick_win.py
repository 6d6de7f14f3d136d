"""Quick wins: one year, picked from the register of programmes."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from masterplan.models import Dimension, Issue, PlanRow, Programme
from quickwin.enums import Continuation, QuickWinStatus
from smartcity.regency.models import Opd


@pghistory.track()
class QuickWin(PlanRow):
    """A quick win of one year; budget in whole rupiah. The fields follow the evaluation's own questions."""

    code = models.CharField("Kode", max_length=16)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="quick_wins", verbose_name="Program")
    name = models.CharField("Nama", max_length=160)
    short_name = models.CharField("Nama pendek", max_length=60, blank=True, default="")
    dimension = models.ForeignKey(Dimension, models.PROTECT, related_name="+", verbose_name="Dimensi")
    year = models.PositiveIntegerField("Tahun")
    lead_opd = models.ForeignKey(Opd, models.PROTECT, related_name="+", verbose_name="Penanggung jawab")
    contact_position = models.CharField("Jabatan PIC", max_length=160, blank=True, default="")
    issue = models.ForeignKey(
        Issue, models.PROTECT, null=True, blank=True, related_name="quick_wins", verbose_name="Isu strategis"
    )
    problem = models.TextField("Masalah strategis")
    description = models.TextField("Uraian", blank=True, default="")
    goal = models.TextField("Tujuan", blank=True, default="")
    beneficiaries = models.CharField("Penerima manfaat", max_length=300, blank=True, default="")
    benefit = models.TextField("Manfaat")
    attraction = models.TextField("Daya tarik", blank=True, default="")
    uniqueness = models.TextField("Keunikan", blank=True, default="")
    partners = ArrayField(models.CharField(max_length=160), verbose_name="Mitra", default=list, blank=True)
    partnership = models.TextField("Bentuk kemitraan", blank=True, default="")
    potential = models.TextField("Potensi pengembangan", blank=True, default="")
    sustainability = models.TextField("Strategi keberlangsungan", blank=True, default="")
    resources = models.TextField("Sumber daya", blank=True, default="")
    location = models.CharField("Lokasi", max_length=250, blank=True, default="")
    budget = models.BigIntegerField("Anggaran (Rp)", default=0)
    funding_sources = ArrayField(
        models.CharField(max_length=60), verbose_name="Sumber pendanaan", default=list, blank=True
    )
    indicator = models.CharField("Indikator", max_length=250, blank=True, default="")
    year_end_target = models.CharField("Target akhir tahun", max_length=300, blank=True, default="")
    status = models.CharField("Status", max_length=16, choices=QuickWinStatus, default=QuickWinStatus.PROPOSED)
    continuation = models.CharField("Kelanjutan", max_length=12, choices=Continuation, default=Continuation.NEW)
    origin_year = models.PositiveIntegerField("Tahun asal")

    class Meta(PlanRow.Meta):
        verbose_name = "quick win"
        verbose_name_plural = "quick win"
        constraints = [
            models.CheckConstraint(name="quick_win_status_known", condition=Q(status__in=QuickWinStatus.values)),
            models.CheckConstraint(
                name="quick_win_continuation_known", condition=Q(continuation__in=Continuation.values)
            ),
            models.CheckConstraint(name="quick_win_budget_not_negative", condition=Q(budget__gte=0)),
            models.UniqueConstraint(fields=["plan", "code"], name="quick_win_code_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


@pghistory.track()
class QuickWinRisk(models.Model):
    """Likelihood and impact from 1 (low) to 3 (high)."""

    quick_win = models.ForeignKey(QuickWin, models.CASCADE, related_name="risks", verbose_name="Quick win")
    text = models.TextField("Risiko")
    likelihood = models.PositiveSmallIntegerField("Kemungkinan (1–3)")
    impact = models.PositiveSmallIntegerField("Dampak (1–3)")
    mitigation = models.TextField("Mitigasi", blank=True, default="")

    class Meta:
        verbose_name = "risiko quick win"
        verbose_name_plural = "risiko quick win"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="quick_win_risk_1_to_3", condition=Q(likelihood__range=(1, 3)) & Q(impact__range=(1, 3))
            )
        ]

    def __str__(self) -> str:
        return self.text


@pghistory.track()
class QuickWinMilestone(models.Model):
    """What is reached in a quarter: done on a day, or late with a reason."""

    quick_win = models.ForeignKey(QuickWin, models.CASCADE, related_name="milestones", verbose_name="Quick win")
    quarter = models.PositiveSmallIntegerField("Triwulan (1–4)")
    text = models.CharField("Capaian", max_length=250)
    done_on = models.DateField("Selesai", null=True, blank=True)
    late_reason = models.CharField("Alasan terlambat", max_length=300, blank=True, default="")

    class Meta:
        verbose_name = "tonggak quick win"
        verbose_name_plural = "tonggak quick win"
        ordering = ["quarter", "pk"]
        constraints = [models.CheckConstraint(name="quick_win_quarter_1_to_4", condition=Q(quarter__range=(1, 4)))]

    def __str__(self) -> str:
        return f"Triwulan {self.quarter}: {self.text}"
