"""The page Pulihan in the browser: by keyboard from the notice to the text put back."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Server
from tests.journeys.test_layers import COORDINATOR
from tests.journeys.test_layers_together import PLAN
from tests.journeys.test_writing import SignIn, stored_text

pytestmark = pytest.mark.browser
LOST = "Dua puluh empat puskesmas sudah memakai antrean daring.\nSisanya menyusul tahun 2027."


def keep_copy(server: Server) -> None:
    def paragraph(text: str) -> dict[str, object]:
        return {"type": "paragraph", "content": [{"type": "text", "text": text}]}

    texts = ["Layanan dasar sudah merata.", *LOST.splitlines(), "Anggaran mengikuti RPJMD."]
    doc = {"type": "doc", "content": [paragraph(text) for text in texts]}
    server.query(
        """INSERT INTO masterplan_recoveredcopy (section_id, user_id, reason, doc, lost, at, state)
           SELECT s.id, u.id, 'tulisan Anda dihapus oleh Penulis Dinas Kesehatan', %s, %s, now(), 'terbuka'
           FROM masterplan_section s JOIN masterplan_outlinesection o ON o.id = s.outline_section_id, accounts_user u
           WHERE o.code = 'B1.1.2' AND u.display_name = %s RETURNING id""",
        json.dumps(doc), LOST, COORDINATOR,
    )  # fmt: skip


@pytest.fixture(params=[1440, 390])
def page(example: Server, browser: Browser, sign_in: SignIn, request: pytest.FixtureRequest) -> Page:
    keep_copy(example)
    context = browser.new_context(viewport={"width": request.param, "height": 900}, locale="id-ID")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    context.set_default_timeout(15_000)
    return sign_in(example, context, COORDINATOR)


def faults(page: Page) -> list[str]:
    found = [v["id"] for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")]
    too_wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return found + ([f"{too_wide} px too wide"] if too_wide > 0 else [])


def test_found_looked_at_copied_and_put_back(example: Server, page: Page) -> None:
    page.goto(f"{example.url}{PLAN}")
    expect(page.locator("#isi .badge-count")).to_have_text("1 belum ditangani")
    page.goto(f"{example.url}{PLAN}pulihan/")
    assert faults(page) == []
    page.get_by_role("link", name="Lihat salinan").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#naskah-lengkap mark")).to_have_text(LOST.splitlines())
    assert faults(page) == []
    page.get_by_role("button", name="Salin teks").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-copied]")).to_have_text("Tersalin. Tempel di bagian yang sesuai.")
    assert page.evaluate("() => navigator.clipboard.readText()").split("\n") == LOST.splitlines()
    page.get_by_role("button", name="Tambahkan di akhir bagian").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".alert-success")).to_contain_text("Teks Anda ditambahkan di akhir bagian ini sebagai versi 1.")
    assert stored_text(example).endswith(LOST.replace("\n", " "))
    page.goto(f"{example.url}{PLAN}pulihan/?tampil=ditangani")
    expect(page.locator(".recovered")).to_contain_text("Dikembalikan ke naskah")
    assert faults(page) == []


def test_whole_copy_asks_first_and_dismissing_is_undone(example: Server, page: Page) -> None:
    page.goto(f"{example.url}{PLAN}pulihan/")
    page.get_by_role("button", name="Abaikan").click()
    expect(page.locator(".alert-success")).to_contain_text("Salinan ditandai tidak diperlukan lagi.")
    expect(page.locator(".empty")).to_contain_text("Tidak ada pulihan yang menunggu")
    assert faults(page) == []
    page.get_by_role("link", name="Sudah ditangani", exact=True).click()
    page.get_by_role("button", name="Buka lagi").click()
    page.get_by_role("button", name="Ganti seluruh isi bagian").click()
    dialog = page.locator("dialog.confirm")
    expect(dialog).to_contain_text("Ganti seluruh isi bagian “1.2 ")
    before = stored_text(example)
    page.keyboard.press("Escape")
    assert stored_text(example) == before
    page.get_by_role("button", name="Ganti seluruh isi bagian").click()
    dialog.get_by_role("button", name="Ganti isi bagian").click()
    expect(page.locator(".alert-success")).to_contain_text("sebagai versi 1.")
    assert stored_text(example) == f"Layanan dasar sudah merata. {LOST.replace(chr(10), ' ')} Anggaran mengikuti RPJMD."
