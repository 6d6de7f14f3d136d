"""The region's certificate, and signing editions with it."""

from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bimtek.domain.signature import (
    ensure_may_sign,
    make_test_certificate,
    remove_certificate,
    sign_edition,
    store_certificate,
)
from bimtek.models import Edition, SignedEdition, SigningCertificate
from bimtek.signing.certificate import SHORTEST_PASSPHRASE, TEST_PASSPHRASE
from bimtek.views.editions import edition_page
from masterplan.models import Masterplan
from masterplan.views.frame import plan_frame, visible_plan
from smartcity.ui.errors import refusal_response
from smartcity.ui.http import SignedInRequest, file_answer
from smartcity.ui.refusal import Incomplete, Refusal, TooLarge, WrongState

# Passphrases cannot be tried one after another; each try also costs the server about a second.
RATE = {"try": "10/5m/user"}


@sensitive_post_parameters("kata_sandi")
@require_http_methods(["GET", "POST"])
def certificate_detail(request: SignedInRequest, plan_code: str) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    ensure_may_sign(plan, request.user)
    if request.method == "GET":
        return _page(request, plan)
    if not _may_try(request):
        return refusal_response(request, 429)
    upload = request.FILES.get("berkas") or b""
    try:
        store_certificate(plan, upload=upload, passphrase=request.POST.get("kata_sandi", ""), by=request.user)
    except (Incomplete, TooLarge, WrongState) as refusal:
        return _page(request, plan, refusal)
    messages.success(request, "Sertifikat terpasang. Kata sandinya tidak disimpan.")
    return redirect("bimtek:certificate_detail", plan.code)


@require_POST
def certificate_test(request: SignedInRequest, plan_code: str) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    make_test_certificate(plan, by=request.user)
    messages.success(request, f"Sertifikat uji terpasang. Kata sandinya: {TEST_PASSPHRASE}")
    return redirect("bimtek:certificate_detail", plan.code)


@require_POST
def certificate_remove(request: SignedInRequest, plan_code: str) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    remove_certificate(plan, by=request.user)
    messages.success(request, "Sertifikat dihapus. Berkas yang sudah ditandatangani tetap ada.")
    return redirect("bimtek:certificate_detail", plan.code)


@sensitive_post_parameters("kata_sandi")
@require_POST
def edition_sign(request: SignedInRequest, plan_code: str, number: int) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    ensure_may_sign(plan, request.user)
    if not _may_try(request):
        return refusal_response(request, 429)
    found = Edition.objects.select_related("chain__submission__book").defer("chain__submission__book__content")
    edition = get_object_or_404(found, plan=plan, number=number)
    edition.plan = plan
    try:
        _, is_new = sign_edition(edition, passphrase=request.POST.get("kata_sandi", ""), by=request.user)
    except (Incomplete, WrongState) as refusal:
        return edition_page(request, plan, refusal=refusal)
    said = "sudah ditandatangani" if is_new else "sudah pernah ditandatangani dengan sertifikat ini"
    messages.success(request, f"{edition} {said}.")
    return redirect("bimtek:edition_list", plan.code)


@require_GET
def signed_download(request: SignedInRequest, plan_code: str, number: int, pk: int) -> FileResponse:
    plan = visible_plan(request, plan_code)
    signed = get_object_or_404(SignedEdition, pk=pk, edition__plan=plan, edition__number=number)
    return file_answer(str(signed.file.name), f"masterplan-{plan.code}-edisi-{number}-bertanda-tangan.pdf")


def _may_try(request: SignedInRequest) -> bool:
    return bool(ratelimit.consume(request, app="bimtek", action="try", config=RATE, user=request.user))


def _page(request: SignedInRequest, plan: Masterplan, refusal: Refusal | None = None) -> HttpResponse:
    context = {
        "certificate": SigningCertificate.objects.filter(regency=plan.regency_id).defer("content").first(),
        "shortest": SHORTEST_PASSPHRASE,
        "is_demo": settings.DEMO,
        "refusal": refusal,
    }
    status = refusal.status if refusal else 200
    return render(request, "bimtek/signature/certificate.html", {**plan_frame(plan, "tahap"), **context}, status=status)
