"""A round from its opening to its decision: who takes part, who sees which scores, what never changes."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from masterplan.models import Programme
from quickwin.domain.deciding import Verdict, decide, decider_of, make_quick_win, matrix_of, uneven
from quickwin.domain.scoring import Mark, StaleScores, hand_in, score
from quickwin.domain.selection import add_candidate, add_scorer, open_round, remove_candidate, remove_scorer
from quickwin.models import Ballot, Candidate, QuickWin, Score, SelectionRound
from smartcity.accounts.enums import Role
from smartcity.accounts.models import User
from smartcity.audit.models import Event
from smartcity.notify.models import Notice
from smartcity.ui.refusal import Conflict, Incomplete, NotAllowed, WrongState
from tests.masterplan.views.rows_given import Ground, ground_of, programme_row
from tests.quickwin.given import ballot_of, candidates_of, chair, give, handed_in, opened, register
from tests.smartcity.accounts.given import KOTA_BANJAR, person

pytestmark = pytest.mark.django_db
CHOSEN, NOT_CHOSEN = Verdict("dipilih", "Terbaik"), Verdict("tidak", "Belum siap")


@pytest.fixture
def ground() -> Ground:
    return ground_of()


@pytest.fixture
def coordinator() -> User:
    return person(Role.COORDINATOR)


@pytest.fixture
def author() -> User:
    return person(Role.AUTHOR)


@pytest.fixture
def choice(ground: Ground, coordinator: User, author: User) -> SelectionRound:
    return opened(ground, [coordinator, author], by=coordinator)


@pytest.fixture
def revealed(choice: SelectionRound, coordinator: User, author: User) -> SelectionRound:
    handed_in(choice, coordinator, 5, 3)
    handed_in(choice, author, 4, 3)
    return choice


def test_opening_tells_the_scorers(choice: SelectionRound, coordinator: User, author: User) -> None:
    assert list(choice.candidates.values_list("code", "name")) == [
        ("GOV-P01", "Program GOV-P01"), ("GOV-P02", "Program GOV-P02"),
    ]  # fmt: skip
    assert {ballot.scorer for ballot in choice.ballots.all()} == {coordinator, author}
    assert [(each.user, each.kind) for each in Notice.objects.all()] == [(author, "round.asked")]
    assert Event.objects.get(verb="round.opened").data == {"year": 2026, "candidates": ["GOV-P01", "GOV-P02"]}


def test_only_programmes_of_the_register_and_people_of_the_region(
    ground: Ground, coordinator: User, author: User
) -> None:
    rows = [row.pk for row in register(ground)]
    Programme.objects.filter(pk=rows[1]).update(is_dropped=True)
    foreign = programme_row(ground_of(KOTA_BANJAR))
    stranger = person(Role.COORDINATOR, KOTA_BANJAR)
    people = [coordinator.pk, author.pk]
    for programmes, scorers, sentence in (
        ([rows[0], foreign.pk], people, "Calon hanya dari program"),
        ([rows[0], rows[1]], people, "Calon hanya dari program"),
        ([rows[0], 999_999], people, "Calon hanya dari program"),
        ([], people, "paling sedikit satu calon"),
        ([rows[0]], [coordinator.pk, stranger.pk], "Penilai harus orang daerah ini"),
        ([rows[0]], [coordinator.pk, coordinator.pk], "paling sedikit 2 penilai"),
    ):
        with pytest.raises(Incomplete, match=sentence):
            open_round(ground.plan, year=2026, programmes=programmes, scorers=scorers, by=coordinator)
    with pytest.raises(Incomplete, match="di luar masa rencana"):
        open_round(ground.plan, year=2040, programmes=rows[:1], scorers=people, by=coordinator)
    with pytest.raises(NotAllowed):
        open_round(ground.plan, year=2026, programmes=rows[:1], scorers=people, by=author)
    assert not SelectionRound.objects.exists()


def test_one_round_a_year(choice: SelectionRound, ground: Ground, coordinator: User, author: User) -> None:
    with pytest.raises(Conflict, match="sudah dibuka"):
        opened(ground, [coordinator, author], by=coordinator)
    assert opened(ground, [coordinator, author], by=coordinator, year=2027).year == 2027


def test_scorers_are_blind_to_each_other_until_the_last_has_handed_in(
    choice: SelectionRound, coordinator: User, author: User
) -> None:
    everybody = [
        coordinator, author, person(Role.APPROVER), person(Role.MENTOR), person(Role.MINISTRY_EDITOR), person(None),
        person(Role.COORDINATOR, KOTA_BANJAR),
    ]  # fmt: skip

    def seen() -> dict[str, int]:
        return {user.email: Score.objects.visible_to(user).count() for user in everybody}

    handed_in(choice, author, 4, 2)
    assert seen() == {user.email: 20 if user == author else 0 for user in everybody}
    assert [matrix_of(choice, user) for user in everybody] == [None] * 7
    handed_in(choice, coordinator, 5, 3)
    assert list(seen().values()) == [40, 40, 40, 40, 40, 0, 0]
    assert [(each.user, each.kind) for each in Notice.objects.filter(kind="round.revealed")] == [
        (coordinator, "round.revealed")
    ]


def test_the_matrix(revealed: SelectionRound, author: User) -> None:
    matrix = matrix_of(revealed, author)
    assert matrix is not None
    assert [(str(place.candidate), place.rank, float(place.total.mean)) for place in matrix.places] == [
        ("GOV-P01 Program GOV-P01", 1, 4.5), ("GOV-P02 Program GOV-P02", 2, 3.0),
    ]  # fmt: skip


def test_a_sheet_is_ones_own_and_final_once_handed_in(choice: SelectionRound, coordinator: User, author: User) -> None:
    first, second = candidates_of(choice)
    give(choice, author, first, 4, "Siap")
    with pytest.raises(Incomplete, match="Nilai GOV-P02 Program GOV-P02 belum lengkap"):
        hand_in(ballot_of(choice, author), by=author)
    with pytest.raises(NotAllowed, match="hanya diisi oleh penilainya"):
        hand_in(ballot_of(choice, author), by=coordinator)
    give(choice, author, second, 2)
    hand_in(ballot_of(choice, author), by=author)
    with pytest.raises(WrongState, match="sudah diserahkan"):
        give(choice, author, first, 5)
    own = ballot_of(choice, author)
    for change in (
        lambda: Score.objects.filter(ballot=own).update(points=1),
        lambda: Score.objects.filter(ballot=own).delete(),
        lambda: Ballot.objects.filter(pk=own.pk).update(handed_in_at=None),
        lambda: Score.objects.create(
            ballot=own, candidate=first, criterion_id=own.scores.all()[0].criterion_id, points=1
        ),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert set(own.scores.filter(candidate=first).values_list("points", "note")) == {(4, "Siap")}


def test_stale_and_unfit_marks_are_refused(choice: SelectionRound, author: User) -> None:
    candidate = candidates_of(choice)[0]
    own, criteria = ballot_of(choice, author), list(choice.criterion_set.criteria.all())
    full = {each.pk: Mark(3) for each in criteria}
    give(choice, author, candidate, 4)
    with pytest.raises(StaleScores):
        score(own, candidate, marks=full, version=0, by=author)
    for marks in ({criteria[0].pk: Mark(3)}, full | {999: Mark(1)}, full | {criteria[0].pk: Mark(6)},
                  full | {criteria[0].pk: Mark(None, "tanpa nilai")}, full | {criteria[0].pk: Mark(1, "x" * 501)}):  # fmt: skip
        with pytest.raises(Incomplete):
            score(own, candidate, marks=marks, version=0, by=author)
    assert set(own.scores.values_list("points", flat=True)) == {4}


def test_candidates_are_fixed_by_the_first_and_scorers_by_the_last_ballot(
    choice: SelectionRound, ground: Ground, coordinator: User, author: User
) -> None:
    third, mentor = programme_row(ground, "GOV-P03"), person(Role.APPROVER)
    add_candidate(choice, programme=third.pk, by=coordinator)
    with pytest.raises(Conflict, match="sudah menjadi calon"):
        add_candidate(choice, programme=third.pk, by=coordinator)
    remove_candidate(candidates_of(choice)[2], by=coordinator)
    add_scorer(choice, scorer=mentor.pk, by=coordinator)
    handed_in(choice, author, 4, 2)
    with pytest.raises(WrongState, match="calonnya tetap"):
        add_candidate(choice, programme=third.pk, by=coordinator)
    with pytest.raises(WrongState, match="sudah menyerahkan nilai"):
        remove_scorer(ballot_of(choice, author), by=coordinator)
    remove_scorer(ballot_of(choice, mentor), by=coordinator)
    with pytest.raises(WrongState, match="paling sedikit 2 penilai"):
        remove_scorer(ballot_of(choice, coordinator), by=coordinator)
    with pytest.raises(NotAllowed):
        add_scorer(choice, scorer=mentor.pk, by=author)
    handed_in(choice, coordinator, 4, 2)
    with pytest.raises(WrongState, match="Nilai sudah terbuka"):
        add_scorer(choice, scorer=mentor.pk, by=coordinator)
    assert list(choice.candidates.values_list("code", flat=True)) == ["GOV-P01", "GOV-P02"]


def test_removing_the_last_who_waits_opens_the_scores(choice: SelectionRound, coordinator: User, author: User) -> None:
    third = person(Role.APPROVER)
    add_scorer(choice, scorer=third.pk, by=coordinator)
    handed_in(choice, author, 4, 2)
    handed_in(choice, coordinator, 4, 2)
    assert choice.revealed_at is None
    remove_scorer(ballot_of(choice, third), by=coordinator)
    choice.refresh_from_db()
    assert choice.revealed_at is not None


def verdicts(choice: SelectionRound, *each: Verdict) -> dict[int, Verdict]:
    return {candidate.pk: verdict for candidate, verdict in zip(candidates_of(choice), each, strict=True)}


def test_the_coordinator_decides_while_no_chair_is_recorded(revealed: SelectionRound, coordinator: User) -> None:
    decide(revealed, verdicts=verdicts(revealed, CHOSEN, NOT_CHOSEN), by=coordinator)
    revealed.refresh_from_db()
    assert (revealed.decided_by, revealed.decided_as) == (coordinator, "Koordinator daerah; ketua tim belum tercatat")
    assert list(revealed.candidates.values_list("decision", "reason")) == [
        ("dipilih", "Terbaik"), ("tidak", "Belum siap"),
    ]  # fmt: skip
    assert Event.objects.get(verb="round.decided").data == {
        "year": 2026, "decided_as": "Koordinator daerah; ketua tim belum tercatat", "chosen": ["GOV-P01"],
    }  # fmt: skip


def test_a_recorded_chair_decides_as_head_of_the_region(
    revealed: SelectionRound, coordinator: User, ground: Ground
) -> None:
    seat = chair(ground.plan)
    head = person(Role.APPROVER)
    assert (decider_of(revealed, head), decider_of(revealed, coordinator)) == (
        "Ketua Tim Pelaksana: Kepala Bappeda", "",
    )  # fmt: skip
    with pytest.raises(NotAllowed, match="Keputusan diambil Ketua Tim Pelaksana: Kepala Bappeda"):
        decide(revealed, verdicts=verdicts(revealed, CHOSEN, NOT_CHOSEN), by=coordinator)
    seat.until = date(2020, 1, 1)
    seat.save()
    assert decider_of(revealed, coordinator) == "Koordinator daerah; ketua tim belum tercatat"
    seat.delete()
    chair(ground.plan, "Sekretaris Daerah")
    assert decide(revealed, verdicts=verdicts(revealed, CHOSEN, NOT_CHOSEN), by=head).decided_as == (
        "Ketua Tim Pelaksana: Sekretaris Daerah"
    )


def test_a_decision_needs_open_scores_and_a_reason_for_each(
    choice: SelectionRound, coordinator: User, author: User
) -> None:
    with pytest.raises(WrongState, match="Belum semua penilai"):
        decide(choice, verdicts=verdicts(choice, CHOSEN, NOT_CHOSEN), by=coordinator)
    handed_in(choice, coordinator, 5, 3)
    handed_in(choice, author, 5, 3)
    for wrong, sentence in (
        (Verdict("", ""), "Putuskan juga GOV-P02"),
        (Verdict("tidak", " \r\n "), "Tulis alasan keputusan atas GOV-P02"),
        (Verdict("mungkin", "x"), "Putuskan juga GOV-P02"),
        (Verdict("tidak", "x" * 2001), "terlalu panjang"),
    ):
        with pytest.raises(Incomplete, match=sentence):
            decide(choice, verdicts=verdicts(choice, CHOSEN, wrong), by=coordinator)
    Programme.objects.filter(code="GOV-P01").update(is_dropped=True)
    with pytest.raises(WrongState, match="tidak ada lagi pada daftar program"):
        decide(choice, verdicts=verdicts(choice, CHOSEN, NOT_CHOSEN), by=coordinator)
    assert not Candidate.objects.exclude(decision="").exists()


def test_a_decided_round_never_changes(revealed: SelectionRound, coordinator: User) -> None:
    decide(revealed, verdicts=verdicts(revealed, CHOSEN, NOT_CHOSEN), by=coordinator)
    with pytest.raises(WrongState, match="sudah diputuskan"):
        decide(revealed, verdicts=verdicts(revealed, NOT_CHOSEN, CHOSEN), by=coordinator)
    for change in (
        lambda: SelectionRound.objects.update(decided_as="lain"),
        lambda: Candidate.objects.update(reason="lain"),
        lambda: Candidate.objects.filter(decision="tidak").update(decision="dipilih"),
        lambda: Candidate.objects.all().delete(),
        lambda: SelectionRound.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    kept = list(revealed.candidates.values_list("code", "name", "decision"))
    Programme.objects.filter(code="GOV-P02").delete()
    assert list(revealed.candidates.values_list("code", "name", "decision")) == kept


def test_a_chosen_candidate_becomes_a_quick_win_once(revealed: SelectionRound, coordinator: User) -> None:
    programme = Programme.objects.get(code="GOV-P01")
    programme.location, programme.funding_sources = "Martapura", ["DAK"]
    programme.save()
    decide(revealed, verdicts=verdicts(revealed, CHOSEN, NOT_CHOSEN), by=coordinator)
    first, second = candidates_of(revealed)
    win = make_quick_win(first, by=coordinator)
    assert make_quick_win(first, by=coordinator) == win == QuickWin.objects.get()
    assert (win.code, win.name, win.programme, win.dimension, win.lead_opd, win.year, win.budget, win.location) == (
        "QW-01", "Program GOV-P01", programme, programme.dimension, programme.lead_opd, 2026, 1_450_000_000, "Martapura",
    )  # fmt: skip
    assert (win.funding_sources, win.status, win.continuation, win.origin_year) == (
        ["DAK"], "disetujui_draf", "baru", 2026,
    )  # fmt: skip
    with pytest.raises(WrongState, match="tidak dipilih"):
        make_quick_win(second, by=coordinator)
    QuickWin.objects.all().delete()
    with pytest.raises(NotAllowed):
        make_quick_win(candidates_of(revealed)[0], by=person(Role.APPROVER))


def test_the_soft_rule_in_sentences(ground: Ground) -> None:
    gov, bra, *_ = dimensions = list(ground.plan.dimension_set.dimensions.all())
    assert uneven(dimensions[:3], [gov, gov, bra]) == [
        "Biasanya satu quick win per dimensi: Smart Governance mempunyai 2.", "Belum ada untuk Smart Economy.",
    ]  # fmt: skip
    assert uneven(dimensions[:2], [gov, bra]) == []
