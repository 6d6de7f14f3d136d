"""Small marks and the covers: score dots, the ribbon of dimensions, the draft mark."""

from collections.abc import Sequence

from export import palette
from export.figures.svg import SANS, drawing, rect, text

DOTS = 4
COVER_HEIGHTS = (74, 62, 84, 54, 68, 80, 58, 72)
REFLECTIONS = (0.30, 0.18, 0.09)


def score_dots(score: int) -> str:
    dots = "".join(
        f'<circle cx="{2 + place * 3.1:.1f}" cy="1.6" r="1.2" fill="{palette.ACCENT if place < score else palette.PAGE}" '
        f'stroke="{palette.ACCENT}" stroke-width=".35"/>'
        for place in range(DOTS)
    )
    return drawing(13.4, 3.2, f"Skor {score} dari {DOTS}", dots, f"{score} dari {DOTS} titik terisi")


def ribbon(codes: Sequence[str], width: float = 210, height: float = 4) -> str:
    step = width / max(len(codes), 1)
    cells = "".join(
        rect(place * step, 0, step + 0.05, height, palette.strong(code)) for place, code in enumerate(codes)
    )
    return drawing(width, height, "Pita warna dimensi", cells, "Satu warna untuk tiap dimensi")


def cover_band(dimensions: Sequence[tuple[str, str]]) -> str:
    """A pillar a dimension above water, with its reflection: the cover when a region has no picture."""
    base, step = 88.0, 210 / max(len(dimensions), 1)
    out: list[str] = []
    for place, (code, name) in enumerate(dimensions):
        x, height, colour = place * step, COVER_HEIGHTS[place % len(COVER_HEIGHTS)], palette.strong(code)
        out.append(rect(x, base - height, step + 0.05, height, colour))
        out.append(text(x + 4, base - height + 9, code, 5.2, 800, palette.ON_ACCENT))
        out.append(text(x + 4, base - 5, name.removeprefix("Smart "), 3.1, 500, palette.ON_ACCENT))
        out += [
            rect(x, base + 2 + row * 4.4, step + 0.05, 3.1 - row * 0.7, colour, opacity)
            for row, opacity in enumerate(REFLECTIONS)
        ]
    names = ", ".join(name for _, name in dimensions)
    return drawing(210, 102, "Tiang dimensi di atas air", "".join(out), f"Dimensi: {names}")


def crest_place() -> str:
    """Where the region's arms will stand."""
    shield = (
        f'<path d="M2 1.5 H20 V12 C20 18 15 22.5 11 24.5 C7 22.5 2 18 2 12 Z" fill="{palette.ACCENT_SOFT}" '
        f'stroke="{palette.ACCENT}" stroke-width=".5" stroke-dasharray="1.2 .8"/>'
    )
    words = text(11, 10.4, "LAMBANG", 2.1, 700, palette.ACCENT_DEEP, "middle")
    words += text(11, 13.6, "DAERAH", 2.1, 700, palette.ACCENT_DEEP, "middle")
    return drawing(22, 26, "Tempat lambang daerah", shield + words, "Lambang daerah belum diunggah")


def draft_mark(width: float, height: float) -> str:
    middle = f"translate({width / 2:g} {height / 2 + 12:g}) rotate({-52 if height > width else -32})"
    word = (
        f'<text x="0" y="0" font-family="{SANS}" font-size="74" font-weight="800" fill="{palette.TOKENS["block"]}" '
        'fill-opacity=".07" text-anchor="middle" letter-spacing="6">DRAF</text>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}mm" height="{height:g}mm" viewBox="0 0 {width:g} {height:g}">'
        f'<g transform="{middle}">{word}</g></svg>'
    )


def dotted_line() -> str:
    """One dot of a contents line, repeated as a background."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="3.6" height="4">'
        f'<circle cx="1.2" cy="1.2" r=".62" fill="{palette.TOKENS["control"]}"/></svg>'
    )
