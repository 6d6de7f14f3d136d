"""The three covers of a region as they would be printed, without reading its plan."""

from dataclasses import replace

from export.blocks import Cover
from export.looks import look_in_print
from export.preview import pages_alone
from export.tree import BookPart, ChapterPart, DimensionName, Document, SectionPart
from masterplan.enums import CoverKind
from masterplan.models import BookLook, Masterplan


def cover_pages(plan: Masterplan, chosen: BookLook) -> dict[str, str]:
    """JPEG in base64 by the kind of cover. Raises PreviewBusyError or TypesettingError."""
    document = _document(plan, chosen)
    return {
        kind.value: pages_alone(replace(document, look=replace(document.look, cover=kind.value))).pages[0]
        for kind in CoverKind
    }


def _document(plan: Masterplan, chosen: BookLook) -> Document:
    book = plan.outline.books.all()[0]
    look, pictures = look_in_print(plan, chosen)
    cover = SectionPart("sampul", "sampul", "", "Sampul", (Cover(),))
    chapter = ChapterPart("sampul-bab", "sampul", "", "Sampul", "front", (cover,))
    dimensions = plan.dimension_set.dimensions.all()
    return Document(
        title=plan.title,
        region=plan.regency.full_name,
        province=plan.regency.province.name,
        capital=plan.regency.capital,
        period=plan.period,
        is_draft=False,
        dimensions=tuple(DimensionName(each.code, each.name) for each in dimensions),
        books=(BookPart(book.code, book.number, book.title, (chapter,), (), (), ()),),
        pictures=pictures,
        look=look,
    )
