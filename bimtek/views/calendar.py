"""The calendar of a plan: a month as a grid, the same as a list for small screens, and as a file."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from bimtek.domain.deadline import today_at
from bimtek.domain.month import Entry, as_ics, entries_of, moved, weeks_of
from masterplan.models import Masterplan
from masterplan.views.frame import plan_frame, visible_plan
from smartcity.ui.format import MONTHS
from smartcity.ui.http import SignedInRequest

PAGES = {"langkah": "bimtek:cycle_edit", "kegiatan": "bimtek:event_detail", "tenggat": "bimtek:stage_detail"}
KIND_LABELS = {"langkah": "Langkah siklus", "kegiatan": "Kegiatan", "tenggat": "Tenggat", "libur": "Hari libur"}


@require_GET
def calendar_month(request: SignedInRequest, plan_code: str) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    today = today_at(plan)
    year, month = _asked(request.GET.get("bulan", "")) or (today.year, today.month)
    weeks = weeks_of(year, month, _linked(plan), today)
    context: dict[str, Any] = {
        "weeks": weeks,
        "days": [day for week in weeks for day in week if day.in_month and (day.entries or day.holiday)],
        "heading": f"{MONTHS[month - 1]} {year}",
        "previous": _link(moved(year, month, -1)),
        "following": _link(moved(year, month, 1)),
        "is_now": (year, month) == (today.year, today.month),
        "kinds": list(KIND_LABELS.items()),
    }
    return render(request, "bimtek/calendar.html", {**plan_frame(plan, "siklus"), **context})


@require_GET
def calendar_file(request: SignedInRequest, plan_code: str) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    text = as_ics(plan, entries_of(plan), host=request.get_host().partition(":")[0], now=timezone.now())
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="siklus-{plan.code}.ics"'
    return response


def _asked(text: str) -> tuple[int, int] | None:
    """“2026-08”; anything else is the month of today."""
    try:
        asked = date.fromisoformat(f"{text[:7]}-01")
    except ValueError:
        return None
    return moved(asked.year, asked.month, 0)


def _link(month: tuple[int, int] | None) -> dict[str, str] | None:
    if month is None:
        return None
    return {"query": f"?bulan={month[0]:04d}-{month[1]:02d}", "label": f"{MONTHS[month[1] - 1]} {month[0]}"}


def _linked(plan: Masterplan) -> list[Entry]:
    return [replace(each, href=reverse(PAGES[each.kind], args=[plan.code, each.key])) for each in entries_of(plan)]
