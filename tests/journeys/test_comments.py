"""A mentor remarks on words and on a cell while the region writes; the anchor follows; answered, accepted."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.conftest import Server
from tests.journeys.writing_page import open_section, settle, wait_until

pytestmark = pytest.mark.browser
SignIn = Callable[[Server, BrowserContext, str], Page]
PLAN = "/rencana/63.03-2026/"
SECTION = f"{PLAN}naskah/B1.1.2/"
RANGE = ".ProseMirror .cm"
THREE_WORDS = "window.__editor.editor.state.doc.textBetween(0, 400, ' ').match(/\\p{L}{4,} \\p{L}{4,} \\p{L}{4,}/u)[0]"


def serious(page: Page) -> list[str]:
    found = [v for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")]
    return [f"{v['id']}: {v['nodes'][0]['target']}" for v in found]


def shown(page: Page, name: str) -> None:
    """Kept for looking at when SCREENS names a folder."""
    if folder := os.environ.get("SCREENS"):
        page.screenshot(path=Path(folder) / f"{name}-{(page.viewport_size or {})['width']}.png")


def choose_words(page: Page, words: str) -> None:
    """As a pointer drawn over them does."""
    page.evaluate(
        """(words) => {
          const walker = document.createTreeWalker(document.querySelector('.ProseMirror'), NodeFilter.SHOW_TEXT)
          while (walker.nextNode()) {
            const at = walker.currentNode.data.indexOf(words)
            if (at < 0) continue
            getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + words.length)
            return
          }
          throw new Error('not there: ' + words)
        }""",
        words,
    )


def fill(page: Page, *, sees: str, kind: str, body: str) -> None:
    form = page.locator("form.compose")
    expect(form.get_by_label("3. Isi")).to_be_hidden()
    form.locator(f'[name="terlihat"][value="{sees}"]').check()
    form.locator(f'[name="jenis"][value="{kind}"]').check()
    form.get_by_label("3. Isi").fill(body)


def remark_on_words(server: Server, mentor: Page, words: str) -> str:
    """The number of the thread that the mentor starts on these words."""
    mentor.goto(f"{server.url}{SECTION}")
    wait_until(mentor, "window.__editor?.ready")
    wait_until(mentor, "!document.getElementById('comment-words').hidden")
    choose_words(mentor, words)
    expect(mentor.locator(".float-comment")).to_be_visible()
    mentor.keyboard.press("Control+Alt+m")
    expect(mentor.locator("form.compose blockquote")).to_have_text(words)
    assert serious(mentor) == []
    shown(mentor, "komentar-tulis-kosong")
    fill(mentor, sees="tim", kind="wajib", body="Mohon sebutkan sumbernya.")
    shown(mentor, "komentar-tulis")
    mentor.get_by_role("button", name="Kirim komentar").click()
    expect(mentor.locator(RANGE)).to_have_text(words)
    number = mentor.locator("#comment-threads .thread").first.get_attribute("data-thread")
    expect(mentor.locator(f"#K-{number}")).to_be_focused()
    assert serious(mentor) == []
    shown(mentor, "komentar-panel")
    return str(number)


def answer(office: Page, number: str) -> None:
    office.locator(RANGE).click()
    card = office.locator(f"#K-{number}")
    expect(card).to_be_focused()
    card.locator(".respond summary").click()
    card.get_by_label("Isi").fill("Sumbernya survei 2024, sudah ditambahkan.")
    card.get_by_role("button", name="Kirim sebagai jawaban").click()
    expect(office.locator(f"#K-{number}")).to_contain_text("Dijawab")
    assert serious(office) == []
    shown(office, "komentar-penulis")


def accept(server: Server, mentor: Page, number: str) -> None:
    mentor.goto(f"{server.url}{PLAN}komentar/?untuk=saya")
    assert serious(mentor) == []
    shown(mentor, "komentar-menunggu")
    mentor.goto(f"{server.url}{PLAN}komentar/{number}/")
    mentor.locator(".respond summary").click()
    mentor.get_by_role("button", name="Terima jawaban").click()
    expect(mentor.locator("h1")).to_have_text(f"Komentar K-{number}")
    expect(mentor.locator(f"#K-{number}")).to_contain_text("Selesai")


def test_a_remark_follows_its_words_until_it_is_accepted(
    example: Server, browser: Browser, context: BrowserContext, sign_in: SignIn
) -> None:
    office = sign_in(example, context, "Koordinator Diskominfostandi")
    open_section(example, office)
    words = office.evaluate(THREE_WORDS)
    guests = browser.new_context(viewport={"width": 1440, "height": 1000}, locale="id-ID")
    mentor = sign_in(example, guests, "Pembimbing Kementerian")
    number = remark_on_words(example, mentor, words)

    # The office types before the words; the remark arrives by the poll and stays where it belongs.
    expect(office.locator(RANGE)).to_have_text(words)
    office.evaluate("window.__editor.editor.chain().insertContentAt(1, 'Sejak 😀 lama ').run()")
    settle(office)
    expect(office.locator(RANGE)).to_have_text(words)
    expect(mentor.locator(".ProseMirror")).to_contain_text("Sejak 😀 lama")
    mentor.reload()
    expect(mentor.locator(RANGE)).to_have_text(words)

    answer(office, number)
    expect(mentor.locator(f"#K-{number}")).to_contain_text("Sumbernya survei 2024")
    accept(example, mentor, number)
    expect(office.locator(RANGE)).to_have_count(0)
    guests.close()


def test_a_cell_and_a_narrow_screen(example: Server, context: BrowserContext, sign_in: SignIn) -> None:
    page = sign_in(example, context, "Pembimbing Kementerian")
    page.goto(f"{example.url}{PLAN}tabel/program/")
    shown(page, "komentar-tabel")
    page.get_by_role("link", name="ENV-P01", exact=True).click()
    page.get_by_role("link", name="Komentari baris ini").click()
    fill(page, sees="peninjau", kind="pertanyaan", body="Apakah target ini wajar?")
    page.get_by_label("Sel").select_option(label="Target 2027")
    assert serious(page) == []
    shown(page, "komentar-sel")
    page.get_by_role("button", name="Kirim komentar").click()
    expect(page.locator(".thread")).to_contain_text("Sel: Target 2027")
    page.get_by_role("link", name="Buka tempatnya").click()
    expect(page.locator(".row-comments .thread")).to_have_count(1)
    page.goto(f"{example.url}{PLAN}tabel/program/?cari=ENV-P01")
    expect(page.locator("td .cm-mark")).to_have_count(1)
    page.goto(f"{example.url}{PLAN}komentar/")
    assert serious(page) == []
    shown(page, "komentar-daftar")
    page.set_viewport_size({"width": 390, "height": 850})
    for place, name in (("komentar/", "daftar"), ("komentar/baru/", "baru"), ("naskah/B2.7.2/#panel", "panel")):
        page.goto(f"{example.url}{PLAN}{place}")
        if name == "panel":
            page.get_by_role("tab", name="Komentar").click()
            expect(page.locator("#comment-threads .thread")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert serious(page) == []
        shown(page, f"komentar-{name}")
