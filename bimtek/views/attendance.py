"""Participants and attendance of an event: the list with a box for each day, one participant, many at once."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from bimtek.domain import attendance
from bimtek.domain.attendance import days_of
from bimtek.forms.event import ManyParticipantsForm, ParticipantForm
from bimtek.models import Attendance, CycleEvent, Participant
from bimtek.views.events import days_with_counts, visible_event
from masterplan.models import Masterplan
from masterplan.rules import can_manage_plan
from masterplan.views.frame import plan_frame
from smartcity.ui.http import SignedInRequest, number_in
from smartcity.ui.refusal import Conflict, Incomplete, NotAllowed

form_methods = require_http_methods(["GET", "POST"])


@dataclass(frozen=True)
class Box:
    day: date
    value: str
    mark: Attendance | None


@dataclass(frozen=True)
class Line:
    participant: Participant
    boxes: list[Box]


@form_methods
def attendance_list(request: SignedInRequest, plan_code: str, pk: int) -> HttpResponse:
    plan, event = visible_event(request, plan_code, pk)
    if request.method == "GET":
        return _page(request, plan, event, ManyParticipantsForm())
    changed = attendance.mark_attendance(
        event, ticked=_pairs(request.POST, "hadir"), shown=_pairs(request.POST, "semula"), by=request.user
    )
    messages.success(request, f"{changed} tanda hadir berubah." if changed else "Tidak ada yang berubah.")
    return redirect("bimtek:attendance_list", plan.code, event.pk)


@require_POST
def participant_add(request: SignedInRequest, plan_code: str, pk: int) -> HttpResponse:
    plan, event = _writable_event(request, plan_code, pk)
    form = ManyParticipantsForm(request.POST)
    try:
        if not form.is_valid():
            return _page(request, plan, event, form, status=422)
        people = attendance.people_in(form.cleaned_data["lines"], form.cleaned_data["organisation_kind"])
        made = attendance.add_participants(event, people, by=request.user)
    except Incomplete as refusal:
        form.add_error("lines", f"{refusal.sentence} {refusal.next_step}".strip())
        return _page(request, plan, event, form, status=refusal.status)
    known = len(people) - len(made)
    tail = f"; {known} sudah ada dalam daftar" if known else ""
    messages.success(request, f"{len(made)} peserta ditambahkan{tail}.")
    return redirect("bimtek:attendance_list", plan.code, event.pk)


@form_methods
def participant_edit(request: SignedInRequest, plan_code: str, pk: int, person_pk: int) -> HttpResponse:
    plan, event = _writable_event(request, plan_code, pk)
    participant = get_object_or_404(event.participants, pk=person_pk)
    if request.method == "GET":
        return _form(request, plan, event, participant, ParticipantForm.of(participant))
    form = ParticipantForm(request.POST)
    if not form.is_valid():
        return _form(request, plan, event, participant, form, status=422)
    version = number_in(request.POST.get("versi", ""), 0)
    try:
        attendance.change_participant(participant, form.person(), version=version, by=request.user)
    except Conflict as refusal:
        form.add_error(None, f"{refusal.sentence} {refusal.next_step}")
        return _form(request, plan, event, participant, form, status=refusal.status)
    messages.success(request, f"Peserta “{form.cleaned_data['name']}” tersimpan.")
    return redirect("bimtek:attendance_list", plan.code, event.pk)


@require_POST
def participant_remove(request: SignedInRequest, plan_code: str, pk: int, person_pk: int) -> HttpResponse:
    plan, event = _writable_event(request, plan_code, pk)
    participant = get_object_or_404(event.participants, pk=person_pk)
    attendance.remove_participant(participant, by=request.user)
    messages.success(request, f"Peserta “{participant.name}” dikeluarkan dari daftar.")
    return redirect("bimtek:attendance_list", plan.code, event.pk)


def _writable_event(request: SignedInRequest, plan_code: str, pk: int) -> tuple[Masterplan, CycleEvent]:
    """Names and contacts of participants are shown for changing to the coordinator only."""
    plan, event = visible_event(request, plan_code, pk)
    if not can_manage_plan(request.user, plan):
        raise NotAllowed("Peserta dicatat oleh koordinator daerah.", next_step="Hubungi koordinator.")
    return plan, event


def _pairs(data: QueryDict, name: str) -> set[tuple[int, date]]:
    """“12:2026-08-01”; whatever is written otherwise counts as not ticked."""
    found = set()
    for value in data.getlist(name):
        pk, _, day = value.partition(":")
        try:
            found.add((int(pk[:12]), date.fromisoformat(day)))
        except ValueError:
            continue
    return found


def _lines(event: CycleEvent) -> list[Line]:
    days = days_of(event)
    lines = []
    for participant in event.participants.prefetch_related("attendances"):
        marks = {mark.day: mark for mark in participant.attendances.all()}
        lines.append(Line(participant, [Box(day, f"{participant.pk}:{day}", marks.get(day)) for day in days]))
    return lines


def _page(
    request: SignedInRequest, plan: Masterplan, event: CycleEvent, form: forms.Form, *, status: int = 200
) -> HttpResponse:  # fmt: skip
    context: dict[str, Any] = {
        "event": event,
        "lines": _lines(event),
        "days": days_with_counts(event),
        "form": form,
        "may_write": can_manage_plan(request.user, plan),
    }
    return render(request, "bimtek/event/attendance.html", {**plan_frame(plan, "siklus"), **context}, status=status)


def _form(
    request: SignedInRequest, plan: Masterplan, event: CycleEvent, participant: Participant, form: forms.Form,
    *, status: int = 200,
) -> HttpResponse:  # fmt: skip
    context = {"event": event, "participant": participant, "form": form}
    return render(request, "bimtek/event/participant.html", {**plan_frame(plan, "siklus"), **context}, status=status)
