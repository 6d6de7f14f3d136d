"""Files that belong to the cycle of a plan: scans of documents, materials and photos of events."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from masterplan.models import Masterplan


def stored_path(stored: "StoredFile", _name: str) -> str:
    """Random names: nothing a person typed becomes part of a path."""
    return f"cycle/{stored.plan_id}/{stored.pk}.{stored.extension}"


class StoredFile(models.Model):
    """`name` is what the person's file was called and is only ever shown as text; images were re-encoded by us."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Masterplan, models.CASCADE, related_name="stored_files", verbose_name="Rencana")
    file = models.FileField("Berkas", upload_to=stored_path, max_length=200)
    extension = models.CharField("Jenis berkas", max_length=4)
    name = models.CharField("Nama asal", max_length=160)
    size = models.PositiveIntegerField("Ukuran (bita)")
    sha256 = models.CharField("Sidik berkas", max_length=64)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="Diunggah oleh"
    )
    added_at = models.DateTimeField("Diunggah", default=timezone.now)

    class Meta:
        verbose_name = "berkas"
        verbose_name_plural = "berkas"
        ordering = ["-added_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_image(self) -> bool:
        return self.extension != "pdf"
