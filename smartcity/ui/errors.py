"""Error pages: what happened, why, what to do next. They need no database."""

import logging
import secrets
import sys
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import DisallowedHost, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from smartcity.ui.http import is_htmx, wants_json

logger = logging.getLogger(__name__)

DATABASE_GONE = (OperationalError, InterfaceError)
TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
RETRY_AFTER = {429: "300", 503: "30"}


@dataclass(frozen=True)
class Page:
    """`back` labels the link to where the person came from; without it only the way home is offered."""

    title: str
    sentence: str
    next_step: str
    back: str = ""


PAGES = {
    400: Page(
        "Permintaan tidak dapat dibaca",
        "Alamat atau isian yang dikirim tidak lengkap, sehingga tidak ada yang diubah.",
        "Kembali ke halaman asal, muat ulang, lalu ulangi.",
        "Kembali ke halaman asal",
    ),
    403: Page(
        "Tidak diizinkan",
        "Peran Anda tidak mencakup tindakan ini.",
        "Bila ini tugas Anda, minta koordinator Diskominfo daerah Anda menambahkan peran.",
        "Kembali",
    ),
    404: Page(
        "Halaman tidak ditemukan",
        "Alamatnya salah, halamannya sudah dihapus, atau halaman ini bukan untuk akun Anda.",
        "Periksa alamatnya, atau mulai lagi dari beranda.",
    ),
    405: Page("Cara ini tidak tersedia", "Halaman ini tidak menerima permintaan seperti itu.", "Mulai lagi dari beranda."),
    409: Page(
        "Keadaan sudah berubah",
        "Sejak halaman ini dibuka, orang lain lebih dahulu mengubahnya. Isian Anda belum disimpan.",
        "Kembali, muat ulang halaman untuk melihat keadaan terakhir, lalu ulangi.",
        "Kembali dan periksa",
    ),
    413: Page(
        "Kiriman terlalu besar",
        "Ukuran kiriman melampaui batas, sehingga ditolak sebelum dibaca.",
        "Perkecil berkas, atau kirim per bagian.",
        "Kembali",
    ),
    422: Page(
        "Isian belum dapat diterima",
        "Ada isian yang perlu diperbaiki. Belum ada yang disimpan.",
        "Kembali, periksa isian, lalu kirim lagi.",
        "Kembali ke isian",
    ),
    429: Page(
        "Terlalu banyak percobaan",
        "Percobaan dari alamat atau akun ini terlalu sering, sehingga ditahan sebentar demi keamanan.",
        "Tunggu lima menit, lalu coba lagi.",
    ),
    500: Page(
        "Terjadi kesalahan pada sistem",
        "Kesalahan ini ada pada kami dan sudah dicatat. Naskah yang sudah tersimpan tetap aman.",
        "Coba lagi sebentar lagi. Bila terulang, laporkan dengan nomor rujukan di bawah.",
        "Coba lagi",
    ),
    503: Page(
        "Layanan sedang tidak tersedia",
        "Basis data tidak dapat dihubungi. Tulisan yang belum terkirim tersimpan di perangkat Anda.",
        "Tunggu sebentar, lalu coba lagi. Biarkan tab penyunting tetap terbuka.",
        "Coba lagi",
    ),
    507: Page(
        "Ruang simpan penuh",
        "Server tidak mempunyai ruang untuk berkas ini, sehingga tidak ada yang disimpan.",
        "Hubungi pengelola, lalu kirim lagi.",
        "Kembali",
    ),
}  # fmt: skip


def refusal_response(request: HttpRequest, status: int, sentence: str = "", next_step: str = "") -> HttpResponse:
    """One look for every refusal: JSON for scripts, a notice for htmx, else a page."""
    page = PAGES[status]
    sentence = sentence or page.sentence
    next_step = next_step or page.next_step
    reference = _reference(request, status)
    headers = {"Cache-Control": "no-store"}
    if status in RETRY_AFTER:
        headers["Retry-After"] = RETRY_AFTER[status]
    if wants_json(request):
        answer = {"error": page.title, "detail": sentence, "next_step": next_step, "reference": reference}
        return JsonResponse(answer, status=status, headers=headers)
    context = {
        "status": status,
        "title": page.title,
        "sentence": sentence,
        "next_step": next_step,
        "request_id": reference,
        "back": _back(request, status) if page.back else "",
        "back_label": page.back,
    }
    if is_htmx(request):
        headers |= {"HX-Retarget": "#notices", "HX-Reswap": "innerHTML show:top", "HX-Push-Url": "false"}
        return HttpResponse(render_to_string("errors/notice.html", context), status=status, headers=headers)
    return HttpResponse(render_to_string("errors/refusal.html", context), status=status, headers=headers)


def _reference(request: HttpRequest, status: int) -> str:
    """What the person can name and the log can find; only for faults, a refusal has already said why."""
    if status < 500:
        return ""
    reference = secrets.token_hex(4)
    logger.error("Rujukan %s: %s %s %s", reference, status, request.method, request.path)
    return reference


def _back(request: HttpRequest, status: int) -> str:
    """The page of ours that the person came from; after a fault the page itself, to try again."""
    if status >= 500 and request.method == "GET":
        return request.get_full_path()
    referrer = urlsplit(request.headers.get("Referer", ""))
    if referrer.netloc != _host(request) or not referrer.path.startswith("/") or referrer.path.startswith("//"):
        return ""
    return f"{referrer.path}?{referrer.query}" if referrer.query else referrer.path


def _host(request: HttpRequest) -> str | None:
    try:
        return request.get_host()
    except DisallowedHost:
        return None


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return refusal_response(request, 413 if isinstance(exception, TOO_LARGE) else 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    return refusal_response(request, 403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's signature
    return refusal_response(request, 404)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    return refusal_response(request, 429)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django calls this while it handles the exception, also for one of a middleware: sessions need the database too."""
    return refusal_response(request, 503 if isinstance(sys.exception(), DATABASE_GONE) else 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    sentence = "Formulir ini sudah kedaluwarsa atau dibuka dari tempat lain. Belum ada yang disimpan."
    return refusal_response(request, 403, sentence, "Muat ulang halaman asal formulir, lalu kirim lagi.")
