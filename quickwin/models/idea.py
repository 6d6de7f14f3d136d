"""Ideas from citizens (F89): the box a region opens, what came in, who sent it, and what was decided on it."""

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from masterplan.enums import InnovationKind
from masterplan.models import Dimension, Masterplan, Programme
from quickwin.enums import IdeaState
from quickwin.models.quick_win import QuickWin
from smartcity.regency.models import Regency


@pghistory.track()
class IdeaBox(models.Model):
    """The public form of a region and the plan for which it gathers; without an open one the address does not exist."""

    regency = models.OneToOneField(
        Regency, models.CASCADE, primary_key=True, related_name="idea_box", verbose_name="Daerah"
    )
    plan = models.ForeignKey(Masterplan, models.CASCADE, related_name="idea_boxes", verbose_name="Rencana")
    is_open = models.BooleanField("Formulir dibuka", default=False)
    intro = models.TextField("Pengantar", max_length=2000, blank=True, default="")
    districts = ArrayField(models.CharField(max_length=80), verbose_name="Kecamatan", default=list, blank=True)
    version = models.PositiveIntegerField("Versi", default=0)

    class Meta:
        verbose_name = "formulir usulan warga"
        verbose_name_plural = "formulir usulan warga"

    def __str__(self) -> str:
        return f"Formulir usulan warga {self.regency_id}"


@pghistory.track()
class Idea(models.Model):
    """What a citizen proposes. Who it was stands in `IdeaSender`, outside this row and its history, so that it can go.

    `form_id` is the number of the sheet it was typed on, so that a second press of the button makes no second idea;
    `fingerprint` finds the same text again; `linked_to` is what the linked row was called when it was linked.
    """

    plan = models.ForeignKey(Masterplan, models.PROTECT, related_name="ideas", verbose_name="Rencana")
    number = models.PositiveIntegerField("Nomor")
    form_id = models.UUIDField("Nomor lembar", unique=True)
    fingerprint = models.CharField("Sidik teks", max_length=64)
    sent_at = models.DateTimeField("Diterima", default=timezone.now)
    district = models.CharField("Kecamatan", max_length=80, blank=True, default="")
    dimension = models.ForeignKey(
        Dimension, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Dimensi"
    )
    innovation = models.CharField("Jenis inovasi", max_length=12, choices=InnovationKind, blank=True, default="")
    problem = models.TextField("Masalah", max_length=2000)
    text = models.TextField("Usulan", max_length=4000)
    state = models.CharField("Keadaan", max_length=8, choices=IdeaState, default=IdeaState.NEW)
    programme = models.ForeignKey(
        Programme, models.SET_NULL, null=True, blank=True, related_name="ideas", verbose_name="Program"
    )
    quick_win = models.ForeignKey(
        QuickWin, models.SET_NULL, null=True, blank=True, related_name="ideas", verbose_name="Quick win"
    )
    linked_to = models.CharField("Dihubungkan dengan", max_length=330, blank=True, default="")
    version = models.PositiveIntegerField("Versi", default=0)

    class Meta:
        verbose_name = "usulan warga"
        verbose_name_plural = "usulan warga"
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="idea_number_once"),
            models.CheckConstraint(name="idea_state_known", condition=Q(state__in=IdeaState.values)),
            models.CheckConstraint(
                name="idea_innovation_known", condition=Q(innovation__in=["", *InnovationKind.values])
            ),
            models.CheckConstraint(
                name="idea_linked_to_one",
                condition=Q(state=IdeaState.LINKED) & ~Q(linked_to="") & (Q(programme=None) | Q(quick_win=None))
                | ~Q(state=IdeaState.LINKED) & Q(programme=None, quick_win=None, linked_to=""),
            ),
        ]
        indexes = [
            models.Index(fields=["plan", "state", "-sent_at"], name="idea_in_box"),
            models.Index(fields=["plan", "fingerprint"], name="idea_same_text"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return f"U-{self.number}"


class IdeaSender(models.Model):
    """Who sent an idea: no history, no export. There is an address only where its holder asked to be answered."""

    idea = models.OneToOneField(
        Idea, models.CASCADE, primary_key=True, related_name="sender", verbose_name="Usulan"
    )  # fmt: skip
    name = models.CharField("Nama", max_length=120)
    email = models.EmailField("E-mail", blank=True, default="")

    class Meta:
        verbose_name = "pengirim usulan"
        verbose_name_plural = "pengirim usulan"

    def __str__(self) -> str:
        return f"Pengirim usulan {self.idea_id}"


class IdeaStep(models.Model):
    """One decision on an idea, with its reason; the last one holds. `answer` is what is mailed, as the coordinator left it."""

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="steps", verbose_name="Usulan")
    state = models.CharField("Keputusan", max_length=8, choices=IdeaState)
    linked_to = models.CharField("Dihubungkan dengan", max_length=330, blank=True, default="")
    reason = models.TextField("Alasan", max_length=2000, blank=True, default="")
    answer = models.TextField("Jawaban", max_length=4000, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="Oleh")
    by_name = models.CharField("Nama", max_length=120)
    at = models.DateTimeField("Waktu", default=timezone.now)

    class Meta:
        verbose_name = "keputusan atas usulan"
        verbose_name_plural = "keputusan atas usulan"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="idea_step_state_known", condition=Q(state__in=IdeaState.values)),
            models.CheckConstraint(
                name="idea_step_declined_reasoned", condition=~Q(state=IdeaState.DECLINED) | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.at:%Y-%m-%d}"
