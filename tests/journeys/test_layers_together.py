"""Never lose a word: layers 7 to 10, two people at the same text against the real server."""

import json
import time

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.conftest import Server
from tests.journeys.test_layers import COORDINATOR, drafts, status
from tests.journeys.test_writing import SECTION, SignIn, open_section, put_caret_at_end, settle, stored_text, wait_until

pytestmark = pytest.mark.browser
AUTHOR = "Penulis Dinas Kesehatan"
PLAN = "/rencana/63.03-2026/"


def assign(server: Server, code: str = "B1.1.2") -> None:
    """The author's office writes this section."""
    server.query(
        """INSERT INTO masterplan_section_opds (section_id, opd_id)
           SELECT s.id, m.opd_id FROM masterplan_section s JOIN masterplan_outlinesection o ON o.id = s.outline_section_id,
             accounts_membership m JOIN accounts_user u ON u.id = m.user_id
           WHERE o.code = %s AND u.display_name = %s ON CONFLICT DO NOTHING RETURNING id""",
        code, AUTHOR,
    )  # fmt: skip


@pytest.fixture
def two(example: Server, browser: Browser, sign_in: SignIn) -> tuple[Page, Page]:
    """The coordinator and an author of the office, both in the section with the caret at its end."""
    assign(example)
    pages = []
    for name in (COORDINATOR, AUTHOR):
        context = browser.new_context(viewport={"width": 1440, "height": 1000}, locale="id-ID")
        context.set_default_timeout(15_000)
        page = sign_in(example, context, name)
        open_section(example, page)
        put_caret_at_end(page)
        pages.append(page)
    return pages[0], pages[1]


def delete_everything(page: Page) -> None:
    page.evaluate("() => window.__editor.editor.chain().selectAll().deleteSelection().run()")
    settle(page)


def copies(server: Server) -> list[tuple[str, str, str]]:
    return server.query(  # type: ignore[return-value]
        "SELECT u.display_name, c.reason, c.lost FROM masterplan_recoveredcopy c JOIN accounts_user u ON u.id = c.user_id ORDER BY c.id"
    )


def test_layer_7_typing_into_a_deleted_paragraph_becomes_a_copy(example: Server, two: tuple[Page, Page]) -> None:
    coordinator, author = two
    author.context.set_offline(True)
    author.keyboard.type(" Dua puluh puskesmas sudah daring.")
    status(author, "local", "Belum terkirim")
    delete_everything(coordinator)
    example.kill()
    example.start()
    author.context.set_offline(False)
    banner = author.locator("[data-banner=lost]")
    expect(banner).to_contain_text(
        "Paragraf yang Anda sunting dihapus orang lain. Salinan tulisan Anda ada di Pulihan: “ Dua puluh puskesmas sudah daring.”",
        timeout=20_000,
    )
    assert copies(example) == [(AUTHOR, "paragraf dihapus orang lain", " Dua puluh puskesmas sudah daring.")]
    put_caret_at_end(author)
    author.keyboard.type("Lanjut.")
    settle(author)
    expect(banner).to_be_visible()  # a save does not take it away
    banner.get_by_role("link", name="Buka Pulihan").click()
    expect(author.locator(".lost")).to_have_text("Dua puluh puskesmas sudah daring.")


def test_layer_8_who_wrote_it_gets_a_copy_of_what_another_removed(example: Server, two: tuple[Page, Page]) -> None:
    coordinator, author = two
    author.keyboard.type(" Angka stunting turun menjadi 14 persen.")
    settle(author)
    wait_until(coordinator, "window.__editor.editor.getText().includes('14 persen')")
    delete_everything(coordinator)
    expect(author.locator("[data-banner=removed]")).to_contain_text("dihapus orang lain")
    assert copies(example) == [
        (AUTHOR, f"tulisan Anda dihapus oleh {COORDINATOR}", "Angka stunting turun menjadi 14 persen.")
    ]
    expect(coordinator.locator("[data-banner]")).to_have_count(0)


