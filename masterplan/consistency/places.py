"""Short ways to say where a finding is."""

from collections.abc import Iterable

from masterplan.consistency.reading import Block
from masterplan.consistency.rule import Place
from masterplan.consistency.snapshot import DimensionFacts, Row, SectionText

LABEL_LENGTH = 90


def at(row: Row, field: str = "") -> Place:
    """The row's form, with this field in focus."""
    label = row.label if len(row.label) <= LABEL_LENGTH else row.label[: LABEL_LENGTH - 1] + "…"
    opd = getattr(row, "lead", None)
    return Place(label, kind=row.kind, pk=row.pk, field=field, dimension=row.dimension, opd=opd)


def in_list(kind: str, label: str, dimension: DimensionFacts | None = None, field: str = "") -> Place:
    """The list where a row is missing; `field` tells apart what is missing."""
    return Place(label, kind=kind, dimension=dimension.code if dimension else "", field=field)


def in_text(section: SectionText, block: Block | None = None) -> Place:
    return Place(section.label, section=section.code, block=block.id if block else "", dimension=section.dimension)


def joined(values: Iterable[object]) -> str:
    """ "2026, 2027 dan 2030"."""
    *head, last = [str(value) for value in values] or [""]
    return f"{', '.join(head)} dan {last}" if head else last
