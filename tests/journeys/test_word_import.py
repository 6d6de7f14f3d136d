"""A coordinator brings a Word file into the plan: look, change one target, confirm, and the old text is still there."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.conftest import Server
from tests.journeys.test_first_book import look
from tests.masterplan.word import given, hostile

pytestmark = pytest.mark.browser
SignIn = Callable[[Server, BrowserContext, str], Page]

PLAN = "/rencana/63.03-2026/"
NAME = "Buku I Kabupaten Banjar.docx"


def text_of(server: Server, code: str) -> str:
    [(doc,)] = server.query(
        "SELECT s.doc::text FROM masterplan_section s JOIN masterplan_outlinesection o ON o.id = s.outline_section_id "
        "WHERE o.code = %s",
        code,
    )
    return str(doc)


def send(server: Server, page: Page, file: Path) -> None:
    page.goto(f"{server.url}{PLAN}")
    page.get_by_role("link", name="Impor Word").click()
    page.get_by_label("Berkas Word").set_input_files(file)
    page.get_by_role("button", name="Baca berkas").click()


def too_wide(page: Page) -> int:
    return int(page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def test_word_file_reaches_its_sections(
    example: Server, browser: Browser, watched: BrowserContext, sign_in: SignIn, tmp_path: Path
) -> None:
    file = tmp_path / NAME
    file.write_bytes(given.masterplan())
    page = sign_in(example, watched, "Koordinator Diskominfostandi")
    before = text_of(example, "B1.1.1")
    page.goto(f"{example.url}{PLAN}impor/")
    look(page, "impor-unggah")
    send(example, page, file)
    expect(page.get_by_role("heading", level=1)).to_have_text("Apa masuk ke mana")
    choose(page)
    assert text_of(example, "B1.1.1") == before
    page.get_by_role("button", name="Masukkan ke naskah").click()
    page.locator("dialog.confirm").get_by_role("button", name="Masukkan ke naskah").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sudah masuk naskah")
    look(page, "impor-hasil")
    check_sections(example, page, before)


def choose(page: Page) -> None:
    """The piece without a match goes to a section by hand; its row then says what would be replaced."""
    look(page, "impor-pratinjau")
    row = page.locator("tr[data-piece]", has_text="2.7 Kearifan Lokal")
    expect(row.get_by_label("Bagian tujuan")).to_have_value("")
    row.get_by_label("Bagian tujuan").select_option("B1.2.3")
    expect(row.locator("[data-now]")).to_contain_text("kata diganti")
    row.get_by_label("Cara memasukkan").select_option("tambah")
    expect(row.locator("[data-now]")).to_contain_text("kata tetap")
    expect(page.locator("[data-word-count]")).to_have_text("11 dari 12 potongan dipakai")
    more = page.locator("tr.word-more", has_text="2.7 Kearifan Lokal")
    more.get_by_text("Lihat isinya").click()
    expect(more.locator(".word-text")).to_contain_text("Bagian ini tidak ada dalam kerangka.")


def check_sections(server: Server, page: Page, before: str) -> None:
    page.get_by_role("link", name="1.1 Latar Belakang").click()
    expect(page.locator(".ProseMirror")).to_contain_text("desa belum terlayani")
    added = text_of(server, "B1.2.3")
    assert "Bagian ini tidak ada dalam kerangka." in added
    [(version,)] = server.query(
        "SELECT n.version FROM masterplan_namedversion n JOIN masterplan_section s ON s.id = n.section_id "
        "JOIN masterplan_outlinesection o ON o.id = s.outline_section_id WHERE o.code = 'B1.1.1' AND n.name = %s",
        f"Sebelum impor {NAME}",
    )
    old = page.request.get(f"{server.url}{PLAN}naskah/B1.1.1/doc/?at={version}").json()
    assert [block["type"] for block in old["doc"]["content"]]
    first = old["doc"]["content"][0]["content"][0]["text"]
    assert first in before
    assert first not in text_of(server, "B1.1.1")


def test_refused_file_says_why_and_small_screens_fit(
    example: Server, browser: Browser, sign_in: SignIn, tmp_path: Path
) -> None:
    phone = browser.new_context(viewport={"width": 390, "height": 800}, locale="id-ID")
    page = sign_in(example, phone, "Koordinator Diskominfostandi")
    macro = tmp_path / "makro.docx"
    macro.write_bytes(hostile.with_macros())
    page.goto(f"{example.url}{PLAN}impor/")
    look(page, "impor-unggah-ponsel")
    assert too_wide(page) <= 0
    page.get_by_label("Berkas Word").set_input_files(macro)
    page.get_by_role("button", name="Baca berkas").click()
    expect(page.get_by_role("alert").first).to_contain_text("memuat makro")
    look(page, "impor-ditolak-ponsel")
    good = tmp_path / NAME
    good.write_bytes(given.masterplan())
    page.get_by_label("Berkas Word").set_input_files(good)
    page.get_by_role("button", name="Baca berkas").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Apa masuk ke mana")
    look(page, "impor-pratinjau-ponsel")
    assert too_wide(page) <= 0
    page.get_by_role("button", name="Batalkan impor").click()
    page.locator("dialog.confirm").get_by_role("button", name="Batalkan impor").click()
    expect(page.locator("main")).to_contain_text("dibatalkan. Tidak ada naskah yang berubah.")
    assert example.query("SELECT state FROM masterplan_wordimport") == [("dibuang",)]
    phone.close()
