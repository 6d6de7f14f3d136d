"""Readiness as a radar: one axis an element, the mean score written beside it."""

import math
from decimal import Decimal

from export import palette
from export.blocks import Figure
from export.figures.svg import drawing, line, text
from export.numbers import number
from export.source import Source
from masterplan.enums import ReadinessGroup

WIDTH, HEIGHT, MIDDLE_X, MIDDLE_Y, RADIUS = 158, 112, 79, 57, 40
LEVELS = (1, 2, 3, 4)
AXES_MIN = 3
GROUP_COLOURS = {
    ReadinessGroup.STRUCTURE: palette.strong("GOV"),
    ReadinessGroup.INFRASTRUCTURE: palette.strong("LIV"),
    ReadinessGroup.SUPERSTRUCTURE: palette.strong("SOC"),
}


def readiness_radar(source: Source) -> list[Figure]:
    axes = mean_scores(source)
    if len(axes) < AXES_MIN:
        return []
    picture = drawing(
        WIDTH,
        HEIGHT,
        "Radar kesiapan daerah",
        _web(len(axes)) + _shape(axes),
        "; ".join(
            f"{element} ({ReadinessGroup(group).label.lower()}) {number(mean, 1)}" for group, element, mean in axes
        ),
    )
    caption = f"Kesiapan daerah menurut {len(axes)} elemen, skor rata-rata 0–4"
    return [Figure(caption, (picture,), "tabel kesiapan; skor rata-rata tiap elemen.")]


def mean_scores(source: Source) -> list[tuple[str, str, Decimal]]:
    scores: dict[tuple[str, str], list[int]] = {}
    for item in source.readiness:
        scores.setdefault((item.group, item.element), []).append(item.score)
    return [(group, element, Decimal(sum(found)) / len(found)) for (group, element), found in scores.items()]


def _point(place: int, count: int, value: float) -> tuple[float, float]:
    angle = 2 * math.pi * place / count
    return MIDDLE_X + RADIUS * value / 4 * math.sin(angle), MIDDLE_Y - RADIUS * value / 4 * math.cos(angle)


def _polygon(points: list[tuple[float, float]], fill: str, stroke: str, width: float, opacity: float = 1) -> str:
    outline = " ".join(f"{x:.2f},{y:.2f}" for x, y in points)
    return (
        f'<polygon points="{outline}" fill="{fill}" fill-opacity="{opacity}" stroke="{stroke}" stroke-width="{width}"/>'
    )


def _web(count: int) -> str:
    rings = [
        _polygon([_point(place, count, level) for place in range(count)], "none", palette.RULE_STRONG, 0.25)
        for level in LEVELS
    ]
    spokes = [line(MIDDLE_X, MIDDLE_Y, *_point(place, count, 4), palette.RULE_STRONG) for place in range(count)]
    marks = [
        text(MIDDLE_X + 0.8, MIDDLE_Y - RADIUS * level / 4 + 2.7, level, 2.3, 500, palette.MUTED) for level in LEVELS
    ]
    return "".join([*rings, *spokes, *marks])


def _shape(axes: list[tuple[str, str, Decimal]]) -> str:
    count = len(axes)
    points = [_point(place, count, float(mean)) for place, (_, _, mean) in enumerate(axes)]
    out = [_polygon(points, palette.ACCENT, palette.ACCENT, 0.7, 0.16)]
    for place, (group, element, mean) in enumerate(axes):
        colour = GROUP_COLOURS[ReadinessGroup(group)]
        x, y = points[place]
        out.append(
            f'<circle cx="{x:.2f}" cy="{y:.2f}" r="1.35" fill="{colour}" stroke="{palette.PAGE}" stroke-width=".35"/>'
        )
        out.append(_name(place, count, element, f"{number(mean, 1)} · {ReadinessGroup(group).label.lower()}", colour))
    return "".join(out)


def _name(place: int, count: int, element: str, score: str, colour: str) -> str:
    x, y = _point(place, count, 4.45)
    anchor = "middle" if abs(x - MIDDLE_X) < 4 else ("start" if x > MIDDLE_X else "end")
    shift = -2.4 if y < MIDDLE_Y - RADIUS * 0.9 else (3.2 if y > MIDDLE_Y + RADIUS * 0.9 else 0)
    name = text(x, y + shift, element, 2.9, 600, palette.INK, anchor)
    return name + text(x, y + shift + 3.7, score, 2.5, 500, colour, anchor)
