"""Hostile texts in a real browser and in a real PDF: shown as text, executed nowhere."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from masterplan import prose
from tests.hostile.places import PICTURE
from tests.hostile.vectors import MARKUP
from tests.journeys.conftest import Server
from tests.journeys.hostile import ADDRESS, STORABLE, Ears, actions_of, rename_everything, steps_with_everything, stored
from tests.journeys.test_pages import PAGES
from tests.journeys.test_saving import SECTION, Writer
from tests.journeys.test_writing import open_section, put_caret_at_end, wait_until

pytestmark = pytest.mark.browser
SignIn = Callable[[Server, BrowserContext, str], Page]
COORDINATOR = "Koordinator Diskominfostandi"
READER = "Sekretaris Daerah"
PASTE = """async (htmls) => {
  const slow = []
  for (const html of htmls) {
    const begin = performance.now()
    const data = new DataTransfer()
    data.setData('text/html', html)
    data.setData('text/plain', 'teks')
    const { editor } = window.__editor
    editor.commands.focus('end')
    editor.view.dom.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
    await new Promise((resolve) => setTimeout(resolve, 0))
    if (performance.now() - begin > 2000) slow.push(html.slice(0, 80))
  }
  return slow
}"""
AWKWARD = [
    '<table><tr><td colspan="1000">a</td></tr></table>', '<table><tr><td rowspan="9999">a</td><td colspan="-1">b</td></tr></table>',
    '<table><tr><td><table><tr><td>dalam</td></tr></table></td></tr></table>', '<ol start="-5" type="x"><li>a</li></ol>',
    '<ol start="99999999"><li>a</li></ol>', "<h1>satu</h1><h2>dua</h2><h6>enam</h6>", '<a href="ftp://jahat.example/">f</a>',
    '<a href="https://contoh.example/" class="btn" target="_top" rel="opener" title="x" style="color:red">t</a>',
    '<img src="https://jahat.example/x.png" alt="x">', '<figure><img src="https://jahat.example/x.png"><figcaption>k</figcaption></figure>',
    '<figure><img src="data:image/png;base64,iVBORw0KGgo="><figcaption>k</figcaption></figure>', '<figure><figcaption>tanpa gambar</figcaption></figure>',
    "<blockquote>" * 60 + "dalam" + "</blockquote>" * 60, "<ul><li>" * 40 + "dalam" + "</li></ul>" * 40,
    '<span class="footnote" data-text="x">y</span>', '<span class="fact" data-key="' + "k" * 500 + '">y</span>',
    '<span class="footnote" data-text="' + "k" * 5000 + '">y</span>', '<a class="xref" data-target="&quot;&gt;&lt;script&gt;">y</a>',
    '<span class="comment" data-thread="tidak-ada">k</span>', '<p data-id="&quot; onclick=1">x</p>', '<p id="x y" data-id="x y">x</p>',
    '<td align="justify">x</td>', '<table><tr><td align="justify" style="text-align:start">x</td></tr></table>',
    '<table><tr><td data-colwidth="99999999,x">x</td></tr></table>', "<table></table>", "<table><tr></tr></table>", "<ul></ul>",
]  # fmt: skip


@pytest.fixture
def ears(example: Server, context: BrowserContext) -> Ears:
    return Ears(example, context)


def write_everything(server: Server) -> int:
    """Through the door for saves, as forged by a member of the region; returns how many steps were accepted."""
    server.query(
        "INSERT INTO masterplan_picture (id, regency_id, file, extension, name, width, height, size, sha256, added_at)"
        " VALUES (%s, '63.03', 'pictures/x.png', 'png', 'x', 1, 1, 1, 'x', now()) RETURNING 1",
        PICTURE.split("/")[2],
    )
    writer = Writer(server)
    version = json.loads(writer.ask("GET", f"{SECTION}doc/")[1])["version"]
    steps, accepted = steps_with_everything(), 0
    pictures: list[Any] = []
    while steps:
        some, steps = steps[:40], steps[40:]
        status, answer = writer.save(version, some)
        if status == 422 and not pictures:  # pictures cannot be used before they can be uploaded
            pictures = [step for step in some + steps if '"figure"' in json.dumps(step)]
            steps = [step for step in some + steps if step not in pictures]
            continue
        assert status == 200, answer
        version, accepted = answer["version"], accepted + len(some)
    writer.connection.close()
    return accepted


def test_stored_texts_execute_nowhere(
    example: Server, context: BrowserContext, sign_in: SignIn, ears: Ears, tmp_path: Path
) -> None:
    page = sign_in(example, context, COORDINATOR)
    assert write_everything(example) > 500
    assert rename_everything(example) > 500
    heard = []
    for path in (*PAGES[COORDINATOR], SECTION):
        response = page.goto(f"{example.url}{path}")
        assert response is not None
        assert response.status == 200, path
        page.wait_for_timeout(300)
        heard += ears.of(page)
    open_section(example, page)
    text = page.evaluate("() => window.__editor.editor.getText()")
    assert [v for v in STORABLE if v.strip() and v in MARKUP and v not in text] == []
    heard += act_on_everything(page) + ears.of(page)
    assert heard == []
    path = tmp_path / "buku.pdf"
    example.manage("export_plan", "63.03-2026", "--book", "I", "--output", str(path))
    names, addresses = actions_of(path)
    assert names == []
    assert len(addresses) > 5
    assert [address for address in addresses if not ADDRESS.match(address)] == []


def act_on_everything(page: Page) -> list[str]:
    """What a curious person does to a page; a handler that came in with a text would answer."""
    return page.evaluate(
        """() => {
          for (const element of document.querySelectorAll('.ProseMirror *')) {
            for (const name of ['mouseover', 'focus', 'pointerenter', 'animationstart', 'toggle', 'error', 'load', 'scrollend']) {
              element.dispatchEvent(new Event(name, { bubbles: true }))
            }
          }
          return []
        }"""
    )


def test_html_of_stored_texts_is_harmless_even_without_a_policy(example: Server, context: BrowserContext) -> None:
    """The content security policy is the second wall: the HTML that we derive must not need it."""
    heard: list[str] = []
    page = context.new_page()
    page.on("dialog", lambda dialog: (heard.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: heard.append(request.url) if "jahat" in request.url else None)
    doc = prose.load(prose.empty_doc())
    for step in steps_with_everything():
        doc = prose.apply(doc, [step], media={PICTURE})
    html = prose.render_html(doc)
    page.set_content(f"<!doctype html><html><body>{html}</body></html>")
    page.evaluate("html => { document.body.innerHTML = html; document.body.innerHTML += '' }", html)
    page.wait_for_timeout(500)
    assert heard == []
    page.set_content("<img src=x onerror=alert(1)>")
    page.wait_for_timeout(500)
    assert heard == ["1"]  # the ears are open


def paste(server: Server, page: Page, htmls: list[str]) -> list[str]:
    """Pastes one after the other and waits until all is saved; what the server refused, with its sentence."""
    slow = page.evaluate(PASTE, htmls)
    page.evaluate("() => window.__editor.push()")
    wait_until(
        page, "!window.__editor.pending() || document.getElementById('editor-status').dataset.state === 'attention'"
    )
    if not page.evaluate("() => window.__editor.pending()"):
        return [f"slow: {html}" for html in slow]
    open_section(server, page)
    put_caret_at_end(page)
    return [f"refused: {htmls}"]


def test_pasted_html_executes_nothing_and_can_always_be_saved(
    example: Server, context: BrowserContext, sign_in: SignIn, ears: Ears
) -> None:
    page = sign_in(example, context, COORDINATOR)
    open_section(example, page)
    put_caret_at_end(page)
    ears.of(page)
    heard: list[str] = []
    htmls = [f"<p>a</p>{vector}<p>z</p>" for vector in (*STORABLE, *AWKWARD) if len(vector) < 6000]
    for start in range(0, len(htmls), 20):
        some = htmls[start : start + 20]
        if paste(example, page, some):
            # One of them stopped the saving: which?
            heard += [fault for html in some for fault in paste(example, page, [html])]
        # While the clipboard is read the policy stops what stands in it and says so; it may say nothing later on.
        heard += [what for what in ears.of(page) if ": CSP " not in what]
    heard += act_on_everything(page)
    open_section(example, page)
    time.sleep(0.3)
    heard += ears.of(page)
    assert sorted(set(heard)) == []
    assert '"figure"' not in stored(example, "B1.1.2")  # no picture that was not uploaded here
