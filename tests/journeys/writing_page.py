"""Steps that several journeys through the editor share."""

from typing import Any

from playwright.sync_api import Page

from tests.journeys.conftest import Server
from tests.journeys.test_writing import SECTION, open_section, put_caret_at_end, settle, wait_until

__all__ = ["SECTION", "captions", "command", "open_section", "put_caret_at_end", "settle", "stored_doc", "wait_until"]


def command(page: Page, code: str) -> Any:
    """Runs code with the editor as `e`; the view has the focus afterwards."""
    return page.evaluate(
        f"() => {{ const e = window.__editor.editor; const r = (() => {code})(); e.view.focus(); return r }}"
    )


def captions(page: Page) -> list[str]:
    """Tables and figures as the page numbers them, in order."""
    return page.locator(".ProseMirror .caption-label").all_inner_texts()


def stored_doc(server: Server, code: str = "B1.1.2", *, is_edited: bool = False) -> dict[str, Any]:
    """The text; with `is_edited` the one that the editor has, with suggestions."""
    [(doc, suggested)] = server.query(
        "SELECT s.doc, s.suggested FROM masterplan_section s JOIN masterplan_outlinesection o ON o.id = s.outline_section_id "
        "WHERE o.code = %s",
        code,
    )
    found: dict[str, Any] = suggested if is_edited else doc
    return found
