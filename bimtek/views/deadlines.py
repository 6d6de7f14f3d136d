"""Beginning a stage, and giving more time."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from bimtek.domain.deadline import extend, start_stage
from bimtek.models import Stage, StageDeadline
from masterplan.views.frame import visible_plan
from smartcity.ui.format import format_date
from smartcity.ui.http import SignedInRequest, number_in
from smartcity.ui.refusal import Conflict, Incomplete, WrongState


@require_POST
def stage_start(request: SignedInRequest, plan_code: str, stage_code: str) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    stage = get_object_or_404(Stage, code=stage_code)
    try:
        deadline = start_stage(plan, stage=stage, by=request.user)
    except WrongState as refusal:
        messages.error(request, f"{refusal.sentence} {refusal.next_step}")
    else:
        messages.success(request, f"{stage} dimulai; tenggat kiriman {format_date(deadline.due)}.")
    return redirect("bimtek:stage_detail", plan.code, stage.code)


@require_POST
def deadline_extend(request: SignedInRequest, plan_code: str, stage_code: str, pk: int) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    deadline = get_object_or_404(StageDeadline, pk=pk, plan=plan, stage=stage_code)
    deadline.plan = plan
    try:
        moved = extend(
            deadline,
            due=_day(request.POST.get("tenggat", "")),
            reason=request.POST.get("alasan", ""),
            version=number_in(request.POST.get("versi", ""), 0),
            by=request.user,
        )
    except (Conflict, Incomplete, WrongState) as refusal:
        messages.error(request, f"{refusal.sentence} {refusal.next_step}")
    else:
        messages.success(request, f"Tenggat diperpanjang sampai {format_date(moved.due)}.")
    return redirect("bimtek:stage_detail", plan.code, stage_code)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return date.min  # never later than the deadline, so it is refused with a sentence
