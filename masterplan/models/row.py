"""What every planning row shares: its plan, its place in the list and the version that guards against lost updates."""

from django.db import models

from masterplan.models.plan import Masterplan


class PlanRow(models.Model):
    plan = models.ForeignKey(Masterplan, models.CASCADE, verbose_name="Rencana")
    position = models.PositiveIntegerField("Urutan", default=0)
    version = models.PositiveIntegerField("Versi", default=1)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]
