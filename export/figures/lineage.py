"""One row with everything that it comes from (left) and everything that comes from it (right)."""

from collections import defaultdict
from collections.abc import Iterable

from export import palette
from export.figures.svg import drawing, paragraph, rect, text, wrapped
from export.thread.graph import Edge, Node, Step, Thread, Way

BOX, GAP, HEAD = 34.0, 9.0, 7.0
LEADING, SIZE, LINES, PADDING, SPACE = 3.9, 3.0, 3, 2.0, 2.6
SHOWN = 6
type Place = tuple[float, float, float]


def lineage(thread: Thread, node: Node, above: Iterable[Step], below: Iterable[Step]) -> str:
    """A column a level; a column that holds more than fits says how many are left out."""
    columns = _columns(node, [*above, *below])
    heights = [
        sum(_height(each) + SPACE for each in found[:SHOWN]) + (4 if len(found) > SHOWN else 0) for found in columns
    ]
    total = HEAD + max(heights)
    places: dict[tuple[str, int], Place] = {}
    boxes: list[str] = []
    for number, (found, height) in enumerate(zip(columns, heights, strict=True)):
        x, y = number * (BOX + GAP), HEAD + (total - HEAD - height) / 2
        boxes.append(text(x, 3.4, _heading(found), 2.7, 700, palette.MUTED))
        for each in found[:SHOWN]:
            places[each.key] = (x, y, _height(each))
            boxes.append(_box(each, x, y, is_start=each == node))
            y += _height(each) + SPACE
        if len(found) > SHOWN:
            boxes.append(text(x, y + 1.6, f"+ {len(found) - SHOWN} lainnya", 2.8, 600, palette.MUTED))
    body = "".join(_path(edge, places) for edge in thread.edges) + "".join(boxes)
    width = len(columns) * (BOX + GAP) - GAP
    return drawing(width, round(total, 2), f"Benang merah {node.label}", body, _description(columns, node))


def _columns(node: Node, steps: list[Step]) -> list[list[Node]]:
    """Rows that are linked by their own fields stand above those that were inferred."""
    levels: dict[int, list[Node]] = defaultdict(list)
    levels[node.level].append(node)
    for step in sorted(steps, key=lambda each: (not each.is_recorded, each.distance)):
        levels[step.node.level].append(step.node)
    return [levels[level] for level in sorted(levels)]


def _heading(found: list[Node]) -> str:
    names = list(dict.fromkeys(node.name for node in found))
    return names[0] if len(names) == 1 else ", ".join(_short(name) for name in names)


def _short(name: str) -> str:
    return name.removesuffix(" strategis").removeprefix("Strategi ").removesuffix(" visi")


def _lines(node: Node) -> list[str]:
    found = wrapped(node.text, BOX - 4, SIZE)
    if len(found) <= LINES:
        return found
    return [*found[: LINES - 1], f"{' '.join(found[LINES - 1].split()[:-1]) or found[LINES - 1][:12]} …"]


def _height(node: Node) -> float:
    return PADDING * 2 + len(_lines(node)) * LEADING + (LEADING if node.code else 0)


def _box(node: Node, x: float, y: float, *, is_start: bool) -> str:
    code = node.dimensions[0] if len(node.dimensions) == 1 else ""
    colour = palette.strong(code) if code else palette.ACCENT
    fill, ink = (
        (colour, palette.ON_ACCENT) if is_start else (palette.soft(code) if code else palette.ACCENT_SOFT, palette.INK)
    )
    out = [rect(x, y, BOX, _height(node), fill), rect(x, y, 1, _height(node), colour)]
    top = y + PADDING + 2.4
    if node.code:
        out.append(text(x + 3, top, node.code, SIZE, 800, palette.ON_ACCENT if is_start else colour))
        top += LEADING
    return "".join(out) + paragraph(x + 3, top, _lines(node), SIZE, LEADING, 600 if is_start else 400, ink)


def _path(edge: Edge, places: dict[tuple[str, int], Place]) -> str:
    """Solid where a row names the other, dashed where the link is inferred; only between boxes that are drawn."""
    if edge.upper not in places or edge.lower not in places:
        return ""
    (x1, y1, height1), (x2, y2, height2) = places[edge.upper], places[edge.lower]
    if x1 >= x2:
        return ""
    start, middle1, middle2 = x1 + BOX, y1 + height1 / 2, y2 + height2 / 2
    is_firm = edge.way == Way.RECORDED
    bend = x2 - GAP / 2
    stroke, width, dash = (
        (palette.ACCENT, 0.5, "") if is_firm else (palette.RULE_STRONG, 0.35, ' stroke-dasharray="1.4 1"')
    )
    return (
        f'<path d="M{start:.2f} {middle1:.2f} H{x2 - GAP:.2f} C{bend:.2f} {middle1:.2f} {bend:.2f} {middle2:.2f} '
        f'{x2:.2f} {middle2:.2f}" fill="none" stroke="{stroke}" stroke-width="{width}"{dash}/>'
    )


def _description(columns: list[list[Node]], node: Node) -> str:
    parts = []
    for found in columns:
        names = ", ".join(each.code or each.text for each in found[:SHOWN])
        rest = f" dan {len(found) - SHOWN} lainnya" if len(found) > SHOWN else ""
        parts.append(f"{_heading(found)}: {names}{rest}")
    return f"Dari hulu ke hilir. {'; '.join(parts)}. Baris yang dibuka: {node.label}."
