"""The page "Temuan": what contradicts itself, where, and what was set aside with which reason."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from masterplan.domain import findings
from masterplan.enums import Severity
from masterplan.models import FindingWaiver
from masterplan.registers import EVERY_KIND
from masterplan.rules import can_waive_findings
from masterplan.views.finding_table import FindingFilter, FindingTable, lines_of, rule_groups
from masterplan.views.frame import plan_frame, visible_plan, visible_section
from smartcity.regency.models import Opd
from smartcity.ui.http import SignedInRequest, is_htmx


@require_GET
def finding_list(request: SignedInRequest, plan_code: str) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    asked = FindingFilter.of(request.GET)
    context = {
        "table": FindingTable(plan, findings.findings_of(plan), asked),
        "asked": asked,
        "all_url": asked.query(berat="", tahap=""),
        "clear_url": reverse("masterplan:finding_list", args=[plan.code]),
        "groups": [name for name, _ in rule_groups()],
        "dimensions": plan.dimension_set.dimensions.all(),
        "opds": [(str(opd.pk), opd.label) for opd in Opd.objects.filter(regency_id=plan.regency_id)],
        "may_waive": can_waive_findings(request.user, plan),
    }
    return render(request, "masterplan/finding/list.html", {**plan_frame(plan, "temuan"), **context})


@require_GET
def finding_rules(request: SignedInRequest, plan_code: str) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    context = {"groups": rule_groups(), "severities": list(Severity)}
    return render(request, "masterplan/finding/rules.html", {**plan_frame(plan, "temuan"), **context})


@require_POST
def finding_waive(request: SignedInRequest, plan_code: str, fingerprint: str) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    reason = request.POST.get("alasan", "")[:1000].replace("\x00", "")
    waiver = findings.waive(plan, fingerprint=fingerprint, reason=reason, by=request.user)
    messages.success(request, f"Temuan diabaikan: {waiver.sentence}")
    return redirect("masterplan:finding_list", plan_code)


@require_POST
def finding_unwaive(request: SignedInRequest, plan_code: str, fingerprint: str) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    waiver = get_object_or_404(FindingWaiver, plan=plan, fingerprint=fingerprint)
    waiver.plan = plan
    findings.unwaive(waiver, by=request.user)
    messages.success(request, "Temuan dibuka lagi.")
    return redirect("masterplan:finding_list", plan_code)


@require_GET
def section_findings(request: SignedInRequest, plan_code: str, section_code: str) -> HttpResponse:
    """For the panel beside the text; as a page of its own it is the list, narrowed to this section."""
    section = visible_section(request, plan_code, section_code, with_text=False)
    plan = section.plan
    if not is_htmx(request):
        return redirect(f"{reverse('masterplan:finding_list', args=[plan.code])}?bagian={section_code}")
    found = findings.findings_in_section(plan, section_code)
    lines = lines_of(plan, (each for each in found if each.waiver is None))
    return render(
        request, "masterplan/finding/panel.html", {"plan": plan, "section_code": section_code, "lines": lines}
    )


@require_GET
def row_findings(request: SignedInRequest, plan_code: str, kind: str, pk: int) -> HttpResponse:
    """Fetched by the row's form after it opened, so that the form itself stays quick."""
    plan = visible_plan(request, plan_code)
    if kind not in EVERY_KIND:
        raise Http404
    row = get_object_or_404(EVERY_KIND[kind].model._default_manager.filter(plan=plan), pk=pk)
    if not is_htmx(request):
        return redirect(f"{reverse('masterplan:finding_list', args=[plan.code])}?baris={kind}-{row.pk}")
    found = findings.findings_on_row(plan, kind, row.pk)
    lines = lines_of(plan, (each for each in found if each.waiver is None))
    return render(request, "masterplan/finding/on_row.html", {"findings": lines})
