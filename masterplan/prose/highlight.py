"""HTML of a document with some of its words marked."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from masterplan.prose.render import html_with_marked
from masterplan.prose.text import TEXT_BLOCKS

type Json = dict[str, Any]
type Span = tuple[int, int]

MARK: Json = {"type": "sought"}


def highlight(doc: Json, words: Iterable[str]) -> tuple[str, int]:
    """HTML without ids, and how many of `words` were found; each is looked for inside one block, across its formats."""
    wanted = list(dict.fromkeys(word.strip() for word in words if word.strip()))
    found: set[str] = set()
    return html_with_marked(_marked(doc, wanted, found)), len(found)


def _marked(node: Json, wanted: list[str], found: set[str]) -> Json:
    if "content" not in node:
        return node
    if node["type"] not in TEXT_BLOCKS:
        return {**node, "content": [_marked(child, wanted, found) for child in node["content"]]}
    text = "".join(child.get("text", "\ufffc") for child in node["content"])
    spans = _spans(text, wanted, found)
    return {**node, "content": _split(node["content"], spans)} if spans else node


def _spans(text: str, wanted: list[str], found: set[str]) -> list[Span]:
    spans = []
    for word in wanted:
        start = text.find(word)
        if start >= 0:
            found.add(word)
            spans.append((start, start + len(word)))
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _split(children: list[Json], spans: list[Span]) -> list[Json]:
    result: list[Json] = []
    place = 0
    for child in children:
        if child["type"] != "text":
            result.append(child)
            place += 1
            continue
        text, end = child["text"], place + len(child["text"])
        cuts = {place, end} | {edge for span in spans for edge in span if place < edge < end}
        edges = sorted(cuts)
        for start, stop in pairwise(edges):
            piece = {**child, "text": text[start - place : stop - place]}
            if any(a <= start and stop <= b for a, b in spans):
                piece["marks"] = [MARK, *child.get("marks", ())]
            result.append(piece)
        place = end
    return result
