"""Remarks on a plan: a thread that stands on a place, and what people wrote in it."""

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone

from masterplan.enums import AnchorState, CommentAct, CommentKind, CommentPlace, CommentState, CommentVisibility
from masterplan.models.plan import Masterplan
from masterplan.models.section import Section
from smartcity.accounts.enums import Role
from smartcity.accounts.models import User
from smartcity.accounts.standing import standing_of
from smartcity.regency.models import Opd

# Anchors move with every save of the text: that is neither a deed of a person nor worth a version of the thread.
MOVES_BY_ITSELF = ["block", "start", "end", "prefix", "suffix", "anchor"]


class CommentThreadQuerySet(models.QuerySet["CommentThread"]):
    def visible_to(self, user: User | AnonymousUser) -> "CommentThreadQuerySet":
        """The one home of the question which threads a person may know of; agrees with `rules.can_see_comment`."""
        standing = standing_of(user)
        reviewed = Masterplan.objects.reviewed_by(user)
        seen = Q(visibility=CommentVisibility.TEAM) | Q(plan__in=reviewed)
        own = Q(plan__regency_id__in=standing.regency_ids_as(Role.COORDINATOR)) | Q(opd_id__in=standing.opd_ids)
        seen |= Q(visibility=CommentVisibility.OFFICE) & own
        return self.filter(seen, plan__in=Masterplan.objects.visible_to(user))

    def waiting_for(self, user: User) -> "CommentThreadQuerySet":
        """Where this person is the next to act: to answer, or to accept an answer. Part of what is visible."""
        standing = standing_of(user)
        coordinated = Q(plan__regency_id__in=standing.regency_ids_as(Role.COORDINATOR))
        unassigned = Q(assignee=None, assigned_opd=None) & ~Q(asker=user) & ~Q(visibility=CommentVisibility.REVIEWERS)
        to_answer = Q(assignee=user) | Q(assigned_opd_id__in=standing.opd_ids) | (coordinated & unassigned)
        open_ones = Q(state=CommentState.OPEN) & ~Q(kind=CommentKind.PRAISE)
        return self.visible_to(user).filter((open_ones & to_answer) | Q(state=CommentState.ANSWERED, asker=user))

    def unresolved(self) -> "CommentThreadQuerySet":
        return self.exclude(state=CommentState.RESOLVED)

    def holding(self) -> "CommentThreadQuerySet":
        """What a gate waits for."""
        return self.unresolved().filter(kind=CommentKind.MUST_FIX)

    def on_text_of(self, section: Section) -> "CommentThreadQuerySet":
        """Resolved ones too: they may be reopened."""
        return self.filter(section=section, place=CommentPlace.TEXT)

    def stamp(self, section: Section) -> str:
        """Changes whenever something about these threads of the section does, in one query."""
        own = self.filter(section=section).order_by()
        found = own.aggregate(
            number=models.Count("pk"),
            last=models.Max("changed_at"),
            lost=models.Count("pk", filter=~Q(anchor=AnchorState.FOLLOWED)),
        )
        last = found["last"].timestamp() if found["last"] else 0
        return f"{found['number']}-{last:.6f}-{found['lost']}"

    def with_people(self) -> "CommentThreadQuerySet":
        return self.select_related(
            "opd", "asker", "assignee", "assigned_opd", "section__outline_section__chapter__book"
        ).defer("section__doc", "section__html")


