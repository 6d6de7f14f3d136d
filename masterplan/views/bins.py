"""The page "Keranjang", and putting a section into it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from masterplan.domain import bin as bins
from masterplan.domain import bin_section as bin_sections
from masterplan.domain import presence
from masterplan.domain.binned import DAYS
from masterplan.domain.section import ensure_present
from masterplan.rules import can_manage_plan
from masterplan.views.frame import plan_frame, visible_plan, visible_section
from smartcity.ui.http import SignedInRequest
from smartcity.ui.refusal import NotAllowed


@require_GET
def bin_list(request: SignedInRequest, plan_code: str) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    context = {
        **plan_frame(plan, "naskah"),
        "entries": [(bins.KINDS[entry.kind], entry) for entry in bins.contents(plan)],
        "emptied": bin_sections.emptied_sections(plan),
        "days": DAYS,
        "may_manage": can_manage_plan(request.user, plan),
    }
    return render(request, "masterplan/bin/list.html", context)


@require_POST
def bin_put_back(request: SignedInRequest, plan_code: str, bin_kind: str, key: str) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    known = bins.KINDS.get(bin_kind)
    found = known.find(plan, key) if known and "\x00" not in key else None
    if not known or found is None:
        raise Http404
    known.put_back(plan, found, request.user)
    messages.success(request, f"{known.label} “{found}” dikembalikan seperti semula.")
    if bin_kind == "bagian":
        return redirect("masterplan:section_write", plan_code, key)
    return redirect("masterplan:bin_list", plan_code)


@require_http_methods(["GET", "POST"])
def section_bin(request: SignedInRequest, plan_code: str, section_code: str) -> HttpResponse:
    """Asks first and says what hangs on the section; the same address then does it."""
    section = visible_section(request, plan_code, section_code, with_text=False)
    plan = section.plan
    if request.method == "POST":
        bin_sections.bin_section(section, by=request.user)
        messages.success(request, f"“{section}” di keranjang. Sampai {DAYS} hari dapat dikembalikan seperti semula.")
        return redirect("masterplan:bin_list", plan_code)
    if not can_manage_plan(request.user, plan):
        raise NotAllowed("Bagian dibuang dan dikembalikan oleh koordinator Diskominfo.")
    ensure_present(section)
    context = {
        **plan_frame(plan, "naskah"),
        "section": section,
        "outline": section.outline_section,
        "linked": bin_sections.linked_to(plan, [section.pk])[section.pk],
        "company": presence.company_in_plan(plan).get(section_code),
        "days": DAYS,
    }
    return render(request, "masterplan/bin/section.html", context)


@require_POST
def section_start(request: SignedInRequest, plan_code: str, section_code: str) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    emptied = {part.code: part for part in bin_sections.emptied_sections(plan)}
    if section_code not in emptied:
        raise Http404
    section = bin_sections.start_section_anew(plan, emptied[section_code], by=request.user)
    messages.success(request, f"“{section}” ada lagi di rencana ini, masih kosong.")
    return redirect("masterplan:section_write", plan_code, section_code)
