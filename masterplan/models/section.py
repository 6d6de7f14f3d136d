"""A section's text, the log of every accepted step, and copies of what could not be merged."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone

from masterplan import prose
from masterplan.enums import RecoveredState
from masterplan.models.outline import OutlineSection
from masterplan.models.plan import Masterplan
from smartcity.regency.models import Opd


class SectionQuerySet(models.QuerySet["Section"]):
    def present(self) -> "SectionQuerySet":
        """Without those in the bin; what lists, counts and the book see."""
        return self.filter(binned_at__isnull=True)

    def binned(self) -> "SectionQuerySet":
        return self.filter(binned_at__isnull=False)

    def in_book_order(self) -> "SectionQuerySet":
        return self.select_related("outline_section__chapter__book", "outline_section__dimension").order_by(
            "outline_section__chapter__book__position",
            "outline_section__chapter__position",
            "outline_section__position",
        )

    def with_suggestions(self) -> "SectionQuerySet":
        """Those in which somebody's suggestion is still open."""
        return self.filter(suggested__isnull=False)

    def without_text(self) -> "SectionQuerySet":
        return self.defer("doc", "suggested", "html")


class Section(models.Model):
    """The document of record is ProseMirror JSON; `html` and `words` are derived from it in the same transaction.

    While there are suggestions of other words, `suggested` holds the text with their marks, and `doc` the text without:
    whoever reads `doc` never meets a suggestion. Editors, steps, log and snapshots work on `editor_doc`.
    """

    plan = models.ForeignKey(Masterplan, models.CASCADE, related_name="sections", verbose_name="Rencana")
    outline_section = models.ForeignKey(OutlineSection, models.PROTECT, verbose_name="Bagian kerangka")
    version = models.PositiveIntegerField("Versi", default=0)
    doc: "models.JSONField[Any, Any]" = models.JSONField("Naskah", default=prose.empty_doc)
    suggested: "models.JSONField[Any, Any]" = models.JSONField("Naskah dengan usulan", null=True, blank=True)
    html = models.TextField("HTML", blank=True, default="")
    words = models.PositiveIntegerField("Jumlah kata", default=0)
    opds = models.ManyToManyField(Opd, related_name="sections", verbose_name="Perangkat daerah penulis", blank=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="Disimpan oleh"
    )
    updated_at = models.DateTimeField("Disimpan", null=True)
    binned_at = models.DateTimeField("Masuk keranjang", null=True, blank=True)
    binned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="Dibuang oleh"
    )

    company: Any = None  # who is here, where a page asked `domain.presence` to tell

    objects = SectionQuerySet.as_manager()

    class Meta:
        verbose_name = "bagian"
        verbose_name_plural = "bagian"
        constraints = [models.UniqueConstraint(fields=["plan", "outline_section"], name="section_once")]

    def __str__(self) -> str:
        return str(self.outline_section)

    @property
    def editor_doc(self) -> dict[str, Any]:
        """The text as it is written: with the suggestions that are open."""
        found: dict[str, Any] = self.doc if self.suggested is None else self.suggested
        return found

    @property
    def is_composed(self) -> bool:
        """The book makes it from the rows, because nobody has written it."""
        return self.outline_section.is_summary and not self.words


class StepBatch(models.Model):
    """One accepted save: the steps that lead from `start_version` to `end_version`. Never changed afterwards."""

    section = models.ForeignKey(Section, models.CASCADE, related_name="batches", verbose_name="Bagian")
    start_version = models.PositiveIntegerField("Dari versi")
    end_version = models.PositiveIntegerField("Ke versi")
    steps: "models.JSONField[Any, Any]" = models.JSONField("Langkah")
    client = models.CharField("Klien", max_length=60)
    is_suggestion = models.BooleanField("Usulan", default=False)  # by somebody who may suggest and not write
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="Penulis"
    )
    at = models.DateTimeField("Waktu", default=timezone.now)

    class Meta:
        verbose_name = "langkah tersimpan"
        verbose_name_plural = "langkah tersimpan"
        ordering = ["start_version"]
        constraints = [models.UniqueConstraint(fields=["section", "start_version"], name="one_batch_per_version")]
        triggers = [
            pgtrigger.ReadOnly(
                name="batch_never_changes", fields=["section", "start_version", "end_version", "steps", "client"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.section} v{self.start_version}–{self.end_version}"


class Snapshot(models.Model):
    """The whole document at one version: the starting point for replaying the log."""

    section = models.ForeignKey(Section, models.CASCADE, related_name="snapshots", verbose_name="Bagian")
    version = models.PositiveIntegerField("Versi")
    doc: "models.JSONField[Any, Any]" = models.JSONField("Naskah")
    at = models.DateTimeField("Waktu", default=timezone.now)

    class Meta:
        verbose_name = "salinan versi"
        verbose_name_plural = "salinan versi"
        constraints = [models.UniqueConstraint(fields=["section", "version"], name="snapshot_once")]

    def __str__(self) -> str:
        return f"{self.section} v{self.version}"


class RecoveredCopy(models.Model):
    """Text that could not be merged, kept for the person who wrote it (page "Pulihan")."""

    section = models.ForeignKey(Section, models.CASCADE, related_name="recovered_copies", verbose_name="Bagian")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="Pemilik")
    reason = models.CharField("Sebab", max_length=120)
    doc: "models.JSONField[Any, Any]" = models.JSONField("Naskah")
    lost = models.TextField("Teks yang tidak tergabung", blank=True, default="")
    at = models.DateTimeField("Waktu", default=timezone.now)
    state = models.CharField("Keadaan", max_length=10, choices=RecoveredState, default=RecoveredState.OPEN)
    closed_at = models.DateTimeField("Ditangani", null=True, blank=True)

    class Meta:
        verbose_name = "pulihan"
        verbose_name_plural = "pulihan"
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(name="recovered_state_known", condition=models.Q(state__in=RecoveredState.values))
        ]

    def __str__(self) -> str:
        return f"{self.section}: {self.reason}"
