"""Comparing two texts: what stayed, what went, what came, what moved; both texts can be read back from the result."""

import re
from html import unescape
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masterplan import prose
from masterplan.prose.compare_words import runs_of

type Json = dict[str, Any]


def doc(html: str) -> Json:
    return prose.parse_html(html)


def kinds(before: str, after: str) -> list[str]:
    return [block.kind for block in prose.compare(doc(before), doc(after)).blocks]


def both(before: str, after: str) -> str:
    return "".join(block.both for block in prose.compare(doc(before), doc(after)).blocks)


def test_the_same_text_has_no_change() -> None:
    text = doc("<h3>Latar</h3><p>Kabupaten <strong>Banjar</strong>.</p><table><tr><td>1</td></tr></table>")
    found = prose.compare(text, text)
    assert (found.changes, found.words_added, found.words_removed) == (0, 0, 0)


def test_words_are_marked_and_numbers_are_one_word() -> None:
    html = both("<p>Anggaran Rp 1.450,5 juta tahun ini.</p>", "<p>Anggaran Rp 1.600,5 juta tahun depan.</p>")
    assert html == (
        "<p>Anggaran Rp <del>1.450,5</del><ins>1.600,5</ins> juta tahun <del>ini</del><ins>depan</ins>.</p>"
    )


def test_a_change_of_look_only_is_shown_as_such() -> None:
    assert kinds("<p>Satu dua tiga</p>", "<p>Satu <strong>dua</strong> tiga</p>") == ["format"]
    assert both("<p>Satu dua tiga</p>", "<p>Satu <strong>dua</strong> tiga</p>") == (
        '<p>Satu <ins class="format"><strong>dua</strong></ins> tiga</p>'
    )


def test_blocks_that_came_and_went() -> None:
    assert kinds("<p>Pertama tetap di sini.</p><p>Kedua akan hilang.</p>", "<p>Pertama tetap di sini.</p>") == [
        "same",
        "removed",
    ]
    assert both("<p>a</p>", "<p>a</p><p>b</p>") == '<p>a</p><p class="block-ins"><ins>b</ins></p>'


def test_a_moved_block_is_moved_not_rewritten() -> None:
    one, two, three = "Paragraf pertama yang panjang.", "Paragraf kedua yang panjang.", "Paragraf ketiga yang panjang."
    before, after = (f"<p>{one}</p><p>{two}</p><p>{three}</p>", f"<p>{three}</p><p>{one}</p><p>{two}</p>")
    found = prose.compare(doc(before), doc(after))
    assert sorted(block.kind for block in found.blocks) == ["moved_away", "moved_here", "same", "same"]
    assert (found.moved, found.words_added, found.words_removed) == (1, 0, 0)


def test_a_block_keeps_its_identity_through_a_rewrite() -> None:
    before = {"type": "doc", "content": [_paragraph("Kalimat lama.", "a"), _paragraph("Penutup.", "b")]}
    after = {"type": "doc", "content": [_paragraph("Sesuatu yang sama sekali lain", "a"), _paragraph("Penutup.", "b")]}
    assert [block.kind for block in prose.compare(before, after).blocks] == ["changed", "same"]


def test_cells_rows_and_columns_of_a_table() -> None:
    before = "<table><tr><td>Program</td><td>2026</td></tr><tr><td>Mal layanan publik</td><td>100</td></tr></table>"
    cell = before.replace("100", "150")
    assert "<td><p><del>100</del><ins>150</ins></p></td>" in both(before, cell)
    column = before.replace("<td>2026</td>", "<td>2026</td><td>2027</td>").replace(
        "<td>100</td>", "<td>100</td><td>200</td>"
    )
    html = both(before, column)
    assert html.count("<ins>") == 2
    assert "<del>" not in html


def test_a_list_keeps_its_kind_and_start() -> None:
    before = '<ol start="3" type="a"><li>Menata layanan satu pintu</li></ol>'
    assert both(before, before.replace("satu", "dua")) == (
        '<ol start="3" type="a"><li><p>Menata layanan <del>satu</del><ins>dua</ins> pintu</p></li></ol>'
    )


def test_markup_in_text_stays_text() -> None:
    html = both("<p>a</p>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>")
    assert "<script" not in html


def test_each_side_shows_its_own_text() -> None:
    [block] = prose.compare(doc("<p>satu dua tiga</p>"), doc("<p>satu empat tiga</p>")).blocks
    assert (block.old, block.new) == ("<p>satu <del>dua</del> tiga</p>", "<p>satu <ins>empat</ins> tiga</p>")


words = st.lists(st.sampled_from(["banjar", "1.450,5", "dan", "<b>", "kota", "—", "program"]), max_size=30).map(
    " ".join
)


@given(words, words)
@settings(max_examples=200, deadline=None)
def test_both_texts_can_be_read_back(before: str, after: str) -> None:
    left, right = (
        {"type": "paragraph", "content": [{"type": "text", "text": text}] if text else []} for text in (before, after)
    )
    runs = runs_of(left, right)
    read = {
        change: "".join(token.node["text"] for run in runs if run.change in keep for token in run.tokens)
        for change, keep in (("old", ("same", "format", "del")), ("new", ("same", "format", "ins")))
    }
    assert read == {"old": before, "new": after}


@pytest.mark.parametrize("identified", [True, False])
def test_a_large_text_loses_no_word(identified: bool) -> None:
    """With ids, as two versions of one section; without, as a text that was pasted anew."""
    before = [(f"b{n}" if identified else None, f"Paragraf {n} " + "kata demi kata " * 40) for n in range(500)]
    after = [(f"b{n}" if identified else None, f"Paragraf {n} " + "kata lain " * 40) for n in range(0, 500, 2)]
    left, right = (
        {"type": "doc", "content": [_paragraph(text, key) for key, text in side]} for side in (before, after)
    )
    found = prose.compare(left, right)
    assert [_words(block.old) for block in found.blocks if block.old] == [text.split() for _, text in before]
    assert [_words(block.new) for block in found.blocks if block.new] == [text.split() for _, text in after]
    assert {block.kind for block in found.blocks} == ({"changed", "removed"} if identified else {"added", "removed"})


def _words(html: str) -> list[str]:
    return unescape(re.sub(r"<[^>]+>", "", html)).split()


def _paragraph(text: str, identity: str | None = None) -> Json:
    block: Json = {"type": "paragraph", "content": [{"type": "text", "text": text}]}
    return block | ({"attrs": {"id": identity}} if identity else {})
