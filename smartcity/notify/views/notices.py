"""Pemberitahuan: what happened, as the person may read it now."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from smartcity.notify.domain.notice import mark_all_read, mark_read
from smartcity.notify.models import Notice
from smartcity.notify.registry import Line, lines_of
from smartcity.ui.http import SignedInRequest
from smartcity.ui.nav import site_frame

PAGE = 30


@dataclass(frozen=True)
class NoticeLine:
    notice: Notice
    line: Line


@require_GET
@never_cache
def notice_list(request: SignedInRequest) -> HttpResponse:
    only_new = request.GET.get("hanya") == "baru"
    own = Notice.objects.of(request.user)
    page = Paginator(own.unread() if only_new else own, PAGE).get_page(request.GET.get("halaman"))
    lines = lines_of(request.user, list(page))
    context = {
        "page": page,
        "lines": [NoticeLine(notice, lines[notice.pk]) for notice in page if notice.pk in lines],
        "hidden": sum(notice.pk not in lines for notice in page),
        "only_new": only_new,
        "query": "hanya=baru&" if only_new else "",
        "new": own.unread().count(),
    }
    return render(request, "notify/notice_list.html", {**site_frame(""), **context, "tab": "notices"})


@require_POST
def notice_open(request: SignedInRequest, pk: int) -> HttpResponse:
    """Read, and on to the place; what the person may no longer see is as if it were not there."""
    notice = get_object_or_404(Notice.objects.of(request.user), pk=pk)
    line = lines_of(request.user, [notice]).get(notice.pk)
    if line is None:
        raise Http404
    mark_read([notice])
    return redirect(line.url)


@require_POST
def notice_read_all(request: SignedInRequest) -> HttpResponse:
    number = mark_all_read(request.user)
    if number:
        messages.success(request, f"{number} pemberitahuan ditandai dibaca.")
    return redirect("notify:notice_list")
