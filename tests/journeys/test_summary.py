"""A section of Buku III: composed of the rows, taken over into the editor, given back; on a screen and on a phone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.conftest import Server
from tests.journeys.test_budget import picture
from tests.journeys.test_pages import faults_of

pytestmark = pytest.mark.browser
SignIn = Callable[[Server, BrowserContext, str], Page]
PATH = "/rencana/63.03-2026/naskah/B3.1.4/"
COMPOSED = "Kebutuhan terbesar jatuh pada 2028, sebesar Rp47,91 miliar."


def test_a_summary_is_given_back_to_the_rows_and_taken_over_again(
    example: Server, browser: Browser, sign_in: SignIn
) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="id-ID")
    page = sign_in(example, context, "Koordinator Diskominfostandi")
    page.goto(f"{example.url}{PATH}")
    box = page.locator(".summary-box")
    expect(box.get_by_role("heading", name="Ditulis sendiri")).to_be_visible()
    box.get_by_role("button", name="Kembali ke ringkasan otomatis").click()
    expect(box.get_by_role("heading", name="Ringkasan otomatis")).to_be_visible()
    expect(box).to_contain_text(COMPOSED)
    expect(page.locator("#editor")).not_to_contain_text(COMPOSED)
    picture(page, "ringkasan-otomatis")
    page.set_viewport_size({"width": 390, "height": 900})
    assert faults_of(example, page, PATH) == []
    picture(page, "ringkasan-otomatis-390")
    page.get_by_role("button", name="Tulis sendiri").click()
    expect(page.locator("#editor")).to_contain_text(COMPOSED)
    expect(box.get_by_role("heading", name="Ditulis sendiri")).to_be_visible()
    context.close()
