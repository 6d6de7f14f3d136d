"""Turns refusals raised anywhere below a view, and a dead database, into their pages."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from smartcity.ui.errors import DATABASE_GONE, TOO_LARGE, refusal_response
from smartcity.ui.refusal import Refusal


class RefusalMiddleware:
    """What fails outside a view (in another middleware) reaches `errors.server_error` and `errors.bad_request` instead."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # Every page below is made for one person, the sign-in page too: it holds a token.
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refusal):
            return refusal_response(request, exception.status, exception.sentence, exception.next_step)
        if isinstance(exception, DATABASE_GONE):
            return refusal_response(request, 503)
        if isinstance(exception, TOO_LARGE):
            return refusal_response(request, 413)
        return None
