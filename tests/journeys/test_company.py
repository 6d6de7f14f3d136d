"""Two people see each other, hand over the pen, and nothing of it ever stops a save."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Server
from tests.journeys.test_layers import COORDINATOR
from tests.journeys.test_layers_together import AUTHOR, PLAN, two
from tests.journeys.test_writing import SECTION, settle, stored_text, wait_until

pytestmark = pytest.mark.browser
__all__ = ["two"]
OTHER = "/rencana/63.03-2026/naskah/B1.1.1/"


def test_pen_is_taken_over_by_keyboard_and_taken_back(example: Server, two: tuple[Page, Page]) -> None:
    coordinator, author = two
    expect(author.locator("#editor-presence li")).to_have_text([f"KD{COORDINATOR}"])
    author.keyboard.type(" Saya menulis.")
    line = coordinator.locator("#editor-presence .pen-line")
    expect(line).to_contain_text(f"{AUTHOR} sedang menulis di bagian ini")
    expect(coordinator.locator("#editor-presence li")).to_have_attribute("title", f"{AUTHOR}, sedang menulis")
    line.get_by_role("button", name="Ambil alih pena").focus()
    coordinator.keyboard.press("Enter")
    dialog = coordinator.get_by_role("dialog", name="Ambil alih pena?")
    expect(dialog).to_contain_text(f"{AUTHOR} sedang menulis di bagian ini dan akan diberi tahu.")
    expect(dialog.get_by_role("button", name="Ambil alih")).to_be_focused()
    coordinator.keyboard.press("Enter")
    expect(line).to_have_count(0)
    assert coordinator.evaluate("() => document.activeElement.classList.contains('ProseMirror')")
    notice = author.locator("[data-banner=taken]")
    expect(notice).to_contain_text(f"Pena diambil alih oleh {COORDINATOR} pukul ")
    author.keyboard.type(" Tetap bisa.")  # the pen is a courtesy
    settle(author)
    assert "Saya menulis. Tetap bisa." in stored_text(example)
    notice.get_by_role("button", name="Ambil kembali").click()
    expect(notice).to_have_count(0)
    expect(coordinator.locator("[data-banner=taken]")).to_contain_text(f"Pena diambil alih oleh {AUTHOR}")


def test_pen_is_free_when_its_holder_leaves(example: Server, two: tuple[Page, Page]) -> None:
    coordinator, author = two
    author.keyboard.type(" Sebentar.")
    expect(coordinator.locator(".pen-line")).to_be_visible()
    author.goto(f"{example.url}{PLAN}")
    expect(coordinator.locator("#editor-presence")).to_be_hidden()
    coordinator.keyboard.type(" Giliran saya.")
    settle(coordinator)
    wait_until(coordinator, "window.__editor.sync.pending() === 0")
    [(name,)] = example.query(
        "SELECT u.display_name FROM masterplan_sectionlease l JOIN accounts_user u ON u.id = l.user_id"
    )
    assert name == COORDINATOR


def test_outline_and_plan_show_where_somebody_writes(example: Server, two: tuple[Page, Page]) -> None:
    coordinator, author = two
    author.keyboard.type(" Di sini.")
    expect(coordinator.locator(".pen-line")).to_be_visible()
    coordinator.goto(f"{example.url}{PLAN}")
    mark = coordinator.locator('[data-company="B1.1.2"]')
    expect(mark).to_have_text(f"{AUTHOR} sedang menulis")
    coordinator.goto(f"{example.url}{OTHER}")
    expect(coordinator.locator('[data-company="B1.1.2"]').get_by_role("img")).to_have_accessible_name(
        f"{AUTHOR} sedang menulis"
    )
    author.goto(f"{example.url}{PLAN}")
    coordinator.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")  # as after 15 seconds
    expect(coordinator.locator('[data-company="B1.1.2"]')).to_be_empty()


def test_a_reader_is_seen_and_has_no_pen_to_take(
    example: Server, two: tuple[Page, Page], browser: Browser, sign_in: object
) -> None:
    coordinator, _ = two
    coordinator.keyboard.type(" Ditulis.")
    reader = sign_in(example, browser.new_context(), "Sekretaris Daerah")  # type: ignore[operator]
    reader.goto(f"{example.url}{SECTION}")
    expect(reader.locator(".pen-line")).to_contain_text(f"{COORDINATOR} sedang menulis di bagian ini")
    expect(reader.get_by_role("button", name="Ambil alih pena")).to_have_count(0)
    expect(coordinator.locator("#editor-presence")).to_contain_text("Sekretaris Daerah")