def test_layer_9_a_page_that_differs_from_the_server_starts_over(example: Server, two: tuple[Page, Page]) -> None:
    page, _ = two
    # A change that collaboration never hears of: what any unknown fault would come to.
    page.evaluate(
        """() => { const { view } = window.__editor.editor
          view.dispatch(view.state.tr.insertText('GANJIL').setMeta('collab$', view.state['collab$'])) }"""
    )
    page.evaluate("() => window.__editor.editor.commands.focus('start')")
    page.keyboard.type("Biasa ")
    note = page.locator("[data-banner=note]")
    expect(note).to_contain_text("Tampilan sempat berbeda dari server dan sudah dimuat ulang.", timeout=20_000)
    wait_until(page, "window.__editor && window.__editor.ready")
    shown = page.evaluate("() => window.__editor.editor.getText()")
    assert ("GANJIL" in shown, "Biasa " in shown, "GANJIL" in stored_text(example)) == (False, True, False)
    [(doc,)] = example.query("SELECT doc FROM masterplan_recoveredcopy WHERE reason = 'tampilan berbeda dari server'")
    assert "GANJIL" in json.dumps(doc)
    status(page, "saved", f"oleh {COORDINATOR}")


def test_layer_9_refused_content_is_kept_and_said(example: Server, two: tuple[Page, Page]) -> None:
    page, _ = two
    before = stored_text(example)
    page.evaluate(
        """() => window.__editor.editor.commands.insertContent([
          { type: 'paragraph', content: [{ type: 'text', text: 'Di atas gambar.' }] },
          { type: 'figure', attrs: { src: 'https://jahat.example/x.png', alt: 'x' } }])"""
    )
    expect(page.locator("[data-banner=note]")).to_contain_text(
        "Gambar harus diunggah ke daerah ini terlebih dahulu. Perubahan terakhir tidak disimpan di naskah; salinannya ada di “Pulihan”.",
        timeout=20_000,
    )
    [(name, reason, lost)] = copies(example)
    assert (name, reason) == (COORDINATOR, "ditolak server: Gambar harus diunggah ke daerah ini terlebih dahulu.")
    assert ("Di atas gambar." in lost, stored_text(example), drafts(page)) == (True, before, [])


def test_layer_9_who_loses_the_right_to_write_keeps_the_words(example: Server, two: tuple[Page, Page]) -> None:
    _, author = two
    example.query("DELETE FROM masterplan_section_opds RETURNING id")
    author.keyboard.type(" Terlambat ditulis.")
    expect(author.locator("[data-banner=note]")).to_contain_text(
        "Bagian ini tidak ditugaskan kepada Anda.", timeout=20_000
    )
    assert [(name, lost) for name, _, lost in copies(example)] == [(AUTHOR, " Terlambat ditulis.")]
    assert "Terlambat ditulis." not in stored_text(example)
    expect(author.locator(".readonly-note").first).to_contain_text("Anda membaca.")


def test_layer_10_every_version_can_be_read_again_after_a_crash(example: Server, two: tuple[Page, Page]) -> None:
    page, _ = two
    for word in ("Pertama.", "Kedua."):
        page.keyboard.type(f" {word}")
        settle(page)
    written = page.evaluate("() => window.__editor.version()")
    delete_everything(page)
    example.kill()
    example.start()
    page.reload()
    wait_until(page, "window.__editor && window.__editor.ready")

    def text_at(version: int) -> str:
        answer = page.request.get(f"{example.url}{SECTION}doc/?at={version}")
        return json.dumps(answer.json()["doc"])

    last = page.evaluate("() => window.__editor.version()")
    assert ("Pertama. Kedua." in text_at(written), "Pertama." in text_at(last), last > written) == (True, False, True)
    assert [version for version in range(last + 1) if '"doc"' not in text_at(version)] == []


def test_two_tabs_of_one_person_are_two_writers(example: Server, context: BrowserContext, sign_in: SignIn) -> None:
    first = sign_in(example, context, COORDINATOR)
    open_section(example, first)
    second = context.new_page()
    open_section(example, second)
    for turn in range(3):
        for page, sign in ((first, "P"), (second, "K")):
            page.bring_to_front()
            put_caret_at_end(page)
            page.keyboard.type(f" {sign}{turn}.")
    for page in (first, second):
        page.bring_to_front()
        settle(page)
    text = stored_text(example)
    tokens = [f"{sign}{turn}." for sign in "PK" for turn in range(3)]
    assert {token: text.count(token) for token in tokens} == dict.fromkeys(tokens, 1)
    deadline = time.monotonic() + 10
    while first.locator("#editor-presence").is_hidden() and time.monotonic() < deadline:
        first.bring_to_front()
        first.wait_for_timeout(200)
    assert copies(example) == []
