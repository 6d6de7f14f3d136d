"""The day page of an event for the projector, and what it asks every ten seconds."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from bimtek.domain.attendance import code_of
from bimtek.domain.day import Wall, stamp_of, wall_of
from bimtek.models import CycleEvent
from bimtek.views.events import qr_svg, visible_event
from masterplan.rules import can_manage_plan
from smartcity.regency.clock import zone_of
from smartcity.ui.http import SignedInRequest, is_htmx

NOTHING_NEW = 204
STOP_POLLING = 286


@require_GET
def event_wall(request: SignedInRequest, plan_code: str, pk: int) -> HttpResponse:
    """A page; for htmx its moving part, or nothing while the stamp in the address is still that of the wall."""
    _, event = visible_event(request, plan_code, pk)
    zone = zone_of(event.plan.regency_id)
    stamp = stamp_of(event)
    if is_htmx(request) and request.GET.get("tanda") == stamp:
        return HttpResponse(status=NOTHING_NEW)
    with timezone.override(zone):
        wall = wall_of(event)
        context = {"plan": event.plan, "event": event, "wall": wall, "stamp": stamp, **_qr(request, event, wall)}
        context |= {"zone": zone.key, "now": int(timezone.now().timestamp() * 1000)}
        if not is_htmx(request):
            return render(request, "bimtek/event/wall.html", context)
        status = STOP_POLLING if wall.is_over else 200
        return render(request, "bimtek/event/wall.html#wall", context, status=status)


def _qr(request: SignedInRequest, event: CycleEvent, wall: Wall) -> dict[str, Any]:
    """Only for who keeps the list (`events.event_qr`), and only while the code is open."""
    if not wall.is_today or not can_manage_plan(request.user, event.plan):
        return {"qr": ""}
    return {"qr": qr_svg(request.build_absolute_uri(reverse("bimtek:check_in", args=[code_of(event, wall.day)])))}
