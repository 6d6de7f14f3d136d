"""Judging: who may, what a draft is, what issuing means, and what follows from chapters for the stage."""

import itertools
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from bimtek.domain.chapters import chapters_of
from bimtek.domain.gate import holding, points_at
from bimtek.domain.opinion import StaleOpinion, attach, carry, detach, discard, issue, write
from bimtek.domain.opinion_board import board_of
from bimtek.domain.stored_file import files_seen_by
from bimtek.enums import OpinionLevel
from bimtek.models import Opinion, StageDeadline, StoredFile, Submission
from bimtek.rules import Judge, judge_of
from masterplan.domain.assignment import Perimeter, set_perimeter
from masterplan.domain.comment_acts import CommentAct
from masterplan.domain.section import replace_text
from masterplan.enums import CommentKind
from masterplan.models import Masterplan, PlanMember, Programme
from smartcity.accounts.enums import Role
from smartcity.accounts.models import User
from smartcity.audit.models import Event
from smartcity.audit.sentences import sentence
from smartcity.ui.refusal import Incomplete, NotAllowed, Refusal, WrongState
from tests.bimtek.given import draft, judge_all, official, paragraph, pdf, section_of, send, stage
from tests.masterplan.comments_given import act, thread_on
from tests.masterplan.suggestions_given import offered, save
from tests.people import People
from tests.smartcity.accounts.given import person

pytestmark = pytest.mark.django_db
BASE = {"note": "", "version": 0}


@pytest.fixture
def submission(banjar: Masterplan, people: People) -> Submission:
    return send(banjar, "I", by=people.coordinator)


def second_mentor(plan: Masterplan, **perimeter: tuple[str, ...]) -> User:
    user = person(Role.MENTOR, mailbox="-".join(("mentor", *perimeter)))
    PlanMember.objects.create(plan=plan, user=user, role=Role.MENTOR, **{k: list(v) for k, v in perimeter.items()})
    return user


def refusal(call: object, kind: type[Refusal]) -> str:
    with pytest.raises(kind) as caught:
        call()  # type: ignore[operator]
    return caught.value.sentence


def test_the_chapters_are_those_of_the_books_with_what_is_due(submission: Submission) -> None:
    found = {chapter.code: chapter for chapter in chapters_of(submission)}
    assert list(found)[:4] == ["B1.0", "B1.1", "B1.2", "B1.3"]
    assert found["B1.2"].label == "Buku I · II Gambaran dan Analisis Masa Depan Daerah"
    assert found["B1.1"].sections[0] == "B1.1.1"
    assert found["B2.3"].dimensions == {"GOV", "BRA", "ECO", "LIV", "SOC", "ENV"}
    assert {code for code, chapter in found.items() if chapter.is_due and chapter.book != "B1"} == set()


def test_a_draft_is_for_reviewers_and_what_is_issued_for_all(submission: Submission, people: People) -> None:
    own = draft(submission, "B1.2", "perlu_perbaikan", "Data lama.", by=people.mentor)
    seen = {name: list(Opinion.objects.visible_to(user)) for name, user in people.items()}
    assert {name for name, found in seen.items() if found} == {"mentor", "assessor", "ministry_editor"}
    issue(submission, seen={own.pk: own.version}, by=people.mentor)
    seen = {name: list(Opinion.objects.visible_to(user)) for name, user in people.items()}
    assert {name for name, found in seen.items() if not found} == {"stranger", "nobody"}


