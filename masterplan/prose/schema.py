"""The schema that the browser bundle wrote out (`make editor`); one source for both sides."""

import json
from bisect import bisect_left
from functools import cached_property
from itertools import accumulate
from operator import attrgetter
from pathlib import Path
from typing import Any

from prosemirror.model import Fragment, Node, Schema
from prosemirror.model.fragment import ret_index
from prosemirror.model.node import TextNode
from prosemirror.model.resolvedpos import ResolvedPos

# prosemirror 0.6.1 keeps every document it ever resolved alive in this cache (0.3 MB a save); it is only a speed-up.
ResolvedPos.resolve_cached = classmethod(lambda cls, doc, pos: cls.resolve(doc, pos))  # type: ignore[method-assign, assignment]


def _find_index(fragment: Fragment, pos: int) -> dict[str, int]:
    """As the library's, which adds up the children one by one at every look: 2 ms a step in a long section, now 0.2 ms."""
    if not 0 < pos < fragment.size:
        return _library_find_index(fragment, pos)
    ends = fragment.__dict__.get("_ends")
    if ends is None:
        ends = fragment.__dict__["_ends"] = list(accumulate(map(attrgetter("node_size"), fragment.content)))
    index = bisect_left(ends, pos)
    if ends[index] == pos:
        return ret_index(index + 1, pos)
    return ret_index(index, ends[index - 1] if index else 0)


_library_find_index = Fragment.find_index
Fragment.find_index = _find_index  # type: ignore[method-assign, assignment]
for _kind in (Node, TextNode):  # nodes never change: their size is counted once
    _size = cached_property(_kind.__dict__["node_size"].fget)
    _size.__set_name__(_kind, "node_size")
    _kind.node_size = _size  # type: ignore[method-assign, assignment]

SCHEMA_FILE = Path(__file__).resolve().parents[2] / "static" / "editor" / "schema.json"


def _load() -> "Schema[str, str]":
    raw: dict[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    return Schema({"nodes": dict(raw["nodes"]), "marks": dict(raw["marks"]), "topNode": raw["topNode"]})


SCHEMA = _load()
