"""The roadmap as a Gantt chart, cut into drawings that each fit on a page."""

from collections.abc import Sequence
from dataclasses import dataclass

from export import palette
from export.blocks import Figure
from export.figures.svg import drawing, line, rect, shortened, text
from export.numbers import years as year_span
from export.source import Source
from masterplan.enums import Horizon
from masterplan.models import Dimension, Programme, RoadmapPeriod

LEFT, WIDTH, ROW, HEAD, GROUP, HEIGHT_MAX = 62.0, 158.0, 4.12, 15.0, 6.4, 222.0
PERIOD_FILLS = (palette.ACCENT_DEEP, palette.ACCENT, palette.ACCENT_LINE)
PERIOD_INKS = (palette.ON_ACCENT, palette.ON_ACCENT, palette.ACCENT_DEEP)
OPACITY = {Horizon.SHORT.value: 1.0, Horizon.MEDIUM.value: 0.75, Horizon.LONG.value: 0.42}


@dataclass(frozen=True)
class Scale:
    first: int
    last: int

    @property
    def step(self) -> float:
        return (WIDTH - LEFT) / (self.last - self.first + 1)

    def x(self, year: int) -> float:
        return LEFT + (year - self.first) * self.step


type Slice = list[tuple[Dimension, list[Programme]]]


def roadmap_gantt(source: Source) -> list[Figure]:
    groups = [(dimension, source.programmes_of(dimension)) for dimension in source.dimensions]
    groups = [(dimension, found) for dimension, found in groups if found]
    if not groups or not source.periods:
        return []
    first = min([source.plan.start_year, *(period.start_year for period in source.periods)])
    last = max(period.end_year for period in source.periods)
    scale = Scale(first, last)
    drawings = tuple(_draw(part, source, scale) for part in _slices(groups))
    caption = f"Peta jalan {len(source.programmes)} program {year_span(first, last)}"
    note = "matriks peta jalan. Batang penuh: jangka pendek; sedang: menengah; muda: panjang. Belah ketupat: quick win."
    return [Figure(caption, drawings, note)]


def _slices(groups: Slice) -> list[Slice]:
    """Whole rows only; a dimension that goes on over a page repeats its heading."""
    slices: list[Slice] = [[]]
    height = HEAD
    for dimension, found in groups:
        for row in found:
            is_new = not slices[-1] or slices[-1][-1][0] != dimension
            extra = ROW + (GROUP if is_new else 0)
            if height + extra > HEIGHT_MAX:
                slices.append([])
                height, is_new, extra = HEAD, True, ROW + GROUP
            if is_new:
                slices[-1].append((dimension, []))
            slices[-1][-1][1].append(row)
            height += extra
    return slices


def _draw(part: Slice, source: Source, scale: Scale) -> str:
    total = HEAD + sum(GROUP + ROW * len(found) for _, found in part) + 1
    out = [_head(source.periods, scale, total)]
    y = HEAD
    for dimension, found in part:
        out.append(_group_head(dimension, y))
        y += GROUP
        for row in found:
            out.append(_bar_row(row, source, scale, y))
            y += ROW
    names = ", ".join(row.code for _, found in part for row in found)
    return drawing(
        WIDTH, round(total, 2), "Bagan Gantt peta jalan", "".join(out), f"Jangka pelaksanaan program {names}"
    )


def _head(periods: Sequence[RoadmapPeriod], scale: Scale, total: float) -> str:
    out: list[str] = []
    for place, period in enumerate(periods):
        width = (period.end_year - period.start_year + 1) * scale.step
        kind = place % len(PERIOD_FILLS)
        out.append(rect(scale.x(period.start_year), 0, width - 0.6, 7.4, PERIOD_FILLS[kind]))
        out.append(_period_name(period, scale.x(period.start_year), width, PERIOD_INKS[kind]))
        if place:
            x = scale.x(period.start_year) - 0.3
            out.append(line(x, 8, x, total, palette.ACCENT, 0.3))
    for year in range(scale.first, scale.last + 1):
        out.append(text(scale.x(year) + scale.step / 2, 12.2, year, 2.5, 600, palette.MUTED, "middle"))
        out.append(line(scale.x(year), 14, scale.x(year), total, palette.RULE, 0.18))
    return "".join(out)


def _period_name(period: RoadmapPeriod, x: float, width: float, ink: str) -> str:
    short = period.get_horizon_display().removeprefix("Jangka ").capitalize()
    span = year_span(period.start_year, period.end_year)
    if width > 26:
        return text(x + 1.6, 4.9, f"{short} {span}", 2.6, 700, ink)
    return text(x + width / 2 - 0.3, 4.8, short, 2.0, 700, ink, "middle")


def _group_head(dimension: Dimension, y: float) -> str:
    colour = palette.strong(dimension.code)
    strip = rect(0, y + 1, WIDTH, 4.6, palette.soft(dimension.code)) + rect(0, y + 1, 11, 4.6, colour)
    code = text(5.5, y + 4.3, dimension.code, 2.7, 800, palette.ON_ACCENT, "middle")
    return strip + code + text(13, y + 4.3, dimension.name, 2.8, 700, colour)


def _bar_row(row: Programme, source: Source, scale: Scale, y: float) -> str:
    colour = palette.strong(row.dimension.code)
    out = [text(0, y + 2.9, row.code.rpartition("-")[2], 2.35, 700, colour)]
    out.append(text(7.2, y + 2.9, shortened(row.name, LEFT - 8.5, 2.35), 2.35))
    bars = [period for period in source.periods if period.horizon in row.horizons]
    for period in bars:
        width = (period.end_year - period.start_year + 1) * scale.step - 1
        out.append(
            rect(scale.x(period.start_year) + 0.5, y + 0.9, width, ROW - 1.9, colour, OPACITY.get(period.horizon, 1))
        )
    out += [
        _diamond(scale.x(quick_win.year) + scale.step / 2, y + ROW / 2)
        for quick_win in source.quick_wins
        if quick_win.programme_id == row.pk and scale.first <= quick_win.year <= scale.last
    ]
    out.append(line(0, y + ROW, WIDTH, y + ROW, palette.RULE, 0.15))
    return "".join(out)


def _diamond(x: float, y: float) -> str:
    return (
        f'<path d="M{x:.2f} {y - 1.5:.2f} l1.5 1.5 l-1.5 1.5 l-1.5 -1.5 z" fill="{palette.PAGE}" '
        f'stroke="{palette.INK}" stroke-width=".2"/>'
    )
