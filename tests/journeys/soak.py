"""Two people write in one section while everything that can break breaks; what is stored must be what they typed.

Used by the short run of every test (`test_soak.py`) and by the long one (`make soak`).
"""

import json
import random
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, Page, Response
from playwright.sync_api import Error as BrowserError

from tests.journeys.conftest import Server

CODE = "B1.1.2"
SECTION = f"/rencana/63.03-2026/naskah/{CODE}/"
PEOPLE = ("Koordinator Diskominfostandi", "Penulis Dinas Kesehatan")
# One writes at the ends of paragraphs, the other at their starts: nobody types inside a word of the other.
PLACES = ("end", "start")
PUT_CARET = """([side, chance]) => {
  const { editor } = window.__editor
  const places = []
  editor.state.doc.descendants((node, position) => {
    if (node.isTextblock && node.content.size) places.push(side === 'end' ? position + 1 + node.content.size : position + 1)
    return true
  })
  editor.commands.setTextSelection(places[Math.floor(chance * places.length)])
  editor.view.focus()
}"""

type SignIn = Callable[[Server, BrowserContext, str], Page]


@dataclass
class Summary:
    seconds: float = 0
    tokens: int = 0
    saves: int = 0
    kills: int = 0
    cuts: int = 0
    closures: int = 0
    expiries: int = 0
    conflicts: int = 0

    def __str__(self) -> str:
        return (
            f"{self.seconds:.0f} s: {self.tokens} tokens typed and stored in order, none twice, in {self.saves} saves; "
            f"{self.kills} kills of the server, {self.cuts} cuts of the network, {self.closures} closed tabs, "
            f"{self.expiries} expired sessions, {self.conflicts} stale saves"
        )


@dataclass
class Writer:
    """A person with a browser of their own. A run is what was typed without moving the caret."""

    server: Server
    context: BrowserContext
    letter: str
    place: str
    name: str
    sign_in: SignIn
    page: Page = field(init=False)
    runs: list[list[str]] = field(default_factory=lambda: [[]])
    count: int = 0
    words_until_entry: int = 0  # how many more they write before they sign in again; 0 while signed in
    online_at: float = 0  # when the cut network comes back; 0 while there is one

    def open(self) -> None:
        """As a person would: once more when the page does not come."""
        self.page = self.context.new_page()
        deadline = time.monotonic() + 90
        while not self._has_opened():
            assert time.monotonic() < deadline, f"{self.letter}: the section does not open"
            self.page.wait_for_timeout(500)

    def _has_opened(self) -> bool:
        try:
            self.page.goto(f"{self.server.url}{SECTION}")
            self.await_page("window.__editor && window.__editor.ready", 15)
        except (BrowserError, AssertionError):
            return False
        return True

    def await_page(self, condition: str, seconds: float) -> None:
        """Playwright's own waiting needs eval, which the content security policy refuses."""
        deadline = time.monotonic() + seconds
        while not self.page.evaluate(f"() => Boolean({condition})"):
            assert time.monotonic() < deadline, f"{self.letter}: {condition}; {self.describe()}"
            self.page.wait_for_timeout(50)

    def describe(self) -> str:
        shown = (
            "() => [...document.querySelectorAll('#editor-status, #editor-notice')].map(e => e.textContent).join(' | ')"
        )
        return str(self.page.evaluate(shown))

    def move(self, chance: float) -> None:
        self.page.evaluate(PUT_CARET, [self.place, chance])
        self.runs.append([])

    def type(self) -> None:
        token = f"{self.letter}{self.count}."
        # The other's word may follow: a space on both sides keeps every token whole.
        if not self.words_until_entry:
            self.page.keyboard.type(f" {token} ", delay=6)
        elif not self._type_around_the_dialog(f" {token} "):
            return
        self.count += 1
        self.runs[-1].append(token)

    def _type_around_the_dialog(self, text: str) -> bool:
        """The session has ended: a dialog may open at any moment. Put it away and write on; False when it took the word."""
        close = "() => { const d = document.getElementById('login-dialog'); if (d.open) { d.close(); window.__editor.editor.view.focus() } }"
        self.page.evaluate(close)
        self.page.keyboard.insert_text(text)
        state = (
            "t => [document.getElementById('login-dialog').open, window.__editor.editor.getText().includes(t.trim())]"
        )
        is_open, is_written = self.page.evaluate(state, text)
        assert is_open or is_written, f"{text} was not taken: {self.describe()}"
        return bool(is_written)

    def typed(self) -> list[str]:
        return [token for run in self.runs for token in run]

    def close_and_come_back(self) -> None:
        """Without waiting for anything: the draft on the device is all there is."""
        self.page.close()
        self.connect()
        if self.words_until_entry:
            self.sign_in(self.server, self.context, self.name).close()
            self.words_until_entry = 0
        self.open()
        self.move(0.5)

    def connect(self) -> None:
        self.context.set_offline(False)
        self.online_at = 0

    def expire(self, *, at_server: bool) -> None:
        [key] = [cookie["value"] for cookie in self.context.cookies() if cookie["name"] == "sessionid"]
        if at_server:
            self.server.query("DELETE FROM django_session WHERE session_key = %s RETURNING 1", key)
        else:
            self.context.clear_cookies(name="sessionid")

    def enter_again(self) -> None:
        """In another tab, through the sign-in page, as the dialog asks; then back to writing."""
        self.sign_in(self.server, self.context, self.name).close()
        self.words_until_entry = 0
        self.page.bring_to_front()
        self.await_page("!document.getElementById('login-dialog').open", 30)
        self.page.evaluate("() => window.__editor.editor.view.focus()")


