"""Notices (one person, one happening), the mails that carry them, and how each person wants to be told."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from smartcity.accounts.models import User
from smartcity.notify.enums import Delivery, MailKind, MailState, NoticeGroup


class Mail(models.Model):
    """One letter to one person. It has no text: that is made when it is sent, from what is true then.

    A letter to somebody without an account names what it is `about` and the row (`target`), and keeps no address: whoever
    keeps the row may forget it at any time.

    `message_id` stays the same however often it is tried. `handed_at` is written just before the end of the text goes to
    the server; whatever happens afterwards, only a person sends it again (decision 0016).
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="mails", verbose_name="Penerima"
    )
    kind = models.CharField("Jenis", max_length=10, choices=MailKind)
    about = models.CharField("Tentang", max_length=40, blank=True, default="")
    target = models.CharField("Perihal baris", max_length=40, blank=True, default="")
    day = models.DateField("Hari ringkasan", null=True, blank=True)
    message_id = models.CharField("Nomor surat", max_length=120, unique=True)
    address = models.EmailField("Alamat", blank=True, default="")
    subject = models.CharField("Perihal", max_length=200, blank=True, default="")
    state = models.CharField("Keadaan", max_length=10, choices=MailState, default=MailState.WAITING)
    attempts = models.PositiveSmallIntegerField("Percobaan", default=0)
    reason = models.CharField("Sebab", max_length=300, blank=True, default="")
    created_at = models.DateTimeField("Dibuat", default=timezone.now)
    next_at = models.DateTimeField("Dicoba lagi", default=timezone.now)
    first_tried_at = models.DateTimeField("Pertama dicoba", null=True, blank=True)
    handed_at = models.DateTimeField("Diserahkan", null=True, blank=True)
    sent_at = models.DateTimeField("Terkirim", null=True, blank=True)

    class Meta:
        verbose_name = "surat"
        verbose_name_plural = "surat"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="mail_kind_known", condition=Q(kind__in=MailKind.values)),
            models.CheckConstraint(name="mail_state_known", condition=Q(state__in=MailState.values)),
            models.CheckConstraint(
                name="mail_digest_has_its_day",
                condition=Q(kind=MailKind.DIGEST, day__isnull=False) | (~Q(kind=MailKind.DIGEST) & Q(day=None)),
            ),
            models.CheckConstraint(
                name="mail_outside_names_no_one",
                condition=(Q(kind=MailKind.OUTSIDE, user=None, address="") & ~Q(about="") & ~Q(target=""))
                | (~Q(kind=MailKind.OUTSIDE) & Q(user__isnull=False, about="", target="")),
            ),
            models.UniqueConstraint(
                fields=["about", "target"], name="mail_outside_once", condition=Q(kind=MailKind.OUTSIDE)
            ),
            models.UniqueConstraint(fields=["user", "day"], name="mail_one_digest_a_day"),
            models.CheckConstraint(
                name="mail_sent_has_its_time",
                condition=Q(state=MailState.SENT, sent_at__isnull=False) | (~Q(state=MailState.SENT) & Q(sent_at=None)),
            ),
        ]
        indexes = [
            models.Index(fields=["next_at"], name="mail_to_send", condition=Q(state=MailState.WAITING)),
            models.Index(fields=["user", "-id"], name="mail_of_person"),
        ]

    def __str__(self) -> str:
        return self.subject or str(self.get_kind_display())


class NoticeQuerySet(models.QuerySet["Notice"]):
    def of(self, user: User) -> "NoticeQuerySet":
        return self.filter(user=user)

    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at=None)

    def without_mail(self, delivery: Delivery) -> "NoticeQuerySet":
        """What a mail is still to be made for; what was read in the application needs none."""
        return self.unread().filter(mail=None, delivery=delivery)


class Notice(models.Model):
    """That something happened, told to one person. What it says is asked of its kind (`registry`) each time it is shown.

    `target` is the number of the row it is about, `key` what makes the happening one of a kind.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", verbose_name="Untuk")
    kind = models.CharField("Jenis", max_length=40)
    group = models.CharField("Kelompok", max_length=10, choices=NoticeGroup)
    target = models.CharField("Perihal", max_length=40)
    plan_code = models.CharField("Kode rencana", max_length=12, blank=True, default="")
    key = models.CharField("Kunci", max_length=120)
    at = models.DateTimeField("Waktu", default=timezone.now)
    read_at = models.DateTimeField("Dibaca", null=True, blank=True)
    delivery = models.CharField("Cara", max_length=10, choices=Delivery)
    mail = models.ForeignKey(Mail, models.SET_NULL, null=True, related_name="notices", verbose_name="Surat")
    left_out = models.CharField("Sebab tidak disuratkan", max_length=120, blank=True, default="")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "pemberitahuan"
        verbose_name_plural = "pemberitahuan"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(name="notice_group_known", condition=Q(group__in=NoticeGroup.values)),
            models.CheckConstraint(name="notice_delivery_known", condition=Q(delivery__in=Delivery.values)),
            models.UniqueConstraint(fields=["user", "key"], name="notice_told_once"),
        ]
        indexes = [
            models.Index(fields=["user"], name="notice_unread", condition=Q(read_at=None)),
            models.Index(fields=["user", "-at"], name="notice_of_person"),
            models.Index(
                fields=["delivery"],
                name="notice_to_mail",
                condition=Q(mail=None, read_at=None) & ~Q(delivery="aplikasi"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.target}"


class Preference(models.Model):
    """How one person wants to be told of one group; without a row the usual way holds."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="Pengguna")
    group = models.CharField("Kelompok", max_length=10, choices=NoticeGroup)
    delivery = models.CharField("Cara", max_length=10, choices=Delivery)

    class Meta:
        verbose_name = "pilihan pemberitahuan"
        verbose_name_plural = "pilihan pemberitahuan"
        constraints = [
            models.UniqueConstraint(fields=["user", "group"], name="preference_once"),
            models.CheckConstraint(name="preference_group_known", condition=Q(group__in=NoticeGroup.values)),
            models.CheckConstraint(name="preference_delivery_known", condition=Q(delivery__in=Delivery.values)),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_group_display()}, {self.get_delivery_display()}"
