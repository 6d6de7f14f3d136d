"""Deleted rows, kept for 90 days as they were."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from masterplan.models.plan import Masterplan


class BinnedRow(models.Model):
    """A copy and not a flag: a row in the bin must not stand in the way of its code, nor of what it referred to."""

    plan = models.ForeignKey(Masterplan, models.CASCADE, related_name="binned_rows", verbose_name="Rencana")
    table = models.CharField("Tabel", max_length=60)
    row_id = models.BigIntegerField("Nomor baris")
    label = models.CharField("Baris", max_length=400)
    content = models.JSONField("Isi", encoder=DjangoJSONEncoder)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="Dibuang oleh"
    )
    at = models.DateTimeField("Masuk keranjang", default=timezone.now)

    class Meta:
        verbose_name = "baris di keranjang"
        verbose_name_plural = "baris di keranjang"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.label
