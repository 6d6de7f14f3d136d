"""What the editor's page shows as numbers: the same that the book prints."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from export.blocks import Figure, Quadrant, Table
from export.counting import CountedChapter, CountedSection, counted, labels_of
from export.source import read
from masterplan.models import Section

type Json = dict[str, Any]


def numbers_for(section: Section) -> Json:
    """`start` counts what stands before this section in its chapter; `targets` is everything that can be referred to.

    `is_printed` marks what planning rows make: it is in the book and not in the text."""
    chapters = counted(replace(read(section.plan), only_counts=True))
    own, place = next(
        ((part, chapter.numbers.place) for chapter, part in _parts(chapters) if part.section.pk == section.pk),
        (None, ""),
    )
    return {
        "start": own.start if own else {"table": 0, "figure": 0},
        "prefix": f"{place}." if place else "",
        "labels": labels_of(chapters),
        "targets": [target for _, part in _parts(chapters) for target in _targets(part)],
    }


def _parts(chapters: Iterable[CountedChapter]) -> Iterator[tuple[CountedChapter, CountedSection]]:
    return ((chapter, part) for chapter in chapters for part in chapter.sections)


def _targets(part: CountedSection) -> Iterator[Json]:
    outline_section = part.section.outline_section
    where = {"section": str(outline_section), "section_code": outline_section.code}
    for caption in part.captions:
        if caption.id:
            yield _target(caption.id, caption.kind, part, caption.text) | where
    for block in part.blocks:
        if isinstance(block, Table | Figure | Quadrant):
            kind = "table" if isinstance(block, Table) else "figure"
            yield _target(block.id, kind, part, block.caption) | where | {"is_printed": True}


def _target(identity: str, kind: str, part: CountedSection, title: str) -> Json:
    return {"id": identity, "kind": kind, "label": part.labels[identity], "title": title}
