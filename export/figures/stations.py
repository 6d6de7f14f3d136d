"""The thread at a glance: a line a dimension through its stations, broken where a station is empty."""

from collections.abc import Sequence

from export import palette
from export.figures.svg import drawing, rect, text
from export.thread.lines import DimensionThread

WIDTH, LEFT, ROW, HEAD, RADIUS = 158.0, 40.0, 11.0, 9.0, 3.5
STATIONS = ("Isu", "Kesenjangan", "TOWS", "Sasaran", "Strategi", "Program", "Quick win")


def stations(threads: Sequence[DimensionThread]) -> str:
    step = (WIDTH - LEFT) / len(STATIONS)
    out = [
        text(LEFT + (place + 0.5) * step, 4.2, name, 2.6, 700, palette.MUTED, "middle")
        for place, name in enumerate(STATIONS)
    ]
    for number, thread in enumerate(threads):
        out.append(_row(thread, HEAD + number * ROW, step))
    described = "; ".join(
        f"{thread.name}: {', '.join(f'{count} {name.lower()}' for name, count in zip(STATIONS, counts(thread), strict=True))}"
        for thread in threads
    )
    return drawing(WIDTH, HEAD + max(len(threads), 1) * ROW, "Benang merah tiap dimensi", "".join(out), described)


def counts(thread: DimensionThread) -> tuple[int, ...]:
    parts = (thread.issues, thread.gaps, thread.origins, thread.goals)
    return (*(len(part) for part in parts), len(thread.strategies), len(thread.programmes), len(thread.quick_wins))


def _row(thread: DimensionThread, top: float, step: float) -> str:
    middle, colour = top + ROW / 2, palette.strong(thread.code)
    out = [
        rect(0, top + 0.8, 11, ROW - 1.6, colour),
        rect(11, top + 0.8, WIDTH - 11, ROW - 1.6, palette.soft(thread.code)),
    ]
    out.append(text(5.5, middle + 1, thread.code, 2.7, 800, palette.ON_ACCENT, "middle"))
    out.append(text(13.5, middle + 1, thread.name.removeprefix("Smart "), 2.8, 700, colour))
    found = counts(thread)
    for place in range(len(STATIONS) - 1):
        x = LEFT + (place + 0.5) * step
        dash = "" if found[place] and found[place + 1] else ' stroke-dasharray="1.2 1.6" opacity=".6"'
        out.append(
            f'<path d="M{x + RADIUS:.2f} {middle:.2f} H{x + step - RADIUS:.2f}" stroke="{colour}" stroke-width=".7"{dash}/>'
        )
    for place, count in enumerate(found):
        out.append(_station(LEFT + (place + 0.5) * step, middle, count, colour))
    return "".join(out)


def _station(x: float, y: float, count: int, colour: str) -> str:
    """An empty station is a hollow ring around a nought."""
    fill, ink = (colour, palette.ON_ACCENT) if count else (palette.PAGE, colour)
    ring = f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{RADIUS}" fill="{fill}" stroke="{colour}" stroke-width=".6"/>'
    return ring + text(x, y + 1, count, 2.8, 700, ink, "middle")
