"""The four fields of SWOT with their items; positions are not computed, because nobody scored them."""

from export.blocks import Quadrant, QuadrantCell
from export.source import Source
from masterplan.enums import SwotKind

FIELDS = (
    (SwotKind.STRENGTH, "S", "Internal, mendukung"),
    (SwotKind.WEAKNESS, "W", "Internal, menghambat"),
    (SwotKind.OPPORTUNITY, "O", "Eksternal, mendukung"),
    (SwotKind.THREAT, "T", "Eksternal, menghambat"),
)


def swot_quadrant(source: Source) -> list[Quadrant]:
    if not source.swot:
        return []
    cells = tuple(
        QuadrantCell(
            letter, kind.label, factor, tuple((item.code, item.text) for item in source.swot if item.kind == kind)
        )
        for kind, letter, factor in FIELDS
    )
    return [Quadrant("Kuadran SWOT", cells, "tabel faktor internal dan faktor eksternal.")]
