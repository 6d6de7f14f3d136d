"""The page "Pulihan": a person's own copies of text that could not be merged."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from masterplan import prose
from masterplan.models import RecoveredCopy
from masterplan.views.frame import plan_frame, visible_plan
from smartcity.ui.http import SignedInRequest


@require_GET
def recovered_list(request: SignedInRequest, plan_code: str) -> HttpResponse:
    plan = visible_plan(request, plan_code)
    own = RecoveredCopy.objects.filter(section__plan=plan, user=request.user).select_related("section__outline_section")
    copies = [(copy, prose.plain_text(copy.doc)) for copy in own[:50]]
    return render(request, "masterplan/recovered/list.html", {**plan_frame(plan, "naskah"), "copies": copies})
