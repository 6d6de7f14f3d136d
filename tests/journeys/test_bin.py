"""Bin, pictures and clipboard samples in the browser, by keyboard: thrown away, a writer in the middle, put back, sent."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import ROOT, Server
from tests.journeys.test_layers import COORDINATOR
from tests.journeys.test_layers_together import PLAN
from tests.journeys.test_recovered import faults
from tests.journeys.test_writing import SignIn, open_section, put_caret_at_end, stored_text
from tests.masterplan.given import image_bytes

pytestmark = pytest.mark.browser
SECTION = f"{PLAN}naskah/B1.1.2/"
SCREENS = ROOT / "build" / "screens"


def press(page: Page, role: str, name: str) -> None:
    page.get_by_role(role, name=name).first.focus()  # type: ignore[arg-type]
    page.keyboard.press("Enter")


def entered(example: Server, browser: Browser, sign_in: SignIn, width: int, name: str = COORDINATOR) -> Page:
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="id-ID")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    context.set_default_timeout(20_000)
    return sign_in(example, context, name)


def look(page: Page, name: str, width: int) -> None:
    """Nothing serious for axe, no sideways scrolling; a picture is kept to be looked at."""
    assert faults(page) == []
    SCREENS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENS / f"{name}-{width}.png", full_page=True)


@pytest.mark.parametrize("width", [1440, 390])
def test_thrown_away_and_put_back(example: Server, browser: Browser, sign_in: SignIn, width: int) -> None:
    page = entered(example, browser, sign_in, width)
    before = stored_text(example)
    page.goto(f"{example.url}{SECTION}buang/")
    look(page, "buang-bagian", width)
    press(page, "button", "Masukkan ke keranjang")
    expect(page.locator(".bin-rows")).to_contain_text("1.2 ")
    look(page, "keranjang", width)
    press(page, "link", "1.2 ")
    expect(page.locator(".bin-note")).to_contain_text("Bagian ini di keranjang")
    expect(page.locator(".ProseMirror")).to_have_attribute("contenteditable", "false")
    look(page, "bagian-di-keranjang", width)
    press(page, "button", "Kembalikan")
    expect(page.locator(".alert-success")).to_contain_text("dikembalikan seperti semula")
    expect(page.locator(".ProseMirror")).to_have_attribute("contenteditable", "true")
    assert stored_text(example) == before


def test_a_writer_in_the_middle_keeps_every_word(example: Server, browser: Browser, sign_in: SignIn) -> None:
    page = entered(example, browser, sign_in, 1440)
    open_section(example, page)
    put_caret_at_end(page)
    before = stored_text(example)
    example.query("UPDATE masterplan_section s SET binned_at = now() FROM masterplan_outlinesection o "
                  "WHERE o.id = s.outline_section_id AND o.code = 'B1.1.2' RETURNING s.id")  # fmt: skip
    page.keyboard.type(" Kalimat saat dibuang.")
    expect(page.locator(".bin-note")).to_contain_text("Bagian ini di keranjang")
    expect(page.locator(".editor-banners")).to_contain_text("Bagian ini di keranjang, sehingga tidak dapat diubah.")
    page.goto(f"{example.url}{PLAN}pulihan/")
    expect(page.locator(".recovered")).to_contain_text("Kalimat saat dibuang.")
    assert stored_text(example) == before


@pytest.mark.parametrize("width", [1440, 390])
def test_an_unused_picture(example: Server, browser: Browser, sign_in: SignIn, width: int, tmp_path: Path) -> None:
    page = entered(example, browser, sign_in, width)
    for name, colour in (("peta-wilayah.png", "teal"), ("alun-alun.png", "olive")):
        token = page.locator("meta[name=csrf-token]").get_attribute("content") or ""
        answer = page.request.post(
            f"{example.url}{SECTION}gambar/",
            headers={"X-CSRFToken": token, "Referer": example.url},
            multipart={
                "file": {"name": name, "mimeType": "image/png", "buffer": image_bytes((900, 500), colour=colour)}
            },
        )
        assert answer.status == 201
    page.goto(f"{example.url}{PLAN}gambar/")
    expect(page.locator(".picture-cards > li")).to_have_count(2)
    look(page, "gambar", width)
    press(page, "button", "Buang peta-wilayah.png")
    expect(page.locator(".alert-success")).to_contain_text("di keranjang")
    page.goto(f"{example.url}{PLAN}keranjang/")
    look(page, "keranjang-gambar", width)
    press(page, "button", "Kembalikan peta-wilayah.png")
    expect(page.locator(".empty")).to_contain_text("Keranjang kosong")
    look(page, "keranjang-kosong", width)


@pytest.mark.parametrize("width", [1440, 390])
def test_a_sample_masked_and_sent(example: Server, browser: Browser, sign_in: SignIn, width: int) -> None:
    page = entered(example, browser, sign_in, width)
    page.goto(f"{example.url}{PLAN}tempelan/")
    page.evaluate(
        """() => navigator.clipboard.write([new ClipboardItem({
          'text/html': new Blob(['<p class="MsoList"><b>Budi Santoso</b> 12345678</p>'], { type: 'text/html' }),
          'text/plain': new Blob(['Budi Santoso 12345678'], { type: 'text/plain' }) })])"""
    )
    page.get_by_role("button", name="Kirim contoh").click()
    page.get_by_label("Disalin dari").select_option("Microsoft Word")
    page.get_by_label("Apa yang tidak benar?").fill("Nomor daftar hilang.")
    page.get_by_role("button", name="Kirim contoh").click()
    expect(page.locator("#kotak-pesan")).to_contain_text("Kotak tempelan masih kosong.")
    page.get_by_label("Tempel di sini").focus()
    page.keyboard.press("Control+V")
    expect(page.locator("[data-sample-recorded]")).to_contain_text("Budi Santoso")
    assert page.locator("[data-sample-recorded] b", has_text="Budi").count() == 0  # shown as text, never as markup
    look(page, "kirim-contoh", width)
    press(page, "button", "Samarkan kata")
    expect(page.locator("[data-sample-recorded]")).to_contain_text("Xxxx Xxxxxxx 99999999")
    expect(page.locator("[data-sample-recorded]")).to_contain_text("MsoList")
    press(page, "button", "Kirim contoh")
    expect(page.locator(".alert-success")).to_contain_text("Contoh tempelan terkirim.")
    [(flavours,)] = example.query("SELECT flavours FROM masterplan_pastesample")
    assert "Budi" not in str(flavours)
    assert flavours["text/plain"] == "Xxxx Xxxxxxx 99999999"
    editor = entered(example, browser, sign_in, width, "Editor Kementerian")
    editor.goto(f"{example.url}/tempelan/")
    look(editor, "contoh-tempelan", width)
    with editor.expect_download() as download:
        press(editor, "link", "Unduh")
    assert download.value.suggested_filename.startswith("tempelan-microsoft-word-")
    press(editor, "button", "Hapus")
    editor.locator("dialog.confirm").get_by_role("button", name="Hapus").click()
    expect(editor.locator(".empty")).to_contain_text("Belum ada contoh")
