"""The mailbox of demo mode, where letters are written to files: everybody sees every letter, so elsewhere it does not exist."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from smartcity.notify.mailbox import Letter, folder, letters
from smartcity.ui.http import SignedInRequest
from smartcity.ui.nav import site_frame


@require_GET
@never_cache
def mailbox_list(request: SignedInRequest) -> HttpResponse:
    return render(request, "notify/mailbox_list.html", {**site_frame(""), "letters": _letters(), "tab": "mailbox"})


@require_GET
@never_cache
def mailbox_letter(request: SignedInRequest, letter: str) -> HttpResponse:
    found = next((each for each in _letters() if each.key == letter), None)
    if found is None:
        raise Http404
    return render(request, "notify/mailbox_letter.html", {**site_frame(""), "letter": found, "tab": "mailbox"})


def _letters() -> list[Letter]:
    if not settings.DEMO or folder() is None:
        raise Http404
    return letters()
