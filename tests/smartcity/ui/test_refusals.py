"""Refusals and faults become pages, JSON or notices. No database: none of these tests may ask it."""

import logging
import re
from typing import Any, NamedTuple

import pytest
from django.test import Client

pytestmark = pytest.mark.urls("tests.smartcity.ui.faults")


class Answer(NamedTuple):
    fault: str
    status: int
    title: str
    sentence: str
    next_step: str


ANSWERS = [
    Answer("conflict", 409, "Keadaan sudah berubah", "Baris ini baru saja diubah.", "Muat ulang."),
    Answer("wrong_state", 409, "Keadaan sudah berubah", "Bagian ini sudah diajukan.", "Kembali, muat ulang halaman untuk melihat keadaan terakhir, lalu ulangi."),
    Answer("incomplete", 422, "Isian belum dapat diterima", "Judul belum diisi.", "Kembali, periksa isian, lalu kirim lagi."),
    Answer("not_allowed", 403, "Tidak diizinkan", "Hanya koordinator yang boleh.", "Bila ini tugas Anda, minta koordinator Diskominfo daerah Anda menambahkan peran."),
    Answer("too_large", 413, "Kiriman terlalu besar", "Naskah terlalu panjang.", "Perkecil berkas, atau kirim per bagian."),
    Answer("missing", 404, "Halaman tidak ditemukan", "Alamatnya salah, halamannya sudah dihapus, atau halaman ini bukan untuk akun Anda.", "Periksa alamatnya, atau mulai lagi dari beranda."),
    Answer("denied", 403, "Tidak diizinkan", "Peran Anda tidak mencakup tindakan ini.", "Bila ini tugas Anda, minta koordinator Diskominfo daerah Anda menambahkan peran."),
    Answer("suspicious", 400, "Permintaan tidak dapat dibaca", "Alamat atau isian yang dikirim tidak lengkap, sehingga tidak ada yang diubah.", "Kembali ke halaman asal, muat ulang, lalu ulangi."),
    Answer("many_fields", 413, "Kiriman terlalu besar", "Ukuran kiriman melampaui batas, sehingga ditolak sebelum dibaca.", "Perkecil berkas, atau kirim per bagian."),
    Answer("database", 503, "Layanan sedang tidak tersedia", "Basis data tidak dapat dihubungi. Tulisan yang belum terkirim tersimpan di perangkat Anda.", "Tunggu sebentar, lalu coba lagi. Biarkan tab penyunting tetap terbuka."),
    Answer("bug", 500, "Terjadi kesalahan pada sistem", "Kesalahan ini ada pada kami dan sudah dicatat. Naskah yang sudah tersimpan tetap aman.", "Coba lagi sebentar lagi. Bila terulang, laporkan dengan nomor rujukan di bawah."),
]  # fmt: skip


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


def says(html: str) -> tuple[str, ...]:
    found = re.search(r"<h1>(.*?)</h1>\s*<dl>.*?<dd>(.*?)</dd>.*?<dd>(.*?)</dd>", html, re.DOTALL)
    assert found
    return found.groups()


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.fault)
def test_page_says_what_happened_and_what_to_do(visitor: Client, answer: Answer) -> None:
    response = visitor.get(f"/gagal/{answer.fault}/")
    assert (answer.fault, response.status_code, *says(response.text)) == answer
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.fault)
def test_scripts_get_the_same_as_json(visitor: Client, answer: Answer) -> None:
    response = visitor.get(f"/gagal/{answer.fault}/", headers={"Accept": "application/json"})
    said: dict[str, Any] = response.json()
    assert bool(said.pop("reference")) == (answer.status >= 500)
    assert response.status_code == answer.status
    assert said == {"error": answer.title, "detail": answer.sentence, "next_step": answer.next_step}


def test_htmx_gets_a_notice_for_the_notices_area(visitor: Client) -> None:
    response = visitor.get("/gagal/conflict/", headers={"HX-Request": "true"})
    assert (response.status_code, response["HX-Retarget"]) == (409, "#notices")
    assert "<html" not in response.text
    assert "<b>Keadaan sudah berubah.</b> Baris ini baru saja diubah. Muat ulang." in response.text


def test_database_lost_in_a_middleware_is_a_503(visitor: Client, settings: Any) -> None:
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "tests.smartcity.ui.faults.BrokenBelow"]
    response = visitor.get("/baik/")
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert says(response.text)[0] == "Layanan sedang tidak tersedia"


def test_reference_on_the_page_is_in_the_log(visitor: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, "smartcity.ui.errors"):
        html = visitor.get("/gagal/bug/?a=1").text
    found = re.search(r"<code>([0-9a-f]{8})</code>", html)
    assert found
    assert f"Rujukan {found[1]}: 500 GET /gagal/bug/" in caplog.messages
    assert "rahasia" not in html


@pytest.mark.parametrize(
    ("referrer", "href"),
    [
        ("http://testserver/rencana/63.03-2026/?halaman=2", "/rencana/63.03-2026/?halaman=2"),
        ("http://elsewhere.example/rencana/", None),
        ("http://testserver//elsewhere.example/", None),
        ("javascript:alert(1)", None),
        ("", None),
    ],
)
def test_way_back_leads_to_our_own_pages_only(visitor: Client, referrer: str, href: str | None) -> None:
    html = visitor.post("/gagal/conflict/", headers={"Referer": referrer}).text
    found = re.search(r'<a class="btn btn-primary" href="([^"]+)">Kembali dan periksa</a>', html)
    assert (found[1] if found else None) == href


def test_pages_for_one_person_are_not_cached(visitor: Client) -> None:
    assert visitor.get("/baik/")["Cache-Control"] == "no-store, private"
