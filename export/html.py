"""From the document tree to the parts that are typeset, each with what is stamped into its margins."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from export.block_html import block_html
from export.blocks import Cover
from export.cutting import Piece, pieces_of, title_of
from export.faces import face_rules, unpacked_faces
from export.figures import marks
from export.job import ELSEWHERE, Part, PrintJob, Run, Variant
from export.tree import BookPart, ChapterPart, Document
from export.variants import MAKINGS

STATIC = Path(__file__).resolve().parents[1] / "static"
STYLES = ("page", "cover", "covers", "contents", "headings", "prose", "tables", "figures", "sheets")
DRAFT = "draft"
# The opening field and its ribbon reach over both edges, because left-hand pages are moved by the difference of the margins.
RIBBON_MM, RIBBON_LANDSCAPE_MM = 218, 297
RUN = re.compile(r"(?<=>)[^<]{60,}")
UNBROKEN = re.compile(r"(?:&#?\w+;|[^\s&<]){60}")
LINK = re.compile(r'(<a\b[^<>]*?\bhref=")#')
FOOTNOTE = '<x-note class="footnote">'


@dataclass(frozen=True)
class SectionPage:
    piece: Piece
    body: SafeString
    is_first: bool
    is_cover: bool = False


def print_job(document: Document, variant: Variant = "archive") -> PrintJob:
    return PrintJob(
        title=document.title,
        author=f"Pemerintah {document.region}",
        parts=tuple(
            part
            for book in document.books
            for chapter in book.chapters
            for part in chapter_parts(document, book, chapter)
        ),
        styles=styles(is_draft=document.is_draft, variant=variant),
        tight_css=_sheet("book/tight"),
        assets=print_assets() | dict(document.pictures),
        variant=variant,
    )


def styles(*, is_draft: bool, variant: Variant = "archive") -> tuple[str, ...]:
    names = [*STYLES, *([DRAFT] if is_draft else []), *MAKINGS[variant].sheets]
    return (face_rules(), _sheet("colours"), *(_sheet(f"book/{name}") for name in names))


def _sheet(name: str) -> str:
    return (STATIC / "css" / f"{name}.css").read_text(encoding="utf-8")


def print_assets() -> dict[str, bytes]:
    """What every book uses: fonts and marks."""
    return unpacked_faces() | {
        "dots.svg": marks.dotted_line().encode(),
        "draft.svg": marks.draft_mark(210, 297).encode(),
        "draft-landscape.svg": marks.draft_mark(297, 210).encode(),
    }


def chapter_parts(
    document: Document, book: BookPart, chapter: ChapterPart, *, has_opening: bool = True
) -> Iterator[Part]:
    is_front = chapter.opening == "front"
    run = Run(
        book=book.code,
        head=document.title if is_front else chapter.running_head,
        book_head=f"{book.label} · {document.title}",
        foot=f"{document.region}, {document.province}",
        prefix="" if is_front else f"{chapter.number}-",
        is_front=is_front,
        has_opening=not is_front,
        colour=document.look.deep,
    )
    notes = 0
    place = f"{book.label}, {chapter.label or chapter.title}"
    for number, pieces in enumerate(pieces_of(chapter)):
        html = breakable(part_html(document, book, chapter, pieces, notes, is_first=has_opening and number == 0))
        notes += html.count(FOOTNOTE)
        name = f"{place}, {title_of(pieces)}"
        is_bare = any(isinstance(block, Cover) for block in pieces[0].blocks)
        yield Part(name, linked(html), run=run, is_bare=is_bare, chapter=place, section=pieces[0].part.code)


def breakable(html: str) -> str:
    """Places to break in what has no space for long: laying out one endless word costs the square of its length."""
    return RUN.sub(lambda run: UNBROKEN.sub(lambda part: f"{part[0]}\u200b", run[0]), html)


def linked(html: str) -> str:
    """Links inside the book, addressed so that a part need not know what the others hold."""
    return LINK.sub(rf"\g<1>{ELSEWHERE}", html)


def part_html(
    document: Document, book: BookPart, chapter: ChapterPart, pieces: Sequence[Piece], notes: int, *, is_first: bool
) -> str:
    """`notes` counts the chapter's footnotes before this part; they are numbered through the chapter."""
    pages = [
        SectionPage(
            piece,
            _body(document, book, piece),
            is_first=place == 0,
            is_cover=any(isinstance(block, Cover) for block in piece.blocks),
        )
        for place, piece in enumerate(pieces)
    ]
    is_landscape = pieces[0].is_landscape
    context = {
        "document": document,
        "book": book,
        "chapter": chapter,
        "has_opening": is_first,
        "is_landscape": is_landscape,
        "ribbon": marks.ribbon(
            [dimension.code for dimension in document.dimensions], RIBBON_LANDSCAPE_MM if is_landscape else RIBBON_MM
        ),
        "sections": pages,
        "own_colours": document.look.colours,
        "notes": notes if any(FOOTNOTE in page.body for page in pages) else 0,
    }
    name = "front" if chapter.opening == "front" else "chapter"
    return document.look.coloured(render_to_string(f"export/book/{name}.html", context))


def _body(document: Document, book: BookPart, piece: Piece) -> SafeString:
    html = "".join(block_html(document, book, block) for block in piece.blocks)
    return mark_safe(html)  # noqa: S308 - each piece is a rendered template
