"""Who was there: by list without undoing what the QR noted meanwhile, by QR once, on the day, and never forged."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import signing
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from bimtek.domain import attendance
from bimtek.domain.attendance import ForgedCodeError, Person, check_in, code_of, days_of, mark_attendance, read_code
from bimtek.models import Attendance, CycleEvent, Participant
from masterplan.domain.row import StaleRowError, delete_row
from masterplan.models import Masterplan
from smartcity.audit.models import Event
from smartcity.ui.refusal import Conflict, Incomplete, NotAllowed, WrongState
from tests.bimtek.given import event, send
from tests.people import People

pytestmark = pytest.mark.django_db
SITI = Person("Siti Aminah", "tni", "Kodim 1006", "Pasiter")
AMIR = Person("Amir", "polri", "Polres Banjar")


def marks(held: CycleEvent) -> list[tuple[str, date, str]]:
    found = Attendance.objects.filter(participant__event=held).order_by("participant__name", "day")
    return [(mark.participant.name, mark.day, mark.how) for mark in found.select_related("participant")]


def test_the_same_person_stands_on_the_list_once(plan: Masterplan, people: People) -> None:
    held = event(plan)
    again = Person("  SITI   aminah ", "opd", "KODIM 1006")
    assert len(attendance.add_participants(held, [SITI, AMIR, again], by=people.coordinator)) == 2
    assert attendance.add_participants(held, [SITI], by=people.coordinator) == []
    assert held.participants.count() == 2


def test_a_list_changes_only_what_the_person_changed(plan: Masterplan, people: People) -> None:
    held = event(plan, days=2)
    day, other = days_of(held)
    attendance.add_participants(held, [SITI, AMIR], by=people.coordinator)
    siti = held.participants.get(name="Siti Aminah")
    mark_attendance(held, ticked={(siti.pk, day)}, shown=set(), by=people.coordinator)
    check_in(held, day, AMIR)  # while the page was open
    changed = mark_attendance(held, ticked={(siti.pk, other)}, shown={(siti.pk, day)}, by=people.coordinator)
    assert (changed, marks(held)) == (2, [("Amir", day, "qr"), ("Siti Aminah", other, "list")])
    strange = {(999_999, day), (siti.pk, date(2001, 1, 1))}
    assert (
        mark_attendance(held, ticked=strange | {(siti.pk, other)}, shown={(siti.pk, other)}, by=people.coordinator) == 0
    )


def test_only_the_coordinator_keeps_the_list(plan: Masterplan, people: People) -> None:
    held = event(plan)
    who = attendance.add_participants(held, [SITI], by=people.coordinator)[0]
    who = Participant.objects.get(pk=who.pk)
    for name, user in people.items():
        if name == "coordinator":
            continue
        for verb in (
            lambda by: attendance.add_participants(held, [AMIR], by=by),
            lambda by: attendance.change_participant(who, AMIR, version=1, by=by),
            lambda by: attendance.remove_participant(who, by=by),
            lambda by: mark_attendance(held, ticked=set(), shown=set(), by=by),
        ):
            with pytest.raises(NotAllowed):
                verb(user)
    assert (Participant.objects.count(), Participant.objects.get().name) == (1, "Siti Aminah")


def test_changing_a_participant_names_a_clash(plan: Masterplan, people: People) -> None:
    held = event(plan)
    attendance.add_participants(held, [SITI, AMIR], by=people.coordinator)
    siti = held.participants.get(name="Siti Aminah")
    with pytest.raises(Conflict, match="Peserta lain sudah memakai"):
        attendance.change_participant(siti, AMIR, version=1, by=people.coordinator)
    attendance.change_participant(siti, Person("Siti A.", "tni", "Kodim"), version=1, by=people.coordinator)
    with pytest.raises(StaleRowError):
        attendance.change_participant(siti, SITI, version=1, by=people.coordinator)


def test_twice_by_qr_is_once(plan: Masterplan) -> None:
    held = event(plan)
    first = check_in(held, held.start_date, SITI)
    assert check_in(held, held.start_date, Person("siti AMINAH", "opd", "kodim  1006")) == first
    assert [(who.name, who.is_walk_in, who.organisation_kind) for who in held.participants.all()] == [
        ("Siti Aminah", True, "tni")
    ]
    told = Event.objects.filter(verb="attendance.checked_in")
    assert [(each.actor, each.actor_name) for each in told] == [(None, "Peserta lewat QR")]


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo("Asia/Makassar"))


@pytest.mark.parametrize(
    ("moment", "sentence"),
    [
        ("2026-08-11T23:59:59", "Daftar hadir hari ini belum dibuka."),
        ("2026-08-12T00:00:00", ""),
        ("2026-08-12T23:59:59", ""),
        ("2026-08-13T00:00:00", "Daftar hadir hari itu sudah ditutup."),
    ],
)
def test_a_code_is_open_on_its_day_in_the_zone_of_the_region(
    moment: str, sentence: str, plan: Masterplan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Kabupaten Banjar keeps WITA."""
    held = event(plan, days=2, start=date(2026, 8, 12))
    monkeypatch.setattr(timezone, "now", lambda: at(moment))
    found, day = read_code(code_of(held, date(2026, 8, 12)))
    assert (found, day) == (held, date(2026, 8, 12))
    if not sentence:
        check_in(held, day, SITI)
        return
    with pytest.raises(WrongState) as closed:
        check_in(held, day, SITI)
    assert (closed.value.sentence, Participant.objects.count()) == (sentence, 0)


