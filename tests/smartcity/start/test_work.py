"""Tugas saya: the same list for writer, coordinator, mentor and head, at the same cost however much there is."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bimtek.domain.deadline import start_stage
from bimtek.domain.reading import mark_read, parts_since
from masterplan.domain.completeness import COMPLETE, of_plan, row_counts, row_counts_of
from masterplan.enums import CommentAct, CommentKind, CommentVisibility, WorkKind
from masterplan.models import Masterplan, PlanMember, RecoveredCopy, Section
from smartcity.accounts.enums import Role
from smartcity.accounts.models import User
from smartcity.regency.models import Opd
from smartcity.start.work import SOURCES, WorkFilter, WorkLine, work_of
from tests.bimtek.given import send, stage
from tests.masterplan.comments_given import act, thread_on
from tests.people import People, make_plan
from tests.smartcity.accounts.given import client_of, grant

pytestmark = pytest.mark.django_db


def lines(user: User, kind: WorkKind | None = None) -> list[WorkLine]:
    fresh = User.objects.get(pk=user.pk)
    found = work_of(fresh, timezone.localdate())
    return [line for line in found if kind is None or line.task.kind == kind]


def test_each_person_has_what_is_theirs(plan: Masterplan, people: People, author_office: Opd, section: Section) -> None:
    section.opds.add(author_office)
    RecoveredCopy.objects.create(section=section, user=people.author, reason="Bentrok", doc=section.doc)
    today = timezone.localdate()
    thread_on(plan, by=people.mentor, kind=CommentKind.MUST_FIX, assignee=people.author, due=today + timedelta(days=2))
    assert [(line.task.kind, line.task.what) for line in lines(people.author)] == [
        (WorkKind.COMMENT, "K-1 · Seluruh rencana 2026–2035"),
        (WorkKind.RECOVERED, f"Pulihan: {section}"),
        (WorkKind.WRITING, str(section)),
    ]
    assert {line.task.kind for line in lines(people.coordinator)} == {WorkKind.WRITING}  # what nobody was given
    assert str(section) not in {line.task.what for line in lines(people.coordinator)}
    assert {line.task.kind for line in lines(people.dimension_lead)} == {WorkKind.WRITING}
    assert lines(people.approver) == lines(people.mentor) == lines(people.stranger) == lines(people.nobody) == []


def test_a_running_stage_is_the_coordinators(plan: Masterplan, people: People) -> None:
    start_stage(plan, stage=stage("I"), by=people.mentor)
    thread_on(plan, by=people.mentor, kind=CommentKind.MUST_FIX)
    [line] = lines(people.coordinator, WorkKind.STAGE)
    assert line.task.what == "Kirim Bimtek I"
    assert "1 komentar wajib belum selesai" in line.task.why
    assert line.task.url == f"/rencana/{plan.code}/tahap/I/"
    send(plan, "I", by=people.coordinator)
    assert [line.task.what for line in lines(people.coordinator, WorkKind.STAGE)] == ["Kirim Bimtek II"]


def test_a_mentor_reads_what_they_have_not_read(plan: Masterplan, people: People) -> None:
    send(plan, "I", by=people.coordinator)
    submission = send(plan, "II", by=people.coordinator)
    [line] = lines(people.mentor, WorkKind.READING)
    parts = parts_since(submission, None, user=people.mentor)
    unread = [part for part in parts if part.is_open]
    texts = sum(part.kind == "naskah" for part in unread)
    assert line.task.what == f"Baca {submission}"
    assert line.task.why == f"{texts} bagian dan {len(unread) - texts} tabel belum Anda baca dalam bentuk ini"
    assert line.task.due is not None
    mark_read(submission, [part.key for part in parts], user=people.mentor)
    assert lines(people.mentor, WorkKind.READING) == []


def test_an_answer_comes_back_to_the_asker(plan: Masterplan, people: People) -> None:
    thread = thread_on(plan, by=people.mentor, assignee=people.author)
    act(thread, CommentAct.ANSWER, by=people.author)
    assert [line.task.action for line in lines(people.mentor)] == ["Periksa jawaban"]
    assert lines(people.author, WorkKind.COMMENT) == []


def test_what_may_not_be_seen_is_no_task(plan: Masterplan, people: People) -> None:
    thread_on(plan, by=people.assessor, assignee=people.mentor, visibility=CommentVisibility.REVIEWERS)
    assert len(lines(people.mentor)) == 1
    PlanMember.objects.all().delete()
    grant(people.mentor, Role.APPROVER)  # who now works in the region stands on its side
    assert lines(people.mentor, WorkKind.COMMENT) == []


def test_writing_agrees_with_completeness(plan: Masterplan, people: People) -> None:
    open_ones = {
        str(each.section)
        for each in of_plan(plan).sections
        if each.state != COMPLETE and each.section.outline_section.is_required
    }
    assert {line.task.what for line in lines(people.coordinator, WorkKind.WRITING)} == open_ones


def test_counts_of_several_plans_are_those_of_each(plan: Masterplan) -> None:
    other = make_plan("32.79")
    assert row_counts_of([plan, other]) == {plan.pk: row_counts(plan), other.pk: row_counts(other)}


@pytest.mark.parametrize("name", ["coordinator", "author", "mentor"])
def test_the_cost_does_not_grow_with_plans_and_threads(
    people: People, plan: Masterplan, author_office: Opd, name: str
) -> None:
    user = getattr(people, name)
    counts = []
    for start_year in (0, 2036, 2046):
        own = plan if not start_year else make_plan(start_year=start_year)
        PlanMember.objects.get_or_create(plan=own, user=people.mentor, role=Role.MENTOR)
        Section.objects.filter(plan=own)[0].opds.add(author_office)
        send(own, "I", by=people.coordinator)
        for _ in range(1 if not counts else 3):
            thread_on(own, by=people.assessor, assignee=user)
        fresh = User.objects.get(pk=user.pk)
        with CaptureQueriesContext(connection) as queries:
            found = work_of(fresh, timezone.localdate())
        counts.append((len(queries), len(found)))
    assert counts[0][0] == counts[1][0] == counts[2][0]
    assert counts[0][1] < counts[1][1] < counts[2][1]
    assert len(SOURCES) == 9


def test_filters_and_orders(plan: Masterplan, people: People) -> None:
    today = timezone.localdate()
    start_stage(plan, stage=stage("I"), by=people.mentor)
    thread_on(plan, by=people.mentor, due=today)
    later = [WorkLine(line.task, today + timedelta(days=1)) for line in lines(people.coordinator)]
    assert [line.task.kind for line in WorkFilter(lewat=True).narrow(later)] == [WorkKind.COMMENT]
    assert later[0].days == "lewat 1 hari"
    assert {line.task.kind for line in WorkFilter(jenis="tahap").narrow(later)} == {WorkKind.STAGE}
    assert WorkFilter(rencana="63.03-1999").narrow(later) == []
    assert [line.task.kind for line in WorkFilter(urut="jenis").narrow(later)][:2] == [WorkKind.COMMENT, WorkKind.STAGE]
    assert len(WorkFilter(urut="tidak-ada").narrow(later)) == len(later)


def test_the_pages(plan: Masterplan, people: People) -> None:
    thread_on(plan, by=people.mentor, assignee=people.author)
    for name, user in people.items():
        client = client_of(user)
        home = client.get("/").content.decode()
        page = client.get("/tugas/?jenis=komentar&urut=jenis").content.decode()
        assert ("K-1 · Seluruh rencana" in home) == (name == "author"), name
        assert ("K-1 · Seluruh rencana" in page) == (name == "author"), name
    text = client_of(people.author).get("/tugas/").content.decode()
    assert "1. *K-1 · Seluruh rencana 2026–2035*" in text
    assert "http://testserver/rencana/63.03-2026/komentar/1/" in text
    assert "Tidak ada yang menunggu Anda" in client_of(people.approver).get("/").content.decode()


def test_the_example_plan_needs_no_more_queries_than_an_empty_one(plan: Masterplan, people: People) -> None:
    client = client_of(people.coordinator)
    client.get("/")
    counts: list[Any] = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/").status_code == 200
        counts.append(len(queries))
        for _ in range(3):
            thread_on(plan, by=people.mentor)
    assert counts[0] == counts[1]
