"""Live facts in the editor: choosing one, what it shows, and turning a typed number into one."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import Server
from tests.journeys.writing_page import SECTION, command, open_section, put_caret_at_end, settle, stored_doc, wait_until

pytestmark = pytest.mark.browser
SignIn = Callable[[Server, BrowserContext, str], Page]
YEAR_OF_DIMENSION = {"key": "budget:dim:GOV:2026", "style": "short", "value": "Rp3,75 miliar"}
BOX = ".ProseMirror .fact"


@pytest.fixture
def writer(example: Server, context: BrowserContext, sign_in: SignIn) -> Page:
    page = sign_in(example, context, "Koordinator Diskominfostandi")
    open_section(example, page)
    expect(page.locator(".fact-bar")).to_have_count(1)
    return page


def tokens(doc: dict[str, Any]) -> list[dict[str, Any]]:
    if doc["type"] == "fact":
        return [doc["attrs"]]
    return [found for child in doc.get("content", ()) for found in tokens(child)]


def new_paragraph(page: Page, text: str) -> None:
    put_caret_at_end(page)
    page.keyboard.press("Enter")
    page.keyboard.insert_text(text)


def spend(server: Server, amount: int) -> None:
    server.query(
        "UPDATE masterplan_programmeyear SET budget = %s FROM masterplan_programme p "
        "WHERE p.id = programme_id AND p.code = 'GOV-P01' AND year = 2026 RETURNING 1",
        amount,
    )


def test_a_fact_is_chosen_by_keyboard_and_shows_what_the_rows_say(example: Server, writer: Page) -> None:
    new_paragraph(writer, "Anggarannya ")
    writer.keyboard.press("Control+Shift+F")
    dialog = writer.get_by_role("dialog", name="Sisipkan fakta")
    dialog.get_by_label("Cari fakta").fill("total governance 2026")
    expect(dialog.get_by_label("Fakta dari tabel").locator("option")).to_have_text(
        ["Total anggaran Smart Governance 2026 · Rp3,75 miliar"]
    )
    writer.keyboard.press("Enter")
    expect(writer.locator(BOX)).to_have_text("Rp3,75 miliar")
    expect(writer.locator(BOX)).to_have_attribute("title", "Total anggaran Smart Governance 2026")
    settle(writer)
    assert tokens(stored_doc(example)) == [YEAR_OF_DIMENSION]
    spend(example, 2_450_000_000)
    open_section(example, writer)
    expect(writer.locator(BOX)).to_have_text("Rp4,75 miliar")
    expect(writer.locator(BOX)).to_have_class("fact changed")
    writer.locator(BOX).click()
    bar = writer.get_by_role("toolbar", name="Alat fakta")
    expect(bar).to_contain_text("Total anggaran Smart Governance 2026 · saat disisipkan Rp3,75 miliar")
    expect(bar.get_by_role("link", name="Buka sumber")).to_have_attribute(
        "href", "/rencana/63.03-2026/tabel/program/?dimensi=GOV"
    )
    bar.get_by_role("button", name="Tandai sudah diperiksa").click()
    bar.get_by_role("button", name="Tulis Rp4.750.000.000").click()
    expect(writer.locator(BOX)).to_have_class("fact ProseMirror-selectednode")
    settle(writer)
    assert tokens(stored_doc(example)) == [{"key": "budget:dim:GOV:2026", "style": "long", "value": "Rp4.750.000.000"}]
    spend(example, 1_450_000_000)


def test_a_copied_token_is_its_value_as_text(writer: Page) -> None:
    new_paragraph(writer, "Jumlah ")
    command(writer, f"e.commands.insertContent({{ type: 'fact', attrs: {YEAR_OF_DIMENSION} }})")
    writer.keyboard.press("Shift+Home")
    wait_until(writer, "!window.__editor.editor.state.selection.empty")  # the editor hears of it a moment later
    copied = writer.evaluate(
        """() => {
          const data = new DataTransfer()
          document.querySelector('.ProseMirror').dispatchEvent(new ClipboardEvent('copy', { clipboardData: data, bubbles: true, cancelable: true }))
          return [data.getData('text/plain'), data.getData('text/html')]
        }"""
    )
    assert copied[0] == "Jumlah Rp3,75 miliar"
    assert 'data-key="budget:dim:GOV:2026"' in copied[1]
    assert ">Rp3,75 miliar</span>" in copied[1]


def test_a_typed_number_that_is_a_fact_can_become_one(example: Server, writer: Page) -> None:
    new_paragraph(
        writer, "Seluruhnya Rp214,35 miliar, yaitu 37 program; pada 2026 ada 4 program dan Rp1,23 miliar dari luar."
    )
    offers = writer.locator(".ProseMirror .fact-offer")
    expect(offers).to_have_text(["Rp214,35 miliar", "37 program"])
    offers.first.click()
    bar = writer.get_by_role("toolbar", name="Alat fakta")
    expect(bar).to_contain_text("Sama dengan fakta")
    expect(bar).to_contain_text("Total anggaran masterplan · Rp214,35 miliar")
    bar.get_by_role("button", name="Jadikan fakta").click()
    expect(writer.locator(BOX)).to_have_text("Rp214,35 miliar")
    expect(offers).to_have_text(["37 program"])
    writer.keyboard.press("Control+z")
    expect(offers).to_have_text(["Rp214,35 miliar", "37 program"])
    expect(writer.locator(BOX)).to_have_count(0)
    offers.last.click()
    bar.get_by_role("button", name="Biarkan").click()
    expect(offers).to_have_text(["Rp214,35 miliar"])


def test_a_token_without_its_row_is_marked(example: Server, writer: Page) -> None:
    new_paragraph(writer, "Anggaran ")
    attrs = {"key": "budget:programme:GOV-P99:2026", "style": "short", "value": "Rp1 miliar"}
    command(writer, f"e.commands.insertContent({{ type: 'fact', attrs: {attrs} }})")
    expect(writer.locator(BOX)).to_have_text("[fakta tidak ditemukan, terakhir Rp1 miliar]")
    settle(writer)
    writer.goto(f"{example.url}/rencana/63.03-2026/temuan/?bagian=B1.1.2")
    expect(writer.locator("main")).to_contain_text(
        "Fakta “anggaran program GOV-P99 2026” tidak ada pada tabel mana pun"
    )


def test_a_pasted_token_of_a_strange_shape_is_its_words(example: Server, writer: Page) -> None:
    new_paragraph(writer, "")
    writer.evaluate(
        """() => {
          const data = new DataTransfer()
          data.setData('text/html', '<p data-pm-slice="1 1 []">Ada <span class="fact" data-key="X Y">tiga</span></p>')
          document.querySelector('.ProseMirror').dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
        }"""
    )
    wait_until(writer, "window.__editor.editor.getText().endsWith('Ada tiga')")
    settle(writer)
    assert tokens(stored_doc(example)) == []


def test_a_reader_sees_values_but_no_offers(example: Server, context: BrowserContext, sign_in: SignIn) -> None:
    page = sign_in(example, context, "Sekretaris Daerah")
    open_section(example, page, SECTION.replace("B1.1.2", "B2.7.2"))
    expect(page.locator(BOX)).to_have_text(["Rp214,35 miliar", "Rp193,77 miliar", "37 program"])
    expect(page.locator(".fact-offer, .fact-bar")).to_have_count(0)
