"""Editions of a plan and their enactment; what was said at an ekspose."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from bimtek.domain.edition import enact, ensure_may_judge, judge_ekspose
from bimtek.enums import DocumentKind
from bimtek.forms.approval import OutcomeForm
from bimtek.models import CycleDocument, Edition, Enactment, SigningCertificate
from bimtek.views.events import detail_page, visible_event
from masterplan.models import Masterplan
from masterplan.rules import can_manage_plan
from masterplan.views.frame import plan_frame, visible_plan
from smartcity.ui.http import SignedInRequest, number_in
from smartcity.ui.refusal import Incomplete, Refusal, WrongState


@require_GET
def edition_list(request: SignedInRequest, plan_code: str) -> HttpResponse:
    return edition_page(request, visible_plan(request, plan_code))


@require_POST
def edition_enact(request: SignedInRequest, plan_code: str, number: int) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    edition = get_object_or_404(Edition, plan=plan, number=number)
    edition.plan = plan
    document = CycleDocument.objects.filter(plan=plan, pk=number_in(request.POST.get("dokumen", ""), 0)).first()
    try:
        enact(edition, document=document, by=request.user)
    except (Incomplete, WrongState) as refusal:
        return edition_page(request, plan, refusal=refusal)
    messages.success(request, f"Penetapan {edition} tercatat.")
    return redirect("bimtek:edition_list", plan.code)


@require_POST
def ekspose_judge(request: SignedInRequest, plan_code: str, pk: int) -> HttpResponse:
    plan, event = visible_event(request, plan_code, pk)
    ensure_may_judge(event, request.user)
    form = OutcomeForm(request.POST)
    try:
        judge_ekspose(event, outcome=form.outcome, by=request.user)
    except (Incomplete, WrongState) as refusal:
        return detail_page(request, plan, event, refusal=refusal, outcome_form=form)
    messages.success(request, "Putusan ekspose tercatat.")
    return redirect("bimtek:event_detail", plan.code, event.pk)


def edition_page(request: SignedInRequest, plan: Masterplan, *, refusal: Refusal | None = None) -> HttpResponse:
    found = Edition.objects.filter(plan=plan).select_related(
        "chain__submission__stage", "chain__submission__book", "accepted__event"
    )
    found = found.defer("chain__submission__book__content").prefetch_related("signed")
    enacted = {each.edition_id: each for each in Enactment.objects.filter(edition__plan=plan)}
    may_enact = can_manage_plan(request.user, plan)
    regulations = CycleDocument.objects.filter(plan=plan, kind=DocumentKind.REGULATION) if may_enact else []
    context = {
        "editions": [(edition, enacted.get(edition.pk)) for edition in found],
        "regulations": regulations,
        "certificate": SigningCertificate.objects.filter(regency=plan.regency_id).defer("content").first(),
        "may_enact": may_enact,
        "refusal": refusal,
    }
    status = refusal.status if refusal else 200
    return render(request, "bimtek/edition/list.html", {**plan_frame(plan, "tahap"), **context}, status=status)
