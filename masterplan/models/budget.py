"""How much money there may be: ceilings per year and source."""

import pghistory
from django.db import models
from django.db.models import Q

from masterplan.models.row import PlanRow


@pghistory.track()
class BudgetCeiling(PlanRow):
    """Amount in whole rupiah; without a source the ceiling of the whole year. Source of the rule: feature F99."""

    year = models.PositiveIntegerField("Tahun")
    source = models.CharField("Sumber dana", max_length=60, blank=True, default="")
    amount = models.BigIntegerField("Pagu (Rp)")
    note = models.CharField("Catatan", max_length=300, blank=True, default="")

    class Meta(PlanRow.Meta):
        verbose_name = "pagu anggaran"
        verbose_name_plural = "pagu anggaran"
        constraints = [
            models.CheckConstraint(name="budget_ceiling_not_negative", condition=Q(amount__gte=0)),
            models.UniqueConstraint(fields=["plan", "year", "source"], name="budget_ceiling_once"),
        ]

    def __str__(self) -> str:
        return f"{self.source or 'Semua sumber'} {self.year}"
