"""Pictures come in through a section and go out to everybody who may see a plan of their region."""

import uuid

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET, require_POST

from masterplan.domain.picture import DISK_FULL, store_picture
from masterplan.models import Masterplan, Picture
from masterplan.rules import can_write_section
from masterplan.views.frame import visible_section
from smartcity.ui.http import SignedInRequest
from smartcity.ui.refusal import Incomplete, NoRoom, NotAllowed, Refusal, TooLarge

CONTENT_TYPES = {"jpg": "image/jpeg", "png": "image/png"}
FORM_ROOM = 20_000  # what a multipart body adds to its file


@require_POST
def picture_upload(request: SignedInRequest, plan_code: str, section_code: str) -> HttpResponse:
    section = visible_section(request, plan_code, section_code)
    try:
        if not can_write_section(request.user, section):
            msg = "Bagian ini tidak ditugaskan kepada Anda."
            raise NotAllowed(msg)
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
def picture_file(request: SignedInRequest, picture_id: uuid.UUID) -> HttpResponse:
    """Also for pictures in the bin: a text may still show them."""
    picture = get_object_or_404(Picture, pk=picture_id)
    if not Masterplan.objects.visible_to(request.user).filter(regency_id=picture.regency_id).exists():
        raise Http404
    kind = CONTENT_TYPES.get(picture.extension)
    if kind is None:
        raise Http404
    try:
        with picture.file.open("rb") as handle:
            response = HttpResponse(handle.read(), content_type=kind)
    except FileNotFoundError as error:
        raise Http404 from error
    response.headers["Content-Disposition"] = f'inline; filename="{picture.pk}.{picture.extension}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response
