"""The live facts of a plan as the editor fetches them: when it starts, when its tab is looked at again, and now and then."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_GET

from masterplan.consistency.catalogue import RUPIAH, Fact
from masterplan.domain.facts import facts_of
from masterplan.models import Masterplan
from masterplan.views.finding_table import address_of
from masterplan.views.frame import visible_plan
from smartcity.ui.http import SignedInRequest


@cache_control(private=True, no_cache=True)
@conditional_page
@gzip_page
@require_GET
def plan_facts(request: SignedInRequest, plan_code: str) -> HttpResponse:
    """A browser that has them already is answered with 304."""
    plan = visible_plan(request, plan_code)
    return JsonResponse({"facts": [_fact(plan, key, fact) for key, fact in facts_of(plan).items()]})


def _fact(plan: Masterplan, key: str, fact: Fact) -> dict[str, Any]:
    """`amount` and `noun` are there where a number typed with them may be the fact; former codes are not offered."""
    found = {
        "key": key,
        "label": fact.label,
        "short": fact.short,
        "long": fact.long,
        "href": address_of(fact.place, plan),
    }
    if fact.is_former:
        return found | {"is_former": True}
    if fact.value and (fact.is_count or fact.unit == RUPIAH):
        return found | {"amount": int(fact.value), "noun": fact.unit}
    return found
