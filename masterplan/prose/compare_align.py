"""Which old block became which new one: by identity first, then by likeness, in reading order."""

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from typing import Any, Final

from masterplan.prose.text import leaf_text, walk

type Json = dict[str, Any]

MISSING: Final[Json] = {"type": "missing"}
ALIKE = 0.45
MOST_PAIRS = 2_500  # likeness is looked at only in runs up to 50 by 50 blocks


def text_of(node: Json) -> str:
    return "".join(_own_text(part) for part in walk(node))


def _own_text(node: Json) -> str:
    kind = node["type"]
    if kind == "text":
        return str(node["text"])
    if kind == "fact":
        return leaf_text(node)
    if kind in ("footnote", "xref"):
        return f"[{' '.join(str(value) for value in node['attrs'].values())}]"
    return " " if kind in ("hardBreak", "paragraph", "tableCell", "tableHeader") else ""


def bare(node: Json) -> Json:
    """Without comments and identities: what a reader can see."""
    result = {key: value for key, value in node.items() if key not in ("content", "marks", "attrs")}
    attrs = {key: value for key, value in node.get("attrs", {}).items() if key != "id"}
    if attrs:
        result["attrs"] = attrs
    if marks := [mark for mark in node.get("marks", ()) if mark["type"] != "comment"]:
        result["marks"] = marks
    if "content" in node:
        result["content"] = _joined([bare(child) for child in node["content"]])
    return result


def _joined(nodes: list[Json]) -> list[Json]:
    """Texts that only a comment had split are one text again."""
    out: list[Json] = []
    for node in nodes:
        if out and node["type"] == "text" == out[-1]["type"] and node.get("marks") == out[-1].get("marks"):
            out[-1] = out[-1] | {"text": out[-1]["text"] + node["text"]}
        else:
            out.append(node)
    return out


def same(left: Json, right: Json) -> bool:
    return left == right or bare(left) == bare(right)


def aligned(before: Sequence[Json], after: Sequence[Json]) -> list[tuple[Json, Json]]:
    """Pairs in the order of the new text; MISSING stands for a block without a partner."""
    kept = _identities(before) & _identities(after)
    return align(before, after, lambda node: _key(node, kept), _likeness, ALIKE)


def align[T](
    before: Sequence[T],
    after: Sequence[T],
    key: Callable[[T], object],
    likeness: Callable[[T, T], float],
    least: float,
    missing: Any = MISSING,
) -> list[tuple[Any, Any]]:
    matcher = SequenceMatcher(None, [key(x) for x in before], [key(x) for x in after], autojunk=False)
    pairs: list[tuple[Any, Any]] = []
    for operation, i1, i2, j1, j2 in matcher.get_opcodes():
        left, right = before[i1:i2], after[j1:j2]
        if operation == "equal":
            pairs += zip(left, right, strict=True)
        elif len(left) * len(right) > MOST_PAIRS:
            pairs += [(x, missing) for x in left] + [(missing, y) for y in right]
        else:
            pairs += _best(left, right, likeness, least, missing)
    return pairs


def _best[T](
    left: Sequence[T], right: Sequence[T], likeness: Callable[[T, T], float], least: float, missing: Any
) -> list[tuple[Any, Any]]:
    """The pairing with the greatest sum of likeness that keeps both orders."""
    rows, columns = len(left), len(right)
    alike = [[likeness(x, y) for y in right] for x in left]
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            paired = best[i + 1][j + 1] + alike[i][j] if alike[i][j] >= least else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    pairs: list[tuple[Any, Any]] = []
    i = j = 0
    while i < rows or j < columns:
        is_pair = i < rows and j < columns and alike[i][j] >= least
        if is_pair and best[i][j] == best[i + 1][j + 1] + alike[i][j]:
            pairs.append((left[i], right[j]))
            i, j = i + 1, j + 1
        elif i < rows and (j == columns or best[i + 1][j] >= best[i][j + 1]):
            pairs.append((left[i], missing))
            i += 1
        else:
            pairs.append((missing, right[j]))
            j += 1
    return pairs


def _identity(node: Json) -> str | None:
    return (node.get("attrs") or {}).get("id")


def _identities(nodes: Sequence[Json]) -> set[str | None]:
    return {_identity(node) for node in nodes} - {None}


def _key(node: Json, kept: set[str | None]) -> object:
    """Text that came in anew, from Word or a paste, has other ids: its words tell what it was."""
    own = _identity(node)
    return own if own in kept else (node["type"], text_of(node))


def _likeness(left: Json, right: Json) -> float:
    if left["type"] != right["type"]:
        return 0.0
    return text_likeness(text_of(left), text_of(right))


def text_likeness(left: str, right: str) -> float:
    if left == right:
        return 1.0
    if not left or not right:
        return 0.0
    matcher = SequenceMatcher(None, left[:2000], right[:2000], autojunk=False)
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return 0.0
    return matcher.ratio()
