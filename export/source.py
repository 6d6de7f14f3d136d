"""Every row that a book may need, read with a fixed number of queries."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import F, Prefetch

from bimtek.enums import EventKind
from bimtek.models import BodyMember, CycleDocument, CycleEvent, CycleStep
from export.numbers import Unit, unit_for
from export.thread.graph import thread_of
from export.thread.lines import DimensionThread, dimension_threads
from masterplan import prose
from masterplan.domain.codes import funding_names
from masterplan.domain.facts import values_now
from masterplan.domain.snapshot import snapshot_of
from masterplan.models import (
    Dimension,
    Gap,
    Goal,
    Issue,
    Masterplan,
    Mission,
    PlanDimension,
    Programme,
    ReadinessItem,
    RoadmapPeriod,
    Rpjmd,
    RpjmdMission,
    Section,
    Strategy,
    SupportAction,
    SwotItem,
    TowsItem,
    Vision,
)
from quickwin.models import QuickWin
from smartcity.regency.models import Opd

BY_DIMENSION = ("dimension__position", "position", "pk")


@dataclass(frozen=True)
class Source:
    """With `only_counts` tables that would read the plan once more stay without rows: their numbers are all that is asked.

    `is_final` is the text that the heads of the region approve: nothing in it calls itself a draft.
    """

    plan: Masterplan
    sections: list[Section]
    dimensions: list[Dimension]
    own_goals: dict[int, str]
    priorities: list[PlanDimension]
    funding_order: list[str]
    opds: list[Opd]
    issues: list[Issue]
    readiness: list[ReadinessItem]
    swot: list[SwotItem]
    tows: list[TowsItem]
    gaps: list[Gap]
    rpjmd: Rpjmd | None
    rpjmd_missions: list[RpjmdMission]
    vision: Vision | None
    missions: list[Mission]
    goals: list[Goal]
    strategies: list[Strategy]
    programmes: list[Programme]
    support_actions: list[SupportAction]
    periods: list[RoadmapPeriod]
    quick_wins: list[QuickWin]
    steps: list[CycleStep]
    members: list[BodyMember]
    documents: list[CycleDocument]
    workshops: list[CycleEvent]
    only_counts: bool = False
    is_final: bool = False

    @cached_property
    def unit(self) -> Unit:
        """One unit for all budgets of the book, so that tables can be compared and add up exactly."""
        works: list[Programme | SupportAction] = [*self.programmes, *self.support_actions]
        return unit_for([year.budget for work in works for year in work.years.all()])

    @cached_property
    def thread_by_dimension(self) -> tuple[DimensionThread, ...]:
        """Reads the plan once more, as frozen facts; only for books that print the golden thread whole."""
        snapshot = snapshot_of(self.plan, with_text=False)
        return dimension_threads(thread_of(snapshot), snapshot.dimensions)

    @cached_property
    def texts(self) -> tuple[str, ...]:
        return tuple(prose.plain_text(section.doc) for section in self.sections if section.words)

    @cached_property
    def quick_win_codes(self) -> dict[int, str]:
        return {quick_win.programme_id: quick_win.code for quick_win in self.quick_wins}

    @cached_property
    def dimension_codes(self) -> list[str]:
        return [dimension.code for dimension in self.dimensions]

    def dimension(self, code: str) -> Dimension | None:
        return next((dimension for dimension in self.dimensions if dimension.code == code), None)

    def goal_of(self, dimension: Dimension) -> str:
        return self.own_goals.get(dimension.pk, dimension.goal)

    def programmes_of(self, dimension: Dimension) -> list[Programme]:
        return [programme for programme in self.programmes if programme.dimension_id == dimension.pk]


def read(plan: Masterplan) -> Source:
    """Programmes come in the order of their dimension, then sub-dimension (official, own), then their own place."""
    full = Masterplan.objects.select_related("regency__province", "outline", "dimension_set").get(pk=plan.pk)
    return Source(
        plan=full,
        sections=list(Section.objects.present().filter(plan=full).in_book_order()),
        dimensions=list(full.dimension_set.dimensions.prefetch_related("subdimensions")),
        opds=list(Opd.objects.filter(regency=full.regency, is_active=True)),
        **_analysis(full),
        **_direction(full),
        **_register(full),
        **_organisation(full),
    )


def with_facts(source: Source) -> Source:
    """Texts that print the present values of their live facts, also in captions and counts."""
    values = values_now(source.plan, *(section.doc for section in source.sections))
    for section in source.sections:
        section.doc = prose.with_values(section.doc, values)
    return source


def _analysis(plan: Masterplan) -> dict[str, Any]:
    gaps = Gap.objects.filter(plan=plan).select_related("dimension", "closing_strategy")
    return {
        "issues": list(Issue.objects.filter(plan=plan).select_related("dimension").order_by(*BY_DIMENSION)),
        "readiness": list(ReadinessItem.objects.filter(plan=plan)),
        "swot": list(SwotItem.objects.filter(plan=plan)),
        "tows": list(TowsItem.objects.filter(plan=plan).prefetch_related("sources", "dimensions")),
        "gaps": list(gaps.order_by(*BY_DIMENSION)),
    }


def _direction(plan: Masterplan) -> dict[str, Any]:
    goals = Goal.objects.filter(plan=plan).select_related("dimension").prefetch_related("targets")
    dimensions = list(PlanDimension.objects.filter(plan=plan).select_related("dimension"))
    return {
        "own_goals": {own.dimension_id: own.goal for own in dimensions if own.goal},
        "priorities": sorted((own for own in dimensions if own.priority), key=lambda own: own.priority or 0),
        "rpjmd": Rpjmd.objects.filter(plan=plan).first(),
        "rpjmd_missions": list(RpjmdMission.objects.filter(plan=plan)),
        "vision": Vision.objects.filter(plan=plan).first(),
        "missions": list(Mission.objects.filter(plan=plan).select_related("rpjmd_mission")),
        "goals": list(goals.order_by(*BY_DIMENSION)),
        "strategies": list(Strategy.objects.filter(plan=plan).select_related("dimension").order_by(*BY_DIMENSION)),
    }


def _register(plan: Masterplan) -> dict[str, Any]:
    actions = SupportAction.objects.filter(plan=plan).select_related("lead_opd")
    quick_wins = QuickWin.objects.filter(plan=plan).select_related("programme", "dimension", "lead_opd", "issue")
    return {
        "programmes": _programmes(plan),
        "funding_order": funding_names(),
        "support_actions": list(actions.prefetch_related("years", "supporting_opds")),
        "periods": list(RoadmapPeriod.objects.filter(plan=plan).order_by("start_year", "end_year")),
        "quick_wins": list(quick_wins.prefetch_related("risks", "milestones")),
    }


def _organisation(plan: Masterplan) -> dict[str, Any]:
    steps = CycleStep.objects.filter(plan=plan).select_related("stage")
    events = CycleEvent.objects.filter(plan=plan, kind=EventKind.WORKSHOP, is_cancelled=False)
    documents = CycleDocument.objects.filter(plan=plan).select_related("file")
    return {
        "documents": list(documents.prefetch_related("signers").order_by("date", "pk")),
        "workshops": list(events.prefetch_related("participants__attendances", "agenda").order_by("start_date", "pk")),
        "steps": list(steps.order_by("start_date", "position", "pk")),
        "members": list(BodyMember.objects.filter(plan=plan)),
    }


def _programmes(plan: Masterplan) -> list[Programme]:
    return list(
        Programme.objects.active()
        .filter(plan=plan)
        .select_related("dimension", "subdimension", "strategy", "lead_opd", "rpjmd_mission", "own_subdimension")
        .prefetch_related(
            "years",
            "budgets",
            "partners",
            "references",
            Prefetch("supporting_opds", Opd.objects.order_by("position", "name")),
        )
        .order_by(
            "dimension__position",
            "subdimension__position",
            F("own_subdimension__position").asc(nulls_first=True),
            "position",
            "pk",
        )
    )
