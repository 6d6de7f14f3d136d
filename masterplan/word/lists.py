"""Counted paragraphs, which Word keeps flat, as lists inside lists."""

from dataclasses import dataclass
from typing import Any

from masterplan.word.numbering import Numbered

type Json = dict[str, Any]

MAX_START = 10_000


@dataclass(frozen=True)
class Entry:
    """One counted paragraph, or with `numbered=None` a plain one that breaks the list."""

    numbered: Numbered
    nodes: list[Json]
    after: list[Json]


@dataclass
class _Open:
    level: int
    node: Json
    kind: str
    last: int


def nest(entries: list[Entry]) -> list[Json]:
    roots: list[Json] = []
    opened: list[_Open] = []
    for entry in entries:
        numbered = entry.numbered
        while opened and opened[-1].level > numbered.level:
            opened.pop()
        if opened and opened[-1].level == numbered.level and not _goes_on(opened[-1], numbered):
            opened.pop()
        if not opened or opened[-1].level < numbered.level:
            node = _list(numbered)
            (opened[-1].node["content"][-1]["content"] if opened else roots).append(node)
            opened.append(_Open(numbered.level, node, numbered.kind, 0))
        opened[-1].last = numbered.ordinal
        opened[-1].node["content"].append(_item(entry))
    return roots


def _goes_on(opened: _Open, numbered: Numbered) -> bool:
    return opened.kind == numbered.kind and (numbered.is_bullet or numbered.ordinal == opened.last + 1)


def _list(numbered: Numbered) -> Json:
    if numbered.is_bullet:
        return {"type": "bulletList", "content": []}
    start = min(max(numbered.ordinal, 1), MAX_START)
    return {"type": "orderedList", "attrs": {"start": start, "type": numbered.type}, "content": []}


def _item(entry: Entry) -> Json:
    paragraph: Json = {"type": "paragraph"}
    if entry.nodes:
        paragraph["content"] = entry.nodes
    return {"type": "listItem", "content": [paragraph, *entry.after]}
