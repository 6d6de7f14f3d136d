"""Where a remark stands after an edit: on exactly its words, on what became of them, or nowhere."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from masterplan import prose
from masterplan.prose.anchors import CHANGED, DELETED, FOLLOWED, Anchor, flat_text

TEXT = "Kabupaten Banjar 😀 memiliki dua puluh kecamatan dan tiga belas kelurahan."


def at(text: str, quote: str) -> Anchor:
    start = text.index(quote)
    found = prose.anchor_at({"a": text}, "a", start, start + len(quote))
    assert found is not None
    return found


def after(anchor: Anchor, *texts: str, names: str = "abcdef") -> Anchor:
    """The anchor of TEXT in block a, after that block became the first of `texts`; "" takes it out."""
    blocks = {name: text for name, text in zip(names, texts, strict=False) if text}
    return prose.follow(anchor, {"a": TEXT}, blocks)


def spot(anchor: Anchor, *texts: str) -> tuple[str, str, str]:
    found = after(anchor, *texts)
    where = dict(zip("abcdef", texts, strict=False)).get(found.block, "")
    return found.state, found.block, where[found.start : found.end]


QUOTE = at(TEXT, "dua puluh kecamatan")


def test_flat_text_counts_code_points_and_one_for_every_inline_thing() -> None:
    block = {
        "type": "paragraph",
        "attrs": {"id": "a"},
        "content": [
            {"type": "text", "text": "Ada 😀 "},
            {"type": "fact", "attrs": {"key": "k", "value": "Rp 1"}},
            {"type": "hardBreak"},
            {"type": "text", "text": "x", "marks": [{"type": "bold"}]},
        ],
    }
    assert flat_text(block) == "Ada 😀 \ufffc\ufffcx"
    assert prose.text_blocks({"type": "doc", "content": [block]}) == {"a": "Ada 😀 \ufffc\ufffcx"}


def test_cells_and_list_items_hold_blocks_of_their_own() -> None:
    inner = {"type": "paragraph", "attrs": {"id": "p"}, "content": [{"type": "text", "text": "20"}]}
    doc: dict[str, Any] = {"type": "doc", "content": [{"type": "table", "attrs": {"id": "t"}, "content": [
        {"type": "tableRow", "content": [{"type": "tableCell", "content": [inner]}]}]}]}  # fmt: skip
    assert prose.text_blocks(doc) == {"p": "20"}


def test_an_anchor_remembers_its_surroundings() -> None:
    assert (QUOTE.prefix, QUOTE.suffix) == ("Kabupaten Banjar 😀 memiliki ", " dan tiga belas kelurahan.")
    assert prose.anchor_at({"a": TEXT}, "a", 5, 5) is None
    assert prose.anchor_at({"a": TEXT}, "a", 0, len(TEXT) + 1) is None
    assert prose.anchor_at({"a": TEXT}, "b", 0, 1) is None


def test_edits_around_the_words_carry_the_anchor_along() -> None:
    assert spot(QUOTE, "Kini " + TEXT) == (FOLLOWED, "a", "dua puluh kecamatan")
    assert spot(QUOTE, TEXT.replace("kelurahan", "desa")) == (FOLLOWED, "a", "dua puluh kecamatan")
    assert spot(QUOTE, TEXT.replace("Banjar", "B").replace("tiga", "3")) == (FOLLOWED, "a", "dua puluh kecamatan")
    assert spot(QUOTE, TEXT.replace("😀", "👨‍👩‍👧")) == (FOLLOWED, "a", "dua puluh kecamatan")


def test_edits_inside_the_words_are_said() -> None:
    assert spot(QUOTE, TEXT.replace("puluh", "puluh satu")) == (CHANGED, "a", "dua puluh satu kecamatan")
    assert spot(QUOTE, TEXT.replace("dua puluh ", "")) == (CHANGED, "a", "kecamatan")


def test_words_that_are_gone_are_said_and_come_back_by_undo() -> None:
    gone = after(QUOTE, TEXT.replace("dua puluh kecamatan ", ""))
    assert gone.state == DELETED
    back = prose.follow(gone, {"a": TEXT.replace("dua puluh kecamatan ", "")}, {"a": TEXT})
    assert (back.state, TEXT[back.start : back.end]) == (FOLLOWED, "dua puluh kecamatan")
    whole = after(QUOTE, "")
    assert whole.state == DELETED
    assert prose.follow(whole, {}, {"z": TEXT}).block == "z"  # brought back under a new id


def test_changed_words_that_are_put_right_stand_again() -> None:
    changed = after(QUOTE, TEXT.replace("puluh", "ratus"))
    assert changed.state == CHANGED
    assert prose.follow(changed, {"a": TEXT.replace("puluh", "ratus")}, {"a": TEXT}) == QUOTE


def test_splitting_joining_and_moving_take_the_anchor_along() -> None:
    head, tail = TEXT[:28], TEXT[28:]
    assert spot(QUOTE, head, tail) == (FOLLOWED, "b", "dua puluh kecamatan")
    assert spot(QUOTE, "", f"Di depan. {TEXT}") == (FOLLOWED, "b", "dua puluh kecamatan")
    assert spot(QUOTE, TEXT.replace("dua puluh kecamatan ", ""), "dua puluh kecamatan") == (
        FOLLOWED, "b", "dua puluh kecamatan",
    )  # fmt: skip


def test_a_short_word_is_not_believed_to_stand_just_anywhere() -> None:
    short = at(TEXT, "dua")
    assert spot(short, "", "Semua tidak sama.")[0] == DELETED
    assert spot(short, "", f"x {TEXT}")[0] == FOLLOWED


def test_of_several_the_one_with_the_same_surroundings() -> None:
    text = "ada air, ada api, ada angin"
    anchor = prose.anchor_at({"a": text}, "a", 9, 12)
    assert anchor is not None
    found = prose.follow(anchor, {"a": text}, {"a": "kini ada air, maka ada api, lalu ada angin"})
    assert (found.state, found.start) == (FOLLOWED, 19)


words = st.text(alphabet="ab 😀é", max_size=12)


@st.composite
def edits(draw: Any) -> tuple[str, int, int, list[tuple[str, str]]]:
    text = draw(st.text(alphabet="ab 😀é", min_size=1, max_size=30))
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    versions = []
    now = text
    for _ in range(draw(st.integers(1, 5))):
        left = draw(st.integers(0, len(now)))
        right = draw(st.integers(left, len(now)))
        now = now[:left] + draw(words) + now[right:]
        versions.append((now, draw(words)))
    return text, start, end, versions


@given(edits())
@settings(max_examples=400, deadline=None)
def test_an_anchor_covers_exactly_its_words_or_says_what_happened(case: tuple[str, int, int, list[Any]]) -> None:
    text, start, end, versions = case
    blocks = {"a": text}
    anchor = prose.anchor_at(blocks, "a", start, end)
    assert anchor is not None
    quote = anchor.quote
    for own, other in versions:
        following = {"a": own, "b": other}
        anchor = prose.follow(anchor, blocks, following)
        blocks = following
        covered = blocks.get(anchor.block, "")[anchor.start : anchor.end]
        assert anchor.quote == quote
        assert (anchor.state == FOLLOWED) == (covered == quote) or anchor.state == DELETED
        assert anchor.state != CHANGED or covered not in {"", quote}
        assert anchor.end > anchor.start >= 0
