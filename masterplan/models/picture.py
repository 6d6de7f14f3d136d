"""Pictures of a region: uploaded once, used by figures in any section of its plans."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from smartcity.regency.models import Regency


def picture_path(picture: "Picture", _name: str) -> str:
    """Random names: nothing a person typed becomes part of a path."""
    return f"pictures/{picture.regency_id}/{picture.pk}.{picture.extension}"


class PictureQuerySet(models.QuerySet["Picture"]):
    def present(self) -> "PictureQuerySet":
        return self.filter(binned_at__isnull=True)

    def binned(self) -> "PictureQuerySet":
        return self.filter(binned_at__isnull=False)


class Picture(models.Model):
    """Always re-encoded by us; `name` is what the person's file was called and is only ever shown as text."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    regency = models.ForeignKey(Regency, models.CASCADE, related_name="pictures", verbose_name="Daerah")
    file = models.FileField("Berkas", upload_to=picture_path, max_length=200)
    extension = models.CharField("Jenis berkas", max_length=4)
    name = models.CharField("Nama asal", max_length=160, blank=True, default="")
    width = models.PositiveIntegerField("Lebar (piksel)")
    height = models.PositiveIntegerField("Tinggi (piksel)")
    size = models.PositiveIntegerField("Ukuran (bita)")
    sha256 = models.CharField("Sidik berkas", max_length=64)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="Diunggah oleh"
    )
    added_at = models.DateTimeField("Diunggah", default=timezone.now)
    binned_at = models.DateTimeField("Masuk keranjang", null=True, blank=True)
    binned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="Dibuang oleh"
    )

    objects = PictureQuerySet.as_manager()

    class Meta:
        verbose_name = "gambar"
        verbose_name_plural = "gambar"
        ordering = ["-added_at"]
        constraints = [models.UniqueConstraint(fields=["regency", "sha256"], name="picture_once_per_regency")]

    def __str__(self) -> str:
        return self.name or str(self.pk)

    @property
    def source(self) -> str:
        """The `src` of figures in documents: an address on this server, without plan or person in it."""
        return f"/gambar/{self.pk}/"