def test_one_draft_of_each_person_on_a_chapter_and_never_over_an_unseen_one(
    submission: Submission, people: People
) -> None:
    draft(submission, "B1.2", by=people.mentor)
    draft(submission, "B1.2", by=people.ministry_editor)
    again = draft(submission, "B1.2", "dengan_catatan", "  Lengkapi.\r\nSumber. ", by=people.mentor)
    assert [(each.by, each.level, each.note, each.version) for each in Opinion.objects.drafts()] == [
        (people.mentor, "dengan_catatan", "Lengkapi.\nSumber.", 2),
        (people.ministry_editor, "setuju", "", 1),
    ]
    for stale in (0, 1):
        with pytest.raises(StaleOpinion):
            write(submission, chapter="B1.2", level="setuju", note="", version=stale, by=people.mentor)
    with pytest.raises(StaleOpinion):
        discard(submission, chapter="B1.2", version=1, by=people.mentor)
    discard(submission, chapter="B1.2", version=again.version, by=people.mentor)
    assert [each.by for each in Opinion.objects.all()] == [people.ministry_editor]


@pytest.mark.parametrize(
    ("level", "note", "said"),
    [
        ("", "", "Pilih pendapat Anda."),
        ("mungkin", "x", "Pilih pendapat Anda."),
        ("perlu_perbaikan", " \x00\n", "Tulis catatannya: apa yang perlu diperhatikan atau diperbaiki."),
        ("setuju", "x" * 4001, "Catatan terlalu panjang: 4001 aksara, paling banyak 4000."),
    ],
)
def test_what_cannot_be_said(submission: Submission, people: People, level: str, note: str, said: str) -> None:
    call = lambda: write(submission, chapter="B1.2", level=level, note=note, version=0, by=people.mentor)  # noqa: E731
    assert refusal(call, Incomplete) == said


def test_who_judges_which_chapter(submission: Submission, people: People) -> None:
    plan = submission.plan
    book = second_mentor(plan, books=("B1",))
    living = second_mentor(plan, dimensions=("LIV",))

    def may(user: User) -> dict[str, bool]:
        judge = judge_of(user, plan, submission.stage)
        wanted = ("B1.2", "B2.1", "B2.3")
        found = {chapter.code: chapter for chapter in chapters_of(submission)}
        may = {code: judge.can_judge(book=found[code].book, dimensions=found[code].dimensions) for code in wanted}
        return may | {"": judge.can_judge_stage}

    assert may(people.mentor) == {"B1.2": True, "B2.1": True, "B2.3": True, "": True}
    assert may(people.ministry_editor) == {"B1.2": True, "B2.1": True, "B2.3": True, "": True}
    assert may(book) == {"B1.2": True, "B2.1": False, "B2.3": False, "": False}
    assert may(living) == {"B1.2": False, "B2.1": False, "B2.3": True, "": False}
    for user in (
        people.assessor,
        person(Role.MENTOR, mailbox="lain"),
        people.coordinator,
        people.author,
        people.approver,
    ):
        assert may(user) == {"B1.2": False, "B2.1": False, "B2.3": False, "": False}
    call = lambda: draft(submission, "B2.1", by=book)  # noqa: E731
    assert refusal(call, NotAllowed) == "Buku II · I Pendahuluan dinilai oleh pembimbing lain."


def test_a_mentor_who_works_in_the_region_judges_nothing_of_it(submission: Submission) -> None:
    both = person(Role.COORDINATOR, mailbox="keduanya")
    PlanMember.objects.create(plan=submission.plan, user=both, role=Role.MENTOR)
    assert judge_of(both, submission.plan, submission.stage) == Judge(is_reviewer=False)


def test_nobody_judges_what_they_wrote(banjar: Masterplan, people: People) -> None:
    replace_text(section_of(banjar), doc=paragraph("Naskah pembimbing."), by=people.mentor)
    submission = send(banjar, "I", by=people.coordinator)
    said = "Anda ikut menulis naskah ini, jadi tidak menilainya."
    assert refusal(lambda: draft(submission, "B1.1", by=people.mentor), NotAllowed) == said
    assert refusal(lambda: draft(submission, "", by=people.mentor), NotAllowed) == said
    assert draft(submission, "B1.2", by=people.mentor).label.startswith("Buku I · II")


