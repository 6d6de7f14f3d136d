"""An idea from a phone to the coordinator: linked to a programme, shown on it, and answered by one mail."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.conftest import Server
from tests.journeys.test_notify import MINUTE, looked_at, posting

__all__ = ["posting"]
pytestmark = pytest.mark.browser
SignIn = Callable[[Server, BrowserContext, str], Page]
IDEAS = "/rencana/63.03-2026/usulan-warga/"
BY_HAND = 4_500  # the form takes nothing that comes faster


def send(server: Server, visitor: Page) -> None:
    visitor.goto(f"{server.url}/usulan/63.03/")
    looked_at(visitor, "usulan-formulir")
    visitor.set_viewport_size({"width": 390, "height": 800})
    visitor.get_by_label("Masalah yang Anda lihat").fill("Nomor antrean puskesmas habis sebelum pukul delapan.")
    visitor.get_by_label("Usulan Anda").fill("Nomor antrean lewat pesan singkat.")
    visitor.get_by_label("Nama Anda").fill("Warga Martapura")
    visitor.get_by_label("E-mail (boleh kosong)").fill("warga@surat.example")
    visitor.wait_for_timeout(BY_HAND)
    visitor.get_by_role("button", name="Kirim usulan").click()
    expect(visitor.get_by_text("Centang bila ingin dijawab")).to_be_visible()
    visitor.get_by_label("Saya setuju dijawab").check()
    visitor.get_by_role("button", name="Kirim usulan").click()
    expect(visitor.get_by_text("Nomor usulan Anda: U-1")).to_be_visible()
    assert visitor.context.cookies() == []


def test_an_idea_is_sent_linked_and_answered(
    posting: Server, browser: Browser, context: BrowserContext, sign_in: SignIn
) -> None:
    page = sign_in(posting, context, "Koordinator Diskominfostandi")
    page.goto(f"{posting.url}{IDEAS}formulir/")
    page.get_by_label("Formulir terbuka bagi warga").check()
    page.get_by_role("button", name="Simpan").click()
    street = browser.new_context(viewport={"width": 390, "height": 800}, locale="id-ID")
    send(posting, street.new_page())
    street.close()
    page.goto(f"{posting.url}{IDEAS}1/")
    looked_at(page, "usulan")
    programme = page.get_by_label("Program atau quick win").locator("option", has_text="GOV-P01").first
    page.get_by_label("Program atau quick win").select_option(value=programme.get_attribute("value"))
    page.get_by_role("button", name="Hubungkan").click()
    expect(page.get_by_text("Dihubungkan").first).to_be_visible()
    answered = page.get_by_text("Usulan U-1 kami jawab").first
    for _ in range(MINUTE // 1000):
        page.goto(f"{posting.url}/pemberitahuan/kotak/")
        if answered.count():
            break
        page.wait_for_timeout(1000)
    expect(answered).to_be_visible()
