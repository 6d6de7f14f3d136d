"""The year of quick wins: a line each, a mark for each milestone in its quarter; the form of the mark says how it stands."""

from collections.abc import Sequence

from export import palette
from export.figures.svg import drawing, line, rect, shortened, text
from quickwin.light import ROMAN
from quickwin.models import QuickWin, QuickWinMilestone

LABEL, HEAD, ROW, LEGEND, STEP = 62.0, 7.0, 7.2, 8.0, 5.0
LINES_A_CHART = 26
DONE, LATE, PLANNED = "selesai", "terlambat", "direncanakan"


def quarter_charts(rows: Sequence[QuickWin], width: float) -> list[str]:
    """One chart, or several when the lines do not fit on a page; none without milestones. Needs milestones and dimension."""
    if not any(row.milestones.all() for row in rows):
        return []
    return [_chart(rows[start : start + LINES_A_CHART], width) for start in range(0, len(rows), LINES_A_CHART)]


def state_of(step: QuickWinMilestone) -> str:
    if step.done_on:
        return DONE
    return LATE if step.late_reason else PLANNED


def _chart(rows: Sequence[QuickWin], width: float) -> str:
    quarter, bottom = (width - LABEL) / 4, HEAD + len(rows) * ROW
    out = [rect(0, 0, width, HEAD, palette.ACCENT_SOFT)]
    for place, name in enumerate(ROMAN):
        x = LABEL + place * quarter
        out += [
            text(x + quarter / 2, 4.7, f"Triwulan {name}", 2.6, 700, palette.ACCENT_DEEP, "middle"),
            line(x, HEAD, x, bottom),
        ]
    for place, row in enumerate(rows):
        out += _line(row, HEAD + place * ROW, width, quarter)
    return drawing(width, bottom + LEGEND, "Jadwal quick win", "".join([*out, *_legend(bottom + 5.2)]), _words(rows))


def _line(row: QuickWin, y: float, width: float, quarter: float) -> list[str]:
    colour = palette.strong(row.dimension.code)
    out = [
        line(0, y + ROW, width, y + ROW),
        text(0, y + 4.6, row.code, 2.6, 700, colour),
        text(14, y + 4.6, shortened(row.short_name or row.name, LABEL - 16, 2.6), 2.6),
    ]
    steps = list(row.milestones.all())
    for place in range(4):
        own = [step for step in steps if step.quarter == place + 1]
        gap = min(STEP, quarter / max(len(own), 1))
        start = LABEL + (place + 0.5) * quarter - gap * (len(own) - 1) / 2
        out += [_mark(state_of(step), start + gap * shift, y + ROW / 2, colour) for shift, step in enumerate(own)]
    return out


def _mark(state: str, x: float, y: float, colour: str) -> str:
    if state == LATE:
        points = f"{x:.2f},{y - 1.7:.2f} {x + 1.9:.2f},{y + 1.5:.2f} {x - 1.9:.2f},{y + 1.5:.2f}"
        return f'<polygon points="{points}" fill="{palette.TOKENS["block"]}"/>'
    fill = colour if state == DONE else palette.PAGE
    return f'<circle cx="{x:.2f}" cy="{y:.2f}" r="1.5" fill="{fill}" stroke="{colour}" stroke-width=".5"/>'


def _legend(y: float) -> list[str]:
    out = []
    for place, state in enumerate((DONE, PLANNED, LATE)):
        x = LABEL + 2 + place * 30
        out += [_mark(state, x, y, palette.INK), text(x + 3, y + 0.9, state, 2.5, 400, palette.MUTED)]
    return out


def _words(rows: Sequence[QuickWin]) -> str:
    return "; ".join(
        f"{row.code} triwulan {ROMAN[step.quarter - 1]}: {step.text} ({state_of(step)})"
        for row in rows
        for step in row.milestones.all()
    )
