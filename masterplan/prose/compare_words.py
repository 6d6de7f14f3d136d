"""Inside one block: which words stayed, went, came, or only look different."""

import re
from dataclasses import dataclass
from typing import Any, Literal

from rapidfuzz.distance import Indel

type Json = dict[str, Any]
type Change = Literal["same", "del", "ins", "format"]

TOKEN = re.compile(r"\s+|\w+(?:[.,]\d+)*|[^\w\s]", re.UNICODE)
WORD = re.compile(r"\w+(?:[.,]\d+)*", re.UNICODE)
MOST = 100_000_000  # a table of this many bits is 12 MB


@dataclass(frozen=True)
class Token:
    """A word, a space, a sign, or an inline node such as a footnote; `look` is its marks."""

    key: str
    look: str
    node: Json


@dataclass(frozen=True)
class Run:
    change: Change
    tokens: tuple[Token, ...]


def words_of(text: str) -> list[str]:
    return WORD.findall(text)


def tokens_of(block: Json) -> list[Token]:
    found = []
    for child in block.get("content", ()):
        marks = [mark for mark in child.get("marks", ()) if mark["type"] != "comment"]
        look = repr(sorted((mark["type"], sorted((mark.get("attrs") or {}).items(), key=str)) for mark in marks))
        plain = {key: value for key, value in child.items() if key != "marks"} | ({"marks": marks} if marks else {})
        if child["type"] == "text":
            found += [Token(part, look, plain | {"text": part}) for part in TOKEN.findall(child["text"])]
        else:
            found.append(Token(f"\ufffc{child['type']}{child.get('attrs')}", look, plain))
    return found


def runs_of(left: Json, right: Json) -> list[Run]:
    """In reading order: what went stands before what came in its place."""
    before, after = tokens_of(left), tokens_of(right)
    if len(before) * len(after) > MOST:
        return [Run("del", tuple(before)), Run("ins", tuple(after))]
    runs: list[Run] = []
    for operation, i1, i2, j1, j2 in _phrases(before, after):
        if operation == "equal":
            runs += _looks(before[i1:i2], after[j1:j2])
            continue
        if i2 > i1:
            runs.append(Run("del", tuple(before[i1:i2])))
        if j2 > j1:
            runs.append(Run("ins", tuple(after[j1:j2])))
    return runs


def _phrases(before: list[Token], after: list[Token]) -> list[tuple[str, int, int, int, int]]:
    """Single spaces between two changes belong to them: a changed phrase reads better than five changed words."""
    merged: list[tuple[str, int, int, int, int]] = []
    codes = Indel.opcodes([t.key for t in before], [t.key for t in after])
    for place, code in enumerate(codes):
        operation, i1, i2, j1, j2 = code.tag, code.src_start, code.src_end, code.dest_start, code.dest_end
        is_gap = operation == "equal" and i2 - i1 == 1 and before[i1].key.isspace()
        if is_gap and 0 < place < len(codes) - 1:
            operation = "replace"
        if merged and operation != "equal" and merged[-1][0] != "equal":
            _, k1, _, l1, _ = merged[-1]
            merged[-1] = ("replace", k1, i2, l1, j2)
        else:
            merged.append((operation, i1, i2, j1, j2))
    return merged


def _looks(before: list[Token], after: list[Token]) -> list[Run]:
    runs: list[Run] = []
    for left, right in zip(before, after, strict=True):
        change: Change = "same" if left.look == right.look else "format"
        if runs and runs[-1].change == change:
            runs[-1] = Run(change, (*runs[-1].tokens, right))
        else:
            runs.append(Run(change, (right,)))
    return runs
