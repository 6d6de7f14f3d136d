"""The book's figures for the screen: the same drawings, each with the table of what it was drawn from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from export.block_html import table_context
from export.blocks import Block, Cell, Column, Figure, Quadrant, QuadrantCell, Row, Table
from export.figures.keys import BUILDERS
from export.figures.radar import mean_scores
from export.figures.stations import stations
from export.figures.svg import named
from export.numbers import number
from export.source import Source
from export.tables.analysis import swot
from export.tables.direction import strategy
from export.tables.layout import laid_out
from export.tables.overall import budget_summary, roadmap
from masterplan.enums import FIGURE_NAMES, ReadinessGroup

FIRST = 2
# What to fill before a figure can be drawn: a sentence and the kind of row.
NEEDS = {
    "readiness_radar": ("Radar memerlukan paling sedikit tiga elemen kesiapan.", "kesiapan"),
    "swot_quadrant": ("Kuadran memerlukan butir SWOT.", "swot"),
    "golden_thread": ("Benang merah memerlukan program.", "program"),
    "strategy_tree": ("Pohon memerlukan strategi.", "strategi"),
    "roadmap_gantt": ("Diagram jadwal memerlukan program dan periode peta jalan.", "periode-peta-jalan"),
    "budget_by_dimension": ("Grafik memerlukan program dengan anggaran.", "program"),
}


@dataclass(frozen=True)
class Drawing:
    """Drawings beyond the first are folded on the page; a quadrant is text and needs no picture."""

    key: str
    title: str
    caption: str
    source: str
    pictures: tuple[str, ...]
    cells: tuple[QuadrantCell, ...]
    tables: tuple[dict[str, Any], ...]

    @property
    def first(self) -> tuple[str, ...]:
        return self.pictures[:FIRST]

    @property
    def rest(self) -> tuple[str, ...]:
        return self.pictures[FIRST:]

    @property
    def is_empty(self) -> bool:
        return not (self.pictures or self.cells)

    @property
    def needs(self) -> tuple[str, str]:
        return NEEDS[self.key]


def drawing_of(source: Source, key: str) -> Drawing:
    """`key` is one of `FIGURE_NAMES`."""
    blocks = list(BUILDERS[key](source))
    pictures = [svg for block in blocks if isinstance(block, Figure) for svg in block.drawings]
    if key == "golden_thread" and blocks:
        pictures = [stations(source.thread_by_dimension)]
    tables = [block for block in TABLES[key](source) if isinstance(block, Table)] if blocks else []
    head = blocks[0] if blocks else None
    return Drawing(
        key,
        FIGURE_NAMES[key],
        head.caption if isinstance(head, Figure | Quadrant | Table) else "",
        head.source if isinstance(head, Figure | Quadrant | Table) else "",
        tuple(named(svg, f"{key}-{place}") for place, svg in enumerate(pictures, start=1)),
        tuple(cell for block in blocks if isinstance(block, Quadrant) for cell in block.cells),
        tuple({"caption": table.caption, **table_context(table)} for table in tables),
    )


def readiness_table(source: Source) -> list[Table]:
    columns = (Column("Kelompok", share=1), Column("Elemen", share=2), Column("Skor rata-rata", align="right"))
    rows = [
        Row((Cell(str(ReadinessGroup(group).label)), Cell(element), Cell(number(mean, 1))))
        for group, element, mean in mean_scores(source)
    ]
    return [laid_out("Skor rata-rata tiap elemen", columns, rows, source="tabel kesiapan.")] if rows else []


TABLES: dict[str, Callable[[Source], Sequence[Block]]] = {
    "readiness_radar": readiness_table,
    "swot_quadrant": lambda source: swot(source, ""),
    "golden_thread": BUILDERS["golden_thread"],
    "strategy_tree": lambda source: strategy(source, ""),
    "roadmap_gantt": lambda source: roadmap(source, ""),
    "budget_by_dimension": lambda source: budget_summary(source, ""),
}
