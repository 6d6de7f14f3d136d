"""Sign-in pages of our own beside those of allauth."""

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from smartcity.accounts.demo import find_person


@login_not_required
@require_POST
def demo_login(request: HttpRequest) -> HttpResponse:
    """One click signs in as an example person; outside demo mode this page does not exist."""
    person = find_person(request.POST.get("person", "")) if settings.DEMO else None
    if person is None:
        raise Http404
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    wish = request.POST.get("next", "")
    return redirect(wish if url_has_allowed_host_and_scheme(wish, allowed_hosts=None) else settings.LOGIN_REDIRECT_URL)


def login_window(request: HttpRequest) -> HttpResponse:
    """Opened in a second tab by the editor after a session ended: asks to sign in, then says that writing can go on."""
    return render(request, "accounts/login_window.html")


@require_GET
@never_cache
def session_state(request: HttpRequest) -> HttpResponse:
    """Who is signed in now, with a token for their requests: a page that is older than the sign-in holds a stale one."""
    return JsonResponse({"user": str(request.user.pk), "csrf": get_token(request)})
