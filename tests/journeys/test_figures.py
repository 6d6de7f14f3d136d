"""Figures by the person's own hands: choose, describe, move, change, delete; what fails is said and loses nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import Server
from tests.journeys.writing_page import command, open_section, put_caret_at_end, settle, stored_doc, wait_until
from tests.masterplan.given import image_bytes

pytestmark = pytest.mark.browser
SignIn = Callable[[Server, BrowserContext, str], Page]
WRITER = "Koordinator Diskominfostandi"


def file(name: str = "peta.png", body: bytes | None = None) -> Any:
    return {"name": name, "mimeType": "image/png", "buffer": body or image_bytes((1200, 700))}


def stored_figures(server: Server) -> list[dict[str, Any]]:
    nodes = [node for node in stored_doc(server)["content"] if node["type"] == "figure"]
    return [
        {"alt": node["attrs"]["alt"], "source": node["attrs"]["source"], "caption": node["content"][0]["text"]}
        for node in nodes
    ]


@pytest.fixture
def page(example: Server, context: BrowserContext, sign_in: SignIn) -> Page:
    opened = sign_in(example, context, WRITER)
    open_section(example, opened)
    put_caret_at_end(opened)
    return opened


def choose(page: Page, alt: str) -> Any:
    """The dialog with a file and an alternative text; what remains is to press the button."""
    page.get_by_role("button", name="Sisipkan gambar").click()
    dialog = page.get_by_role("dialog", name="Sisipkan gambar")
    dialog.get_by_label("Berkas gambar").set_input_files(file())
    dialog.get_by_label("Teks alternatif (wajib)").fill(alt)
    return dialog


def test_a_figure_needs_a_file_and_a_true_description(page: Page) -> None:
    page.get_by_role("button", name="Sisipkan gambar").click()
    dialog = page.get_by_role("dialog", name="Sisipkan gambar")
    submit = dialog.get_by_role("button", name="Sisipkan", exact=True)
    submit.click()
    expect(dialog.get_by_role("alert")).to_have_text("Pilih berkas gambar.")
    dialog.get_by_label("Berkas gambar").set_input_files(file())
    for empty in ("", "hiasan", "Gambar", "12345", "- - -"):
        dialog.get_by_label("Teks alternatif (wajib)").fill(empty)
        submit.click()
        expect(dialog.get_by_role("alert")).to_contain_text("Teks alternatif wajib diisi")
    dialog.get_by_label("Teks alternatif (wajib)").fill("Peta wilayah perencanaan")
    submit.click()
    expect(page.locator(".ProseMirror figure > img")).to_have_attribute("alt", "Peta wilayah perencanaan")


def test_a_figure_from_file_to_page_and_back(example: Server, page: Page) -> None:
    dialog = choose(page, "Peta wilayah perencanaan Kabupaten Banjar")
    dialog.get_by_label("Keterangan gambar").fill("Wilayah perencanaan")
    dialog.get_by_label("Sumber").fill("Bapperida, 2026")
    dialog.get_by_role("button", name="Sisipkan", exact=True).click()
    figure = page.locator(".ProseMirror figure")
    expect(figure.locator(".caption-label")).to_have_text("Gambar 1.1 ")
    assert figure.locator("> img").evaluate("image => image.decode().then(() => image.naturalWidth)") == 1200
    page.keyboard.press("Enter")  # the new figure is selected: Enter changes it
    change = page.get_by_role("dialog", name="Ubah gambar")
    change.get_by_label("Keterangan gambar").fill("Peta wilayah")
    page.keyboard.press("Enter")
    expect(change).to_have_count(0)
    before = command(page, "e.state.selection.from")
    page.keyboard.press("Alt+ArrowUp")
    assert command(page, "e.state.selection.from") < before
    settle(page)
    assert stored_figures(example) == [
        {"alt": "Peta wilayah perencanaan Kabupaten Banjar", "source": "Bapperida, 2026", "caption": "Peta wilayah"}
    ]


def test_a_figure_is_selected_and_deleted_by_keyboard(example: Server, page: Page) -> None:
    dialog = choose(page, "Peta wilayah perencanaan")
    dialog.get_by_label("Keterangan gambar").fill("Wilayah")
    dialog.get_by_role("button", name="Sisipkan", exact=True).click()
    expect(dialog).to_have_count(0)
    settle(page)
    open_section(example, page)
    figure = page.locator(".ProseMirror figure")
    figure.locator("> img").evaluate("image => image.decode()")  # until then the caption below it may still move
    figure.locator("figcaption").click()
    wait_until(page, "window.__editor.editor.state.selection.$from.parent.type.name === 'figure'")
    page.keyboard.press("Escape")
    expect(figure).to_contain_class("ProseMirror-selectednode")
    page.keyboard.press("Delete")
    expect(page.locator(".ProseMirror figure")).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(page.locator(".ProseMirror figure")).to_have_count(1)


def test_failed_uploads_keep_the_dialog_with_a_sentence(page: Page, context: BrowserContext) -> None:
    page.get_by_role("button", name="Sisipkan gambar").click()
    dialog = page.get_by_role("dialog", name="Sisipkan gambar")
    dialog.get_by_label("Teks alternatif (wajib)").fill("Peta wilayah perencanaan")
    submit = dialog.get_by_role("button", name="Sisipkan", exact=True)
    dialog.get_by_label("Berkas gambar").set_input_files(file(body=b"bukan gambar sama sekali"))
    submit.click()
    expect(dialog.get_by_role("alert")).to_have_text("Berkas ini bukan gambar JPEG, PNG, atau WebP.")
    dialog.get_by_label("Berkas gambar").set_input_files(file())
    context.set_offline(True)
    submit.click()
    expect(dialog.get_by_role("alert")).to_contain_text("Anda sedang luring.")
    context.set_offline(False)
    page.route("**/gambar/", lambda route: route.abort())
    submit.click()
    expect(dialog.get_by_role("alert")).to_have_text("Gambar belum terkirim karena jaringan terputus. Coba lagi.")
    page.unroute("**/gambar/")
    expect(dialog.get_by_label("Teks alternatif (wajib)")).to_have_value("Peta wilayah perencanaan")
    submit.click()
    expect(page.locator(".ProseMirror figure")).to_have_count(1)


@pytest.mark.parametrize("door", ["paste", "drop"])
def test_an_image_file_may_be_pasted_or_dropped(page: Page, door: str) -> None:
    page.evaluate(
        """async ([body, door]) => {
          const data = new DataTransfer()
          data.items.add(new File([new Uint8Array(body)], 'foto.png', { type: 'image/png' }))
          const target = document.querySelector('.ProseMirror p')
          const box = target.getBoundingClientRect()
          const event = door === 'paste'
            ? new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
            : new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true, clientX: box.x + 5, clientY: box.y + 5 })
          target.dispatchEvent(event)
        }""",
        [list(image_bytes((60, 40))), door],
    )
    dialog = page.get_by_role("dialog", name="Sisipkan gambar")
    expect(dialog.get_by_text("Berkas: foto.png")).to_be_visible()
    dialog.get_by_label("Teks alternatif (wajib)").fill("Bidang berwarna hijau laut")
    dialog.get_by_role("button", name="Sisipkan", exact=True).click()
    expect(page.locator(".ProseMirror figure")).to_have_count(1)


def test_escape_leaves_the_dialog_and_the_text_as_they_were(page: Page) -> None:
    page.get_by_role("button", name="Sisipkan gambar").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Sisipkan gambar")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Sisipkan gambar")).to_have_count(0)
    expect(page.get_by_role("button", name="Sisipkan gambar")).to_be_focused()
    expect(page.locator(".ProseMirror figure")).to_have_count(0)
