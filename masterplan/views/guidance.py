"""Where a region's or province's coordinator adds to the ministry's guidance of one section."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from masterplan.domain.guidance import Place, editable_places, guidance_of, set_guidance
from masterplan.forms.guidance import GuidanceForm
from masterplan.models import LocalGuidance, OutlineSection
from masterplan.views.frame import plan_frame, visible_section
from smartcity.ui.http import SignedInRequest
from smartcity.ui.refusal import NotAllowed


def section_guidance(request: SignedInRequest, plan_code: str, section_code: str) -> HttpResponse:
    section = visible_section(request, plan_code, section_code)
    outline, regency = section.outline_section, section.plan.regency
    places = editable_places(request.user, regency)
    if not places:
        raise NotAllowed("Panduan daerah ditulis oleh koordinatornya.")
    own = _own_texts(outline, places)
    form = GuidanceForm(request.POST or None, places=places, initial=_asked(request, own))
    form.cancel_url = reverse("masterplan:section_write", args=[plan_code, section_code])
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        set_guidance(outline, place=form.chosen_place, stage=data["stage"], text=data["text"], by=request.user)
        messages.success(request, "Panduan tersimpan." if data["text"].strip() else "Panduan dihapus.")
        return redirect("masterplan:section_write", plan_code=plan_code, section_code=section_code)
    context = {
        **plan_frame(section.plan, "naskah"),
        "section": section,
        "outline": outline,
        "form": form,
        "guidance": guidance_of(outline, regency),
        "own": own,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "masterplan/section/guidance.html", context, status=status)


def _own_texts(outline: OutlineSection, places: list[Place]) -> list[LocalGuidance]:
    rows = LocalGuidance.objects.filter(outline_section=outline).select_related("regency__province", "province")
    return [row for row in rows if row.regency in places or row.province in places]


def _asked(request: SignedInRequest, own: list[LocalGuidance]) -> dict[str, str]:
    """`?ubah=<id>` fills the form with one's own text; anything else offers an empty form."""
    row = next((row for row in own if str(row.pk) == request.GET.get("ubah")), None)
    if row is None:
        return {}
    key = f"d{row.regency_id}" if row.regency_id else f"p{row.province_id}"
    return {"place": key, "stage": row.stage, "text": row.text}
