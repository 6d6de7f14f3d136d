"""Which paragraphs are headings, and what number they carry."""

import re
from dataclasses import dataclass

BOOK = re.compile(r"^buku\s+([ivx]+|\d{1,2})\b[\s:.–—-]*(.*)$", re.IGNORECASE)
CHAPTER = re.compile(r"^bab\s+([ivxlc]+|\d{1,2})\b[\s:.–—-]*(.*)$", re.IGNORECASE)
DOTTED = re.compile(r"^((?:\d{1,2}|[IVXL]{1,5}|[A-Z])(?:\.\d{1,2}){1,4})[.)]?[\s\t:–—-]+(.*)$")
SINGLE = re.compile(r"^(\d{1,2}|[IVXL]{1,5}|[A-Za-z])[.)]\s+(.*)$")
BARE = re.compile(r"^(?:bab|buku)\s+(?:[ivxlc]+|\d{1,2})[\s:.–—-]*$", re.IGNORECASE)
ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
MAX_WORDS = 18
MAX_LETTERS = 160


@dataclass(frozen=True)
class Numeral:
    """`kind`: book, chapter, dotted, single or none; `parts` are counted in our figures, letters stay letters."""

    kind: str
    parts: tuple[str, ...]
    title: str


def numeral(text: str, label: str = "") -> Numeral:
    """The number typed before a heading, or `label`, which Word counted, and the title without it."""
    text = " ".join(text.split())
    found = _typed(text)
    if found.kind == "none" and label:
        counted = _typed(f"{label.strip()} {text}")
        if counted.kind == "none":
            counted = _typed(f"{label.strip().rstrip('.)')}. {text}")
        return Numeral(counted.kind, counted.parts, text)
    return found


def _typed(text: str) -> Numeral:
    for kind, pattern in (("book", BOOK), ("chapter", CHAPTER), ("dotted", DOTTED), ("single", SINGLE)):
        found = pattern.match(text)
        if found:
            parts = tuple(_figure(part) for part in found[1].split("."))
            return Numeral(kind, parts, found[2].strip())
    return Numeral("none", (), text)


def _figure(part: str) -> str:
    return str(from_roman(part)) if part.upper().strip("IVXLC") == "" and not part.isdigit() else str(part).lstrip("0")


def from_roman(text: str) -> int:
    total = 0
    values = [ROMAN.get(letter, 0) for letter in text.upper()]
    for i, worth in enumerate(values):
        total += -worth if i + 1 < len(values) and worth < values[i + 1] else worth
    return total


def is_short(text: str) -> bool:
    return 0 < len(text) <= MAX_LETTERS and len(text.split()) <= MAX_WORDS


def guessed_level(text: str, label: str, *, is_bold: bool, is_centred: bool) -> int:
    """The level of a paragraph that only looks like a heading; 0 when it does not."""
    if not is_short(text) or text.endswith((".", ";", ",", ":")):
        return 0
    found = numeral(text, label)
    is_loud = is_bold or (is_centred and text.upper() == text)
    if found.kind in ("book", "chapter"):
        return 1 if is_loud or text.upper() == text else 0
    if not is_loud:
        return 0
    if found.kind == "dotted":
        return min(len(found.parts), 5)
    return 2 if found.kind == "single" else 3
