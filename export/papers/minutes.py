"""The berita acara of an event: what was held, who came, what was decided, and what must still be mended."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo

from bimtek.domain.attendance import days_of
from bimtek.enums import AttendedHow, OrganisationKind
from bimtek.models import AgendaItem, CycleEvent, Participant, Submission
from export.papers.words import date_words, moment, number_words
from masterplan.enums import CommentVisibility
from masterplan.models import CommentThread, Masterplan, PlanMember
from smartcity.accounts.enums import Role, Scope
from smartcity.accounts.models import Membership, User
from smartcity.regency.clock import zone_of
from smartcity.ui.format import format_date, format_weekday
from smartcity.ui.refusal import WrongState

HERE, BY_QR = "Hadir", "Hadir (QR)"
MOST_MENTORS = 3


@dataclass(frozen=True)
class DayAgenda:
    day: str
    items: tuple[tuple[str, str, str], ...]  # time, title, speaker


@dataclass(frozen=True)
class Group:
    """Participants of one organisation: how many are on the list, and how many came on each day."""

    kind: str
    organisation: str
    listed: int
    came: tuple[int, ...]


@dataclass(frozen=True)
class Person:
    """`marks` has one entry for each day, empty where they did not come."""

    name: str
    office: str
    organisation: str
    marks: tuple[str, ...]


@dataclass(frozen=True)
class OpenRemark:
    name: str
    place: str
    state: str
    meant_for: str
    due: str


@dataclass(frozen=True)
class Sent:
    name: str
    at: str
    by: str
    digest: str


@dataclass(frozen=True)
class Signature:
    """`name` is empty where more than one person holds the role, or none: it is written by hand."""

    role: str
    name: str


@dataclass(frozen=True)
class Minutes:
    plan: Masterplan
    event: CycleEvent
    stage: str
    opening: str
    days: tuple[str, ...]
    agenda: tuple[DayAgenda, ...]
    groups: tuple[Group, ...]
    people: tuple[Person, ...]
    totals: tuple[int, ...]
    decisions: tuple[str, ...]
    notes: str
    remarks: tuple[OpenRemark, ...]
    submissions: tuple[Sent, ...]
    signatures: tuple[Signature, ...]

    @property
    def is_draft(self) -> bool:
        return not self.decisions and not self.notes

    @property
    def shown_kind(self) -> str:
        return str(self.event.get_kind_display())


def minutes_of(event: CycleEvent, *, user: User) -> Minutes:
    """Needs `event.plan.regency.province`. Open remarks are those of the whole team, whoever asks. Raises WrongState."""
    if event.is_cancelled:
        raise WrongState("Kegiatan ini dibatalkan.", next_step="Berita acara dibuat untuk kegiatan yang dilaksanakan.")
    plan, zone, days = event.plan, zone_of(event.plan.regency_id), days_of(event)
    people = list(event.participants.prefetch_related("attendances"))
    marks = [_marks(person, days) for person in people]
    return Minutes(
        plan=plan,
        event=event,
        stage=event.stage.name if event.stage else "",
        opening=opening_of(event),
        days=tuple(format_date(day) for day in days),
        agenda=tuple(_agenda(event.agenda.all())),
        groups=tuple(_groups(people, marks, len(days))),
        people=tuple(
            Person(who.name, who.office, who.organisation, own) for who, own in zip(people, marks, strict=True)
        ),
        totals=tuple(sum(bool(own[place]) for own in marks) for place in range(len(days))),
        decisions=tuple(event.decisions),
        notes=event.minutes,
        remarks=tuple(_remarks(plan, user)),
        submissions=tuple(_submissions(event, zone)),
        signatures=tuple(_signatures(event)),
    )


def opening_of(event: CycleEvent) -> str:
    """One sentence as the form of a berita acara wants it; several days are named by the last one."""
    region, where = event.plan.regency.label, event.venue or ("secara daring" if event.online_url else "")
    place = where if where == "secara daring" else f"bertempat di {where}" if where else ""
    if event.venue and event.online_url:
        place += " dan secara daring"
    days = (event.end_date - event.start_date).days + 1
    held = "telah dilaksanakan"
    if days > 1:
        held += f" selama {number_words(days)} hari, sejak {format_weekday(event.start_date)},"
    opened = ""
    if event.opened_by:
        opened = f" Kegiatan dibuka oleh {event.opened_by}"
        opened += f" atas nama {event.on_behalf_of}." if event.on_behalf_of else "."
    head = ", ".join(filter(None, (f"Pada hari ini, {date_words(event.end_date)}", place)))
    return f"{head}, {held} kegiatan {event.title} dalam rangka penyusunan {event.plan.title}, {region}.{opened}"


def _agenda(items: Iterable[AgendaItem]) -> Iterable[DayAgenda]:
    for day, own in groupby(items, key=lambda item: item.day):
        yield DayAgenda(format_weekday(day), tuple((_clock(item), item.title, item.speaker) for item in own))


def _clock(item: AgendaItem) -> str:
    return f"{item.starts:%H.%M}–{item.ends:%H.%M}" if item.ends else f"{item.starts:%H.%M}"


def _marks(person: Participant, days: Sequence[date]) -> tuple[str, ...]:
    how = {mark.day: BY_QR if mark.how == AttendedHow.QR else HERE for mark in person.attendances.all()}
    return tuple(how.get(day, "") for day in days)


def _groups(people: Sequence[Participant], marks: Sequence[tuple[str, ...]], days: int) -> Iterable[Group]:
    """In the order of the list: by element, then by organisation."""
    listed: Counter[tuple[str, str]] = Counter()
    came: Counter[tuple[str, str, int]] = Counter()
    for person, own in zip(people, marks, strict=True):
        key = (person.organisation_kind, person.organisation)
        listed[key] += 1
        came.update((*key, place) for place, mark in enumerate(own) if mark)
    for (kind, organisation), number in listed.items():
        per_day = tuple(came[kind, organisation, place] for place in range(days))
        yield Group(OrganisationKind(kind).label, organisation, number, per_day)


def _remarks(plan: Masterplan, user: User) -> Iterable[OpenRemark]:
    """A berita acara is signed and handed round: nothing in it is for some of its readers only."""
    seen = CommentThread.objects.visible_to(user).holding()
    found = seen.filter(plan=plan, visibility=CommentVisibility.TEAM).select_related("assignee", "assigned_opd")
    for thread in found.order_by("number"):
        place = f"{thread.label} ({thread.column_label})" if thread.column_label else thread.label
        due = format_date(thread.due) if thread.due else ""
        yield OpenRemark(thread.name, place, thread.get_state_display(), thread.meant_for, due)


def _submissions(event: CycleEvent, zone: ZoneInfo) -> Iterable[Sent]:
    if event.stage is None:
        return
    for each in Submission.objects.filter(plan=event.plan, stage=event.stage).defer("facts", "points").order_by("at"):
        yield Sent(each.name, moment(each.at, zone), each.by_name, each.sha256)


def _signatures(event: CycleEvent) -> Iterable[Signature]:
    plan = event.plan
    here = Membership.objects.filter(role=Role.COORDINATOR, scope=Scope.REGENCY, regency_id=plan.regency_id)
    coordinators = list(here.order_by("pk").values_list("user__display_name", flat=True))
    yield Signature(
        f"Koordinator Smart City {plan.regency.full_name}", coordinators[0] if len(coordinators) == 1 else ""
    )
    mentors = PlanMember.objects.filter(plan=plan, role=Role.MENTOR).order_by("pk")
    names = list(mentors.values_list("user__display_name", flat=True)[:MOST_MENTORS])
    yield from (Signature("Pembimbing", name) for name in names or [""])
    if event.on_behalf_of or event.opened_by:
        yield Signature(f"Mengetahui, {event.on_behalf_of or event.opened_by}", "")
