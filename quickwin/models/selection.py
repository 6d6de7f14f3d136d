"""How the quick wins of a year are chosen: criteria with weights, a round, its candidates, and who scored them."""

from functools import reduce
from operator import or_

import pgtrigger
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils import timezone

from masterplan.models import Dimension, Masterplan, Programme
from quickwin.enums import Decision
from quickwin.models.quick_win import QuickWin
from smartcity.accounts.models import User

POINTS = range(1, 6)
# What was decided on, and how; the links to programme and quick win may still change.
CHANGED = reduce(
    or_,
    (
        pgtrigger.Q(**{f"old__{name}__df": pgtrigger.F(f"new__{name}")})
        for name in ("round", "code", "name", "dimension", "decision", "reason")
    ),
)


class CriterionSet(models.Model):
    """One edition of the criteria, loaded from a file; the newest is offered, a round keeps the one it began with."""

    code = models.SlugField("Kode", unique=True)
    title = models.CharField("Judul", max_length=160)
    valid_from = models.PositiveIntegerField("Berlaku sejak tahun")

    class Meta:
        verbose_name = "perangkat kriteria"
        verbose_name_plural = "perangkat kriteria"
        ordering = ["-valid_from", "-pk"]

    def __str__(self) -> str:
        return self.title


class Criterion(models.Model):
    """What is scored, and how much it counts beside the others of its set."""

    criterion_set = models.ForeignKey(
        CriterionSet, models.CASCADE, related_name="criteria", verbose_name="Perangkat kriteria"
    )
    code = models.SlugField("Kode", max_length=20)
    name = models.CharField("Nama", max_length=80)
    question = models.CharField("Pertanyaan", max_length=250)
    weight = models.PositiveSmallIntegerField("Bobot")
    position = models.PositiveSmallIntegerField("Urutan")

    class Meta:
        verbose_name = "kriteria"
        verbose_name_plural = "kriteria"
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(name="criterion_weight_positive", condition=Q(weight__range=(1, 100))),
            models.UniqueConstraint(fields=["criterion_set", "code"], name="criterion_once"),
        ]

    def __str__(self) -> str:
        return self.name


