"""The page "Tampilan buku": three typeset covers, colours at once, crest and photo kept, and back to the default."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, FilePayload, Page, expect

from tests.journeys.conftest import Server
from tests.journeys.test_budget import picture
from tests.journeys.test_pages import faults_of
from tests.masterplan.given import image_bytes

pytestmark = pytest.mark.browser
SignIn = Callable[[Server, BrowserContext, str], Page]
PATH = "/rencana/63.03-2026/tampilan-buku/"


def cover(page: Page) -> str:
    found = page.locator("#sampul-foto img")
    expect(found).to_be_visible()
    return found.get_attribute("src") or ""


def png(name: str, size: tuple[int, int], colour: str) -> FilePayload:
    return {"name": name, "mimeType": "image/png", "buffer": image_bytes(size, colour=colour)}


def try_colours(page: Page) -> None:
    usual = cover(page)
    page.get_by_label("Warna utama", exact=True).fill("#ffd200")
    expect(page.locator(".look-news")).to_contain_text("terlalu muda")
    page.get_by_label("Warna utama", exact=True).fill("#7a1f2b")
    expect(page.locator(".look-news")).not_to_contain_text("terlalu muda")
    assert cover(page) != usual


def save_with_pictures(page: Page) -> None:
    page.get_by_label("Lambang daerah").set_input_files(png("lambang.png", (60, 80), "gold"))
    page.get_by_label("Foto sampul").set_input_files(png("pasar.png", (160, 90), "steelblue"))
    page.get_by_role("button", name="Simpan tampilan").click()


def check_on_a_phone(example: Server, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    assert faults_of(example, page, PATH) == []
    cover(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    picture(page, "tampilan-buku-390")


def test_a_coordinator_gives_the_books_the_looks_of_the_region(
    example: Server, watched: BrowserContext, sign_in: SignIn
) -> None:
    page = sign_in(example, watched, "Koordinator Diskominfostandi")
    page.goto(f"{example.url}/rencana/63.03-2026/ekspor/")
    page.get_by_role("link", name="Tampilan buku").click()
    try_colours(page)
    picture(page, "tampilan-buku")
    page.get_by_role("radio", name="Foto", exact=True).check()
    save_with_pictures(page)
    expect(page.locator("#id_photo_alt_error")).to_contain_text("Tulis isi foto")
    page.get_by_label("Isi foto", exact=True).fill("Pasar terapung di pagi hari")
    save_with_pictures(page)
    expect(page.locator(".look-now img")).to_have_count(2)
    expect(page.get_by_role("radio", name="Foto", exact=True)).to_be_checked()
    cover(page)
    picture(page, "tampilan-buku-daerah")
    check_on_a_phone(example, page)
    page.get_by_role("button", name="Kembali ke bawaan").click()
    expect(page.locator(".look-now")).to_have_count(0)
    expect(page.get_by_label("Warna utama", exact=True)).to_have_value("#084546")
