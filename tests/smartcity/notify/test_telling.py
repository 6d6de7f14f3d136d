"""Who is told what, in the transaction of what happened, and what the words say."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail as outbox
from django.db import transaction
from django.utils import timezone

from bimtek.domain.deadline import extend, start_stage
from bimtek.domain.notices import remind as remind_of_deadlines
from bimtek.models import StageDeadline
from masterplan.domain.comment_notices import remind as remind_of_comments
from masterplan.enums import CommentAct, CommentKind, CommentVisibility
from masterplan.models import CommentThread, Masterplan, PlanMember
from smartcity.accounts.enums import Role
from smartcity.accounts.models import User
from smartcity.notify.domain.notice import choices_of, choose, tell
from smartcity.notify.enums import Delivery, NoticeGroup
from smartcity.notify.models import Notice
from smartcity.notify.registry import KINDS, lines_of
from smartcity.regency.models import Opd
from tests.bimtek.given import send, stage
from tests.masterplan.comments_given import act, thread_on
from tests.people import People
from tests.smartcity.accounts.given import person

pytestmark = pytest.mark.django_db
SECRET = "JANGAN-KELUAR-RUMAH"


def told(user: User) -> list[str]:
    return list(Notice.objects.of(user).order_by("pk").values_list("kind", flat=True))


def line(user: User) -> Any:
    return next(iter(lines_of(user, list(Notice.objects.of(user)[:1])).values()))


def test_a_remark_for_one_person_tells_only_that_person(plan: Masterplan, people: People) -> None:
    thread = thread_on(plan, by=people.mentor, body=SECRET, assignee=people.author)
    assert {name: told(user) for name, user in people.items() if told(user)} == {"author": ["comment.assigned"]}
    notice = Notice.objects.get()
    assert (notice.delivery, notice.plan_code, notice.target) == (Delivery.NOW, plan.code, str(thread.pk))
    said = line(people.author)
    assert said.what == "Komentar K-1 ditujukan kepada Anda"
    assert said.url == f"/rencana/{plan.code}/komentar/1/"
    assert SECRET not in str(said)


def test_a_remark_for_an_office_or_for_nobody(plan: Masterplan, people: People, author_office: Opd) -> None:
    thread_on(plan, by=people.mentor, assigned_opd=author_office)
    thread_on(plan, by=people.mentor)
    thread_on(plan, by=people.mentor, kind=CommentKind.PRAISE)
    thread_on(plan, by=people.mentor, visibility=CommentVisibility.REVIEWERS)
    assert told(people.author) == ["comment.office"]
    assert told(people.coordinator) == ["comment.office"]
    assert set(Notice.objects.values_list("delivery", flat=True)) == {Delivery.DIGEST}


def test_the_way_of_a_thread_is_told_to_the_other_side(plan: Masterplan, people: People) -> None:
    thread = thread_on(plan, by=people.mentor, assignee=people.author)
    act(thread, CommentAct.REPLY, by=people.coordinator)
    act(thread, CommentAct.ANSWER, by=people.author)
    act(thread, CommentAct.RETURN, by=people.mentor)
    act(thread, CommentAct.ANSWER, by=people.author)
    act(thread, CommentAct.ACCEPT, by=people.mentor)
    assert told(people.mentor) == ["comment.replied", "comment.answered", "comment.answered"]
    assert told(people.author) == ["comment.assigned", "comment.back", "comment.resolved"]
    assert told(people.coordinator) == ["comment.resolved"]


def test_what_is_done_needs_no_mail(plan: Masterplan, people: People) -> None:
    thread = thread_on(plan, by=people.mentor, assignee=people.author)
    assert line(people.author).over == ""
    act(thread, CommentAct.ANSWER, by=people.author)
    assert line(people.author).over == "K-1 sudah dijawab"


def test_who_may_no_longer_see_it_gets_no_line(plan: Masterplan, people: People, author_office: Opd) -> None:
    thread_on(plan, by=people.mentor, visibility=CommentVisibility.OFFICE, opd=author_office, assignee=people.author)
    people.author.memberships.all().delete()
    fresh = User.objects.get(pk=people.author.pk)
    assert lines_of(fresh, list(Notice.objects.of(fresh))) == {}


def test_nothing_is_told_of_what_was_rolled_back(plan: Masterplan, people: People) -> None:
    with transaction.atomic():
        thread_on(plan, by=people.mentor, assignee=people.author)
        transaction.set_rollback(True)
    assert not Notice.objects.exists()
    assert outbox.outbox == []


def test_the_same_happening_is_told_once(plan: Masterplan, people: People) -> None:
    for _ in range(2):
        tell("comment.due", [people.author, people.author], target=7, occasion="2026-12-01")
    assert told(people.author) == ["comment.due"]


def test_a_submission_tells_those_who_were_called_to_the_plan(plan: Masterplan, people: People) -> None:
    elsewhere = person(Role.MENTOR, mailbox="pembimbing.lain")
    send(plan, "I", by=people.coordinator)
    assert told(people.mentor) == ["stage.started", "submission.sent"]  # handing in begins the next stage
    assert told(elsewhere) == told(people.assessor) == told(people.ministry_editor) == []
    assert told(people.author) == ["stage.started"]
    notices = list(Notice.objects.of(people.mentor).filter(kind="submission.sent"))
    assert lines_of(people.mentor, notices)[notices[0].pk].url.endswith("/tahap/I/kiriman/1/perubahan/")
    PlanMember.objects.all().delete()
    people.mentor.memberships.all().delete()
    fresh = User.objects.get(pk=people.mentor.pk)
    assert lines_of(fresh, notices) == {}


def test_more_time_is_told_to_those_who_hold_the_deadline(plan: Masterplan, people: People) -> None:
    deadline = start_stage(plan, stage=stage("I"), by=people.coordinator)
    extend(deadline, due=deadline.due + timedelta(9), reason="Banjir di Martapura", version=1, by=people.mentor)
    assert told(people.coordinator) == ["deadline.extended"]
    assert told(people.mentor) == ["stage.started"]


@pytest.mark.parametrize(
    ("before", "kind"),
    [(9, ""), (5, "soon"), (4, "soon"), (3, "soon"), (1, "due"), (0, "due"), (-1, "late"), (-40, "")],
)
def test_a_deadline_reminds_once_for_each_mark(plan: Masterplan, people: People, before: int, kind: str) -> None:
    """Working days before a Friday without holidays around it; a day later the same mark says nothing new."""
    deadline = start_stage(plan, stage=stage("I"), by=people.mentor)
    StageDeadline.objects.filter(pk=deadline.pk).update(started_on="2026-06-01", due="2026-07-24")
    Notice.objects.all().delete()
    weekend = 2 if before > 4 else 0
    morning = datetime(2026, 7, 24, 1, tzinfo=UTC) - timedelta(
        days=before + weekend * (before // 5 if before > 0 else 0)
    )
    for _ in range(2):
        remind_of_deadlines(morning)
    assert told(people.coordinator) == ([f"deadline.{kind}"] if kind else [])
    remind_of_deadlines(morning.replace(hour=20) - timedelta(days=1))  # 04.00 in Martapura: too early
    assert len(told(people.coordinator)) == bool(kind)


def test_a_remark_reminds_the_day_before_and_when_it_is_late(plan: Masterplan, people: People) -> None:
    now = timezone.now().replace(hour=3)
    thread = thread_on(plan, by=people.mentor, assignee=people.author, due=now.date() + timedelta(days=3))
    remind_of_comments(now)
    assert told(people.author) == ["comment.assigned"]
    for days in (2, 2, 3, 4, 5):
        remind_of_comments(now + timedelta(days=days))
    assert told(people.author) == ["comment.assigned", "comment.due", "comment.late"]
    CommentThread.objects.filter(pk=thread.pk).update(state="selesai", resolved_at=now)
    remind_of_comments(now + timedelta(days=6))
    assert len(told(people.author)) == 3


def test_a_choice_holds_for_what_comes_and_what_waits(plan: Masterplan, people: People) -> None:
    thread_on(plan, by=people.mentor)
    usual = choices_of(people.coordinator)
    choose(people.coordinator, usual | {NoticeGroup.OFFICE: Delivery.APP})
    thread_on(plan, by=people.mentor)
    assert [each.delivery for each in Notice.objects.of(people.coordinator)] == [Delivery.APP] * 2
    assert choices_of(people.coordinator)[NoticeGroup.OFFICE] == Delivery.APP
    assert choices_of(people.author) == usual


def test_every_kind_has_words_and_a_group() -> None:
    assert {kind.group for kind in KINDS.values()} == set(NoticeGroup)
    assert all(code == kind.code for code, kind in KINDS.items())
