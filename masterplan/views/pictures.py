"""Pictures come in through a section, go out to everybody who may see a plan of their region, and are listed in "Gambar"."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from masterplan.domain import bin_picture as bin_pictures
from masterplan.domain.binned import DAYS
from masterplan.domain.picture import store_picture
from masterplan.domain.section import ensure_present
from masterplan.domain.stored import DISK_FULL
from masterplan.models import Masterplan, Picture, Section
from masterplan.rules import can_manage_plan, can_write_section
from masterplan.views.frame import plan_frame, visible_plan, visible_section
from smartcity.ui.http import SignedInRequest, picture_answer
from smartcity.ui.refusal import Incomplete, NoRoom, NotAllowed, Refusal, TooLarge

SHOWN = 48
FORM_ROOM = 20_000  # what a multipart body adds to its file


@require_POST
def picture_upload(request: SignedInRequest, plan_code: str, section_code: str) -> HttpResponse:
    section = visible_section(request, plan_code, section_code)
    try:
        if not can_write_section(request.user, section):
            msg = "Bagian ini tidak ditugaskan kepada Anda."
            raise NotAllowed(msg)
        ensure_present(section)
        picture = _stored(request, section.plan)
    except Refusal as refusal:
        return JsonResponse({"error": refusal.sentence}, status=refusal.status)
    answer = {
        "id": str(picture.pk),
        "src": picture.source,
        "width": picture.width,
        "height": picture.height,
        "name": picture.name,
    }
    return JsonResponse(answer, status=201)


def _stored(request: SignedInRequest, plan: Masterplan) -> Picture:
    if int(request.headers.get("Content-Length") or 0) > settings.PICTURE_MAX_BYTES + FORM_ROOM:
        msg = f"Gambar terlalu besar, paling besar {settings.PICTURE_MAX_BYTES // 1_000_000} MB. Perkecil dahulu."
        raise TooLarge(msg)
    try:
        upload = request.FILES.get("file")
    except OSError as error:  # larger uploads lie on the disk while they come in
        raise NoRoom(DISK_FULL) from error
    if upload is None:
        msg = "Tidak ada berkas gambar dalam kiriman ini."
        raise Incomplete(msg)
    return store_picture(regency=plan.regency, upload=upload, name=upload.name or "", by=request.user)


@require_GET
def picture_list(request: SignedInRequest, plan_code: str) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    everything = bin_pictures.pictures_of(plan, bin_pictures.uses_in(plan.regency_id))
    is_unused = request.GET.get("tampil") == "tidak-dipakai"
    unused = [row for row in everything if not row[1] and not row[2]]
    page = Paginator(unused if is_unused else everything, SHOWN).get_page(request.GET.get("halaman"))
    context = {
        **plan_frame(plan, "naskah"),
        "page": page,
        "rows": [_row(plan, *row) for row in page],
        "total": len(everything),
        "unused": len(unused),
        "is_unused": is_unused,
        "query": "tampil=tidak-dipakai&" if is_unused else "",
        "may_manage": can_manage_plan(request.user, plan),
    }
    return render(request, "masterplan/picture/list.html", context)


def _row(plan: Masterplan, picture: Picture, sections: list[Section], is_on_cover: bool) -> dict[str, Any]:
    return {
        "picture": picture,
        "size": bin_pictures.size_of(picture),
        "sections": [(section, section.plan if section.plan_id != plan.pk else None) for section in sections],
        "is_on_cover": is_on_cover,
        "is_shown": is_on_cover or any(section.binned_at is None for section in sections),
    }


@require_POST
def picture_bin(request: SignedInRequest, plan_code: str, picture_id: uuid.UUID) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    picture = get_object_or_404(Picture, pk=picture_id, regency_id=plan.regency_id)
    bin_pictures.bin_picture(picture, plan=plan, by=request.user)
    messages.success(request, f"Gambar “{picture}” di keranjang. Sampai {DAYS} hari dapat dikembalikan.")
    return redirect("masterplan:picture_list", plan_code)


@require_GET
def picture_file(request: SignedInRequest, picture_id: uuid.UUID) -> HttpResponse:
    """Also for pictures in the bin: a text may still show them."""
    picture = get_object_or_404(Picture, pk=picture_id)
    if not Masterplan.objects.visible_to(request.user).filter(regency_id=picture.regency_id).exists():
        raise Http404
    return picture_answer(picture.file, f"{picture.pk}.{picture.extension}")
