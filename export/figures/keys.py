"""Figures by the keys that the outline asks for."""

from collections.abc import Callable, Sequence

from export.blocks import Block
from export.figures.budget import budget_by_dimension
from export.figures.gantt import roadmap_gantt
from export.figures.radar import readiness_radar
from export.figures.strategy import strategy_tree
from export.figures.swot import swot_quadrant
from export.figures.thread import golden_thread
from export.source import Source

BUILDERS: dict[str, Callable[[Source], Sequence[Block]]] = {
    "budget_by_dimension": budget_by_dimension,
    "golden_thread": golden_thread,
    "readiness_radar": readiness_radar,
    "roadmap_gantt": roadmap_gantt,
    "strategy_tree": strategy_tree,
    "swot_quadrant": swot_quadrant,
}


def figures_for(source: Source, keys: Sequence[str]) -> list[Block]:
    return [block for key in keys if key in BUILDERS for block in BUILDERS[key](source)]
