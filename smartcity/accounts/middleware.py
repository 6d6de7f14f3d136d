"""Default-deny: no page without sign-in, and none without a second factor for roles that demand one."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import urlencode

from smartcity.accounts.enums import SECOND_FACTOR_ROLES
from smartcity.accounts.models import User
from smartcity.accounts.standing import standing_of

type View = Callable[..., HttpResponseBase]

EDITOR_ENDPOINTS = ("/doc/", "/steps/")
STRONG_TYPES = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
ALWAYS_REACHABLE = frozenset({"account_logout", "account_reauthenticate"})


class SignInMiddleware(LoginRequiredMiddleware):
    """Scripts get an answer that they can act on; only a page load is sent to the sign-in page."""

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: View
    ) -> HttpResponseBase:
        if wants_json(request):
            return JsonResponse({"error": "login"}, status=401)
        if is_htmx(request):
            return _htmx_redirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': _current_page(request)})}")
        return super().handle_no_permission(request, view_func)


class SecondFactorMiddleware:
    """Sends holders of `SECOND_FACTOR_ROLES` without an authenticator to the set-up page before any other page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view_func: View, _args: tuple[Any, ...], _kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        if settings.DEMO or _is_reachable(request, view_func) or not needs_second_factor(request):
            return None
        target = resolve_url("mfa_activate_totp")
        if wants_json(request):
            return JsonResponse({"error": "second_factor"}, status=401)
        if is_htmx(request):
            return _htmx_redirect(target)
        messages.info(request, "Peran Anda memerlukan verifikasi dua langkah. Aktifkan dahulu untuk melanjutkan.")
        return redirect(target)


def needs_second_factor(request: HttpRequest) -> bool:
    if not request.user.is_authenticated or SECOND_FACTOR_ROLES.isdisjoint(standing_of(request.user).roles):
        return False
    return not is_mfa_enabled(request.user, STRONG_TYPES)


def wants_json(request: HttpRequest) -> bool:
    """True for scripts: they name JSON as what they send or accept, or call an address of the editor."""
    named = (request.headers.get("Accept", ""), request.content_type or "")
    return any("application/json" in value for value in named) or request.path.endswith(EDITOR_ENDPOINTS)


def is_htmx(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _is_reachable(request: HttpRequest, view_func: View) -> bool:
    if not getattr(view_func, "login_required", True):
        return True
    name = (request.resolver_match.url_name if request.resolver_match else None) or ""
    return name.startswith("mfa_") or name in ALWAYS_REACHABLE


def _current_page(request: HttpRequest) -> str:
    """The page that the person looks at, not the fragment that it asked for."""
    page = urlsplit(request.headers.get("HX-Current-URL", ""))
    return page.path if page.netloc == request.get_host() else "/"


def _htmx_redirect(target: str) -> HttpResponse:
    return HttpResponse(status=204, headers={"HX-Redirect": target})


@receiver(authenticator_added)
def end_other_sessions(request: HttpRequest, user: User, **_: object) -> None:
    """A session that began with the password alone must not outlive the start of the second factor."""
    for session in UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key):
        session.end()
