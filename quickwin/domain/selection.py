"""Opening a round: its year, its candidates out of the register, and who scores them."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils import timezone

from masterplan.models import Masterplan, Programme
from quickwin.domain.criteria import offered_set
from quickwin.domain.notices import tell_of_opening, tell_of_reveal
from quickwin.models import Ballot, Candidate, SelectionRound
from quickwin.rules import can_open_round, scorers_for
from smartcity.accounts.models import User
from smartcity.audit.log import record
from smartcity.ui.refusal import Conflict, Incomplete, NotAllowed, WrongState

FEWEST_SCORERS = 2
MOST_CANDIDATES = 30
MOST_SCORERS = 30


@transaction.atomic
def open_round(
    plan: Masterplan, *, year: int, programmes: Iterable[int], scorers: Iterable[int], by: User
) -> SelectionRound:
    """Programmes and scorers by id; what is not in this plan's register or among its people is refused."""
    _ensure_may(plan, by)
    Masterplan.objects.select_for_update(no_key=True).get(pk=plan.pk)
    if SelectionRound.objects.filter(plan=plan, year=year).exists():
        raise Conflict(f"Pemilihan quick win {year} sudah dibuka.", next_step="Lanjutkan pemilihan itu.")
    if year not in range(plan.start_year, plan.end_year + 1):
        raise Incomplete(f"Tahun {year} di luar masa rencana {plan.period}.")
    criteria = offered_set()
    if criteria is None:
        raise WrongState("Kriteria belum dimuat.", next_step="Hubungi pengelola.")
    people, chosen = _people(plan, scorers), _programmes(plan, programmes)
    if len(people) < FEWEST_SCORERS:
        raise Incomplete(f"Pilih paling sedikit {FEWEST_SCORERS} penilai.")
    if not chosen:
        raise Incomplete("Pilih paling sedikit satu calon dari daftar program.")
    made = SelectionRound.objects.create(plan=plan, year=year, criterion_set=criteria, opened_by=by)
    _add_candidates(made, chosen)
    _add_scorers(made, people, by)
    record_round("round.opened", made, by, candidates=[each.code for each in chosen])
    return made


def add_candidate(choice: SelectionRound, *, programme: int, by: User) -> None:
    with changing(choice, by) as fresh:
        chosen = _programmes(fresh.plan, [programme])
        _add_candidates(fresh, chosen)
        record_round("round.candidate_added", fresh, by, candidate=chosen[0].code)


def remove_candidate(candidate: Candidate, *, by: User) -> None:
    with changing(candidate.round, by) as fresh:
        if fresh.candidates.count() <= 1:
            raise WrongState("Calon terakhir tidak dapat dikeluarkan.", next_step="Tambahkan calon lain lebih dahulu.")
        record_round("round.candidate_removed", fresh, by, candidate=candidate.code)
        Candidate.objects.filter(pk=candidate.pk).delete()


def add_scorer(choice: SelectionRound, *, scorer: int, by: User) -> None:
    with held(choice, by) as fresh:
        people = _people(fresh.plan, [scorer])
        _add_scorers(fresh, people, by)
        record_round("round.scorer_added", fresh, by, scorer=people[0].display_name)


def remove_scorer(ballot: Ballot, *, by: User) -> None:
    """Only who has not handed in; where everybody else has, the scores are open from now on."""
    with held(ballot.round, by) as fresh:
        stored = fresh.ballots.filter(pk=ballot.pk).first()
        if stored is None or stored.handed_in_at is not None:
            raise WrongState(f"{ballot} sudah menyerahkan nilai, sehingga tidak dapat dikeluarkan.")
        if fresh.ballots.count() <= FEWEST_SCORERS:
            raise WrongState(
                f"Pemilihan memerlukan paling sedikit {FEWEST_SCORERS} penilai.",
                next_step="Tambahkan penilai lain lebih dahulu.",
            )
        record_round("round.scorer_removed", fresh, by, scorer=stored.scorer_name)
        stored.delete()
        reveal_if_complete(fresh, by=by)


def reveal_if_complete(choice: SelectionRound, *, by: User) -> None:
    """For a round that is held: scores open when the last scorer has handed in, and stay open."""
    if choice.revealed_at is None and not choice.ballots.filter(handed_in_at=None).exists():
        choice.revealed_at = timezone.now()
        choice.save(update_fields=["revealed_at"])
        record_round("round.revealed", choice, by)
        tell_of_reveal(choice)


