"""The text engine: ProseMirror documents, steps, checks and HTML. Pure functions; no database, no request."""

from masterplan.prose.anchors import Anchor, anchor_at, follow, text_blocks
from masterplan.prose.check import check
from masterplan.prose.compare import Comparison, compare
from masterplan.prose.engine import appended, apply, dump, fingerprint, load, map_range, replacement, replay
from masterplan.prose.facts import Values, fact_keys, fact_values, is_lost, named, values_in, with_values
from masterplan.prose.highlight import highlight
from masterplan.prose.parse import parse_html
from masterplan.prose.refused import Refused
from masterplan.prose.removed import deleted_units, removed_by
from masterplan.prose.render import render_html, to_html, without_gone
from masterplan.prose.suggestions import Suggestion, accepted, rejected, suggestions
from masterplan.prose.text import (
    Caption,
    block_ids,
    captions,
    count_words,
    empty_doc,
    figure_sources,
    inserted_text,
    plain_text,
    reference_targets,
    with_ids,
)

__all__ = [
    "Anchor",
    "Caption",
    "Comparison",
    "Refused",
    "Suggestion",
    "Values",
    "accepted",
    "anchor_at",
    "appended",
    "apply",
    "block_ids",
    "captions",
    "check",
    "compare",
    "count_words",
    "deleted_units",
    "dump",
    "empty_doc",
    "fact_keys",
    "fact_values",
    "figure_sources",
    "fingerprint",
    "follow",
    "highlight",
    "inserted_text",
    "is_lost",
    "load",
    "map_range",
    "named",
    "parse_html",
    "plain_text",
    "reference_targets",
    "rejected",
    "removed_by",
    "render_html",
    "replacement",
    "replay",
    "suggestions",
    "text_blocks",
    "to_html",
    "values_in",
    "with_ids",
    "with_values",
    "without_gone",
]
