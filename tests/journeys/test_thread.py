"""From a programme along the golden thread to its strategy and back, and the drawings that a section's page fetches."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import Server
from tests.journeys.test_budget import picture, programme_path
from tests.journeys.test_pages import faults_of

pytestmark = pytest.mark.browser
SignIn = Callable[[Server, BrowserContext, str], Page]

PLAN = "/rencana/63.03-2026/"
THREAD = f"{PLAN}benang-merah/"


def test_a_row_is_followed_both_ways_and_drawings_come_with_the_section(
    example: Server, watched: BrowserContext, sign_in: SignIn
) -> None:
    page = sign_in(example, watched, "Koordinator Diskominfostandi")
    page.goto(f"{example.url}{programme_path(example, 'GOV-P01')}")
    page.get_by_role("link", name="Benang merah", exact=True).click()
    expect(page.locator(".lineage svg[role=img]")).to_be_visible()
    row_path = page.url.removeprefix(example.url)
    picture(page, "benang-baris")
    page.get_by_role("region", name="Berasal dari").get_by_role("link", name="Benang merah GOV-S").first.click()
    expect(page.get_by_role("region", name="Menuju")).to_contain_text("GOV-P01")

    page.goto(f"{example.url}{THREAD}")
    picture(page, "benang-merah")
    page.get_by_label("Cari").fill("GOV-P01")
    page.get_by_role("button", name="Saring").click()
    expect(page.get_by_role("status")).to_have_text("1 benang")

    page.goto(f"{example.url}{PLAN}naskah/B1.3.5/")
    expect(page.locator(".drawn-here svg[role=img]")).to_be_visible()
    picture(page, "bagian-dengan-gambar")
    page.goto(f"{example.url}{PLAN}gambar-data/")
    picture(page, "gambar-data")

    page.set_viewport_size({"width": 390, "height": 900})
    faults = [fault for path in (THREAD, row_path, f"{PLAN}gambar-data/") for fault in faults_of(example, page, path)]
    picture(page, "gambar-data-390")
    for path, name in ((THREAD, "benang-merah-390"), (row_path, "benang-baris-390")):
        page.goto(f"{example.url}{path}")
        picture(page, name)
    assert faults == []