def test_whoever_suggested_other_words_did_not_write_the_text(banjar: Masterplan, people: People) -> None:
    save(section_of(banjar), people.mentor, offered(1, "Sebuah ", people.mentor))
    submission = send(banjar, "I", by=people.coordinator)
    assert draft(submission, "B1.1", by=people.mentor).label.startswith("Buku I · I")


def test_official_ones_are_numbered_through_the_plan_and_never_change(submission: Submission, people: People) -> None:
    seen = {each.pk: each.version for each in (draft(submission, code, by=people.mentor) for code in ("B1.2", "B1.3"))}
    assert [each.number for each in issue(submission, seen=seen, by=people.mentor)] == [1, 2]
    second = send(submission.plan, "II", by=people.coordinator)
    assert official(second, "B1.2", by=people.ministry_editor).number == 3
    for change in (
        lambda: Opinion.objects.filter(number=1).update(note="lain"),
        lambda: Opinion.objects.filter(number=1).update(number=None, issued_at=None),
        lambda: Opinion.objects.filter(number=1).delete(),
    ):
        with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic():
            change()
    events = Event.objects.filter(verb__startswith="opinion.").order_by("pk")
    assert [(event.verb, event.regency_id) for event in events if event.verb == "opinion.drafted"] == [
        ("opinion.drafted", "")
    ] * 3
    issued = [sentence(event) for event in events if event.plan_code == submission.plan.code]
    assert issued[0] == "mengeluarkan Pendapat 1 atas Buku I · II Gambaran dan Analisis Masa Depan Daerah: Setuju"


def test_issuing_takes_exactly_what_was_read(submission: Submission, people: People) -> None:
    own = draft(submission, "B1.2", by=people.mentor)
    other = draft(submission, "B1.2", by=people.ministry_editor)
    for seen in ({}, {own.pk: own.version + 1}, {other.pk: other.version}, {own.pk: 1, other.pk: 1}, {999_999: 1}):
        with pytest.raises(StaleOpinion):
            issue(submission, seen=seen, by=people.mentor)
    assert not Opinion.objects.issued().exists()


def test_a_later_opinion_of_the_same_reviewer_counts_and_the_strictest_of_all(
    submission: Submission, people: People
) -> None:
    official(submission, "B1.2", "perlu_perbaikan", "Salin sumber.", by=people.mentor)
    official(submission, "B1.2", "dengan_catatan", "Sumber ada.", by=people.mentor)
    official(submission, "B1.2", "setuju", by=people.ministry_editor)
    board = board_of(submission, Opinion.objects.filter(submission=submission))
    line = next(line for line in board.lines if line.chapter.code == "B1.2")
    assert ([each.number for each in line.issued], line.level) == ([2, 3], OpinionLevel.WITH_NOTES)


def test_levels_follow_the_strictest() -> None:
    a, n, m = OpinionLevel
    for levels in itertools.product((a, n, m), repeat=3):
        expected = m if m in levels else n if n in levels else a
        assert OpinionLevel.strictest(levels) == expected
    assert OpinionLevel.strictest([]) is None


def test_the_stage_waits_for_every_chapter_that_is_due(submission: Submission, people: People) -> None:
    own = draft(submission, "", by=people.mentor)
    with pytest.raises(Incomplete, match="bab yang jatuh tempo belum dinilai: Buku I"):
        issue(submission, seen={own.pk: own.version}, by=people.mentor)
    judge_all(submission, by=people.mentor)
    assert issue(submission, seen={own.pk: own.version}, by=people.mentor)[0].is_on_stage
    read = StageDeadline.objects.get(submission=submission)
    assert read.met_on is not None


def test_the_stage_is_never_judged_more_mildly_than_its_chapters(submission: Submission, people: People) -> None:
    judge_all(submission, by=people.mentor, B1_2="dengan_catatan")
    said = "Pendapat tahap paling ringan “Setuju dengan catatan”, karena ada bab yang dinilai demikian."
    assert refusal(lambda: official(submission, "", by=people.mentor), WrongState) == said
    assert official(submission, "", "perlu_perbaikan", "Tunggu data.", by=people.mentor).level == "perlu_perbaikan"


