"""Colours for drawings, read from the product's one list of colours."""

import re
from pathlib import Path

COLOURS_FILE = Path(__file__).resolve().parents[1] / "static" / "css" / "colours.css"
TOKENS: dict[str, str] = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-fA-F]{6})", COLOURS_FILE.read_text(encoding="utf-8")))

ACCENT = TOKENS["accent"]
ACCENT_DEEP = TOKENS["accent-deep"]
ACCENT_SOFT = TOKENS["accent-soft"]
ACCENT_LINE = TOKENS["accent-line"]
ON_ACCENT = TOKENS["on-accent"]
INK = TOKENS["ink"]
MUTED = TOKENS["ink-3"]
RULE = TOKENS["rule"]
RULE_STRONG = TOKENS["rule-strong"]
PAGE = TOKENS["page"]


def strong(dimension_code: str) -> str:
    """A dimension's colour; a dimension of a later set without a colour of its own gets a neutral one."""
    return TOKENS.get(dimension_code.lower(), TOKENS["ink-2"])


def soft(dimension_code: str) -> str:
    return TOKENS.get(f"{dimension_code.lower()}-soft", TOKENS["desk"])


def has_colour(dimension_code: str) -> bool:
    return f"{dimension_code.lower()}-soft" in TOKENS
