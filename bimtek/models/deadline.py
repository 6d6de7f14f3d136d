"""Holidays as reference data, and the deadlines of a plan's stages, frozen when they begin."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from bimtek.enums import DeadlineKind, HolidayKind
from bimtek.models.stage import Stage
from bimtek.models.submission import Submission
from masterplan.models import Masterplan


class Holiday(models.Model):
    """A day on which offices are closed; dates by the moon are estimates until the joint decree of the year."""

    date = models.DateField("Tanggal", primary_key=True)
    name = models.CharField("Nama", max_length=120)
    kind = models.CharField("Jenis", max_length=12, choices=HolidayKind, default=HolidayKind.NATIONAL)
    is_estimated = models.BooleanField("Perkiraan", default=False)

    class Meta:
        verbose_name = "hari libur"
        verbose_name_plural = "hari libur"
        ordering = ["date"]
        constraints = [models.CheckConstraint(name="holiday_kind_known", condition=Q(kind__in=HolidayKind.values))]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class StageDeadline(models.Model):
    """`due` was counted once from the holidays of that day; only an extension with a reason moves it.

    One row for handing in at a stage, one for each submission that is to be read. `met_on` is when it was done.
    """

    plan = models.ForeignKey(Masterplan, models.CASCADE, related_name="deadlines", verbose_name="Rencana")
    stage = models.ForeignKey(Stage, models.PROTECT, related_name="deadlines", verbose_name="Tahap")
    kind = models.CharField("Jenis", max_length=8, choices=DeadlineKind)
    submission = models.OneToOneField(
        Submission, models.PROTECT, null=True, blank=True, related_name="deadline", verbose_name="Kiriman"
    )
    started_on = models.DateField("Mulai")
    workdays = models.PositiveSmallIntegerField("Hari kerja")
    due = models.DateField("Tenggat")
    met_on = models.DateField("Selesai", null=True, blank=True)
    version = models.PositiveIntegerField("Versi", default=1)

    class Meta:
        verbose_name = "tenggat tahap"
        verbose_name_plural = "tenggat tahap"
        ordering = ["due", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "stage"], name="deadline_once_a_stage", condition=Q(kind=DeadlineKind.SUBMIT)
            ),
            models.CheckConstraint(name="deadline_kind_known", condition=Q(kind__in=DeadlineKind.values)),
            models.CheckConstraint(name="deadline_dates_ordered", condition=Q(started_on__lte=F("due"))),
            models.CheckConstraint(
                name="deadline_reads_a_submission",
                condition=Q(kind=DeadlineKind.SUBMIT, submission__isnull=True)
                | Q(kind=DeadlineKind.READ, submission__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.stage}"


class DeadlineExtension(models.Model):
    """Who moved a deadline, from when to when, and why; never changed."""

    deadline = models.ForeignKey(StageDeadline, models.CASCADE, related_name="extensions", verbose_name="Tenggat")
    former_due = models.DateField("Tenggat semula")
    due = models.DateField("Tenggat baru")
    reason = models.CharField("Alasan", max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="Oleh")
    by_name = models.CharField("Nama", max_length=120)
    at = models.DateTimeField("Waktu", default=timezone.now)

    class Meta:
        verbose_name = "perpanjangan tenggat"
        verbose_name_plural = "perpanjangan tenggat"
        ordering = ["at", "pk"]
        triggers = [pgtrigger.Protect(name="extension_never_changes", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.former_due} → {self.due}"
