"""Terms and abbreviations that texts use, with what they mean."""

import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import masterplan

REFERENCE = Path(masterplan.__file__).parent / "reference"
FILES = ("abbreviations.json", "terms.json")


@cache
def known_terms() -> dict[str, str]:
    parts = [json.loads((REFERENCE / name).read_text(encoding="utf-8")) for name in FILES]
    return {term: meaning for part in parts for term, meaning in part.items()}


@cache
def _pattern() -> re.Pattern[str]:
    ranked = sorted(known_terms(), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(re.escape(term) for term in ranked)})\b", re.IGNORECASE)


def terms_in(texts: Iterable[str]) -> list[tuple[str, str]]:
    """By the alphabet. An abbreviation counts only as it is written, so that no word is taken for one."""
    written = {found for text in texts for found in _pattern().findall(text)}
    lowered = {word.lower() for word in written}
    used = [term for term in known_terms() if term in written or (not term.isupper() and term.lower() in lowered)]
    return [(term, known_terms()[term]) for term in sorted(used, key=str.lower)]
