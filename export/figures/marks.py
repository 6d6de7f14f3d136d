"""Small marks: score dots, the ribbon of dimensions, the draft mark."""

from collections.abc import Sequence

from export import palette
from export.figures.svg import SANS, drawing, rect

DOTS = 4


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
