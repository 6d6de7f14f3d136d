"""What judging and approving put on the lists of people, and what they are told."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bimtek.domain.approval import Signing, approve, start_chain, turn_of
from bimtek.domain.review_work import approvals, opinions
from bimtek.models import Submission
from masterplan.models import Masterplan, PlanMember
from smartcity.accounts.enums import Role
from smartcity.accounts.models import User
from smartcity.notify.models import Notice
from smartcity.notify.registry import lines_of
from tests.bimtek.given import draft, judge_all, made_book, official, send
from tests.people import People, make_plan
from tests.smartcity.accounts.given import person

pytestmark = pytest.mark.django_db


def told(user: User) -> list[tuple[str, str]]:
    notices = list(Notice.objects.filter(user=user, kind__in=("opinion.on_stage", "approval.turn")).order_by("pk"))
    return [(line.what, line.over) for line in lines_of(user, notices).values()]


@pytest.fixture
def final(banjar: Masterplan, people: People) -> Submission:
    return send(banjar, "IV", by=people.coordinator)


def test_a_submission_waits_for_its_reviewers_until_the_stage_is_judged(final: Submission, people: People) -> None:
    [task] = opinions(people.mentor)
    assert (task.what, task.why) == (
        "Nilai Bimtek IV, kiriman 1", "0 pendapat Anda sudah keluar, 0 masih konsep; pendapat atas tahap belum ada",
    )  # fmt: skip
    assert task.due is not None
    assert opinions(people.assessor) == opinions(people.coordinator) == []
    draft(final, "B1.1", by=people.mentor)
    official(final, "B1.2", by=people.mentor)
    assert opinions(people.mentor)[0].why.startswith("1 pendapat Anda sudah keluar, 1 masih konsep")
    judge_all(final, by=people.mentor)
    official(final, "", by=people.mentor)
    assert opinions(people.mentor) == []
    assert told(people.coordinator) == [("Pendapat atas Bimtek IV, kiriman 1 dikeluarkan", "")]


def test_an_approval_waits_for_whose_turn_it_is(final: Submission, people: People) -> None:
    bupati = person(Role.APPROVER, mailbox="bupati")
    judge_all(final, by=people.mentor)
    official(final, "", by=people.mentor)
    made_book(final)
    chain = start_chain(final, people={"sekda": bupati.pk}, by=people.coordinator)
    [task] = approvals(people.approver)
    assert task.what == "Sahkan Bimtek IV, kiriman 1"
    assert task.why.startswith("Sebagai Kepala Dinas Komunikasi dan Informatika;")
    assert len(approvals(bupati)) == 1
    assert approvals(people.mentor) == approvals(people.coordinator) == []
    turn = turn_of(chain)
    assert turn is not None
    approve(turn, signing=Signing("pejabat", "A", "B"), sha256=chain.sha256, by=people.approver)
    assert (approvals(people.approver), len(approvals(bupati))) == ([], 1)
    waiting = "Bimtek IV, kiriman 1 menunggu pengesahan Anda"
    assert told(people.approver) == [(waiting, "sudah diputuskan")]
    assert told(bupati) == [(waiting, "sudah diputuskan"), (waiting, "")]


def test_the_lists_cost_the_same_for_one_plan_and_for_more(final: Submission, people: People) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            opinions(User.objects.get(pk=people.mentor.pk))
        return len(queries)

    few = cost()
    for year in (2027, 2028):
        plan = make_plan(start_year=year)
        PlanMember.objects.create(plan=plan, user=people.mentor, role=Role.MENTOR)
        send(plan, "I", by=people.coordinator)
    assert (cost(), len(opinions(people.mentor))) == (few, 3)
