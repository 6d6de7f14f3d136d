"""Three people score blind, the chair decides, a chosen candidate becomes a quick win, a phone sends a photo of it."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.journeys.conftest import Server
from tests.journeys.test_pages import faults_of
from tests.masterplan.given import image_bytes

pytestmark = pytest.mark.browser
SignIn = Callable[[Server, BrowserContext, str], Page]
PLAN = "/rencana/63.03-2026/"
ROUND = f"{PLAN}quick-win/pemilihan/2027/"
SCORERS = ("Koordinator Diskominfostandi", "Penulis DPMPTSP", "Pembimbing Kementerian")
SECRET = "Catatan yang tertutup"
BROAD: ViewportSize = {"width": 1440, "height": 1000}
NARROW: ViewportSize = {"width": 390, "height": 844}


def shown(page: Page, name: str) -> None:
    if folder := os.environ.get("SCREENS"):
        for size in (NARROW, BROAD):
            page.set_viewport_size(size)
            page.screenshot(path=Path(folder) / f"{name}-{size['width']}.png", full_page=True)


def sound(server: Server, page: Page, path: str) -> list[str]:
    faults = []
    for size in (NARROW, BROAD):
        page.set_viewport_size(size)
        faults += faults_of(server, page, path)
    return faults


def open_round(server: Server, page: Page) -> list[str]:
    path = f"{PLAN}quick-win/pemilihan/buka/"
    faults = sound(server, page, f"{PLAN}quick-win/pemilihan/") + sound(server, page, path)
    page.get_by_label("Tahun").select_option("2027")
    page.get_by_label("Cari program").fill("GOV-P0")
    for code in ("GOV-P01", "GOV-P02"):
        page.get_by_role("checkbox", name=re.compile(f"^{code} ")).check()
    for name in SCORERS:
        page.get_by_role("checkbox", name=name).check()
    shown(page, "buka")
    page.get_by_role("button", name="Buka pemilihan").click()
    expect(page.locator(".lead-line")).to_contain_text("3 dari 3 penilai belum menyerahkan")
    shown(page, "pemilihan")
    return faults + sound(server, page, ROUND)


def give_scores(server: Server, page: Page, points: tuple[str, str]) -> list[str]:
    """By keyboard on the first criterion, so that the hidden radios stay reachable."""
    page.goto(f"{server.url}{ROUND}nilai/")
    page.get_by_role("link", name=re.compile("^Nilai GOV-P01")).click()
    for each in points:
        first = page.locator(".points").first
        first.locator("input").first.focus()
        page.keyboard.press("Space")
        for _ in range(int(each) - 1):
            page.keyboard.press("ArrowRight")
        for group in page.locator(".points").all()[1:]:
            group.get_by_text(each, exact=True).click()
        page.get_by_label(re.compile("^Catatan Manfaat")).fill(SECRET)
        shown(page, "nilai")
        page.get_by_role("button", name="Simpan, calon berikutnya").click()
        page.wait_for_load_state()
    faults = sound(server, page, f"{ROUND}nilai/")
    shown(page, "lembar-nilai")
    page.get_by_role("button", name="Serahkan nilai").click()
    page.get_by_role("dialog").get_by_role("button", name=re.compile("Serahkan|Lanjut|Ya")).click()
    expect(page.get_by_role("heading", name="Pemilihan quick win 2027")).to_be_visible()
    return faults


def decide(server: Server, page: Page) -> list[str]:
    page.goto(f"{server.url}{ROUND}")
    shown(page, "matriks")
    faults = sound(server, page, ROUND) + sound(server, page, f"{ROUND}putuskan/")
    expect(page.locator(".lead-line")).to_contain_text("Ketua Tim Pelaksana: Kepala Bappedalitbang")
    for place, (decision, reason) in enumerate(
        (("Dipilih", "Paling dirasakan warga."), ("Tidak dipilih", "Belum siap."))
    ):
        field = page.locator("fieldset").nth(place)
        field.get_by_label(decision, exact=True).check()
        field.get_by_label("Alasan").fill(reason)
    shown(page, "putuskan")
    page.get_by_role("button", name="Putuskan").click()
    page.get_by_role("dialog").get_by_role("button", name=re.compile("Putuskan|Lanjut|Ya")).click()
    expect(page.locator(".lead-line")).to_contain_text("Diputuskan")
    shown(page, "diputuskan")
    return faults


def make_and_run(server: Server, page: Page) -> list[str]:
    page.goto(f"{server.url}{ROUND}")
    page.get_by_role("button", name=re.compile("^Jadikan quick win")).click()
    expect(page.locator("#notices, .notes-area").first).to_contain_text("masuk daftar quick win 2027")
    faults = sound(server, page, page.url.removeprefix(server.url))
    page.goto(f"{server.url}{PLAN}quick-win/?tahun=2026")
    shown(page, "papan")
    page.get_by_role("link", name=re.compile("BAROKAH Dekat")).first.click()
    page.get_by_role("button", name=re.compile(r"^Selesai\s*: SOP")).click()
    expect(page.locator(".quarters")).to_contain_text("Selesai")
    page.set_viewport_size(NARROW)
    page.locator("#foto").set_input_files(
        {"name": "IMG.JPG", "mimeType": "image/jpeg", "buffer": image_bytes((400, 300), "JPEG")}
    )
    page.get_by_role("button", name="Kirim", exact=True).click()
    expect(page.locator(".news-pictures img")).to_have_count(1)
    expect(page.locator(".risk-drawing svg")).to_be_visible()
    shown(page, "lembar")
    page.goto(f"{server.url}{PLAN}quick-win/pembaruan/2027/")
    card = page.locator("article", has_text="QW-01 BAROKAH Dekat")
    card.get_by_text("Tentukan tindak lanjut").click()
    card.get_by_label("Dilanjutkan").check()
    card.get_by_label("Alasan").fill("Warga meminta gerai ketiga.")
    card.get_by_role("button", name="Simpan tindak lanjut").click()
    expect(card).to_contain_text("Dilanjutkan sebagai")
    shown(page, "pembaruan")
    faults += sound(server, page, f"{PLAN}quick-win/pembaruan/2027/")
    page.goto(f"{server.url}{PLAN}quick-win/?tahun=2026")
    page.get_by_role("link", name=re.compile("BAROKAH Dekat")).first.click()
    return faults + sound(server, page, page.url.removeprefix(server.url))


def test_from_scores_to_a_running_quick_win(example: Server, browser: Browser, sign_in: SignIn) -> None:
    def person(name: str) -> Page:
        return sign_in(example, browser.new_context(locale="id-ID", viewport=BROAD), name)

    coordinator, *others = pages = [person(name) for name in SCORERS]
    faults = open_round(example, coordinator)
    for page, points in zip([*others, coordinator], (("5", "3"), ("4", "3"), ("5", "4")), strict=True):
        coordinator.goto(f"{example.url}{ROUND}")
        expect(coordinator.locator("main")).not_to_contain_text(SECRET)
        expect(coordinator.locator(".matrix")).to_have_count(0)
        faults += give_scores(example, page, points)
    expect(coordinator.locator(".matrix tbody tr").first).to_contain_text("GOV-P01")
    chair = person("Sekretaris Daerah")
    faults += decide(example, chair)
    faults += make_and_run(example, coordinator)
    for page in (*pages, chair):
        page.context.close()
    assert faults == []
