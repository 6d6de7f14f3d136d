"""Which batch of the movement a region takes part in."""

import pghistory
from django.db import models
from django.db.models import Q

from bimtek.enums import ParticipationState
from masterplan.models import Masterplan


class Cohort(models.Model):
    """Reference data: a year may have more than one batch."""

    code = models.CharField("Kode", max_length=12, primary_key=True)
    year = models.PositiveSmallIntegerField("Tahun")
    name = models.CharField("Nama", max_length=80)
    note = models.CharField("Keterangan", max_length=250, blank=True, default="")

    class Meta:
        verbose_name = "angkatan"
        verbose_name_plural = "angkatan"
        ordering = ["-year", "code"]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Participation(models.Model):
    plan = models.OneToOneField(Masterplan, models.CASCADE, related_name="participation", verbose_name="Rencana")
    cohort = models.ForeignKey(Cohort, models.PROTECT, verbose_name="Angkatan")
    state = models.CharField("Keadaan", max_length=12, choices=ParticipationState, default=ParticipationState.RUNNING)
    since = models.DateField("Sejak", null=True, blank=True)
    version = models.PositiveIntegerField("Versi", default=1)

    class Meta:
        verbose_name = "keikutsertaan"
        verbose_name_plural = "keikutsertaan"
        constraints = [
            models.CheckConstraint(name="participation_state_known", condition=Q(state__in=ParticipationState.values))
        ]

    def __str__(self) -> str:
        return f"{self.cohort}: {self.get_state_display()}"
