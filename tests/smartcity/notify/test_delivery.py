"""Each mail goes once, is tried again, or says why not: against a mail server that misbehaves."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from masterplan.enums import CommentAct, CommentVisibility
from masterplan.models import Masterplan
from smartcity.accounts.models import User
from smartcity.notify.courier import HandOver
from smartcity.notify.domain import delivery
from smartcity.notify.domain.delivery import NO_ANSWER, deliver, resend
from smartcity.notify.domain.notice import mark_all_read
from smartcity.notify.enums import Delivery, MailKind, MailState
from smartcity.notify.models import Mail, Notice
from smartcity.regency.models import Opd
from smartcity.ui.refusal import NotAllowed, WrongState
from tests.masterplan.comments_given import act, thread_on
from tests.people import People
from tests.smartcity.notify.post_office import DATA, END, GREETING, RECIPIENT, PostOffice

pytestmark = pytest.mark.django_db
SECRET = "JANGAN-KELUAR-RUMAH"


@pytest.fixture
def waiting(plan: Masterplan, people: People) -> Notice:
    """A remark for the author, to be mailed at once."""
    thread_on(plan, by=people.mentor, body=SECRET, assignee=people.author)
    return Notice.objects.get()


def later(minutes: float) -> datetime:
    return timezone.now() + timedelta(minutes=minutes)


def state() -> tuple[str, int]:
    mail = Mail.objects.get()
    return mail.state, mail.attempts


def test_an_assigned_remark_goes_at_once_and_once(office: PostOffice, waiting: Notice, people: People) -> None:
    assert dict(deliver()) == {MailState.SENT: 1}
    assert dict(deliver()) == {}
    mail = Mail.objects.get()
    assert office.ids() == {mail.message_id: 1}
    assert (mail.subject, mail.address) == ("Komentar K-1 ditujukan kepada Anda", people.author.email)
    text = office.taken[0]
    assert SECRET not in text
    assert text.count("http://127.0.0.1:8000/rencana/63.03-2026/komentar/1/") == 2  # as text and as a page


def test_a_request_connects_to_nothing(office: PostOffice, plan: Masterplan, people: People) -> None:
    office.answers[GREETING] = "hang"
    client = Client()
    client.force_login(people.mentor)
    sent = {
        "terlihat": "tim", "jenis": "saran", "isi": SECRET, "untuk": f"p{people.author.pk}",
        "kiriman": "8d5a0a1e-0000-4000-8000-000000000001",
    }  # fmt: skip
    assert client.post(f"/rencana/{plan.code}/komentar/baru/", sent).status_code == 302
    assert Notice.objects.of(people.author).count() == 1
    assert office.connections == 0


@pytest.mark.parametrize(
    ("step", "answer"),
    [(GREETING, "421 nanti"), (GREETING, "hang"), (RECIPIENT, "450 nanti"), (DATA, "451 nanti"), (END, "452 penuh")],
)
def test_a_server_in_trouble_gets_it_later(office: PostOffice, waiting: Notice, step: str, answer: str) -> None:
    office.answers[step] = answer
    deliver()
    assert state() == (MailState.WAITING, 1)
    assert Mail.objects.get().reason
    deliver()
    assert state() == (MailState.WAITING, 1)  # not before its pause is over
    deliver(now=later(2))
    assert state() == (MailState.WAITING, 2)
    office.answers.clear()
    assert dict(deliver(now=later(10))) == {MailState.SENT: 1}
    assert list(office.ids().values()) == [1]


def test_a_server_that_is_not_there(waiting: Notice, settings: Any) -> None:
    settings.MAILERS = {"default": {"BACKEND": "smartcity.notify.courier.EmailBackend", "OPTIONS": {"host": "127.0.0.1", "port": 1, "timeout": 1}}}  # fmt: skip
    deliver()
    assert state() == (MailState.WAITING, 1)
    assert "ConnectionRefusedError" in Mail.objects.get().reason


def test_one_sign_of_trouble_ends_the_run(office: PostOffice, plan: Masterplan, people: People) -> None:
    for _ in range(3):
        thread_on(plan, by=people.mentor, assignee=people.author)
    office.answers[GREETING] = "421 nanti"
    deliver()
    assert office.connections == 1
    assert sorted(Mail.objects.values_list("attempts", flat=True)) == [0, 0, 1]
    office.answers.clear()
    assert dict(deliver(now=later(2))) == {MailState.SENT: 3}
    assert list(office.ids().values()) == [1, 1, 1]


def test_after_a_day_it_fails_and_says_why(office: PostOffice, waiting: Notice) -> None:
    office.answers[GREETING] = "421 nanti"
    for minutes in (0, 60, 24 * 60 - 1):
        deliver(now=later(minutes))
    assert state() == (MailState.WAITING, 3)
    deliver(now=later(25 * 60))
    assert state() == (MailState.FAILED, 4)
    assert Mail.objects.get().reason.startswith("24 jam tidak diterima server.")


@pytest.mark.parametrize(("step", "answer"), [(RECIPIENT, "550 tidak dikenal"), (END, "554 ditolak")])
def test_a_refusal_for_good_fails_at_once(
    office: PostOffice, waiting: Notice, people: People, step: str, answer: str
) -> None:
    office.answers[step] = answer
    deliver()
    assert state() == (MailState.FAILED, 1)
    mail = Mail.objects.get()
    assert mail.reason == answer
    with pytest.raises(NotAllowed):
        resend(mail, by=people.author, may=False)
    office.answers.clear()
    resend(mail, by=people.ministry_editor, may=True)
    deliver(now=later(1))
    assert state() == (MailState.SENT, 2)
    with pytest.raises(WrongState):
        resend(mail, by=people.ministry_editor, may=True)


def test_silence_after_the_end_is_left_to_a_person(
    office: PostOffice, waiting: Notice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("smartcity.notify.courier.ANSWER_SECONDS", 0.5)
    office.answers[END] = "hang"
    deliver()
    assert state() == (MailState.FAILED, 1)
    assert Mail.objects.get().reason.startswith(NO_ANSWER)
    office.answers.clear()
    deliver(now=later(24 * 60))
    assert list(office.ids().values()) == [1]


def test_a_mail_of_a_process_that_died_before_the_end_goes_again(office: PostOffice, waiting: Notice) -> None:
    delivery.plan_mails(timezone.now())
    Mail.objects.update(state=MailState.SENDING, attempts=1)
    assert dict(deliver()) == {MailState.SENT: 1}
    assert list(office.ids().values()) == [1]


def test_a_mail_of_a_process_that_died_at_the_end_does_not(office: PostOffice, waiting: Notice) -> None:
    delivery.plan_mails(timezone.now())
    Mail.objects.update(state=MailState.SENDING, attempts=1, handed_at=timezone.now())
    deliver()
    assert (state(), office.taken) == ((MailState.FAILED, 1), [])


def test_who_was_overtaken_does_not_end_its_message(
    office: PostOffice, waiting: Notice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other process took it for abandoned just before the last line would have gone out."""
    send = HandOver.send

    def slow(self: HandOver, s: Any) -> None:
        if isinstance(s, bytes):
            Mail.objects.update(attempts=2)
        send(self, s)

    monkeypatch.setattr(HandOver, "send", slow)
    deliver()
    assert (state(), office.taken) == ((MailState.SENDING, 2), [])


