"""The cohort of a plan."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from bimtek.domain.cohort import set_participation
from bimtek.forms.cohort import ParticipationForm
from bimtek.models import Participation
from bimtek.rules import can_set_participation
from masterplan.models import Masterplan
from masterplan.views.frame import plan_frame, visible_plan
from smartcity.ui.http import SignedInRequest
from smartcity.ui.refusal import Conflict, NotAllowed


@require_http_methods(["GET", "POST"])
def participation(request: SignedInRequest, plan_code: str) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    if not can_set_participation(request.user, plan):
        raise NotAllowed("Angkatan diisi oleh koordinator atau kementerian.", next_step="Hubungi koordinator daerah.")
    found = Participation.objects.filter(plan=plan).first()
    form = ParticipationForm(request.POST or None, instance=found)
    if request.method == "GET" or not form.is_valid():
        return _page(request, plan, form, 422 if form.is_bound or request.method == "POST" else 200)
    try:
        kept = set_participation(plan, by=request.user, **form.cleaned_data)
    except Conflict as refusal:
        form.add_error(None, f"{refusal.sentence} {refusal.next_step}")
        return _page(request, plan, form, refusal.status)
    messages.success(request, f"Tersimpan: {kept}.")
    return redirect("bimtek:cycle_list", plan.code)


def _page(request: SignedInRequest, plan: Masterplan, form: ParticipationForm, status: int) -> HttpResponse:
    return render(request, "bimtek/participation.html", {**plan_frame(plan, "siklus"), "form": form}, status=status)
