"""What reviewers say of a submission: chapter by chapter, then of the stage."""

import pgtrigger
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone

from bimtek.enums import OpinionLevel
from bimtek.models.stored_file import StoredFile
from bimtek.models.submission import Submission
from masterplan.models import Masterplan
from smartcity.accounts.models import User


class OpinionQuerySet(models.QuerySet["Opinion"]):
    def issued(self) -> "OpinionQuerySet":
        return self.filter(number__isnull=False)

    def drafts(self) -> "OpinionQuerySet":
        return self.filter(number=None)

    def visible_to(self, user: User | AnonymousUser) -> "OpinionQuerySet":
        """A draft is for reviewers of the plan; what is official is for everybody who reads it."""
        seen = Q(number__isnull=False) | Q(plan__in=Masterplan.objects.reviewed_by(user))
        return self.filter(seen, plan__in=Masterplan.objects.visible_to(user))


class Opinion(models.Model):
    """One reviewer on one chapter (`chapter` its code, `label` its name), or with an empty chapter on the stage.

    A draft until it is issued: then it has a number, counted through the plan, a time, and never changes. Where a
    reviewer issues another on the same chapter, the last one counts.
    """

    plan = models.ForeignKey(Masterplan, models.PROTECT, related_name="opinions", verbose_name="Rencana")
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="opinions", verbose_name="Kiriman")
    chapter = models.CharField("Bab", max_length=16, blank=True, default="")
    label = models.CharField("Yang dinilai", max_length=250)
    level = models.CharField("Pendapat", max_length=16, choices=OpinionLevel)
    note = models.TextField("Catatan", max_length=4000, blank=True, default="")
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="opinions", verbose_name="Berkas"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="Peninjau")
    by_name = models.CharField("Nama peninjau", max_length=120)
    version = models.PositiveIntegerField("Versi", default=1)
    changed_at = models.DateTimeField("Diubah", default=timezone.now)
    number = models.PositiveIntegerField("Nomor", null=True)
    issued_at = models.DateTimeField("Dikeluarkan", null=True)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        verbose_name = "pendapat"
        verbose_name_plural = "pendapat"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="opinion_number_once"),
            models.UniqueConstraint(
                fields=["submission", "chapter", "by"], name="opinion_one_draft", condition=Q(number=None)
            ),
            models.UniqueConstraint(
                fields=["submission"], name="opinion_on_stage_once", condition=Q(chapter="", number__isnull=False)
            ),
            models.CheckConstraint(name="opinion_level_known", condition=Q(level__in=OpinionLevel.values)),
            models.CheckConstraint(
                name="opinion_issued_whole",
                condition=Q(number=None, issued_at=None) | Q(number__isnull=False, issued_at__isnull=False),
            ),
            models.CheckConstraint(
                name="opinion_says_why", condition=Q(level=OpinionLevel.AGREED) | ~Q(note="")
            ),
        ]  # fmt: skip
        triggers = [
            pgtrigger.Protect(
                name="issued_never_changes",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__number__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"Pendapat {self.number}" if self.number else "Konsep pendapat"

    @property
    def is_on_stage(self) -> bool:
        return not self.chapter
