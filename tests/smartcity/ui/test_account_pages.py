"""The pages of sign-in and of the own account: ours, in Indonesian, whole."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.template.loader import render_to_string
from django.test import Client

from smartcity.accounts.enums import Role
from tests.smartcity.accounts.given import PASSWORD, client_of, person

ROOT = Path(__file__).resolve().parents[3]
FOR_VISITORS = {
    "/akun/login/": "Masuk",
    "/akun/signup/": "Akun dibuat lewat undangan",
    "/akun/inactive/": "Akun ini tidak aktif",
    "/akun/confirm-email/": "Periksa surat Anda",
    "/akun/confirm-email/salah/": "Tautan tidak berlaku",
    "/akun/password/reset/": "Lupa kata sandi",
    "/akun/password/reset/done/": "Periksa surat Anda",
    "/akun/password/reset/key/1-salah/": "Tautan tidak berlaku",
    "/akun/password/reset/key/done/": "Kata sandi sudah diganti",
}
FOR_MEMBERS = {
    "/akun/logout/": "Keluar",
    "/akun/email/": "Alamat e-mail",
    "/akun/reauthenticate/": "Pastikan ini Anda",
    "/akun/password/change/": "Ganti kata sandi",
    "/akun/sessions/": "Perangkat yang masuk",
    "/akun/2fa/": "Verifikasi dua langkah",
    "/akun/2fa/totp/activate/": "Aktifkan verifikasi dua langkah",
}
FOR_PROTECTED = {
    "/akun/2fa/reauthenticate/": "Pastikan ini Anda",
    "/akun/2fa/totp/deactivate/": "Nonaktifkan verifikasi dua langkah",
    "/akun/2fa/recovery-codes/generate/": "Buat kode pemulihan",
}
ENGLISH = re.compile(
    r"\b(the|your|you|please|password|sign|email address|code|two-factor|click|confirm)\b", re.IGNORECASE
)
INLINE = re.compile(
    r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*(?:\ssrc=|type=\"application/json\"))|javascript:", re.IGNORECASE
)


def heading(html: str) -> str:
    return ", ".join(re.findall(r"<h1[^>]*>\s*(.*?)\s*</h1>", html, re.DOTALL))


def words(html: str) -> str:
    body = re.sub(r"<(script|svg)\b.*?</\1>", " ", html[html.index("<body") :], flags=re.DOTALL)
    return re.sub(r"<[^>]+>", " ", body)


def check(client: Client, pages: dict[str, str]) -> None:
    shown = {address: client.get(address, follow=True).text for address in pages}
    assert {address: heading(html) for address, html in shown.items()} == pages
    assert {address: ENGLISH.findall(words(html)) for address, html in shown.items()} == {a: [] for a in pages}


@pytest.mark.django_db
def test_pages_for_visitors_are_ours_and_indonesian(client: Client) -> None:
    check(client, FOR_VISITORS)


def fresh_client(*, has_second_factor: bool) -> Client:
    """Changes of security ask for the password again."""
    client = client_of(person(Role.AUTHOR, has_second_factor=has_second_factor))
    client.post("/akun/reauthenticate/", {"password": PASSWORD})
    return client


@pytest.mark.django_db
def test_pages_of_the_own_account_are_ours_and_indonesian() -> None:
    check(fresh_client(has_second_factor=False), FOR_MEMBERS)


@pytest.mark.django_db
def test_pages_of_the_second_factor_are_ours_and_indonesian() -> None:
    client = fresh_client(has_second_factor=True)
    check(client, FOR_PROTECTED)
    client.post("/akun/2fa/recovery-codes/generate/")
    check(client, {"/akun/2fa/recovery-codes/": "Kode pemulihan"})


@pytest.mark.django_db
def test_second_step_of_the_sign_in_is_ours_and_indonesian(client: Client) -> None:
    user = person(Role.AUTHOR)
    client.post("/akun/login/", {"login": user.email, "password": PASSWORD})
    check(client, {"/akun/2fa/authenticate/": "Verifikasi dua langkah"})


@pytest.mark.django_db
def test_forgotten_password_sends_a_letter_in_indonesian(client: Client) -> None:
    person(Role.AUTHOR, mailbox="penulis")
    client.post("/akun/password/reset/", {"email": "penulis@daerah.example"})
    client.post("/akun/password/reset/", {"email": "tidak.ada@daerah.example"})
    assert [message.subject for message in mail.outbox] == [
        "[Masterplan Smart City] Kata sandi baru",
        "[Masterplan Smart City] Alamat ini tidak mempunyai akun",
    ]
    assert [ENGLISH.findall(re.sub(r"https?://\S+", "", str(message.body))) for message in mail.outbox] == [[], []]


@pytest.mark.django_db
def test_wrong_password_is_announced_and_keeps_the_wish(client: Client) -> None:
    html = client.post(
        "/akun/login/?next=/daerah/", {"login": "x@daerah.example", "password": "salah", "next": "/daerah/"}
    ).text
    assert 'role="alert"' in html
    assert 'name="next" value="/daerah/"' in html


def test_page_of_the_sign_in_throttle_needs_nothing_around_it() -> None:
    assert heading(render_to_string("429.html")) == "Terlalu banyak percobaan"


COMPONENTS: list[tuple[str, dict[str, object], str]] = [
    ("empty_state", {"icon_name": "book", "heading": "Kosong", "text": "Belum ada."}, "<h2>Kosong</h2>"),
    ("page_head", {"heading": "Judul"}, "<h1>Judul</h1>"),
    ("status_badge", {"state": "sent", "label": "Dikirim"}, "Dikirim</span>"),
    ("progress", {"label": "Bab III", "percent": 62}, 'value="62"'),
    ("stat", {"label": "Daerah", "value": 30}, "<dd>30</dd>"),
    ("notice", {"kind": "warning", "text": "Contoh."}, "Contoh."),
    ("breadcrumbs", {"crumbs": [], "here": "Halaman"}, '<li aria-current="page">Halaman</li>'),
    ("confirm_dialog", {"id": "d", "opener": "Ajukan", "heading": "Ajukan?", "text": "", "url": "/", "action": "Ya"}, 'popovertarget="d"'),
    ("messages", {}, 'id="notices"'),
    ("footer", {}, "<footer"),
    ("cover", {}, "GOV"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "props", "part"), COMPONENTS)
def test_component_needs_only_its_declared_props(name: str, props: dict[str, object], part: str) -> None:
    assert part in render_to_string(f"components/{name}.html", props)


def test_top_bar_of_a_visitor_has_no_menu(rf: Callable[..., Any]) -> None:
    html = render_to_string("components/topbar.html", {"user": AnonymousUser(), "main_nav": None, "region_label": ""})
    assert "<details" not in html


def test_no_template_of_the_screen_holds_inline_code() -> None:
    templates = ROOT / "templates"
    pages = [
        p
        for p in templates.rglob("*.html")
        if p.relative_to(templates).parts[0] != "mail" and not {"book", "paper"} & set(p.parts)
    ]
    found = {str(p.relative_to(templates)): INLINE.findall(p.read_text()) for p in pages}
    assert {name: hits for name, hits in found.items() if hits} == {}
