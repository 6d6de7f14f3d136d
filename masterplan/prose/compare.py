"""Two versions of a text side by side: which blocks are the same, changed, moved, new or gone."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from rapidfuzz.distance import LCSseq

from masterplan.prose.compare_align import MISSING, aligned, same, text_of
from masterplan.prose.compare_html import Side, block_html, whole_html
from masterplan.prose.compare_words import WORD, words_of

type Json = dict[str, Any]
type Kind = Literal["same", "changed", "format", "added", "removed", "moved_here", "moved_away"]

LONGEST = 900_000  # characters of both texts together; beyond this only whole blocks are compared
SHORTEST_MOVE = 20


@dataclass(frozen=True)
class Block:
    """One line of the comparison; `old` and `new` are HTML, empty where the block does not stand."""

    kind: Kind
    old: str
    new: str
    both: str


@dataclass(frozen=True)
class Comparison:
    blocks: tuple[Block, ...]
    words_added: int
    words_removed: int
    is_coarse: bool

    @property
    def changes(self) -> int:
        return sum(1 for block in self.blocks if block.kind != "same")

    @property
    def moved(self) -> int:
        return sum(1 for block in self.blocks if block.kind == "moved_here")


def compare(old: Json, new: Json) -> Comparison:
    """Comments are not content. About a second and a half for the longest section; beyond LONGEST whole blocks only."""
    before, after = old.get("content", []), new.get("content", [])
    is_coarse = sum(len(text_of(block)) for block in (*before, *after)) > LONGEST
    pairs = aligned(before, after)
    moved = _moved(pairs)
    blocks = tuple(_block(left, right, moved, is_coarse=is_coarse) for left, right in pairs)
    added, removed = _counts(pairs, moved)
    return Comparison(blocks, added, removed, is_coarse)


def _block(left: Json, right: Json, moved: frozenset[str], *, is_coarse: bool) -> Block:
    if left is MISSING:
        is_moved = _move_key(right) in moved
        html = whole_html(right, "ins")
        return Block("moved_here" if is_moved else "added", "", html, html)
    if right is MISSING:
        is_moved = _move_key(left) in moved
        html = whole_html(left, "del")
        return Block("moved_away" if is_moved else "removed", html, "", html)
    if same(left, right):
        html = block_html(right, right, Side.BOTH)
        return Block("same", html, html, html)
    if is_coarse:
        gone, come = whole_html(left, "del"), whole_html(right, "ins")
        return Block("changed", gone, come, gone + come)
    kind: Kind = "format" if text_of(left) == text_of(right) and left["type"] == right["type"] else "changed"
    before, after, both = (block_html(left, right, side) for side in (Side.OLD, Side.NEW, Side.BOTH))
    return Block(kind, before, after, both)


def _moved(pairs: Sequence[tuple[Json, Json]]) -> frozenset[str]:
    """Texts that went from one place and came at another."""
    gone = {_move_key(left) for left, right in pairs if right is MISSING}
    come = {_move_key(right) for left, right in pairs if left is MISSING}
    return frozenset(key for key in gone & come if len(key) >= SHORTEST_MOVE)


def _move_key(block: Json) -> str:
    return f"{block['type']}:{re.sub(r'\s+', ' ', text_of(block))}"


def _counts(pairs: Sequence[tuple[Json, Json]], moved: frozenset[str]) -> tuple[int, int]:
    added = removed = 0
    for left, right in pairs:
        if left is MISSING:
            added += 0 if _move_key(right) in moved else len(WORD.findall(text_of(right)))
        elif right is MISSING:
            removed += 0 if _move_key(left) in moved else len(WORD.findall(text_of(left)))
        elif not same(left, right):
            come, gone = _word_changes(words_of(text_of(left)), words_of(text_of(right)))
            added += come
            removed += gone
    return added, removed


def _word_changes(before: list[str], after: list[str]) -> tuple[int, int]:
    kept = int(LCSseq.similarity(before, after))
    return len(after) - kept, len(before) - kept
