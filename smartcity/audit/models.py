"""Who did what, as sentences; rows can be added and never changed."""

import pgtrigger
from django.conf import settings
from django.db import models


class Event(models.Model):
    """One thing a person (or a command) did, with the network address it came from and the reason given."""

    at = models.DateTimeField("Waktu", auto_now_add=True, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="Pelaku"
    )
    actor_name = models.CharField("Nama pelaku", max_length=120)
    address = models.GenericIPAddressField("Alamat jaringan", null=True)
    verb = models.CharField("Tindakan", max_length=60)
    subject_label = models.CharField("Perihal", max_length=250)
    regency_id = models.CharField("Kode daerah", max_length=5, blank=True, default="", db_index=True)
    plan_code = models.CharField("Kode rencana", max_length=12, blank=True, default="", db_index=True)
    reason = models.TextField("Alasan", blank=True, default="")
    data = models.JSONField("Rincian", default=dict)

    class Meta:
        verbose_name = "peristiwa"
        verbose_name_plural = "peristiwa"
        ordering = ["-pk"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.actor_name}: {self.verb} {self.subject_label}"
