"""Planning tables edited in place: by keyboard alone, by two people at once, undone, pasted into, without JavaScript."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.journeys.conftest import Server

pytestmark = pytest.mark.browser
SignIn = Callable[[Server, BrowserContext, str], Page]
COORDINATOR = "Koordinator Diskominfostandi"
AUTHOR = "Penulis Dinas Kesehatan"
TABLE = "/rencana/63.03-2026/tabel/"
PROGRAMMES = f"{TABLE}program/"
BUDGET = (
    "SELECT y.budget FROM masterplan_programmeyear y JOIN masterplan_programme p ON p.id = y.programme_id "
    "WHERE p.code = %s AND y.year = %s"
)
NAME = "SELECT name FROM masterplan_programme WHERE code = %s"


def open_grid(server: Server, page: Page, address: str = PROGRAMMES) -> Page:
    page.goto(f"{server.url}{address}")
    page.wait_for_selector("html[data-grid=ready]")
    return page


@pytest.fixture
def grid(example: Server, context: BrowserContext, sign_in: SignIn) -> Iterator[Page]:
    problems: list[str] = []
    context.on("weberror", lambda error: problems.append(str(error.error)))
    yield open_grid(example, sign_in(example, context, COORDINATOR))
    assert problems == []


def cell(page: Page, code: str, label: str, group: int = 0) -> Locator:
    """The cell of a row under a heading; `group` picks among equal headings (budget and target of a year)."""
    heads = page.locator("#tabel-baris thead tr").last.locator("th").all_inner_texts()
    places = [place for place, text in enumerate(heads) if text == label]
    row = page.locator("#tabel-baris tbody tr", has=page.locator(f".code a:text-is('{code}')"))
    return row.locator("> *").nth(places[group])


def settle(page: Page) -> None:
    expect(page.locator("#grid-saved")).to_have_attribute("data-state", "saved")


def fill(page: Page, number: int) -> None:
    """A new programme: Alt+N starts at the first needed cell; Tab goes from cell to cell."""
    page.keyboard.press("Alt+n")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.type(f"Program ketik {number}")
    page.keyboard.press("Tab")
    for letters in ("ECO", "ECO-2", "ECO-S2", "DINK"):
        page.keyboard.press("Enter")
        page.keyboard.type(letters)
        page.keyboard.press("Tab")
    for money in ("1,45 M", "1450 jt", "1.450.000.000", "2 M", "2,5 M"):
        page.keyboard.type(money)
        page.keyboard.press("Tab")
    for words in ("Jumlah layanan", "layanan", "2024", "12,5"):
        page.keyboard.type(words)
        page.keyboard.press("Tab")


def test_ten_programmes_by_keyboard_only(grid: Page, example: Server) -> None:
    before = example.query("SELECT count(*) FROM masterplan_programme")[0][0]
    grid.keyboard.press("Tab")
    for _ in range(60):
        if grid.evaluate("document.activeElement.closest('#tabel-baris tbody') !== null"):
            break
        grid.keyboard.press("Tab")
    for number in range(10):
        fill(grid, number)
        settle(grid)
    expect(grid.locator("tr.draft")).to_have_count(0)
    found = example.query(
        "SELECT p.code, p.name, d.code, s.code, t.code, o.code, p.indicator, p.baseline_value, sum(y.budget) "
        "FROM masterplan_programme p JOIN masterplan_dimension d ON d.id = p.dimension_id "
        "JOIN masterplan_subdimension s ON s.id = p.subdimension_id JOIN masterplan_strategy t ON t.id = p.strategy_id "
        "JOIN regency_opd o ON o.id = p.lead_opd_id LEFT JOIN masterplan_programmeyear y ON y.programme_id = p.id "
        "WHERE p.name LIKE 'Program ketik%%' GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 ORDER BY 1"
    )
    assert len(found) == 10
    assert example.query("SELECT count(*) FROM masterplan_programme")[0][0] == before + 10
    sums = {(*row[2:6], row[6], float(row[7]), int(row[8])) for row in found}
    assert sums == {("ECO", "ECO-2", "ECO-S2", "DINKES", "Jumlah layanan", 12.5, 8_850_000_000)}


def test_refused_value_stays_with_its_sentence_until_mended(grid: Page, example: Server) -> None:
    target = cell(grid, "GOV-P05", "2027")
    target.click()
    grid.keyboard.type("520 jtt")
    grid.keyboard.press("Enter")
    expect(target).to_have_attribute("aria-invalid", "true")
    expect(target).to_have_text("520 jtt")
    expect(grid.locator("#grid-bubble")).to_contain_text("“520 jtt” bukan jumlah uang.")
    expect(grid.locator("#grid-live")).to_contain_text("GOV-P05")
    assert example.query(BUDGET, "GOV-P05", 2027) == [(520_000_000,)]
    target.click()
    grid.keyboard.press("Enter")
    grid.keyboard.press("Backspace")
    grid.keyboard.press("Enter")
    settle(grid)
    expect(target).to_have_text("520")
    expect(target).not_to_have_attribute("aria-invalid", "true")


def test_totals_follow_a_save_and_undo_takes_it_back(grid: Page, example: Server) -> None:
    total = grid.locator("#tabel-baris tfoot td").nth(7)
    expect(total).to_have_text("41.820")
    target = cell(grid, "GOV-P05", "2027")
    target.click()
    grid.keyboard.type("1,52 M")
    grid.keyboard.press("Enter")
    expect(target).to_have_text("1.520")
    expect(cell(grid, "GOV-P05", "Jumlah")).to_have_text("3.360")
    expect(total).to_have_text("42.820")
    grid.keyboard.press("Control+z")
    expect(target).to_have_text("520")
    expect(total).to_have_text("41.820")
    settle(grid)
    assert example.query(BUDGET, "GOV-P05", 2027) == [(520_000_000,)]


def test_escape_keeps_and_delete_empties(grid: Page, example: Server) -> None:
    target = cell(grid, "GOV-P05", "2028")
    target.click()
    grid.keyboard.type("77")
    grid.keyboard.press("Escape")
    expect(target).to_have_text("480")
    grid.keyboard.press("Delete")
    expect(target).to_have_text("0")
    settle(grid)
    assert example.query(BUDGET, "GOV-P05", 2028) == [(0,)]
    grid.keyboard.press("Control+Home")
    assert grid.evaluate("document.activeElement.textContent") == "GOV-P01"
    grid.keyboard.press("End")
    grid.keyboard.press("PageDown")
    assert grid.evaluate("document.activeElement.parentElement.sectionRowIndex") == 15


def test_plain_text_is_pasted_into_a_cell(grid: Page, example: Server) -> None:
    cell(grid, "GOV-P05", "Program").click()
    paste = """([text]) => { const data = new DataTransfer(); data.setData('text/plain', text)
        document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true })) }"""
    grid.evaluate(paste, ["Satu Data <b>Banjar</b>\r\n"])
    settle(grid)
    assert example.query(NAME, "GOV-P05") == [("Satu Data <b>Banjar</b>",)]
    cell(grid, "GOV-P05", "Penanggung jawab").click()
    grid.evaluate(paste, ["DINKES"])
    expect(cell(grid, "GOV-P05", "Penanggung jawab")).to_have_text("DINKES")


def test_rows_are_copied_moved_binned_and_brought_back(grid: Page, example: Server) -> None:
    cell(grid, "GOV-P05", "Program").click()
    grid.keyboard.press("Control+d")
    expect(cell(grid, "GOV-P07", "Program")).to_have_text("Satu Data Banjar (salinan)")
    grid.keyboard.press("Alt+ArrowUp")
    codes = grid.locator("#tabel-baris tbody .code")
    expect(codes.nth(4)).to_have_text("GOV-P07")
    grid.keyboard.press("Control+Backspace")
    expect(grid.locator("#grid-toast")).to_contain_text("Dibuang ke keranjang: GOV-P07")
    expect(codes.nth(4)).to_have_text("GOV-P05")
    grid.get_by_role("button", name="Urungkan").last.click()
    expect(codes.nth(4)).to_have_text("GOV-P07")
    grid.reload()
    expect(codes.nth(4)).to_have_text("GOV-P07")
    assert example.query("SELECT count(*) FROM masterplan_binnedrow") == [(0,)]


def test_sheet_beside_the_table_saves_the_same_row(grid: Page, example: Server) -> None:
    cell(grid, "BRA-P01", "Kode").locator("a").click()
    sheet = grid.locator("#grid-sheet")
    expect(sheet.get_by_role("heading", level=2)).to_be_focused()
    sheet.get_by_label("Nama*").fill("Jelajah Sungai")
    sheet.get_by_role("button", name="Simpan").click()
    expect(cell(grid, "BRA-P01", "Program")).to_have_text("Jelajah Sungai")
    assert example.query(NAME, "BRA-P01") == [("Jelajah Sungai",)]
    violations = Axe().run(grid).response["violations"]
    assert [found["id"] for found in violations if found["impact"] in ("serious", "critical")] == []
    grid.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    assert grid.evaluate("document.activeElement.textContent") == "BRA-P01"


@pytest.fixture
def other(example: Server, browser: Browser, sign_in: SignIn) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, locale="id-ID")
    context.set_default_timeout(15_000)
    yield open_grid(example, sign_in(example, context, COORDINATOR))
    context.close()


def retype(page: Page, label: str, text: str) -> None:
    cell(page, "GOV-P05", label).click()
    page.keyboard.type(text)
    page.keyboard.press("Enter")


@pytest.mark.parametrize(
    ("choice", "kept"), [("Pakai isian saya", "Nama saya"), ("Biarkan nilai sekarang", "Nama mereka")]
)
def test_a_clash_between_two_people_is_decided(
    grid: Page, other: Page, example: Server, choice: str, kept: str
) -> None:
    retype(other, "Program", "Nama mereka")
    settle(other)
    retype(grid, "Program", "Nama saya")
    dialog = grid.get_by_role("dialog", name="Sel ini juga diubah orang lain")
    expect(dialog).to_contain_text("Nama mereka")
    expect(dialog).to_contain_text("Nama saya")
    expect(dialog).to_contain_text(COORDINATOR)
    dialog.get_by_role("button", name=choice).click()
    expect(cell(grid, "GOV-P05", "Program")).to_have_text(kept)
    settle(grid)
    assert example.query(NAME, "GOV-P05") == [(kept,)]


def test_two_people_in_different_cells_of_a_row_do_not_clash(grid: Page, other: Page, example: Server) -> None:
    retype(other, "Program", "Nama mereka")
    settle(other)
    retype(grid, "2027", "600 jt")
    settle(grid)
    expect(cell(grid, "GOV-P05", "Program")).to_have_text("Nama mereka")
    assert example.query(BUDGET, "GOV-P05", 2027) == [(600_000_000,)]
    assert example.query(NAME, "GOV-P05") == [("Nama mereka",)]


def test_an_undecided_clash_keeps_the_value_in_its_cell(grid: Page, other: Page, example: Server) -> None:
    retype(other, "Program", "Nama mereka")
    settle(other)
    retype(grid, "Program", "Nama saya")
    grid.get_by_role("dialog").wait_for()
    grid.keyboard.press("Escape")
    expect(cell(grid, "GOV-P05", "Program")).to_have_text("Nama saya")
    expect(grid.locator("#grid-bubble")).to_contain_text("Belum diputuskan. Nilai sekarang: Nama mereka.")
    assert example.query(NAME, "GOV-P05") == [("Nama mereka",)]


def test_lost_network_and_ended_session_keep_what_was_typed(grid: Page, example: Server) -> None:
    grid.context.set_offline(True)
    retype(grid, "2027", "600 jt")
    expect(grid.locator("#grid-saved")).to_have_text("Server belum terjangkau; isian menunggu di sini")
    grid.context.set_offline(False)
    settle(grid)
    assert example.query(BUDGET, "GOV-P05", 2027) == [(600_000_000,)]
    cookies = grid.context.cookies()
    grid.context.clear_cookies()
    retype(grid, "2027", "700 jt")
    expect(grid.get_by_role("dialog", name="Sesi Anda berakhir")).to_be_visible()
    expect(cell(grid, "GOV-P05", "2027")).to_have_text("700 jt")
    grid.context.add_cookies(cookies)  # type: ignore[arg-type]
    settle(grid)
    expect(cell(grid, "GOV-P05", "2027")).to_have_text("700")
    assert example.query(BUDGET, "GOV-P05", 2027) == [(700_000_000,)]


def test_a_new_row_survives_a_reload(grid: Page) -> None:
    open_url = grid.url.replace("/program/", "/isu/")
    grid.goto(open_url)
    grid.locator("tbody tr").first.wait_for()
    grid.keyboard.press("Control+End")
    grid.get_by_role("button", name="Baris baru").click()
    grid.keyboard.press("ArrowRight")
    grid.keyboard.type("Isu yang belum selesai")
    grid.keyboard.press("Enter")
    grid.reload()
    expect(grid.locator("tr.draft .main")).to_have_text("Isu yang belum selesai")


def test_without_javascript_the_code_leads_to_the_form(example: Server, browser: Browser, sign_in: SignIn) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1440, "height": 1000})
    page = sign_in(example, context, COORDINATOR)
    page.goto(f"{example.url}{PROGRAMMES}?opd=DINKES")
    expect(page.get_by_role("button", name="Gandakan")).to_be_hidden()
    page.get_by_role("link", name="LIV-P03").click()
    page.get_by_label("Nama*").fill("Kunjungan Sehat")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("Kunjungan Sehat").first).to_be_visible()
    assert example.query(NAME, "LIV-P03") == [("Kunjungan Sehat",)]
    context.close()
