"""A region's plans: list, new one, overview, who writes what, who helps from outside."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from masterplan.domain import assignment, completeness, presence, recovered
from masterplan.domain.plan import create_plan
from masterplan.domain.word_import import may_import
from masterplan.forms.plan import MemberForm, PerimeterForm, PlanForm
from masterplan.models import DimensionSet, Masterplan, PlanMember, Section
from masterplan.rules import can_edit_reference, can_manage_plan
from masterplan.views.frame import plan_frame, visible_plan
from smartcity.accounts.enums import Role
from smartcity.accounts.standing import standing_of
from smartcity.ui.http import SignedInRequest
from smartcity.ui.nav import site_frame
from smartcity.ui.refusal import Conflict, Incomplete, NotAllowed


def plan_list(request: SignedInRequest) -> HttpResponse:
    plans = Masterplan.objects.visible_to(request.user).select_related("regency__province", "outline")
    may_create = bool(standing_of(request.user).regency_ids_as(Role.COORDINATOR))
    context = {**site_frame("rencana"), "plans": plans, "may_create": may_create}
    return render(request, "masterplan/plan/list.html", context)


def plan_create(request: SignedInRequest) -> HttpResponse:
    regency_ids = standing_of(request.user).regency_ids_as(Role.COORDINATOR)
    if not regency_ids:
        msg = "Masterplan dibuat oleh koordinator Diskominfo daerah."
        raise NotAllowed(msg)
    year = timezone.localdate().year
    initial = {"start_year": year + 1, "base_year": year - 1}
    form = PlanForm(request.POST or None, regency_ids=regency_ids, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            plan = create_plan(**form.cleaned_data, dimension_set=DimensionSet.objects.all()[0], by=request.user)
        except Conflict as conflict:
            form.add_error("start_year", f"{conflict.sentence} {conflict.next_step}")
        else:
            messages.success(
                request, "Masterplan dibuat. Mulailah dari Bab I, atau tugaskan bagian kepada perangkat daerah."
            )
            return redirect("masterplan:plan_detail", plan.code)
    status = 422 if form.errors else 200
    return render(request, "masterplan/plan/create.html", {**site_frame("rencana"), "form": form}, status=status)


def plan_detail(request: SignedInRequest, plan_code: str) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    progress = completeness.of_plan(plan)
    presence.attach_company((item.section for item in progress.sections), presence.company_in_plan(plan))
    context = {
        **plan_frame(plan, "naskah"),
        "progress": progress,
        "open_copies": recovered.open_count(plan, request.user),
        "may_manage": can_manage_plan(request.user, plan),
        "may_import": may_import(plan, [item.section for item in progress.sections], request.user),
        "may_see_members": can_manage_plan(request.user, plan) or can_edit_reference(request.user),
        "has_notes": plan.source_notes.exists(),
        "priorities": plan.own_goals.exclude(priority=None).select_related("dimension").order_by("priority"),
    }
    return render(request, "masterplan/plan/detail.html", context)


def plan_notes(request: SignedInRequest, plan_code: str) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    return render(
        request, "masterplan/plan/notes.html", {**plan_frame(plan, "naskah"), "notes": plan.source_notes.all()}
    )


def section_assign(request: SignedInRequest, plan_code: str) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    may_manage = can_manage_plan(request.user, plan)
    offices = list(plan.regency.opds.filter(is_active=True))
    if request.method == "POST":
        _ensure(may_manage, "Penugasan diatur oleh koordinator Diskominfo.")
        changed = assignment.assign(plan, _wanted(request, plan, offices), by=request.user)
        messages.success(request, f"Penugasan {changed} bagian diperbarui.")
        return redirect("masterplan:section_assign", plan.code)
    context = {
        **plan_frame(plan, "naskah"),
        "progress": completeness.of_plan(plan),
        "offices": offices,
        "may_manage": may_manage,
    }
    return render(request, "masterplan/plan/assign.html", context)


def _wanted(request: SignedInRequest, plan: Masterplan, offices: list[Any]) -> dict[int, list[Any]]:
    """Chosen offices of every section on the form; ids that are not of this region count for nothing."""
    by_id = {str(office.pk): office for office in offices}
    section_ids = Section.objects.present().filter(plan=plan).values_list("pk", flat=True)
    return {
        pk: [by_id[value] for value in request.POST.getlist(f"section-{pk}") if value in by_id]
        for pk in section_ids
        if f"section-{pk}-shown" in request.POST
    }


def member_list(request: SignedInRequest, plan_code: str) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    may_call = can_edit_reference(request.user)
    form = MemberForm(request.POST or None, plan=plan)
    if request.method == "POST":
        _ensure(may_call, "Pembimbing dan asesor ditetapkan oleh editor kementerian.")
        if form.is_valid():
            try:
                assignment.add_member(
                    plan,
                    email=form.cleaned_data["email"],
                    role=Role(form.cleaned_data["role"]),
                    perimeter=form.perimeter,
                    by=request.user,
                )
            except Incomplete as refusal:
                form.add_error("email", refusal.sentence)
            else:
                return redirect("masterplan:member_list", plan.code)
    context = {
        **plan_frame(plan, "naskah"),
        "members": _members(plan),
        "form": form,
        "may_call": may_call,
    }
    return render(request, "masterplan/plan/members.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def member_edit(request: SignedInRequest, plan_code: str, pk: int) -> HttpResponse:
    """What this member judges."""
    plan = visible_plan(request, plan_code)
    member = get_object_or_404(plan.members.select_related("user"), pk=pk)
    _ensure(can_edit_reference(request.user), "Pembimbing dan asesor ditetapkan oleh editor kementerian.")
    member.plan = plan
    initial = {"books": member.books, "dimensions": member.dimensions}
    form = PerimeterForm(request.POST if request.method == "POST" else None, plan=plan, initial=initial)
    form.cancel_url = reverse("masterplan:member_list", args=[plan.code])
    if form.is_valid():
        assignment.set_perimeter(member, form.perimeter, by=request.user)
        messages.success(request, f"Bidang yang dinilai {member.user} disimpan.")
        return redirect("masterplan:member_list", plan.code)
    context = {**plan_frame(plan, "naskah"), "member": member, "form": form}
    return render(request, "masterplan/plan/member.html", context, status=422 if form.errors else 200)


def _members(plan: Masterplan) -> list[tuple[PlanMember, list[str]]]:
    """With the names of what each of them judges."""
    books = {book.code: f"Buku {book.number}" for book in plan.outline.books.all()}
    names = books | dict(plan.dimension_set.dimensions.values_list("code", "name"))
    return [
        (member, [names[code] for code in (*member.books, *member.dimensions) if code in names])
        for member in plan.members.select_related("user")
    ]


@require_POST
def member_remove(request: SignedInRequest, plan_code: str, pk: int) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    member = get_object_or_404(plan.members.select_related("plan", "user"), pk=pk)
    _ensure(can_edit_reference(request.user), "Pembimbing dan asesor ditetapkan oleh editor kementerian.")
    assignment.remove_member(member, by=request.user)
    return redirect("masterplan:member_list", plan.code)


def _ensure(allowed: bool, sentence: str) -> None:
    if not allowed:
        raise NotAllowed(sentence)
