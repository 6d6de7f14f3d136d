"""What the three covers draw: tiles, rings, the ribbon; sizes in millimetres of an A4 page."""

from collections.abc import Callable, Sequence

from export import palette
from export.figures.svg import drawing, rect, text

PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0
ROWS = 4
RING, INNERMOST = 25.0, 20.0
# A column a dimension; each letter is the shape of a tile, the last row carries the names.
PATTERN = ("aecbfd", "cfdabe", "bdafec", "......")


def tiles(dimensions: Sequence[tuple[str, str]]) -> str:
    """Full width, as high as four square tiles."""
    side = PAGE_WIDTH / max(len(dimensions), 1)
    out: list[str] = []
    for column, (code, name) in enumerate(dimensions):
        for row in range(ROWS):
            shape = PATTERN[row][column % len(PATTERN[row])]
            out.append(_tile(shape, column * side, row * side, side, code))
        y = ROWS * side
        out.append(text(column * side + 4, y - side + 9.5, code, 5.2, 800, palette.ON_ACCENT))
        out.append(text(column * side + 4, y - 5, name.removeprefix("Smart "), 3.1, 500, palette.ON_ACCENT))
    return drawing(PAGE_WIDTH, ROWS * side, "Ubin warna dimensi", "".join(out), f"Dimensi: {_names(dimensions)}")


def rings(dimensions: Sequence[tuple[str, str]], ground: str) -> str:
    """A page of rings around a point at its right edge: the cover that waits for a photo."""
    out = [rect(0, 0, PAGE_WIDTH, PAGE_HEIGHT, ground)]
    for place, (code, _) in enumerate(dimensions):
        radius = INNERMOST + (len(dimensions) - place) * RING
        out.append(_circle(PAGE_WIDTH, 170, radius, palette.strong(code)))
        out.append(_circle(PAGE_WIDTH, 170, radius - RING * 0.62, palette.soft(code)))
    out.append(_circle(PAGE_WIDTH, 170, INNERMOST, palette.PAGE))
    return drawing(PAGE_WIDTH, PAGE_HEIGHT, "Lingkaran warna dimensi", "".join(out), f"Dimensi: {_names(dimensions)}")


def _names(dimensions: Sequence[tuple[str, str]]) -> str:
    return ", ".join(name for _, name in dimensions)


def _tile(shape: str, x: float, y: float, side: float, code: str) -> str:
    """On the soft colour of the dimension when something is drawn, else filled with the strong one."""
    strong, soft = palette.strong(code), palette.soft(code)
    draw = SHAPES.get(shape)
    if draw is None:
        return rect(x, y, side + 0.05, side + 0.05, strong)
    return rect(x, y, side + 0.05, side + 0.05, soft) + draw(x, y, side, strong)


def _circle(x: float, y: float, radius: float, fill: str) -> str:
    return f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{radius:.2f}" fill="{fill}"/>'


def _quarter(corner: str) -> Callable[[float, float, float, str], str]:
    """A quarter of a disc around one corner of the tile."""

    def draw(x: float, y: float, side: float, fill: str) -> str:
        right, low = corner[1] == "r", corner[0] == "b"
        cx, cy = x + side * right, y + side * low
        start = f"{cx:.2f} {y + side * (not low):.2f}"
        end = f"{x + side * (not right):.2f} {cy:.2f}"
        sweep = int(right == low)
        return f'<path d="M{cx:.2f} {cy:.2f} L{start} A{side:.2f} {side:.2f} 0 0 {1 - sweep} {end} Z" fill="{fill}"/>'

    return draw


def _disc(x: float, y: float, side: float, fill: str) -> str:
    return _circle(x + side / 2, y + side / 2, side * 0.5, fill)


def _triangle(x: float, y: float, side: float, fill: str) -> str:
    return f'<path d="M{x:.2f} {y + side:.2f} L{x + side:.2f} {y:.2f} L{x + side:.2f} {y + side:.2f} Z" fill="{fill}"/>'


SHAPES: dict[str, Callable[[float, float, float, str], str]] = {
    "a": _quarter("tl"),
    "b": _quarter("tr"),
    "c": _quarter("bl"),
    "d": _quarter("br"),
    "e": _disc,
    "f": _triangle,
}
