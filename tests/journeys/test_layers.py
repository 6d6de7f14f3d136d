"""Never lose a word: layers 1 to 6, each against the real server, which is really killed where the layer calls for it."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.journeys.conftest import Server
from tests.journeys.test_writing import (
    SignIn,
    open_section,
    put_caret_at_end,
    settle,
    stored_text,
    wait_until,
)  # fmt: skip

pytestmark = pytest.mark.browser
COORDINATOR = "Koordinator Diskominfostandi"


@contextmanager
def postgres(server: Server) -> Iterator[Callable[[str], Any]]:
    """Statements on the maintenance database of the same PostgreSQL."""
    name = database_name(server)
    address = server.database.replace("postgres://", "postgresql://").replace(f"/{name}?", "/postgres?")
    with psycopg.connect(address, autocommit=True) as connection:
        yield connection.execute  # type: ignore[call-overload]


def database_name(server: Server) -> str:
    return urlsplit(server.database).path.removeprefix("/")


@pytest.fixture
def writer(example: Server, context: BrowserContext, sign_in: SignIn) -> Page:
    """The coordinator with the caret at the end of the section."""
    page = sign_in(example, context, COORDINATOR)
    open_section(example, page)
    put_caret_at_end(page)
    return page


def status(page: Page, state: str, text: str) -> None:
    expect(page.locator("#editor-status")).to_have_attribute("data-state", state, timeout=20_000)
    expect(page.locator("#editor-status")).to_contain_text(text)


def drafts(page: Page) -> list[str]:
    """The words of every draft on this device."""
    kept = page.evaluate("() => Object.entries(localStorage).filter(([k]) => k.startsWith('draft:')).map(([, v]) => v)")
    return ["".join(re.findall(r'"text":"([^"]*)"', text)) for text in kept]


def test_layer_1_every_change_is_on_the_device_before_anything_is_sent(example: Server, writer: Page) -> None:
    example.kill()
    for count, letter in enumerate(" Pelan", start=1):
        writer.keyboard.type(letter)
        assert drafts(writer) == [" Pelan"[:count]]
    status(writer, "local", "Belum terkirim, disimpan di perangkat ini (6 perubahan)")
    writer.keyboard.type(" sekali")
    status(writer, "local", "Belum terkirim, disimpan di perangkat ini (13 perubahan)")
    example.start()
    settle(writer)
    assert (stored_text(example).count("Pelan sekali"), drafts(writer)) == (1, [])
    status(writer, "saved", "oleh Anda")


def test_layer_1_a_full_device_is_said_and_never_called_kept(example: Server, writer: Page) -> None:
    writer.evaluate(
        """() => { let size = 4_000_000
          while (size > 0) try { localStorage.setItem('penuh' + size + Math.random(), 'x'.repeat(size)) } catch { size = size >> 1 } }"""
    )
    example.kill()
    writer.keyboard.type(" Tidak muat")
    status(writer, "attention", "belum terkirim dan tidak muat di perangkat ini")
    expect(writer.locator("#editor-notice")).to_contain_text("Penyimpanan peramban penuh.")
    example.start()
    settle(writer)
    status(writer, "saved", "oleh Anda")
    expect(writer.locator("#editor-notice")).to_be_hidden()
    assert stored_text(example).count("Tidak muat") == 1


def test_layer_2_a_dead_tabs_draft_is_sent_before_the_editor_opens(
    example: Server, context: BrowserContext, writer: Page
) -> None:
    example.kill()
    writer.keyboard.type(" Ditulis tanpa server.")
    status(writer, "local", "Belum terkirim")
    writer.close()
    example.start()
    assert "Ditulis tanpa server." not in stored_text(example)
    again = context.new_page()
    open_section(example, again)
    assert stored_text(example).count("Ditulis tanpa server.") == 1
    assert (drafts(again), again.evaluate("() => window.__editor.editor.getText()").count("Ditulis tanpa server.")) == (
        [],
        1,
    )


def test_layer_2_a_living_tabs_draft_is_left_to_it(example: Server, context: BrowserContext, writer: Page) -> None:
    writer.route("**/steps/", lambda route: route.abort())
    writer.keyboard.type(" Masih di tab pertama.")
    status(writer, "local", "Belum terkirim")
    other = context.new_page()
    open_section(example, other)
    put_caret_at_end(other)
    other.keyboard.type(" Dari tab kedua.")
    settle(other)
    assert "Masih di tab pertama." not in stored_text(example)
    assert drafts(other) == [" Masih di tab pertama."]
    writer.bring_to_front()
    writer.unroute("**/steps/")
    settle(writer)
    text = stored_text(example)
    assert (text.count("Masih di tab pertama."), text.count("Dari tab kedua.")) == (1, 1)


def test_layer_3_closing_the_tab_sends_what_is_left(example: Server, context: BrowserContext, writer: Page) -> None:
    writer.evaluate("() => { window.__editor.sync.push = () => {} }")  # no timer fires: only the farewell can send
    writer.keyboard.type(" Kata terakhir.")
    assert "Kata terakhir." not in stored_text(example)
    writer.goto("about:blank")
    deadline = time.monotonic() + 10
    while "Kata terakhir." not in stored_text(example) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert stored_text(example).count("Kata terakhir.") == 1
    again = context.new_page()
    open_section(example, again)  # the draft is replayed too; the server knows its steps
    settle(again)
    assert stored_text(example).count("Kata terakhir.") == 1


def test_layer_4_who_never_pauses_is_saved_every_few_seconds(example: Server, writer: Page) -> None:
    writer.keyboard.type(" " + "abcdefghij" * 5, delay=90)  # 4.6 s, never 0.7 s between two keys
    saves = example.query("SELECT end_version FROM masterplan_stepbatch b ORDER BY b.start_version")
    assert 1 <= len(saves) <= 4
    settle(writer)
    assert stored_text(example).count("abcdefghij" * 5) == 1


def test_layer_5_pauses_grow_and_the_network_ends_them(example: Server, context: BrowserContext, writer: Page) -> None:
    times: list[float] = []
    writer.on("requestfailed", lambda request: times.append(time.monotonic()) if request.method == "POST" else None)
    context.set_offline(True)
    writer.keyboard.type(" Jaringan putus.")
    writer.wait_for_timeout(9000)
    assert 2 <= len(times) <= 7
    status(writer, "local", "Belum terkirim")
    context.set_offline(False)  # the event, not the timer: the next try would be many seconds away
    wait_until(writer, "window.__editor.pending() === 0", 3)
    assert stored_text(example).count("Jaringan putus.") == 1


@pytest.mark.parametrize("answer", [502, 507, 429])
def test_layer_5_a_server_in_trouble_is_waited_for(example: Server, writer: Page, answer: int) -> None:
    def refuse(route: Route) -> None:
        route.fulfill(status=answer, content_type="text/html", body="<h1>Insufficient Storage</h1>")

    writer.route("**/steps/", refuse)
    writer.keyboard.type(" Server penuh.")
    status(writer, "local", "Belum terkirim, disimpan di perangkat ini (14 perubahan)")
    writer.unroute("**/steps/")
    settle(writer)
    status(writer, "saved", "oleh Anda")
    assert stored_text(example).count("Server penuh.") == 1


def test_layer_5_a_dead_database_is_a_sentence_and_recovers(example: Server, writer: Page) -> None:
    name = database_name(example)
    answers: list[tuple[int, str]] = []
    writer.on(
        "response",
        lambda response: (
            answers.append((response.status, response.header_value("content-type") or ""))
            if response.request.method == "POST"
            else None
        ),
    )
    with postgres(example) as execute:
        execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")  # noqa: S608
        writer.keyboard.type(" Basis data mati.")
        status(writer, "local", "Belum terkirim, disimpan di perangkat ini (17 perubahan)")
        execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    settle(writer)
    assert (503, "application/json") in answers
    assert stored_text(example).count("Basis data mati.") == 1


def test_layer_5_a_long_time_without_network_arrives_in_portions(example: Server, writer: Page) -> None:
    example.kill()
    writer.evaluate(
        """() => { const { view } = window.__editor.editor
          for (let n = 0; n < 6000; n++) view.dispatch(view.state.tr.insertText(n % 6 ? 'x' : ' ')) }"""
    )
    example.start()
    writer.evaluate("() => window.__editor.sync.wake()")
    settle(writer)
    assert stored_text(example).count("xxxxx") == 1000
    [(largest,)] = example.query("SELECT max(end_version - start_version) FROM masterplan_stepbatch")
    assert largest == 500


def test_layer_6_an_ended_session_flushes_after_signing_in_elsewhere(
    example: Server, context: BrowserContext, writer: Page
) -> None:
    assert example.query("DELETE FROM django_session RETURNING 1") == [(1,)]
    writer.keyboard.type(" Sesudah sesi habis.")
    expect(writer.locator("#login-dialog")).to_be_visible()
    status(writer, "local", "Belum terkirim, disimpan di perangkat ini (20 perubahan)")
    with context.expect_page() as opened:
        writer.get_by_role("link", name="Masuk lagi").click()
    sign_in_page = opened.value
    sign_in_page.locator(".demo form", has_text=COORDINATOR).get_by_role("button").first.click()
    expect(sign_in_page.get_by_role("heading", name="Anda sudah masuk kembali")).to_be_visible()
    settle(writer)  # nobody touched the first tab: its token is older than the sign-in, and it fetched a new one
    assert stored_text(example).count("Sesudah sesi habis.") == 1
    expect(writer.locator("#login-dialog")).to_be_hidden()
    status(writer, "saved", "oleh Anda")
    sign_in_page.close()
    put_caret_at_end(writer)
    writer.keyboard.type(" Dan terus.")
    settle(writer)
    assert stored_text(example).count("Sesudah sesi habis. Dan terus.") == 1


def test_layer_6_nothing_is_sent_under_another_persons_name(
    example: Server, context: BrowserContext, sign_in: SignIn, writer: Page
) -> None:
    example.query("DELETE FROM django_session RETURNING 1")
    writer.keyboard.type(" Milik koordinator.")
    expect(writer.locator("#login-dialog")).to_be_visible()
    other = sign_in(example, context, "Penulis Dinas Kesehatan")
    writer.bring_to_front()
    expect(writer.locator("#editor-banners")).to_contain_text("sekarang masuk orang lain", timeout=15_000)
    status(writer, "local", "Belum terkirim")
    assert "Milik koordinator." not in stored_text(example)
    other.goto(f"{example.url}/akun/logout/")
    other.locator("main form button").click()
    sign_in(example, context, COORDINATOR).close()
    settle(writer)
    assert example.query(
        "SELECT DISTINCT u.display_name FROM masterplan_stepbatch b JOIN accounts_user u ON u.id = b.user_id"
    ) == [(COORDINATOR,)]