class SelectionRound(models.Model):
    """The choice of one year. Scores are closed until everybody has handed in (`revealed_at`); once decided it never
    changes. `decided_as` says in whose right it was decided.
    """

    plan = models.ForeignKey(
        Masterplan, models.PROTECT, related_name="quick_win_rounds", verbose_name="Rencana"
    )  # fmt: skip
    year = models.PositiveIntegerField("Tahun")
    criterion_set = models.ForeignKey(CriterionSet, models.PROTECT, verbose_name="Perangkat kriteria")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="Dibuka oleh"
    )  # fmt: skip
    opened_at = models.DateTimeField("Dibuka", default=timezone.now)
    revealed_at = models.DateTimeField("Nilai terbuka sejak", null=True)
    decided_at = models.DateTimeField("Diputuskan", null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="Diputuskan oleh"
    )
    decided_by_name = models.CharField("Nama pemutus", max_length=120, blank=True, default="")
    decided_as = models.CharField("Diputuskan sebagai", max_length=400, blank=True, default="")

    class Meta:
        verbose_name = "pemilihan quick win"
        verbose_name_plural = "pemilihan quick win"
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "year"], name="selection_round_once"),
            models.CheckConstraint(
                name="selection_decided_whole",
                condition=Q(decided_at=None, decided_by=None, decided_as="")
                | (
                    Q(decided_at__isnull=False, revealed_at__isnull=False, decided_by__isnull=False) & ~Q(decided_as="")
                ),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="decided_never_changes",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__decided_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"Pemilihan quick win {self.year}"


class Candidate(models.Model):
    """A programme in a round. Code, name and dimension are those it had when it was decided on, whatever becomes of
    the programme; `quick_win` is the row made of a chosen one.
    """

    round = models.ForeignKey(SelectionRound, models.CASCADE, related_name="candidates", verbose_name="Pemilihan")
    programme = models.ForeignKey(
        Programme, models.SET_NULL, null=True, related_name="candidacies", verbose_name="Program"
    )  # fmt: skip
    code = models.CharField("Kode", max_length=16)
    name = models.CharField("Nama", max_length=300)
    dimension = models.ForeignKey(Dimension, models.PROTECT, related_name="+", verbose_name="Dimensi")
    decision = models.CharField("Keputusan", max_length=8, choices=Decision, blank=True, default="")
    reason = models.TextField("Alasan", max_length=2000, blank=True, default="")
    quick_win = models.ForeignKey(
        QuickWin, models.SET_NULL, null=True, related_name="candidacies", verbose_name="Quick win"
    )  # fmt: skip

    class Meta:
        verbose_name = "calon quick win"
        verbose_name_plural = "calon quick win"
        ordering = ["dimension__position", "code", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "code"], name="candidate_code_once"),
            models.CheckConstraint(
                name="candidate_decision_reasoned",
                condition=Q(decision="", reason="") | (Q(decision__in=Decision.values) & ~Q(reason="")),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="decided_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__decision__gt="") & CHANGED,
            ),
            pgtrigger.Protect(
                name="decided_is_kept", operation=pgtrigger.Delete, condition=pgtrigger.Q(old__decision__gt="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Ballot(models.Model):
    """One scorer in a round; handed in, its scores never change."""

    round = models.ForeignKey(SelectionRound, models.CASCADE, related_name="ballots", verbose_name="Pemilihan")
    scorer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="Penilai")
    scorer_name = models.CharField("Nama penilai", max_length=120)
    handed_in_at = models.DateTimeField("Diserahkan", null=True)

    class Meta:
        verbose_name = "lembar nilai"
        verbose_name_plural = "lembar nilai"
        ordering = ["scorer_name", "pk"]
        constraints = [models.UniqueConstraint(fields=["round", "scorer"], name="ballot_once")]
        triggers = [
            pgtrigger.Protect(
                name="handed_in_never_changes",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__handed_in_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.scorer_name


class ScoreQuerySet(models.QuerySet["Score"]):
    def visible_to(self, user: User | AnonymousUser) -> "ScoreQuerySet":
        """One's own always; the others' once everybody has handed in, for who reads the plan. No role is above this."""
        seen = Q(ballot__scorer_id=user.pk or 0) | Q(ballot__round__revealed_at__isnull=False)
        return self.filter(seen, ballot__round__plan__in=Masterplan.objects.visible_to(user))


class Score(models.Model):
    """1 (weak) to 5 (strong) on one criterion of one candidate, with a note if the scorer wants."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="scores", verbose_name="Lembar nilai")
    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="scores", verbose_name="Calon")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+", verbose_name="Kriteria")
    points = models.PositiveSmallIntegerField("Nilai (1–5)")
    note = models.CharField("Catatan", max_length=500, blank=True, default="")

    objects = ScoreQuerySet.as_manager()

    class Meta:
        verbose_name = "nilai"
        verbose_name_plural = "nilai"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="score_1_to_5", condition=Q(points__range=(1, 5))),
            models.UniqueConstraint(fields=["ballot", "candidate", "criterion"], name="score_once"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="handed_in_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("row_ballot", "bigint")],
                func=(
                    "IF TG_OP = 'DELETE' THEN row_ballot := OLD.ballot_id; ELSE row_ballot := NEW.ballot_id; END IF;"
                    " IF EXISTS (SELECT 1 FROM quickwin_ballot WHERE id = row_ballot AND handed_in_at IS NOT NULL)"
                    " THEN RAISE EXCEPTION 'scores of a ballot that was handed in never change'; END IF;"
                    " IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;"
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.candidate.code} {self.criterion}: {self.points}"
