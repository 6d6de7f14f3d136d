"""A workshop of two days as the coordinator keeps it, and a phone that checks in by the QR of today."""

import os
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.journeys.conftest import Server
from tests.journeys.test_pages import faults_of

pytestmark = pytest.mark.browser
SignIn = Callable[[Server, BrowserContext, str], Page]
PLAN = "/rencana/63.03-2026/"
BROAD: ViewportSize = {"width": 1440, "height": 1000}
NARROW: ViewportSize = {"width": 390, "height": 844}


def today() -> date:
    """Of the region; asked for in each test, because a run may last over its midnight."""
    return datetime.now(ZoneInfo("Asia/Makassar")).date()


def shown(page: Page, name: str) -> None:
    if folder := os.environ.get("SCREENS"):
        for size in (NARROW, BROAD):
            page.set_viewport_size(size)
            page.screenshot(path=Path(folder) / f"{name}-{size['width']}.png", full_page=True)


def make_event(server: Server, page: Page) -> None:
    page.goto(f"{server.url}{PLAN}kegiatan/")
    page.get_by_role("link", name="Tambah kegiatan", exact=True).click()
    page.get_by_label("Jenis").select_option("bimtek")
    page.get_by_label("Judul").fill("Bimtek I")
    page.get_by_label("Mulai*", exact=True).fill(today().isoformat())
    page.get_by_label("Selesai*", exact=True).fill((today() + timedelta(days=1)).isoformat())
    page.get_by_label("Tempat").fill("Aula Barakat, Martapura")
    page.get_by_label("Hari").first.fill(today().isoformat())
    page.locator("#id_agenda-0-starts").fill("08:00")
    page.locator("#id_agenda-0-title").fill("Pembukaan")
    shown(page, "kegiatan-baru")
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.get_by_role("heading", name="Bimtek I", exact=True)).to_be_visible()
    expect(page.locator(".agenda")).to_contain_text("08.00")


def keep_the_list(page: Page) -> None:
    page.get_by_role("link", name="Peserta dan kehadiran").click()
    page.get_by_label("Unsur untuk semua baris").select_option("polri")
    page.get_by_label("Peserta, satu orang satu baris").fill("Kasat Binmas; Kasat; Polres Banjar\nKanit Intel; Polsek")
    page.get_by_role("button", name="Tambahkan").press("Enter")
    expect(page.locator("#notices")).to_contain_text("2 peserta ditambahkan.")
    page.get_by_role("checkbox", name=re.compile("Kasat Binmas hadir")).first.press("Space")
    page.get_by_role("button", name="Simpan kehadiran").click()
    expect(page.locator("#notices")).to_contain_text("1 tanda hadir berubah.")


def check_in(server: Server, page: Page, phone: Page) -> list[str]:
    page.get_by_role("link", name=re.compile("^QR ")).first.click()
    shown(page, "qr")
    address = page.locator(".qr-sheet a").get_attribute("href") or ""
    faults = faults_of(server, phone, address.removeprefix(server.url))
    expect(phone.locator("main")).not_to_contain_text("Kasat")
    phone.get_by_label("Nama lengkap").fill("Perwira Seksi Teritorial")
    phone.get_by_label("Unsur").select_option("tni")
    phone.get_by_label("Instansi atau lembaga").fill("Kodim 1006")
    shown(phone, "hadir")
    phone.set_viewport_size(NARROW)
    phone.get_by_role("button", name="Saya hadir").click()
    expect(phone.get_by_role("heading", name="Kehadiran tercatat")).to_be_visible()
    page.go_back()
    page.reload()
    expect(page.get_by_role("row", name=re.compile("Perwira Seksi Teritorial"))).to_contain_text("QR")
    shown(page, "kehadiran")
    return faults


def begin_and_see(server: Server, page: Page) -> None:
    page.goto(f"{server.url}{PLAN}tahap/II/")
    page.get_by_role("button", name="Mulai tahap ini").click()
    expect(page.locator(".countdown")).to_contain_text("sisa 20 hari kerja")
    shown(page, "tenggat")
    page.goto(f"{server.url}{PLAN}kalender/")
    expect(page.locator(".month .k-kegiatan").first).to_contain_text("Bimtek I")


def faults_at(server: Server, page: Page, size: ViewportSize) -> list[str]:
    page.set_viewport_size(size)
    parts = (
        "siklus/", "lembaga/", "lembaga/baru/", "dokumen/", "dokumen/baru/", "kegiatan/", "kalender/",
        "kalender/?bulan=2025-10", "kalender/?bulan=2027-03", "tahap/", "tahap/II/",
    )  # fmt: skip
    faults = [fault for part in parts for fault in faults_of(server, page, f"{PLAN}{part}")]
    for listed in ("dokumen/", "kegiatan/"):
        page.goto(f"{server.url}{PLAN}{listed}")
        page.locator(".paper-list h3 a").last.click()
        faults += faults_of(server, page, page.url.removeprefix(server.url))
    return faults


def pictures(server: Server, page: Page) -> None:
    for name, part in (
        ("siklus", "siklus/"), ("lembaga", "lembaga/"), ("dokumen", "dokumen/"), ("kegiatan", "kegiatan/"),
        ("kalender", "kalender/?bulan=2025-10"), ("tahap-tenggat", "tahap/"),
    ):  # fmt: skip
        page.goto(f"{server.url}{PLAN}{part}")
        shown(page, name)
    page.goto(f"{server.url}{PLAN}dokumen/")
    page.locator(".paper-list h3 a").first.click()
    shown(page, "dokumen-satu")
    page.goto(f"{server.url}{PLAN}kegiatan/")
    page.get_by_role("link", name="Bimtek IV Masterplan Smart City").click()
    shown(page, "kegiatan-satu")


def test_two_days_kept_by_list_and_by_qr(
    example: Server, browser: Browser, context: BrowserContext, sign_in: SignIn
) -> None:
    coordinator = sign_in(example, context, "Koordinator Diskominfostandi")
    handset = browser.new_context(viewport=NARROW, locale="id-ID", has_touch=True)
    make_event(example, coordinator)
    keep_the_list(coordinator)
    faults = check_in(example, coordinator, handset.new_page())
    handset.close()
    begin_and_see(example, coordinator)
    pictures(example, coordinator)
    faults += faults_at(example, coordinator, BROAD) + faults_at(example, coordinator, NARROW)
    assert faults == []
