"""The registry of documents: list with what the stages demand, one document, its scan in and out."""

import uuid
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bimtek.domain.gate import documents_in, has_file, is_registered
from bimtek.domain.needs import DocumentNeed, documents_of
from bimtek.domain.stored_file import attach_to_document, files_seen_by
from bimtek.models import CycleDocument, Stage, StoredFile
from bimtek.registers import DOCUMENT
from masterplan.domain.row import StaleRowError, last_change
from masterplan.domain.stored import DISK_FULL
from masterplan.models import Masterplan
from masterplan.rules import can_manage_plan
from masterplan.views import rows
from masterplan.views.frame import plan_frame, visible_plan
from smartcity.ui.http import SignedInRequest, number_in
from smartcity.ui.refusal import Incomplete, NoRoom, Refusal, TooLarge

form_methods = require_http_methods(["GET", "POST"])
CONTENT_TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}
FORM_ROOM = 20_000  # what a multipart body adds to its file


@dataclass(frozen=True)
class Demand:
    stage: Stage
    need: DocumentNeed
    state: str  # of the status badge
    label: str


@require_GET
def document_list(request: SignedInRequest, plan_code: str) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    demands = _demands(documents_in(plan))
    return rows.list_page(request, plan_code, DOCUMENT, demands=demands, found=list(DOCUMENT.rows(plan)))


@require_GET
def document_detail(request: SignedInRequest, plan_code: str, pk: int) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    return _detail(request, plan, _document(plan, pk))


@form_methods
def document_create(request: SignedInRequest, plan_code: str) -> HttpResponse:
    return rows.create_page(request, plan_code, DOCUMENT)


@form_methods
def document_edit(request: SignedInRequest, plan_code: str, pk: int) -> HttpResponse:
    return rows.edit_page(request, plan_code, DOCUMENT, pk)


@form_methods
def document_delete(request: SignedInRequest, plan_code: str, pk: int) -> HttpResponse:
    return rows.delete_page(request, plan_code, DOCUMENT, pk)


@require_POST
def document_file(request: SignedInRequest, plan_code: str, pk: int) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    document = _document(plan, pk)
    try:
        upload = uploaded(request)
        attach_to_document(
            document,
            upload=upload,
            name=upload.name or "",
            version=number_in(request.POST.get("versi", ""), 0),
            by=request.user,
        )
    except (Incomplete, TooLarge, NoRoom, StaleRowError) as refusal:
        return _detail(request, plan, _document(plan, pk), refusal=refusal)
    messages.success(request, f"Berkas {document} tersimpan.")
    return redirect("bimtek:document_detail", plan.code, document.pk)


@require_GET
def file_download(request: SignedInRequest, plan_code: str, file_id: uuid.UUID) -> HttpResponse:
    """Always as a download, never shown inside our pages; images of an event ask for themselves with `?lihat`."""
    plan = visible_plan(request, plan_code)
    stored: StoredFile = get_object_or_404(files_seen_by(request.user, plan), pk=file_id)
    kind = CONTENT_TYPES.get(stored.extension)
    if kind is None:
        raise Http404
    try:
        with stored.file.open("rb") as handle:
            response = HttpResponse(handle.read(), content_type=kind)
    except FileNotFoundError as error:
        raise Http404 from error
    how = "inline" if stored.is_image and "lihat" in request.GET else "attachment"
    plain = f"{stored.pk}.{stored.extension}"
    response.headers["Content-Disposition"] = (
        f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(stored.name, safe='')}"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def uploaded(request: SignedInRequest) -> Any:
    """The file named `berkas`; raises TooLarge before it is read, Incomplete where there is none."""
    limit = settings.CYCLE_FILE_MAX_BYTES
    if int(request.headers.get("Content-Length") or 0) > limit + FORM_ROOM:
        raise TooLarge(f"Berkas terlalu besar, paling besar {limit // 1_000_000} MB.", next_step="Kecilkan dahulu.")
    try:
        upload = request.FILES.get("berkas")
    except OSError as error:  # larger uploads lie on the disk while they come in
        raise NoRoom(DISK_FULL) from error
    if upload is None:
        raise Incomplete("Tidak ada berkas yang dipilih.", next_step="Pilih berkasnya, lalu unggah.")
    return upload


def _document(plan: Masterplan, pk: int) -> CycleDocument:
    document: CycleDocument = get_object_or_404(DOCUMENT.rows(plan), pk=pk)
    document.plan = plan
    return document


def _detail(
    request: SignedInRequest, plan: Masterplan, document: CycleDocument, *, refusal: Refusal | None = None
) -> HttpResponse:  # fmt: skip
    context = {
        "kind": DOCUMENT,
        "document": document,
        "may_write": can_manage_plan(request.user, plan),
        "refusal": refusal,
        "max_mb": settings.CYCLE_FILE_MAX_BYTES // 1_000_000,
        "last_change": last_change(document),
    }
    status = refusal.status if refusal else 200
    return render(request, "bimtek/document/detail.html", {**plan_frame(plan, "siklus"), **context}, status=status)


def _demands(documents: dict[str, bool]) -> list[Demand]:
    return [_demand(stage, need, documents) for stage in Stage.objects.all() for need in documents_of(stage)]


def _demand(stage: Stage, need: DocumentNeed, documents: dict[str, bool]) -> Demand:
    if not is_registered(need, documents):
        return Demand(stage, need, "none", "Belum terdaftar")
    if not has_file(need, documents):
        return Demand(stage, need, "writing", "Belum ada berkas")
    return Demand(stage, need, "complete", "Ada")
