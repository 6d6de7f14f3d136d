"""The three covers of a region as they would be printed, without reading its plan."""

from dataclasses import replace

from django.core.cache import cache

from export.blocks import Cover
from export.fingerprint import fingerprint
from export.looks import bare_document
from export.preview import pages_alone
from export.tree import BookPart, ChapterPart, Document, SectionPart
from masterplan.enums import CoverKind
from masterplan.models import BookLook, Masterplan

KEPT_SECONDS = 3600


def cover_pages(plan: Masterplan, chosen: BookLook) -> dict[str, str]:
    """JPEG in base64 by the kind of cover; equal looks are set once an hour. Raises PreviewBusyError or TypesettingError."""
    document = _document(plan, chosen)
    key = f"covers:{fingerprint(replace(document, look=replace(document.look, cover='')), None, 'screen')}"
    kept: dict[str, str] | None = cache.get(key)
    if kept is None:
        kept = {
            kind.value: pages_alone(replace(document, look=replace(document.look, cover=kind.value))).pages[0]
            for kind in CoverKind
        }
        cache.set(key, kept, KEPT_SECONDS)
    return kept


def _document(plan: Masterplan, chosen: BookLook) -> Document:
    book = plan.outline.books.all()[0]
    cover = SectionPart("sampul", "sampul", "", "Sampul", (Cover(),))
    chapter = ChapterPart("sampul-bab", "sampul", "", "Sampul", "front", (cover,))
    only = BookPart(book.code, book.number, book.title, (chapter,), (), (), ())
    return replace(bare_document(plan, chosen), books=(only,))
