"""Participants of an event and who was there on which day: by list, and by the QR of a day."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core import signing
from django.db import transaction
from django.utils import timezone

from bimtek.enums import AttendedHow, OrganisationKind
from bimtek.models import Attendance, CycleEvent, Participant
from masterplan.domain.row import StaleRowError
from masterplan.rules import can_manage_plan
from smartcity.accounts.models import User
from smartcity.audit.log import record
from smartcity.regency.clock import zone_of
from smartcity.ui.refusal import Conflict, Incomplete, NotAllowed, WrongState

SALT = "bimtek.hadir"
MOST = 1000
DIGITS = re.compile(r"(\d{1,12})\.(\d{4}-\d{2}-\d{2})", re.ASCII)


@dataclass(frozen=True)
class Person:
    name: str
    organisation_kind: str
    organisation: str
    office: str = ""
    contact: str = ""

    @property
    def match_key(self) -> str:
        return "|".join(_folded(part) for part in (self.name, self.organisation))


class ForgedCodeError(ValueError):
    """The address was not made here, or its event is gone."""


def days_of(event: CycleEvent) -> list[date]:
    first, last = event.start_date.toordinal(), event.end_date.toordinal()
    return [date.fromordinal(number) for number in range(first, last + 1)]


@transaction.atomic
def add_participants(event: CycleEvent, people: Iterable[Person], *, by: User) -> list[Participant]:
    """The new ones; who is on the list already is left as they are."""
    locked = _writable(event, by)
    people = list(people)
    known = set(locked.participants.values_list("match_key", flat=True))
    fresh = {person.match_key: person for person in people if person.match_key not in known}
    if len(known) + len(fresh) > MOST:
        raise Incomplete(f"Paling banyak {MOST} peserta untuk satu kegiatan.")
    made = Participant.objects.bulk_create(_participant(locked, person) for person in fresh.values())
    if made:
        _record("participant.added", locked, by, number=len(made))
    return made


@transaction.atomic
def change_participant(participant: Participant, person: Person, *, version: int, by: User) -> Participant:
    locked = _writable(participant.event, by)
    fresh = locked.participants.select_for_update().filter(pk=participant.pk).first()
    if fresh is None or fresh.version != version:
        raise StaleRowError("Peserta ini sudah diubah orang lain.", next_step="Buka lagi daftarnya, lalu ulangi.")
    if locked.participants.filter(match_key=person.match_key).exclude(pk=fresh.pk).exists():
        raise Conflict("Peserta lain sudah memakai nama dan instansi ini.", next_step="Pakai baris yang sudah ada.")
    for name, value in _values(person).items():
        setattr(fresh, name, value)
    fresh.version += 1
    fresh.save()
    _record("participant.changed", locked, by, participant=fresh.pk)
    return fresh


@transaction.atomic
def remove_participant(participant: Participant, *, by: User) -> None:
    """With what was noted of their attendance; personal data does not go into the bin."""
    locked = _writable(participant.event, by)
    locked.participants.filter(pk=participant.pk).delete()
    _record("participant.removed", locked, by, participant=participant.pk)


@transaction.atomic
def mark_attendance(
    event: CycleEvent, *, ticked: Collection[tuple[int, date]], shown: Collection[tuple[int, date]], by: User
) -> int:
    """`shown` is what was ticked when the page was loaded: only what the person changed is written.

    So whoever came in by QR meanwhile stays. Gives how many marks changed.
    """
    locked = _writable(event, by)
    members = set(locked.participants.values_list("pk", flat=True))
    days = set(days_of(locked))
    valid = {pair for pair in ticked if pair[0] in members and pair[1] in days}
    came, went = valid - set(shown), set(shown) - set(ticked)
    made = Attendance.objects.bulk_create(
        (Attendance(participant_id=pk, day=day, how=AttendedHow.LIST, by=by) for pk, day in sorted(came)),
        ignore_conflicts=True,
    )
    gone = 0
    for day in {day for _, day in went}:
        own = Attendance.objects.filter(participant__event=locked, day=day)
        gone += own.filter(participant_id__in=[pk for pk, other in went if other == day]).delete()[0]
    if made or gone:
        _record("attendance.marked", locked, by, came=len(made), went=gone)
    return len(made) + gone


def code_of(event: CycleEvent, day: date) -> str:
    """What the QR of a day carries: cannot be guessed, and says nothing but which event and day."""
    return signing.Signer(salt=SALT).sign(f"{event.pk}.{day.isoformat()}")


def read_code(code: str) -> tuple[CycleEvent, date]:
    """Raises ForgedCodeError; whether the day is today is asked separately."""
    try:
        found = DIGITS.fullmatch(signing.Signer(salt=SALT).unsign(code[:200]))
        pk, day = int(found[1]), date.fromisoformat(found[2])  # type: ignore[index]
    except (signing.BadSignature, TypeError, ValueError) as error:
        raise ForgedCodeError from error
    event = CycleEvent.objects.select_related("plan__regency__province").filter(pk=pk).first()
    if event is None:
        raise ForgedCodeError
    return event, day


def ensure_open(event: CycleEvent, day: date) -> None:
    """On that day, in the zone of the region, and only while the event is held on it."""
    today = timezone.localdate(timezone=zone_of(event.plan.regency_id))
    if event.is_cancelled or day not in days_of(event):
        raise WrongState("Kegiatan ini dibatalkan atau dipindahkan.", next_step="Tanyakan kepada panitia.")
    if today < day:
        raise WrongState("Daftar hadir hari ini belum dibuka.", next_step="Pindai lagi QR ini pada harinya.")
    if today > day:
        raise WrongState("Daftar hadir hari itu sudah ditutup.", next_step="Minta panitia mencatat kehadiran Anda.")


@transaction.atomic
def check_in(event: CycleEvent, day: date, person: Person) -> Attendance:
    """By the person themselves, without an account. Twice is once; nobody learns who else is on the list."""
    locked = CycleEvent.objects.select_for_update().select_related("plan").get(pk=event.pk)
    ensure_open(locked, day)
    participant = locked.participants.filter(match_key=person.match_key).first()
    if participant is None:
        if locked.participants.count() >= MOST:
            raise WrongState("Daftar peserta kegiatan ini penuh.", next_step="Hubungi panitia.")
        participant = _participant(locked, person)
        participant.is_walk_in = True
        participant.save()
    attendance, is_new = Attendance.objects.get_or_create(
        participant=participant, day=day, defaults={"how": AttendedHow.QR}
    )
    if is_new:
        _record(
            "attendance.checked_in",
            locked,
            None,
            actor_name="Peserta lewat QR",
            participant=participant.pk,
            day=day.isoformat(),
        )
    return attendance


def people_in(text: str, kind: str) -> list[Person]:
    """One person a line: name; office; organisation. A line without all needed parts is a refusal that names it."""
    people = []
    for number, line in enumerate(text.replace("\x00", "").splitlines(), start=1):
        parts = [" ".join(part.split()) for part in re.split(r"[;\t]", line)]
        if not any(parts):
            continue
        name, office, organisation = [*parts, "", ""][:3]
        if len(parts) == 2:
            office, organisation = "", parts[1]
        if not name or not organisation:
            raise Incomplete(f"Baris {number} belum lengkap: tulis nama; jabatan; instansi.")
        if len(name) > 120 or len(office) > 160 or len(organisation) > 160:
            raise Incomplete(f"Baris {number} terlalu panjang.")
        people.append(Person(name, OrganisationKind(kind), organisation, office))
    if not people:
        raise Incomplete("Belum ada nama peserta.", next_step="Tulis satu orang pada satu baris.")
    return people


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())[:148]


def _values(person: Person) -> dict[str, str]:
    return {
        "name": person.name, "office": person.office, "organisation_kind": person.organisation_kind,
        "organisation": person.organisation, "contact": person.contact, "match_key": person.match_key,
    }  # fmt: skip


def _participant(event: CycleEvent, person: Person) -> Participant:
    return Participant(event=event, **_values(person))


def _writable(event: CycleEvent, by: User) -> CycleEvent:
    """Held until the transaction ends, so that a list and a check-in never make the same person twice."""
    locked = CycleEvent.objects.select_for_update(of=("self",)).select_related("plan").get(pk=event.pk)
    if not can_manage_plan(by, locked.plan):
        raise NotAllowed("Peserta dan kehadiran dicatat oleh koordinator daerah.", next_step="Hubungi koordinator.")
    return locked


def _record(verb: str, event: CycleEvent, by: User | None, **data: Any) -> None:
    plan = event.plan
    record(verb, event, by=by, regency_id=plan.regency_id, plan_code=plan.code, **data)
