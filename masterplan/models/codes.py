"""Code lists of the government, loaded from files and versioned by the year from which they hold."""

from django.db import models
from django.db.models import Q

from masterplan.enums import CodeListKind


class CodeList(models.Model):
    """One edition of one list; the newest of a kind is offered, rows keep what they were given from older ones."""

    code = models.SlugField("Kode", unique=True)
    kind = models.CharField("Jenis", max_length=20, choices=CodeListKind)
    title = models.CharField("Judul", max_length=160)
    valid_from = models.PositiveIntegerField("Berlaku sejak tahun")
    note = models.TextField("Catatan", blank=True, default="")

    class Meta:
        verbose_name = "daftar kode"
        verbose_name_plural = "daftar kode"
        ordering = ["kind", "-valid_from"]
        constraints = [models.CheckConstraint(name="code_list_kind_known", condition=Q(kind__in=CodeListKind.values))]

    def __str__(self) -> str:
        return self.title


class CodeEntry(models.Model):
    """`parent` is the code of a broader entry of the same list, or empty."""

    code_list = models.ForeignKey(CodeList, models.CASCADE, related_name="entries", verbose_name="Daftar kode")
    code = models.CharField("Kode", max_length=40)
    name = models.CharField("Nama", max_length=300)
    parent = models.CharField("Induk", max_length=40, blank=True, default="")
    position = models.PositiveIntegerField("Urutan")

    class Meta:
        verbose_name = "butir daftar kode"
        verbose_name_plural = "butir daftar kode"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["code_list", "code"], name="code_entry_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
