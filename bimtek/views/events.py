"""Events: the list, one event with its agenda, outcome and files, and the QR of a day."""

from datetime import date
from itertools import groupby
from typing import Any

import segno
from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bimtek.domain.attendance import code_of, days_of
from bimtek.domain.event import add_file, remove_file
from bimtek.enums import EventKind
from bimtek.forms.approval import OutcomeForm
from bimtek.forms.event import EventFileForm
from bimtek.models import Attendance, CycleEvent, EventFile
from bimtek.registers import EVENT
from bimtek.rules import can_judge_ekspose
from bimtek.views.documents import uploaded
from masterplan.domain.row import last_change
from masterplan.models import Masterplan
from masterplan.rules import can_manage_plan
from masterplan.views import rows
from masterplan.views.frame import plan_frame, visible_plan
from smartcity.ui.http import SignedInRequest
from smartcity.ui.refusal import Incomplete, NoRoom, NotAllowed, Refusal, TooLarge

form_methods = require_http_methods(["GET", "POST"])


@require_GET
def event_list(request: SignedInRequest, plan_code: str) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    found = list(EVENT.rows(plan).annotate(people=Count("participants")))
    today = timezone.localdate()
    coming = [event for event in found if event.end_date >= today]
    held = [event for event in reversed(found) if event.end_date < today]
    return rows.list_page(request, plan_code, EVENT, coming=coming, held=held)


@require_GET
def event_detail(request: SignedInRequest, plan_code: str, pk: int) -> HttpResponse:
    return detail_page(request, *visible_event(request, plan_code, pk))


@form_methods
def event_create(request: SignedInRequest, plan_code: str) -> HttpResponse:
    return rows.create_page(request, plan_code, EVENT)


@form_methods
def event_edit(request: SignedInRequest, plan_code: str, pk: int) -> HttpResponse:
    return rows.edit_page(request, plan_code, EVENT, pk)


@form_methods
def event_delete(request: SignedInRequest, plan_code: str, pk: int) -> HttpResponse:
    return rows.delete_page(request, plan_code, EVENT, pk)


@require_POST
def event_file_add(request: SignedInRequest, plan_code: str, pk: int) -> HttpResponse:
    plan, event = visible_event(request, plan_code, pk)
    form = EventFileForm(request.POST)
    if not form.is_valid():
        return detail_page(request, plan, event, refusal=Incomplete("Pilih jenis berkasnya."))
    try:
        upload = uploaded(request)
        add_file(event, upload=upload, name=upload.name or "", by=request.user, **form.cleaned_data)
    except (Incomplete, TooLarge, NoRoom) as refusal:
        return detail_page(request, plan, event, refusal=refusal)
    messages.success(request, "Berkas tersimpan.")
    return redirect(EVENT.address("detail", plan, event.pk) + "#berkas")


@require_POST
def event_file_remove(request: SignedInRequest, plan_code: str, pk: int, file_pk: int) -> HttpResponse:
    plan, event = visible_event(request, plan_code, pk)
    file = get_object_or_404(EventFile, pk=file_pk, event=event)
    file.event = event
    remove_file(file, by=request.user)
    messages.success(request, f"“{file}” tidak lagi pada kegiatan ini.")
    return redirect(EVENT.address("detail", plan, event.pk) + "#berkas")


@require_GET
def event_qr(request: SignedInRequest, plan_code: str, pk: int, day: str) -> HttpResponse:
    """For the projector: whoever photographs it may come in, so only who keeps the list shows it."""
    plan, event = visible_event(request, plan_code, pk)
    if not can_manage_plan(request.user, plan):
        raise NotAllowed(
            "QR kehadiran ditampilkan oleh koordinator daerah.", next_step="Minta koordinator menampilkannya."
        )
    try:
        shown = date.fromisoformat(day)
    except ValueError as error:
        raise Http404 from error
    if shown not in days_of(event):
        raise Http404
    address = request.build_absolute_uri(reverse("bimtek:check_in", args=[code_of(event, shown)]))
    context = {"event": event, "day": shown, "address": address, "qr": qr_svg(address)}
    return render(request, "bimtek/event/qr.html", {**plan_frame(plan, "siklus"), **context})


def qr_svg(address: str) -> SafeString:
    """Made of numbers alone; no style and no script, as the content security policy wants it."""
    drawn = segno.make(address, error="m", micro=False).svg_inline(
        scale=8, border=2, omitsize=True, svgclass="qr", lineclass="qr-line"
    )
    return mark_safe(drawn)  # noqa: S308 - segno draws paths from bits


def visible_event(request: SignedInRequest, plan_code: str, pk: int) -> tuple[Masterplan, CycleEvent]:
    plan = visible_plan(request, plan_code)
    event: CycleEvent = get_object_or_404(EVENT.rows(plan), pk=pk)
    event.plan = plan
    return plan, event


def detail_page(
    request: SignedInRequest, plan: Masterplan, event: CycleEvent, *, refusal: Refusal | None = None,
    outcome_form: OutcomeForm | None = None,
) -> HttpResponse:  # fmt: skip
    is_ekspose = event.kind == EventKind.EKSPOSE
    may_judge = is_ekspose and not event.is_cancelled and can_judge_ekspose(request.user, plan)
    context: dict[str, Any] = {
        "kind": EVENT,
        "event": event,
        "agenda": [(day, list(items)) for day, items in groupby(event.agenda.all(), key=lambda item: item.day)],
        "days": days_with_counts(event),
        "people": event.participants.count(),
        "files": list(event.files.select_related("stored")),
        "file_form": EventFileForm(),
        "today": timezone.localdate(),
        "may_write": can_manage_plan(request.user, plan),
        "refusal": refusal,
        "last_change": last_change(event),
        "is_ekspose": is_ekspose,
        "outcomes": list(event.outcomes.all()) if is_ekspose else [],
        "outcome_form": (outcome_form or OutcomeForm()) if may_judge else None,
    }
    status = refusal.status if refusal else 200
    return render(request, "bimtek/event/detail.html", {**plan_frame(plan, "siklus"), **context}, status=status)


def days_with_counts(event: CycleEvent) -> list[tuple[date, int]]:
    found = Attendance.objects.filter(participant__event=event).order_by().values("day").annotate(number=Count("pk"))
    counts = {entry["day"]: entry["number"] for entry in found}
    return [(day, counts.get(day, 0)) for day in days_of(event)]
