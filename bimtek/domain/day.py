"""One day of an event for the projector: what runs now, what each dimension still has to do, who is here, what was decided."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from django.db import models
from django.db.models import Count, Max, Sum
from django.utils import timezone

from bimtek.domain.attendance import days_of
from bimtek.domain.gate import OpenPoint, PointGroup, open_points, state_of
from bimtek.domain.needs import needs_at
from bimtek.enums import OrganisationKind
from bimtek.models import AgendaItem, Attendance, CycleEvent, Stage, Submission
from masterplan.enums import CommentVisibility
from masterplan.models import CommentThread, Masterplan, Section
from smartcity.audit.models import Event
from smartcity.regency.clock import zone_of

BEFORE, DONE, NOW, NEXT = "belum", "selesai", "berlangsung", "berikutnya"
MOST_ELEMENTS = 4
MOST_ITEMS = 6
MOST_DECISIONS = 3


@dataclass(frozen=True)
class WallItem:
    item: AgendaItem
    state: str


@dataclass(frozen=True)
class TeamTasks:
    """What a dimension's team has before it at a stage; `code` "" is what belongs to no dimension."""

    code: str
    name: str
    sections: int
    rows: int
    must_fix: int

    @property
    def total(self) -> int:
        return self.sections + self.rows + self.must_fix


@dataclass(frozen=True)
class Wall:
    """`day` is today, before the event its first and afterwards its last day; `is_over` once nothing more comes."""

    day: date
    number: int
    of: int
    is_today: bool
    is_ended: bool
    is_over: bool
    agenda: tuple[WallItem, ...]
    stage: Stage | None
    teams: tuple[TeamTasks, ...]
    came: int
    listed: int
    elements: tuple[tuple[str, int], ...]
    decisions: tuple[str, ...]

    @property
    def passed(self) -> int:
        """How many finished items are left out, so that a long day still fits on one screen."""
        over = sum(each.state == DONE for each in self.agenda)
        return max(0, min(over, len(self.agenda) - MOST_ITEMS))

    @property
    def shown_agenda(self) -> tuple[WallItem, ...]:
        return self.agenda[self.passed :]

    @property
    def first_decision(self) -> int:
        return max(0, len(self.decisions) - MOST_DECISIONS) + 1

    @property
    def shown_decisions(self) -> tuple[str, ...]:
        """The latest ones, with the numbers they have among all."""
        return self.decisions[self.first_decision - 1 :]


def wall_of(event: CycleEvent, *, now: datetime | None = None) -> Wall:
    """A number of queries that depends neither on the plan's size nor on how many people came. Needs `event.plan`."""
    local = (now or timezone.now()).astimezone(zone_of(event.plan.regency_id))
    days, day = days_of(event), shown_day(event, local.date())
    agenda = agenda_on(event, day, local)
    stage = stage_of(event)
    kinds = dict(_marks(event, day).order_by().values_list("participant__organisation_kind").annotate(Count("pk")))
    is_over = event.is_cancelled or local.date() > event.end_date
    return Wall(
        day=day,
        number=days.index(day) + 1,
        of=len(days),
        is_today=local.date() == day and not event.is_cancelled,
        is_ended=is_over or (day == event.end_date and bool(agenda) and all(each.state == DONE for each in agenda)),
        is_over=is_over,
        agenda=agenda,
        stage=stage,
        teams=tuple(tasks_at(event.plan, stage)) if stage else (),
        came=sum(kinds.values()),
        listed=event.participants.count(),
        elements=_elements(kinds),
        decisions=tuple(event.decisions),
    )


def shown_day(event: CycleEvent, today: date) -> date:
    return min(max(today, event.start_date), event.end_date)


def agenda_on(event: CycleEvent, day: date, local: datetime) -> tuple[WallItem, ...]:
    """An item without an end runs until the next one begins; the last one until midnight."""
    items = [item for item in event.agenda.all() if item.day == day]
    ends = [item.ends or (items[at + 1].starts if at + 1 < len(items) else time.max) for at, item in enumerate(items)]
    states = [_state(item, end, local) for item, end in zip(items, ends, strict=True)]
    if BEFORE in states and local.date() == day:
        states[states.index(BEFORE)] = NEXT
    return tuple(WallItem(item, state) for item, state in zip(items, states, strict=True))


def _state(item: AgendaItem, end: time, local: datetime) -> str:
    begins, over = (datetime.combine(item.day, at, local.tzinfo) for at in (item.starts, end))
    if local < begins:
        return BEFORE
    return NOW if local < over else DONE


def stage_of(event: CycleEvent) -> Stage | None:
    """The event's, else the first one that the plan was not handed in at."""
    if event.stage is not None:
        return event.stage
    stages = list(Stage.objects.all())
    sent = set(Submission.objects.filter(plan=event.plan).order_by().values_list("stage_id", flat=True))
    return next((stage for stage in stages if stage.code not in sent), stages[-1] if stages else None)


def tasks_at(plan: Masterplan, stage: Stage) -> Iterable[TeamTasks]:
    """As the stage's gate counts them, without findings; a remark for one office is no matter for the wall."""
    state = state_of(plan, with_findings=False)
    state = replace(state, comments=tuple(each for each in state.comments if each.visibility == CommentVisibility.TEAM))
    counts = Counter(
        (point.place.dimension, _group(point)) for point in open_points(state, needs_at(stage, Stage.objects.all()))
    )
    names: Mapping[str, str] = {each.code: each.name for each in state.dimensions.values()} | {"": "Seluruh rencana"}
    for code, name in names.items():
        numbers = [counts[code, group] for group in (PointGroup.SECTIONS, PointGroup.ROWS, PointGroup.COMMENTS)]
        yield TeamTasks(code, name, *numbers)


def _group(point: OpenPoint) -> PointGroup:
    return PointGroup.ROWS if point.group == PointGroup.DOCUMENTS else point.group


def _marks(event: CycleEvent, day: date) -> models.QuerySet[Attendance]:
    return Attendance.objects.filter(participant__event=event, day=day)


def _elements(kinds: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """The largest ones by name, the others together."""
    ordered = sorted(kinds.items(), key=lambda each: (-each[1], each[0]))
    head = [(str(OrganisationKind(kind).label), number) for kind, number in ordered[:MOST_ELEMENTS]]
    rest = sum(number for _, number in ordered[MOST_ELEMENTS:])
    return (*head, ("Unsur lain", rest)) if rest else tuple(head)


def stamp_of(event: CycleEvent, *, now: datetime | None = None) -> str:
    """Another text when the wall is no longer what it was: a few cheap queries instead of all that it shows.

    What people do is in the trail; texts are saved without it, remarks may be, and time itself moves the agenda on.
    """
    local = (now or timezone.now()).astimezone(zone_of(event.plan.regency_id))
    day = shown_day(event, local.date())
    parts = [
        Event.objects.filter(plan_code=event.plan.code).order_by().aggregate(last=Max("pk")),
        Section.objects.filter(plan=event.plan).order_by().aggregate(saves=Sum("version"), last=Max("updated_at")),
        CommentThread.objects.filter(plan=event.plan, visibility=CommentVisibility.TEAM)
        .order_by()
        .aggregate(last=Max("changed_at")),
        _marks(event, day).order_by().aggregate(number=Count("pk"), last=Max("pk")),
        (event.version, event.is_cancelled, day, local.date() > event.end_date),
        [each.state for each in agenda_on(event, day, local)],
    ]
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]
