"""The list of all regions and the page of one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from smartcity.regency.domain.region import change_profile
from smartcity.regency.enums import RegencyKind
from smartcity.regency.forms import ProfileForm
from smartcity.regency.frame import region_frame, visible_regency
from smartcity.regency.models import Opd, Regency
from smartcity.regency.rules import can_keep_regency, viewable_regencies
from smartcity.ui.http import SignedInRequest
from smartcity.ui.nav import site_frame
from smartcity.ui.refusal import NotAllowed

PAGE = 50
LONGEST_SEARCH = 80


def search_text(request: SignedInRequest) -> str:
    """What was typed in `?cari=`; abbreviations such as "Kab." lose their dot."""
    typed = request.GET.get("cari", "").replace("\x00", "")[:LONGEST_SEARCH]
    return " ".join(word if word[:1].isdigit() else word.rstrip(".,") for word in typed.split())


def page_query(text: str) -> str:
    """What the links to other pages carry along."""
    return f"{urlencode({'cari': text})}&" if text else ""


def regency_list(request: SignedInRequest) -> HttpResponse:
    text = search_text(request)
    regencies = nearest_first(Regency.objects.matching(text).select_related("province"), text)
    page = Paginator(regencies, PAGE).get_page(request.GET.get("halaman"))
    codes = [regency.pk for regency in page]
    open_codes = set(viewable_regencies(request.user).filter(pk__in=codes).values_list("pk", flat=True))
    context = {
        **site_frame("daerah"),
        "page": page,
        "search": text,
        "query": page_query(text),
        "open_codes": open_codes,
    }
    return render(request, "regency/regency_list.html", context)


def nearest_first(regencies: QuerySet[Regency], text: str) -> QuerySet[Regency]:
    """Regions with exactly the typed name come before those that only contain it."""
    if not text:
        return regencies.order_by("code")
    name = text_without_kind(text)
    nearness = Case(
        When(name__iexact=name, then=Value(0)),
        When(name__istartswith=name, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return regencies.annotate(nearness=nearness).order_by("nearness", "code")


def text_without_kind(text: str) -> str:
    """ "kab banjar" and "kota banjar" are near to the name "Banjar"."""
    first, _, rest = text.partition(" ")
    is_kind = len(first) > 2 and any(kind.startswith(first.lower()) for kind in RegencyKind.values)
    return rest if rest and is_kind else text


def regency_detail(request: SignedInRequest, code: str) -> HttpResponse:
    regency = visible_regency(request, code)
    text = search_text(request)
    offices = Opd.objects.filter(regency=regency)
    context = {
        **region_frame(request, regency, "profil"),
        "offices": (offices.matching(text) if text else offices).order_by("-is_active", "position", "name"),
        "search": text,
    }
    return render(request, "regency/regency_detail.html", context)


def regency_edit(request: SignedInRequest, code: str) -> HttpResponse:
    regency = visible_regency(request, code)
    if not can_keep_regency(request.user, regency):
        raise NotAllowed(
            "Profil daerah hanya diubah oleh koordinator daerah.", next_step="Hubungi koordinator daerah Anda."
        )
    form = ProfileForm(request.POST or None, instance=regency)
    if request.method == "POST" and form.is_valid():
        change_profile(regency, facts=form.cleaned_data, by=request.user)
        messages.success(request, "Profil daerah tersimpan.")
        return redirect("regency:regency_detail", code=regency.pk)
    form.cancel_url = reverse("regency:regency_detail", args=[regency.pk])
    context = {**region_frame(request, regency, "profil"), "form": form}
    return render(request, "regency/regency_edit.html", context, status=422 if form.errors else 200)
