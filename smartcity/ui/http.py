"""The request that views receive, and what it asks for."""

from pathlib import Path

from django.conf import settings
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django_htmx.middleware import HtmxDetails

from smartcity.accounts.middleware import is_htmx, wants_json
from smartcity.accounts.models import User

OFFICE = "application/vnd.openxmlformats-officedocument."
FILE_TYPES = {
    "pdf": "application/pdf",
    "docx": f"{OFFICE}wordprocessingml.document",
    "xlsx": f"{OFFICE}spreadsheetml.sheet",
    "pptx": f"{OFFICE}presentationml.presentation",
    "json": "application/json",
}
LOCKED = "default-src 'none'; sandbox"
PICTURE_TYPES = {"jpg": "image/jpeg", "png": "image/png"}
__all__ = ["SignedInRequest", "file_answer", "is_htmx", "number_in", "pdf_answer", "picture_answer", "wants_json"]


def number_in[D](text: str, default: D, *, digits: int = 9) -> int | D:
    """What a form or an address says as a number of up to so many digits; `default` for everything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else default


def pdf_answer(file: str, name: str) -> FileResponse:
    """As `file_answer`, shown in the browser's own viewer, which can reach nothing."""
    response = file_answer(file, name)
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["Content-Security-Policy"] = LOCKED
    return response


def file_answer(file: str, name: str) -> FileResponse:
    """A file of ours below MEDIA_ROOT as a download under that name, of the type that the name's ending says.

    Raises Http404 where it is not there.
    """
    path = Path(settings.MEDIA_ROOT) / file
    if not file or not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"), as_attachment=True, filename=name)
    response.headers["Content-Type"] = FILE_TYPES[name.rpartition(".")[2]]
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store, private"
    return response


def picture_answer(file: FieldFile, name: str) -> HttpResponse:
    """A stored picture as itself, which can run nothing; `name` ends in .jpg or .png. Raises Http404 where there is none."""
    kind = PICTURE_TYPES.get(name.rpartition(".")[2])
    if kind is None:
        raise Http404
    try:
        with file.open("rb") as handle:
            response = HttpResponse(handle.read(), content_type=kind)
    except FileNotFoundError as error:
        raise Http404 from error
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = LOCKED
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


class SignedInRequest(HttpRequest):
    """A request behind the sign-in middleware."""

    user: User
    htmx: HtmxDetails
