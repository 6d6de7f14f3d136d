"""The registry of offices, kept by the coordinator."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from smartcity.regency.domain.office import change_office, create_office, set_office_active
from smartcity.regency.forms import OfficeForm, ReasonForm
from smartcity.regency.frame import region_frame, visible_regency
from smartcity.regency.models import Opd, Regency
from smartcity.regency.rules import can_keep_regency
from smartcity.ui.http import SignedInRequest
from smartcity.ui.refusal import Conflict, NotAllowed


def opd_create(request: SignedInRequest, code: str) -> HttpResponse:
    regency = _kept_regency(request, code)
    form = OfficeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            office = create_office(regency, facts=form.facts(), by=request.user)
        except Conflict as refusal:
            form.add_error("code", str(refusal))
        else:
            messages.success(request, f"{office.name} ditambahkan.")
            return redirect("regency:regency_detail", code=regency.pk)
    return _form_page(request, regency, form, None)


def opd_edit(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    regency = _kept_regency(request, code)
    office = get_object_or_404(Opd.objects.select_related("regency"), regency=regency, pk=pk)
    form = OfficeForm(request.POST or None, instance=office)
    if request.method == "POST" and form.is_valid():
        try:
            change_office(office, facts=form.facts(), by=request.user)
        except Conflict as refusal:
            form.add_error("code", str(refusal))
        else:
            messages.success(request, "Perubahan perangkat daerah tersimpan.")
            return redirect("regency:regency_detail", code=regency.pk)
    return _form_page(request, regency, form, office)


@require_POST
def opd_activity(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    """Close an office that was merged or dissolved, or open it again."""
    regency = _kept_regency(request, code)
    office = get_object_or_404(Opd, regency=regency, pk=pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Tuliskan alasannya lebih dahulu.")
        return redirect("regency:opd_edit", code=regency.pk, pk=office.pk)
    office = set_office_active(
        office, is_active=request.POST.get("aktif") == "1", reason=form.cleaned_data["reason"], by=request.user
    )
    messages.success(request, f"{office.name} kini {'aktif' if office.is_active else 'tidak aktif'}.")
    return redirect("regency:regency_detail", code=regency.pk)


def _kept_regency(request: SignedInRequest, code: str) -> Regency:
    regency = visible_regency(request, code)
    if not can_keep_regency(request.user, regency):
        raise NotAllowed(
            "Daftar perangkat daerah hanya diubah oleh koordinator daerah.",
            next_step="Hubungi koordinator daerah Anda.",
        )
    return regency


def _form_page(request: SignedInRequest, regency: Regency, form: OfficeForm, office: Opd | None) -> HttpResponse:
    form.cancel_url = reverse("regency:regency_detail", args=[regency.pk])
    context = {
        **region_frame(request, regency, "profil"),
        "form": form,
        "office": office,
        "reason_form": ReasonForm() if office else None,
    }
    return render(request, "regency/opd_form.html", context, status=422 if form.errors else 200)
