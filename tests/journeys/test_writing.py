"""Two people in one section: nothing missing, nothing twice, whatever dies."""

import json
import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import Server

pytestmark = pytest.mark.browser

SECTION = "/rencana/63.03-2026/naskah/B1.1.2/"
SignIn = Callable[[Server, BrowserContext, str], Page]


def wait_until(page: Page, condition: str, seconds: float = 60) -> None:
    """Playwright's own waiting needs eval, which the content security policy refuses."""
    deadline = time.monotonic() + seconds
    while not page.evaluate(f"() => Boolean({condition})"):
        assert time.monotonic() < deadline, condition
        page.wait_for_timeout(50)


def open_section(server: Server, page: Page, path: str = SECTION) -> None:
    page.goto(f"{server.url}{path}")
    wait_until(page, "window.__editor && window.__editor.ready")
    wait_until(page, "window.__editor.isPasteReady()")


def put_caret_at_end(page: Page) -> None:
    page.evaluate("() => { const e = window.__editor.editor; e.commands.focus('end'); e.view.focus() }")


def settle(page: Page) -> None:
    wait_until(page, "window.__editor.pending() === 0")


def stored_text(server: Server, code: str = "B1.1.2") -> str:
    [(doc,)] = server.query(
        "SELECT s.doc FROM masterplan_section s JOIN masterplan_outlinesection o ON o.id = s.outline_section_id WHERE o.code = %s",
        code,
    )
    return " ".join(re.findall(r'"text": "((?:[^"\\]|\\.)*)"', json.dumps(doc, ensure_ascii=False)))


def test_giant_paste_is_refused_with_a_sentence(example: Server, context: BrowserContext, sign_in: SignIn) -> None:
    page = sign_in(example, context, "Koordinator Diskominfostandi")
    open_section(example, page)
    before = stored_text(example)
    page.evaluate(
        """() => {
          const data = new DataTransfer()
          data.setData('text/plain', 'kata '.repeat(4_000_000))
          const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
          document.querySelector('.ProseMirror').dispatchEvent(event)
        }"""
    )
    expect(page.locator("#editor-notice")).to_have_text(
        "Tempelan ditolak: isinya 20 MB, paling besar 2 MB. Tempel per bagian."
    )
    assert stored_text(example) == before


def test_reader_sees_the_text_but_cannot_write(example: Server, context: BrowserContext, sign_in: SignIn) -> None:
    page = sign_in(example, context, "Sekretaris Daerah")
    open_section(example, page)
    assert page.evaluate("() => window.__editor.editor.isEditable") is False
    expect(page.locator(".readonly-note").first).to_contain_text("Anda membaca.")
    expect(page.locator("#editor-toolbar")).to_have_count(0)
