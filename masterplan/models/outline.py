"""The outline the ministry gives: books, chapters and sections with guidance. A plan keeps the one it started with."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from masterplan.enums import WRITTEN_KINDS, BimtekStage, SectionKind
from masterplan.models.dimension import Dimension

SUMMARY_CODES = "B3."


class Outline(models.Model):
    code = models.SlugField("Kode", unique=True)
    title = models.CharField("Judul", max_length=160)
    note = models.TextField("Catatan", blank=True, default="")
    is_offered = models.BooleanField("Ditawarkan untuk rencana baru", default=True)

    class Meta:
        verbose_name = "kerangka"
        verbose_name_plural = "kerangka"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title


class Book(models.Model):
    outline = models.ForeignKey(Outline, models.CASCADE, related_name="books", verbose_name="Kerangka")
    code = models.CharField("Kode", max_length=8)
    number = models.CharField("Nomor", max_length=8)
    title = models.CharField("Judul", max_length=160)
    position = models.PositiveIntegerField("Urutan")

    class Meta:
        verbose_name = "buku"
        verbose_name_plural = "buku"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["outline", "code"], name="book_code_once")]

    def __str__(self) -> str:
        return f"Buku {self.number} · {self.title}"


class Chapter(models.Model):
    book = models.ForeignKey(Book, models.CASCADE, related_name="chapters", verbose_name="Buku")
    code = models.CharField("Kode", max_length=12)
    number = models.CharField("Nomor", max_length=8, blank=True)
    title = models.CharField("Judul", max_length=200)
    position = models.PositiveIntegerField("Urutan")

    class Meta:
        verbose_name = "bab"
        verbose_name_plural = "bab"
        ordering = ["book__position", "position"]
        constraints = [models.UniqueConstraint(fields=["book", "code"], name="chapter_code_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


@pghistory.track()
class OutlineSection(models.Model):
    """What one section must contain; `tables` and `figures` are keys such as "swot:internal" or "readiness_radar"."""

    chapter = models.ForeignKey(Chapter, models.CASCADE, related_name="sections", verbose_name="Bab")
    code = models.CharField("Kode", max_length=16)
    number = models.CharField("Nomor", max_length=12, blank=True)
    title = models.CharField("Judul", max_length=200)
    kind = models.CharField("Jenis", max_length=8, choices=SectionKind)
    is_required = models.BooleanField("Wajib", default=True)
    due_stage = models.CharField("Diperlukan pada", max_length=4, choices=BimtekStage)
    min_words = models.PositiveIntegerField("Panjang anjuran, paling sedikit (kata)", default=0)
    max_words = models.PositiveIntegerField("Panjang anjuran, paling banyak (kata)", default=0)
    guidance = models.TextField("Panduan", blank=True, default="")
    good_example = models.TextField("Contoh yang baik", blank=True, default="")
    tables = ArrayField(models.CharField(max_length=60), verbose_name="Tabel", default=list, blank=True)
    figures = ArrayField(models.CharField(max_length=60), verbose_name="Gambar", default=list, blank=True)
    dimension = models.ForeignKey(Dimension, models.PROTECT, null=True, blank=True, verbose_name="Dimensi")
    position = models.PositiveIntegerField("Urutan")

    class Meta:
        verbose_name = "bagian kerangka"
        verbose_name_plural = "bagian kerangka"
        ordering = ["chapter__book__position", "chapter__position", "position"]
        constraints = [
            models.UniqueConstraint(fields=["chapter", "code"], name="outline_section_code_once"),
            models.CheckConstraint(name="outline_section_kind_known", condition=Q(kind__in=SectionKind.values)),
            models.CheckConstraint(name="outline_section_stage_known", condition=Q(due_stage__in=BimtekStage.values)),
            models.CheckConstraint(
                name="outline_section_words_ordered", condition=Q(min_words__lte=models.F("max_words"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    @property
    def is_summary(self) -> bool:
        """Composed from the rows while nobody has written it (Buku III; domain: produced from Buku I and II, with overrides)."""
        return self.code.startswith(SUMMARY_CODES) and self.kind in WRITTEN_KINDS
