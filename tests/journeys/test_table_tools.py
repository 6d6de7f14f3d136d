"""Tables by buttons and by keys; footnotes, links, references, find and help through their dialogs."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import Server
from tests.journeys.writing_page import captions, command, open_section, put_caret_at_end, settle, stored_doc

pytestmark = pytest.mark.browser
SignIn = Callable[[Server, BrowserContext, str], Page]
WRITER = "Koordinator Diskominfostandi"


@pytest.fixture
def page(example: Server, context: BrowserContext, sign_in: SignIn) -> Page:
    opened = sign_in(example, context, WRITER)
    open_section(example, opened)
    put_caret_at_end(opened)
    return opened


def new_table(page: Page, title: str = "Kepadatan penduduk") -> None:
    page.get_by_role("button", name="Sisipkan tabel").click()
    page.get_by_role("textbox", name="Judul tabel").fill(title)
    page.keyboard.press("Enter")
    expect(page.get_by_role("toolbar", name="Alat tabel")).to_be_visible()


def cells(page: Page) -> list[list[str]]:
    """Rows of the last table; a header cell's text stands in brackets, spans behind it."""
    found: list[list[str]] = page.evaluate(
        """() => [...[...document.querySelectorAll('.ProseMirror table')].at(-1).rows].map((row) => [...row.cells].map((cell) => {
          const span = cell.colSpan > 1 || cell.rowSpan > 1 ? `×${cell.colSpan}/${cell.rowSpan}` : ''
          const text = cell.innerText.trim().replace(/\\s+/g, ' ')
          return (cell.tagName === 'TH' ? `[${text}]` : text) + span
        }))"""
    )
    return found


def fill(page: Page, *texts: str) -> None:
    for place, text in enumerate(texts):
        if place:
            page.keyboard.press("Tab")
        page.keyboard.type(text)


def tool(page: Page, name: str) -> None:
    page.get_by_role("toolbar", name="Alat tabel").get_by_role("button", name=name, exact=True).click()


def test_rows_and_columns_by_keys_and_buttons(example: Server, page: Page) -> None:
    new_table(page)
    fill(page, "A", "B", "C", "1", "2", "3", "4", "5", "6")
    page.keyboard.press("Tab")  # after the last cell: one more row
    page.keyboard.type("7")
    assert cells(page) == [["[A]", "[B]", "[C]"], ["1", "2", "3"], ["4", "5", "6"], ["7", "", ""]]
    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("Alt+ArrowRight")
    assert cells(page) == [["[B]", "[A]", "[C]"], ["", "7", ""], ["2", "1", "3"], ["5", "4", "6"]]
    tool(page, "Hapus baris")
    tool(page, "Sisipkan kolom di kanan")
    tool(page, "Sisipkan baris di atas")
    assert cells(page) == [["[B]", "[]", "[A]", "[C]"], ["", "", "", ""], ["2", "", "1", "3"], ["5", "", "4", "6"]]
    tool(page, "Pilih kolom")
    tool(page, "Hapus kolom")
    page.keyboard.press("Control+z")
    assert len(cells(page)[0]) == 4
    settle(page)
    assert [node["type"] for node in stored_doc(example)["content"]][-3:-1] == ["tableCaption", "table"]


def test_merging_headers_caption_and_deletion(page: Page) -> None:
    new_table(page)
    fill(page, "A", "B", "C", "1", "2", "3")
    tool(page, "Pilih baris")
    tool(page, "Gabung sel yang dipilih")
    assert cells(page) == [["[A]", "[B]", "[C]"], ["1 2 3×3/1"], ["", "", ""]]
    tool(page, "Pisah sel gabungan")
    assert [len(row) for row in cells(page)] == [3, 3, 3]
    tool(page, "Baris pertama sebagai judul")
    tool(page, "Kolom pertama sebagai judul")
    assert [[cell.startswith("[") for cell in row] for row in cells(page)] == [[True, False, False]] * 3
    expect(page.get_by_role("button", name="Kolom pertama sebagai judul")).to_have_attribute("aria-pressed", "true")
    tool(page, "Judul tabel")
    page.keyboard.type(" per kecamatan")
    expect(page.locator(".ProseMirror .table-caption").last).to_contain_text("Kepadatan penduduk per kecamatan")
    page.locator(".ProseMirror td").last.click()
    before = len(captions(page))
    tool(page, "Hapus tabel beserta judulnya")
    assert len(captions(page)) == before - 1
    expect(page.get_by_role("toolbar", name="Alat tabel")).to_be_hidden()


def test_a_table_without_caption_gets_one(page: Page) -> None:
    command(page, "e.commands.insertTable({ rows: 2, cols: 2 })")
    tool(page, "Judul tabel")
    page.keyboard.type("Judul susulan")
    expect(page.locator(".ProseMirror .table-caption").last).to_contain_text("Judul susulan")