def test_a_cancelled_or_moved_event_is_closed(plan: Masterplan) -> None:
    held = event(plan)
    CycleEvent.objects.filter(pk=held.pk).update(is_cancelled=True)
    with pytest.raises(WrongState, match="dibatalkan atau dipindahkan"):
        check_in(held, held.start_date, SITI)
    with pytest.raises(WrongState, match="dibatalkan atau dipindahkan"):
        attendance.ensure_open(event(plan, start=date(2030, 1, 1)), date(2029, 12, 31))


def test_forged_codes(plan: Masterplan) -> None:
    held = event(plan)
    code = code_of(held, held.start_date)
    pk, _, seal = code.partition(".")
    forged = (
        "", code[:-1], code.upper(), f"{int(pk) + 1}.{seal}", f"{held.pk}.{held.start_date}:x",
        signing.Signer(salt="lain").sign(f"{held.pk}.{held.start_date}"),
        signing.Signer(salt=attendance.SALT).sign(f"{held.pk + 99}.{held.start_date}"),
        signing.Signer(salt=attendance.SALT).sign(f"{held.pk}.2026-99-99"),
    )  # fmt: skip
    for each in forged:
        with pytest.raises(ForgedCodeError):
            read_code(each)


@hypothesis_settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=120))
def test_no_text_is_a_code_by_chance(text: str) -> None:
    with pytest.raises(ForgedCodeError):
        read_code(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Siti; Pasiter; Kodim\n\n Amir ;; Polres", [("Siti", "Pasiter", "Kodim"), ("Amir", "", "Polres")]),
        ("Siti\tPasiter\tKodim", [("Siti", "Pasiter", "Kodim")]),
        ("Siti; Kodim", [("Siti", "", "Kodim")]),
        ("Siti", "Baris 1 belum lengkap: tulis nama; jabatan; instansi."),
        (";;", "Belum ada nama peserta."),
        ("x" * 121 + ";a;b", "Baris 1 terlalu panjang."),
    ],
)
def test_lines_of_people(text: str, found: Any) -> None:
    if isinstance(found, str):
        with pytest.raises(Incomplete, match=found):
            attendance.people_in(text, "tni")
        return
    assert [(who.name, who.office, who.organisation) for who in attendance.people_in(text, "tni")] == found


def test_names_of_participants_stay_out_of_bin_and_submissions(plan: Masterplan, people: People) -> None:
    held = event(plan)
    held.agenda.create(day=held.start_date, starts="08:00", title="Pembukaan")
    check_in(held, held.start_date, SITI)
    with pytest.raises(WrongState, match="masih dipakai oleh peserta Siti Aminah"):
        delete_row(held, by=people.coordinator)
    frozen = send(plan, by=people.coordinator).tables.get(slug="kegiatan")
    assert ("Pembukaan" in str(frozen.rows), "Siti" in str(frozen.rows)) == (True, False)
    attendance.remove_participant(held.participants.get(), by=people.coordinator)
    assert delete_row(held, by=people.coordinator).content["agenda"][0]["title"] == "Pembukaan"


def test_days(plan: Masterplan) -> None:
    held = event(plan, days=3)
    assert days_of(held) == [held.start_date + timedelta(days=number) for number in range(3)]
