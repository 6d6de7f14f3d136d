"""Rejecting gives back the text before exactly, accepting the text that was meant; in whatever order."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masterplan import prose

type Json = dict[str, Any]
type Piece = tuple[str, str, bool, int]
"""Kept, put in or taken out; the words; whether they are bold; whose suggestion."""

pieces = st.tuples(
    st.sampled_from(["kept", "insertion", "deletion"]),
    st.text("ab 😀é", min_size=1, max_size=4),
    st.booleans(),
    st.integers(1, 4),
)
paragraphs = st.lists(st.lists(pieces, max_size=8), min_size=1, max_size=4)


def attrs(number: int) -> Json:
    return {"id": f"u{number}", "by": number % 2 + 1, "name": f"Nama {number % 2}", "at": "2026-11-27T07:00:00Z"}


def text_of(piece: Piece, *, marked: bool) -> Json:
    kind, text, is_bold, number = piece
    marks: list[Json] = [{"type": "bold"}] if is_bold else []
    if marked and kind != "kept":
        marks.append({"type": kind, "attrs": attrs(number)})
    return {"type": "text", "text": text, **({"marks": marks} if marks else {})}


def document(blocks: list[list[Piece]], *, marked: bool = True) -> Json:
    """As the engine writes it, which joins texts of one look."""
    content = [
        {
            "type": "paragraph",
            "attrs": {"id": f"p{place}"},
            "content": [text_of(piece, marked=marked) for piece in block],
        }
        for place, block in enumerate(blocks)
    ]
    empty = prose.load({"type": "doc", "content": [{"type": "paragraph"}]})
    whole = prose.load({"type": "doc", "content": content})
    steps = [{"stepType": "replace", "from": 0, "to": 2, "slice": {"content": prose.dump(whole)["content"]}}]
    return joined(prose.dump(prose.replay(empty, steps)))


def joined(doc: Json) -> Json:
    """Loading JSON joins nothing; a text that was written stands in one piece."""
    for block in doc["content"]:
        texts: list[Json] = []
        for node in block.pop("content", []):
            if texts and texts[-1].get("marks") == node.get("marks"):
                texts[-1]["text"] += node["text"]
            else:
                texts.append(node)
        if texts:
            block["content"] = texts
    return doc


def only(blocks: list[list[Piece]], *kinds: str) -> Json:
    return document([[piece for piece in block if piece[0] in kinds] for block in blocks], marked=False)


@given(paragraphs)
def test_rejecting_all_gives_the_text_before_and_accepting_all_the_text_that_was_meant(
    blocks: list[list[Piece]],
) -> None:
    doc = document(blocks)
    prose.check(prose.load(doc))
    assert prose.rejected(doc) == only(blocks, "kept", "deletion")
    assert prose.accepted(doc) == only(blocks, "kept", "insertion")


@given(paragraphs, st.permutations([1, 2, 3, 4]))
def test_one_by_one_in_any_order_is_as_all_at_once(blocks: list[list[Piece]], order: list[int]) -> None:
    doc = document(blocks)
    for turn, end in ((prose.rejected, prose.rejected(doc)), (prose.accepted, prose.accepted(doc))):
        one = doc
        for number in order:
            one = turn(one, lambda found, wanted=f"u{number}": bool(found["id"] == wanted))
        assert one == end
        assert prose.suggestions(one) == []


@given(paragraphs)
def test_each_suggestion_has_its_words(blocks: list[list[Piece]]) -> None:
    found = {each.id: each for each in prose.suggestions(document(blocks))}
    flat = [piece for block in blocks for piece in block]
    for number in range(1, 5):
        words = {
            kind: "".join(p[1] for p in flat if (p[0], p[3]) == (kind, number)) for kind in ("insertion", "deletion")
        }
        each = found.get(f"u{number}")
        assert (each is None) == (not any(words.values()))
        assert each is None or (each.inserted, each.deleted) == (words["insertion"], words["deletion"])


def test_a_text_without_suggestions_is_the_same_object() -> None:
    doc = only([[("kept", "a", False, 1)]], "kept")
    assert prose.rejected(doc) is doc is prose.accepted(doc)


def test_a_part_has_fewer_words_and_the_same_author() -> None:
    whole = prose.Suggestion("u1", 1, "Nama", "x", "kata baru", "lama")
    assert prose.Suggestion("u1", 1, "Nama", "x", "kata", "la").is_part_of(whole)
    for other in (
        ("u2", 1, "Nama", "x", "kata", ""),
        ("u1", 2, "Nama", "x", "kata", ""),
        ("u1", 1, "Nama", "x", "katak", ""),
    ):
        assert not prose.Suggestion(*other).is_part_of(whole)


GOOD = attrs(1)


@pytest.mark.parametrize(
    "bad",
    [{"id": None}, {"id": "<b>"}, {"by": "1"}, {"by": True}, {"by": 0}, {"name": ""}, {"name": None}, {"name": "x" * 201}, {"at": None}, {"at": "kemarin"}],
)  # fmt: skip
def test_marks_of_another_shape_are_refused(bad: Json) -> None:
    with pytest.raises(prose.Refused, match="Usulan"):
        prose.check(
            paragraph_with({"type": "text", "text": "x", "marks": [{"type": "insertion", "attrs": GOOD | bad}]})
        )


def paragraph_with(*nodes: Json) -> Any:
    return prose.load({"type": "doc", "content": [{"type": "paragraph", "content": list(nodes)}]})


def test_one_id_is_one_person_and_words_are_not_both_put_in_and_taken_out() -> None:
    first = {"type": "text", "text": "a", "marks": [{"type": "insertion", "attrs": GOOD}]}
    other = {"type": "text", "text": "b", "marks": [{"type": "deletion", "attrs": GOOD | {"by": 9}}]}
    both = {**first, "marks": [*first["marks"], {"type": "deletion", "attrs": attrs(2)}]}
    note = {"type": "footnote", "attrs": {"text": "x"}, "marks": first["marks"]}
    prose.check(paragraph_with(first))
    for nodes in ((first, other), (both,), (note,)):
        with pytest.raises(prose.Refused, match="Usulan"):
            prose.check(paragraph_with(*nodes))
