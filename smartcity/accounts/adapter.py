"""allauth's hooks: accounts come from invitations only, and throttling counts per account."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url


class InvitedOnlyAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - signature of allauth
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002 - signature of allauth
        return resolve_url(settings.LOGIN_REDIRECT_URL)

    def format_email_subject(self, subject: str) -> str:
        return f"[{settings.MFA_TOTP_ISSUER}] {subject}"

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:  # noqa: ARG002
        """allauth puts the Host header into the key, so that every port number would open five new attempts."""
        login = str(credentials.get("email") or credentials.get("username") or "")
        return login.strip().casefold()