def test_only_one_process_sends(office: PostOffice, waiting: Notice) -> None:
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", delivery.ONE_AT_A_TIME)
        assert dict(deliver()) == {}
    finally:
        other.close()
    assert dict(deliver()) == {MailState.SENT: 1}


def test_files_show_what_was_written_before_a_crash(waiting: Notice, settings: Any, tmp_path: Any) -> None:
    backend = "django.core.mail.backends.filebased.EmailBackend"
    settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": {"file_path": str(tmp_path)}}}
    deliver()
    for handed_at, ends in ((timezone.now(), 1), (None, 2)):
        Mail.objects.update(state=MailState.SENDING, sent_at=None, handed_at=handed_at)
        deliver()
        written = "".join(path.read_text() for path in tmp_path.iterdir())
        assert (state()[0], written.count(f"Message-ID: {Mail.objects.get().message_id}")) == (MailState.SENT, ends)


def test_what_changed_meanwhile_is_not_sent(
    office: PostOffice, plan: Masterplan, people: People, author_office: Opd
) -> None:
    answered = thread_on(plan, by=people.mentor, assignee=people.author)
    act(answered, CommentAct.ANSWER, by=people.author)
    hidden = {"visibility": CommentVisibility.OFFICE, "opd": author_office}
    thread_on(plan, by=people.mentor, assignee=people.author, **hidden)
    delivery.plan_mails(timezone.now())
    people.author.memberships.all().delete()
    thread_on(plan, by=people.mentor, assignee=people.coordinator)
    mark_all_read(people.coordinator)
    deliver()
    assert office.taken == []
    reasons = set(Mail.objects.filter(state=MailState.DROPPED).values_list("reason", flat=True))
    assert reasons == {"tidak lagi terlihat oleh penerima"}
    assert Mail.objects.filter(user=people.coordinator).count() == 0


