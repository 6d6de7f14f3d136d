"""The request that views receive, and what it asks for."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from smartcity.accounts.middleware import is_htmx, wants_json
from smartcity.accounts.models import User

__all__ = ["SignedInRequest", "is_htmx", "number_in", "wants_json"]


def number_in[D](text: str, default: D, *, digits: int = 9) -> int | D:
    """What a form or an address says as a number of up to so many digits; `default` for everything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else default


class SignedInRequest(HttpRequest):
    """A request behind the sign-in middleware."""

    user: User
    htmx: HtmxDetails
