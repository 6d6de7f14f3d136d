"""The dated steps of a region's cycle, the council and the team."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from bimtek.enums import Body
from bimtek.models.stage import Stage
from masterplan.models import PlanRow


@pghistory.track()
class CycleStep(PlanRow):
    """A dated step of the cycle: a bimtek (with `stage`) or another one such as the MoU or the ekspose."""

    stage = models.ForeignKey(Stage, models.PROTECT, null=True, blank=True, verbose_name="Tahap bimtek")
    code = models.CharField("Kode", max_length=16, blank=True, default="")
    name = models.CharField("Nama", max_length=160)
    start_date = models.DateField("Mulai")
    end_date = models.DateField("Selesai")
    place = models.CharField("Tempat", max_length=200, blank=True, default="")
    results = ArrayField(models.CharField(max_length=250), verbose_name="Hasil", default=list, blank=True)

    class Meta(PlanRow.Meta):
        verbose_name = "langkah siklus"
        verbose_name_plural = "langkah siklus"
        constraints = [
            models.CheckConstraint(name="cycle_step_dates_ordered", condition=Q(start_date__lte=F("end_date"))),
            models.UniqueConstraint(
                fields=["plan", "stage"], name="cycle_stage_once", condition=Q(stage__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class BodyMember(PlanRow):
    """A seat in the council or the team, named by office; people come and go."""

    body = models.CharField("Lembaga", max_length=20, choices=Body)
    seat = models.CharField("Jabatan", max_length=120)
    holder = models.CharField("Pengisi", max_length=200)

    class Meta(PlanRow.Meta):
        verbose_name = "anggota lembaga"
        verbose_name_plural = "anggota lembaga"
        constraints = [models.CheckConstraint(name="body_member_body_known", condition=Q(body__in=Body.values))]

    def __str__(self) -> str:
        return f"{self.seat}: {self.holder}"
