"""Quick wins of one year as cards, and the sheet of one."""

from collections import Counter
from typing import Any

from django.db.models import Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from masterplan import rules
from masterplan.domain.aside import asides_of, with_asides
from masterplan.domain.row import last_change, printed_in
from masterplan.models import Masterplan
from masterplan.views import rows
from masterplan.views.frame import plan_frame, visible_plan
from quickwin.domain.idea_links import waiting_in
from quickwin.domain.owners import silent_owners
from quickwin.domain.progress import news_day, running_of, today_at, with_last_news
from quickwin.enums import Light
from quickwin.forms.quick_win import QUARTERS
from quickwin.models import QuickWin
from quickwin.registers import QUICK_WIN
from quickwin.rules import can_keep_ideas
from smartcity.regency.models import Opd
from smartcity.ui.http import SignedInRequest
from smartcity.ui.refusal import Refusal

SHOWN = 50
form_methods = require_http_methods(["GET", "POST"])


@require_GET
def quick_win_list(request: SignedInRequest, plan_code: str) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    counts = Counter(QuickWin.objects.filter(plan=plan).order_by().values_list("year", flat=True))
    year = _shown_year(request.GET.get("tahun", ""), plan, counts)
    found = list(with_last_news(QUICK_WIN.rows(plan)).filter(year=year))
    today = today_at(plan)
    lines = []
    for win in found:
        win.plan = plan
        lines.append((win, running_of(win, today), news_day(win)))
    groups = [
        (dimension, [line for line in lines if line[0].dimension_id == dimension.pk])
        for dimension in plan.dimension_set.dimensions.all()
    ]
    context = {
        "kind": QUICK_WIN,
        "year": year,
        "years": [(each, counts[each]) for each in sorted({*counts, year, plan.start_year})],
        "groups": groups,
        "renewal_year": year + 1 if found and year < plan.end_year else None,
        "lights": [(light, sum(each[1].light == light for each in lines)) for light in Light],
        "silent": silent_owners(found, today) if rules.can_manage_plan(request.user, plan) else [],
        "ideas": waiting_in(plan) if can_keep_ideas(request.user, plan) else None,
        "number": len(found),
        "total": sum(win.budget for win in found),
        "create_url": QUICK_WIN.address("create", plan) if rows.can_add(request.user, plan, QUICK_WIN) else "",
        "printed_in": printed_in(plan, QUICK_WIN.table_key),
    }
    return render(request, "quickwin/list.html", {**plan_frame(plan, "quickwin"), **context})


@require_GET
def quick_win_detail(request: SignedInRequest, plan_code: str, pk: int) -> HttpResponse:
    return sheet_page(request, visible_plan(request, plan_code), pk)


def win_or_404(plan: Masterplan, pk: int) -> QuickWin:
    """With its plan and what the sheet shows."""
    rows = with_asides(with_last_news(QUICK_WIN.rows(plan)))
    win: QuickWin = get_object_or_404(rows, pk=pk)
    win.plan = plan
    return win


def sheet_page(
    request: SignedInRequest, plan: Masterplan, pk: int, *, refusal: Refusal | None = None, typed: Any = None
) -> HttpResponse:
    """The sheet as it is now; after a refusal with what the person `typed` as news."""
    win = win_or_404(plan, pk)
    milestones = list(win.milestones.all())
    may_write = rules.can_write_row(request.user, win)
    today = today_at(plan)
    silent = silent_owners([win], today) if rules.can_manage_plan(request.user, plan) else []
    context = {
        "kind": QUICK_WIN,
        "win": win,
        "running": running_of(win, today),
        "today": today,
        "answer_groups": _answers(win),
        "quarters": [(label, [m for m in milestones if m.quarter == number]) for number, label in QUARTERS],
        "edit_url": QUICK_WIN.address("edit", plan, win.pk) if may_write else "",
        "programme_budget": _programme_budget(win),
        "printed_in": printed_in(plan, QUICK_WIN.table_key, "lembar"),
        "last_change": last_change(win),
        "updates": win.updates.prefetch_related("photos")[:SHOWN] if news_day(win) else [],
        "may_write": may_write,
        "silent": silent,
        "offices": _other_offices(win) if silent else [],
        "typed": {name: (typed or {}).get(name, "") for name in ("kabar", "tautan")},
        "refusal": refusal,
        "asides": asides_of(request.user, win),
    }
    status = refusal.status if refusal else 200
    return render(request, "quickwin/detail.html", {**plan_frame(plan, "quickwin"), **context}, status=status)


def _other_offices(win: QuickWin) -> list[Opd]:
    """Who could take over: those that support the programme."""
    return [opd for opd in win.programme.supporting_opds.all() if opd.pk != win.lead_opd_id and opd.is_active]


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


def _answers(win: QuickWin) -> list[tuple[str, list[tuple[str, str]]]]:
    """What the sheet says in words, in the groups of the form."""
    why = [
        ("Isu strategis", win.issue.text if win.issue else ""), ("Masalah strategis", win.problem),
        ("Uraian", win.description), ("Tujuan", win.goal),
    ]  # fmt: skip
    citizens = [
        ("Penerima manfaat", win.beneficiaries), ("Manfaat", win.benefit),
        ("Daya tarik", win.attraction), ("Keunikan", win.uniqueness),
    ]  # fmt: skip
    lasting = [
        ("Mitra", ", ".join(win.partners)), ("Bentuk kemitraan", win.partnership),
        ("Potensi pengembangan", win.potential), ("Keberlangsungan", win.sustainability),
        ("Sumber daya", win.resources),
    ]  # fmt: skip
    return [("Mengapa", why), ("Bagi warga", citizens), ("Agar bertahan", lasting)]


def _programme_budget(win: QuickWin) -> int:
    """What the programme plans to spend in the quick win's year."""
    years = win.programme.years.filter(year=win.year)
    return int(years.aggregate(total=Sum("budget", default=0))["total"])
