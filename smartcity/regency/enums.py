"""Kinds of regions and of their offices."""

from django.db import models


class RegencyKind(models.TextChoices):
    KABUPATEN = "kabupaten", "Kabupaten"
    KOTA = "kota", "Kota"


class OpdKind(models.TextChoices):
    SEKRETARIAT = "sekretariat", "Sekretariat"
    INSPEKTORAT = "inspektorat", "Inspektorat"
    DINAS = "dinas", "Dinas"
    BADAN = "badan", "Badan"
    BAGIAN = "bagian", "Bagian"
    SATUAN = "satuan", "Satuan"
    KECAMATAN = "kecamatan", "Kecamatan"
    RSUD = "rsud", "Rumah sakit daerah"
    BUMD = "bumd", "Badan usaha milik daerah"
    LAINNYA = "lainnya", "Lainnya"
