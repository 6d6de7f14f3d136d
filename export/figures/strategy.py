"""From vision over dimensions to strategies, as a tree that grows downwards."""

from export import palette
from export.blocks import Figure
from export.figures.svg import drawing, line, paragraph, rect, text, wrapped
from export.source import Source

WIDTH = 158.0
TRUNK_X = 3.0
DIMENSION_X, DIMENSION_WIDTH = 8.0, 31.0
STRATEGY_X = 43.0
TEXT_X = 58.0
LEADING, PADDING, GAP, BRANCH_MIN = 3.3, 1.7, 2.6, 12.0
HEIGHT_MAX = 222.0
type Branch = tuple[str, str, list[tuple[str, list[str]]]]


def strategy_tree(source: Source) -> list[Figure]:
    branches = _branches(source)
    if not branches:
        return []
    vision = source.vision.statement if source.vision else ""
    parts = _slices(branches, _vision_height(vision))
    drawings = tuple(
        _draw(part, vision if place == 0 else "", is_last=part is parts[-1]) for place, part in enumerate(parts)
    )
    return [Figure("Pohon strategi: dari visi ke dimensi dan strategi", drawings, "tabel visi dan tabel strategi.")]


def _branches(source: Source) -> list[Branch]:
    found: list[Branch] = []
    for dimension in source.dimensions:
        strategies = [
            (row.code, wrapped(row.text, WIDTH - TEXT_X, 2.5))
            for row in source.strategies
            if row.dimension_id == dimension.pk
        ]
        if strategies:
            found.append((dimension.code, dimension.name, strategies))
    return found


def _height(branch: Branch) -> float:
    return max(sum(len(lines) * LEADING + PADDING for _, lines in branch[2]), BRANCH_MIN) + GAP


def _vision_lines(statement: str) -> list[str]:
    return wrapped(statement, WIDTH - 10, 3.1)


def _vision_height(statement: str) -> float:
    return len(_vision_lines(statement)) * 4.3 + 12 if statement else 0.0


def _slices(branches: list[Branch], first: float) -> list[list[Branch]]:
    """Whole dimensions only; the vision takes its room from the first drawing."""
    slices: list[list[Branch]] = [[]]
    height = first
    for branch in branches:
        if slices[-1] and height + _height(branch) > HEIGHT_MAX:
            slices.append([])
            height = 0.0
        slices[-1].append(branch)
        height += _height(branch)
    return slices


def _draw(branches: list[Branch], vision: str, *, is_last: bool) -> str:
    y = _vision_height(vision)
    top = max(y - 3, 0)
    out = [_vision(vision)] if vision else []
    middle = y
    for branch in branches:
        height = _height(branch) - GAP
        middle = y + height / 2
        out.append(line(TRUNK_X, middle, DIMENSION_X, middle, palette.ACCENT, 0.35))
        out.append(_branch(branch, y, height))
        y += _height(branch)
    out.insert(0, line(TRUNK_X, top, TRUNK_X, middle if is_last else y, palette.ACCENT, 0.35))
    codes = "; ".join(f"{name}: {', '.join(code for code, _ in found)}" for _, name, found in branches)
    return drawing(WIDTH, round(y, 2), "Pohon strategi", "".join(out), codes)


def _vision(statement: str) -> str:
    box = rect(0, 0, WIDTH, _vision_height(statement) - 3, palette.ACCENT_DEEP)
    label = text(5, 5, "VISI", 2.4, 700, palette.ACCENT_LINE)
    return box + label + paragraph(5, 9.8, _vision_lines(statement), 3.1, 4.3, 500, palette.ON_ACCENT)


def _branch(branch: Branch, y: float, height: float) -> str:
    code, name, strategies = branch
    colour = palette.strong(code)
    out = [rect(DIMENSION_X, y, DIMENSION_WIDTH, height, palette.soft(code)), rect(DIMENSION_X, y, 1.4, height, colour)]
    out.append(text(DIMENSION_X + 4, y + height / 2 - 0.4, code, 3.2, 800, colour))
    out.append(text(DIMENSION_X + 4, y + height / 2 + 3.6, name, 2.5, 600, palette.INK))
    used = sum(len(lines) * LEADING + PADDING for _, lines in strategies)
    place = y + (height - used) / 2
    for strategy, lines in strategies:
        out.append(text(STRATEGY_X, place + 3.1, strategy, 2.4, 700, colour))
        out.append(paragraph(TEXT_X, place + 3.1, lines, 2.5, LEADING))
        place += len(lines) * LEADING + PADDING
        if strategy != strategies[-1][0]:
            out.append(line(STRATEGY_X, place, WIDTH, place, palette.RULE))
    return "".join(out)
