"""How the books of a region look: what its coordinator chose for cover and colours."""

import pghistory
from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from masterplan.enums import CoverKind
from masterplan.models.picture import Picture
from smartcity.regency.models import Regency

COLOUR = RegexValidator(r"^#[0-9a-f]{6}\Z", "Tulis warna sebagai # dan enam angka heksadesimal, misalnya #084546.")


@pghistory.track()
class BookLook(models.Model):
    """Of all plans of the region. Without a row, and where a colour is empty, the book has the looks of the product."""

    regency = models.OneToOneField(Regency, models.CASCADE, related_name="book_look", verbose_name="Daerah")
    cover = models.CharField("Sampul", max_length=12, choices=CoverKind, default=CoverKind.GEOMETRIC)
    primary = models.CharField("Warna utama", max_length=7, blank=True, default="", validators=[COLOUR])
    secondary = models.CharField("Warna kedua", max_length=7, blank=True, default="", validators=[COLOUR])
    crest = models.ForeignKey(
        Picture, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Lambang daerah"
    )
    photo = models.ForeignKey(
        Picture, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Foto sampul"
    )
    photo_alt = models.CharField("Isi foto", max_length=200, blank=True, default="")
    photo_credit = models.CharField("Sumber foto", max_length=120, blank=True, default="")
    version = models.PositiveIntegerField("Versi", default=1)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="Diubah oleh"
    )
    changed_at = models.DateTimeField("Diubah", default=timezone.now)

    class Meta:
        verbose_name = "tampilan buku"
        verbose_name_plural = "tampilan buku"
        constraints = [models.CheckConstraint(name="book_look_cover_known", condition=Q(cover__in=CoverKind.values))]

    def __str__(self) -> str:
        return f"Tampilan buku {self.regency.full_name}"
