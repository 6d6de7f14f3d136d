"""The certificate a region signs with, and the files that were signed with it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from bimtek.enums import SignatureState
from bimtek.models.approval import Edition
from bimtek.models.submission import NEVER_CHANGES
from smartcity.regency.models import Regency


class SigningCertificate(models.Model):
    """`content` is PKCS#12 under a passphrase that is stored nowhere (decision 0021)."""

    regency = models.OneToOneField(
        Regency, models.CASCADE, primary_key=True, related_name="signing_certificate", verbose_name="Daerah"
    )
    content = models.BinaryField("Isi")
    fingerprint = models.CharField("Sidik sertifikat", max_length=64)
    subject = models.CharField("Pemegang", max_length=200)
    issuer = models.CharField("Penerbit", max_length=200)
    valid_from = models.DateTimeField("Berlaku mulai")
    valid_until = models.DateTimeField("Berlaku sampai")
    is_test = models.BooleanField("Sertifikat uji", default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="Dipasang oleh")
    at = models.DateTimeField("Dipasang", default=timezone.now)

    class Meta:
        verbose_name = "sertifikat tanda tangan"
        verbose_name_plural = "sertifikat tanda tangan"

    def __str__(self) -> str:
        return self.subject


def signed_path(signed: "SignedEdition", _name: str) -> str:
    return f"signed/{signed.edition_id}-{uuid.uuid4().hex}.pdf"


class SignedEdition(models.Model):
    """The approved PDF with a signature added; the approved one stays as it was. `state` is as found at signing."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="signed", verbose_name="Edisi")
    file = models.FileField("Berkas", upload_to=signed_path, max_length=200)
    sha256 = models.CharField("Sidik berkas", max_length=64, unique=True)
    size = models.PositiveBigIntegerField("Ukuran (bita)")
    fingerprint = models.CharField("Sidik sertifikat", max_length=64)
    subject = models.CharField("Penanda tangan", max_length=200)
    issuer = models.CharField("Penerbit sertifikat", max_length=200)
    state = models.CharField("Keadaan", max_length=24, choices=SignatureState)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="Oleh")
    at = models.DateTimeField("Ditandatangani", default=timezone.now)

    class Meta:
        verbose_name = "edisi bertanda tangan"
        verbose_name_plural = "edisi bertanda tangan"
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "fingerprint"], name="edition_signed_once_by_a_certificate"),
            models.CheckConstraint(
                name="signed_file_whole",
                condition=Q(state__in=[SignatureState.TRUSTED, SignatureState.UNKNOWN_ISSUER, SignatureState.TEST]),
            ),
        ]
        triggers = [NEVER_CHANGES]

    def __str__(self) -> str:
        return f"{self.edition}, {self.subject}"
