"""Which recently inserted text a person removed: steps replayed as numbers, without building any document."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

type Json = dict[str, Any]
type Author = int | None

LEAVES = frozenset({"hardBreak", "horizontalRule", "footnote", "xref", "fact"})
UNIT = 2  # positions count UTF-16 units, two bytes each


@dataclass(frozen=True)
class _Piece:
    """Inserted text where it stands now; `gone_by` marks what was removed, which then has no width."""

    start: int
    text: bytes
    author: Author
    is_gone: bool = False
    gone_by: Author = None

    @property
    def end(self) -> int:
        return self.start if self.is_gone else self.start + len(self.text) // UNIT


def deleted_units(steps: Iterable[Json]) -> int:
    """How much of the document the steps take away, structure included; wrapping and marking take away nothing."""
    return sum(max(0, to - start) for step in steps for start, to, _ in _changes(step))


def removed_by(batches: Iterable[tuple[Author, Sequence[Json]]], remover: Author) -> dict[int, list[str]]:
    """By author: runs of their text, inserted within these batches, that `remover` removed within them."""
    pieces: list[_Piece] = []
    for author, steps in batches:
        for start, to, inserted in _merged(steps):
            pieces = _cut(pieces, start, to, author)
            pieces = _insert(pieces, start, inserted, author)
    return _runs(pieces, remover)


def _runs(pieces: list[_Piece], remover: Author) -> dict[int, list[str]]:
    found: dict[int, list[bytes]] = {}
    before: _Piece | None = None
    for piece in pieces:
        if piece.is_gone and piece.gone_by == remover and piece.author not in (None, remover):
            runs = found.setdefault(piece.author, [])  # type: ignore[arg-type]
            goes_on = before and before.is_gone and (before.author, before.start) == (piece.author, piece.start)
            if goes_on and runs:
                runs[-1] += piece.text
            else:
                runs.append(piece.text)
        before = piece
    return {author: [run.decode("utf-16-le", "ignore") for run in runs] for author, runs in found.items()}


def _merged(steps: Iterable[Json]) -> Iterable[tuple[int, int, bytes]]:
    """Typing key by key becomes one insertion."""
    held: tuple[int, int, bytes] | None = None
    for step in steps:
        for start, to, inserted in _changes(step):
            if held and start == to == held[0] + len(held[2]) // UNIT and held[2]:
                held = (held[0], held[1], held[2] + inserted)
                continue
            if held:
                yield held
            held = (start, to, inserted)
    if held:
        yield held


def _changes(step: Json) -> list[tuple[int, int, bytes]]:
    """A step as replaced ranges with the inserted text, last range first: so none moves the other."""
    kind = step.get("stepType")
    try:
        if kind == "replace":
            return [(int(step["from"]), int(step["to"]), _flat(step.get("slice")))]
        if kind == "replaceAround":
            text, cut = _flat(step.get("slice")), int(step["insert"]) * UNIT
            return [
                (int(step["gapTo"]), int(step["to"]), text[cut:]),
                (int(step["from"]), int(step["gapFrom"]), text[:cut]),
            ]
    except (KeyError, TypeError, ValueError):
        return []
    return []


def _flat(raw: Json | None) -> bytes:
    """The slice as text as wide as the slice: what opens or closes a block is a line break."""
    if not raw:
        return b""
    text = b"".join(_flat_node(node) for node in raw.get("content") or ())
    start = int(raw.get("openStart") or 0) * UNIT
    return text[start : len(text) - int(raw.get("openEnd") or 0) * UNIT]


def _flat_node(node: Json) -> bytes:
    if node["type"] == "text":
        return str(node["text"]).encode("utf-16-le", "surrogatepass")
    if node["type"] in LEAVES:
        return " ".encode("utf-16-le")
    inner = b"".join(_flat_node(child) for child in node.get("content") or ())
    edge = "\n".encode("utf-16-le")
    return edge + inner + edge


def _cut(pieces: list[_Piece], start: int, to: int, by: Author) -> list[_Piece]:
    if to <= start:
        return pieces
    result: list[_Piece] = []
    for piece in pieces:
        if piece.is_gone or piece.end <= start or piece.start >= to:
            result.append(_shifted(piece, start, to))
            continue
        first, last = max(piece.start, start), min(piece.end, to)
        left, right = (first - piece.start) * UNIT, (last - piece.start) * UNIT
        if left:
            result.append(replace(piece, text=piece.text[:left]))
        result.append(_Piece(start, piece.text[left:right], piece.author, is_gone=True, gone_by=by))
        if right < len(piece.text):
            result.append(_Piece(start, piece.text[right:], piece.author))
    return result


def _shifted(piece: _Piece, start: int, to: int) -> _Piece:
    if piece.start <= start:
        return piece
    return replace(piece, start=max(start, piece.start - (to - start)))


def _insert(pieces: list[_Piece], at: int, text: bytes, author: Author) -> list[_Piece]:
    if not text:
        return pieces
    width = len(text) // UNIT
    result: list[_Piece] = []
    new: _Piece | None = _Piece(at, text, author)
    for piece in pieces:
        if piece.end < at or (piece.end == at and (piece.is_gone or piece.author != author or piece.start == at)):
            result.append(piece)
        elif new is None:
            result.append(replace(piece, start=piece.start + width))
        else:
            result += _joined(piece, new, width)
            new = None
    return [*result, new] if new else result


def _joined(piece: _Piece, new: _Piece, width: int) -> list[_Piece]:
    """`new` stands before, inside or at the end of `piece`."""
    cut = (new.start - piece.start) * UNIT
    if cut > 0 and piece.author == new.author and not piece.is_gone:
        return [replace(piece, text=piece.text[:cut] + new.text + piece.text[cut:])]
    if cut <= 0:
        return [new, replace(piece, start=piece.start + width)]
    head, tail = replace(piece, text=piece.text[:cut]), replace(piece, start=new.start + width, text=piece.text[cut:])
    return [head, new, tail]
