"""The main job: a region without a plan writes one in the browser and downloads the book."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect
from pypdf import PdfReader

from tests.journeys.conftest import Server
from tests.journeys.test_writing import open_section, put_caret_at_end, settle

pytestmark = pytest.mark.browser
SignIn = Callable[[Server, BrowserContext, str], Page]
SCREENS = Path(__file__).resolve().parents[2] / "build" / "screens"


def look(page: Page, name: str) -> None:
    """Keep a picture, and let axe find what a person with a screen reader would."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENS / f"{name}.png")
    found = Axe().run(page).response["violations"]
    assert [v["id"] for v in found if v["impact"] in ("serious", "critical")] == []


def go(server: Server, page: Page, path: str) -> None:
    response = page.goto(f"{server.url}{path}")
    assert response is not None
    assert response.status == 200


def save(page: Page) -> None:
    page.get_by_role("button", name="Simpan", exact=True).click()


def test_kota_banjar_writes_its_plan_and_downloads_the_book(
    server: Server, context: BrowserContext, sign_in: SignIn
) -> None:
    server.manage("load_demo")
    server.start_worker()
    problems: list[str] = []
    context.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page = sign_in(server, context, "Koordinator Diskominfo Kota Banjar")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    look(page, "beranda-kosong")
    create_plan(server, page)
    register_office(server, page)
    write_sections(server, page)
    add_rows(server, page)
    text = export_book(server, page)
    for expected in (
        "Kota Banjar",
        "Jawa Barat",
        "Kota Banjar terletak di Priangan Timur.",
        "Sumber: catatan Diskominfo.",
        "Penduduk per kecamatan",
        "Masuk melalui tabel",
        "Tujuan masterplan ini jelas.",
        "Pegawai yang melek data",
        "Satu pintu layanan",
        "Layanan Terpadu Banjar",
        "1.450",
        "2.000",
    ):
        assert expected in text, expected
    assert problems == []


def create_plan(server: Server, page: Page) -> None:
    go(server, page, "/rencana/baru/")
    expect(page.get_by_label("Daerah")).to_have_text(re.compile("Kota Banjar, Jawa Barat"))
    page.get_by_label("Tahun awal").fill("2027")
    page.get_by_label("Tahun dasar").fill("2025")
    look(page, "rencana-baru")
    page.get_by_role("button", name="Buat masterplan").click()
    page.wait_for_url(f"{server.url}/rencana/32.79-2027/")
    expect(page.locator("body")).to_contain_text("Kota Banjar, Jawa Barat")


def register_office(server: Server, page: Page) -> None:
    go(server, page, "/daerah/32.79/perangkat-daerah/baru/")
    page.locator("[name=code]").fill("DISKOMINFO")
    page.locator("[name=name]").fill("Dinas Komunikasi dan Informatika")
    page.locator("main form [type=submit]").first.click()
    expect(page.locator("body")).to_contain_text("Dinas Komunikasi dan Informatika")


def write_sections(server: Server, page: Page) -> None:
    open_section(server, page, "/rencana/32.79-2027/naskah/B1.1.1/")
    put_caret_at_end(page)
    page.keyboard.type("Kota Banjar terletak di Priangan Timur.")
    page.get_by_role("button", name="Catatan kaki").click()
    page.locator("dialog textarea").fill("Sumber: catatan Diskominfo.")
    page.locator("dialog").get_by_role("button", name="Simpan").click()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Sisipkan tabel").click()
    page.locator("dialog input").fill("Penduduk per kecamatan")
    page.locator("dialog").get_by_role("button", name="Sisipkan").click()
    page.keyboard.type("Masuk melalui tabel")
    settle(page)
    expect(page.locator("#editor-status")).to_contain_text("Tersimpan")
    look(page, "naskah")
    open_section(server, page, "/rencana/32.79-2027/naskah/B1.1.2/")
    put_caret_at_end(page)
    page.keyboard.type("Tujuan masterplan ini jelas.")
    settle(page)


def add_rows(server: Server, page: Page) -> None:
    table = "/rencana/32.79-2027/tabel"
    go(server, page, f"{table}/swot/baru/")
    page.locator("[name=kind]").select_option("kekuatan")
    page.locator("[name=text]").fill("Pegawai yang melek data")
    save(page)
    go(server, page, f"{table}/strategi/baru/")
    page.locator("[name=dimension]").select_option(label="Smart Governance")
    page.locator("[name=text]").fill("Satu pintu layanan")
    save(page)
    expect(page.locator("body")).to_contain_text("Satu pintu layanan")
    go(server, page, f"{table}/program/baru/")
    page.locator("[name=dimension]").select_option(label="Smart Governance")
    page.locator("[name=subdimension]").select_option(index=1)
    page.locator("[name=strategy]").select_option(index=1)
    page.locator("[name=name]").fill("Layanan Terpadu Banjar")
    page.locator("[name=lead_opd]").select_option(index=1)
    page.locator("[name=indicator]").fill("Layanan yang terpadu")
    page.locator("[name=unit]").fill("layanan")
    page.locator("[name=baseline_year]").fill("2025")
    page.locator("[name=baseline_value]").fill("3")
    page.locator("[name$=budget_2027], [name=budget-2027], [name=budget_2027]").first.fill("1,45 M")
    page.locator("[name$=budget_2028], [name=budget-2028], [name=budget_2028]").first.fill("2000 jt")
    look(page, "program-baru")
    save(page)
    go(server, page, f"{table}/program/")
    expect(page.locator("main")).to_contain_text("Layanan Terpadu Banjar")
    expect(page.locator("main")).to_contain_text("3.450")
    look(page, "program")


def export_book(server: Server, page: Page) -> str:
    go(server, page, "/rencana/32.79-2027/ekspor/")
    look(page, "ekspor")
    page.get_by_role("button", name="Buat berkas").click()
    link = page.get_by_role("link", name=re.compile("^Unduh"))
    expect(link).to_be_visible(timeout=120_000)
    with page.expect_download() as download:
        link.click()
    content = download.value.path().read_bytes()
    SCREENS.mkdir(parents=True, exist_ok=True)
    (SCREENS / "buku-kota-banjar.pdf").write_bytes(content)
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages)
