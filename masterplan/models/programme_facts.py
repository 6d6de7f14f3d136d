"""What hangs on a programme besides its years: money by source, partners, references, reasons, former codes."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone

from masterplan.enums import PartnerKind, PlanDocument, ReasonKind
from masterplan.models.programme import Programme


@pghistory.track()
class ProgrammeBudget(models.Model):
    """The part of one year's budget that one source pays, in whole rupiah; what no source pays is not yet broken down."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="budgets", verbose_name="Program")
    year = models.PositiveIntegerField("Tahun")
    source = models.CharField("Sumber dana", max_length=60)
    amount = models.BigIntegerField("Anggaran (Rp)")

    class Meta:
        verbose_name = "anggaran per sumber"
        verbose_name_plural = "anggaran per sumber"
        ordering = ["year", "pk"]
        constraints = [
            models.CheckConstraint(name="programme_share_positive", condition=Q(amount__gt=0)),
            models.UniqueConstraint(fields=["programme", "year", "source"], name="programme_share_once"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.year}"


@pghistory.track()
class ProgrammePartner(models.Model):
    """Who helps from outside the region's offices. Domain F90: government, business, university, community, media."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="partners", verbose_name="Program")
    kind = models.CharField("Jenis", max_length=12, choices=PartnerKind)
    name = models.CharField("Nama mitra", max_length=160)

    class Meta:
        verbose_name = "mitra program"
        verbose_name_plural = "mitra program"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="programme_partner_kind_known", condition=Q(kind__in=PartnerKind.values))
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_kind_display().lower()})"


@pghistory.track()
class ProgrammeReference(models.Model):
    """Where another plan carries this programme; domain 3.8: the evaluation scores the agreement."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="references", verbose_name="Program")
    document = models.CharField("Dokumen", max_length=12, choices=PlanDocument)
    period = models.CharField("Periode atau tahun", max_length=20)
    part = models.CharField("Bab, program, atau kode", max_length=300)

    class Meta:
        verbose_name = "rujukan rencana lain"
        verbose_name_plural = "rujukan rencana lain"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="programme_reference_known", condition=Q(document__in=PlanDocument.values))
        ]

    def __str__(self) -> str:
        return f"{self.get_document_display()} {self.period}: {self.part}"


@pghistory.track()
class ProgrammeReason(models.Model):
    """Why a programme was dropped, taken up again or had its targets lowered (feature F107); never edited."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="reasons", verbose_name="Program")
    kind = models.CharField("Jenis", max_length=8, choices=ReasonKind)
    text = models.TextField("Alasan")
    detail = models.CharField("Rincian", max_length=300, blank=True, default="")
    by_name = models.CharField("Oleh", max_length=160)
    at = models.DateTimeField("Waktu", default=timezone.now)

    class Meta:
        verbose_name = "alasan program"
        verbose_name_plural = "alasan program"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(name="programme_reason_kind_known", condition=Q(kind__in=ReasonKind.values))
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text}"


@pghistory.track()
class FormerCode(models.Model):
    """A code that a programme once had; it still finds the programme, and no other programme may take it."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="former_codes", verbose_name="Program")
    code = models.CharField("Kode lama", max_length=16)
    replaced_at = models.DateTimeField("Diganti", default=timezone.now)

    class Meta:
        verbose_name = "kode lama"
        verbose_name_plural = "kode lama"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["programme", "code"], name="former_code_once")]

    def __str__(self) -> str:
        return self.code
