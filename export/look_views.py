"""The page "Tampilan buku": the coordinator chooses cover, colours, crest and photo, and sees the covers typeset."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from export import palette
from export.children import TypesettingError
from export.cover_preview import cover_pages
from export.preview import PreviewBusyError
from export.preview_views import BUSY
from masterplan.domain.book_look import ensure_manager, faults_in, look_of, reset_look, save_look
from masterplan.enums import CoverKind
from masterplan.forms.book_look import BookLookForm, ColoursForm
from masterplan.models import Masterplan
from masterplan.rules import can_manage_plan
from masterplan.views.frame import plan_frame, visible_plan
from smartcity.ui.http import SignedInRequest, is_htmx, number_in
from smartcity.ui.refusal import Conflict, Incomplete, NoRoom, Refusal, TooLarge

USUAL = {"primary": palette.ACCENT_DEEP, "secondary": palette.ACCENT}
SAYS = {
    CoverKind.GEOMETRIC: "Ubin enam warna dimensi; foto mengisi sebagian ubin.",
    CoverKind.TYPOGRAPHIC: "Huruf besar di atas putih; foto sebagai pelat.",
    CoverKind.PHOTO: "Foto penuh di atas pita warna utama.",
}


@require_http_methods(["GET", "POST"])
def look_edit(request: SignedInRequest, plan_code: str) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    look = look_of(plan.regency)
    if request.method != "POST":
        return _page(request, plan, BookLookForm(look=look, usual=USUAL))
    ensure_manager(plan, request.user)
    form = BookLookForm(request.POST, request.FILES, look=look, usual=USUAL)
    if not form.is_valid():
        return _page(request, plan, form)
    values = form.cleaned_data
    try:
        save_look(plan=plan, values=values, pictures=form.pictures, version=values["version"], by=request.user)
    except (Conflict, Incomplete, NoRoom, TooLarge) as refusal:
        return _page(request, plan, form, refusal=refusal)
    messages.success(request, "Tampilan buku tersimpan. Berkas yang dibuat sesudah ini memakainya.")
    return redirect("export:look_edit", plan.code)


@require_POST
def look_reset(request: SignedInRequest, plan_code: str) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    reset_look(plan=plan, version=number_in(request.POST.get("version", ""), -1), by=request.user)
    messages.success(request, "Tampilan buku kembali ke bawaan. Lambang dan foto tetap ada di halaman Gambar.")
    return redirect("export:look_edit", plan.code)


@require_GET
@never_cache
def look_covers(request: SignedInRequest, plan_code: str) -> HttpResponse:
    """The three covers with the colours asked for, which need not be saved yet."""
    plan = visible_plan(request, plan_code)
    look = look_of(plan.regency)
    asked = ColoursForm(request.GET, usual=USUAL)
    faults: dict[str, str] = {}
    if {"primary", "secondary"} <= request.GET.keys() and asked.is_valid():
        look.primary, look.secondary = asked.cleaned_data["primary"], asked.cleaned_data["secondary"]
        faults = faults_in(asked.cleaned_data, has_photo=False)
    context: dict[str, Any] = {
        "plan": plan,
        "look": look,
        "troubles": list(faults.values()),
        "covers": [],
        "trouble": "",
    }
    status = 200
    try:
        pages = cover_pages(plan, look)
        context["covers"] = [(kind, kind.label, pages[kind]) for kind in CoverKind]
    except PreviewBusyError:
        context["trouble"], status = BUSY, 503
    except TypesettingError as error:
        context["trouble"], status = str(error), 503
    if is_htmx(request):  # htmx shows what comes with 200 only
        return render(request, "export/look/covers.html#swapped", context)
    return render(request, "export/look/covers.html", {**plan_frame(plan, "ekspor"), **context}, status=status)


def _page(
    request: SignedInRequest, plan: Masterplan, form: BookLookForm, *, refusal: Refusal | None = None
) -> HttpResponse:  # fmt: skip
    context = {
        **plan_frame(plan, "ekspor"),
        "form": form,
        "look": form.look,
        "covers": [(kind, kind.label, SAYS[kind]) for kind in CoverKind],
        "chosen": form["cover"].value(),
        "may_write": can_manage_plan(request.user, plan),
        "refusal": refusal,
    }
    status = refusal.status if refusal else 422 if form.errors else 200
    return render(request, "export/look/edit.html", context, status=status)
