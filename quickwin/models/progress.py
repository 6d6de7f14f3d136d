"""What became of a quick win: news with photos and links as evidence, and what it is next year."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from masterplan.models import Masterplan
from quickwin.enums import RenewalKind
from quickwin.models.quick_win import QuickWin


class QuickWinUpdate(models.Model):
    """News of a quick win; never edited. A quick win that has some is stopped, not deleted."""

    quick_win = models.ForeignKey(QuickWin, models.PROTECT, related_name="updates", verbose_name="Quick win")
    text = models.TextField("Kabar", max_length=2000, blank=True, default="")
    link = models.URLField("Tautan bukti", max_length=500, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="Oleh")
    by_name = models.CharField("Nama", max_length=120)
    at = models.DateTimeField("Waktu", default=timezone.now)

    class Meta:
        verbose_name = "kabar quick win"
        verbose_name_plural = "kabar quick win"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"Kabar {self.quick_win.code} dari {self.by_name}"


def photo_path(photo: "EvidencePhoto", _name: str) -> str:
    """Random names: nothing a person typed becomes part of a path."""
    return f"evidence/{photo.plan_id}/{photo.pk}.{photo.extension}"


class EvidencePhoto(models.Model):
    """Always re-encoded by us, without what the camera wrote into it (place, time, device)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Masterplan, models.CASCADE, related_name="+", verbose_name="Rencana")
    update = models.ForeignKey(QuickWinUpdate, models.CASCADE, related_name="photos", verbose_name="Kabar")
    file = models.FileField("Berkas", upload_to=photo_path, max_length=200)
    extension = models.CharField("Jenis berkas", max_length=4)
    width = models.PositiveIntegerField("Lebar (piksel)")
    height = models.PositiveIntegerField("Tinggi (piksel)")
    size = models.PositiveIntegerField("Ukuran (bita)")

    class Meta:
        verbose_name = "foto bukti"
        verbose_name_plural = "foto bukti"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"Foto {self.update}"


class Renewal(models.Model):
    """What a quick win is in the year after its own, with the reason; `successor` is the row of that year."""

    quick_win = models.OneToOneField(QuickWin, models.PROTECT, related_name="renewal", verbose_name="Quick win")
    kind = models.CharField("Tindak lanjut", max_length=12, choices=RenewalKind)
    reason = models.TextField("Alasan", max_length=2000)
    successor = models.ForeignKey(
        QuickWin, models.SET_NULL, null=True, related_name="predecessors", verbose_name="Penerus"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="Oleh")
    by_name = models.CharField("Nama", max_length=120)
    at = models.DateTimeField("Waktu", default=timezone.now)

    class Meta:
        verbose_name = "pembaruan quick win"
        verbose_name_plural = "pembaruan quick win"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="renewal_kind_known", condition=Q(kind__in=RenewalKind.values)),
            models.CheckConstraint(name="renewal_reasoned", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.quick_win.code}: {self.get_kind_display()}"
