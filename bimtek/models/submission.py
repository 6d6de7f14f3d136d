"""What a region handed in at a stage: a copy of the whole plan that never changes, while people write on."""

import uuid
from typing import Any

import pgtrigger
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from bimtek.models.stage import Stage
from masterplan.models import Masterplan

NEVER_CHANGES = pgtrigger.Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete)


class Submission(models.Model):
    """`facts` tell what the plan was (period, outline, offices), `points` what was open, `at` when it was all read.

    `token` is the form that was sent: sent twice, it is one submission.
    """

    plan = models.ForeignKey(Masterplan, models.PROTECT, related_name="submissions", verbose_name="Rencana")
    stage = models.ForeignKey(Stage, models.PROTECT, related_name="submissions", verbose_name="Tahap")
    number = models.PositiveSmallIntegerField("Nomor")
    name = models.CharField("Nama", max_length=120)
    note = models.TextField("Catatan", max_length=2000, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="Dikirim oleh")
    by_name = models.CharField("Nama pengirim", max_length=120)
    at = models.DateTimeField("Dibekukan")
    token = models.UUIDField("Tanda formulir")
    facts: "models.JSONField[Any, Any]" = models.JSONField("Tentang rencana", encoder=DjangoJSONEncoder)
    points: "models.JSONField[Any, Any]" = models.JSONField("Hal terbuka", encoder=DjangoJSONEncoder)
    sha256 = models.CharField("Sidik isi", max_length=64)

    class Meta:
        verbose_name = "kiriman"
        verbose_name_plural = "kiriman"
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "stage", "number"], name="submission_number_once"),
            models.UniqueConstraint(fields=["plan", "token"], name="submission_token_once"),
        ]
        triggers = [NEVER_CHANGES]

    def __str__(self) -> str:
        return self.name

    @property
    def short_name(self) -> str:
        """In addresses: "II-1"."""
        return f"{self.stage_id}-{self.number}"


class SubmittedSection(models.Model):
    """The text of one section and its part of the outline, both as they were; `state` as in `completeness`.

    Equal texts have equal marks, so that submissions are compared without reading what did not change.
    """

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="sections", verbose_name="Kiriman")
    position = models.PositiveSmallIntegerField("Urutan")
    code = models.CharField("Kode", max_length=16)
    number = models.CharField("Nomor", max_length=12, blank=True)
    title = models.CharField("Judul", max_length=200)
    version = models.PositiveIntegerField("Versi")
    words = models.PositiveIntegerField("Jumlah kata")
    state = models.CharField("Keadaan", max_length=10)
    outline: "models.JSONField[Any, Any]" = models.JSONField("Bagian kerangka", encoder=DjangoJSONEncoder)
    doc: "models.JSONField[Any, Any]" = models.JSONField("Naskah", encoder=DjangoJSONEncoder)
    mark = models.CharField("Tanda isi", max_length=32)

    class Meta:
        verbose_name = "bagian kiriman"
        verbose_name_plural = "bagian kiriman"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["submission", "code"], name="submitted_section_once")]
        triggers = [NEVER_CHANGES]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class SubmittedTable(models.Model):
    """All rows of one kind: as the table shows them, as a sheet of names and values, and as stored (`registers.frozen`)."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="tables", verbose_name="Kiriman")
    position = models.PositiveSmallIntegerField("Urutan")
    slug = models.CharField("Jenis baris", max_length=40)
    title = models.CharField("Judul", max_length=120)
    columns: "models.JSONField[Any, Any]" = models.JSONField("Kolom", encoder=DjangoJSONEncoder)
    rows: "models.JSONField[Any, Any]" = models.JSONField("Baris", encoder=DjangoJSONEncoder)
    row_count = models.PositiveIntegerField("Banyaknya baris")
    mark = models.CharField("Tanda isi", max_length=32)

    class Meta:
        verbose_name = "tabel kiriman"
        verbose_name_plural = "tabel kiriman"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["submission", "slug"], name="submitted_table_once")]
        triggers = [NEVER_CHANGES]

    def __str__(self) -> str:
        return self.title


class SubmittedBook(models.Model):
    """What prints the book of a final submission, frozen with it, and the file that was made of it once.

    `content` belongs to whoever prints (`domain.book`). `file` is a name below MEDIA_ROOT, set with its digest when complete.
    `code` is printed in it, because the digest cannot be: it leads to the public page that knows the digest.
    """

    submission = models.OneToOneField(
        Submission, models.PROTECT, primary_key=True, related_name="book", verbose_name="Kiriman"
    )
    code = models.UUIDField("Kode periksa", unique=True, default=uuid.uuid4, editable=False)
    content = models.BinaryField("Bahan cetak")
    file = models.CharField("Berkas", max_length=200, blank=True, default="")
    sha256 = models.CharField("Sidik berkas", max_length=64, blank=True, default="")
    pages = models.PositiveIntegerField("Halaman", default=0)
    size = models.PositiveBigIntegerField("Ukuran (bita)", default=0)
    reason = models.TextField("Sebab gagal", blank=True, default="")

    class Meta:
        verbose_name = "buku kiriman"
        verbose_name_plural = "buku kiriman"
        constraints = [
            models.CheckConstraint(
                name="submitted_book_whole", condition=models.Q(file="", sha256="") | ~(models.Q(file="") | models.Q(sha256=""))
            )
        ]  # fmt: skip
        triggers = [
            pgtrigger.ReadOnly(name="content_never_changes", fields=["submission", "code", "content"]),
            pgtrigger.Protect(
                name="made_once",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=~pgtrigger.Q(old__sha256=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Buku {self.submission}"

    @property
    def is_made(self) -> bool:
        return bool(self.sha256)
