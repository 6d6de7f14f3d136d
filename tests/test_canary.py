"""What is meant for some reaches no page, answer, file or export of others: notes for reviewers, drafts, suggestions, senders of ideas."""

import io
import zipfile
from collections.abc import Iterable
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client

from bimtek.models import Submission, SubmittedSection, SubmittedTable
from export import planfile
from masterplan.enums import CommentAct, CommentKind, CommentVisibility
from masterplan.models import CommentThread, Masterplan, Programme
from smartcity.accounts.models import User
from smartcity.audit.models import Event
from smartcity.notify.domain.delivery import deliver
from smartcity.notify.domain.notice import tell
from smartcity.notify.enums import Delivery, MailState
from smartcity.notify.models import Mail, Notice
from smartcity.regency.models import Opd
from tests.bimtek.given import draft, event, section_of, send, stage
from tests.export.papers.given import download, pdf_text
from tests.masterplan.comments_given import act, row_spot, section_spot, text_spot, thread_on
from tests.masterplan.suggestions_given import offered, save
from tests.people import People
from tests.quickwin.ideas_given import MAIL, NAME
from tests.routes import ROUTES
from tests.test_access import address, arguments, full_plan

__all__ = ["full_plan"]
pytestmark = pytest.mark.django_db
type Seen = dict[str, set[str]]

CANARY = "KENARI-HANYA-PENINJAU"
DRAFTED, SUGGESTED = "KENARI-BELUM-TERBIT", "KENARIUSULAN"
OURS = "UNTUK-TIM-RENCANA"
OFFICE_ONLY = "UNTUK-SATU-DINAS"


def content(response: HttpResponseBase) -> bytes:
    """Also what stands inside an Excel file."""
    data = b"".join(response) if response.streaming else response.content  # type: ignore[attr-defined, arg-type]
    if not data.startswith(b"PK"):
        return bytes(data)
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return b"".join(file.read(name) for name in file.namelist())


def everything(user: User, values: dict[str, Any], *, words: Iterable[str], routes: Iterable[str] = ROUTES) -> Seen:
    """Routes whose answer holds a word, by GET and POST, as a page, beside a text and as JSON."""
    found: Seen = {word: set() for word in words}
    client = Client()
    client.force_login(user)
    looks = ({}, {"Beside": "1", "HX-Request": "true", "Sheet": "1", "Accept": "application/json"})
    for name in routes:
        for look in looks:
            with transaction.atomic():
                answers = [client.get(address(name, values), headers=look)]
                if not look:
                    answers.append(client.post(address(name, values)))
                told = b"".join(content(answer) for answer in answers)
                for word, places in found.items():
                    if word.encode() in told:
                        places.add(name)
                transaction.set_rollback(True)
    return found


@pytest.fixture
def planted(full_plan: Masterplan, people: People) -> dict[str, Any]:
    """Everything that somebody must not see, in one plan: notes for reviewers, a suggested word, an opinion that is not issued, who sent
    an idea. The arguments of all routes."""
    section = section_of(full_plan)
    save(section, people.mentor, offered(1, f"{SUGGESTED} ", people.mentor))
    section = section_of(full_plan)
    row = Programme.objects.get(plan=full_plan, code="GOV-P01")
    hidden: dict[str, Any] = {"by": people.mentor, "visibility": CommentVisibility.REVIEWERS, "body": CANARY}
    cell = row_spot(row, "target-2027", CANARY)
    for spot in (None, section_spot(section), text_spot(section, "Kabupaten"), row_spot(row), cell):
        act(thread_on(full_plan, spot=spot, **hidden), CommentAct.REPLY, by=people.assessor, body=CANARY)
    thread_on(full_plan, by=people.mentor, spot=section_spot(section), body=OURS)
    values = arguments(full_plan, people)
    submission = Submission.objects.get(plan=full_plan)
    for chapter in ("B1.1", ""):
        draft(submission, chapter, "perlu_perbaikan", DRAFTED, by=people.mentor)
    return values


