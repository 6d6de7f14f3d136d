"""Pages that fail in every way a page can fail, for test_refusals."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation, TooManyFieldsSent
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from smartcity.ui.refusal import Conflict, Incomplete, NotAllowed, TooLarge, WrongState

FAULTS: dict[str, Exception] = {
    "conflict": Conflict("Baris ini baru saja diubah.", next_step="Muat ulang."),
    "wrong_state": WrongState("Bagian ini sudah diajukan."),
    "incomplete": Incomplete("Judul belum diisi."),
    "not_allowed": NotAllowed("Hanya koordinator yang boleh."),
    "too_large": TooLarge("Naskah terlalu panjang."),
    "missing": Http404(),
    "denied": PermissionDenied(),
    "suspicious": SuspiciousOperation(),
    "many_fields": TooManyFieldsSent(),
    "database": OperationalError("connection refused"),
    "bug": RuntimeError("rahasia"),
}


class BrokenBelow:
    """A middleware whose database is gone, as the session's would be."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, _request: HttpRequest) -> HttpResponse:
        raise FAULTS["database"]


@login_not_required
def fail(request: HttpRequest, name: str) -> HttpResponse:
    raise FAULTS[name]


@login_not_required
def fine(request: HttpRequest) -> HttpResponse:
    return HttpResponse("baik")


urlpatterns = [path("baik/", fine), path("gagal/<str:name>/", fail)]

handler400 = "smartcity.ui.errors.bad_request"
handler403 = "smartcity.ui.errors.permission_denied"
handler404 = "smartcity.ui.errors.page_not_found"
handler500 = "smartcity.ui.errors.server_error"
