"""A remark for one person: it stands first among their tasks, a mail arrives with one link, and they choose to get fewer."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.conftest import Server

pytestmark = pytest.mark.browser
SignIn = Callable[[Server, BrowserContext, str], Page]
PLAN = "/rencana/63.03-2026/"
BODY = "Mohon lampirkan peta kecamatan yang terbaru."
MINUTE = 75_000  # the worker sends every minute


@pytest.fixture
def posting(example: Server) -> Server:
    """With a worker, whose mails lead back to this server."""
    example.kill()
    example.environment |= {"PUBLIC_URL": example.url}
    example.start()
    example.start_worker()
    return example


def looked_at(page: Page, name: str) -> None:
    """At both widths: nothing to scroll sideways, nothing that axe finds."""
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page).response["violations"]
        assert [v["id"] for v in found if v["impact"] in ("serious", "critical")] == []
        if folder := os.environ.get("SCREENS"):
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
    page.set_viewport_size({"width": 1440, "height": 1000})


def remark(server: Server, mentor: Page) -> None:
    mentor.goto(f"{server.url}{PLAN}komentar/baru/")
    form = mentor.locator("form.compose")
    form.locator('[name="terlihat"][value="tim"]').check()
    form.locator('[name="jenis"][value="wajib"]').check()
    form.get_by_label("3. Isi").fill(BODY)
    form.locator('[name="untuk"]').select_option(label="Koordinator Diskominfostandi")
    mentor.get_by_role("button", name="Kirim komentar").click()
    expect(mentor.locator(".thread")).to_contain_text(BODY)


def test_a_remark_becomes_a_task_a_notice_and_a_mail(
    posting: Server, browser: Browser, context: BrowserContext, sign_in: SignIn
) -> None:
    guests = browser.new_context(viewport={"width": 1440, "height": 1000}, locale="id-ID")
    remark(posting, sign_in(posting, guests, "Pembimbing Kementerian"))
    guests.close()
    page = sign_in(posting, context, "Koordinator Diskominfostandi")
    expect(page.locator(".tasks .task", has_text="K-6")).to_contain_text("Wajib diperbaiki · menunggu jawaban")
    looked_at(page, "beranda-tugas")
    page.goto(f"{posting.url}/tugas/?jenis=komentar")
    expect(page.locator(".tasks .task", has_text="K-6")).to_be_visible()
    looked_at(page, "tugas")
    page.locator(".bell").click()
    expect(page.locator(".notice.new", has_text="K-6")).to_be_visible()
    looked_at(page, "pemberitahuan")
    read_the_mail(posting, page)
    choose(posting, page)


def read_the_mail(server: Server, page: Page) -> None:
    letter = page.get_by_role("link", name="Komentar K-6 ditujukan kepada Anda")
    for _ in range(MINUTE // 1000):
        page.goto(f"{server.url}/pemberitahuan/kotak/")
        if letter.count():
            break
        page.wait_for_timeout(1000)
    looked_at(page, "kotak-surat")
    letter.click()
    expect(page.locator(".letter")).not_to_contain_text(BODY)
    looked_at(page, "surat")
    page.locator(".letter a").first.click()
    expect(page.locator("h1")).to_have_text("Komentar K-6")
    page.goto(f"{server.url}/pemberitahuan/surat/")
    expect(page.locator("tbody tr", has_text="K-6")).to_contain_text("Terkirim")
    looked_at(page, "catatan-surat")


def choose(server: Server, page: Page) -> None:
    page.goto(f"{server.url}/pemberitahuan/pilihan/")
    looked_at(page, "pilihan")
    page.get_by_role("group", name="Ditujukan kepada saya").get_by_label("Hanya di aplikasi").check()
    page.get_by_role("button", name="Simpan pilihan").click()
    expect(page.get_by_role("status").first).to_contain_text("Pilihan disimpan")
    expect(page.get_by_role("group", name="Ditujukan kepada saya").get_by_label("Hanya di aplikasi")).to_be_checked()
