"""Guidance that a province or a region adds to the ministry's own."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from masterplan.enums import BimtekStage
from masterplan.models.outline import OutlineSection
from smartcity.regency.models import Province, Regency


@pghistory.track()
class LocalGuidance(models.Model):
    """One text for one outline section, from one place, for one bimtek; an empty stage means all of them."""

    outline_section = models.ForeignKey(
        OutlineSection, models.CASCADE, related_name="local_guidance", verbose_name="Bagian kerangka"
    )
    province = models.ForeignKey(Province, models.CASCADE, null=True, blank=True, verbose_name="Provinsi")
    regency = models.ForeignKey(Regency, models.CASCADE, null=True, blank=True, verbose_name="Daerah")
    stage = models.CharField("Untuk", max_length=4, choices=BimtekStage, blank=True, default="")
    text = models.TextField("Panduan", max_length=4000)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="Ditulis oleh"
    )
    updated_at = models.DateTimeField("Ditulis", default=timezone.now)

    class Meta:
        verbose_name = "panduan daerah"
        verbose_name_plural = "panduan daerah"
        ordering = ["province", "regency", "stage"]
        constraints = [
            models.CheckConstraint(
                name="guidance_has_one_place", condition=Q(province__isnull=True) ^ Q(regency__isnull=True)
            ),
            models.CheckConstraint(name="guidance_stage_known", condition=Q(stage__in=["", *BimtekStage.values])),
            models.UniqueConstraint(
                fields=["outline_section", "province", "regency", "stage"],
                nulls_distinct=False,
                name="guidance_once_per_place_and_stage",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]
