"""Events of the cycle: workshops, meetings, the ekspose; their agenda, participants, attendance and files."""

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from bimtek.enums import AttendedHow, EventFileKind, EventKind, OrganisationKind
from bimtek.models.stage import Stage
from bimtek.models.stored_file import StoredFile
from masterplan.models import PlanRow


@pghistory.track()
class CycleEvent(PlanRow):
    """Several days, at a venue, online or both. What is cancelled stays on the list and takes no attendance."""

    kind = models.CharField("Jenis", max_length=20, choices=EventKind)
    title = models.CharField("Judul", max_length=160)
    stage = models.ForeignKey(Stage, models.PROTECT, null=True, blank=True, verbose_name="Tahap bimtek")
    start_date = models.DateField("Mulai")
    end_date = models.DateField("Selesai")
    venue = models.CharField("Tempat", max_length=200, blank=True, default="")
    online_url = models.URLField("Tautan daring", max_length=300, blank=True, default="")
    opened_by = models.CharField("Dibuka oleh (jabatan)", max_length=160, blank=True, default="")
    on_behalf_of = models.CharField("Atas nama (jabatan)", max_length=160, blank=True, default="")
    is_cancelled = models.BooleanField("Dibatalkan", default=False)
    minutes = models.TextField("Notula", max_length=20_000, blank=True, default="")
    decisions = ArrayField(models.CharField(max_length=300), verbose_name="Keputusan", default=list, blank=True)

    class Meta(PlanRow.Meta):
        verbose_name = "kegiatan"
        verbose_name_plural = "kegiatan"
        constraints = [
            models.CheckConstraint(name="cycle_event_dates_ordered", condition=Q(start_date__lte=F("end_date"))),
            models.CheckConstraint(name="cycle_event_kind_known", condition=Q(kind__in=EventKind.values)),
        ]

    def __str__(self) -> str:
        return self.title


class AgendaItem(models.Model):
    event = models.ForeignKey(CycleEvent, models.CASCADE, related_name="agenda", verbose_name="Kegiatan")
    day = models.DateField("Hari")
    starts = models.TimeField("Mulai pukul")
    ends = models.TimeField("Sampai pukul", null=True, blank=True)
    title = models.CharField("Acara", max_length=200)
    speaker = models.CharField("Pembicara", max_length=160, blank=True, default="")

    class Meta:
        verbose_name = "acara"
        verbose_name_plural = "acara"
        ordering = ["day", "starts", "pk"]

    def __str__(self) -> str:
        return f"{self.starts:%H.%M} {self.title}"


class EventFile(models.Model):
    event = models.ForeignKey(CycleEvent, models.CASCADE, related_name="files", verbose_name="Kegiatan")
    stored = models.ForeignKey(StoredFile, models.PROTECT, verbose_name="Berkas")
    kind = models.CharField("Jenis", max_length=10, choices=EventFileKind)
    caption = models.CharField("Keterangan", max_length=160, blank=True, default="")

    class Meta:
        verbose_name = "berkas kegiatan"
        verbose_name_plural = "berkas kegiatan"
        ordering = ["kind", "pk"]
        constraints = [models.CheckConstraint(name="event_file_kind_known", condition=Q(kind__in=EventFileKind.values))]

    def __str__(self) -> str:
        return self.caption or self.stored.name


class Participant(models.Model):
    """A person at one event. PROTECT keeps personal data out of the bin and out of submissions.

    `match_key` is name and organisation without case and spacing: the same person twice is one row.
    """

    event = models.ForeignKey(CycleEvent, models.PROTECT, related_name="participants", verbose_name="Kegiatan")
    name = models.CharField("Nama", max_length=120)
    office = models.CharField("Jabatan", max_length=160, blank=True, default="")
    organisation_kind = models.CharField("Unsur", max_length=20, choices=OrganisationKind)
    organisation = models.CharField("Instansi atau lembaga", max_length=160)
    contact = models.CharField("Kontak", max_length=120, blank=True, default="")
    match_key = models.CharField("Kunci nama", max_length=300, editable=False)
    is_walk_in = models.BooleanField("Mendaftar lewat QR", default=False)
    version = models.PositiveIntegerField("Versi", default=1)
    added_at = models.DateTimeField("Ditambahkan", default=timezone.now)

    class Meta:
        verbose_name = "peserta"
        verbose_name_plural = "peserta"
        ordering = ["organisation_kind", "organisation", "name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "match_key"], name="participant_once"),
            models.CheckConstraint(
                name="participant_organisation_known", condition=Q(organisation_kind__in=OrganisationKind.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.organisation})"


class Attendance(models.Model):
    """One person on one day, ticked by the coordinator or told by themselves through the day's QR."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="attendances", verbose_name="Peserta")
    day = models.DateField("Hari")
    how = models.CharField("Cara", max_length=4, choices=AttendedHow)
    at = models.DateTimeField("Dicatat", default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="Dicatat oleh"
    )

    class Meta:
        verbose_name = "kehadiran kegiatan"
        verbose_name_plural = "kehadiran kegiatan"
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["participant", "day"], name="attendance_once_a_day"),
            models.CheckConstraint(name="attendance_how_known", condition=Q(how__in=AttendedHow.values)),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.day}"
