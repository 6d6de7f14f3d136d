"""Every number of a plan's tables and figures, without rendering a text: the book and the editor's page both use it."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from export.blocks import Block, Figure, Quadrant, Table
from export.figures.keys import figures_for
from export.numbering import ChapterNumbers
from export.source import Source
from export.tables.keys import blocks_for
from masterplan import prose
from masterplan.models import Chapter, Section


@dataclass(frozen=True)
class CountedSection:
    """A section whose tables and figures have their numbers, its text not yet rendered; `start` counts those before it."""

    section: Section
    start: dict[str, int]
    captions: list[prose.Caption]
    labels: dict[str, str]
    blocks: list[Block]


@dataclass(frozen=True)
class CountedChapter:
    chapter: Chapter
    sections: list[CountedSection]
    numbers: ChapterNumbers


def counted(source: Source) -> list[CountedChapter]:
    return [
        _chapter(source, chapter, list(sections))
        for chapter, sections in groupby(source.sections, lambda row: row.outline_section.chapter)
    ]


def labels_of(chapters: Iterable[CountedChapter]) -> dict[str, str]:
    """Labels by the ids of captions in texts and of printed planning tables and figures."""
    return {key: label for chapter in chapters for part in chapter.sections for key, label in part.labels.items()}


def _chapter(source: Source, chapter: Chapter, sections: list[Section]) -> CountedChapter:
    """Order of appearance: first the tables in a section's text, then its planning tables, then its figures."""
    place = next((row.outline_section.number.partition(".")[0] for row in sections), "")
    numbers = ChapterNumbers(chapter.book.code, place)
    return CountedChapter(chapter, [counted_section(source, numbers, section) for section in sections], numbers)


def counted_section(source: Source, numbers: ChapterNumbers, section: Section) -> CountedSection:
    """`numbers` counts on: they are those of its chapter up to here."""
    outline_section = section.outline_section
    start = {kind: numbers.counts[kind] for kind in ("table", "figure")}
    captions = prose.captions(section.doc)
    labels = numbers.prose_labels(captions)
    blocks = blocks_for(source, outline_section.code, outline_section.tables)
    blocks += figures_for(source, outline_section.figures)
    blocks = numbers.numbered(blocks, outline_section.code)
    labels |= {block.id: block.label for block in blocks if isinstance(block, Table | Figure | Quadrant)}
    return CountedSection(section, start, captions, labels, blocks)
