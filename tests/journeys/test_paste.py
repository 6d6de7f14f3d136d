"""What other programs put on the clipboard: the whole document that comes of it, here and on the server, and no word lost."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.journeys.conftest import Server
from tests.journeys.hostile import Ears
from tests.journeys.writing_page import SECTION, command, open_section, settle, stored_doc, wait_until

pytestmark = pytest.mark.browser
SignIn = Callable[[Server, BrowserContext, str], Page]
WRITER = "Koordinator Diskominfostandi"
FOLDER = Path(__file__).resolve().parents[1] / "pastes"
NAMES = sorted(path.stem for path in FOLDER.glob("*.json") if not path.stem.endswith(".expected"))
PASTE = """(flavours) => {
  const data = new DataTransfer()
  for (const [kind, text] of Object.entries(flavours)) data.setData(kind, text)
  const { view } = window.__editor.editor
  view.dom.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
}"""
# What the editor counts itself: markers of lists, numbers of headings, captions and footnotes.
COUNTED = re.compile(
    r"^[^\S\n]*(?:[·•o\-](?=\s)|\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]+)[.)](?=\s)|\d+(?:\.\d+)*(?=\s))|\[(?:\d+|[ivx]+)\]"
    r"|\b(?:Tabel|Gambar) \d+(?:\.\d+)*",
    re.MULTILINE,
)


def fixture(name: str) -> dict[str, str]:
    flavours: dict[str, str] = json.loads((FOLDER / f"{name}.json").read_text())["flavours"]
    return flavours


def bare(node: Any) -> Any:
    """Without identities, without attributes at their default; a picture is named by its place only."""
    if isinstance(node, list):
        return [bare(each) for each in node]
    defaults = (None, "", {"colspan": 1, "rowspan": 1, "start": 1})
    attrs = {
        key: "/gambar/" if key == "src" else value
        for key, value in node.get("attrs", {}).items()
        if key not in ("id", "target", "rel") and value not in defaults[:2] and defaults[2].get(key) != value
    }
    found = {"type": node["type"]} | ({"attrs": attrs} if attrs else {})
    if "text" in node:
        found["text"] = node["text"]
    return found | {key: bare(node[key]) for key in ("marks", "content") if key in node}


def all_words(node: dict[str, Any]) -> str:
    inner = "".join(all_words(each) for each in node.get("content", []))
    attrs = node.get("attrs", {})
    return f"{node.get('text', '')}{attrs.get('alt', '')}{attrs.get('text', '') if node['type'] == 'footnote' else ''}{inner} "


def missing_words(plain: str, doc: dict[str, Any]) -> list[str]:
    """A hyphen at the end of a line may have been taken out, so words are looked for in the text without any."""
    squashed = re.sub(r"[\W_]", "", all_words(doc))
    words = re.findall(r"\w+", re.sub(r"[-_]\n?", "", COUNTED.sub(" ", plain)))
    return [word for word in words if word.replace("_", "") not in squashed]


def clear(page: Page) -> None:
    page.evaluate("() => document.querySelectorAll('[data-banner]').forEach((banner) => banner.remove())")
    command(page, "e.commands.clearContent(true)")


def paste(page: Page, flavours: dict[str, str]) -> dict[str, Any]:
    """The document once all pictures have come and all is saved."""
    page.evaluate(PASTE, flavours)
    wait_until(page, "!document.querySelector('.uploading')")
    page.evaluate("() => window.__editor.push()")
    settle(page)
    return document(page)


def document(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate("() => window.__editor.editor.getJSON()")
    return found


@pytest.fixture
def page(example: Server, context: BrowserContext, sign_in: SignIn) -> Page:
    opened = sign_in(example, context, WRITER)
    open_section(example, opened)
    clear(opened)
    return opened


def test_every_program_gives_the_expected_document(example: Server, page: Page) -> None:
    faults: dict[str, Any] = {}
    for name in NAMES:
        clear(page)
        flavours = fixture(name)
        doc = paste(page, flavours)
        expected = json.loads((FOLDER / f"{name}.expected.json").read_text())
        found = {
            "document": None if bare(doc) == expected else bare(doc),
            "stored": stored_doc(example) != doc,
            "missing": missing_words(flavours["text/plain"], doc),
            "status": page.locator("#editor-status").get_attribute("data-state") != "saved",
        }
        if any(found.values()):
            faults[name] = {what: value for what, value in found.items() if value}
    assert faults == {}


def test_a_paste_before_its_code_has_come_waits_for_it(
    example: Server, context: BrowserContext, sign_in: SignIn
) -> None:
    page = sign_in(example, context, WRITER)
    held: list[Route] = []
    page.route("**/editor/paste*.js", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks what it is given
    page.goto(f"{example.url}{SECTION}")
    wait_until(page, "window.__editor && window.__editor.ready")
    clear(page)
    page.evaluate(PASTE, fixture("word-table-merged"))
    assert all_words(document(page)).strip() == ""
    held[0].abort()
    expect(page.locator("#editor-notice")).to_have_text(
        "Tempelan belum dapat diterima karena jaringan terputus. Isinya masih di papan klip; tempel lagi setelah tersambung."
    )
    page.unroute("**/editor/paste*.js")
    page.evaluate(PASTE, fixture("word-table-merged"))
    wait_until(page, "window.__editor.editor.state.doc.textContent.length > 0")
    assert bare(document(page)) == json.loads((FOLDER / "word-table-merged.expected.json").read_text())


def test_a_caption_pasted_behind_words_stays_a_caption(page: Page) -> None:
    command(page, "e.commands.insertContent('Jumlah penduduk tumbuh.')")
    doc = paste(page, fixture("word-table-merged"))
    expected = json.loads((FOLDER / "word-table-merged.expected.json").read_text())
    first = {"type": "paragraph", "content": [{"type": "text", "text": "Jumlah penduduk tumbuh."}]}
    assert bare(doc)["content"] == [first, *expected["content"]]


def test_pictures_out_of_the_rtf_are_stored_and_served(example: Server, page: Page) -> None:
    paste(page, fixture("word-pictures"))
    sources = [node["attrs"]["src"] for node in stored_doc(example)["content"] if node["type"] == "figure"]
    assert [page.request.get(f"{example.url}{source}").status for source in sources] == [200, 200]
    identities = {str(identity) for (identity,) in example.query("SELECT id FROM masterplan_picture")}
    assert {source.split("/")[2] for source in sources} <= identities
    assert page.evaluate(
        "() => [...document.querySelectorAll('.ProseMirror figure > img')].map((i) => i.naturalWidth)"
    ) == [240, 200]
    banner = page.locator("[data-banner='paste']")
    expect(banner).to_contain_text("1 gambar tidak ikut tertempel; tempatnya ditandai.")
    expect(page.locator("[data-banner='paste-nameless']")).to_contain_text(
        "1 gambar yang ditempel belum punya teks alternatif."
    )


def test_a_picture_that_cannot_be_uploaded_leaves_its_words(page: Page) -> None:
    page.route("**/gambar/", lambda route: route.abort())
    doc = paste(page, fixture("word-pictures"))
    texts = [all_words(node).strip() for node in doc["content"]]
    assert "[Gambar “Peta lima kecamatan rawan banjir” tidak ikut tertempel] Daerah rawan banjir" in texts
    assert "figure" not in [node["type"] for node in doc["content"]]
    expect(page.locator("[data-banner='paste-failed']")).to_contain_text(
        "2 gambar tidak terunggah; tempatnya ditandai."
    )


def test_one_undo_takes_a_paste_back_with_its_pictures(example: Server, page: Page) -> None:
    page.keyboard.type("Kalimat awal.")
    before = bare(document(page))
    pasted = paste(page, fixture("word-pictures"))
    assert len(pasted["content"]) > 5
    page.keyboard.press("Control+z")
    assert bare(document(page)) == before
    page.keyboard.press("Control+Shift+z")
    assert bare(document(page)) == bare(pasted)
    settle(page)
    assert bare(stored_doc(example)) == bare(pasted)


def test_paste_into_a_cell_keeps_every_word_as_lines(page: Page) -> None:
    command(page, "e.commands.insertTable({ rows: 2, cols: 2 })")
    command(page, "e.commands.setTextSelection(4)")
    for name in ("word-nested-table", "word-pictures", "web-page"):
        doc = paste(page, fixture(name))
        assert missing_words(fixture(name)["text/plain"], doc) == [], name
    assert [node["type"] for node in doc["content"] if node["type"] != "paragraph"] == ["table", "figure", "figure"]
    cell = [all_words(node).split() for node in doc["content"][0]["content"][0]["content"][0]["content"]]
    assert ["Kecamatan", "—", "Rincian"] in cell
    assert len(doc["content"][0]["content"]) == 2


def test_a_range_fills_the_cells_of_the_table_at_the_caret(page: Page) -> None:
    command(page, "e.commands.insertTable({ rows: 2, cols: 2 })")
    command(page, "e.commands.setTextSelection(4)")
    doc = paste(page, fixture("calc-range"))
    assert [len(row["content"]) for row in doc["content"][0]["content"]] == [2, 3, 3]
    assert [node["type"] for node in doc["content"]] == ["table", "paragraph"]


def test_paste_inside_a_list_goes_on_in_the_list(page: Page) -> None:
    page.keyboard.type("- butir awal")
    page.keyboard.press("Enter")
    doc = paste(page, {"text/html": "<ul><li>dua</li><li>tiga</li></ul>", "text/plain": "dua\ntiga"})
    assert [all_words(item).strip() for item in doc["content"][0]["content"]] == ["butir awal", "dua", "tiga"]
    page.keyboard.press("Enter")
    doc = paste(page, fixture("word-lists"))
    assert missing_words(fixture("word-lists")["text/plain"], doc) == []


def test_shifted_paste_brings_the_words_alone(page: Page) -> None:
    page.locator(".ProseMirror").focus()
    page.keyboard.down("Shift")
    doc = paste(page, fixture("word-lists"))
    page.keyboard.up("Shift")
    assert {node["type"] for node in doc["content"]} == {"paragraph"}
    assert all("marks" not in part for node in doc["content"] for part in node.get("content", []))
    assert doc["content"][1]["content"][0]["text"].split() == ["1.", "Persiapan"]


SHELLS = {
    "word": '<html xmlns:w="urn:schemas-microsoft-com:office:word"><body><p class=MsoNormal>{}</p></body></html>',
    "excel": '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><body><table><tr><td>{}</td><td>b</td></tr></table></body></html>',
    "docs": '<b style="font-weight:normal" id="docs-internal-guid-1"><p>{}</p></b>',
    "online": '<div class="OutlineElement"><p class="Paragraph"><span class="TextRun">{}</span></p></div>',
    "writer": '<html><head><meta name="generator" content="LibreOffice 24.2"/></head><body><p>{}</p></body></html>',
    "web": "<article><p>{}</p></article>",
}
HOSTILE = [
    "kata <script>alert(1)</script><img src=x onerror=alert(1)><svg onload=alert(1)><a href='javascript:alert(1)' onclick=alert(1)>t</a>",
    "kata <!--[if gte vml 1]><v:shape><v:textbox><img src=x onerror=alert(1)><p>kotak</p></v:textbox></v:shape><![endif]-->",
    "kata <!--[if gte msEquation 12]><m:oMath><img src=x onerror=alert(1)></m:oMath><![endif]--><![if !msEquation]><img src=x><![endif]>",
    "kata <style></template><img src=x onerror=alert(1)></style><template><img src=x onerror=alert(1)></template>",
    "kata <a href='#_ftn1'>[1]</a></p><div style='mso-element:footnote' id=ftn1><p>&lt;img src=x onerror=alert(1)&gt;</p></div><p>",
    "kata <img src='data:image/svg+xml,<svg onload=alert(1)>' alt='&lt;script&gt;alert(1)&lt;/script&gt;'>",
]


def test_nothing_of_a_source_runs(example: Server, context: BrowserContext, page: Page) -> None:
    ears = Ears(example, context)
    open_section(example, page)
    for shell in SHELLS.values():
        for body in HOSTILE:
            command(page, "e.commands.setTextSelection(e.state.doc.content.size)")
            page.evaluate(PASTE, {"text/html": shell.format(body), "text/plain": "kata"})
    doc = paste(page, {"text/plain": "akhir"})
    assert all_words(doc).count("kata") == len(SHELLS) * len(HOSTILE)
    assert page.locator("#editor-status").get_attribute("data-state") == "saved"
    assert [what for what in ears.of(page) if ": CSP " not in what] == []