class Soak:
    def __init__(self, server: Server, contexts: list[BrowserContext], sign_in: SignIn, *, seed: int) -> None:
        self.server = server
        self.chance = random.Random(seed)  # noqa: S311 - a repeatable order of events
        self.summary = Summary()
        server.query(
            "INSERT INTO masterplan_section_opds (section_id, opd_id) SELECT s.id, o.id FROM masterplan_section s"
            " JOIN masterplan_outlinesection p ON p.id = s.outline_section_id, regency_opd o"
            " WHERE p.code = %s AND o.code = 'DINKES' AND o.regency_id = '63.03' RETURNING 1",
            CODE,
        )
        self.writers = []
        for context, letter, place, name in zip(contexts, "AB", PLACES, PEOPLE, strict=True):
            context.on("response", self._count)
            sign_in(server, context, name).close()
            writer = Writer(server, context, letter, place, name, sign_in)
            writer.open()
            writer.move(0.0)
            self.writers.append(writer)

    def _count(self, response: Response) -> None:
        self.summary.conflicts += response.status == 409 and response.url.endswith("/steps/")

    def run(self, seconds: float) -> Summary:
        begin = time.monotonic()
        accidents = [self._kill, self._cut, self._close, self._expire]
        next_accident, turn = begin + 2, 0
        while time.monotonic() < begin + seconds:
            writer = self.chance.choice(self.writers)
            self._mend(writer)
            if self.chance.random() < 0.2:
                writer.move(self.chance.random())
            if writer.place == "end" and self.chance.random() < 0.03:
                writer.page.keyboard.press("Enter")
            writer.type()
            if time.monotonic() > next_accident:
                # Each kind in turn first, then as chance has it.
                accident = accidents[turn] if turn < len(accidents) else self.chance.choice(accidents)
                accident(self.chance.choice(self.writers))
                turn += 1
                next_accident = time.monotonic() + 1 + 4 * self.chance.random()
        self._end()
        self.summary.seconds = time.monotonic() - begin
        self._compare()
        return self.summary

    def _kill(self, _: Writer) -> None:
        self.server.kill()
        time.sleep(self.chance.random() * 1.5)
        self.server.start()
        self.summary.kills += 1

    def _cut(self, writer: Writer) -> None:
        writer.context.set_offline(True)
        writer.online_at = time.monotonic() + 1 + 3 * self.chance.random()
        self.summary.cuts += 1

    def _close(self, writer: Writer) -> None:
        writer.close_and_come_back()
        self.summary.closures += 1

    def _expire(self, writer: Writer) -> None:
        if writer.words_until_entry:
            return
        writer.expire(at_server=self.chance.random() < 0.5)
        writer.words_until_entry = 3 + self.chance.randrange(8)
        self.summary.expiries += 1

    def _mend(self, writer: Writer) -> None:
        """The network comes back after a while; people sign in again after some more words."""
        if writer.online_at and writer.online_at < time.monotonic():
            writer.connect()
        if writer.words_until_entry > 1:
            writer.words_until_entry -= 1
        elif writer.words_until_entry == 1 and not writer.online_at:
            writer.enter_again()

    def _end(self) -> None:
        for writer in self.writers:
            writer.connect()
            if writer.words_until_entry:
                writer.enter_again()
        for writer in self.writers:
            writer.await_page("window.__editor.pending() === 0", 60)
        [(version,)] = self._row("version")
        for writer in self.writers:  # each sees the other's last words
            writer.await_page(f"window.__editor.version() >= {version} && window.__editor.pending() === 0", 60)

    def _row(self, column: str) -> list[tuple[Any, ...]]:
        return self.server.query(
            f"SELECT s.{column} FROM masterplan_section s"  # noqa: S608 - our own words
            " JOIN masterplan_outlinesection o ON o.id = s.outline_section_id WHERE o.code = %s",
            CODE,
        )

    def _compare(self) -> None:
        [(doc,)] = self._row("doc")
        text = " ".join(re.findall(r'"text": "((?:[^"\\]|\\.)*)"', json.dumps(doc, ensure_ascii=False)))
        for writer in self.writers:
            tokens = writer.typed()
            found = re.findall(rf"{writer.letter}\d+\.", text)
            assert sorted(found) == sorted(tokens), f"{writer.letter}: {set(tokens) ^ set(found)}"
            for run in writer.runs:
                places = [re.search(rf"(?<!\w){re.escape(token)}", text).start() for token in run]  # type: ignore[union-attr]
                assert places == sorted(places), run
            assert self._logged(writer) == "".join(f" {token} " for token in tokens)
            shown = writer.page.evaluate("() => window.__editor.editor.getJSON()")
            assert shown == doc, f"{writer.letter} sees another text than the server holds"
            self.summary.tokens += len(tokens)

    def _logged(self, writer: Writer) -> str:
        """All that the log says this person inserted, in the order in which it was accepted: what they typed, in order."""
        rows = self.server.query(
            "SELECT b.steps FROM masterplan_stepbatch b JOIN accounts_user u ON u.id = b.user_id"
            " WHERE u.display_name = %s ORDER BY b.start_version",
            writer.name,
        )
        self.summary.saves += len(rows)
        slices = [
            step.get("slice", {}).get("content", [])
            for (steps,) in rows
            for step in steps
            if step["stepType"] == "replace"
        ]
        return "".join(_texts(content) for content in slices)


def _texts(content: list[dict[str, Any]]) -> str:
    return "".join(node.get("text", "") + _texts(node.get("content", [])) for node in content)
