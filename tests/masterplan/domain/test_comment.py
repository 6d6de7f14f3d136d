"""Threads: who sees, who may do what, what a second click and a stale page do."""

import datetime
import itertools
import uuid
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from masterplan import rules
from masterplan.domain.comment import StaleComment, act_on
from masterplan.domain.comment_acts import BY_ACT, TRANSITIONS, Part, open_to
from masterplan.enums import CommentAct, CommentKind, CommentState, CommentVisibility
from masterplan.models import Comment, CommentThread, Masterplan, PlanMember
from smartcity.accounts.enums import Role, Scope
from smartcity.accounts.models import Membership, User
from smartcity.audit.models import Event
from smartcity.regency.models import Regency
from smartcity.ui.refusal import Incomplete, NotAllowed, WrongState
from tests.masterplan.comments_given import act, thread_on
from tests.people import People, make_plan
from tests.smartcity.accounts.given import account, office

pytestmark = pytest.mark.django_db
OPEN, ANSWERED, RESOLVED = CommentState.OPEN, CommentState.ANSWERED, CommentState.RESOLVED


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def all_visibilities(plan: Masterplan, people: People) -> dict[str, CommentThread]:
    opd = office("DINKES", plan.regency_id)
    return {
        "peninjau": thread_on(plan, by=people.mentor, visibility=CommentVisibility.REVIEWERS),
        "tim": thread_on(plan, by=people.mentor),
        "opd": thread_on(plan, by=people.mentor, visibility=CommentVisibility.OFFICE, opd=opd),
    }


def test_who_sees_which_visibility(plan: Masterplan, people: People) -> None:
    threads = all_visibilities(plan, people)
    seen = {
        name: {key for key, thread in threads.items() if thread in CommentThread.objects.visible_to(fresh(user))}
        for name, user in people.items()
    }
    everything, team = {"peninjau", "tim", "opd"}, {"tim"}
    assert seen == {
        "coordinator": {"tim", "opd"},
        "author": {"tim", "opd"},
        "dimension_lead": team,
        "approver": team,
        "council_reader": team,
        "mentor": everything,
        "assessor": everything,
        "ministry_editor": everything,
        "stranger": set(),
        "nobody": set(),
    }
    assert not CommentThread.objects.visible_to(AnonymousUser()).exists()


def test_can_see_agrees_with_visible_to_for_every_role_scope_and_place(people: People) -> None:
    plans = [make_plan(code, 2030) for code in ("63.03", "32.79")]
    threads = []
    for plan in plans:
        for kind, opd in (
            (CommentVisibility.TEAM, None),
            (CommentVisibility.REVIEWERS, None),
            ("opd", "DINKES"),
            ("opd", "DISTAN"),
        ):
            seen_by = office(opd, plan.regency_id) if opd else None
            threads.append(thread_on(plan, by=people.assessor, visibility=kind, opd=seen_by))
    differences = []
    pairs = itertools.product(Role, Scope, ("63.03", "32.79"), (False, True))
    for number, (role, scope, place, is_member) in enumerate(pairs):
        user = account(f"u{number}", has_second_factor=False)
        regency = Regency.objects.get(pk=place)
        targets: dict[str, dict[str, Any]] = {
            Scope.NATION: {}, Scope.PROVINCE: {"province": regency.province}, Scope.REGENCY: {"regency": regency},
            Scope.OPD: {"opd": office("DINKES", place)},
        }  # fmt: skip
        Membership.objects.create(user=user, role=role, scope=scope, **targets[scope])
        if is_member:
            PlanMember.objects.create(plan=plans[0], user=user, role=Role.MENTOR)
        one = fresh(user)
        visible = set(CommentThread.objects.visible_to(one).values_list("pk", flat=True))
        allowed = {thread.pk for thread in threads if rules.can_see_comment(one, thread)}
        reviewed = set(Masterplan.objects.reviewed_by(one).filter(pk__in=[p.pk for p in plans]))
        if visible != allowed or reviewed != {plan for plan in plans if rules.is_reviewer(one, plan)}:
            differences.append((role, scope, place, is_member))
        waiting = set(CommentThread.objects.waiting_for(one).values_list("pk", flat=True))
        assert waiting <= visible
    assert differences == []


def test_a_mentor_who_works_in_the_region_does_not_review_it(plan: Masterplan, people: People) -> None:
    hidden = thread_on(plan, by=people.mentor, visibility=CommentVisibility.REVIEWERS)
    Membership.objects.create(user=people.coordinator, role=Role.MENTOR, scope=Scope.NATION)
    PlanMember.objects.create(plan=plan, user=people.coordinator, role=Role.MENTOR)
    assert hidden not in CommentThread.objects.visible_to(fresh(people.coordinator))