NOBODY: set[str] = set()
IDEA = {"quickwin:idea_detail", "quickwin:idea_decide"}  # a refused decision shows the page again
EDITOR = {"masterplan:section_write", "masterplan:section_doc"}  # and the steps, to who asks since when
BESIDE = {"masterplan:comment_list", "masterplan:section_write", "masterplan:section_comments"}
NOTES = BESIDE | {"masterplan:comment_thread", "masterplan:row_edit"}
TEAM = BESIDE | {"export:matrix", "export:matrix_file"}  # a reviewer's too, as long as the notes are not asked for
OPINIONS = {f"bimtek:opinion_{verb}" for verb in ("list", "stage", "edit", "attach", "discard", "issue")}
REGION = {CANARY: NOBODY, DRAFTED: NOBODY, SUGGESTED: EDITOR, NAME: NOBODY, MAIL: NOBODY, OURS: TEAM}
REVIEWER = REGION | {CANARY: NOTES, DRAFTED: OPINIONS}


@pytest.mark.long
@pytest.mark.parametrize(
    ("who", "wanted"),
    [
        ("coordinator", REGION | {NAME: IDEA | {"quickwin:idea_list"}, MAIL: IDEA}),
        ("author", REGION),
        ("mentor", REVIEWER),
        (
            "ministry_editor",
            REVIEWER | {DRAFTED: OPINIONS - {"bimtek:opinion_discard"}},
        ),  # only its writer throws it away
    ],
)
def test_what_is_hidden_reaches_only_who_may_see_it(
    who: str, wanted: Seen, planted: dict[str, Any], people: People
) -> None:
    """The walk over all pages does find what may be seen."""
    assert everything(getattr(people, who), planted, words=wanted) == wanted


@pytest.mark.usefixtures("planted")
def test_what_is_hidden_is_in_no_data_file_event_or_mail(full_plan: Masterplan) -> None:
    deliver()
    assert {mail.address for mail in Mail.objects.filter(user=None)} == {""}
    kept = str(planfile.dump(full_plan)) + str(list(Event.objects.values())) + str(list(Mail.objects.values()))
    assert [word in kept for word in (CANARY, DRAFTED, NAME, MAIL)] == [False] * 4


def test_the_canary_is_in_no_file_submission_or_event(full_plan: Masterplan, people: People) -> None:
    thread = thread_on(full_plan, by=people.mentor, visibility=CommentVisibility.REVIEWERS, body=CANARY)
    act(thread, CommentAct.CLOSE, by=people.mentor, body=CANARY)
    submission = send(full_plan, "I", by=people.coordinator)
    kept = [str(planfile.dump(full_plan)), str(Submission.objects.get(pk=submission.pk).__dict__)]
    kept += [str(list(model.objects.values())) for model in (SubmittedSection, SubmittedTable, Event)]
    assert [CANARY in text for text in kept] == [False] * 5
    assert not Event.objects.filter(plan_code=full_plan.code, verb__startswith="comment.").exists()


def test_a_hidden_thread_leaves_no_mark_and_no_count(full_plan: Masterplan, people: People) -> None:
    row = Programme.objects.get(plan=full_plan, code="GOV-P01")
    thread_on(full_plan, by=people.mentor, spot=row_spot(row), visibility=CommentVisibility.REVIEWERS)
    counted = {}
    for name in ("coordinator", "mentor"):
        client = Client()
        client.force_login(getattr(people, name))
        counted[name] = client.get(f"/rencana/{full_plan.code}/tabel/program/").content.count(b"cm-mark")
    assert counted == {"coordinator": 0, "mentor": 1}


