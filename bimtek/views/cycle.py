"""The cycle of a region and its council and team."""

from dataclasses import dataclass
from itertools import groupby

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from bimtek.domain.timeline import drawn
from bimtek.enums import Body
from bimtek.models import CycleStep, Participation, Stage
from bimtek.registers import BODY_MEMBER, CYCLE_STEP
from bimtek.rules import can_set_participation
from masterplan.views import rows
from masterplan.views.frame import visible_plan
from smartcity.ui.http import SignedInRequest

form_methods = require_http_methods(["GET", "POST"])


@dataclass(frozen=True)
class TimedStep:
    step: CycleStep
    state: str
    href: str


@require_GET
def cycle_list(request: SignedInRequest, plan_code: str) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    today = timezone.localdate()
    rows_now = list(CYCLE_STEP.rows(plan))
    steps = [
        TimedStep(step, state_of_step(step, today.isoformat()), CYCLE_STEP.address("edit", plan, step.pk))
        for step in rows_now
    ]
    years = [(year, list(group)) for year, group in groupby(steps, key=lambda timed: timed.step.start_date.year)]
    held = {timed.step.stage_id for timed in steps}
    missing = [stage for stage in Stage.objects.all() if stage.pk not in held]
    extra = {
        "years": years,
        "missing_stages": missing,
        "timeline": drawn(rows_now, today),
        "participation": Participation.objects.filter(plan=plan).select_related("cohort").first(),
        "may_set_cohort": can_set_participation(request.user, plan),
    }
    return rows.list_page(request, plan_code, CYCLE_STEP, **extra)


@form_methods
def cycle_create(request: SignedInRequest, plan_code: str) -> HttpResponse:
    return rows.create_page(request, plan_code, CYCLE_STEP)


@form_methods
def cycle_edit(request: SignedInRequest, plan_code: str, pk: int) -> HttpResponse:
    return rows.edit_page(request, plan_code, CYCLE_STEP, pk)


@form_methods
def cycle_delete(request: SignedInRequest, plan_code: str, pk: int) -> HttpResponse:
    return rows.delete_page(request, plan_code, CYCLE_STEP, pk)


@require_GET
def body_list(request: SignedInRequest, plan_code: str) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    today = timezone.localdate()
    members = [(member, BODY_MEMBER.address("edit", plan, member.pk)) for member in BODY_MEMBER.rows(plan)]
    bodies = [
        (
            body.label,
            [line for line in members if line[0].body == body and not line[0].is_past(today)],
            [line for line in members if line[0].body == body and line[0].is_past(today)],
        )
        for body in Body
    ]
    return rows.list_page(request, plan_code, BODY_MEMBER, bodies=bodies)


@form_methods
def body_create(request: SignedInRequest, plan_code: str) -> HttpResponse:
    return rows.create_page(request, plan_code, BODY_MEMBER)


@form_methods
def body_edit(request: SignedInRequest, plan_code: str, pk: int) -> HttpResponse:
    return rows.edit_page(request, plan_code, BODY_MEMBER, pk)


@form_methods
def body_delete(request: SignedInRequest, plan_code: str, pk: int) -> HttpResponse:
    return rows.delete_page(request, plan_code, BODY_MEMBER, pk)


def state_of_step(step: CycleStep, today: str) -> str:
    if step.ends.isoformat() < today:
        return "done"
    return "now" if step.starts.isoformat() <= today else "next"
