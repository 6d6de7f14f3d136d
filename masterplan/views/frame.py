"""What every page of a plan needs: the plan itself, visible to this person, and the navigation around it."""

from collections.abc import Callable
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from masterplan.models import CommentThread, Masterplan, Section
from smartcity.accounts.models import User
from smartcity.ui.http import SignedInRequest
from smartcity.ui.nav import NavLink

PLAN_NAV = (
    ("naskah", "Naskah", "masterplan:plan_detail"),
    ("tabel", "Tabel", "masterplan:row_overview"),
    ("quickwin", "Quick win", "quickwin:quick_win_list"),
    ("tahap", "Tahap", "bimtek:stage_list"),
    ("siklus", "Bimtek", "bimtek:cycle_list"),
    ("komentar", "Komentar", "masterplan:comment_list"),
    ("temuan", "Temuan", "masterplan:finding_list"),
    ("ekspor", "Ekspor", "export:export_list"),
)


def visible_plan(request: SignedInRequest, plan_code: str) -> Masterplan:
    """The plan with its regency, province, outline and dimension set; 404 for strangers."""
    plans = Masterplan.objects.visible_to(request.user)
    return get_object_or_404(plans.select_related("regency__province", "outline", "dimension_set"), code=plan_code)


def visible_section(request: SignedInRequest, plan_code: str, section_code: str, *, with_text: bool = True) -> Section:
    """The section with its outline part and offices; 404 for strangers and for other plans' codes."""
    plan = visible_plan(request, plan_code)
    sections = Section.objects.all() if with_text else Section.objects.without_text()
    section = (
        sections.filter(plan=plan, outline_section__code=section_code)
        .select_related("outline_section__chapter__book", "outline_section__dimension", "updated_by")
        .prefetch_related("opds")
        .first()
    )
    if section is None:
        raise Http404
    section.plan = plan
    return section


def polled_section(request: SignedInRequest, plan_code: str, section_code: str) -> Section:
    """For what every open tab asks every few seconds: one query instead of three, without text, offices and outline."""
    plans = Masterplan.objects.visible_to(request.user)
    sections = Section.objects.without_text().filter(
        plan__code=plan_code, plan__in=plans, outline_section__code=section_code
    )
    return get_object_or_404(sections.select_related("plan", "updated_by"))


def plan_frame(plan: Masterplan, current: str) -> dict[str, Any]:
    """Context of the base page inside a plan; `current` is a key of PLAN_NAV."""
    home = NavLink("Beranda", reverse("home"), current=current == "beranda")
    links = [
        NavLink(label, reverse(name, args=[plan.code]), key == current, _waiting(plan) if key == "komentar" else None)
        for key, label, name in PLAN_NAV
    ]
    return {"plan": plan, "region_label": plan.regency.label, "main_nav": [home, *links]}


def _waiting(plan: Masterplan) -> Callable[[User], int]:
    return lambda user: CommentThread.objects.waiting_for(user).filter(plan=plan).count()
