"""Pages behind the QR of a book: without sign-in, so they are throttled and tell only what stands on the book itself."""

import uuid
from typing import Any

from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from bimtek.domain.verification import answer_to, findings_of
from bimtek.enums import CheckedAs
from smartcity.regency.clock import zone_of
from smartcity.ui.errors import refusal_response
from smartcity.ui.http import is_htmx

# A hall that scans one sheet shares an address; a digest or a code cannot be found by trying anyway.
RATE = {"verify": "300/5m/ip"}


@never_cache
@login_not_required
@require_GET
def verification_home(request: HttpRequest) -> HttpResponse:
    if not _may_ask(request):
        return refusal_response(request, 429)
    return _answered(request, "bimtek/verification/home.html", {})


@never_cache
@login_not_required
@require_GET
def verification_detail(request: HttpRequest, book_code: uuid.UUID) -> HttpResponse:
    if not _may_ask(request):
        return refusal_response(request, 429)
    findings = findings_of(book_code)
    if findings is None:
        return render(request, "bimtek/verification/unknown.html", status=404)
    with timezone.override(zone_of(findings.book.submission.plan.regency_id)):
        context = {"findings": findings, "plan": findings.book.submission.plan}
        return _answered(request, "bimtek/verification/detail.html", context, book_code)


def _answered(
    request: HttpRequest, template: str, context: dict[str, Any], code: uuid.UUID | None = None
) -> HttpResponse:
    """Scripts fetch the answer alone; without them it stands on the page."""
    typed = request.GET.get("sidik", "")
    answer = answer_to(typed[:200], code) if typed else None
    status = 422 if answer and answer.kind == CheckedAs.MISTYPED and not is_htmx(request) else 200
    name = "bimtek/verification/answer.html" if is_htmx(request) else template
    return render(request, name, {**context, "answer": answer, "typed": typed[:200]}, status=status)


def _may_ask(request: HttpRequest) -> bool:
    return bool(ratelimit.consume(request, app="bimtek", action="verify", config=RATE, limit_get=True))
