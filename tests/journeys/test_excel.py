"""Fifty rows pasted from Excel into the table, and a workbook that comes back, as a coordinator does it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from openpyxl import load_workbook
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import Server
from tests.journeys.test_first_book import look

pytestmark = pytest.mark.browser
SignIn = Callable[[Server, BrowserContext, str], Page]
PLAN = "/rencana/63.03-2026/"
HEADS = (
    "Nama program", "Dimensi", "Subdimensi", "Strategi", "Penanggung jawab", "Indikator", "Satuan", "Nilai awal",
    "Anggaran 2026 (juta rupiah)", "Target 2026",
)  # fmt: skip
COUNT = "SELECT count(*) FROM masterplan_programme"


def clipboard(rows: int) -> str:
    """As Excel puts cells on the clipboard: tabs, CRLF, a quoted cell with a line break."""
    lines = ["\t".join(HEADS)]
    for place in range(1, rows + 1):
        name = f'"Pasar rakyat\n{place}"' if place == 1 else f"Pasar rakyat {place}"
        cells = (name, "ECO", "ECO-2", "ECO-S2", "DISDAG" if place == 7 else "DINKES", "Pedagang", "orang", "12,5")
        lines.append("\t".join((*cells, "seribu" if place == 9 else f"{1450 + place}", "100")))
    return "\r\n".join(lines) + "\r\n"


@pytest.fixture
def page(example: Server, watched: BrowserContext, sign_in: SignIn) -> Page:
    return sign_in(example, watched, "Koordinator Diskominfostandi")


def check(page: Page) -> None:
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [each["id"] for each in found if each["impact"] in {"serious", "critical"}] == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_fifty_rows_from_an_excel_clipboard(example: Server, page: Page) -> None:
    before = example.query(COUNT)[0][0]
    page.goto(f"{example.url}{PLAN}tabel/program/")
    page.wait_for_selector("html[data-grid=ready]")
    page.locator("#tabel-baris tbody tr").first.locator("> *").nth(1).click()
    page.evaluate(
        """text => {
            const data = new DataTransfer()
            data.setData('text/plain', text)
            document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
        }""",
        clipboard(50),
    )
    expect(page.get_by_role("heading", level=1)).to_have_text("Apa yang akan berubah")
    expect(page.get_by_label("Kolom tempelan 9 masuk ke")).to_have_value("budget_2026")
    expect(page.locator(".excel-counts")).to_have_text("48 baris baru2 ditolak")
    expect(page.locator(".excel-lines .faulty")).to_have_count(2)
    assert example.query(COUNT)[0][0] == before
    check(page)
    look(page, "excel-tempel")
    page.get_by_label("Simpan yang lain tanpa 2 baris yang ditolak").check()
    page.get_by_role("button", name="Simpan perubahan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hasil kiriman")
    found = example.query(
        "SELECT p.name, y.budget FROM masterplan_programme p JOIN masterplan_programmeyear y ON y.programme_id = p.id "
        "WHERE p.name LIKE 'Pasar rakyat%%' AND y.year = 2026 ORDER BY p.position"
    )
    expected = [place for place in range(1, 51) if place not in {7, 9}]
    assert found == [
        (f"Pasar rakyat{chr(10) if place == 1 else ' '}{place}", (1450 + place) * 10**6) for place in expected
    ]


def test_workbook_goes_out_and_comes_back(example: Server, page: Page, tmp_path: Path) -> None:
    page.goto(f"{example.url}{PLAN}tabel/")
    page.get_by_role("link", name="Excel").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Excel")
    check(page)
    look(page, "excel")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Unduh Excel").click()
    file = tmp_path / "tabel.xlsx"
    waiting.value.save_as(file)
    book = load_workbook(file)
    sheet = book["SWOT"]
    place = next(cell.column for cell in sheet[1] if cell.value == "text")
    sheet.cell(3, place).value = "Komitmen kepala daerah yang tertulis"
    book.save(file)
    page.get_by_label("Berkas Excel").set_input_files(file)
    page.get_by_role("button", name="Lihat perubahannya").click()
    expect(page.locator(".excel-counts")).to_have_text("1 sel pada 1 baris berubah")
    look(page, "excel-pratinjau")
    page.set_viewport_size({"width": 390, "height": 844})
    check(page)
    look(page, "excel-pratinjau-390")
    page.get_by_role("button", name="Simpan perubahan").click()
    page.get_by_role("link", name="Buka SWOT").click()
    expect(page.locator("#tabel-baris")).to_contain_text("Komitmen kepala daerah yang tertulis")


def test_wrong_file_is_said_before_it_is_sent(example: Server, page: Page, tmp_path: Path) -> None:
    page.goto(f"{example.url}{PLAN}excel/")
    wrong = tmp_path / "tabel.xlsm"
    wrong.write_bytes(b"PK\x03\x04")
    page.get_by_label("Berkas Excel").set_input_files(wrong)
    expect(page.get_by_role("alert")).to_contain_text("Pilih berkas .xlsx.")
