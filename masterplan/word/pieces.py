"""Segments of the file gathered into pieces: what goes to one section together, or waits for somebody's choice."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from masterplan.word.hints import hints_of
from masterplan.word.match import LOW, NONE, Head, Match, Place, match

type Json = dict[str, Any]

MAX_PIECE = 390_000
ID_BYTES = 64
DEEPEST, UPMOST = 5, 3
OWN_LEVEL = 99
BEFORE = "Sebelum judul pertama"


@dataclass
class Piece:
    """`section` is the proposed target, empty for none; `keeps_title` when the heading itself is worth keeping."""

    title: str
    level: int
    section: str = ""
    confidence: str = NONE
    reason: str = ""
    heading: list[Json] = field(default_factory=list)
    keeps_title: bool = False
    blocks: list[Json] = field(default_factory=list)
    segments: list[int] = field(default_factory=list)


def gather(segments: Sequence[Json], places: Sequence[Place], *, book: str = "") -> list[Json]:
    """Pieces in file order as JSON values; those without any text are left out."""
    heads = [_head(segment["heading"]) for segment in segments]
    matches = match(heads, places, book=book)
    pieces: list[Piece] = []
    for at, (segment, found) in enumerate(zip(segments, matches, strict=True)):
        _take(pieces, at, segment, found, places)
    parts = [part for piece in pieces if _holds(piece) for part in _split(piece)]
    return [_facts(at, piece) for at, piece in enumerate(parts)]


def _head(heading: Json | None) -> Head | None:
    if heading is None:
        return None
    return Head(heading["title"], heading["level"], heading["kind"], tuple(heading["parts"]), heading["is_weak"])


def _take(pieces: list[Piece], at: int, segment: Json, found: Match, places: Sequence[Place]) -> None:
    heading, blocks = segment["heading"], segment["blocks"]
    current = pieces[-1] if pieces else None
    if heading is None:
        pieces.append(Piece(BEFORE, OWN_LEVEL, blocks=list(blocks), segments=[at]))
        return
    if found.section or found.chapter or heading["kind"] in ("book", "chapter"):
        pieces.append(_matched(heading, found, places))
    elif heading["is_weak"] and current is not None:
        current.blocks.append({"type": "paragraph", "content": heading["content"]})
    elif current is not None and current.level < heading["level"]:
        current.blocks.append(_inner(heading, current.level))
    else:
        pieces.append(Piece(heading["text"], heading["level"], heading=_words(heading), keeps_title=True))
    pieces[-1].blocks += blocks
    pieces[-1].segments.append(at)


def _matched(heading: Json, found: Match, places: Sequence[Place]) -> Piece:
    piece = Piece(heading["text"], heading["level"], confidence=found.confidence, reason=found.reason)
    piece.heading = _words(heading)
    if found.section:
        place = next(place for place in places if place.code == found.section)
        if place.can_hold:
            piece.section = place.code
        else:
            piece.confidence, piece.reason = NONE, "disusun otomatis oleh buku"
        return piece
    piece.level = OWN_LEVEL
    first = next((place for place in places if place.chapter == found.chapter and place.can_hold), None)
    if first is not None and found.chapter:
        piece.section, piece.confidence, piece.reason = first.code, LOW, "teks pembuka bab"
    return piece


def _words(heading: Json) -> list[Json]:
    return [{"type": "text", "text": heading["title"] or heading["text"]}]


def _inner(heading: Json, above: int) -> Json:
    level = min(max(UPMOST + heading["level"] - above - 1, UPMOST), DEEPEST) if above < OWN_LEVEL else UPMOST
    return {"type": "heading", "attrs": {"level": level}, "content": _words(heading)}


def _holds(piece: Piece) -> bool:
    return any(node["type"] in ("text", "figure") for block in piece.blocks for node in walk(block))


def walk(node: Json) -> Iterator[Json]:
    yield node
    for child in node.get("content", ()):
        yield from walk(child)


def size_of(value: object) -> int:
    return len(json.dumps(value, ensure_ascii=False).encode())


def weight_of(blocks: Sequence[Json]) -> int:
    """Bytes of these blocks in a section, where each gets an identity."""
    return size_of(blocks) + ID_BYTES * sum(1 for block in blocks for node in walk(block) if node["type"] != "text")


def _split(piece: Piece) -> Iterator[Piece]:
    """A piece above the limit of a section is cut before its inner headings; the first part keeps the target."""
    if weight_of(piece.blocks) <= MAX_PIECE:
        yield piece
        return
    groups: list[list[Json]] = [[]]
    sizes = [0]
    for block in piece.blocks:
        size = weight_of([block])
        if block["type"] == "heading" and groups[-1] and sizes[-1] + _until_heading(piece.blocks, block) > MAX_PIECE:
            groups.append([])
            sizes.append(0)
        groups[-1].append(block)
        sizes[-1] += size
    for at, blocks in enumerate(groups):
        if at == 0:
            yield Piece(**{**_fields(piece), "blocks": blocks})
        else:
            title = f"{piece.title} (lanjutan: {_plain(blocks[0])})"
            yield Piece(
                title, piece.level, reason="terlalu besar untuk satu bagian", blocks=blocks, segments=piece.segments
            )


def _until_heading(blocks: Sequence[Json], heading: Json) -> int:
    start = next(at for at, block in enumerate(blocks) if block is heading)
    total = weight_of([heading])
    for block in blocks[start + 1 :]:
        if block["type"] == "heading":
            break
        total += weight_of([block])
    return total


def _fields(piece: Piece) -> dict[str, Any]:
    return {name: getattr(piece, name) for name in piece.__dataclass_fields__}


def _plain(block: Json) -> str:
    return "".join(node.get("text", "") for node in walk(block))


def _facts(at: int, piece: Piece) -> Json:
    """What the preview shows and what a confirmed import needs, counted once."""
    counts = Counter(node["type"] for block in piece.blocks for node in walk(block))
    facts = asdict(piece)
    blocks = facts.pop("blocks")
    return facts | {
        "n": at,
        "doc": {"type": "doc", "content": blocks},
        "tables": counts["table"],
        "figures": counts["figure"],
        "footnotes": counts["footnote"],
        "is_too_big": weight_of(blocks) > MAX_PIECE,
        "hints": hints_of(blocks),
    }
