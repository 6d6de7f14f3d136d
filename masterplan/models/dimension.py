"""The versioned set of smart-city dimensions and their sub-dimensions."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class DimensionSet(models.Model):
    """Domain: six dimensions since 2017; a 2026 draft regulation names others, so the set is data."""

    code = models.SlugField("Kode", unique=True)
    title = models.CharField("Judul", max_length=120)
    valid_from = models.PositiveIntegerField("Berlaku sejak tahun")

    class Meta:
        verbose_name = "perangkat dimensi"
        verbose_name_plural = "perangkat dimensi"
        ordering = ["-valid_from"]

    def __str__(self) -> str:
        return self.title


class Dimension(models.Model):
    dimension_set = models.ForeignKey(
        DimensionSet, models.CASCADE, related_name="dimensions", verbose_name="Perangkat dimensi"
    )
    code = models.CharField("Kode", max_length=8)
    name = models.CharField("Nama", max_length=60)
    goal = models.TextField("Tujuan nasional")
    aliases = ArrayField(models.CharField(max_length=60), verbose_name="Nama lain", default=list, blank=True)
    position = models.PositiveIntegerField("Urutan")

    class Meta:
        verbose_name = "dimensi"
        verbose_name_plural = "dimensi"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["dimension_set", "code"], name="dimension_code_once")]

    def __str__(self) -> str:
        return self.name


class Subdimension(models.Model):
    dimension = models.ForeignKey(Dimension, models.CASCADE, related_name="subdimensions", verbose_name="Dimensi")
    code = models.CharField("Kode", max_length=12)
    name = models.CharField("Nama", max_length=120)
    position = models.PositiveIntegerField("Urutan")

    class Meta:
        verbose_name = "subdimensi"
        verbose_name_plural = "subdimensi"
        ordering = ["dimension__position", "position"]
        constraints = [models.UniqueConstraint(fields=["dimension", "code"], name="subdimension_code_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
