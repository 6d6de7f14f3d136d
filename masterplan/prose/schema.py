"""The schema that the browser bundle wrote out (`make editor`); one source for both sides."""

import json
from pathlib import Path
from typing import Any

from prosemirror.model import Schema
from prosemirror.model.resolvedpos import ResolvedPos

# prosemirror 0.6.1 keeps every document it ever resolved alive in this cache (0.3 MB a save); it is only a speed-up.
ResolvedPos.resolve_cached = classmethod(lambda cls, doc, pos: cls.resolve(doc, pos))  # type: ignore[method-assign, assignment]

SCHEMA_FILE = Path(__file__).resolve().parents[2] / "static" / "editor" / "schema.json"


def _load() -> "Schema[str, str]":
    raw: dict[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    return Schema({"nodes": dict(raw["nodes"]), "marks": dict(raw["marks"]), "topNode": raw["topNode"]})


SCHEMA = _load()
