"""What comes in from outside: whole Word files on their way into a plan, and samples of clipboards."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from masterplan.enums import TableImportState, WordImportState
from masterplan.models.plan import Masterplan


class WordImport(models.Model):
    """A Word file that was read and waits for its person's decision; `reading` is what the preview shows (docs/word-import.md)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Masterplan, models.CASCADE, related_name="word_imports", verbose_name="Rencana")
    name = models.CharField("Nama berkas", max_length=160)
    size = models.PositiveIntegerField("Ukuran (bita)")
    state = models.CharField("Keadaan", max_length=10, choices=WordImportState, default=WordImportState.READ)
    reading: "models.JSONField[object, object]" = models.JSONField("Hasil baca")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="Diunggah oleh"
    )
    at = models.DateTimeField("Diunggah", default=timezone.now)
    decided_at = models.DateTimeField("Diputuskan", null=True, blank=True)

    class Meta:
        verbose_name = "berkas Word"
        verbose_name_plural = "berkas Word"
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(name="word_import_state_known", condition=models.Q(state__in=WordImportState.values))
        ]

    def __str__(self) -> str:
        return self.name


class TableImport(models.Model):
    """A returned workbook or a pasted block that waits for its person's decision (docs/excel.md).

    Files that were sent together share a `batch`. An unfit file is kept with its sentence, so that the preview can name it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    batch = models.UUIDField("Kiriman", default=uuid.uuid4, db_index=True)
    plan = models.ForeignKey(Masterplan, models.CASCADE, related_name="table_imports", verbose_name="Rencana")
    name = models.CharField("Nama berkas", max_length=160)
    kind = models.CharField("Tabel yang ditempeli", max_length=40, blank=True, default="")
    state = models.CharField("Keadaan", max_length=10, choices=TableImportState, default=TableImportState.READ)
    reading: "models.JSONField[object, object]" = models.JSONField("Hasil baca")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="Dikirim oleh"
    )
    at = models.DateTimeField("Dikirim", default=timezone.now)
    decided_at = models.DateTimeField("Diputuskan", null=True, blank=True)

    class Meta:
        verbose_name = "tabel masuk"
        verbose_name_plural = "tabel masuk"
        ordering = ["-at", "name"]
        constraints = [
            models.CheckConstraint(
                name="table_import_state_known", condition=models.Q(state__in=TableImportState.values)
            )
        ]

    def __str__(self) -> str:
        return self.name


class PasteSample(models.Model):
    """The flavours of one clipboard, sent in by staff so that pasting from that program can be mended and kept mended."""

    program = models.CharField("Program asal", max_length=80)
    note = models.TextField("Apa yang tidak benar", blank=True, default="")
    flavours: "models.JSONField[object, object]" = models.JSONField("Isi papan klip")
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="Pengirim"
    )
    sent_at = models.DateTimeField("Dikirim", default=timezone.now)

    class Meta:
        verbose_name = "contoh tempelan"
        verbose_name_plural = "contoh tempelan"
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        return f"{self.program} {self.sent_at:%Y-%m-%d}"
