"""Plain readings of a document in JSON: words, text, captions, identities."""

import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

type Json = dict[str, Any]

# The server gives ids at creation; otherwise merely opening a section in the browser would change it.
IDENTIFIED = frozenset({"heading", "paragraph", "table", "figure", "tableCaption", "listItem"})
TEXT_BLOCKS = frozenset({"heading", "paragraph", "figure", "tableCaption"})
CAPTION_KINDS: dict[str, Literal["table", "figure"]] = {"tableCaption": "table", "figure": "figure"}


@dataclass(frozen=True)
class Caption:
    kind: Literal["table", "figure"]
    id: str
    text: str


def empty_doc() -> Json:
    return with_ids({"type": "doc", "content": [{"type": "paragraph"}]})


def with_ids(node: Json) -> Json:
    """The same document with an id on every block that can be referred to."""
    result = dict(node)
    if node["type"] in IDENTIFIED and not node.get("attrs", {}).get("id"):
        result["attrs"] = {**node.get("attrs", {}), "id": str(uuid.uuid4())}
    if "content" in node:
        result["content"] = [with_ids(child) for child in node["content"]]
    return result


def walk(node: Json) -> Iterator[Json]:
    yield node
    for child in node.get("content", ()):
        yield from walk(child)


def leaf_text(node: Mapping[str, Any]) -> str:
    """What an inline node adds to the text around it: a live fact its value, a footnote or a reference nothing."""
    if node["type"] == "text":
        return str(node["text"])
    if node["type"] == "fact":
        return str(node["attrs"].get("value") or "")
    return " " if node["type"] == "hardBreak" else ""


def _text_of(node: Json) -> str:
    return "".join(map(leaf_text, walk(node)))


def plain_text(doc: Json) -> str:
    """One line a text block, footnotes left out."""
    return "\n".join(_text_of(node) for node in walk(doc) if node["type"] in TEXT_BLOCKS)


def count_words(doc: Json) -> int:
    return len(re.findall(r"\S+", plain_text(doc)))


def captions(doc: Json) -> list[Caption]:
    """Captions in document order, for numbering."""
    return [
        Caption(CAPTION_KINDS[node["type"]], (node.get("attrs") or {}).get("id") or "", _text_of(node))
        for node in walk(doc)
        if node["type"] in CAPTION_KINDS
    ]


def figure_sources(doc: Json) -> list[str]:
    """Sources of the pictures in document order."""
    return [node["attrs"]["src"] for node in walk(doc) if node["type"] == "figure" and node["attrs"].get("src")]


def block_ids(doc: Json) -> set[str]:
    return {node["attrs"]["id"] for node in walk(doc) if (node.get("attrs") or {}).get("id")}


def reference_targets(doc: Json) -> set[str]:
    """Ids to which cross-references point, in whatever section they are."""
    return {node["attrs"]["target"] for node in walk(doc) if node["type"] == "xref" and node["attrs"].get("target")}


def inserted_text(steps: Iterable[Json]) -> str:
    """What these steps put in, as one line; a step that goes on where the last one ended continues its word."""
    line, end = "", None
    for step in steps:
        text = _slice_text((step.get("slice") or {}).get("content", []))
        line += text if step.get("from") == end else f" {text}"
        end = step.get("from", 0) + len(text)
    return " ".join(line.split())


def _slice_text(content: list[Json]) -> str:
    blocks = [node for part in content for node in walk(part) if node["type"] in TEXT_BLOCKS]
    return " ".join(map(_text_of, blocks)) if blocks else "".join(map(_text_of, content))
