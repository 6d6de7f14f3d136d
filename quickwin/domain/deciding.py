"""From open scores to the quick wins of a year: the matrix, the decision with its reasons, and a row for each chosen one."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from masterplan.domain.row import create_row, next_code
from masterplan.models import Dimension, Programme
from quickwin.domain.chair import chair_of
from quickwin.domain.notices import tell_of_decision
from quickwin.domain.selection import locked, record_round
from quickwin.enums import Continuation, Decision, QuickWinStatus
from quickwin.models import Ballot, Candidate, Criterion, QuickWin, Score, SelectionRound
from quickwin.ranking import Place, ranked
from quickwin.rules import can_decide
from smartcity.accounts.models import User
from smartcity.ui.refusal import Incomplete, NotAllowed, WrongState
from smartcity.ui.text import cleaned

MAX_REASON = 2000


@dataclass(frozen=True)
class Matrix:
    """Every candidate's place, best first, over the criteria of the round; `scores` by candidate, then ballot."""

    criteria: list[Criterion]
    ballots: list[Ballot]
    places: list[Place[Candidate, Criterion]]
    scores: dict[Candidate, dict[Ballot, dict[Criterion, Score]]]


@dataclass(frozen=True)
class Verdict:
    decision: str
    reason: str


def matrix_of(choice: SelectionRound, user: User) -> Matrix | None:
    """None while scores are closed to this person."""
    if choice.revealed_at is None:
        return None
    criteria = list(choice.criterion_set.criteria.all())
    ballots = list(choice.ballots.all())
    candidates = list(choice.candidates.select_related("dimension", "programme", "quick_win"))
    known, by_ballot = {each.pk: each for each in candidates}, {each.pk: each for each in ballots}
    by_criterion = {each.pk: each for each in criteria}
    scores: dict[Candidate, dict[Ballot, dict[Criterion, Score]]] = {
        candidate: {ballot: {} for ballot in ballots} for candidate in candidates
    }
    for each in Score.objects.visible_to(user).filter(ballot__round=choice):
        scores[known[each.candidate_id]][by_ballot[each.ballot_id]][by_criterion[each.criterion_id]] = each
    given = [
        {candidate: {key: each.points for key, each in scores[candidate][ballot].items()} for candidate in candidates}
        for ballot in ballots
    ]
    places = ranked(candidates, {each: each.weight for each in criteria}, given)
    return Matrix(criteria, ballots, places, scores)


def decider_of(choice: SelectionRound, user: User) -> str:
    """In whose right this person would decide, as it would be recorded; empty where they may not."""
    chair = chair_of(choice.plan)
    if not can_decide(user, choice.plan, has_chair=bool(chair)):
        return ""
    return chair or "Koordinator daerah; ketua tim belum tercatat"


@transaction.atomic
def decide(choice: SelectionRound, *, verdicts: Mapping[int, Verdict], by: User) -> SelectionRound:
    """All candidates at once, by their id, each with a reason; for good."""
    fresh = locked(choice)
    decided_as = decider_of(fresh, by)
    if not decided_as:
        chair = chair_of(fresh.plan)
        who = f"Keputusan diambil {chair}." if chair else "Keputusan diambil oleh koordinator daerah."
        raise NotAllowed(who, next_step="Mintalah yang bersangkutan masuk sebagai pimpinan daerah." if chair else "")
    if fresh.decided_at is not None:
        raise WrongState("Pemilihan ini sudah diputuskan dan tidak berubah lagi.")
    if fresh.revealed_at is None:
        raise WrongState("Belum semua penilai menyerahkan nilai.", next_step="Tunggu, atau keluarkan penilainya.")
    candidates = list(fresh.candidates.select_related("dimension", "programme__dimension"))
    checked = _checked(candidates, verdicts)
    for candidate in candidates:
        _freeze(candidate)
        candidate.decision, candidate.reason = checked[candidate.pk].decision, checked[candidate.pk].reason
        candidate.save()
    fresh.decided_at, fresh.decided_by, fresh.decided_by_name = timezone.now(), by, by.display_name
    fresh.decided_as = decided_as
    fresh.save()
    chosen = [candidate.code for candidate in candidates if candidate.decision == Decision.CHOSEN]
    record_round("round.decided", fresh, by, decided_as=decided_as, chosen=chosen)
    tell_of_decision(fresh, by=by)
    return fresh