def test_an_open_must_fix_remark_is_something_to_mend(submission: Submission, people: People) -> None:
    thread = thread_on(submission.plan, by=people.mentor, kind=CommentKind.MUST_FIX)
    judge_all(submission, by=people.mentor)
    said = "Pendapat tahap paling ringan “Perlu perbaikan”, karena masih ada 1 komentar wajib."
    assert refusal(lambda: official(submission, "", by=people.mentor), WrongState) == said
    act(thread, CommentAct.CLOSE, by=people.mentor, body="Sudah dibahas.")
    assert official(submission, "", by=people.mentor).level == "setuju"


def test_after_the_stage_or_a_newer_submission_nothing_more_is_judged(submission: Submission, people: People) -> None:
    waiting = draft(submission, "B1.2", by=people.ministry_editor)
    judge_all(submission, by=people.mentor)
    official(submission, "", by=people.mentor)
    for call in (
        lambda: draft(submission, "B1.2", by=people.mentor),
        lambda: issue(submission, seen={waiting.pk: 1}, by=people.ministry_editor),
        lambda: carry(submission, by=people.mentor),
    ):
        assert refusal(call, WrongState) == "Pendapat atas Bimtek I, kiriman 1 sudah dikeluarkan."
    replace_text(section_of(submission.plan), doc=paragraph("Baru."), by=people.coordinator)
    second = send(submission.plan, "I", by=people.coordinator)
    replace_text(section_of(submission.plan), doc=paragraph("Lebih baru."), by=people.coordinator)
    send(submission.plan, "I", by=people.coordinator)
    said = refusal(lambda: draft(second, "B1.2", by=people.mentor), WrongState)
    assert said == "Sudah ada Bimtek I, kiriman 3."


def test_opinions_on_chapters_that_read_the_same_are_carried_as_drafts(submission: Submission, people: People) -> None:
    for code in ("B1.1", "B1.2", "B2.4"):
        official(submission, code, "dengan_catatan", f"Catatan {code}.", by=people.mentor)
    official(submission, "B1.3", by=people.ministry_editor)
    replace_text(section_of(submission.plan), doc=paragraph("Kalimat baru."), by=people.coordinator)  # B1.1
    Programme.objects.filter(plan=submission.plan, code="ENV-P06").update(name="Nama baru")  # printed in B2.4
    second = send(submission.plan, "II", by=people.coordinator)
    former = {
        line.chapter.code: line.former.is_unchanged
        for line in board_of(second, []).lines
        if line.former
    }  # fmt: skip
    assert former == {"B1.1": False, "B1.2": True, "B1.3": True, "B2.4": False}
    assert [(each.chapter, each.level, each.note) for each in carry(second, by=people.mentor)] == [
        ("B1.2", "dengan_catatan", "Catatan B1.2.")
    ]
    assert carry(second, by=people.mentor) == []


def test_a_chapter_to_mend_is_an_open_point_that_never_holds(submission: Submission, people: People) -> None:
    official(submission, "B1.2", "perlu_perbaikan", "Rahasia tidak, tetapi panjang.", by=people.mentor)
    point = points_at(submission.plan, stage("IV"))[-1]
    assert (str(point.group), point.place.section, point.holds) == ("Bab yang dinilai perlu perbaikan", "B1.2.1", False)
    assert point.sentence == "Pendapat nomor 1 atas Bimtek I, kiriman 1: jelaskan perbaikannya saat mengirim."
    assert point not in holding(points_at(submission.plan, stage("IV")))
    second = send(submission.plan, "II", by=people.coordinator)
    official(second, "B1.2", by=people.mentor)
    assert "Bab yang dinilai perlu perbaikan" not in {
        str(each.group) for each in points_at(submission.plan, stage("IV"))
    }


