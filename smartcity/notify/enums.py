"""What people are told about, how it reaches them, and what became of a mail."""

from django.db import models


class NoticeGroup(models.TextChoices):
    """What a person chooses a way for."""

    ASSIGNED = "tugas", "Ditujukan kepada saya"
    DUE = "tenggat", "Jatuh tempo besok, hari ini, atau sudah lewat"
    OFFICE = "kantor", "Untuk perangkat daerah atau daerah saya"
    TALK = "tanggapan", "Kelanjutan komentar saya"
    PLAN = "rencana", "Kiriman, tahap, dan tenggat rencana"


class Delivery(models.TextChoices):
    NOW = "segera", "Surat segera"
    DIGEST = "ringkasan", "Ringkasan pagi"
    APP = "aplikasi", "Hanya di aplikasi"


class MailKind(models.TextChoices):
    SINGLE = "satu", "Satu pemberitahuan"
    DIGEST = "ringkasan", "Ringkasan harian"
    OUTSIDE = "luar", "Surat kepada orang tanpa akun"


class MailState(models.TextChoices):
    """SENDING is written before the server is asked, so that whoever comes after a crash sees how far a mail came."""

    WAITING = "menunggu", "Menunggu"
    SENDING = "dikirim", "Sedang dikirim"
    SENT = "terkirim", "Terkirim"
    FAILED = "gagal", "Gagal"
    DROPPED = "batal", "Tidak perlu dikirim"


USUAL_DELIVERY = {
    NoticeGroup.ASSIGNED: Delivery.NOW,
    NoticeGroup.DUE: Delivery.NOW,
    NoticeGroup.OFFICE: Delivery.DIGEST,
    NoticeGroup.TALK: Delivery.DIGEST,
    NoticeGroup.PLAN: Delivery.DIGEST,
}
