"""A mentor suggests other words while the region writes; the writer accepts one, rejects one and undoes."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from masterplan import prose
from smartcity.ui.format import format_date
from tests.journeys.conftest import Server
from tests.journeys.test_comments import SECTION, choose_words, serious, shown
from tests.journeys.writing_page import command, open_section, settle, stored_doc, wait_until

pytestmark = pytest.mark.browser
SignIn = Callable[[Server, BrowserContext, str], Page]
LONG_WORDS = "[...window.__editor.editor.state.doc.child(0).textContent.matchAll(/(?<= )\\p{L}{6,}(?= )/gu)].map((found) => found[0])"
MARKED = ".ProseMirror ins, .ProseMirror del"
MAKASSAR = ZoneInfo("Asia/Makassar")
READY = "window.__editor?.hasSuggestions"


def record_mode(server: Server, mentor: Page) -> None:
    """From reading to suggesting."""
    mentor.goto(f"{server.url}{SECTION}")
    wait_until(mentor, READY)
    assert mentor.locator(".ProseMirror").get_attribute("contenteditable") == "false"
    assert serious(mentor) == []
    mentor.get_by_role("link", name="Usulkan perubahan kata").click()
    expect(mentor.get_by_role("note").filter(has_text="Mode usulan")).to_be_visible()
    wait_until(mentor, READY)
    expect(mentor.locator(".ProseMirror")).to_have_attribute("contenteditable", "true")


def type_over(page: Page, words: str, text: str) -> None:
    page.locator(".ProseMirror").focus()
    choose_words(page, words)
    wait_until(page, "!window.__editor.editor.state.selection.empty")
    page.keyboard.type(text, delay=15)


def start_of_block(page: Page) -> None:
    command(page, "e.commands.setTextSelection(1)")


def text(server: Server) -> str:
    return prose.plain_text(stored_doc(server)).splitlines()[0]


def in_banjar(at: str) -> str:
    """The browser of these tests stands in another zone than the region."""
    local = datetime.fromisoformat(at).astimezone(MAKASSAR)
    return f"{format_date(local)} {local:%H.%M}"


def suggest(server: Server, mentor: Page, word: str) -> None:
    """Two: other words for one, and words at the beginning, of which some are taken back."""
    type_over(mentor, word, "pengganti")
    start_of_block(mentor)
    mentor.keyboard.type("Mulanyaa", delay=15)
    mentor.keyboard.press("Backspace")
    mentor.keyboard.type(" ", delay=15)
    settle(mentor)
    expect(mentor.locator(".ProseMirror ins")).to_have_text(["Mulanya ", "pengganti"])
    expect(mentor.locator(".ProseMirror del")).to_have_text([word])
    mentor.keyboard.press("Enter")
    expect(mentor.locator("#editor-notice")).to_have_text("Usulan hanya untuk kata-kata di dalam paragraf.")
    mentor.keyboard.press("Control+b")
    mentor.get_by_role("tab", name="Usulan").click()
    expect(mentor.locator(".suggestion")).to_have_count(2)
    assert serious(mentor) == []
    shown(mentor, "usulan-pembimbing")


def look(server: Server, office: Page, before: str) -> None:
    """They arrive by the poll, in the text and beside it; what is stored, counted and printed is the old text."""
    expect(office.locator(".ProseMirror ins")).to_have_text(["Mulanya ", "pengganti"])
    assert text(server) == before
    made = [each.at for each in prose.suggestions(stored_doc(server, is_edited=True))]
    expect(office.locator(".suggested-by .muted")).to_have_text([f" · {in_banjar(at)}" for at in made])
    office.locator(".ProseMirror ins").last.click()
    expect(office.locator(".suggestion.on")).to_contain_text("pengganti")
    assert serious(office) == []
    shown(office, "usulan-penulis")


def type_inside(server: Server, office: Page, before: str) -> None:
    """What the writer types into a suggestion is the writer's own."""
    command(office, "e.commands.setTextSelection(3)")
    office.keyboard.type("?")
    settle(office)
    assert text(server) == f"?{before}"
    times = {f"{datetime.now(MAKASSAR) - timedelta(minutes=ago):%H.%M}" for ago in (0, 1)}
    assert office.locator("#editor-status").inner_text()[:15] in {f"Tersimpan {time}" for time in times}
    command(office, "e.commands.undo()")
    settle(office)


def answer(server: Server, office: Page, word: str, accepted: str) -> None:
    """One accepted, one rejected, by key."""
    office.get_by_role("button", name=f"Terima: ganti “{word}” dengan “pengganti”").press("Enter")
    expect(office.locator("#suggestion-news")).to_contain_text("Usulan diterima.")
    office.get_by_role("button", name="Tolak: tambah “Mulanya ”").press("Enter")
    settle(office)
    expect(office.locator(MARKED)).to_have_count(0)
    assert text(server) == accepted
    shown(office, "usulan-selesai")


def test_a_writer_answers_what_a_mentor_suggests(
    example: Server, browser: Browser, context: BrowserContext, sign_in: SignIn
) -> None:
    office = sign_in(example, context, "Koordinator Diskominfostandi")
    open_section(example, office)
    wait_until(office, READY)
    before, counted = text(example), office.locator("[data-words]").inner_text()
    word = office.evaluate(LONG_WORDS)[1]
    accepted = before.replace(f" {word} ", " pengganti ", 1)
    guests = browser.new_context(viewport={"width": 1440, "height": 1000}, locale="id-ID")
    mentor = sign_in(example, guests, "Pembimbing Kementerian")
    record_mode(example, mentor)
    suggest(example, mentor, word)
    look(example, office, before)
    expect(office.locator("[data-words]")).to_have_text(counted)
    type_inside(example, office, before)
    answer(example, office, word, accepted)
    expect(mentor.locator(MARKED)).to_have_count(0)

    # Undo brings them back, as the mentor had made them; then all at once.
    command(office, "e.commands.undo()")
    command(office, "e.commands.undo()")
    settle(office)
    expect(mentor.locator(".ProseMirror ins")).to_have_text(["Mulanya ", "pengganti"])
    assert text(example) == before
    office.get_by_role("button", name="Terima semua").click()
    settle(office)
    assert text(example) == f"Mulanya {accepted}"
    expect(mentor.locator(".suggestion")).to_have_count(0)
    guests.close()


def test_a_mentor_withdraws_and_other_readers_see_the_text_without(
    example: Server, browser: Browser, context: BrowserContext, sign_in: SignIn
) -> None:
    mentor = sign_in(example, context, "Pembimbing Kementerian")
    record_mode(example, mentor)
    before = text(example)
    start_of_block(mentor)
    mentor.keyboard.type("Usulan ", delay=15)
    settle(mentor)
    guests = browser.new_context(viewport={"width": 390, "height": 850}, locale="id-ID")
    reader = sign_in(example, guests, "Sekretaris Daerah")
    reader.goto(f"{example.url}{SECTION}")
    wait_until(reader, READY)
    assert reader.locator(".ProseMirror").inner_text().startswith(before[:20])
    assert reader.get_by_role("tab", name="Usulan").count() == 0
    mentor.get_by_role("tab", name="Usulan").click()
    mentor.get_by_role("button", name="Tarik: tambah “Usulan ”").click()
    settle(mentor)
    assert text(example) == before
    mentor.set_viewport_size({"width": 390, "height": 850})
    assert mentor.evaluate("document.documentElement.scrollWidth") <= 390
    assert serious(mentor) == []
    shown(mentor, "usulan-sempit")
    guests.close()
