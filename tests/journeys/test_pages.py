"""Every kind of page as the people who use it see it: no script error, nothing axe calls serious, no sideways scrolling."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.conftest import Server

pytestmark = pytest.mark.browser
SignIn = Callable[[Server, BrowserContext, str], Page]

PLAN = "/rencana/63.03-2026/"
PAGES = {
    "Koordinator Diskominfostandi": (
        "/", PLAN, f"{PLAN}naskah/B2.3.1/", f"{PLAN}naskah/B1.0.5/", f"{PLAN}tabel/", f"{PLAN}tabel/program/",
        f"{PLAN}tabel/program/baru/", f"{PLAN}tabel/visi/", f"{PLAN}quick-win/", f"{PLAN}quick-win/baru/",
        f"{PLAN}siklus/", f"{PLAN}lembaga/", f"{PLAN}dokumen/", f"{PLAN}kegiatan/", f"{PLAN}kegiatan/baru/", f"{PLAN}kalender/", f"{PLAN}komentar/", f"{PLAN}komentar/baru/", f"{PLAN}tahap/", f"{PLAN}tahap/I/", f"{PLAN}tahap/IV/", f"{PLAN}ekspor/", f"{PLAN}penugasan/", f"{PLAN}impor/", f"{PLAN}pulihan/", f"{PLAN}catatan/",
        f"{PLAN}keranjang/", f"{PLAN}gambar/", f"{PLAN}tempelan/", f"{PLAN}naskah/B2.3.1/buang/",
        f"{PLAN}riwayat/", f"{PLAN}naskah/B1.1.2/riwayat/", f"{PLAN}naskah/B1.1.2/riwayat/simpanan/",
        f"{PLAN}naskah/B1.1.2/riwayat/bandingkan/?dari=0&ke=1", f"{PLAN}naskah/B1.1.2/riwayat/bandingkan/?dari=0&ke=1&cara=sebaris",
        f"{PLAN}temuan/", f"{PLAN}temuan/aturan/", f"{PLAN}ruang-anggaran/", f"{PLAN}tabel/pagu/",
        f"{PLAN}benang-merah/", f"{PLAN}gambar-data/", f"{PLAN}gambar-data/roadmap_gantt/",
        "/daerah/?cari=banjar", "/daerah/63.03/", "/daerah/63.03/orang/", "/daerah/63.03/jejak/", "/rencana/",
    ),
    "Editor Kementerian": (
        "/", "/acuan/", "/acuan/panduan-2021-rekonstruksi/", "/acuan/panduan-2021-rekonstruksi/B1.1.1/",
        f"{PLAN}anggota/", "/daerah/pusat/orang/", "/tempelan/",
    ),
    "Koordinator Diskominfo Kota Banjar": ("/", "/rencana/", "/rencana/baru/", "/tidak-ada/", "/akun/password/change/"),
}  # fmt: skip


def faults_of(server: Server, page: Page, path: str) -> list[str]:
    page.goto(f"{server.url}{path}")
    page.wait_for_timeout(150)
    found = Axe().run(page).response["violations"]
    faults = [f"{path}: {v['id']}" for v in found if v["impact"] in ("serious", "critical")]
    overflow = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return faults + ([f"{path}: {overflow} px too wide"] if overflow > 0 else [])


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("name", PAGES)
def test_pages_are_sound(example: Server, browser: Browser, sign_in: SignIn, name: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, locale="id-ID")
    problems: list[str] = []
    context.on("weberror", lambda error: problems.append(str(error.error)))
    context.on("console", lambda message: problems.append(message.text) if "Content Security" in message.text else None)
    page = sign_in(example, context, name)
    faults = [fault for path in PAGES[name] for fault in faults_of(example, page, path)]
    context.close()
    assert (faults, problems) == ([], [])