@pghistory.track(exclude=MOVES_BY_ITSELF)
class CommentThread(models.Model):
    """`number` is its name in the plan (K-12). `label` and `dimension` are kept from the beginning, for when the place is gone."""

    plan = models.ForeignKey(Masterplan, models.CASCADE, related_name="comment_threads", verbose_name="Rencana")
    number = models.PositiveIntegerField("Nomor")
    token = models.UUIDField("Penanda kiriman")
    version = models.PositiveIntegerField("Versi", default=1)
    kind = models.CharField("Jenis", max_length=12, choices=CommentKind)
    visibility = models.CharField("Terlihat oleh", max_length=10, choices=CommentVisibility)
    opd = models.ForeignKey(
        Opd, models.PROTECT, null=True, related_name="+", verbose_name="Perangkat daerah yang melihat"
    )
    state = models.CharField("Keadaan", max_length=10, choices=CommentState, default=CommentState.OPEN)
    asker = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="Penanya"
    )
    is_by_reviewer = models.BooleanField("Dari peninjau", default=False)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="Untuk"
    )
    assigned_opd = models.ForeignKey(
        Opd, models.PROTECT, null=True, related_name="+", verbose_name="Untuk perangkat daerah"
    )
    due = models.DateField("Batas waktu", null=True)
    created_at = models.DateTimeField("Ditulis", default=timezone.now)
    changed_at = models.DateTimeField("Kegiatan terakhir", default=timezone.now)
    resolved_at = models.DateTimeField("Selesai", null=True)

    place = models.CharField("Tempat", max_length=10, choices=CommentPlace)
    label = models.CharField("Nama tempat", max_length=250)
    dimension = models.CharField("Dimensi", max_length=8, blank=True, default="")
    section = models.ForeignKey(
        Section, models.SET_NULL, null=True, related_name="comment_threads", verbose_name="Bagian"
    )
    text_version = models.PositiveIntegerField("Versi naskah saat ditulis", null=True)
    block = models.CharField("Blok", max_length=64, blank=True, default="")
    start = models.PositiveIntegerField("Dari aksara", null=True)
    end = models.PositiveIntegerField("Sampai aksara", null=True)
    quote = models.TextField("Kutipan", blank=True, default="")
    prefix = models.CharField("Sebelum kutipan", max_length=40, blank=True, default="")
    suffix = models.CharField("Sesudah kutipan", max_length=40, blank=True, default="")
    anchor = models.CharField("Keadaan teks", max_length=10, choices=AnchorState, default=AnchorState.FOLLOWED)
    row_table = models.CharField("Tabel", max_length=60, blank=True, default="")
    row_id = models.BigIntegerField("Nomor baris", null=True)
    column = models.CharField("Kolom", max_length=60, blank=True, default="")
    column_label = models.CharField("Nama kolom", max_length=120, blank=True, default="")

    objects = CommentThreadQuerySet.as_manager()

    class Meta:
        verbose_name = "komentar"
        verbose_name_plural = "komentar"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="comment_number_once"),
            models.UniqueConstraint(fields=["plan", "asker", "token"], name="comment_posted_once"),
            models.CheckConstraint(name="comment_kind_known", condition=Q(kind__in=CommentKind.values)),
            models.CheckConstraint(name="comment_state_known", condition=Q(state__in=CommentState.values)),
            models.CheckConstraint(name="comment_anchor_known", condition=Q(anchor__in=AnchorState.values)),
            models.CheckConstraint(
                name="comment_visibility_whole",
                condition=Q(visibility__in=(CommentVisibility.REVIEWERS, CommentVisibility.TEAM), opd=None)
                | Q(visibility=CommentVisibility.OFFICE, opd__isnull=False),
            ),
            models.CheckConstraint(
                name="comment_must_fix_is_seen_by_the_team",
                condition=~Q(kind=CommentKind.MUST_FIX, visibility=CommentVisibility.REVIEWERS),
            ),
            models.CheckConstraint(
                name="comment_resolved_has_its_time",
                condition=Q(state=CommentState.RESOLVED, resolved_at__isnull=False)
                | (~Q(state=CommentState.RESOLVED) & Q(resolved_at=None)),
            ),
            models.CheckConstraint(name="comment_for_one", condition=Q(assignee=None) | Q(assigned_opd=None)),
            models.CheckConstraint(
                name="comment_anchor_has_its_shape",
                condition=Q(place=CommentPlace.PLAN, section=None, block="", quote="", row_id=None, column="")
                | Q(place=CommentPlace.SECTION, block="", quote="", row_id=None, column="")
                | (
                    Q(place=CommentPlace.TEXT, row_id=None, column="", start__isnull=False, text_version__isnull=False)
                    & ~Q(block="")
                    & ~Q(quote="")
                    & Q(end__gt=models.F("start"))
                )
                | (
                    Q(place=CommentPlace.ROW, section=None, block="", row_id__isnull=False, column="")
                    & ~Q(row_table="")
                )
                | (
                    Q(place=CommentPlace.CELL, section=None, block="", row_id__isnull=False)
                    & ~Q(row_table="")
                    & ~Q(column="")
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["section", "place"], name="comment_by_section"),
            models.Index(fields=["plan", "row_table", "row_id"], name="comment_by_row"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"K-{self.number}"

    @property
    def is_over(self) -> bool:
        return self.state == CommentState.RESOLVED

    @property
    def is_late(self) -> bool:
        return self.due is not None and not self.is_over and self.due < timezone.localdate()

    @property
    def shown_quote(self) -> str:
        """Facts, footnotes and references in it are not its words; a sign stands for each."""
        return self.quote.replace("\ufffc", "▫")

    @property
    def meant_for(self) -> str:
        """Needs `assignee` and `assigned_opd`."""
        if self.assignee:
            return self.assignee.display_name
        return self.assigned_opd.label if self.assigned_opd else ""


@pghistory.track()
class Comment(models.Model):
    """One contribution. What was said stays as it was said; `author_name` outlives the account."""

    thread = models.ForeignKey(CommentThread, models.CASCADE, related_name="comments", verbose_name="Komentar")
    act = models.CharField("Tindakan", max_length=12, choices=CommentAct)
    body = models.CharField("Isi", max_length=2000, blank=True, default="")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="Penulis"
    )
    author_name = models.CharField("Nama penulis", max_length=120)
    is_by_reviewer = models.BooleanField("Dari peninjau", default=False)
    token = models.UUIDField("Penanda kiriman")
    at = models.DateTimeField("Waktu", default=timezone.now)

    class Meta:
        verbose_name = "isi komentar"
        verbose_name_plural = "isi komentar"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["thread", "author", "token"], name="reply_posted_once"),
            models.CheckConstraint(name="comment_act_known", condition=Q(act__in=CommentAct.values)),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="comment_never_changes", fields=["thread", "act", "body", "author_name", "at"])
        ]

    def __str__(self) -> str:
        return f"{self.author_name}, {self.get_act_display()}"
