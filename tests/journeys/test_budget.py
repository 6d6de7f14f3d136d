"""A programme's money by source, typed as people type it, and the budget room that follows it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.conftest import Server
from tests.journeys.test_pages import faults_of

pytestmark = pytest.mark.browser
SignIn = Callable[[Server, BrowserContext, str], Page]

PLAN = "/rencana/63.03-2026/"
SCREENS = Path(__file__).resolve().parents[2] / "build" / "screens"


def programme_path(server: Server, code: str) -> str:
    ((pk,),) = server.query("select id from masterplan_programme where code = %s", code)
    return f"{PLAN}tabel/program/{pk}/"


def picture(page: Page, name: str) -> None:
    SCREENS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENS / f"{name}.png", full_page=True)


def _faults(server: Server, page: Page, paths: list[str], width: int) -> list[str]:
    page.set_viewport_size({"width": width, "height": 900})
    return [fault for path in paths for fault in faults_of(server, page, path)]


def test_money_by_source_reaches_the_budget_room(example: Server, browser: Browser, sign_in: SignIn) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="id-ID")
    problems: list[str] = []
    context.on("weberror", lambda error: problems.append(str(error.error)))
    page = sign_in(example, context, "Koordinator Diskominfostandi")
    path = programme_path(example, "GOV-P01")
    page.goto(f"{example.url}{path}")
    page.fill("#id_budgets-0-amount_2026", "1 M")
    page.fill("#id_budgets-1-source", "csr/tjslp")
    page.fill("#id_budgets-1-amount_2026", "500 jt")
    expect(page.locator("[data-rest='2026']")).to_have_text("lebih 50.000.000")
    expect(page.locator("[data-matrix-note]")).to_have_text("Rincian sumber melebihi anggaran tahun 2026.")
    page.fill("#id_budgets-1-amount_2026", "0,4 miliar")
    expect(page.locator("[data-rest='2026']")).to_have_text("50.000.000")
    expect(page.locator("[data-grand-total]")).to_have_text("6.450.000.000")
    picture(page, "program-anggaran")
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.get_by_text("tersimpan.")).to_be_visible()

    page.goto(f"{example.url}{PLAN}ruang-anggaran/")
    page.get_by_label("Isi pagu CSR/TJSLP 2026").click()
    page.get_by_label("Pagu (Rp)").fill("300 jt")
    page.get_by_role("button", name="Simpan", exact=True).click()
    page.goto(f"{example.url}{PLAN}ruang-anggaran/")
    expect(page.locator(".room-findings")).to_contain_text("CSR/TJSLP 2026 lebih")
    picture(page, "ruang-anggaran")

    paths = [path, f"{PLAN}ruang-anggaran/", f"{PLAN}tabel/pagu/", "/kode/sipd/"]
    faults = [*_faults(example, page, paths, 1440), *_faults(example, page, paths, 390)]
    page.goto(f"{example.url}{path}")
    picture(page, "program-anggaran-390")
    context.close()
    assert (faults, problems) == ([], [])


def test_codes_are_suggested_while_typing(example: Server, browser: Browser, sign_in: SignIn) -> None:
    context = browser.new_context(locale="id-ID")
    page = sign_in(example, context, "Koordinator Diskominfostandi")
    page.goto(f"{example.url}{programme_path(example, 'GOV-P02')}")
    page.locator("#id_subactivity_code").press_sequentially("cerdas")
    expect(page.locator("#daftar-kode-sipd option[value='2.16.03.2.02.09']")).to_have_count(1)
    context.close()


def test_an_ended_session_leaves_what_was_typed(example: Server, browser: Browser, sign_in: SignIn) -> None:
    """Looking up a code asks the server in the background; its answer must not take the form away."""
    context = browser.new_context(locale="id-ID")
    page = sign_in(example, context, "Koordinator Diskominfostandi")
    page.goto(f"{example.url}{programme_path(example, 'GOV-P02')}")
    expect(page.get_by_text("Periksa temuan baris ini")).to_have_count(0)
    page.fill("#id_beneficiaries", "Seluruh warga kabupaten")
    example.query("DELETE FROM django_session RETURNING 1")
    page.locator("#id_subactivity_code").press_sequentially("cerdas")
    expect(page.locator("#notices")).to_contain_text("Sesi Anda berakhir.")
    expect(page.locator("#id_beneficiaries")).to_have_value("Seluruh warga kabupaten")
    context.close()
