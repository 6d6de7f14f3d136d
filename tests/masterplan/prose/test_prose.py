"""The text engine: what goes in comes out, and what may not be stored is refused."""

import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from masterplan import prose

EXAMPLE = Path(__file__).resolve().parents[3] / "masterplan" / "examples" / "banjar_prose.json"
TEXTS: dict[str, str] = json.loads(EXAMPLE.read_text(encoding="utf-8"))["sections"]
RICH = (
    '<h3>Judul</h3><p>Teks <strong>tebal <em>miring</em></strong> dan <a href="https://contoh.example/">tautan</a>.</p>'
    "<ul><li>satu<ul><li>dalam</li></ul></li><li>dua</li></ul>"
    '<ol start="3" type="a"><li>tiga</li></ol><blockquote><p>kutip</p></blockquote>'
    '<p class="table-caption">Penduduk</p><table><thead><tr><th rowspan="2">A</th><th colspan="2">B</th></tr>'
    "<tr><th>C</th><th>D</th></tr></thead><tbody><tr><td>1</td><td>2</td><td>3</td></tr></tbody></table>"
    '<p>Kaki<span class="footnote">Sumber: “BPS” &amp; lain</span> x<sup>2</sup> H<sub>2</sub>O<br>baris</p>'
)


def paragraph(text: str, *marks: dict[str, Any]) -> dict[str, Any]:
    run = {"type": "text", "text": text} | ({"marks": list(marks)} if marks else {})
    return {"type": "paragraph", "content": [run]}


def insert(node: dict[str, Any]) -> dict[str, Any]:
    return {"stepType": "replace", "from": 0, "to": 0, "slice": {"content": [node]}}


@pytest.mark.parametrize("code", TEXTS)
def test_every_text_of_the_example_comes_back(code: str) -> None:
    once = prose.to_html(prose.parse_html(TEXTS[code]))
    assert prose.to_html(prose.parse_html(once)) == once
    # A footnote holds plain text: emphasis inside it is the one thing that is not kept.
    assert once == TEXTS[code].replace("<em>Gawi sabarataan</em> bermakna", "Gawi sabarataan bermakna")


def test_rich_text_comes_back() -> None:
    assert prose.to_html(prose.parse_html(RICH)) == RICH


@pytest.mark.parametrize(
    ("html", "sentence"),
    [
        ("<script>alert(1)</script>", "Unsur HTML <script> tidak dikenal."),
        ("<p><img src=x onerror=alert(1)></p>", "Unsur HTML <img> tidak dikenal di dalam teks."),
        ("<p>a</p>lepas", "Teks di luar paragraf: “lepas”."),
        ('<p><a href="javascript:alert(1)">a</a></p>', "Tautan harus berupa alamat http, https, atau mailto."),
        ('<table><tr><td colspan="1000000">a</td></tr></table>', "Gabungan sel tabel terlalu besar."),
        ("<ul><p>a</p></ul>", "Daftar hanya boleh berisi <li>, bukan <p>."),
        ("<blockquote>" * 40 + "<p>a</p>" + "</blockquote>" * 40, "Naskah bertingkat terlalu dalam."),
    ],
)
def test_unknown_or_hostile_html_is_refused(html: str, sentence: str) -> None:
    with pytest.raises(prose.Refused) as refused:
        prose.parse_html(html)
    assert str(refused.value) == sentence


FORGED = {
    "heading of level 1": insert(
        {"type": "heading", "attrs": {"level": 1}, "content": [{"type": "text", "text": "x"}]}
    ),
    "unknown node": insert({"type": "iframe"}),
    "foreign picture": insert({"type": "figure", "attrs": {"src": "https://jahat.example/x.png", "alt": ""}}),
    "script link": insert(paragraph("x", {"type": "link", "attrs": {"href": "javascript:alert(1)"}})),
    "data link": insert(paragraph("x", {"type": "link", "attrs": {"href": "data:text/html,<script>"}})),
    "unknown comment": insert(paragraph("x", {"type": "comment", "attrs": {"thread": "t1"}})),
    "unknown mark": insert(paragraph("x", {"type": "onclick"})),
    "hostile id": insert({"type": "paragraph", "attrs": {"id": '"><script>'}}),
    "footnote that is no text": insert(
        {"type": "paragraph", "content": [{"type": "footnote", "attrs": {"text": {"a": 1}}}]}
    ),
    "out of range": {"stepType": "replace", "from": 99999, "to": 99999},
    "negative": {"stepType": "replace", "from": -5, "to": 3},
    "no step": {"stepType": "dance"},
    "not even a step": {"a": 1},
    "huge": insert(paragraph("x" * 500_000)),
    "deletes the document's only block": {"stepType": "replace", "from": 0, "to": 2},
}


