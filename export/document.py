"""From a plan's rows and texts to the frozen tree of its books."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from export.blocks import Block, Missing, Prose, Sheet, Table
from export.counting import CountedChapter, CountedSection, counted, labels_of
from export.front import automatic_blocks, signature, title_in_print
from export.looks import bare_document
from export.pictures import pictures_of
from export.prose_blocks import Texts, printed
from export.source import Source, read, with_facts
from export.summary.compose import composed_html
from export.tree import BookPart, ChapterPart, Document, Entry, Opening, SectionPart
from masterplan import prose
from masterplan.enums import SectionKind
from masterplan.models import Book, Masterplan, Section

WORDS_ON_LANDSCAPE = 260
WORDS_FOR_OWN_OPENING = 700


def build(plan: Masterplan, books: Sequence[str] | None = None, *, is_final: bool = False) -> Document:
    """The books with these codes, or all; numbers are the same whichever books are taken."""
    source = replace(with_facts(read(plan)), is_final=is_final)
    chapters = counted(source)
    wanted = [chapter for chapter in chapters if books is None or chapter.chapter.book.code in books]
    texts = Texts(labels_of(chapters), frozenset(labels_of(wanted)), pictures_of(source.plan, wanted))
    by_book = groupby(wanted, lambda row: row.chapter.book)
    return _document(source, texts, [_book(source, book, list(found), texts) for book, found in by_book])


def section_document(source: Source, labels: Mapping[str, str], own: CountedChapter) -> Document:
    """A book of one chapter with the sections of `own` alone, in a plan where `labels` are those of all."""
    texts = Texts(labels, frozenset(labels), pictures_of(source.plan, [own]))
    return _document(source, texts, [_book(source, own.chapter.book, [own], texts)])


def _document(source: Source, texts: Texts, books: Iterable[BookPart]) -> Document:
    bare = bare_document(source.plan, is_draft=not source.is_final)
    pictures = {picture.asset: picture.content for picture in texts.pictures.values()}
    return replace(bare, books=tuple(books), pictures=pictures | dict(bare.pictures))


def _book(source: Source, book: Book, chapters: list[CountedChapter], texts: Texts) -> BookPart:
    parts = [part for row in chapters if (part := _chapter(source, row, texts)) is not None]
    return BookPart(
        code=book.code,
        number=book.number,
        title=book.title,
        chapters=tuple(parts),
        contents=tuple(_contents(parts)),
        tables=tuple(entry for row in chapters for entry in row.numbers.tables),
        figures=tuple(entry for row in chapters for entry in row.numbers.figures),
    )


def _contents(chapters: Iterable[ChapterPart]) -> Iterator[Entry]:
    """Front pages one by one, except the cover and the lists themselves; then chapters with their sections."""
    for chapter in chapters:
        if chapter.opening == "front":
            yield from (Entry(part.id, "", part.title, 0) for part in chapter.sections if _is_listed(part))
            continue
        yield Entry(chapter.id, chapter.label, chapter.title, 0)
        for part in chapter.sections:
            yield Entry(part.id, part.number, part.title, 1)
            yield from (Entry(block.id, block.code, block.name, 2) for block in part.blocks if isinstance(block, Sheet))


def _is_listed(part: SectionPart) -> bool:
    return part.title not in {"Sampul", "Daftar Isi"}


def _chapter(source: Source, row: CountedChapter, texts: Texts) -> ChapterPart | None:
    """None when nothing of the chapter has been written; the numbers of the others stay."""
    chapter = row.chapter
    sections = [part for counted in row.sections if (part := _section(source, counted, texts)) is not None]
    if not sections:
        return None
    return ChapterPart(
        id=f"bab-{chapter.code}".lower().replace(".", "-"),
        code=chapter.code,
        number=chapter.number,
        title=chapter.title,
        opening=_opening(row),
        sections=tuple(sections),
    )


def _opening(row: CountedChapter) -> Opening:
    if not row.chapter.number:
        return "front"
    words = sum(counted.section.words for counted in row.sections)
    return "page" if words >= WORDS_FOR_OWN_OPENING and len(row.sections) > 1 else "band"


def _section(source: Source, counted: CountedSection, texts: Texts) -> SectionPart | None:
    section, outline_section = counted.section, counted.section.outline_section
    blocks: list[Block] = []
    if section.words or prose.captions(section.doc):
        blocks.append(Prose(printed(section.doc, outline_section.number, texts)))
        if not outline_section.number:
            blocks += signature(source, outline_section, prose.plain_text(section.doc))
    elif html := composed_html(source, outline_section):
        blocks.append(Prose(html))
    if outline_section.kind == SectionKind.AUTO:
        blocks += automatic_blocks(source, outline_section)
    blocks += counted.blocks
    if not blocks and not _is_awaited(section):
        return None
    return SectionPart(
        id=f"bagian-{outline_section.code}".lower().replace(".", "-"),
        code=outline_section.code,
        number=outline_section.number,
        title=title_in_print(source, outline_section.title),
        blocks=tuple(blocks or [Missing()]),
        is_landscape=section.words <= WORDS_ON_LANDSCAPE and _is_wide(counted.blocks),
    )


def _is_awaited(section: Section) -> bool:
    """Only texts: attachments and planning tables without rows are left out silently."""
    outline_section = section.outline_section
    return outline_section.is_required and outline_section.kind in (SectionKind.PROSE, SectionKind.MIXED)


def _is_wide(blocks: list[Block]) -> bool:
    return bool(blocks) and all(isinstance(block, Table) and block.is_landscape for block in blocks)
