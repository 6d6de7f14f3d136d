"""The pages of a round: opening, scoring blind, the matrix, the decision, the row made of a chosen candidate."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from export import planfile
from quickwin.models import QuickWin, Score, SelectionRound
from smartcity.accounts.enums import Role
from smartcity.accounts.models import User
from smartcity.start.work import work_of
from tests.masterplan.views.rows_given import Ground, ground_of, programme_row
from tests.quickwin.given import ballot_of, candidates_of, give, handed_in, opened, register
from tests.smartcity.accounts.given import client_of, person

pytestmark = pytest.mark.django_db
CANARY = "burung-kenari-dalam-catatan"


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


def page(name: str, choice: SelectionRound, *more: Any) -> str:
    return reverse(f"quickwin:{name}", args=[choice.plan.code, choice.year, *more])


def marks(choice: SelectionRound, points: str, **changes: Any) -> dict[str, Any]:
    return {f"nilai-{each.pk}": points for each in choice.criterion_set.criteria.all()} | changes


def test_open_a_round(ground: Ground, coordinator: User, author: User) -> None:
    first, second = register(ground)
    client, url = client_of(coordinator), reverse("quickwin:round_open", args=[ground.plan.code])
    shown = client.get(url)
    assert [(row, ticked) for row, ticked in shown.context["programmes"]] == [(first, False), (second, False)]
    answers = {"year": "2026", "programmes": [first.pk, second.pk], "scorers": [author.pk]}
    refused = client.post(url, answers)
    assert (refused.status_code, "Pilih paling sedikit 2 penilai." in refused.text) == (422, True)
    assert [ticked for _, ticked in refused.context["programmes"]] == [True, True]
    assert client.post(url, answers | {"scorers": [author.pk, coordinator.pk]}).status_code == 302
    assert client.post(url, answers | {"scorers": [author.pk, coordinator.pk]}).status_code == 422  # the year is taken
    assert SelectionRound.objects.get().candidates.count() == 2


def test_score_and_hand_in(choice: SelectionRound, author: User) -> None:
    client, (first, second) = client_of(author), candidates_of(choice)
    url = page("ballot_candidate", choice, first.pk)
    version = client.get(url).context["form"]["versi"].value()
    assert client.post(url, marks(choice, "4", versi=version, berikut="1")).headers["Location"] == page(
        "ballot_candidate", choice, second.pk
    )
    stale = client.post(url, marks(choice, "2", versi=version))
    assert (stale.status_code, "sudah Anda ubah di jendela lain" in stale.text) == (409, True)
    assert [line["chosen"] for line in stale.context["form"].lines()] == ["2"] * 10
    bad = client.post(url, marks(choice, "9", versi=stale.context["form"]["versi"].value()))
    assert (bad.status_code, "Nilai 1 sampai 5." in bad.text) == (422, True)
    early = client.post(page("ballot_hand_in", choice))
    assert (early.status_code, "belum lengkap" in early.text) == (422, True)
    give(choice, author, second, 3)
    assert client.post(page("ballot_hand_in", choice)).status_code == 302
    assert "tidak berubah lagi" in client.get(page("ballot_detail", choice)).text


def test_nothing_says_what_others_scored_before_all_have_handed_in(
    choice: SelectionRound, coordinator: User, author: User
) -> None:
    for candidate in candidates_of(choice):
        give(choice, author, candidate, 5, CANARY)
    handed_in_later = ballot_of(choice, author)
    plan, key = choice.plan, candidates_of(choice)[0].pk
    readers = [coordinator, person(Role.APPROVER), person(Role.MENTOR), person(Role.MINISTRY_EDITOR)]
    urls = [
        page("round_detail", choice), page("round_decide", choice), page("ballot_detail", choice),
        page("ballot_candidate", choice, key), reverse("quickwin:round_list", args=[plan.code]),
        reverse("quickwin:quick_win_list", args=[plan.code]), reverse("masterplan:plan_history", args=[plan.code]),
    ]  # fmt: skip
    found = {(user.email, url) for user in readers for url in urls if CANARY in client_of(user).get(url).text}
    assert found == set()
    assert CANARY not in str(planfile.dump(plan))
    assert CANARY in client_of(author).get(page("ballot_candidate", choice, key)).text
    handed_in(choice, coordinator, 4, 4)
    assert handed_in_later.handed_in_at is None
    assert CANARY not in client_of(coordinator).get(page("round_detail", choice)).text
    client_of(author).post(page("ballot_hand_in", choice))
    assert CANARY in client_of(coordinator).get(page("round_detail", choice)).text


def test_matrix_decision_and_row(choice: SelectionRound, coordinator: User, author: User) -> None:
    handed_in(choice, author, 5, 3)
    handed_in(choice, coordinator, 3, 3)
    client, (first, second) = client_of(coordinator), candidates_of(choice)
    shown = client.get(page("round_detail", choice))
    assert [(line.rank, line.total.mean, line.total.range, line.cells[0].is_wide) for line in shown.context["lines"]] == [
        ("1", "4", "3–5", True), ("2", "3", "3", False),
    ]  # fmt: skip
    url = page("round_decide", choice)
    answers = {f"keputusan-{first.pk}": "dipilih", f"alasan-{first.pk}": "Paling dirasakan warga"}
    refused = client.post(url, answers)
    assert (refused.status_code, "Putuskan juga GOV-P02" in refused.text) == (422, True)
    assert "Paling dirasakan warga" in refused.text
    answers |= {f"keputusan-{second.pk}": "tidak", f"alasan-{second.pk}": "Belum siap"}
    assert client.post(url, answers).status_code == 302
    done = client.get(page("round_detail", choice))
    assert "Koordinator daerah; ketua tim belum tercatat" in done.text
    assert done.context["notes"] == [
        "Belum ada untuk Smart Branding, Smart Economy, Smart Living, Smart Society, Smart Environment."
    ]
    assert client.post(url, answers).status_code == 409
    made = client.post(page("candidate_make", choice, first.pk))
    win = QuickWin.objects.get()
    assert made.headers["Location"] == reverse("quickwin:quick_win_detail", args=[choice.plan.code, win.pk])
    assert client.post(page("candidate_make", choice, second.pk)).status_code == 409


def test_equal_totals_are_shown_as_a_tie(choice: SelectionRound, coordinator: User, author: User) -> None:
    handed_in(choice, author, 4, 3)
    handed_in(choice, coordinator, 3, 4)
    shown = client_of(author).get(page("round_detail", choice))
    assert [line.rank for line in shown.context["lines"]] == ["1 (seri)", "1 (seri)"]


def test_change_who_takes_part(choice: SelectionRound, ground: Ground, coordinator: User) -> None:
    client, head = client_of(coordinator), person(Role.APPROVER)
    third = programme_row(ground, "GOV-P03")
    assert client.post(page("candidate_add", choice), {"program": third.pk}).status_code == 302
    assert client.post(page("candidate_add", choice), {"program": "²"}).status_code == 422
    assert client.post(page("scorer_add", choice), {"penilai": head.pk}).status_code == 302
    assert client.post(page("scorer_remove", choice, ballot_of(choice, head).pk)).status_code == 302
    assert client.post(page("candidate_remove", choice, candidates_of(choice)[2].pk)).status_code == 302
    assert client.post(page("candidate_remove", choice, 999_999)).status_code == 404
    assert (choice.candidates.count(), choice.ballots.count()) == (2, 2)


def test_a_sheet_that_waits_is_a_task(choice: SelectionRound, author: User) -> None:
    def waiting() -> list[tuple[str, str]]:
        lines = work_of(author, date(2026, 6, 1))
        return [(line.task.what, line.task.why) for line in lines if line.task.kind == "penilaian"]

    assert waiting() == [("Nilai calon quick win 2026", "2 calon, belum ada yang Anda nilai")]
    handed_in(choice, author, 4, 3)
    assert waiting() == []


def test_pages_cost_the_same_for_2_and_6_candidates(ground: Ground, coordinator: User, author: User) -> None:
    small = opened(ground, [coordinator, author], by=coordinator, number=2)
    for place in range(3, 7):
        programme_row(ground, f"GOV-P0{place}")
    large = opened(ground, [coordinator, author], by=coordinator, year=2027)
    for choice, number in ((small, 2), (large, 6)):
        handed_in(choice, author, *[4] * number)
        handed_in(choice, coordinator, *[3] * number)
    client: Client = client_of(coordinator)

    def cost(url: str) -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    for name in ("round_detail", "round_decide", "ballot_detail"):
        assert cost(page(name, small)) == cost(page(name, large)) <= 25, name
    assert Score.objects.count() == 160
