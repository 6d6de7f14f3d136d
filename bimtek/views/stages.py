"""The stages of a plan, and the gate of one: what is open, where, and the form that hands the plan in."""

import uuid
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from bimtek.domain.deadline import Countdown, countdowns
from bimtek.domain.gate import OpenPoint, holding, points_at, points_by_stage
from bimtek.domain.submission import submit
from bimtek.models import CycleEvent, CycleStep, Opinion, Stage, Submission
from bimtek.rules import can_extend, can_start, can_submit
from bimtek.views.cycle import state_of_step
from masterplan.models import Masterplan
from masterplan.views.finding_table import address_of
from masterplan.views.frame import plan_frame, visible_plan
from smartcity.ui.http import SignedInRequest, number_in
from smartcity.ui.refusal import Conflict, Incomplete, Refusal, WrongState


@dataclass(frozen=True)
class StageLine:
    """`when` is the state of its dates: done, now, next, or empty without dates."""

    stage: Stage
    step: CycleStep | None
    when: str
    points: list[OpenPoint]
    submissions: list[Submission]
    deadlines: list[Countdown]

    @property
    def state(self) -> str:
        if self.submissions:
            return "sent"
        return "writing" if self.points else "complete"


@dataclass(frozen=True)
class PointLine:
    point: OpenPoint
    href: str


@require_GET
def stage_list(request: SignedInRequest, plan_code: str) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    stages = list(Stage.objects.all())
    steps = {step.stage_id: step for step in CycleStep.objects.filter(plan=plan, stage__isnull=False)}
    points = points_by_stage(plan, stages)
    sent = _submissions(plan)
    counted = countdowns(plan)
    lines = [
        StageLine(
            stage,
            steps.get(stage.code),
            _when(steps.get(stage.code)),
            points[stage.code],
            [each for each in sent if each.stage_id == stage.code],
            [each for each in counted if each.deadline.stage_id == stage.code and each.deadline.met_on is None],
        )
        for stage in stages
    ]
    return render(request, "bimtek/stage/list.html", {**plan_frame(plan, "tahap"), "lines": lines})


@require_GET
def stage_detail(request: SignedInRequest, plan_code: str, stage_code: str) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    return _gate(request, plan, get_object_or_404(Stage, code=stage_code))


@require_POST
def stage_submit(request: SignedInRequest, plan_code: str, stage_code: str) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    stage = get_object_or_404(Stage, code=stage_code)
    try:
        submission, is_new = submit(
            plan,
            stage=stage,
            token=request.POST.get("kiriman", ""),
            accepted=_accepted(request),
            note=request.POST.get("catatan", ""),
            by=request.user,
        )
    except (Conflict, Incomplete, WrongState) as refusal:
        return _gate(request, plan, stage, refusal=refusal)
    if is_new:
        messages.success(request, f"{submission} terkirim dan dibekukan. Penulisan tetap dapat dilanjutkan.")
    return redirect("bimtek:submission_detail", plan.code, stage.code, submission.number)


def _gate(
    request: SignedInRequest, plan: Masterplan, stage: Stage, *, refusal: Refusal | None = None
) -> HttpResponse:  # fmt: skip
    points = points_at(plan, stage)
    held = holding(points)
    deadlines = [each for each in countdowns(plan) if each.deadline.stage_id == stage.code]
    context: dict[str, Any] = {
        "stage": stage,
        "step": CycleStep.objects.filter(plan=plan, stage=stage).first(),
        "points": points,
        "held": held,
        "groups": _groups(plan, points),
        "submissions": [each for each in _submissions(plan) if each.stage_id == stage.code],
        "events": CycleEvent.objects.filter(plan=plan, stage=stage, is_cancelled=False).order_by("start_date", "pk"),
        "deadlines": deadlines,
        "may_start": can_start(request.user, plan) and not any(each.deadline.kind == "kirim" for each in deadlines),
        "may_extend": can_extend(request.user, plan),
        "may_submit": can_submit(request.user, plan),
        "is_closed": stage.is_final and bool(held),
        "token": str(uuid.uuid4()),
        "note": request.POST.get("catatan", "")[:2000],
        "refusal": refusal,
    }
    status = refusal.status if refusal else 200
    return render(request, "bimtek/stage/detail.html", {**plan_frame(plan, "tahap"), **context}, status=status)


def _groups(plan: Masterplan, points: list[OpenPoint]) -> list[tuple[str, list[PointLine]]]:
    lines = [PointLine(point, address_of(point.place, plan)) for point in points]
    return [(str(group), list(own)) for group, own in groupby(lines, key=lambda line: line.point.group)]


def _submissions(plan: Masterplan) -> list[Submission]:
    """With what was officially said of each (`judged`, at most one)."""
    on_stage = Prefetch("opinions", Opinion.objects.issued().filter(chapter=""), to_attr="judged")
    return list(Submission.objects.filter(plan=plan).defer("facts").prefetch_related(on_stage))


def _accepted(request: SignedInRequest) -> int:
    """How many open points the person saw and agreed to send along."""
    return number_in(request.POST.get("terbuka", ""), 0, digits=5) if "setuju" in request.POST else 0


def _when(step: CycleStep | None) -> str:
    return state_of_step(step, timezone.localdate().isoformat()) if step else ""
