"""The yearly wizard: what becomes of last year's quick wins, new candidates, and what the evaluation will ask."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from masterplan.domain.row import StaleRowError
from masterplan.models import Masterplan
from masterplan.rules import can_manage_plan
from masterplan.views.frame import plan_frame, visible_plan
from quickwin.domain.evaluation import evaluation_of
from quickwin.domain.progress import running_of, today_at, with_last_news
from quickwin.domain.renewal import renew
from quickwin.enums import QuickWinStatus, RenewalKind
from quickwin.models import QuickWin, SelectionRound
from quickwin.registers import QUICK_WIN
from smartcity.ui.http import SignedInRequest, number_in
from smartcity.ui.refusal import Incomplete, Refusal, WrongState


@require_GET
def renewal_year(request: SignedInRequest, plan_code: str, year: int) -> HttpResponse:
    return _page(request, visible_plan(request, plan_code), year)


def _page(
    request: SignedInRequest, plan: Masterplan, year: int, *, refusal: Refusal | None = None, typed_for: int = 0
) -> HttpResponse:
    """`year` is the one that is prepared; the wizard looks back on the one before it."""
    if not plan.start_year < year <= plan.end_year:
        raise Http404
    rows = with_last_news(QUICK_WIN.rows(plan)).filter(year=year - 1).select_related("renewal__successor")
    wins = list(rows.exclude(status=QuickWinStatus.PROPOSED, renewal=None))
    today = today_at(plan)
    for win in wins:
        win.plan = plan
    context = {
        "year": year,
        "lines": [(win, running_of(win, today), getattr(win, "renewal", None)) for win in wins],
        "kinds": RenewalKind.choices,
        "round": SelectionRound.objects.filter(plan=plan, year=year).first(),
        "answers": evaluation_of(plan, year),
        "may_renew": can_manage_plan(request.user, plan),
        "typed_for": typed_for,
        "typed": {name: request.POST.get(name, "") for name in ("tindak", "alasan")},
        "refusal": refusal,
    }
    status = refusal.status if refusal else 200
    return render(request, "quickwin/renewal.html", {**plan_frame(plan, "quickwin"), **context}, status=status)


@require_POST
def win_renew(request: SignedInRequest, plan_code: str, pk: int) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    win = get_object_or_404(QuickWin.objects.select_related("dimension", "programme"), plan=plan, pk=pk)
    win.plan = plan
    kind, reason = request.POST.get("tindak", ""), request.POST.get("alasan", "")
    try:
        made = renew(
            win, kind=kind, reason=reason, version=number_in(request.POST.get("versi", ""), 0), by=request.user
        )
    except (StaleRowError, Incomplete, WrongState) as refusal:
        return _page(request, plan, win.year + 1, refusal=refusal, typed_for=pk)
    messages.success(request, f"{made}.")
    return redirect("quickwin:renewal_year", plan_code, win.year + 1)