@contextmanager
def held(choice: SelectionRound, by: User) -> Iterator[SelectionRound]:
    """The round as stored now, held, while its scores are closed; by who carries the plan."""
    with transaction.atomic():
        fresh = locked(choice)
        _ensure_may(fresh.plan, by)
        if fresh.revealed_at is not None:
            raise WrongState(
                "Nilai sudah terbuka, sehingga penilai dan calonnya tetap.",
                next_step="Lanjutkan dengan keputusan, atau pilih calon lain pada tahun berikutnya.",
            )
        yield fresh


@contextmanager
def changing(choice: SelectionRound, by: User) -> Iterator[SelectionRound]:
    """As `held`, before anybody handed in: everybody scores the same candidates."""
    with held(choice, by) as fresh:
        if fresh.ballots.filter(handed_in_at__isnull=False).exists():
            raise WrongState("Sudah ada penilai yang menyerahkan nilai, sehingga calonnya tetap.")
        yield fresh


def locked(choice: SelectionRound) -> SelectionRound:
    fresh = SelectionRound.objects.select_for_update(no_key=True, of=("self",)).get(pk=choice.pk)
    fresh.plan = choice.plan
    return fresh


def record_round(verb: str, choice: SelectionRound, by: User, **data: Any) -> None:
    plan = choice.plan
    record(verb, choice, by=by, regency_id=plan.regency_id, plan_code=plan.code, year=choice.year, **data)


def _ensure_may(plan: Masterplan, by: User) -> None:
    if not can_open_round(by, plan):
        raise NotAllowed("Pemilihan quick win dibuka dan diatur oleh koordinator daerah.")


def _programmes(plan: Masterplan, ids: Iterable[int]) -> list[Programme]:
    return _found(
        {row.pk: row for row in Programme.objects.active().filter(plan=plan).select_related("dimension")},
        ids, MOST_CANDIDATES, "Calon hanya dari program pada daftar program rencana ini yang tidak gugur.",
    )  # fmt: skip


def _people(plan: Masterplan, ids: Iterable[int]) -> list[User]:
    return _found(
        {user.pk: user for user in scorers_for(plan)},
        ids, MOST_SCORERS, "Penilai harus orang daerah ini, atau pembimbing dan asesor rencananya.",
    )  # fmt: skip


def _found[R](known: dict[int, R], ids: Iterable[int], most: int, sentence: str) -> list[R]:
    wanted = list(dict.fromkeys(ids))
    if any(pk not in known for pk in wanted):
        raise Incomplete(sentence)
    if len(wanted) > most:
        raise Incomplete(f"Paling banyak {most} dalam satu pemilihan.")
    return [known[pk] for pk in wanted]


def _add_candidates(choice: SelectionRound, programmes: list[Programme]) -> None:
    codes = set(choice.candidates.values_list("code", flat=True))
    _ensure_new(programmes, lambda row: row.code in codes, "sudah menjadi calon")
    if len(codes) + len(programmes) > MOST_CANDIDATES:
        raise Incomplete(f"Paling banyak {MOST_CANDIDATES} calon dalam satu pemilihan.")
    Candidate.objects.bulk_create(
        Candidate(round=choice, programme=row, code=row.code, name=row.name, dimension=row.dimension)
        for row in programmes
    )


def _add_scorers(choice: SelectionRound, people: list[User], by: User) -> None:
    known = set(choice.ballots.values_list("scorer_id", flat=True))
    _ensure_new(people, lambda user: user.pk in known, "sudah menjadi penilai")
    if len(known) + len(people) > MOST_SCORERS:
        raise Incomplete(f"Paling banyak {MOST_SCORERS} penilai dalam satu pemilihan.")
    Ballot.objects.bulk_create(Ballot(round=choice, scorer=user, scorer_name=user.display_name) for user in people)
    tell_of_opening(choice, people, by=by)


def _ensure_new[R](rows: list[R], is_known: Callable[[R], bool], what: str) -> None:
    if double := next((row for row in rows if is_known(row)), None):
        raise Conflict(f"{double} {what}.")
