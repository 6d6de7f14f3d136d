"""Provinces, regencies (kabupaten and kota alike) and their offices (OPD)."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

from smartcity.regency.enums import OpdKind, RegencyKind


class Province(models.Model):
    """Key: the two-digit Kemendagri code."""

    code = models.CharField("Kode", max_length=2, primary_key=True)
    name = models.CharField("Nama", max_length=60, unique=True)

    class Meta:
        verbose_name = "provinsi"
        verbose_name_plural = "provinsi"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class RegencyQuerySet(models.QuerySet["Regency"]):
    def matching(self, text: str) -> "RegencyQuerySet":
        """Regions whose code, name, kind or province contain every word."""
        found = self
        for word in text.split():
            found = found.filter(
                Q(name__icontains=word)
                | Q(kind__icontains=word)
                | Q(province__name__icontains=word)
                | Q(code__startswith=word)
            )
        return found


@pghistory.track()
class Regency(models.Model):
    """A kabupaten or kota, always named with kind and province: four of them contain "Banjar" (F76)."""

    code = models.CharField("Kode", max_length=5, primary_key=True)
    province = models.ForeignKey(Province, models.PROTECT, related_name="regencies", verbose_name="Provinsi")
    kind = models.CharField("Jenis", max_length=10, choices=RegencyKind)
    name = models.CharField("Nama", max_length=80)
    capital = models.CharField("Ibu kota", max_length=80, blank=True, default="")
    head_title = models.CharField("Sebutan kepala daerah", max_length=40, blank=True, default="")
    opd_term = models.CharField("Sebutan perangkat daerah", max_length=20, blank=True, default="OPD")
    area_km2 = models.DecimalField("Luas (km²)", max_digits=12, decimal_places=2, null=True, blank=True)
    district_count = models.PositiveIntegerField("Jumlah kecamatan", null=True, blank=True)
    village_count = models.PositiveIntegerField("Jumlah desa", null=True, blank=True)
    ward_count = models.PositiveIntegerField("Jumlah kelurahan", null=True, blank=True)
    area_note = models.TextField("Catatan luas wilayah", blank=True, default="")
    cohort_year = models.PositiveIntegerField("Angkatan program", null=True, blank=True)
    mixup_note = models.TextField("Catatan pembeda", blank=True, default="")

    objects = RegencyQuerySet.as_manager()

    class Meta:
        verbose_name = "daerah"
        verbose_name_plural = "daerah"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(name="regency_kind_known", condition=Q(kind__in=RegencyKind.values)),
            models.UniqueConstraint(fields=["kind", "name", "province"], name="regency_named_once"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.get_kind_display()} {self.name}"

    @property
    def label(self) -> str:
        """Kind, name and province; needs `province` loaded."""
        return f"{self.full_name}, {self.province.name}"

    @property
    def head_of_region(self) -> str:
        return self.head_title or ("Wali Kota" if self.kind == RegencyKind.KOTA else "Bupati")

    @property
    def head_office(self) -> str:
        """The office with the region it belongs to: "Bupati Banjar"."""
        return f"{self.head_of_region} {self.name}"


class OpdQuerySet(models.QuerySet["Opd"]):
    def matching(self, text: str) -> "OpdQuerySet":
        return self.filter(
            Q(name__icontains=text)
            | Q(short_name__icontains=text)
            | Q(aliases__icontains=text)
            | Q(code__icontains=text)
        )


@pghistory.track()
class Opd(models.Model):
    """An office of a regency (OPD, SKPD, perangkat daerah); aliases are what people type."""

    regency = models.ForeignKey(Regency, models.CASCADE, related_name="opds", verbose_name="Daerah")
    code = models.CharField("Kode", max_length=40)
    name = models.CharField("Nama resmi", max_length=200)
    short_name = models.CharField("Nama pendek", max_length=60, blank=True, default="")
    kind = models.CharField("Jenis", max_length=12, choices=OpdKind, default=OpdKind.DINAS)
    aliases = ArrayField(models.CharField(max_length=120), verbose_name="Nama lain", default=list, blank=True)
    position = models.PositiveIntegerField("Urutan", default=0)
    is_active = models.BooleanField("Aktif", default=True)

    objects = OpdQuerySet.as_manager()

    class Meta:
        verbose_name = "perangkat daerah"
        verbose_name_plural = "perangkat daerah"
        ordering = ["position", "name"]
        constraints = [
            models.CheckConstraint(name="opd_kind_known", condition=Q(kind__in=OpdKind.values)),
            models.UniqueConstraint("regency", Upper("code"), name="opd_code_once"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return self.short_name or self.code
