"""The request that views receive, and what it asks for."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from smartcity.accounts.middleware import is_htmx, wants_json
from smartcity.accounts.models import User

__all__ = ["SignedInRequest", "is_htmx", "wants_json"]


class SignedInRequest(HttpRequest):
    """A request behind the sign-in middleware."""

    user: User
    htmx: HtmxDetails
