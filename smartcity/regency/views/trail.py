"""What happened in a region, newest first, in sentences."""

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from smartcity.audit.models import Event
from smartcity.audit.sentences import sentence, verbs_like
from smartcity.regency.frame import region_frame, visible_regency
from smartcity.regency.rules import can_read_trail
from smartcity.regency.views.regions import PAGE, page_query, search_text
from smartcity.ui.http import SignedInRequest
from smartcity.ui.refusal import NotAllowed


def trail_list(request: SignedInRequest, code: str) -> HttpResponse:
    regency = visible_regency(request, code)
    if not can_read_trail(request.user, regency):
        raise NotAllowed(
            "Jejak hanya untuk koordinator daerah dan kementerian.", next_step="Hubungi koordinator daerah."
        )
    text = search_text(request)
    events = matching(Event.objects.filter(regency_id=regency.pk), text)
    page = Paginator(events, PAGE).get_page(request.GET.get("halaman"))
    context = {
        **region_frame(request, regency, "jejak"),
        "page": page,
        "lines": [(event, sentence(event)) for event in page],
        "search": text,
        "query": page_query(text),
    }
    return render(request, "audit/trail_list.html", context)


def matching(events: QuerySet[Event], text: str) -> QuerySet[Event]:
    """Every word must be in the person, the subject, the role, the reason, the plan or the words of the sentence."""
    for word in text.split():
        events = events.filter(
            Q(actor_name__icontains=word)
            | Q(subject_label__icontains=word)
            | Q(reason__icontains=word)
            | Q(plan_code__icontains=word)
            | Q(data__role__icontains=word)
            | Q(verb__in=verbs_like(word))
        )
    return events
