"""Beranda: each person's own work first."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from bimtek.models import CycleStep
from masterplan.domain import completeness
from masterplan.domain.completeness import COMPLETE, PlanProgress, SectionProgress
from masterplan.enums import BimtekStage
from masterplan.models import Masterplan
from masterplan.rules import authored_opd_ids, can_manage_plan
from masterplan.views.frame import plan_frame
from smartcity.accounts.enums import Role
from smartcity.accounts.standing import standing_of
from smartcity.regency.models import Opd
from smartcity.ui.http import SignedInRequest
from smartcity.ui.nav import site_frame

MAX_TASKS = 12


@dataclass(frozen=True)
class Task:
    title: str
    reason: str
    until: str
    url: str
    action: str


@dataclass(frozen=True)
class OfficeProgress:
    office: Opd
    sections: int
    percent: int


@require_GET
def home(request: SignedInRequest) -> HttpResponse:
    """The one plan of a region's person with their tasks; for everybody else the list of plans."""
    plans = list(
        Masterplan.objects.visible_to(request.user).select_related("regency__province", "outline", "dimension_set")
    )
    standing = standing_of(request.user)
    own = [plan for plan in plans if plan.regency_id in standing.regency_ids]
    if len(own) != 1:
        may_create = bool(standing.regency_ids_as(Role.COORDINATOR))
        context: dict[str, Any] = {"plans": plans, "may_create": may_create, "roles": standing.roles}
        return render(request, "start/home.html", {**site_frame("beranda"), **context, "today": timezone.localdate()})
    return _plan_home(request, own[0])


def _plan_home(request: SignedInRequest, plan: Masterplan) -> HttpResponse:
    progress = completeness.of_plan(plan)
    manages = can_manage_plan(request.user, plan)
    mine = progress.sections if manages else _assigned(request, plan, progress)
    waiting = sorted((item for item in mine if item.state != COMPLETE), key=_urgency)
    context = {
        **plan_frame(plan, "beranda"),
        "progress": progress,
        "tasks": [_task(plan, item) for item in waiting[:MAX_TASKS]],
        "more": max(0, len(waiting) - MAX_TASKS),
        "has_work": bool(mine),
        "steps": CycleStep.objects.filter(plan=plan).order_by("start_date"),
        "today": timezone.localdate(),
        "offices": _offices(progress) if manages else [],
        "manages": manages,
    }
    return render(request, "start/plan_home.html", context)


def _assigned(request: SignedInRequest, plan: Masterplan, progress: PlanProgress) -> list[SectionProgress]:
    offices = authored_opd_ids(request.user, plan)
    dimensions = standing_of(request.user).dimension_codes(plan.regency_id)
    return [
        item
        for item in progress.sections
        if any(opd.pk in offices for opd in item.section.opds.all())
        or (item.section.outline_section.dimension and item.section.outline_section.dimension.code in dimensions)
    ]


def _urgency(item: SectionProgress) -> tuple[bool, int]:
    stages = list(BimtekStage.values)
    outline = item.section.outline_section
    return not outline.is_required, stages.index(outline.due_stage)


def _task(plan: Masterplan, item: SectionProgress) -> Task:
    outline = item.section.outline_section
    place = f"Buku {outline.chapter.book.number}"
    return Task(
        title=str(outline),
        reason=f"{place} · {'; '.join(item.missing)}",
        until=outline.get_due_stage_display(),
        url=reverse("masterplan:section_write", args=[plan.code, outline.code]),
        action="Lanjutkan menulis" if item.section.words else "Mulai menulis",
    )


def _offices(progress: PlanProgress) -> list[OfficeProgress]:
    """Offices with assigned sections, the least complete first."""
    sections: dict[Opd, list[str]] = {}
    for item in progress.sections:
        for opd in item.section.opds.all():
            sections.setdefault(opd, []).append(item.state)
    rows = [
        OfficeProgress(opd, len(states), round(100 * states.count(COMPLETE) / len(states)))
        for opd, states in sections.items()
    ]
    return sorted(rows, key=lambda row: (row.percent, row.office.label))
