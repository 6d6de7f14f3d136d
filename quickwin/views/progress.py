"""What is reported of a quick win, from its sheet; and the photos, for who reads the plan."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_POST

from masterplan.domain.row import StaleRowError
from masterplan.domain.stored import DISK_FULL
from masterplan.views.frame import visible_plan
from quickwin.domain.progress import MAX_PHOTOS, reassign, report_milestone, tell_news
from quickwin.forms.progress import MilestoneReportForm, NewsForm
from quickwin.models import EvidencePhoto
from quickwin.views.quick_win import sheet_page, win_or_404
from smartcity.ui.http import SignedInRequest, number_in, picture_answer
from smartcity.ui.refusal import Conflict, Incomplete, NoRoom, TooLarge, WrongState

FORM_ROOM = 40_000  # what a multipart body adds to its files


@require_POST
def news_add(request: SignedInRequest, plan_code: str, pk: int) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    win = win_or_404(plan, pk)
    form = NewsForm()
    try:
        photos = _photos(request)
        form = NewsForm(request.POST)
        tell_news(win, **form.news, photos=photos, by=request.user)
    except (Incomplete, NoRoom, TooLarge) as refusal:
        return sheet_page(request, plan, pk, refusal=refusal, typed=form.data)
    messages.success(request, f"Kabar tersimpan{f' dengan {len(photos)} foto' if photos else ''}.")
    return redirect("quickwin:quick_win_detail", plan_code, pk)


def _photos(request: SignedInRequest) -> list[Any]:
    """From the camera or from the phone's pictures; raises TooLarge before anything is read."""
    limit = settings.PICTURE_MAX_BYTES * MAX_PHOTOS
    if int(request.headers.get("Content-Length") or 0) > limit + FORM_ROOM:
        raise TooLarge(
            f"Kiriman terlalu besar, paling besar {limit // 1_000_000} MB.", next_step="Kirim fotonya satu per satu."
        )
    try:
        return [each for name in ("foto", "galeri") for each in request.FILES.getlist(name)]
    except OSError as error:  # larger uploads lie on the disk while they come in
        raise NoRoom(DISK_FULL) from error


@require_POST
def milestone_report(request: SignedInRequest, plan_code: str, pk: int) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    form = MilestoneReportForm(request.POST)
    try:
        report_milestone(win_or_404(plan, pk), **form.report, by=request.user)
    except (StaleRowError, Incomplete, WrongState) as refusal:
        return sheet_page(request, plan, pk, refusal=refusal)
    messages.success(request, "Tonggak dicatat.")
    return redirect("quickwin:quick_win_detail", plan_code, pk)


@require_POST
def win_reassign(request: SignedInRequest, plan_code: str, pk: int) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    win = win_or_404(plan, pk)
    opd, version = (number_in(request.POST.get(name, ""), 0) for name in ("opd", "versi"))
    try:
        changed = reassign(win, opd=opd, version=version, by=request.user)
    except (Conflict, Incomplete) as refusal:
        return sheet_page(request, plan, pk, refusal=refusal)
    messages.success(request, f"{win} kini dipimpin {changed.lead_opd.label}.")
    return redirect("quickwin:quick_win_detail", plan_code, pk)


@require_GET
def photo_file(request: SignedInRequest, plan_code: str, photo_id: uuid.UUID) -> HttpResponse:
    photo = get_object_or_404(EvidencePhoto, pk=photo_id, plan=visible_plan(request, plan_code))
    return picture_answer(photo.file, f"{photo.pk}.{photo.extension}")
