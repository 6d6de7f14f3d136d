"""Risks of a quick win on a field of three by three; the level is also written as a word."""

from collections.abc import Sequence

from export import palette
from export.figures.svg import drawing, rect, text

WIDTH, HEIGHT, LEFT, CELL, ROW = 74.0, 52.0, 18.0, 18.0, 13.5
LIKELIHOODS = ("jarang", "mungkin", "sering")
IMPACTS = ("ringan", "sedang", "berat")
LEVELS = (
    (3, "rendah", palette.TOKENS["good-soft"], palette.TOKENS["good"]),
    (6, "sedang", palette.TOKENS["warn-soft"], palette.TOKENS["warn"]),
    (10, "tinggi", palette.TOKENS["block-soft"], palette.TOKENS["block"]),
)


def risk_matrix(risks: Sequence[tuple[int, int]]) -> str:
    """`risks`: likelihood and impact, each from 1 to 3, numbered R1, R2 ... in this order."""
    out = [text(LEFT + 1.5 * CELL, HEIGHT - 1, "Dampak", 2.5, 700, palette.MUTED, "middle")]
    turned = text(0, 0, "Kemungkinan", 2.5, 700, palette.MUTED, "middle")
    out.append(f'<g transform="translate(3.4 {1 + 1.5 * ROW}) rotate(-90)">{turned}</g>')
    for likelihood in (1, 2, 3):
        y = 1 + (3 - likelihood) * ROW
        out.append(text(LEFT - 2, y + ROW / 2 + 0.9, LIKELIHOODS[likelihood - 1], 2.4, 500, palette.INK, "end"))
        out += [_cell(likelihood, impact, y, risks) for impact in (1, 2, 3)]
    for impact in (1, 2, 3):
        x = LEFT + (impact - 0.5) * CELL - 0.4
        out.append(text(x, 1 + 3 * ROW + 3, IMPACTS[impact - 1], 2.4, 500, palette.INK, "middle"))
    words = "; ".join(
        f"R{place}: kemungkinan {LIKELIHOODS[likelihood - 1]}, dampak {IMPACTS[impact - 1]}"
        for place, (likelihood, impact) in enumerate(risks, start=1)
    )
    return drawing(WIDTH, HEIGHT, "Matriks risiko", "".join(out), words)


def _cell(likelihood: int, impact: int, y: float, risks: Sequence[tuple[int, int]]) -> str:
    value, x = likelihood * impact, LEFT + (impact - 1) * CELL
    _, word, fill, ink = next(level for level in LEVELS if value < level[0])
    out = [rect(x, y, CELL - 0.8, ROW - 0.8, fill), text(x + 1.5, y + 3.6, f"{word} {value}", 2.2, 500, ink)]
    hits = [place for place, risk in enumerate(risks, start=1) if risk == (likelihood, impact)]
    for shift, place in enumerate(hits):
        middle = x + (CELL - 0.8) * (shift + 1) / (len(hits) + 1)
        out.append(f'<circle cx="{middle:.2f}" cy="{y + 8.4:.2f}" r="2.7" fill="{palette.INK}"/>')
        out.append(text(middle, y + 9.4, f"R{place}", 2.5, 700, palette.ON_ACCENT, "middle"))
    return "".join(out)
