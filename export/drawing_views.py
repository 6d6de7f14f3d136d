"""The page "Gambar dari data", and one drawing for the page of a section that prints it."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET

from export.drawings import drawing_of
from export.figures.risk import risk_matrix
from export.source import read
from masterplan.enums import FIGURE_NAMES
from masterplan.views.frame import plan_frame, visible_plan
from quickwin.models import QuickWin
from smartcity.ui.http import SignedInRequest, is_htmx


@gzip_page
@require_GET
def drawing_list(request: SignedInRequest, plan_code: str) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    source = read(plan)
    drawings = [drawing_of(source, key) for key in FIGURE_NAMES]
    return render(request, "export/drawing/list.html", {**plan_frame(plan, "tabel"), "drawings": drawings})


@gzip_page
@require_GET
def drawing_detail(request: SignedInRequest, plan_code: str, drawing: str) -> HttpResponse:
    """A part of a page for htmx, else a page of its own."""
    plan = visible_plan(request, plan_code)
    if drawing not in FIGURE_NAMES:
        raise Http404
    context = {**plan_frame(plan, "tabel"), "drawing": drawing_of(read(plan), drawing)}
    template = "export/drawing/figure.html" if is_htmx(request) else "export/drawing/detail.html"
    return render(request, template, context)


@require_GET
def risk_drawing(request: SignedInRequest, plan_code: str, pk: int) -> HttpResponse:
    """The matrix of a quick win's risks as the book prints it, a part of its sheet's page."""
    win = get_object_or_404(QuickWin.objects.prefetch_related("risks"), plan=visible_plan(request, plan_code), pk=pk)
    risks = [(risk.likelihood, risk.impact) for risk in win.risks.all()]
    context = {"picture": risk_matrix(risks) if risks else ""}
    return render(request, "export/drawing/risk.html", context)
