"""Beranda and Tugas saya: each person's own work first."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from bimtek.models import CycleStep
from masterplan.domain import completeness
from masterplan.domain.completeness import COMPLETE, PlanProgress
from masterplan.enums import WorkKind
from masterplan.models import Masterplan
from masterplan.rules import can_manage_plan
from masterplan.views.frame import plan_frame
from smartcity.accounts.enums import Role
from smartcity.accounts.standing import standing_of
from smartcity.regency.models import Opd
from smartcity.start.work import ORDERS, WorkFilter, WorkLine, as_message, work_of
from smartcity.ui.http import SignedInRequest
from smartcity.ui.nav import site_frame

FIRST_TASKS = 8


@dataclass(frozen=True)
class OfficeProgress:
    office: Opd
    sections: int
    percent: int


@require_GET
def home(request: SignedInRequest) -> HttpResponse:
    """The person's tasks; beside them the one plan of a region's person, for everybody else the list of plans."""
    plans = list(
        Masterplan.objects.visible_to(request.user).select_related("regency__province", "outline", "dimension_set")
    )
    standing = standing_of(request.user)
    own = [plan for plan in plans if plan.regency_id in standing.regency_ids]
    if len(own) == 1:
        return _plan_home(request, own[0])
    context = {
        **_first_tasks(request),
        "plans": plans,
        "may_create": bool(standing.regency_ids_as(Role.COORDINATOR)),
        "roles": standing.roles,
    }
    return render(request, "start/home.html", {**site_frame("beranda"), **context})


def _plan_home(request: SignedInRequest, plan: Masterplan) -> HttpResponse:
    progress = completeness.of_plan(plan)
    manages = can_manage_plan(request.user, plan)
    context = {
        **plan_frame(plan, "beranda"),
        **_first_tasks(request),
        "progress": progress,
        "steps": CycleStep.objects.filter(plan=plan).order_by("start_date"),
        "offices": _offices(progress) if manages else [],
        "manages": manages,
    }
    return render(request, "start/plan_home.html", context)


def _first_tasks(request: SignedInRequest) -> dict[str, Any]:
    today = timezone.localdate()
    lines = work_of(request.user, today)
    return {
        "today": today,
        "lines": lines[:FIRST_TASKS],
        "task_count": len(lines),
        "late": sum(line.is_late for line in lines),
        "names_plan": len({line.task.plan.pk for line in lines}) > 1,
    }


@require_GET
@never_cache
def work_list(request: SignedInRequest) -> HttpResponse:
    today = timezone.localdate()
    every = work_of(request.user, today)
    asked = _asked(request)
    lines = asked.narrow(every)
    context = {
        "lines": lines,
        "task_count": len(every),
        "asked": asked,
        "late": sum(line.is_late for line in every),
        "kinds": [(kind.value, kind.label, _number(every, kind)) for kind in WorkKind if _number(every, kind)],
        "plans": {line.task.plan.code: line.task.plan.title for line in every},
        "orders": [(key, label) for key, (label, _) in ORDERS.items()],
        "names_plan": len({line.task.plan.pk for line in every}) > 1,
        "message": as_message(lines, request.build_absolute_uri, today),
        "today": today,
    }
    return render(request, "start/work_list.html", {**site_frame("beranda"), **context})


def _asked(request: SignedInRequest) -> WorkFilter:
    given = {name: request.GET.get(name, "")[:20] for name in ("jenis", "rencana", "urut")}
    return WorkFilter(**given, lewat="lewat" in request.GET)


def _number(lines: list[WorkLine], kind: WorkKind) -> int:
    return sum(line.task.kind == kind for line in lines)


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
