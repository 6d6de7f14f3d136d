"""Two files of one plan: their progress, one called off, the other looked at; a third wish is refused with a sentence."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import Server
from tests.journeys.test_first_book import go, look

pytestmark = pytest.mark.browser
SignIn = Callable[[Server, BrowserContext, str], Page]
LIST = "/rencana/63.03-2026/ekspor/"
PHONE = {"width": 390, "height": 844}


def ask(page: Page, kind: str) -> None:
    page.get_by_role("radio", name=re.compile(f"^{kind}")).check()
    page.get_by_role("radio", name=re.compile("^Buku III")).check()
    page.get_by_role("button", name="Buat berkas").click()


def test_two_variants_are_asked_for_and_one_is_called_off(
    example: Server, context: BrowserContext, sign_in: SignIn
) -> None:
    problems: list[str] = []
    context.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page = sign_in(example, context, "Koordinator Diskominfostandi")
    go(example, page, LIST)
    look(page, "ekspor-pilihan")
    ask(page, "PDF kecil")
    expect(page.locator(".export-job")).to_contain_text("Urutan ke-1 dalam antrean")
    ask(page, "PDF cetak")
    expect(page.locator(".export-job").first).to_contain_text("Urutan ke-2 dalam antrean")
    look(page, "ekspor-antre")
    ask(page, "Word")
    expect(page.locator("main")).to_contain_text("sudah meminta dua berkas yang belum selesai")
    go(example, page, LIST)
    page.locator(".export-job", has_text="PDF cetak").get_by_role("button", name="Batalkan").click()
    expect(page.locator(".export-job", has_text="PDF cetak")).to_contain_text("Dibatalkan")
    example.start_worker()
    small = page.locator(".export-job", has_text="PDF kecil")
    expect(small.locator(".export-state")).to_contain_text(re.compile(r"bagian|halaman"), timeout=90_000)
    expect(small.get_by_role("link", name=re.compile("^Unduh"))).to_be_visible(timeout=120_000)
    expect(page.locator(".export-job", has_text="PDF cetak")).to_contain_text("Dibatalkan")
    look(page, "ekspor-selesai")
    page.set_viewport_size(PHONE)
    look(page, "ekspor-telepon")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert_is_shown(example, page, small.get_by_role("link", name=re.compile("^Lihat")).get_attribute("href") or "")
    assert [problem for problem in problems if "429" not in problem] == []


def assert_is_shown(server: Server, page: Page, address: str) -> None:
    """As the browser asks for it: a whole PDF, inline, under a policy that lets nothing else load."""
    answer = page.request.get(f"{server.url}{address}")
    headers = answer.headers
    assert answer.body().startswith(b"%PDF-1.7")
    assert headers["content-disposition"].startswith("inline; filename=")
    assert headers["content-disposition"].endswith('-kecil.pdf"')
    assert headers["content-security-policy"] == "default-src 'none'; sandbox"
