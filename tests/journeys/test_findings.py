"""A coordinator narrows the findings by keyboard, follows one to its row, and sets one aside with a reason."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import Server

pytestmark = pytest.mark.browser
SignIn = Callable[[Server, BrowserContext, str], Page]
PLAN = "/rencana/63.03-2026/"


def serious(page: Page) -> list[str]:
    return [v["id"] for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")]


def shown(page: Page, name: str) -> None:
    """Kept for looking at when SCREENS names a folder."""
    if folder := os.environ.get("SCREENS"):
        page.screenshot(path=Path(folder) / f"{name}-{(page.viewport_size or {})['width']}.png", full_page=True)


def test_from_the_finding_to_its_row_and_aside(example: Server, context: BrowserContext, sign_in: SignIn) -> None:
    page = sign_in(example, context, "Koordinator Diskominfostandi")
    page.goto(f"{example.url}{PLAN}temuan/")
    expect(page.locator(".found")).to_have_count(13)
    assert serious(page) == []
    shown(page, "temuan")
    page.get_by_label("Cari").press_sequentially("religi")
    page.keyboard.press("Enter")
    expect(page.locator(".found")).to_have_count(1)
    expect(page.get_by_role("status").filter(has_text="1 temuan")).to_be_visible()

    page.locator(".found .place a").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#id_statement")).to_be_focused()
    expect(page.locator("#temuan")).to_contain_text("Kata kunci “religi” tidak muncul")
    assert serious(page) == []
    shown(page, "temuan-baris")

    page.go_back()
    page.locator(".waive summary").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Alasan").fill("Religi dijelaskan pada kalimat sesudah visi.")
    page.get_by_role("button", name="Abaikan dengan alasan ini").press("Enter")
    expect(page.locator("#notices")).to_contain_text("Temuan diabaikan")
    page.locator(".waived summary").click()
    expect(page.locator(".waived")).to_contain_text("Religi dijelaskan pada kalimat sesudah visi.")
    page.set_viewport_size({"width": 390, "height": 900})
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    shown(page, "temuan")


def test_the_panel_beside_the_text_leads_to_the_block(
    example: Server, context: BrowserContext, sign_in: SignIn
) -> None:
    page = sign_in(example, context, "Koordinator Diskominfostandi")
    page.goto(f"{example.url}{PLAN}naskah/B2.7.2/")
    panel = page.locator("#panel")
    expect(panel.locator(".found")).to_have_count(2)
    shown(page, "temuan-panel")
    expect(panel.get_by_role("link", name="KPBU dipakai tanpa kepanjangan")).to_be_visible()
    panel.get_by_role("link", name="BOS dipakai tanpa kepanjangan").click()
    expect(page.locator("#editor .ProseMirror")).to_be_focused()
    page.goto(f"{example.url}{PLAN}temuan/?cari=KPBU")
    page.locator(".found .place a").click()
    expect(page.locator("#editor p", has_text="Sumber lain adalah DAK")).to_be_in_viewport()
    expect(page.locator("#editor .ProseMirror")).to_be_focused()
    page.goto(f"{example.url}{PLAN}temuan/aturan/")
    assert serious(page) == []
    shown(page, "temuan-aturan")
