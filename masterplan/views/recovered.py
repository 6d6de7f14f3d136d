"""The page "Pulihan": a person's own copies of text that could not be merged."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from masterplan import prose
from masterplan.domain import recovered
from masterplan.domain.picture import sources_of
from masterplan.enums import RecoveredState
from masterplan.models import RecoveredCopy
from masterplan.rules import can_write_section
from masterplan.views.frame import plan_frame, visible_plan
from smartcity.ui.http import SignedInRequest

FILTERS = {"terbuka": "Belum ditangani", "ditangani": "Sudah ditangani", "semua": "Semua"}
SHOWN = 100


@require_GET
def recovered_list(request: SignedInRequest, plan_code: str) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    chosen = request.GET.get("tampil", "")
    chosen = chosen if chosen in FILTERS else "terbuka"
    own = recovered.own_copies(plan, request.user).defer("doc")
    is_open = {"state": RecoveredState.OPEN}
    rows = {"terbuka": own.filter(**is_open), "ditangani": own.exclude(**is_open), "semua": own}[chosen]
    context = {
        **plan_frame(plan, "naskah"),
        "copies": rows[:SHOWN],
        "chosen": chosen,
        "filters": FILTERS.items(),
        "has_any": own.exists(),
    }
    return render(request, "masterplan/recovered/list.html", context)


@require_GET
def recovered_detail(request: SignedInRequest, plan_code: str, pk: int) -> HttpResponse:
    copy = _own(request, plan_code, pk)
    html, found = prose.highlight(copy.doc, copy.lost.splitlines())
    context = {
        **plan_frame(copy.section.plan, "naskah"),
        "copy": copy,
        "section": copy.section,
        "html": prose.without_gone(html, sources_of(copy.section.plan.regency_id)),
        "is_marked": bool(found),
        "is_open": copy.state == RecoveredState.OPEN,
        "may_write": can_write_section(request.user, copy.section),
    }
    return render(request, "masterplan/recovered/detail.html", context)


@require_POST
def recovered_put_back(request: SignedInRequest, plan_code: str, pk: int) -> HttpResponse:
    copy = _own(request, plan_code, pk)
    whole = request.POST.get("cara") == "seluruh"
    section = recovered.put_back(copy, whole=whole, by=request.user)
    what = "Seluruh salinan menggantikan isi bagian ini" if whole else "Teks Anda ditambahkan di akhir bagian ini"
    messages.success(request, f"{what} sebagai versi {section.version}. Isi sebelumnya tetap ada di riwayat.")
    return redirect("masterplan:section_write", plan_code, copy.section.outline_section.code)


@require_POST
def recovered_dismiss(request: SignedInRequest, plan_code: str, pk: int) -> HttpResponse:
    recovered.dismiss(_own(request, plan_code, pk))
    messages.success(
        request,
        "Salinan ditandai tidak diperlukan lagi. Salinan tetap disimpan di “Sudah ditangani” dan dapat dibuka lagi.",
    )
    return redirect("masterplan:recovered_list", plan_code)


@require_POST
def recovered_reopen(request: SignedInRequest, plan_code: str, pk: int) -> HttpResponse:
    copy = _own(request, plan_code, pk)
    recovered.reopen(copy)
    messages.success(request, "Salinan dibuka lagi.")
    return redirect("masterplan:recovered_detail", plan_code, copy.pk)


def _own(request: SignedInRequest, plan_code: str, pk: int) -> RecoveredCopy:
    """404 for other people's copies, whatever the role."""
    plan = visible_plan(request, plan_code)
    copy: Any = get_object_or_404(recovered.own_copies(plan, request.user), pk=pk)
    copy.section.plan = plan
    return copy  # type: ignore[no-any-return]
