"""Loading documents and applying steps. Everything unexpected is a refusal: some bad steps raise odd errors inside the library."""

import zlib
from collections.abc import Container, Iterable, Sequence
from typing import Any, cast

from prosemirror.model import Node, Slice
from prosemirror.transform import Mapping, ReplaceStep, Step

from masterplan.prose.check import check
from masterplan.prose.refused import Refused
from masterplan.prose.schema import SCHEMA
from masterplan.prose.text import with_ids

type Json = dict[str, Any]

BAD_STEP = "Perubahan ini tidak dapat diterapkan pada naskah."


def load(doc: Json) -> Node:
    try:
        return Node.from_json(SCHEMA, doc)
    except Exception as error:
        msg = "Naskah tidak sesuai bentuk yang dikenal."
        raise Refused(msg) from error


def dump(node: Node) -> Json:
    return cast("Json", node.to_json())


def apply(node: Node, steps: Sequence[Json], *, media: Container[str] = (), threads: Container[str] = ()) -> Node:
    """The document after all steps. Raises Refused and applies none when any step or the result is unfit."""
    node = replay(node, steps)
    check(node, media=media, threads=threads)
    return node


def replay(node: Node, steps: Iterable[Json]) -> Node:
    """An old document from the log, unchecked: it was fit when it was saved, its pictures may be gone since."""
    for raw in steps:
        node = _apply_one(node, raw)
    return node


def _apply_one(node: Node, raw: Json) -> Node:
    try:
        result = Step.from_json(SCHEMA, raw).apply(node)
    except Exception as error:
        raise Refused(BAD_STEP) from error
    if result.failed or result.doc is None:
        raise Refused(BAD_STEP)
    return result.doc


def map_range(start: int, end: int, steps: Sequence[Json]) -> tuple[int, int]:
    """Where a range of the text stands after these steps."""
    mapping = Mapping([Step.from_json(SCHEMA, step).get_map() for step in steps])
    return mapping.map(start, 1), mapping.map(end, -1)


def replacement(old: Node, new: Node) -> Json:
    """One step that turns the whole of `old` into `new`."""
    return cast("Json", ReplaceStep(0, old.content.size, Slice(new.content, 0, 0)).to_json())


def appended(doc: Json, lines: Sequence[str]) -> Json:
    """One step that puts paragraphs at the end of `doc`; a document that is only an empty paragraph gives way."""
    new = with_ids({"type": "doc", "content": [_paragraph(line) for line in lines]})
    old = load(doc)
    end = old.content.size
    is_empty = end == 2 and old.first_child is not None and old.first_child.type.name == "paragraph"
    return cast("Json", ReplaceStep(0 if is_empty else end, end, Slice(load(new).content, 0, 0)).to_json())


def _paragraph(text: str) -> Json:
    return {"type": "paragraph", "content": [{"type": "text", "text": text}]}


def fingerprint(node: Node) -> str:
    """Size and checksum of the text, equal to the browser's: a cheap check that both hold the same document."""
    return f"{node.content.size}:{zlib.crc32(node.text_content.encode())}"
