"""Who is in a section now, and who holds its pen. Both are advisory: saving never depends on them."""

from django.conf import settings
from django.db import models

from masterplan.models.section import Section


class Presence(models.Model):
    """One open browser tab. Rows older than the heartbeat's limit are nobody."""

    section = models.ForeignKey(Section, models.CASCADE, related_name="presences", verbose_name="Bagian")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="Orang")
    client = models.CharField("Klien", max_length=60)
    seen_at = models.DateTimeField("Terakhir terlihat")

    class Meta:
        verbose_name = "kehadiran"
        verbose_name_plural = "kehadiran"
        constraints = [models.UniqueConstraint(fields=["section", "client"], name="presence_once_per_client")]
        indexes = [models.Index(fields=["seen_at"], name="presence_seen_at")]

    def __str__(self) -> str:
        return f"{self.user} · {self.section}"


class SectionLease(models.Model):
    """The pen of a section: who writes, until when, and from whom it was taken over last."""

    section = models.OneToOneField(Section, models.CASCADE, related_name="lease", verbose_name="Bagian")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="Pemegang pena")
    client = models.CharField("Klien", max_length=60)
    until = models.DateTimeField("Sampai")
    taken_from = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="Diambil dari"
    )
    taken_at = models.DateTimeField("Diambil", null=True, blank=True)

    class Meta:
        verbose_name = "pena"
        verbose_name_plural = "pena"

    def __str__(self) -> str:
        return f"{self.section}: {self.user}"
