"""The pages "Kirim contoh tempelan" and "Contoh tempelan"."""

import json

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from masterplan.domain import paste_sample as samples
from masterplan.models import Masterplan, PasteSample
from masterplan.rules import can_edit_reference
from masterplan.views.body import UnreadableError, read_json_leniently
from masterplan.views.frame import plan_frame, visible_plan
from smartcity.ui.http import SignedInRequest
from smartcity.ui.nav import site_frame
from smartcity.ui.refusal import Incomplete, NotAllowed, Refusal, TooLarge

MAX_BODY = 4 * samples.MAX_TOTAL  # JSON writes some characters with six letters; what is inside is measured later
SHOWN = 30


@require_http_methods(["GET", "POST"])
def sample_send(request: SignedInRequest, plan_code: str) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    samples.ensure_may_send(plan, request.user)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            _send(request, plan)
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, "Contoh tempelan terkirim. Terima kasih; Anda dapat mengirim yang lain.")
            return redirect("masterplan:sample_send", plan_code)
    context = {
        **plan_frame(plan, "naskah"),
        "programs": samples.PROGRAMS,
        "program": request.POST.get("program", ""),
        "note": request.POST.get("catatan", ""),
        "max_note": samples.MAX_NOTE,
        "max_flavour": samples.MAX_FLAVOUR,
        "max_total": samples.MAX_TOTAL,
        "refusal": refusal,
    }
    return render(request, "masterplan/paste_sample/send.html", context, status=refusal.status if refusal else 200)


def _send(request: SignedInRequest, plan: Masterplan) -> None:
    upload = request.FILES.get("isi")
    body = upload.read(MAX_BODY + 1) if upload else b"{}"
    if len(body) > MAX_BODY:
        raise TooLarge("Seluruh isi papan klip terlalu besar, paling besar 5 MB.")
    try:
        clipboard = read_json_leniently(body)
    except UnreadableError as error:
        raise Incomplete(
            "Isi papan klip tidak dapat dibaca.", next_step="Muat ulang halaman, lalu tempel lagi."
        ) from error
    program, note = (request.POST.get(name, "").replace("\x00", "") for name in ("program", "catatan"))
    samples.send_sample(plan, program=program, note=note, clipboard=clipboard, by=request.user)


@require_GET
def sample_list(request: SignedInRequest) -> HttpResponse:
    if not can_edit_reference(request.user):
        raise NotAllowed("Contoh tempelan dikumpulkan oleh editor kementerian.")
    page = Paginator(samples.samples(), SHOWN).get_page(request.GET.get("halaman"))
    return render(request, "masterplan/paste_sample/list.html", {**site_frame("acuan"), "page": page})


@require_GET
def sample_download(request: SignedInRequest, pk: int) -> HttpResponse:
    sample = _sample(request, pk)
    body = json.dumps(samples.fixture(sample, by=request.user), ensure_ascii=False, indent=1)
    response = HttpResponse(body, content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{samples.file_name(sample)}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
def sample_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    sample = _sample(request, pk)
    samples.delete_sample(sample, by=request.user)
    messages.success(request, f"Contoh tempelan dari {sample.program} dihapus.")
    return redirect("masterplan:sample_list")


def _sample(request: SignedInRequest, pk: int) -> PasteSample:
    """Whoever may not collect learns nothing about which samples there are."""
    if not can_edit_reference(request.user):
        raise NotAllowed("Contoh tempelan dikumpulkan oleh editor kementerian.")
    return get_object_or_404(PasteSample, pk=pk)
