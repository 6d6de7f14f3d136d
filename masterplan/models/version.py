"""Named versions of a section: the ones people mean when they say "the version of Bimtek I"."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from masterplan.models.section import Section


class NamedVersion(models.Model):
    """Points to a version of the log; its text is rebuilt from there, so it costs nothing to keep for ever.

    The numbers of its live facts are kept as they were: the rows go on changing.
    """

    section = models.ForeignKey(Section, models.CASCADE, related_name="named_versions", verbose_name="Bagian")
    version = models.PositiveIntegerField("Versi")
    name = models.CharField("Nama", max_length=120)
    facts: "models.JSONField[Any, Any]" = models.JSONField("Nilai fakta", default=dict, blank=True)
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="Diberi nama oleh"
    )
    named_at = models.DateTimeField("Diberi nama", default=timezone.now)

    class Meta:
        verbose_name = "versi bernama"
        verbose_name_plural = "versi bernama"
        ordering = ["-version", "-named_at"]
        constraints = [models.UniqueConstraint(fields=["section", "version", "name"], name="version_name_once")]

    def __str__(self) -> str:
        return f"{self.section} v{self.version}: {self.name}"