def test_the_board_costs_the_same_for_one_opinion_and_for_many(submission: Submission, people: People) -> None:
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            board_of(second, Opinion.objects.filter(submission=second))
        return len(queries)

    official(submission, "B1.1", by=people.mentor)
    second = send(submission.plan, "II", by=people.coordinator)
    few = cost()
    for code in ("B1.2", "B1.3", "B2.1"):
        draft(second, code, by=people.mentor)
        official(second, code, by=people.ministry_editor)
    assert cost() == few


def test_a_perimeter_holds_only_codes_of_the_plan_and_leaves_a_sentence(banjar: Masterplan, people: People) -> None:
    member = PlanMember.objects.select_related("plan").get(user=people.mentor)
    set_perimeter(member, Perimeter(books=("B1", "B9"), dimensions=("LIV", "XYZ")), by=people.ministry_editor)
    member.refresh_from_db()
    assert (member.books, member.dimensions) == (["B1"], ["LIV"])
    event = Event.objects.get(verb="member.changed")
    assert sentence(event).startswith("mengubah bidang yang dinilai Mentor")


def test_a_file_beside_a_draft_is_for_reviewers_until_it_is_issued(
    submission: Submission, people: People, settings: Any
) -> None:
    own = draft(submission, "B1.2", by=people.mentor)
    first = attach(submission, chapter="B1.2", version=1, upload=pdf("1"), name="Konsep.pdf", by=people.mentor)
    own = attach(submission, chapter="B1.2", version=2, upload=pdf("2"), name="Surat.pdf", by=people.mentor)
    stored = StoredFile.objects.get()
    assert (first.pk, own.file, own.version, stored.name) == (own.pk, stored, 3, "Surat.pdf")

    def readers() -> set[str]:
        return {name for name, user in people.items() if files_seen_by(user, submission.plan).exists()}

    assert readers() & {"coordinator", "author", "approver"} == set()
    assert readers() >= {"mentor", "assessor", "ministry_editor"}
    issue(submission, seen={own.pk: own.version}, by=people.mentor)
    assert readers() >= {"coordinator", "author", "approver", "mentor"}
    with pytest.raises(DatabaseError, match="issued_never_changes"), transaction.atomic():
        Opinion.objects.update(file=None)


def test_a_file_goes_with_its_draft_and_never_over_an_unseen_one(
    submission: Submission, people: People, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    about = {"chapter": "B1.2", "by": people.mentor}
    assert (
        refusal(lambda: attach(submission, version=0, upload=pdf(), name="a.pdf", **about), StaleOpinion)
        == "Konsepnya belum ada."
    )
    draft(submission, "B1.2", by=people.mentor)
    refusal(lambda: attach(submission, version=9, upload=pdf(), name="a.pdf", **about), StaleOpinion)
    refusal(
        lambda: attach(submission, chapter="B1.2", version=1, upload=pdf(), name="a.pdf", by=people.coordinator),
        NotAllowed,
    )
    assert (kept(settings), StoredFile.objects.count()) == (0, 0)
    with django_capture_on_commit_callbacks(execute=True):
        attach(submission, version=1, upload=pdf("1"), name="a.pdf", **about)
        attach(submission, version=2, upload=pdf("2"), name="b.pdf", **about)
    assert (kept(settings), StoredFile.objects.get().name) == (1, "b.pdf")
    with django_capture_on_commit_callbacks(execute=True):
        detach(submission, version=3, **about)
    assert (kept(settings), Opinion.objects.get().file, Opinion.objects.get().version) == (0, None, 4)
    attach(submission, version=4, upload=pdf(), name="c.pdf", **about)
    with django_capture_on_commit_callbacks(execute=True):
        discard(submission, version=5, **about)
    assert (kept(settings), StoredFile.objects.count(), Opinion.objects.count()) == (0, 0, 0)


def kept(settings: Any) -> int:
    """Files of the cycle on the disk."""
    return sum(path.is_file() for path in (Path(settings.MEDIA_ROOT) / "cycle").rglob("*"))
