"""Tokens of live facts in the text engine: what is stored, what is printed, what comes back from a file."""

from typing import Any

import pytest

from masterplan import prose

VALUES = {"budget:dim:GOV": {"short": "Rp 18,76 miliar", "long": "Rp 18.760.000.000"}}
HTML = (
    '<p>Anggaran <span class="fact" data-key="budget:dim:GOV">Rp 17 miliar</span> dan '
    '<span class="fact" data-key="count:programme" data-style="long">37 program</span>.</p>'
)


def token(key: str, **attrs: str) -> dict[str, Any]:
    return {"type": "fact", "attrs": {"key": key, "style": "short", "value": "", **attrs}}


def doc(*content: dict[str, Any]) -> dict[str, Any]:
    return {"type": "doc", "content": [{"type": "paragraph", "content": list(content)}]}


def step(node: dict[str, Any]) -> dict[str, Any]:
    return {"stepType": "replace", "from": 1, "to": 1, "slice": {"content": [node]}}


def test_a_token_comes_back_from_a_file_and_counts_as_its_value() -> None:
    found = prose.parse_html(HTML)
    assert prose.to_html(found) == HTML
    assert prose.fact_keys(found) == {"budget:dim:GOV", "count:programme"}
    assert prose.plain_text(found) == "Anggaran Rp 17 miliar dan 37 program."
    assert prose.count_words(found) == 7


def test_reading_prints_the_present_value_and_marks_what_is_lost() -> None:
    stored = prose.parse_html(HTML)
    read = prose.with_values(stored, VALUES)
    lost = "[fakta tidak ditemukan: banyaknya program, terakhir 37 program]"
    assert prose.plain_text(read) == f"Anggaran Rp 18,76 miliar dan {lost}."
    html = prose.render_html(prose.load(read))
    assert html.partition(">")[2] == (
        f'Anggaran <span class="fact">Rp 18,76 miliar</span> dan <span class="fact lost">{lost}</span>.</p>'
    )
    assert prose.with_values(read, {}) == prose.with_values(prose.with_values(read, {}), {})
    assert prose.fact_values(stored) == ["Rp 17 miliar", "37 program"]


def test_the_style_chooses_how_much_is_printed() -> None:
    read = prose.with_values(doc(token("budget:dim:GOV", style="long")), VALUES)
    assert prose.plain_text(read) == "Rp 18.760.000.000"


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("budget:programme:GOV-P01:2026", "anggaran program GOV-P01 2026"),
        ("budget:dim:GOV", "anggaran GOV"),
        ("budget:year:2026", "anggaran 2026"),
        ("count:quickwin:2027", "banyaknya quick win 2027"),
        ("target:goal:SAS%201:2030", "target sasaran SAS 1 2030"),
    ],
)
def test_a_key_can_be_said_in_words(key: str, words: str) -> None:
    assert prose.named(key) == words


@pytest.mark.parametrize(
    "attrs",
    [
        {"key": "Budget:total"},
        {"key": "budget:to tal"},
        {"key": "budget:<b>"},
        {"key": "budget:a:b:c:d"},
        {"key": "budget:total\n"},
        {"key": ""},
        {"key": "a:" + "x" * 199},
        {"key": "budget:total", "style": "huge"},
        {"key": "budget:total", "value": "x" * 201},
    ],
)
def test_other_shapes_of_a_token_are_refused(attrs: dict[str, str]) -> None:
    empty = prose.load(prose.empty_doc())
    with pytest.raises(prose.Refused):
        prose.apply(empty, [step(token(**attrs))])


def test_a_token_of_any_known_shape_is_accepted() -> None:
    saved = prose.apply(prose.load(prose.empty_doc()), [step(token("budget:programme:P%201:2026", value="Rp 1 juta"))])
    assert prose.fact_keys(prose.dump(saved)) == {"budget:programme:P%201:2026"}


def test_comparing_shows_another_value_as_a_change() -> None:
    old, new = (
        prose.with_values(doc({"type": "text", "text": "Ada "}, token("budget:dim:GOV")), values)
        for values in (VALUES, {"budget:dim:GOV": {"short": "Rp 20 miliar", "long": ""}})
    )
    [block] = prose.compare(old, new).blocks
    assert block.kind == "changed"
    assert ("Rp 18,76 miliar" in block.old, "Rp 20 miliar" in block.new) == (True, True)
    [block] = prose.compare(old, old).blocks
    assert block.kind == "same"
