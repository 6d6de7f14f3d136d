"""An asked-for book: its progress while it is made, its file and provenance afterwards."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from export.enums import OPEN_STATES, ExportFormat, ExportState, ExportVariant, kind_of
from masterplan.models import Masterplan


class ExportJob(models.Model):
    """`books` holds book codes of the plan's outline; `file` is a name below MEDIA_ROOT, set only when complete.

    Only a PDF has `pages` and a `variant`. `fingerprint` says what the file was made of (export.fingerprint); `section` is the
    code in the outline of the section at which a failed one stopped.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Masterplan, models.CASCADE, related_name="exports", verbose_name="Rencana")
    books = models.JSONField("Buku")
    format = models.CharField("Format", max_length=4, choices=ExportFormat, default=ExportFormat.PDF)
    variant = models.CharField(
        "Varian PDF", max_length=8, choices=ExportVariant, blank=True, default=ExportVariant.ARCHIVE
    )
    state = models.CharField("Keadaan", max_length=10, choices=ExportState, default=ExportState.WAITING)
    progress = models.PositiveSmallIntegerField("Kemajuan (persen)", default=0)
    activity = models.CharField("Sedang", max_length=120, blank=True, default="")
    reason = models.TextField("Sebab gagal", blank=True, default="")
    section = models.CharField("Bagian yang gagal", max_length=16, blank=True, default="")
    file = models.CharField("Berkas", max_length=200, blank=True, default="")
    sha256 = models.CharField("SHA-256", max_length=64, blank=True, default="")
    fingerprint = models.CharField("Sidik isi", max_length=64, blank=True, default="")
    pages = models.PositiveIntegerField("Halaman", default=0)
    size = models.PositiveBigIntegerField("Ukuran (bita)", default=0)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="Diminta oleh"
    )
    asked_at = models.DateTimeField("Diminta", default=timezone.now)
    ended_at = models.DateTimeField("Selesai", null=True)

    class Meta:
        verbose_name = "ekspor"
        verbose_name_plural = "ekspor"
        ordering = ["-asked_at"]
        indexes = [models.Index(fields=["plan", "fingerprint"], name="export_by_fingerprint")]
        constraints = [
            models.CheckConstraint(name="export_state_known", condition=Q(state__in=ExportState.values)),
            models.CheckConstraint(name="export_format_known", condition=Q(format__in=ExportFormat.values)),
            models.CheckConstraint(name="export_done_has_file", condition=~Q(state=ExportState.DONE) | ~Q(file="")),
            models.CheckConstraint(
                name="export_variant_of_pdf",
                condition=Q(format=ExportFormat.PDF, variant__in=ExportVariant.values)
                | (~Q(format=ExportFormat.PDF) & Q(variant="")),
            ),
            models.UniqueConstraint(
                fields=["plan", "format", "variant"],
                condition=Q(state__in=OPEN_STATES),
                name="one_open_export_of_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"Ekspor {self.plan} {', '.join(self.books)}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def kind(self) -> str:
        return kind_of(self.format, self.variant)