def test_a_closed_account_gets_nothing(office: PostOffice, waiting: Notice, people: People) -> None:
    delivery.plan_mails(timezone.now())
    User.objects.filter(pk=people.author.pk).update(is_active=False)
    assert dict(deliver()) == {MailState.DROPPED: 1}
    assert office.connections == 0


def test_a_mail_that_cannot_be_written_lets_the_others_go(
    office: PostOffice, plan: Masterplan, people: People, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    for _ in range(2):
        thread_on(plan, by=people.mentor, assignee=people.author)
    write, first = delivery.write, []

    def broken(mail: Mail) -> Any:
        if not first:
            first.append(mail)
            raise ValueError("rusak")
        return write(mail)

    monkeypatch.setattr(delivery, "write", broken)
    assert dict(deliver()) == {MailState.FAILED: 1, MailState.SENT: 1}
    assert "rusak" in caplog.text


# -- digests ---------------------------------------------------------------------------------------------------------


def test_a_digest_goes_at_seven_where_the_person_works(office: PostOffice, plan: Masterplan, people: People) -> None:
    """Martapura is WITA: 07.00 there is 23.00 UTC of the day before. The ministry reads WIB, an hour later."""
    for _ in range(3):
        thread_on(plan, by=people.mentor, body=SECRET)
    Notice.objects.update(at=datetime(2026, 7, 20, 3, tzinfo=UTC))
    deliver(now=datetime(2026, 7, 20, 22, 59, tzinfo=UTC))
    assert not Mail.objects.exists()
    for minute in (0, 1, 59):
        deliver(now=datetime(2026, 7, 20, 23, minute, tzinfo=UTC))
    mail = Mail.objects.get()
    assert (mail.kind, mail.state, str(mail.day)) == (MailKind.DIGEST, MailState.SENT, "2026-07-21")
    assert mail.subject == "Ringkasan pagi: 3 hal untuk Anda"
    [text] = office.taken
    assert all(f"/komentar/{number}/" in text for number in (1, 2, 3))
    assert SECRET not in text


def test_what_happens_after_seven_waits_for_the_next_morning(
    office: PostOffice, plan: Masterplan, people: People
) -> None:
    thread_on(plan, by=people.mentor)
    Notice.objects.update(at=datetime(2026, 7, 20, 23, 30, tzinfo=UTC))
    deliver(now=datetime(2026, 7, 20, 23, 59, tzinfo=UTC))
    deliver(now=datetime(2026, 7, 21, 22, 59, tzinfo=UTC))
    assert not Mail.objects.exists()
    deliver(now=datetime(2026, 7, 22, 9, tzinfo=UTC))  # a worker that slept catches up
    assert Mail.objects.get().state == MailState.SENT


def test_a_digest_leaves_out_what_was_read_or_is_only_for_the_application(
    office: PostOffice, plan: Masterplan, people: People
) -> None:
    thread_on(plan, by=people.mentor)
    thread_on(plan, by=people.mentor)
    old = datetime(2026, 7, 20, 3, tzinfo=UTC)
    Notice.objects.update(at=old)
    Notice.objects.filter(pk=Notice.objects.first().pk).update(delivery=Delivery.APP)
    mark_all_read(people.author)
    deliver(now=datetime(2026, 7, 21, 1, tzinfo=UTC))
    assert Mail.objects.get().subject == "Ringkasan pagi: 1 hal untuk Anda"


def test_a_digest_costs_the_same_for_1_and_3_notices(
    plan: Masterplan, people: People, django_assert_num_queries: Any
) -> None:
    counts = []
    for _ in range(2):
        for _ in range(1 if not counts else 3):
            thread_on(plan, by=people.mentor)
        Notice.objects.filter(mail=None).update(at=datetime(2026, 7, 20 + len(counts), 3, tzinfo=UTC))
        with CaptureQueriesContext(connection) as queries:
            deliver(now=datetime(2026, 7, 21 + len(counts), 1, tzinfo=UTC))
        counts.append(len(queries))
    assert counts[0] == counts[1]
