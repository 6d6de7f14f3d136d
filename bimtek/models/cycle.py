"""The dated steps of a region's cycle, the council and the team."""

from datetime import date

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from bimtek.enums import Body, OrganisationKind
from bimtek.models.document import CycleDocument
from bimtek.models.stage import Stage
from masterplan.models import PlanRow
from smartcity.regency.models import Opd


@pghistory.track()
class CycleStep(PlanRow):
    """A dated step of the cycle: a bimtek (with `stage`) or another one such as the MoU or the ekspose.

    Planned dates are always there, real ones once it was held; both or none.
    """

    stage = models.ForeignKey(Stage, models.PROTECT, null=True, blank=True, verbose_name="Tahap bimtek")
    code = models.CharField("Kode", max_length=16, blank=True, default="")
    name = models.CharField("Nama", max_length=160)
    start_date = models.DateField("Rencana mulai")
    end_date = models.DateField("Rencana selesai")
    held_start = models.DateField("Terlaksana mulai", null=True, blank=True)
    held_end = models.DateField("Terlaksana sampai", null=True, blank=True)
    place = models.CharField("Tempat", max_length=200, blank=True, default="")
    results = ArrayField(models.CharField(max_length=250), verbose_name="Hasil", default=list, blank=True)

    class Meta(PlanRow.Meta):
        verbose_name = "langkah siklus"
        verbose_name_plural = "langkah siklus"
        constraints = [
            models.CheckConstraint(name="cycle_step_dates_ordered", condition=Q(start_date__lte=F("end_date"))),
            models.CheckConstraint(
                name="cycle_step_held_whole",
                condition=Q(held_start__isnull=True, held_end__isnull=True) | Q(held_start__lte=F("held_end")),
            ),
            models.UniqueConstraint(
                fields=["plan", "stage"], name="cycle_stage_once", condition=Q(stage__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def starts(self) -> date:
        """When it was held, else when it is planned."""
        return self.held_start or self.start_date

    @property
    def ends(self) -> date:
        return self.held_end or self.end_date


@pghistory.track()
class BodyMember(PlanRow):
    """A seat in the council or the team, named by office; people come and go, also from outside government.

    Without `until` the seat is held for as long as its decree stands.
    """

    body = models.CharField("Lembaga", max_length=20, choices=Body)
    seat = models.CharField("Jabatan", max_length=120)
    holder = models.CharField("Pengisi", max_length=200)
    organisation_kind = models.CharField("Unsur", max_length=20, choices=OrganisationKind, blank=True, default="")
    organisation = models.CharField("Instansi atau lembaga", max_length=160, blank=True, default="")
    opd = models.ForeignKey(Opd, models.SET_NULL, null=True, blank=True, verbose_name="Perangkat daerah")
    since = models.DateField("Sejak", null=True, blank=True)
    until = models.DateField("Sampai", null=True, blank=True)
    appointed_by = models.ForeignKey(
        CycleDocument, models.PROTECT, null=True, blank=True, related_name="appointed", verbose_name="Ditetapkan dengan"
    )

    class Meta(PlanRow.Meta):
        verbose_name = "anggota lembaga"
        verbose_name_plural = "anggota lembaga"
        constraints = [
            models.CheckConstraint(name="body_member_body_known", condition=Q(body__in=Body.values)),
            models.CheckConstraint(
                name="body_member_organisation_known",
                condition=Q(organisation_kind__in=["", *OrganisationKind.values]),
            ),
            models.CheckConstraint(
                name="body_member_term_ordered",
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(since__lte=F("until")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat}: {self.holder}"

    def is_past(self, today: date) -> bool:
        return self.until is not None and self.until < today
