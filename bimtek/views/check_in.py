"""The page behind the QR of a day: without sign-in, so it is throttled and tells nothing about anybody else."""

from datetime import date
from typing import Any

from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bimtek.domain.attendance import ForgedCodeError, ensure_open, read_code
from bimtek.domain.attendance import check_in as note_attendance
from bimtek.forms.event import PersonForm
from bimtek.models import CycleEvent
from smartcity.ui.errors import refusal_response
from smartcity.ui.refusal import Refusal

# A whole hall comes from one network address within minutes; a person types no more than a few times.
RATE = {"check_in": "300/5m/ip"}
CLOSED = 410


@never_cache
@login_not_required
@require_http_methods(["GET", "POST"])
def check_in(request: HttpRequest, signed: str) -> HttpResponse:
    if not ratelimit.consume(request, app="bimtek", action="check_in", config=RATE, limit_get=True):
        return refusal_response(request, 429)
    try:
        event, day = read_code(signed)
    except ForgedCodeError:
        return render(request, "bimtek/check_in/closed.html", status=404)
    try:
        ensure_open(event, day)
        return _sent(request, event, day) if request.method == "POST" else _opened(request, event, day)
    except Refusal as refusal:
        context = {"refusal": refusal, "event": event}
        return render(request, "bimtek/check_in/closed.html", context, status=CLOSED)


def _opened(request: HttpRequest, event: CycleEvent, day: date) -> HttpResponse:
    if "tercatat" in request.GET:
        return render(request, "bimtek/check_in/done.html", _frame(event, day))
    return render(request, "bimtek/check_in/form.html", _frame(event, day) | {"form": PersonForm()})


def _sent(request: HttpRequest, event: CycleEvent, day: date) -> HttpResponse:
    form = PersonForm(request.POST)
    if not form.is_valid():
        return render(request, "bimtek/check_in/form.html", _frame(event, day) | {"form": form}, status=422)
    note_attendance(event, day, form.person())
    return redirect(f"{request.path}?tercatat")


def _frame(event: CycleEvent, day: date) -> dict[str, Any]:
    return {"event": event, "day": day, "region": event.plan.regency}