def test_the_table_of_transitions_is_what_the_verbs_do(plan: Masterplan, people: People) -> None:
    """Every act × every state × asker, second reviewer, coordinator, author × thread of a reviewer or of the team."""
    actors = (people.mentor, people.assessor, people.coordinator, people.author)
    for asker, state, actor, name in itertools.product((people.mentor, people.author), CommentState, actors, BY_ACT):
        with transaction.atomic():
            thread = thread_on(plan, by=asker)
            resolved_at = timezone.now() if state == RESOLVED else None
            CommentThread.objects.filter(pk=thread.pk).update(state=state, resolved_at=resolved_at)
            transition = BY_ACT[name]
            part = Part(actor == asker, actor in (people.mentor, people.assessor), asker == people.mentor)
            case = (asker.display_name, state, actor.display_name, name)
            thread.refresh_from_db()
            assert (transition in open_to(actor, thread, is_reviewer=part.is_reviewer)) == transition.is_open_to(
                part, state
            ), case
            if not transition.who(part):
                with pytest.raises(NotAllowed):
                    act(thread, name, by=actor)
            elif state not in transition.sources:
                with pytest.raises(WrongState):
                    act(thread, name, by=actor)
            else:
                act(thread, name, by=actor)
                thread.refresh_from_db()
                assert (thread.state, thread.version) == (transition.target or state, 2), case
                assert (thread.resolved_at is None) == (thread.state != RESOLVED), case
            transaction.set_rollback(True)


def test_only_the_other_side_answers_and_only_the_asker_accepts(plan: Masterplan, people: People) -> None:
    thread = thread_on(plan, by=people.mentor, kind=CommentKind.MUST_FIX)
    allowed = {
        name: [
            transition.act.value
            for transition in open_to(fresh(user), thread, is_reviewer=rules.is_reviewer(user, plan))
        ]
        for name, user in people.items()
        if name not in ("stranger", "nobody")
    }
    team, reviewer = ["jawab", "balas"], ["balas", "tutup"]
    assert allowed == {
        "coordinator": team, "author": team, "dimension_lead": team, "approver": team, "council_reader": team,
        "mentor": reviewer, "assessor": reviewer, "ministry_editor": reviewer,
    }  # fmt: skip


def test_a_whole_thread(plan: Masterplan, people: People) -> None:
    thread = thread_on(plan, by=people.mentor, kind=CommentKind.MUST_FIX, body="Jelaskan angkanya.")
    act(thread, CommentAct.ANSWER, by=people.author, body="Dari survei.")
    act(thread, CommentAct.RETURN, by=people.mentor, body="Survei yang mana?")
    act(thread, CommentAct.ANSWER, by=people.coordinator, body="SKM 2024.")
    act(thread, CommentAct.ACCEPT, by=people.assessor, body="")
    act(thread, CommentAct.REOPEN, by=people.author, body="Angkanya berubah.")
    said = [(each.act, each.body, each.author_name == each.author.display_name) for each in thread.comments.all()]
    assert said == [
        ("mulai", "Jelaskan angkanya.", True),
        ("jawab", "Dari survei.", True),
        ("kembalikan", "Survei yang mana?", True),
        ("jawab", "SKM 2024.", True),
        ("terima", "", True),
        ("buka", "Angkanya berubah.", True),
    ]
    verbs = Event.objects.filter(verb__startswith="comment.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == [
        "comment.started", "comment.answered", "comment.returned", "comment.answered", "comment.accepted",
        "comment.reopened",
    ]  # fmt: skip


@pytest.mark.parametrize("name", [t.act for t in TRANSITIONS if t.needs_text])
def test_what_needs_words_is_refused_without(plan: Masterplan, people: People, name: CommentAct) -> None:
    thread = thread_on(plan, by=people.mentor)
    with pytest.raises(Incomplete, match="Tulis isinya"):
        act(thread, name, by=people.author, body=" \x00\n ")


def test_a_stale_page_changes_nothing(plan: Masterplan, people: People) -> None:
    thread = thread_on(plan, by=people.mentor)
    act(thread, CommentAct.REPLY, by=people.author)
    with pytest.raises(StaleComment) as stale:
        act_on(thread, act=CommentAct.ANSWER, version=1, body="x", token=uuid.uuid4(), by=people.author)
    assert stale.value.status == 409
    assert thread.comments.count() == 2


