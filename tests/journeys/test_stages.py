"""A coordinator hands the plan in at a gate, a writer goes on writing, a mentor reads what was handed in."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from tests.journeys.conftest import Server
from tests.journeys.test_pages import faults_of
from tests.journeys.writing_page import open_section, put_caret_at_end, settle

pytestmark = pytest.mark.browser
SignIn = Callable[[Server, BrowserContext, str], Page]
PLAN = "/rencana/63.03-2026/"
SECTION = f"{PLAN}naskah/B1.1.3/"
NEW = " Kalimat ini ditulis sesudah kiriman."
NARROW: ViewportSize = {"width": 390, "height": 900}
BROAD: ViewportSize = {"width": 1440, "height": 1000}


def shown(page: Page, name: str) -> None:
    """Kept for looking at when SCREENS names a folder."""
    if folder := os.environ.get("SCREENS"):
        for size in (NARROW, BROAD):
            page.set_viewport_size(size)
            page.screenshot(path=Path(folder) / f"{name}-{size['width']}.png", full_page=True)


def hand_in(page: Page) -> None:
    page.get_by_role("navigation", name="Utama").get_by_role("link", name="Tahap").click()
    expect(page.get_by_role("heading", name="Tahap", exact=True)).to_be_visible()
    shown(page, "tahap")
    page.get_by_role("link", name="Buka gerbang Bimtek I", exact=True).click()
    expect(page.locator(".open-points li")).to_have_count(6)
    shown(page, "gerbang")
    page.get_by_role("link", name="Buku I · 1.3 Ruang Lingkup").click()
    expect(page.locator("h1.title")).to_have_text("1.3Ruang Lingkup")
    page.go_back()

    send = page.get_by_role("button", name="Kirim dengan yang terbuka")
    send.click()  # without consent the browser itself holds it back
    expect(page.get_by_label("Saya tahu masih ada 6 hal terbuka")).to_be_focused()
    page.get_by_label("Catatan untuk peninjau").fill("Bab I sudah lengkap.")
    page.get_by_label("Saya tahu masih ada 6 hal terbuka").press("Space")
    send.press("Enter")
    expect(page.locator("#notices")).to_contain_text("Bimtek I, kiriman 1 terkirim dan dibekukan.")
    shown(page, "kiriman")


def write_on(server: Server, page: Page) -> None:
    open_section(server, page, SECTION)
    put_caret_at_end(page)
    page.keyboard.type(NEW)
    settle(page)


def read_the_frozen_words(server: Server, page: Page) -> None:
    page.goto(f"{server.url}{PLAN}tahap/I/")
    expect(page.get_by_text("Kiriman dibuat oleh koordinator daerah.")).to_be_visible()
    page.get_by_role("link", name="Bimtek I, kiriman 1", exact=True).click()
    expect(page.locator(".frozen-note")).to_contain_text("bukan naskah yang sedang ditulis")
    page.locator("summary", has_text="Pendahuluan").first.click()
    page.locator(".outline").get_by_role("link", name="Ruang Lingkup").click()
    expect(page.locator("#B1\\.1\\.3")).to_be_in_viewport()
    expect(page.locator(".frozen-note")).to_be_in_viewport()
    expect(page.locator(".paper")).not_to_contain_text(NEW.strip())
    shown(page, "kiriman-bab")
    page.get_by_role("link", name="Bandingkan dengan naskah sekarang").click()
    expect(page.locator(".cmp ins", has_text="ditulis sesudah kiriman").first).to_be_visible()
    page.go_back()
    page.get_by_role("link", name="Buka naskah sekarang").click()
    expect(page.locator("#editor")).to_contain_text(NEW.strip())


def read_the_frozen_rows(server: Server, page: Page) -> None:
    page.goto(f"{server.url}{PLAN}tahap/I/kiriman/1/tabel/program/")
    page.get_by_role("link", name="GOV-P01").click()
    expect(page.get_by_role("region", name="Rincian baris")).to_contain_text("Tahun: 2026")
    shown(page, "kiriman-tabel")


def send_again(server: Server, page: Page) -> None:
    page.goto(f"{server.url}{PLAN}tahap/I/")
    page.get_by_label("Saya tahu masih ada").check()
    page.get_by_role("button", name="Kirim dengan yang terbuka").click()
    expect(page.locator("#notices")).to_contain_text("Bimtek I, kiriman 2 terkirim dan dibekukan.")


def press(page: Page, key: str) -> None:
    page.wait_for_load_state()  # the keys listen once the page's scripts have run
    page.keyboard.press(key)


def read_by_one_key(server: Server, page: Page) -> None:
    """Everything is new at first: two parts by the key, the rest at once."""
    page.goto(f"{server.url}{PLAN}tahap/I/kiriman/1/perubahan/")
    expect(page.locator(".pagehead")).to_contain_text("Anda belum pernah membaca rencana ini")
    total = page.locator(".change-lines > li").count()
    press(page, "n")
    expect(page.locator(".pagehead")).to_contain_text(f"1 dari {total}, {total} belum dibaca")
    press(page, "n")
    expect(page.locator(".pagehead")).to_contain_text(f"2 dari {total}, {total - 1} belum dibaca")
    press(page, "k")
    expect(page.locator(".pagehead")).to_contain_text("Sudah Anda baca")
    page.get_by_role("navigation", name="Jejak halaman").get_by_role("link", name="Yang berubah").click()
    page.get_by_role("button", name="Tandai semua sudah dibaca").click()
    page.get_by_role("dialog").get_by_role("button", name="Tandai semua").click()
    expect(page.locator("#notices")).to_contain_text(f"{total - 1} bagian ditandai sudah dibaca.")


def read_only_what_changed(server: Server, page: Page) -> None:
    page.goto(f"{server.url}{PLAN}tahap/I/kiriman/2/perubahan/")
    expect(page.locator(".change-lines > li > a")).to_have_text(["1.3 Ruang Lingkup"])
    shown(page, "yang-berubah")
    press(page, "n")
    expect(page.locator(".paper ins", has_text="ditulis sesudah kiriman").first).to_be_visible()
    press(page, "n")
    expect(page.locator("#notices")).to_contain_text("Semua perubahan dalam Bimtek I, kiriman 2 sudah Anda baca.")


def faults_at(server: Server, page: Page, size: ViewportSize) -> list[str]:
    page.set_viewport_size(size)
    parts = ("", "I/", "IV/", "I/kiriman/1/", "I/kiriman/1/naskah/B1.1.3/", "I/kiriman/1/tabel/program/")
    parts += ("I/kiriman/2/perubahan/", "I/kiriman/2/perubahan/naskah/B1.1.3/", "I/kiriman/2/perubahan/tabel/program/")
    return [fault for part in parts for fault in faults_of(server, page, f"{PLAN}tahap/{part}")]


def test_handed_in_written_on_and_read(
    example: Server, browser: Browser, context: BrowserContext, sign_in: SignIn
) -> None:
    coordinator = sign_in(example, context, "Koordinator Diskominfostandi")
    hand_in(coordinator)
    write_on(example, coordinator)
    other = browser.new_context(viewport=BROAD, locale="id-ID")
    mentor = sign_in(example, other, "Pembimbing Kementerian")
    read_the_frozen_words(example, mentor)
    read_the_frozen_rows(example, mentor)
    read_by_one_key(example, mentor)
    send_again(example, coordinator)
    read_only_what_changed(example, mentor)
    faults = faults_at(example, mentor, BROAD) + faults_at(example, mentor, NARROW)
    mentor.get_by_role("link", name="Daftar isi", exact=True).click()
    expect(mentor.locator("#garis")).to_be_visible()
    other.close()
    assert faults == []
