"""Captions of tables and figures: found, freed of their frozen number, and put where ours stand."""

import re
from typing import Any

type Json = dict[str, Any]

TABLE = "tabel"
NUMBERED = re.compile(
    r"^(tabel|table|gambar|figure|grafik|diagram|bagan|peta|foto|skema)\s*"
    r"((?:\d{1,3}|[IVXL]{1,6}|[A-Z])(?:\s?[.\-–]\s?\d{1,3}){0,3})?\s*[.:)–—-]*\s*",
    re.IGNORECASE,
)
MAX_WORDS = 40
REACH = 2


def caption_kind(text: str, *, is_styled: bool) -> str:
    """ "table", "figure", or "" for running text. Without the style it must look like a caption and not like a sentence."""
    found = NUMBERED.match(text)
    if found is None:
        return "any" if is_styled else ""
    kind = "table" if found[1].lower() in ("tabel", "table") else "figure"
    if is_styled:
        return kind
    rest = text[found.end() :]
    looks = found[2] and rest and not rest[0].islower() and not rest.endswith(".") and len(rest.split()) <= MAX_WORDS
    return kind if looks else ""


def without_number(nodes: list[Json]) -> list[Json]:
    """The caption's text without "Tabel 2.1": our numbers are counted when the book is made."""
    text = "".join(node.get("text", "") for node in nodes)
    found = NUMBERED.match(text)
    cut = found.end() if found else 0
    out: list[Json] = []
    for original in nodes:
        node = original
        if node["type"] == "hardBreak" and not out:
            continue
        if cut and node["type"] == "text":
            taken = min(cut, len(node["text"]))
            cut -= taken
            node = node | {"text": node["text"][taken:]}
        if node["type"] != "text" or node["text"]:
            out.append(node)
    return _plain(out)


def _plain(nodes: list[Json]) -> list[Json]:
    """Without bold letters when all are bold: captions have a look of their own."""
    texts = [node for node in nodes if node["type"] == "text"]
    if not texts or not all(any(m["type"] == "bold" for m in node.get("marks", ())) for node in texts):
        return nodes
    out = []
    for node in nodes:
        marks = [mark for mark in node.get("marks", ()) if mark["type"] != "bold"]
        out.append({k: v for k, v in node.items() if k != "marks"} | ({"marks": marks} if marks else {}))
    return out


def attach(blocks: list[Json]) -> list[Json]:
    """Paragraphs marked `_caption` go before their table or into their figure; without a partner they stay text."""
    out = list(blocks)
    for at, block in enumerate(blocks):
        kind = block.get("_caption")
        if kind:
            _attach_one(out, block, at, kind)
    return [_clean(block) for block in out if not block.get("_used")]


def _attach_one(blocks: list[Json], caption: Json, at: int, kind: str) -> None:
    order = (1, -1) if kind == "table" else (-1, 1)
    for step in order:
        partner = _partner(blocks, at, step, kind)
        if partner is None:
            continue
        content = without_number(caption.get("content", []))
        target = blocks[partner]
        if target["type"] == "figure":
            target["content"] = content
        else:
            target["_title"] = content
        caption["_used"] = True
        return


def _partner(blocks: list[Json], at: int, step: int, kind: str) -> int | None:
    """The nearest free table or figure in that direction, with at most one short paragraph between."""
    for distance in range(1, REACH + 1):
        place = at + step * distance
        if not 0 <= place < len(blocks):
            return None
        block = blocks[place]
        wanted = ("table", "figure") if kind == "any" else (kind,)
        if block["type"] in wanted and "_title" not in block:
            is_free = block["type"] == "table" or not block.get("content")
            return place if is_free else None
        if block["type"] != "paragraph" or block.get("_caption"):
            return None
    return None


def _clean(block: Json) -> Json:
    return {key: value for key, value in block.items() if not key.startswith("_") or key == "_title"}


def place_titles(blocks: list[Json]) -> list[Json]:
    """A table's caption is a block of its own, right before it."""
    out: list[Json] = []
    for block in blocks:
        title = block.pop("_title", None)
        if title is not None:
            out.append({"type": "tableCaption"} | ({"content": title} if title else {}))
        out.append(block)
    return out