@pytest.mark.parametrize("name", FORGED)
def test_forged_steps_are_refused(name: str) -> None:
    before = prose.load(prose.empty_doc())
    with pytest.raises(prose.Refused):
        prose.apply(before, [FORGED[name]])


def test_text_is_never_echoed_as_markup() -> None:
    doc = prose.load(prose.with_ids({"type": "doc", "content": [paragraph('<script>alert("x")</script> & co')]}))
    assert "<script>" not in prose.render_html(doc)
    assert "&lt;script&gt;" in prose.render_html(doc)


def test_labels_number_captions() -> None:
    doc = prose.parse_html('<p class="table-caption">Penduduk</p><table><tr><td>1</td></tr></table>')
    [caption] = prose.captions(doc)
    html = prose.render_html(prose.load(doc), labels={caption.id: "Tabel 2.1"})
    assert f'<p class="table-caption" id="{caption.id}"><span class="label">Tabel 2.1</span> Penduduk</p>' in html


def test_row_without_cells_of_its_own_is_printed() -> None:
    """Merging whole rows leaves one: the cells above span over it."""
    head = {"type": "tableHeader", "attrs": {"rowspan": 2}, "content": [paragraph("a")]}
    rows = [{"type": "tableRow", "content": [head]}, {"type": "tableRow"}, {"type": "tableRow"}]
    node = prose.load({"type": "doc", "content": [{"type": "table", "content": rows}]})
    prose.check(node)
    expected = '<table><thead><tr><th rowspan="2">a</th></tr><tr></tr></thead><tbody><tr></tr></tbody></table>'
    assert prose.render_html(node) == expected


def test_replacement_leads_from_one_text_to_another() -> None:
    old, new = prose.load(prose.empty_doc()), prose.load(prose.parse_html(RICH))
    assert prose.apply(old, [prose.replacement(old, new)]).eq(new)


def test_fingerprint_equals_the_browsers() -> None:
    """The expected value was computed by editor/src/fingerprint.js; positions count UTF-16 units in both."""
    doc = prose.load({"type": "doc", "content": [paragraph("naïve – 漢字 😀")]})
    assert prose.fingerprint(doc) == "15:2337695614"


def test_memory_stays_flat_over_a_thousand_saves() -> None:
    node = prose.load(prose.parse_html(TEXTS["B1.1.1"]))
    step = insert(paragraph("a"))
    removal = {"stepType": "replace", "from": 0, "to": 3}
    for _ in range(50):
        node = prose.apply(prose.apply(node, [step]), [removal])
    tracemalloc.start()
    for _ in range(1000):
        node = prose.apply(prose.apply(node, [step]), [removal])
    grown, _peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert grown < 5_000_000


def test_typed_letters_are_read_as_words() -> None:
    def put(at: int, *content: dict[str, Any]) -> dict[str, Any]:
        return {"stepType": "replace", "from": at, "to": at, "slice": {"content": list(content)}}

    def text(value: str) -> dict[str, Any]:
        return {"type": "text", "text": value}

    typed = [put(5 + n, text(letter)) for n, letter in enumerate("Kota Banjar")]
    elsewhere = put(90, text("aman"), {"type": "text", "text": "lah", "marks": [{"type": "bold"}]})
    pasted = put(1, *({"type": "paragraph", "content": [text(value)]} for value in ("Satu.", "Dua.")))
    gone = {"stepType": "replace", "from": 1, "to": 4}
    assert prose.inserted_text([*typed, gone, elsewhere, pasted]) == "Kota Banjar amanlah Satu. Dua."
