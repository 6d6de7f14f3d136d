"""Beside the editor of Buku III: the composed text, and whether the section prints it or its own."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from export.source import read
from export.summary.compose import composed_html
from export.summary.override import compose_again, write_by_hand
from masterplan.models import Section
from masterplan.rules import can_write_section
from masterplan.views.frame import plan_frame, visible_section
from smartcity.ui.http import SignedInRequest, is_htmx, number_in


@require_GET
@never_cache
def section_summary(request: SignedInRequest, plan_code: str, section_code: str) -> HttpResponse:
    section = _summary(request, plan_code, section_code)
    context = {
        "plan": section.plan,
        "section": section,
        "outline": section.outline_section,
        "composed": composed_html(read(section.plan), section.outline_section),
        "may_write": section.binned_at is None and can_write_section(request.user, section),
    }
    if is_htmx(request):
        return render(request, "export/summary.html#panel", context)
    return render(request, "export/summary.html", {**plan_frame(section.plan, "naskah"), **context})


@require_POST
def summary_by_hand(request: SignedInRequest, plan_code: str, section_code: str) -> HttpResponse:
    section = _summary(request, plan_code, section_code)
    write_by_hand(section, version=_version(request), by=request.user)
    messages.success(request, "Ringkasan disalin ke naskah. Sekarang bagian ini ditulis sendiri.")
    return redirect("masterplan:section_write", plan_code, section_code)


@require_POST
def summary_again(request: SignedInRequest, plan_code: str, section_code: str) -> HttpResponse:
    section = _summary(request, plan_code, section_code)
    compose_again(section, version=_version(request), by=request.user)
    messages.success(request, "Bagian ini kembali disusun dari data. Naskah sebelumnya ada di Riwayat.")
    return redirect("masterplan:section_write", plan_code, section_code)


def _summary(request: SignedInRequest, plan_code: str, section_code: str) -> Section:
    section = visible_section(request, plan_code, section_code)
    if not section.outline_section.is_summary:
        raise Http404
    return section


def _version(request: SignedInRequest) -> int:
    return number_in(request.POST.get("version", ""), -1)
