"""History pages of a section and of the plan: sessions, named versions, an old version, a comparison, restoring."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from masterplan import prose
from masterplan.domain import history
from masterplan.domain.facts import as_read
from masterplan.domain.picture import sources_of
from masterplan.models import NamedVersion, Section
from masterplan.rules import can_manage_plan, can_write_section
from masterplan.views.frame import plan_frame, visible_plan, visible_section
from smartcity.ui.http import SignedInRequest, number_in


def _page(request: SignedInRequest) -> int:
    return max(1, number_in(request.GET.get("hal", ""), 1, digits=5))


def _frame(request: SignedInRequest, section: Section) -> dict[str, Any]:
    return {
        **plan_frame(section.plan, "naskah"),
        "section": section,
        "outline": section.outline_section,
        "may_write": section.binned_at is None and can_write_section(request.user, section),
        "may_manage": can_manage_plan(request.user, section.plan),
    }


@require_GET
def section_history(request: SignedInRequest, plan_code: str, section_code: str) -> HttpResponse:
    section = visible_section(request, plan_code, section_code)
    page = _page(request)
    sessions, has_more = history.sessions_of(section, page=page)
    context = {
        **_frame(request, section),
        "sessions": sessions,
        "named": section.named_versions.select_related("named_by"),
        "page": page,
        "next_page": page + 1 if has_more else None,
    }
    return render(request, "masterplan/history/section.html", context)


@require_GET
def section_log(request: SignedInRequest, plan_code: str, section_code: str) -> HttpResponse:
    section = visible_section(request, plan_code, section_code)
    page = _page(request)
    saves, has_more = history.log_of(section, page=page)
    context = {**_frame(request, section), "saves": saves, "page": page, "next_page": page + 1 if has_more else None}
    return render(request, "masterplan/history/log.html", context)


@require_GET
def section_version(request: SignedInRequest, plan_code: str, section_code: str, version: int) -> HttpResponse:
    section = visible_section(request, plan_code, section_code)
    names = list(section.named_versions.filter(version=version))
    named = next((each for each in names if str(each.pk) == request.GET.get("nama")), names[0] if names else None)
    stored = _text(section, version)
    doc = as_read(section, version, stored, named=named)
    batch = section.batches.filter(end_version__gte=version).select_related("user").first()
    context = {
        **_frame(request, section),
        "version": version,
        "is_now": version == section.version,
        "html": prose.without_gone(prose.render_html(prose.load(doc)), sources_of(section.plan.regency_id)),
        "batch": batch,
        "names": names,
        "facts_of": named,
        "has_facts": bool(prose.fact_keys(stored)),
    }
    return render(request, "masterplan/history/version.html", context)


def _text(section: Section, version: int) -> dict[str, Any]:
    try:
        return history.text_at(section, version)
    except prose.Refused as error:
        raise Http404 from error


@require_GET
def section_compare(request: SignedInRequest, plan_code: str, section_code: str) -> HttpResponse:
    section = visible_section(request, plan_code, section_code)
    before = _asked(request, "dari", max(0, section.version - 1))
    after = _asked(request, "ke", section.version)
    before, after = sorted((before, after))
    try:
        found = history.compared(section, before, after)
    except prose.Refused as error:
        raise Http404 from error
    address = reverse("masterplan:section_compare", args=[plan_code, section_code])
    context = {
        **_frame(request, section),
        "before": before,
        "after": after,
        "found": found,
        "blocks": _blocks(section, found),
        "is_inline": request.GET.get("cara") == "sebaris",
        "side_url": f"{address}?dari={before}&ke={after}",
        "inline_url": f"{address}?dari={before}&ke={after}&cara=sebaris",
    }
    return render(request, "masterplan/history/compare.html", context)


def _blocks(section: Section, found: prose.Comparison) -> list[Any]:
    """Comparisons are kept for a week, pictures may be deleted meanwhile."""
    media = sources_of(section.plan.regency_id)
    return [
        replace(
            block,
            old=prose.without_gone(block.old, media),
            new=prose.without_gone(block.new, media),
            both=prose.without_gone(block.both, media),
        )
        for block in found.blocks
    ]


def _asked(request: SignedInRequest, name: str, default: int) -> int:
    text = request.GET.get(name, "")
    if text == "":
        return default
    number = number_in(text, None)
    if number is None:
        raise Http404
    return number


@require_POST
def section_name_version(request: SignedInRequest, plan_code: str, section_code: str, version: int) -> HttpResponse:
    section = visible_section(request, plan_code, section_code)
    named = history.name_version(section, version=version, name=request.POST.get("nama", ""), by=request.user)
    messages.success(request, f"Versi {version} bernama “{named.name}”.")
    return redirect("masterplan:section_history", plan_code=plan_code, section_code=section_code)


@require_POST
def section_unname(request: SignedInRequest, plan_code: str, section_code: str, pk: int) -> HttpResponse:
    section = visible_section(request, plan_code, section_code)
    named = get_object_or_404(NamedVersion, pk=pk, section=section)
    named.section = section
    history.unname(named, by=request.user)
    messages.success(request, f"Nama “{named.name}” dihapus; versinya tetap ada.")
    return redirect("masterplan:section_history", plan_code=plan_code, section_code=section_code)


@require_POST
def section_restore(request: SignedInRequest, plan_code: str, section_code: str, version: int) -> HttpResponse:
    section = visible_section(request, plan_code, section_code)
    _text(section, version)
    before = section.version
    changed = history.restore(section, version=version, by=request.user)
    messages.success(
        request,
        f"Versi {version} dipulihkan sebagai versi {changed.version}. Naskah sebelumnya tetap ada sebagai versi {before}; "
        "pulihkan versi itu untuk membatalkannya.",
    )
    return redirect("masterplan:section_history", plan_code=plan_code, section_code=section_code)


@require_http_methods(["GET", "POST"])
def plan_history(request: SignedInRequest, plan_code: str) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    if request.method == "POST":
        number = history.name_plan_version(plan, name=request.POST.get("nama", ""), by=request.user)
        messages.success(request, f"{number} bagian sekarang bernama versi “{request.POST['nama'].strip()}”.")
        return redirect("masterplan:plan_history", plan_code=plan_code)
    page, person = _page(request), number_in(request.GET.get("orang", ""), None)
    sessions, has_more = history.sessions_in_plan(plan, person=person, page=page)
    names = NamedVersion.objects.filter(section__plan=plan).order_by("-named_at").values_list("name", flat=True)
    context = {
        **plan_frame(plan, "naskah"),
        "sessions": sessions,
        "names": list(dict.fromkeys(names))[:20],
        "writers": history.writers_of(plan),
        "person": person,
        "page": page,
        "next_page": page + 1 if has_more else None,
        "may_manage": can_manage_plan(request.user, plan),
    }
    return render(request, "masterplan/history/plan.html", context)
