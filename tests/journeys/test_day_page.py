"""The day page on a projector: a phone checks in, a decision is written down, the network fails; the page shows each by itself."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.journeys.conftest import Server
from tests.journeys.test_cycle import make_event, shown
from tests.journeys.test_pages import faults_of

pytestmark = pytest.mark.browser
SignIn = Callable[[Server, BrowserContext, str], Page]
SIZES: tuple[ViewportSize, ...] = (
    {"width": 1440, "height": 900},
    {"width": 390, "height": 844},
    {"width": 1920, "height": 1080},
)
DECISION = "Target tahunan dilengkapi paling lambat sepuluh hari kerja."


def check_in(server: Server, desk: Page, phone: Page) -> None:
    desk.get_by_role("link", name="Peserta dan kehadiran").click()
    desk.get_by_role("link", name=re.compile("^QR ")).first.click()
    phone.goto(desk.locator(".qr-sheet a").get_attribute("href") or "")
    phone.get_by_label("Nama lengkap").fill("Perwira Seksi Teritorial")
    phone.get_by_label("Unsur").select_option("tni")
    phone.get_by_label("Instansi atau lembaga").fill("Kodim 1006")
    phone.get_by_role("button", name="Saya hadir").click()
    expect(phone.get_by_role("heading", name="Kehadiran tercatat")).to_be_visible()


def decide(desk: Page, event: str) -> None:
    desk.goto(f"{event}ubah/")
    desk.get_by_label("Keputusan").fill(DECISION)
    desk.get_by_role("button", name="Simpan", exact=True).click()
    expect(desk.locator(".decisions")).to_contain_text(DECISION)


def lose_the_network(context: BrowserContext, wall: Page) -> None:
    lost = wall.get_by_role("status").filter(has_text="Sambungan terputus, mencoba lagi.")
    context.set_offline(True)
    expect(lost).to_be_visible()
    context.set_offline(False)
    expect(lost).to_be_hidden()


def faults_at_every_size(server: Server, page: Page, paths: tuple[str, ...]) -> list[str]:
    faults = []
    for size in SIZES:
        page.set_viewport_size(size)
        faults += [fault for path in paths for fault in faults_of(server, page, path)]
    return faults


def test_the_wall_shows_by_itself_what_happens_in_the_hall(
    example: Server, browser: Browser, context: BrowserContext, sign_in: SignIn
) -> None:
    desk = sign_in(example, context, "Koordinator Diskominfostandi")
    make_event(example, desk)
    event = desk.url
    hall = browser.new_context(viewport=SIZES[2], locale="id-ID")
    wall = sign_in(example, hall, "Koordinator Diskominfostandi")
    wall.goto(event)
    wall.get_by_role("link", name="Layar acara").click()
    expect(wall.get_by_role("heading", name="Bimtek I", exact=True)).to_be_visible()
    expect(wall.locator(".wall-count")).to_have_text(re.compile(r"^0\s+hadir"))
    expect(wall.get_by_role("img", name="Kode QR daftar hadir")).to_be_visible()
    fits = "() => document.documentElement.scrollHeight <= window.innerHeight"
    assert wall.evaluate(fits)
    wall.evaluate("() => { window.same = true }")

    handset = browser.new_context(viewport=SIZES[1], locale="id-ID", has_touch=True)
    check_in(example, desk, handset.new_page())
    handset.close()
    expect(wall.locator(".wall-count")).to_have_text(re.compile(r"^1\s+hadir\s+dari 1 peserta"))
    decide(desk, event)
    expect(wall.locator(".wall-decided")).to_contain_text(DECISION)
    lose_the_network(hall, wall)
    assert wall.evaluate("() => window.same")  # never loaded anew
    shown(wall, "layar-acara")

    path = event.removeprefix(example.url)
    stage = "/rencana/63.03-2026/tahap/I/"
    matrix = "/rencana/63.03-2026/tanggapan/?tahap=I"
    assert faults_at_every_size(example, wall, (f"{path}layar/", path, stage, matrix)) == []
    hall.close()
