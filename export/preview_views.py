"""The pages of a section beside its editor, and as a page of their own."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from export.children import TypesettingError
from export.preview import PreviewBusyError, pages_of
from masterplan.views.frame import plan_frame, visible_section
from smartcity.ui.http import SignedInRequest, is_htmx

BUSY = "Banyak pratinjau sedang ditata. Coba lagi sebentar."


@require_GET
@never_cache
def section_preview(request: SignedInRequest, plan_code: str, section_code: str) -> HttpResponse:
    section = visible_section(request, plan_code, section_code)
    context: dict[str, Any] = {"plan": section.plan, "outline": section.outline_section}
    status = 200
    try:
        context["preview"] = pages_of(section)
    except PreviewBusyError:
        context["trouble"], status = BUSY, 503
    except TypesettingError as error:
        context["trouble"], status = str(error), 503
    if is_htmx(request):  # htmx shows what comes with 200 only
        return render(request, "export/preview.html#pages", context)
    return render(request, "export/preview.html", {**plan_frame(section.plan, "naskah"), **context}, status=status)
