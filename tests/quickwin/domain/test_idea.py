"""Ideas from citizens: received once, decided by the coordinator alone, answered once, forgotten on request."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from psycopg import sql

from masterplan.models import Masterplan, Programme
from quickwin.domain.idea import forget_sender, keep_box, open_box, receive
from quickwin.domain.idea_decision import Choice, decide_idea
from quickwin.domain.idea_letter import CLOSING
from quickwin.domain.idea_limit import forget_expired
from quickwin.domain.idea_links import ideas_beside, waiting, with_idea_count
from quickwin.domain.idea_spam import FASTEST, LONGEST, SAME_WITHIN, FormSheet, fingerprint_of
from quickwin.models import Idea, IdeaBox, IdeaSender, IdeaStep
from smartcity.audit.models import Event
from smartcity.notify.domain.delivery import deliver
from smartcity.notify.domain.planning import plan_outside
from smartcity.notify.enums import MailState
from smartcity.notify.models import Mail
from smartcity.ui.refusal import Conflict, Incomplete, NotAllowed, WrongState
from tests.masterplan.views.rows_given import Ground, ground_of, programme_row
from tests.people import People, make_plan
from tests.quickwin.given import quick_win
from tests.quickwin.ideas_given import MAIL, NAME, SENT, decided, idea_in, opened_box

pytestmark = pytest.mark.django_db
LINK = "https://x.example "


@pytest.fixture
def box(plan: Masterplan, people: People) -> IdeaBox:
    return opened_box(plan, by=people.coordinator)


@pytest.fixture
def elsewhere() -> Ground:
    return ground_of("32.79")


def ground(plan: Masterplan) -> Ground:
    """The usual one, around the plan that the people have."""
    made = ground_of("63.04")
    return Ground(plan, made.dimension, made.opd, made.strategy, made.mission, made.swot)


def test_one_box_a_region_kept_by_its_coordinator(plan: Masterplan, people: People) -> None:
    assert open_box("63.03") is None
    opened_box(plan, by=people.coordinator, intro=" Apa saja ", districts=["Astambul"])
    found = open_box("63.03")
    assert found
    assert (found.plan, found.intro, found.districts, found.version) == (plan, "Apa saja", ["Astambul"], 1)
    for user in (people.author, people.approver, people.ministry_editor, people.stranger):
        with pytest.raises(NotAllowed):
            opened_box(plan, by=user)
    with pytest.raises(Conflict):
        keep_box(plan, is_open=False, intro="", districts=[], version=0, by=people.coordinator)
    later = make_plan(start_year=2036)
    opened_box(later, by=people.coordinator, is_open=False)
    assert (open_box("63.03"), IdeaBox.objects.get().plan) == (None, later)


@pytest.mark.parametrize(
    ("age", "trap", "text", "sentence"),
    [
        (FASTEST - timedelta(seconds=1), "", "", "terlalu cepat"),
        (LONGEST + timedelta(seconds=1), "", "", "terlalu lama"),
        (FASTEST, "http://beli", "", "dibiarkan kosong"),
        (FASTEST, "", LINK * 3, "Paling banyak 2 tautan"),
    ],
)
def test_what_no_hand_sends_is_refused(box: IdeaBox, age: timedelta, trap: str, text: str, sentence: str) -> None:
    now = timezone.now()
    sent = SENT.__class__(NAME, SENT.problem, SENT.text + text)
    with pytest.raises(Incomplete, match=sentence):
        receive(box, sent, sheet=FormSheet.new("63.03", now - age), trap=trap, may_confirm=True, now=now)
    assert not Idea.objects.exists()


def test_a_sheet_is_of_one_region_and_cannot_be_forged() -> None:
    now = timezone.now()
    sheet = FormSheet.new("63.03", now)
    assert FormSheet.read(sheet.signed, "63.03") == sheet
    assert [FormSheet.read(text, "63.03") for text in ("", "x", sheet.signed + "a", "\x00")] == [None] * 4
    assert FormSheet.read(sheet.signed, "32.79") is None


def test_the_same_sheet_again_is_the_same_idea_and_the_same_text_is_refused(box: IdeaBox) -> None:
    now = timezone.now()
    sheet = FormSheet.new("63.03", now - FASTEST)
    first, second = (receive(box, SENT, sheet=sheet, trap="", may_confirm=True, now=now) for _ in range(2))
    assert (first, first.number, Mail.objects.count()) == (second, 1, 1)
    with pytest.raises(Conflict, match="sudah kami terima"):
        idea_in(box, problem=f"  {SENT.problem.upper()}!!")
    Idea.objects.update(sent_at=now - SAME_WITHIN)
    assert idea_in(box).number == 2
    assert fingerprint_of("Jalan  rusak.", "Tambal") == fingerprint_of("jalan rusak", "TAMBAL")


def holds(table: str, word: str) -> bool:
    query = sql.SQL("SELECT EXISTS (SELECT 1 FROM {name} t WHERE t::text LIKE %s)").format(name=sql.Identifier(table))
    with connection.cursor() as cursor:
        cursor.execute(query, [f"%{word}%"])
        return bool(cursor.fetchone()[0])


def test_neither_history_nor_trail_keeps_a_name_or_an_address(box: IdeaBox) -> None:
    idea = idea_in(box)
    event = Event.objects.get(verb="idea.received")
    assert (event.actor_name, event.address, event.subject_label, event.data) == ("Warga", None, "U-1", {})
    holding = {table for table in connection.introspection.table_names() if holds(table, NAME) or holds(table, MAIL)}
    assert holding == {"quickwin_ideasender"}
    assert idea.sender.email == MAIL


def test_decided_once_with_history_and_open_again(box: IdeaBox, plan: Masterplan, people: People) -> None:
    by = people.coordinator
    row = programme_row(ground(plan))
    idea = idea_in(box)
    decided(idea, by=by, state="terkait", link=f"p{row.pk}", answer="Terima kasih.")
    idea.refresh_from_db()
    assert (idea.programme, idea.quick_win, idea.linked_to, idea.version) == (row, None, str(row), 1)
    with pytest.raises(WrongState, match="sudah diputuskan"):
        decided(idea, by=by, state="ditolak", reason="Mahal")
    decided(idea, by=by, state="baru")
    with pytest.raises(WrongState, match="belum diputuskan"):
        decided(idea, by=by, state="baru")
    with pytest.raises(Incomplete, match="alasan"):
        decided(idea, by=by, state="ditolak", reason=" \n")
    decided(idea, by=by, state="ditolak", reason="Bukan kewenangan kabupaten", answer="Maaf.")
    idea.refresh_from_db()
    assert (idea.programme, idea.linked_to, idea.state) == (None, "", "ditolak")
    steps = [(step.state, step.reason, step.answer, step.by_name) for step in idea.steps.order_by("pk")]
    name = by.display_name
    assert steps == [
        ("terkait", "", "Terima kasih.", name), ("baru", "", "", name),
        ("ditolak", "Bukan kewenangan kabupaten", "Maaf.", name),
    ]  # fmt: skip
    history = IdeaBox.objects.get()._meta.apps.get_model("quickwin", "IdeaEvent").objects.filter(pgh_obj_id=idea.pk)
    assert list(history.order_by("pgh_id").values_list("state", flat=True)) == ["baru", "terkait", "baru", "ditolak"]
    verbs = Event.objects.filter(verb="idea.decided").order_by("pk")
    assert [event.data["state"] for event in verbs] == ["terkait", "baru", "ditolak"]


def test_a_stale_or_foreign_decision_changes_nothing(
    box: IdeaBox, plan: Masterplan, people: People, elsewhere: Ground
) -> None:
    foreign, foreign_win = programme_row(elsewhere), quick_win(elsewhere)
    idea = idea_in(box)
    with pytest.raises(Conflict):
        decide_idea(idea, Choice("spam"), version=7, by=people.coordinator)
    for link in (f"p{foreign.pk}", f"q{foreign_win.pk}", "", "p", "x1", "p999999999999", "p-1"):
        with pytest.raises(Incomplete):
            decided(idea, by=people.coordinator, state="terkait", link=link)
    for user in (people.author, people.dimension_lead, people.mentor, people.ministry_editor, people.stranger):
        with pytest.raises(NotAllowed):
            decided(idea, by=user, state="spam")
        with pytest.raises(NotAllowed):
            forget_sender(idea, by=user)
    with pytest.raises(Incomplete):
        decided(idea, by=people.coordinator, state="hilang")
    idea.refresh_from_db()
    assert (idea.state, idea.version, IdeaStep.objects.count(), IdeaSender.objects.count()) == ("baru", 0, 0, 1)


def test_letters_go_once_and_hold_nothing_that_was_typed(
    box: IdeaBox, people: People, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    idea = idea_in(box)
    idea_in(box, text="Tanpa alamat pun boleh", email="")
    decided(idea, by=people.coordinator, state="ditolak", reason="Rahasia", answer="Belum dapat kami lanjutkan.")
    deliver()
    deliver()
    assert [(letter.to, letter.subject) for letter in mailoutbox] == [
        ([MAIL], "Usulan U-1 kami terima · Kabupaten Banjar"),
        ([MAIL], "Usulan U-1 kami jawab · Kabupaten Banjar"),
    ]
    assert mailoutbox[1].body == (
        "Yth. Bapak/Ibu,\n\nBelum dapat kami lanjutkan.\n\nNomor usulan: U-1\n\nPemerintah Kabupaten Banjar\n\n"
        f"{CLOSING}\n"
    )
    assert not any(word in letter.body for letter in mailoutbox for word in (NAME, SENT.text, SENT.problem, "Rahasia"))
    assert [(mail.state, mail.address) for mail in Mail.objects.all()] == [(MailState.SENT, "")] * 2
    with pytest.raises(IntegrityError), transaction.atomic():
        plan_outside("idea.received", idea.pk)


def test_spam_no_address_and_an_empty_answer_send_nothing(box: IdeaBox, people: People) -> None:
    ideas = [idea_in(box, text=f"Usulan yang ke {number}", email="") for number in range(3)]
    decided(ideas[0], by=people.coordinator, state="spam", answer="Halo")
    decided(ideas[1], by=people.coordinator, state="ditolak", reason="Mahal", answer="Halo")
    decided(idea_in(box), by=people.coordinator, state="ditolak", reason="Mahal", answer="  ")
    assert list(Mail.objects.values_list("about", flat=True)) == ["idea.received"]
    assert list(IdeaStep.objects.values_list("answer", flat=True)) == ["", "", ""]


def test_what_was_withdrawn_or_forgotten_before_it_left_is_not_sent(
    box: IdeaBox, people: People, mailoutbox: list[EmailMultiAlternatives]
) -> None:
    first, second = idea_in(box), idea_in(box, text="Lampu jalan tenaga surya")
    deliver()
    mailoutbox.clear()
    for idea in (first, second):
        decided(idea, by=people.coordinator, state="ditolak", reason="Mahal", answer="Maaf.")
    decided(first, by=people.coordinator, state="baru")
    forget_sender(second, by=people.coordinator)
    deliver()
    assert mailoutbox == []
    assert set(Mail.objects.filter(about="idea.answered").values_list("state", flat=True)) == {MailState.DROPPED}


def test_a_forgotten_sender_leaves_the_idea(box: IdeaBox, people: People) -> None:
    idea = idea_in(box)
    decided(idea, by=people.coordinator, state="ditolak", reason="Mahal", answer=f"Yth. {NAME}")
    forget_sender(idea, by=people.coordinator)
    forget_sender(idea, by=people.coordinator)
    kept = Idea.objects.get()
    assert (kept.text, kept.state, IdeaSender.objects.count()) == (SENT.text, "ditolak", 0)
    assert list(IdeaStep.objects.values_list("reason", "answer")) == [("Mahal", "")]
    assert Event.objects.filter(verb="idea.sender_forgotten").count() == 1


def test_a_coordinator_is_told_what_waits_and_what_hangs_on_a_row(
    box: IdeaBox, plan: Masterplan, people: People
) -> None:
    row = programme_row(ground(plan))
    idea, other = idea_in(box), idea_in(box, text="Lampu jalan tenaga surya")
    tasks = [(task.why, task.url) for task in waiting(people.coordinator)]
    assert tasks == [
        ("2 usulan belum diputuskan, yang pertama U-1", f"/rencana/{plan.code}/usulan-warga/?keadaan=baru")
    ]
    assert [waiting(user) for user in (people.author, people.stranger, people.ministry_editor)] == [[], [], []]
    for each in (idea, other):
        decided(each, by=people.coordinator, state="terkait", link=f"p{row.pk}")
    row = with_idea_count(Programme.objects.select_related("plan")).get(pk=row.pk)
    aside = ideas_beside(people.coordinator, row)
    assert aside
    assert (aside.text, aside.url) == ("Usulan warga: 2", f"/rencana/{plan.code}/usulan-warga/?terkait=p{row.pk}")
    assert [ideas_beside(user, row) for user in (people.author, people.ministry_editor)] == [None, None]
    assert waiting(people.coordinator) == []
    row.delete()
    idea.refresh_from_db()
    assert (idea.programme, idea.state, idea.linked_to) == (None, "terkait", str(row))


def test_counters_are_forgotten_when_their_time_is_over() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cache_entry")
        cursor.execute(
            "INSERT INTO cache_entry (cache_key, value, expires) VALUES ('a', '', now() - interval '1 s'),"
            " ('b', '', now() + interval '1 hour')"
        )
        assert forget_expired() == 1
        cursor.execute("SELECT cache_key FROM cache_entry")
        assert cursor.fetchall() == [("b",)]
