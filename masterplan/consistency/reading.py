"""A section's text as the rules read it: blocks with their ids, sentences, numbers written in Indonesian."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from masterplan.prose.text import TEXT_BLOCKS, leaf_text

type Json = Mapping[str, Any]

# A full stop ends a sentence before a capital, not inside 4.668,50 or after No., Dr., art.
SENTENCE_END = re.compile(r"(?<=[.!?])(?<!\bNo\.)(?<!\bDr\.)(?<!\bhlm\.)(?<!\b[A-Z]\.)\s+(?=[“\"(]?[A-Z0-9])")
WORD = re.compile(r"\S*\w\S*")
MONEY = re.compile(r"\bRp\s?(\d+(?:\.\d{3})*(?:,\d+)?)(?:\s(triliun|miliar|juta|ribu)\b)?")
SCALES = {"triliun": 10**12, "miliar": 10**9, "juta": 10**6, "ribu": 10**3, "": 1}
UNITS = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas"]
UNIT_WORDS = "|".join(UNITS[2:10])
NUMBER_WORDS = rf"(?:(?:{UNIT_WORDS})\spuluh(?:\s(?:satu|{UNIT_WORDS}))?|(?:{UNIT_WORDS})\sbelas|{'|'.join(UNITS[1:])})"
NUMBER = rf"(?:\d{{1,3}}|{NUMBER_WORDS})"  # four digits are a year


@dataclass(frozen=True)
class Money:
    """`step` is what the last written digit is worth: Rp214,35 miliar is exact to ten million."""

    text: str
    amount: int
    step: int

    def means(self, value: int) -> bool:
        return abs(value - self.amount) * 2 <= self.step


@dataclass(frozen=True)
class Block:
    """A text block, or a table (`kind` "table") of which only place and caption matter here."""

    id: str
    kind: str
    text: str
    attrs: Json
    references: tuple[str, ...] = ()
    in_table: bool = False
    has_caption: bool = True
    facts: tuple[str, ...] = ()

    @cached_property
    def lower(self) -> str:
        return self.text.lower()

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        if self.kind not in ("paragraph", "figure") or self.in_table:
            return ()
        return tuple(part.strip() for part in SENTENCE_END.split(self.text) if part.strip())


def blocks_of(doc: Json) -> tuple[Block, ...]:
    return tuple(_blocks(doc, in_table=False))


def _blocks(node: Json, *, in_table: bool) -> Iterator[Block]:
    before = ""
    for child in node.get("content", ()):
        kind = child["type"]
        if kind in TEXT_BLOCKS:
            yield _text_block(child, in_table=in_table)
        elif kind == "table":
            attrs = child.get("attrs") or {}
            yield Block(attrs.get("id") or "", kind, "", attrs, has_caption=before == "tableCaption")
            yield from _blocks(child, in_table=True)
        else:
            yield from _blocks(child, in_table=in_table)
        before = kind


def _text_block(node: Json, *, in_table: bool) -> Block:
    attrs = node.get("attrs") or {}
    parts, references, facts = [], [], []
    for child in node.get("content", ()):
        kind = child["type"]
        if kind == "xref":
            references.append((child.get("attrs") or {}).get("target") or "")
        if kind == "fact":
            facts.append(child["attrs"]["key"])
        parts.append(leaf_text(child) if kind in ("text", "fact") else " ")
    text = "".join(parts).strip()
    return Block(attrs.get("id") or "", node["type"], text, attrs, tuple(references), in_table, facts=tuple(facts))


def count_words(text: str) -> int:
    return len(WORD.findall(text))


def money_in(text: str) -> Iterator[Money]:
    for match in MONEY.finditer(text):
        digits, scale = match[1].replace(".", ""), SCALES[match[2] or ""]
        places = len(digits.partition(",")[2])
        amount = Decimal(digits.replace(",", ".")) * scale
        yield Money(match[0], int(amount), scale // 10**places or 1)


def number_of(text: str) -> int:
    """ "37", "tiga puluh dua", "dua belas"; only what NUMBER matches."""
    if text.isdigit():
        return int(text)
    first, _, rest = text.lower().partition(" ")
    tens, _, ones = rest.partition(" ")
    if not tens:
        return UNITS.index(first)
    if tens == "belas":
        return 10 + UNITS.index(first)
    return 10 * UNITS.index(first) + (UNITS.index(ones) if ones else 0)


def quote(text: str, length: int = 100) -> str:
    return text if len(text) <= length else text[: length - 1].rsplit(" ", 1)[0] + " …"
