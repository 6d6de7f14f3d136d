"""Whose recent words a save took away: worked out from the steps alone, and equal to what real documents say."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masterplan import prose

ANA, BUDI = 1, 2


def typed(text: str, at: int) -> dict[str, Any]:
    return {"stepType": "replace", "from": at, "to": at, "slice": {"content": [{"type": "text", "text": text}]}}


def cut(start: int, to: int, text: str = "") -> dict[str, Any]:
    step: dict[str, Any] = {"stepType": "replace", "from": start, "to": to}
    return step | {"slice": {"content": [{"type": "text", "text": text}]}} if text else step


def keys(text: str, at: int) -> list[dict[str, Any]]:
    return [typed(letter, at + place) for place, letter in enumerate(text)]


@pytest.mark.parametrize(
    ("batches", "expected"),
    [
        ([(ANA, keys("satu dua tiga", 1)), (BUDI, [cut(6, 10)])], {ANA: ["dua "]}),
        ([(ANA, keys("satu", 1)), (ANA, keys(" dua", 5)), (BUDI, [cut(1, 9)])], {ANA: ["satu dua"]}),
        # Backspace takes letters from the end to the start; the run reads forwards all the same.
        ([(ANA, keys("satu dua", 1)), (BUDI, [cut(at, at + 1) for at in range(8, 4, -1)])], {ANA: [" dua"]}),
        ([(ANA, keys("satu dua", 1)), (BUDI, [cut(7, 9)]), (BUDI, [cut(5, 7)])], {ANA: [" dua"]}),
        # Somebody else's words in between stay theirs, and move the rest.
        ([(ANA, keys("satu dua", 1)), (BUDI, keys("XX", 5)), (BUDI, [cut(3, 9)])], {ANA: ["tu", " d"]}),
        ([(ANA, keys("satu", 1)), (BUDI, [typed("lebih dulu ", 1)]), (BUDI, [cut(12, 16)])], {ANA: ["satu"]}),
        ([(ANA, keys("satu", 1)), (ANA, [cut(1, 5)])], {}),
        ([(BUDI, keys("satu", 1)), (BUDI, [cut(1, 5)])], {}),
        ([(None, keys("satu", 1)), (BUDI, [cut(1, 5)])], {}),
        ([(ANA, keys("satu dua", 1)), (BUDI, [cut(1, 9, "lain")])], {ANA: ["satu dua"]}),
        # Before the window: nothing is known of it.
        ([(ANA, keys("baru", 30)), (BUDI, [cut(1, 20)])], {}),
        ([(ANA, [typed("a🙂b", 1)]), (BUDI, [cut(2, 4)])], {ANA: ["🙂"]}),
        ([(ANA, [{"stepType": "addMark", "from": 1, "to": 5}, {"stepType": "replace"}]), (BUDI, [cut(1, 5)])], {}),
    ],
)
def test_runs_of_removed_words(batches: Any, expected: dict[int, list[str]]) -> None:
    assert prose.removed_by(batches, BUDI) == expected


def test_paragraphs_removed_together_keep_their_break() -> None:
    block = {"content": [{"type": "paragraph", "content": [{"type": "text", "text": t}]} for t in ("satu", "dua")]}
    insert = {"stepType": "replace", "from": 0, "to": 0, "slice": block}
    found = prose.removed_by([(ANA, [insert]), (BUDI, [cut(0, 11)])], BUDI)
    assert [run.split() for run in found[ANA]] == [["satu", "dua"]]


def test_wrapping_in_a_list_removes_nothing() -> None:
    wrap = {
        "stepType": "replaceAround", "from": 0, "to": 6, "gapFrom": 0, "gapTo": 6, "insert": 2, "structure": True,
        "slice": {"content": [{"type": "bulletList", "content": [{"type": "listItem"}]}]},
    }  # fmt: skip
    assert prose.deleted_units([wrap, typed("x", 1)]) == 0
    found = prose.removed_by([(ANA, keys("satu", 1)), (BUDI, [wrap, cut(3, 5)])], BUDI)
    assert found == {ANA: ["sa"]}


edits = st.lists(
    st.tuples(st.sampled_from([ANA, BUDI]), st.integers(0, 30), st.integers(0, 6), st.text("abc", max_size=3)),
    max_size=12,
)


@settings(max_examples=200, deadline=None)
@given(edits)
def test_agrees_with_a_plain_list_of_letters(made: list[tuple[int, int, int, str]]) -> None:
    letters: list[tuple[str, int | None]] = [(letter, None) for letter in "lama sekali"]
    gone = {ANA: 0}
    batches = []
    for author, place, width, text in made:
        start = min(place, len(letters))
        to = min(start + width, len(letters))
        gone[ANA] += sum(1 for _, owner in letters[start:to] if owner == ANA) if author == BUDI else 0
        letters[start:to] = [(letter, author) for letter in text]
        batches.append((author, [cut(start + 1, to + 1, text)]))
    found = prose.removed_by(batches, BUDI)
    assert {ANA: sum(map(len, found.get(ANA, [])))} == gone
    assert set(found) <= {ANA}