def test_the_canary_is_in_no_paper_of_a_stage(full_plan: Masterplan, people: People, author_office: Opd) -> None:
    """PDFs are compressed: their words are read back. What is for one office reaches that office's own matrix alone."""
    held = event(full_plan, stage=stage("I"))
    send(full_plan, "I", by=people.coordinator)
    hidden: dict[str, Any] = {"by": people.mentor, "visibility": CommentVisibility.REVIEWERS}
    thread_on(full_plan, **hidden, body=CANARY)
    row = Programme.objects.get(plan=full_plan, code="GOV-P01")
    thread_on(full_plan, **hidden, body=CANARY, spot=row_spot(row, "target-2027", CANARY))
    to_office = {"visibility": CommentVisibility.OFFICE, "opd": author_office, "kind": CommentKind.MUST_FIX}
    thread_on(full_plan, by=people.mentor, body=OFFICE_ONLY, **to_office)
    thread_on(full_plan, by=people.mentor, body=OURS)
    base = f"/rencana/{full_plan.code}/"
    matrix, minutes = f"{base}tanggapan/pdf/?tahap=I&untuk=peninjau", f"{base}kegiatan/{held.pk}/berita-acara/pdf/"
    found = {}
    for name in ("coordinator", "author", "approver", "mentor"):
        text = pdf_text(download(getattr(people, name), matrix).content)
        found[name] = (CANARY in text, OFFICE_ONLY in text, OURS in text)
        signed = pdf_text(download(getattr(people, name), minutes).content)
        assert [word in signed for word in (CANARY, OFFICE_ONLY, "K-3")] == [False] * 3
    assert found == {
        "coordinator": (False, True, True),
        "author": (False, True, True),
        "approver": (False, False, True),
        "mentor": (True, True, True),
    }
    for_team = pdf_text(download(people.mentor, f"{base}tanggapan/pdf/?tahap=I").content)
    assert [word in for_team for word in (CANARY, OFFICE_ONLY, OURS)] == [False, False, True]


def test_mails_and_notices_reach_only_who_may_see(
    full_plan: Masterplan, people: People, author_office: Opd, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    """Also when a notice stands where none should: it is asked again at the moment of showing and of sending."""
    row = Programme.objects.get(plan=full_plan, code="GOV-P01")
    cell = row_spot(row, "target-2027", CANARY)
    hidden: dict[str, Any] = {"visibility": CommentVisibility.REVIEWERS, "body": CANARY, "spot": cell}
    thread = thread_on(full_plan, by=people.mentor, assignee=people.assessor, **hidden)
    act(thread, CommentAct.REPLY, by=people.assessor, body=CANARY)
    office: dict[str, Any] = {
        "visibility": CommentVisibility.OFFICE,
        "opd": author_office,
        "body": CANARY,
        "spot": cell,
    }
    for_office = thread_on(full_plan, by=people.mentor, assigned_opd=author_office, **office)
    assert {notice.user for notice in Notice.objects.filter(target=thread.pk)} == {people.mentor, people.assessor}
    assert {notice.user for notice in Notice.objects.filter(target=for_office.pk)} == {people.author}
    for user in (people.coordinator, people.author, people.approver, people.dimension_lead):
        for target in {thread, for_office} - ({for_office} if user in (people.coordinator, people.author) else set()):
            tell("comment.assigned", [user], target=target.pk, occasion="keliru")
    Notice.objects.update(delivery=Delivery.NOW)
    deliver()
    assert {address for letter in mailoutbox for address in letter.to} == {
        people.mentor.email, people.assessor.email, people.author.email,
    }  # fmt: skip
    assert all(
        f"/komentar/{for_office.number}/" in letter.body for letter in mailoutbox if people.author.email in letter.to
    )
    assert not any(CANARY in part for letter in mailoutbox for part in (letter.body, letter.alternatives[0].content))
    assert not any(
        f"/komentar/{thread.number}/" in letter.body for letter in mailoutbox if people.author.email in letter.to
    )
    dropped = Mail.objects.filter(user__in=(people.coordinator, people.approver, people.dimension_lead))
    assert {mail.state for mail in dropped} == {MailState.DROPPED}
    assert_unmentioned(full_plan, people, thread, for_office)


def assert_unmentioned(plan: Masterplan, people: People, thread: CommentThread, for_office: CommentThread) -> None:
    """On the pages of people who may not see them."""
    pages = ("home", "work_list", "notify:notice_list", "notify:mail_list")
    values = arguments(plan, people)
    for user in (people.coordinator, people.approver, people.dimension_lead):
        number = thread.number if user == people.coordinator else for_office.number
        words = (f"Komentar K-{number}", f"/komentar/{thread.number}/")
        assert everything(user, values, words=words, routes=pages) == dict.fromkeys(words, NOBODY)
