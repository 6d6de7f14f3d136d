"""The registry of documents: MoU, decrees, the commitment sheet, with number, date and who signed."""

import pghistory
from django.db import models
from django.db.models import Q

from bimtek.enums import DocumentKind
from bimtek.models.stage import Stage
from bimtek.models.stored_file import StoredFile
from masterplan.models import PlanRow


@pghistory.track()
class CycleDocument(PlanRow):
    """One document with its scan; the row counts for a gate without the scan too, which is then only advised."""

    kind = models.CharField("Jenis", max_length=20, choices=DocumentKind)
    number = models.CharField("Nomor", max_length=80, blank=True, default="")
    date = models.DateField("Tanggal")
    subject = models.CharField("Perihal", max_length=250)
    stage = models.ForeignKey(Stage, models.PROTECT, null=True, blank=True, verbose_name="Dibawa ke tahap")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, verbose_name="Berkas")

    class Meta(PlanRow.Meta):
        verbose_name = "dokumen"
        verbose_name_plural = "dokumen"
        constraints = [
            models.CheckConstraint(name="cycle_document_kind_known", condition=Q(kind__in=DocumentKind.values))
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}".strip()


class DocumentSigner(models.Model):
    document = models.ForeignKey(CycleDocument, models.CASCADE, related_name="signers", verbose_name="Dokumen")
    name = models.CharField("Nama", max_length=120, blank=True, default="")
    office = models.CharField("Jabatan", max_length=160)

    class Meta:
        verbose_name = "penanda tangan"
        verbose_name_plural = "penanda tangan"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.name}, {self.office}" if self.name else self.office