def test_links_and_footnotes_are_checked_in_their_dialogs(page: Page) -> None:
    page.keyboard.press("Control+k")
    dialog = page.get_by_role("dialog", name="Tautan")
    for bad in ("javascript:alert(1)", "data:text/html,x", "bps", "https://", "//jahat"):
        dialog.get_by_label("Alamat").fill(bad)
        page.keyboard.press("Enter")
        expect(dialog.get_by_role("alert")).to_have_text("Alamat belum benar. Tulis alamat http, https, atau surel.")
    dialog.get_by_label("Alamat").fill("bps.go.id")
    dialog.get_by_label("Teks yang ditampilkan").fill("BPS")
    page.keyboard.press("Enter")
    expect(page.locator(".ProseMirror a[href='https://bps.go.id']")).to_have_text("BPS")
    page.get_by_role("button", name="Catatan kaki").click()
    page.get_by_label("Isi catatan").fill("BPS, 2026.")
    page.get_by_role("button", name="Simpan").click()
    expect(page.locator(".ProseMirror .footnote").last).to_have_attribute("data-text", "BPS, 2026.")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Catatan kaki")).to_be_visible()
    page.get_by_role("button", name="Hapus catatan").click()
    expect(page.locator(".ProseMirror .footnote[data-text='BPS, 2026.']")).to_have_count(0)


def test_find_and_replace(example: Server, page: Page) -> None:
    for text in ("Pohon kelapa. ", "pohon jati. ", "POHON ulin. 3+3"):
        page.keyboard.type(text)
    page.keyboard.press("Control+f")
    bar = page.get_by_role("search", name="Cari dalam bagian")
    bar.get_by_label("Cari dalam bagian").fill("pohon")
    expect(bar.get_by_role("status")).to_have_text("1 dari 3")
    page.keyboard.press("Enter")
    expect(bar.get_by_role("status")).to_have_text("2 dari 3")
    page.keyboard.press("Shift+Enter")
    expect(bar.get_by_role("status")).to_have_text("1 dari 3")
    bar.get_by_label("Ganti dengan").fill("Tanaman")
    bar.get_by_role("button", name="Ganti", exact=True).click()
    expect(bar.get_by_role("status")).to_have_text("1 dari 2")
    bar.get_by_role("button", name="Ganti semua").click()
    expect(bar.get_by_role("status")).to_have_text("Tidak ditemukan")
    bar.get_by_label("Cari dalam bagian").fill("3+3")
    expect(bar.get_by_role("status")).to_have_text("1 dari 1")
    page.keyboard.press("Escape")
    expect(bar).to_be_hidden()
    settle(page)
    text = str(stored_doc(example))
    assert (text.count("Tanaman kelapa. Tanaman jati. Tanaman ulin."), text.lower().count("pohon")) == (1, 0)


def test_word_count_help_and_toolbar_by_keyboard(page: Page) -> None:
    expect(page.locator("[data-words]")).to_contain_text("kata, anjuran")
    before = page.locator("[data-words]").inner_text()
    page.keyboard.type(" satu dua tiga")
    expect(page.locator("[data-words]")).not_to_have_text(before)
    for _ in range(3):
        page.keyboard.press("Control+Shift+ArrowLeft")
    expect(page.locator("[data-words]")).to_contain_text("3 dari ")
    page.keyboard.press("Control+/")
    help_page = page.get_by_role("dialog", name="Pintasan papan tombol")
    expect(help_page).to_contain_text("pindahkan kolom")
    page.keyboard.press("Escape")
    expect(help_page).to_have_count(0)
    page.keyboard.press("Alt+F10")
    expect(page.get_by_role("button", name="Paragraf")).to_be_focused()
    page.keyboard.press("End")
    expect(page.get_by_role("button", name="Pintasan papan tombol")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".ProseMirror")).to_be_focused()


def test_who_goes_on_before_a_closed_dialog_is_gone_is_not_called_back(page: Page) -> None:
    page.keyboard.press("Control+/")
    expect(page.get_by_role("dialog", name="Pintasan papan tombol")).to_be_visible()
    page.evaluate("""() => {
      document.querySelector('dialog[open]').close()
      document.querySelector('[role="toolbar"] [tabindex="0"]').focus()
    }""")
    expect(page.locator("dialog", has_text="Pintasan papan tombol")).to_have_count(0)
    expect(page.get_by_role("button", name="Paragraf")).to_be_focused()


def serious(page: Page) -> list[str]:
    page.wait_for_timeout(100)
    return [v["id"] for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")]


@pytest.mark.parametrize("width", [1440, 390])
def test_bars_and_dialogs_are_sound_for_screen_readers(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    new_table(page)
    found = {"table bar": serious(page)}
    page.locator(".ProseMirror").focus()
    page.keyboard.press("Control+f")
    found["find"] = serious(page)
    page.keyboard.press("Escape")
    for name in ("Tautan (Ctrl+K)", "Catatan kaki", "Rujukan silang", "Sisipkan gambar", "Pintasan papan tombol"):
        page.get_by_role("toolbar", name="Alat tulis").get_by_role("button", name=name).click()
        expect(page.get_by_role("dialog")).to_be_visible()
        found[name] = serious(page)
        page.keyboard.press("Escape")
    assert found == {key: [] for key in found}
    assert page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