def _freeze(candidate: Candidate) -> None:
    """What the programme is called now is what was decided on."""
    if candidate.programme:
        candidate.code, candidate.name = candidate.programme.code, candidate.programme.name
        candidate.dimension = candidate.programme.dimension


def _checked(candidates: list[Candidate], verdicts: Mapping[int, Verdict]) -> dict[int, Verdict]:
    checked = {}
    for candidate in candidates:
        verdict = verdicts.get(candidate.pk, Verdict("", ""))
        reason = cleaned(verdict.reason)
        if verdict.decision not in Decision.values:
            raise Incomplete(f"Putuskan juga {candidate}.")
        if not reason:
            raise Incomplete(f"Tulis alasan keputusan atas {candidate}.")
        if len(reason) > MAX_REASON:
            raise Incomplete(f"Alasan atas {candidate} terlalu panjang, paling banyak {MAX_REASON} aksara.")
        if verdict.decision == Decision.CHOSEN and (candidate.programme is None or candidate.programme.is_dropped):
            raise WrongState(
                f"{candidate} tidak dapat dipilih: programnya tidak ada lagi pada daftar program.",
                next_step="Putuskan tidak dipilih, dengan alasannya.",
            )
        checked[candidate.pk] = Verdict(verdict.decision, reason)
    return checked


def make_quick_win(candidate: Candidate, *, by: User) -> QuickWin:
    """The row of a chosen candidate, with what its programme says; once, however often it is asked."""
    with transaction.atomic():
        fresh = Candidate.objects.select_for_update(of=("self",)).select_related("programme").get(pk=candidate.pk)
        fresh.round = candidate.round
        if fresh.decision != Decision.CHOSEN:
            raise WrongState(f"{fresh} tidak dipilih sebagai quick win.")
        if fresh.quick_win_id:
            return QuickWin.objects.get(pk=fresh.quick_win_id)
        programme = fresh.programme
        if programme is None or programme.is_dropped:
            raise WrongState(f"Program {fresh.code} tidak ada lagi pada daftar program.")
        plan, year = fresh.round.plan, fresh.round.year
        win = QuickWin.objects.filter(plan=plan, programme=programme, year=year).first()
        fresh.quick_win = win or create_row(plan=plan, model=QuickWin, values=_values(programme, year), by=by)
        fresh.save(update_fields=["quick_win"])
    return fresh.quick_win


def _values(programme: Programme, year: int) -> dict[str, object]:
    codes = QuickWin.objects.filter(plan=programme.plan_id).values_list("code", flat=True)
    budget = programme.years.filter(year=year).aggregate(total=Sum("budget", default=0))["total"]
    return {
        "code": next_code("QW-", codes, width=2),
        "programme": programme,
        "name": programme.name[:160],
        "dimension": programme.dimension,
        "lead_opd": programme.lead_opd,
        "year": year,
        "origin_year": year,
        "budget": budget,
        "funding_sources": programme.funding_sources,
        "partners": [partner.name for partner in programme.partners.all()],
        "location": programme.location,
        "status": QuickWinStatus.DRAFT_APPROVED,
        "continuation": Continuation.NEW,
    }


def uneven(dimensions: Iterable[Dimension], chosen: Iterable[Dimension]) -> list[str]:
    """The soft rule in sentences: usually one quick win a dimension (Bontang named three in all)."""
    counts = Counter(dimension.pk for dimension in chosen)
    several = [f"{each.name} mempunyai {counts[each.pk]}" for each in dimensions if counts[each.pk] > 1]
    none = [each.name for each in dimensions if not counts[each.pk]]
    sentences = [f"Biasanya satu quick win per dimensi: {', '.join(several)}."] if several else []
    return [*sentences, f"Belum ada untuk {', '.join(none)}."] if none else sentences
