"""Quick wins of one year as cards, and the sheet of one."""

from collections import Counter

from django.db.models import Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from masterplan import rules
from masterplan.domain.row import last_change, printed_in
from masterplan.models import Masterplan
from masterplan.views import rows
from masterplan.views.frame import plan_frame, visible_plan
from quickwin.forms.quick_win import QUARTERS
from quickwin.models import QuickWin
from quickwin.registers import QUICK_WIN
from smartcity.ui.http import SignedInRequest

form_methods = require_http_methods(["GET", "POST"])


@require_GET
def quick_win_list(request: SignedInRequest, plan_code: str) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    counts = Counter(QuickWin.objects.filter(plan=plan).order_by().values_list("year", flat=True))
    year = _shown_year(request.GET.get("tahun", ""), plan, counts)
    found = [win for win in QUICK_WIN.rows(plan) if win.year == year]
    groups = [
        (dimension, [win for win in found if win.dimension_id == dimension.pk])
        for dimension in plan.dimension_set.dimensions.all()
    ]
    context = {
        "kind": QUICK_WIN,
        "year": year,
        "years": [(each, counts[each]) for each in sorted({*counts, year, plan.start_year})],
        "groups": groups,
        "number": len(found),
        "total": sum(win.budget for win in found),
        "create_url": QUICK_WIN.address("create", plan) if rows.can_add(request.user, plan, QUICK_WIN) else "",
        "printed_in": printed_in(plan, QUICK_WIN.table_key),
    }
    return render(request, "quickwin/list.html", {**plan_frame(plan, "quickwin"), **context})


@require_GET
def quick_win_detail(request: SignedInRequest, plan_code: str, pk: int) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    win = get_object_or_404(QUICK_WIN.rows(plan), pk=pk)
    win.plan = plan
    milestones = list(win.milestones.all())
    may_write = rules.can_write_row(request.user, win)
    context = {
        "kind": QUICK_WIN,
        "win": win,
        "quarters": [(label, [m for m in milestones if m.quarter == number]) for number, label in QUARTERS],
        "edit_url": QUICK_WIN.address("edit", plan, win.pk) if may_write else "",
        "programme_budget": _programme_budget(win),
        "printed_in": printed_in(plan, QUICK_WIN.table_key, "lembar"),
        "last_change": last_change(win),
    }
    return render(request, "quickwin/detail.html", {**plan_frame(plan, "quickwin"), **context})


@form_methods
def quick_win_create(request: SignedInRequest, plan_code: str) -> HttpResponse:
    return rows.create_page(request, plan_code, QUICK_WIN)


@form_methods
def quick_win_edit(request: SignedInRequest, plan_code: str, pk: int) -> HttpResponse:
    return rows.edit_page(request, plan_code, QUICK_WIN, pk)


@form_methods
def quick_win_delete(request: SignedInRequest, plan_code: str, pk: int) -> HttpResponse:
    return rows.delete_page(request, plan_code, QUICK_WIN, pk)


def _shown_year(asked: str, plan: Masterplan, counts: Counter[int]) -> int:
    """The asked year; without one this year if it has quick wins, else the first that has."""
    if asked.isascii() and asked.isdigit() and plan.start_year <= int(asked[:5]) <= plan.end_year:
        return int(asked)
    this_year = timezone.localdate().year
    return this_year if counts[this_year] else min(counts, default=plan.start_year)


def _programme_budget(win: QuickWin) -> int:
    """What the programme plans to spend in the quick win's year."""
    years = win.programme.years.filter(year=win.year)
    return int(years.aggregate(total=Sum("budget", default=0))["total"])
