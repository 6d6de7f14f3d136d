"""Where a remark stands in a text, and where it stands after the text was edited. Nothing of it is in the document.

Positions count code points of a block's flat text: its characters, with U+FFFC for every inline thing that is not text.
The browser counts UTF-16 units and converts (editor/src/comments/index.js).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import accumulate
from typing import Any

from masterplan.prose.text import TEXT_BLOCKS, walk

type Json = dict[str, Any]
type Blocks = Mapping[str, str]
"""Flat text by block id."""

OBJECT = "\ufffc"
WORD = re.compile(r"\w+|\W")
CONTEXT = 32
CLEAR = 8  # a shorter quote is only believed to have moved elsewhere when its surroundings came along
FOLLOWED, CHANGED, DELETED = "tetap", "berubah", "dihapus"  # the values of enums.AnchorState


@dataclass(frozen=True)
class Anchor:
    """`quote` is what was remarked on and never changes; while the state is DELETED the place is the last one known."""

    block: str
    start: int
    end: int
    quote: str
    prefix: str = ""
    suffix: str = ""
    state: str = FOLLOWED


def flat_text(block: Json) -> str:
    return "".join(child["text"] if child["type"] == "text" else OBJECT for child in block.get("content", ()))


def text_blocks(doc: Json) -> dict[str, str]:
    """Blocks that hold words, in document order; only what has an id can carry a remark."""
    found = (node for node in walk(doc) if node["type"] in TEXT_BLOCKS)
    return {node["attrs"]["id"]: flat_text(node) for node in found if (node.get("attrs") or {}).get("id")}


def anchor_at(blocks: Blocks, block: str, start: int, end: int) -> Anchor | None:
    """None where there is no such place."""
    text = blocks.get(block, "")
    if not 0 <= start < end <= len(text):
        return None
    return _standing(Anchor(block, start, end, text[start:end]), block, text, start)


def follow(anchor: Anchor, before: Blocks, after: Blocks) -> Anchor:
    """The anchor after an edit: on exactly its quote, on what became of it (CHANGED), or nowhere (DELETED)."""
    text = after.get(anchor.block)
    if text is not None and text == before.get(anchor.block):
        return anchor if anchor.state != DELETED else _elsewhere(anchor, before, after) or anchor
    if text is not None:
        place = _in_own_block(anchor, before.get(anchor.block, ""), text)
        if place is not None:
            return _standing(anchor, anchor.block, text, place)
    found = _elsewhere(anchor, before, after)
    if found is not None:
        return found
    return _remains(anchor, before.get(anchor.block, ""), text or "")


def _standing(anchor: Anchor, block: str, text: str, start: int) -> Anchor:
    end = start + len(anchor.quote)
    return replace(
        anchor, block=block, start=start, end=end, state=FOLLOWED,
        prefix=text[max(0, start - CONTEXT) : start], suffix=text[end : end + CONTEXT],
    )  # fmt: skip


def _in_own_block(anchor: Anchor, old: str, new: str) -> int | None:
    """Where the quote stands in its block now: carried along by the edit, or else the likeliest of its occurrences."""
    moved = _carried(anchor, old, new)
    if moved is not None and new[moved : moved + len(anchor.quote)] == anchor.quote:
        return moved
    places = list(_occurrences(new, anchor.quote))
    if not places:
        return None
    near = moved if moved is not None else anchor.start
    best = max(places, key=lambda place: (_kinship(anchor, new, place), -abs(place - near)))
    is_known = len(anchor.quote) >= CLEAR or _kinship(anchor, new, best) > 0
    return best if is_known else None


def _carried(anchor: Anchor, old: str, new: str) -> int | None:
    """The start, when everything that changed lies on one side of the anchor."""
    if anchor.state != FOLLOWED:
        return None
    head = _common(old, new)
    if head >= anchor.end:
        return anchor.start
    room = min(len(old), len(new)) - head
    tail = min(room, _common(old[::-1], new[::-1]))
    return anchor.start + len(new) - len(old) if len(old) - tail <= anchor.start else None


def _common(left: str, right: str) -> int:
    """Length of the common beginning."""
    for place, (one, other) in enumerate(zip(left, right, strict=False)):
        if one != other:
            return place
    return min(len(left), len(right))


def _occurrences(text: str, quote: str) -> Iterator[int]:
    place = text.find(quote)
    while place >= 0:
        yield place
        place = text.find(quote, place + 1)


def _kinship(anchor: Anchor, text: str, place: int) -> int:
    """How many characters around this place are the ones that stood around the quote."""
    end = place + len(anchor.quote)
    return _common(anchor.prefix[::-1], text[:place][::-1]) + _common(anchor.suffix, text[end:])


def _elsewhere(anchor: Anchor, before: Blocks, after: Blocks) -> Anchor | None:
    """In a block that is new or changed: split off, joined, cut and pasted, or brought back by undo."""
    best, kinship = None, -1
    for block, text in after.items():
        if block == anchor.block or before.get(block) == text:
            continue
        for place in _occurrences(text, anchor.quote):
            near = _kinship(anchor, text, place)
            if near > kinship and (near or text == anchor.quote or len(anchor.quote) >= CLEAR):
                best, kinship = (block, text, place), near
    return _standing(anchor, *best) if best else None


def _remains(anchor: Anchor, old: str, new: str) -> Anchor:
    """What became of the words inside their block."""
    if anchor.state == DELETED or not new:
        return replace(anchor, state=DELETED)
    start, end = _mapped(old, new, anchor.start, anchor.end)
    if start >= end:
        return replace(anchor, start=min(start, len(new)), end=min(start, len(new)) + len(anchor.quote), state=DELETED)
    state = FOLLOWED if new[start:end] == anchor.quote else CHANGED
    return replace(anchor, start=start, end=end, state=state)


def _mapped(old: str, new: str, start: int, end: int) -> tuple[int, int]:
    """The range of `new` that these words of `old` became; empty when none of them are left."""
    parts: list[tuple[int, int]] = []
    is_kin = False  # a block of which no word is left is another text, whatever it has in its place
    old_words, new_words = WORD.findall(old), WORD.findall(new)
    old_ends, new_ends = _ends(old_words), _ends(new_words)
    for tag, *bounds in SequenceMatcher(None, old_words, new_words, autojunk=False).get_opcodes():
        old_from, old_to = old_ends[bounds[0]], old_ends[bounds[1]]
        new_from, new_to = new_ends[bounds[2]], new_ends[bounds[3]]
        low, high = max(start, old_from), min(end, old_to)
        is_kin |= tag == "equal" and any(map(str.isalnum, old[old_from:old_to]))
        if tag == "equal" and low < high:
            parts.append((new_from + low - old_from, new_from + high - old_from))
        elif tag != "equal" and old_from < end and old_to > start:
            parts.append((new_from, new_to))
    if not parts or not is_kin:
        return start, start
    return _trimmed(new, min(low for low, _ in parts), max(high for _, high in parts))


def _ends(words: list[str]) -> list[int]:
    return [0, *accumulate(map(len, words))]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    covered = text[start:end]
    return start + len(covered) - len(covered.lstrip()), start + len(covered.rstrip())
