"""Gives history rows and events the person and the address of the request."""

from collections.abc import Callable

import pghistory
from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse

from smartcity.audit.log import current_address

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class HistoryMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in SAFE_METHODS:
            return self.get_response(request)
        address = get_adapter(request).get_client_ip(request)
        token = current_address.set(address)
        user_id = request.user.pk if request.user.is_authenticated else None
        try:
            with pghistory.context(user=user_id, url=request.path, address=address):
                return self.get_response(request)
        finally:
            current_address.reset(token)
