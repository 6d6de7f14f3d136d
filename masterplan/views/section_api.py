"""The endpoints of the section editor. Always JSON; 401 comes from the sign-in middleware, 404 means a stranger."""

import time
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from masterplan import prose
from masterplan.domain import presence, recovered, section_log
from masterplan.domain import section as sections
from masterplan.domain.section import InBin, Stale
from masterplan.domain.section_log import Missed
from masterplan.models import Section
from masterplan.views.body import UnreadableError, read_json, read_json_leniently
from masterplan.views.comments import stamp_of
from masterplan.views.frame import polled_section, visible_section
from masterplan.views.presence import company_as_json
from masterplan.views.section_head import head_as_json, last_save
from smartcity.ui.http import SignedInRequest, number_in
from smartcity.ui.refusal import Refusal

MAX_BODY = 2_000_000
MAX_VERSION = 2**31
MAX_CLIENT = 60


def refuse(status: int, sentence: str) -> JsonResponse:
    return JsonResponse({"error": sentence}, status=status)


def _missed(missed: Missed) -> dict[str, Any]:
    return {"version": missed.version, "steps": missed.steps, "clients": missed.clients}


@require_GET
@never_cache
def section_doc(request: SignedInRequest, plan_code: str, section_code: str) -> HttpResponse:
    section = visible_section(request, plan_code, section_code)
    version = number_in(request.GET.get("at", str(section.version)), None)
    if version is None:
        return refuse(400, "Nomor versi tidak sah.")
    try:
        doc = section.editor_doc if version == section.version else section_log.document_at(section, version)
    except prose.Refused as error:
        return refuse(422, str(error))
    return JsonResponse(head_as_json(section, version, doc))


@require_http_methods(["GET", "POST"])
@never_cache
def section_steps(request: SignedInRequest, plan_code: str, section_code: str) -> HttpResponse:
    if request.method == "GET":
        return _poll(request, polled_section(request, plan_code, section_code))
    return _save(request, visible_section(request, plan_code, section_code, with_text=False))


def _poll(request: SignedInRequest, section: Section) -> HttpResponse:
    """What the tab missed, and who is here. The poll is also the tab's heartbeat."""
    since, client = number_in(request.GET.get("since", ""), None), request.GET.get("client", "")
    if since is None:
        return refuse(400, "Nomor versi tidak sah.")
    if len(client) > MAX_CLIENT or "\0" in client:
        return refuse(400, "Penanda tab tidak sah.")
    missed = section_log.steps_since(section, since)
    company = presence.company_of(section, user=request.user, client=client, writing=request.GET.get("writing") == "1")
    answer = _missed(missed) | last_save(section) | company_as_json(company)
    answer["comments"] = stamp_of(section, request)
    if missed.steps:  # only then can a copy for this person have come
        answer["recovered"] = recovered.open_count(section.plan, request.user)
    return JsonResponse(answer)


def _save(request: SignedInRequest, section: Section) -> HttpResponse:
    begin = time.perf_counter()
    if int(request.headers.get("Content-Length") or 0) > MAX_BODY:
        return refuse(413, "Kiriman terlalu besar (paling banyak 2 MB).")
    try:
        body = _read(request)
        if body is None:
            return refuse(400, "Kiriman tidak dapat dibaca.")
        saved = sections.save_steps(section, by=request.user, **body)
    except Stale as stale:
        return JsonResponse(_missed(stale.missed), status=409)
    except prose.Refused as error:
        return refuse(422, str(error))
    except Refusal as refusal:
        # 409 means "rebase and send again" here; with 422 the editor keeps a copy and says why.
        return refuse(422 if isinstance(refusal, InBin) else refusal.status, refusal.sentence)
    presence.prolong(section, client=body["client"])
    response = JsonResponse({"version": saved.version, "fp": saved.fingerprint})
    response["Server-Timing"] = f"app;dur={(time.perf_counter() - begin) * 1000:.1f}"
    return response


def _read(request: SignedInRequest) -> dict[str, Any] | None:
    """The body of a save, or None when it is not of the protocol's shape. Raises prose.Refused."""
    try:
        body = read_json(request.body)
        version, client, steps = body["version"], body["client"], body["steps"]
    except (UnreadableError, KeyError, TypeError):
        return None
    is_shaped = (
        type(version) is int
        and 0 <= version < MAX_VERSION
        and isinstance(client, str)
        and 0 < len(client) <= MAX_CLIENT
        and isinstance(steps, list)
        and bool(steps)
        and all(isinstance(step, dict) for step in steps)
    )
    return {"version": version, "client": client, "steps": steps} if is_shaped else None


@require_POST
def section_recovered(request: SignedInRequest, plan_code: str, section_code: str) -> HttpResponse:
    """Anybody who sees the section may leave a copy: also somebody who has just lost the right to write."""
    section = visible_section(request, plan_code, section_code, with_text=False)
    try:
        body = read_json_leniently(request.body)
        reason, doc, lost = str(body["reason"]), body["doc"], str(body.get("lost", ""))
        copy = recovered.keep(section, reason=reason, doc=doc, lost=lost, by=request.user)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return refuse(422, "Salinan tidak dapat dibaca.")
    return JsonResponse({"id": copy.pk}, status=201)