def test_the_same_token_is_one_thread_and_one_reply(plan: Masterplan, people: People) -> None:
    token = uuid.uuid4()
    first = thread_on(plan, by=people.mentor, token=token)
    assert thread_on(plan, by=people.mentor, token=token) == first
    for _ in range(2):
        act_on(first, act=CommentAct.REPLY, version=1, body="Ya.", token=token, by=people.author)
    assert (CommentThread.objects.count(), Comment.objects.count()) == (1, 2)


def test_numbers_count_up_within_a_plan(plan: Masterplan, people: People) -> None:
    other = make_plan("63.71")
    names = [str(thread_on(each, by=people.mentor)) for each in (plan, plan, other)]
    assert names == ["K-1", "K-2", "K-1"]


def test_refusals_of_a_draft(plan: Masterplan, people: People) -> None:
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    foreign = office("DINKES", "32.79")
    own, other = office("DINKES"), office("DISTAN")
    hidden = CommentVisibility.REVIEWERS
    cases: list[tuple[str, User, dict[str, Any]]] = [
        ("Pilih dahulu siapa", people.mentor, {"visibility": ""}),
        ("Pilih dahulu siapa", people.coordinator, {"visibility": hidden}),
        ("Pilih jenis", people.mentor, {"kind": "x"}),
        ("Pilih jenis", people.author, {"kind": CommentKind.MUST_FIX}),
        ("tidak dapat disembunyikan", people.mentor, {"kind": CommentKind.MUST_FIX, "visibility": hidden}),
        ("sudah lewat", people.mentor, {"due": yesterday}),
        ("Pilih perangkat daerah yang melihat", people.mentor, {"visibility": "opd"}),
        ("Pilih perangkat daerah yang melihat", people.mentor, {"visibility": "opd", "opd": foreign}),
        ("perangkat daerah Anda sendiri", people.author, {"visibility": "opd", "opd": other}),
        ("tidak dapat melihat", people.mentor, {"visibility": hidden, "assigned_opd": own}),
        ("tidak dapat melihat", people.mentor, {"visibility": "opd", "opd": own, "assigned_opd": other}),
        ("tidak dapat melihat", people.mentor, {"assigned_opd": foreign}),
        ("tidak dapat melihat", people.mentor, {"visibility": hidden, "assignee": people.author}),
        ("tidak dapat melihat", people.mentor, {"assignee": people.stranger}),
        ("Tulis isinya", people.mentor, {"body": " "}),
        ("terlalu panjang", people.mentor, {"body": "x" * 2001}),
    ]
    for sentence, by, draft in cases:
        with pytest.raises(Incomplete, match=sentence):
            thread_on(plan, by=by, **draft)
    with pytest.raises(NotAllowed):
        thread_on(plan, by=people.stranger)
    assert not CommentThread.objects.exists()


def test_what_was_said_cannot_be_rewritten_and_shapes_are_held(plan: Masterplan, people: People) -> None:
    thread = thread_on(plan, by=people.mentor)
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Comment.objects.update(body="lain")
    for change in (
        {"visibility": CommentVisibility.OFFICE}, {"kind": "x"}, {"block": "b"}, {"place": "teks"}, {"state": RESOLVED},
        {"kind": CommentKind.MUST_FIX, "visibility": CommentVisibility.REVIEWERS},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            CommentThread.objects.filter(pk=thread.pk).update(**change)


def test_a_hidden_threads_event_is_not_in_the_regions_trail(plan: Masterplan, people: People) -> None:
    thread_on(plan, by=people.mentor, visibility=CommentVisibility.REVIEWERS, body="RAHASIA")
    event = Event.objects.get(verb="comment.started")
    assert (event.regency_id, event.plan_code, event.reason) == ("", "", "")
    assert "RAHASIA" not in str(event.data)


def test_what_waits_for_whom(plan: Masterplan, people: People) -> None:
    for_office = thread_on(plan, by=people.mentor, assigned_opd=office("DINKES"))
    for_person = thread_on(plan, by=people.mentor, assignee=people.approver)
    for_nobody = thread_on(plan, by=people.mentor)
    thread_on(plan, by=people.mentor, kind=CommentKind.PRAISE)
    waiting = {name: set(CommentThread.objects.waiting_for(fresh(user))) for name, user in people.items()}
    assert {name: threads for name, threads in waiting.items() if threads} == {
        "author": {for_office}, "approver": {for_person}, "coordinator": {for_nobody},
    }  # fmt: skip
    act(for_office, CommentAct.ANSWER, by=people.author)
    assert set(CommentThread.objects.waiting_for(fresh(people.mentor))) == {for_office}
    assert not CommentThread.objects.waiting_for(fresh(people.author)).exists()
