"""Pen and presence over HTTP: JSON for the editor and for the marks in the outline."""

import json
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from masterplan.domain import presence
from masterplan.domain.presence import Company
from masterplan.views.frame import visible_plan, visible_section
from smartcity.ui.http import SignedInRequest


def company_as_json(company: Company) -> dict[str, Any]:
    pen, taken = company.pen, company.taken
    return {
        "here": [{"name": h.name, "client": h.client, "writing": h.writing, "you": h.you} for h in company.here],
        "lease": pen and {"client": pen.client, "name": pen.name, "until": pen.until.isoformat(), "yours": pen.yours},
        "taken": taken and {"by": taken.by, "at": timezone.localtime(taken.at).strftime("%H.%M")},
    }


@require_POST
@never_cache
def section_lease(request: SignedInRequest, plan_code: str, section_code: str) -> HttpResponse:
    """Take, take over or lay down the pen; answers with who is here. `held` is true when somebody else kept it."""
    section = visible_section(request, plan_code, section_code, with_text=False)
    try:
        body = json.loads(request.body)
        client, takeover, release = body["client"], body.get("takeover") is True, body.get("release") is True
    except (ValueError, KeyError, TypeError, AttributeError):
        client, takeover, release = "", False, False
    if not isinstance(client, str) or not 0 < len(client) <= 60:
        return JsonResponse({"error": "Kiriman tidak dapat dibaca."}, status=400)
    if release:
        presence.leave(section, user=request.user, client=client)
        return JsonResponse({"held": False})
    held = not presence.take_pen(section, user=request.user, client=client, takeover=takeover)
    company = presence.company_of(section, user=request.user)
    return JsonResponse({"held": held, **company_as_json(company)})


@require_GET
@never_cache
def plan_presence(request: SignedInRequest, plan_code: str) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    company = presence.company_in_plan(plan)
    return JsonResponse({"sections": {code: {"here": c.here, "writer": c.writer} for code, c in company.items()}})
