"""The tab "Pratinjau": opened beside the editor it shows the typeset pages and follows what is saved."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import Server
from tests.journeys.writing_page import open_section, put_caret_at_end

pytestmark = pytest.mark.browser
SignIn = Callable[[Server, BrowserContext, str], Page]
SECTION = "/rencana/63.03-2026/naskah/B1.1.1/"


def pictures(page: Page) -> Any:
    return page.locator("#panel-pratinjau .preview-pages img")


def test_pages_follow_what_is_saved(example: Server, context: BrowserContext, sign_in: SignIn) -> None:
    page = sign_in(example, context, "Koordinator Diskominfostandi")
    open_section(example, page, SECTION)
    expect(pictures(page)).to_have_count(0)  # nobody asked yet
    page.get_by_role("tab", name="Pratinjau").click()
    expect(pictures(page)).to_have_count(1)
    former = pictures(page).first.get_attribute("src")
    put_caret_at_end(page)
    page.keyboard.type("Kalimat penutup yang baru ditulis. " * 3)
    expect(pictures(page).first).not_to_have_attribute("src", former or "")
    wide = page.locator("#panel").bounding_box()
    assert wide
    assert wide["width"] >= 380
    page.get_by_role("tab", name="Panduan").click()
    narrow = page.locator("#panel").bounding_box()
    assert narrow
    assert narrow["width"] < wide["width"]


def test_on_a_phone_it_is_a_page_of_its_own(example: Server, context: BrowserContext, sign_in: SignIn) -> None:
    page = sign_in(example, context, "Koordinator Diskominfostandi")
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{example.url}{SECTION}pratinjau/")
    expect(page.locator(".preview-pages img")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
