"""A finding that the coordinator set aside, with the reason; findings themselves are never stored."""

import pghistory
from django.conf import settings
from django.db import models
from django.utils import timezone

from masterplan.models.plan import Masterplan


@pghistory.track()
class FindingWaiver(models.Model):
    """Holds as long as the finding keeps its fingerprint: rule, place and the values that are wrong."""

    plan = models.ForeignKey(Masterplan, models.CASCADE, related_name="waivers", verbose_name="Rencana")
    rule = models.CharField("Aturan", max_length=60)
    fingerprint = models.CharField("Sidik temuan", max_length=32)
    sentence = models.TextField("Temuan saat diabaikan")
    reason = models.TextField("Alasan", max_length=1000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="Diabaikan oleh"
    )
    at = models.DateTimeField("Diabaikan", default=timezone.now)

    class Meta:
        verbose_name = "temuan yang diabaikan"
        verbose_name_plural = "temuan yang diabaikan"
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "fingerprint"], name="finding_waived_once"),
            models.CheckConstraint(name="waiver_has_reason", condition=~models.Q(reason="")),
        ]

    def __str__(self) -> str:
        return self.sentence
