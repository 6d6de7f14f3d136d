"""The numbers on the editor's page are those in the printed book, and references follow them."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pypdf import PdfReader

from tests.journeys.conftest import Server
from tests.journeys.test_table_tools import new_table
from tests.journeys.writing_page import captions, open_section, put_caret_at_end, settle, stored_doc, wait_until
from tests.masterplan.given import image_bytes

pytestmark = pytest.mark.browser
SignIn = Callable[[Server, BrowserContext, str], Page]
SECTIONS = ("B1.1.1", "B1.1.2", "B1.2.1", "B2.2.1")
LABEL = re.compile(r"(?:Tabel|Gambar) [\dL]+\.\d+")


def path(code: str) -> str:
    return f"/rencana/63.03-2026/naskah/{code}/"


def go(server: Server, page: Page, code: str) -> None:
    with page.expect_response("**/nomor/"):
        open_section(server, page, path(code))
    page.wait_for_timeout(150)
    put_caret_at_end(page)


def add_figure(page: Page, caption: str) -> None:
    page.get_by_role("button", name="Sisipkan gambar").click()
    dialog = page.get_by_role("dialog", name="Sisipkan gambar")
    file: Any = {"name": "a.png", "mimeType": "image/png", "buffer": image_bytes((900, 500))}
    dialog.get_by_label("Berkas gambar").set_input_files(file)
    dialog.get_by_label("Teks alternatif (wajib)").fill(f"Bidang hijau laut untuk {caption}")
    dialog.get_by_label("Keterangan gambar").fill(caption)
    dialog.get_by_role("button", name="Sisipkan", exact=True).click()
    expect(dialog).to_have_count(0)
    page.keyboard.press("ArrowRight")


def refer(page: Page, search: str) -> None:
    page.get_by_role("button", name="Rujukan silang ke tabel atau gambar").click()
    dialog = page.get_by_role("dialog", name="Rujukan silang")
    dialog.get_by_label("Cari tabel atau gambar").fill(search)
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)


def printed(server: Server, tmp_path: Path) -> str:
    server.manage("export_plan", "63.03-2026", "--output", str(tmp_path / "book.pdf"))
    reader = PdfReader(tmp_path / "book.pdf")
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_numbers_on_the_page_are_those_in_the_book(
    example: Server, context: BrowserContext, sign_in: SignIn, tmp_path: Path
) -> None:
    page = sign_in(example, context, "Koordinator Diskominfostandi")
    for code in SECTIONS:
        go(example, page, code)
        new_table(page, f"Uji tabel {code}")
        put_caret_at_end(page)
        add_figure(page, f"Uji gambar {code}")
        settle(page)
    go(example, page, "B1.1.1")  # before everything else: all later numbers of the chapter move
    page.evaluate("() => window.__editor.editor.commands.focus('start')")
    page.get_by_role("button", name="Sisipkan tabel").click()
    page.get_by_label("Judul tabel").fill("Uji tabel paling awal")
    page.keyboard.press("Enter")
    settle(page)
    go(example, page, "B1.1.2")
    page.keyboard.type("Lihat ")
    refer(page, "uji tabel B1.2.1")
    page.keyboard.type(" dan ")
    refer(page, "Gambar uji B1.1.2")
    settle(page)
    shown: dict[str, str] = {}
    references: list[str] = []
    for code in SECTIONS:
        go(example, page, code)
        for line in page.locator(".ProseMirror .table-caption, .ProseMirror figcaption").all_inner_texts():
            label = LABEL.match(line)
            assert label is not None, line
            shown[line[label.end() :].strip()] = label.group()
        references += page.locator(".ProseMirror .xref").all_inner_texts()
    text = printed(example, tmp_path)
    found = {caption: label for caption, label in shown.items() if f"{label} {caption}".replace("  ", " ") in text}
    assert found == shown
    assert len([caption for caption in shown if caption.startswith("Uji")]) == 2 * len(SECTIONS) + 1
    assert references == [shown["Uji tabel B1.2.1"], shown["Uji gambar B1.1.2"]]
    assert f"Lihat {references[0]} dan {references[1]}" in text


def test_a_reference_to_what_is_gone_says_so(example: Server, context: BrowserContext, sign_in: SignIn) -> None:
    page = sign_in(example, context, "Koordinator Diskominfostandi")
    go(example, page, "B1.1.2")
    new_table(page, "Akan hilang")
    put_caret_at_end(page)
    refer(page, "akan hilang")
    reference = page.locator(".ProseMirror .xref")
    expect(reference).to_have_text(captions(page)[-1].strip())
    reference.click()
    assert page.evaluate("() => window.__editor.editor.state.selection.$from.parent.type.name") == "tableCaption"
    page.locator(".ProseMirror td").last.click()
    page.get_by_role("button", name="Hapus tabel beserta judulnya").click()
    expect(reference).to_have_text("rujukan hilang")
    expect(reference).to_have_class("xref lost")
    settle(page)
    assert stored_doc(example)["content"][-1]["content"][-1]["type"] == "xref"
    wait_until(page, "document.querySelector('.xref.lost')")
