"""The region's own approval of a final submission, the edition that comes of it, and its enactment."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from bimtek.enums import ApprovalState, ChainState, EksposeLevel, EksposeVerdict, SigningCapacity
from bimtek.models.document import CycleDocument
from bimtek.models.event import CycleEvent
from bimtek.models.stored_file import StoredFile
from bimtek.models.submission import NEVER_CHANGES, Submission
from masterplan.models import Masterplan


class ApprovalOffice(models.Model):
    """An office that approves a masterplan, in the order of `position`; reference data.

    An office with `is_head` is called as the region calls its head (Bupati, Wali Kota).
    """

    code = models.CharField("Kode", max_length=16, primary_key=True)
    name = models.CharField("Jabatan", max_length=120)
    is_head = models.BooleanField("Kepala daerah", default=False)
    position = models.PositiveSmallIntegerField("Urutan")

    class Meta:
        verbose_name = "jabatan pengesah"
        verbose_name_plural = "jabatan pengesah"
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class ApprovalChain(models.Model):
    """`sha256` is that of the PDF which everybody in it approves. A returned chain ends; what was mended is handed in again."""

    submission = models.OneToOneField(
        Submission, models.PROTECT, related_name="chain", verbose_name="Kiriman"
    )  # fmt: skip
    plan = models.ForeignKey(Masterplan, models.PROTECT, related_name="chains", verbose_name="Rencana")
    sha256 = models.CharField("Sidik PDF", max_length=64)
    state = models.CharField("Keadaan", max_length=12, choices=ChainState, default=ChainState.RUNNING)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="Dimulai oleh"
    )
    started_by_name = models.CharField("Nama", max_length=120)
    started_at = models.DateTimeField("Dimulai", default=timezone.now)
    ended_at = models.DateTimeField("Selesai", null=True)

    class Meta:
        verbose_name = "pengesahan"
        verbose_name_plural = "pengesahan"
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(fields=["plan"], name="one_running_chain", condition=Q(state=ChainState.RUNNING)),
            models.CheckConstraint(name="chain_state_known", condition=Q(state__in=ChainState.values)),
            models.CheckConstraint(
                name="chain_ends_with_its_time",
                condition=Q(state=ChainState.RUNNING, ended_at=None)
                | (~Q(state=ChainState.RUNNING) & Q(ended_at__isnull=False)),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="ended_never_changes",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=~pgtrigger.Q(old__state=ChainState.RUNNING),
            )
        ]

    def __str__(self) -> str:
        return f"Pengesahan {self.submission}"


class Approval(models.Model):
    """One office in a chain. `person` is who is asked; without one any head of the region's staff who may approve.

    `signer` and `signer_office` are as on the signed sheet: "a.n. Bupati Banjar, Sekretaris Daerah". `sha256` is that of
    the PDF which the person had before them.
    """

    chain = models.ForeignKey(ApprovalChain, models.PROTECT, related_name="approvals", verbose_name="Pengesahan")
    position = models.PositiveSmallIntegerField("Urutan")
    office = models.CharField("Jabatan", max_length=160)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="Yang diminta"
    )
    state = models.CharField("Keadaan", max_length=12, choices=ApprovalState, default=ApprovalState.WAITING)
    capacity = models.CharField("Sebagai", max_length=12, choices=SigningCapacity, default=SigningCapacity.HOLDER)
    signer = models.CharField("Nama penanda tangan", max_length=160, blank=True, default="")
    signer_office = models.CharField("Jabatan penanda tangan", max_length=160, blank=True, default="")
    mandate = models.CharField("Dasar pelimpahan (nomor surat)", max_length=160, blank=True, default="")
    note = models.TextField("Catatan", max_length=2000, blank=True, default="")
    sha256 = models.CharField("Sidik PDF", max_length=64, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="Oleh")
    by_name = models.CharField("Nama", max_length=120, blank=True, default="")
    at = models.DateTimeField("Waktu", null=True)

    class Meta:
        verbose_name = "persetujuan"
        verbose_name_plural = "persetujuan"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["chain", "position"], name="approval_position_once"),
            models.CheckConstraint(name="approval_state_known", condition=Q(state__in=ApprovalState.values)),
            models.CheckConstraint(name="approval_capacity_known", condition=Q(capacity__in=SigningCapacity.values)),
            models.CheckConstraint(
                name="approval_says_by_whom",
                condition=Q(state=ApprovalState.WAITING, by=None, at=None)
                | (~Q(state=ApprovalState.WAITING) & Q(by__isnull=False, at__isnull=False)),
            ),
            models.CheckConstraint(
                name="approval_returned_says_why", condition=~Q(state=ApprovalState.RETURNED) | ~Q(note="")
            ),
            models.CheckConstraint(
                name="approval_delegated_has_mandate",
                condition=~Q(state=ApprovalState.APPROVED) | Q(capacity=SigningCapacity.HOLDER) | ~Q(mandate=""),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="decided_never_changes",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=~pgtrigger.Q(old__state=ApprovalState.WAITING),
            )
        ]

    def __str__(self) -> str:
        return self.office


class SignedSheet(models.Model):
    """A scan of the signed sheet under one approval; another may be added, none is taken away."""

    approval = models.ForeignKey(Approval, models.PROTECT, related_name="sheets", verbose_name="Persetujuan")
    stored = models.ForeignKey(StoredFile, models.PROTECT, verbose_name="Berkas")
    at = models.DateTimeField("Diunggah", default=timezone.now)

    class Meta:
        verbose_name = "lembar tanda tangan"
        verbose_name_plural = "lembar tanda tangan"
        ordering = ["at", "pk"]
        triggers = [NEVER_CHANGES]

    def __str__(self) -> str:
        return self.stored.name


class EksposeOutcome(models.Model):
    """What was said of the plan at an ekspose. Another may follow; the last one counts."""

    event = models.ForeignKey(CycleEvent, models.PROTECT, related_name="outcomes", verbose_name="Ekspose")
    level = models.CharField("Tingkat", max_length=10, choices=EksposeLevel)
    presenter = models.CharField("Pemapar", max_length=160)
    verdict = models.CharField("Putusan", max_length=12, choices=EksposeVerdict)
    note = models.TextField("Catatan", max_length=4000, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="Dicatat oleh")
    by_name = models.CharField("Nama", max_length=120)
    at = models.DateTimeField("Waktu", default=timezone.now)

    class Meta:
        verbose_name = "putusan ekspose"
        verbose_name_plural = "putusan ekspose"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(name="ekspose_level_known", condition=Q(level__in=EksposeLevel.values)),
            models.CheckConstraint(name="ekspose_verdict_known", condition=Q(verdict__in=EksposeVerdict.values)),
            models.CheckConstraint(
                name="ekspose_to_mend_says_what", condition=Q(verdict=EksposeVerdict.ACCEPTED) | ~Q(note="")
            ),
        ]
        triggers = [NEVER_CHANGES]

    def __str__(self) -> str:
        return f"{self.event}: {self.get_verdict_display()}"


class Edition(models.Model):
    """The accepted masterplan: exactly the PDF that the region approved and the ekspose accepted."""

    plan = models.ForeignKey(Masterplan, models.PROTECT, related_name="editions", verbose_name="Rencana")
    number = models.PositiveSmallIntegerField("Nomor")
    chain = models.OneToOneField(ApprovalChain, models.PROTECT, related_name="edition", verbose_name="Pengesahan")
    accepted = models.ForeignKey(
        EksposeOutcome, models.PROTECT, related_name="editions", verbose_name="Putusan ekspose"
    )
    sha256 = models.CharField("Sidik PDF", max_length=64)
    at = models.DateTimeField("Terbit", default=timezone.now)

    class Meta:
        verbose_name = "edisi"
        verbose_name_plural = "edisi"
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="edition_number_once")]
        triggers = [NEVER_CHANGES]

    def __str__(self) -> str:
        return f"Edisi {self.number}"


class Enactment(models.Model):
    """The regulation of the head of region that puts an edition into force: a document of the registry."""

    edition = models.OneToOneField(Edition, models.PROTECT, related_name="enactment", verbose_name="Edisi")
    document = models.ForeignKey(CycleDocument, models.PROTECT, related_name="+", verbose_name="Peraturan")
    label = models.CharField("Peraturan", max_length=250)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="Dicatat oleh")
    at = models.DateTimeField("Dicatat", default=timezone.now)

    class Meta:
        verbose_name = "penetapan"
        verbose_name_plural = "penetapan"
        triggers = [NEVER_CHANGES]

    def __str__(self) -> str:
        return self.label
