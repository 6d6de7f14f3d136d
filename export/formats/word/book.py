"""The whole book as one Word file: a section for each chapter, and one for each run of landscape pages."""

from io import BytesIO
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from docx.shared import Mm

from export.blocks import Cover, Listing, Sheet
from export.formats.package import settled
from export.formats.word.blocks import BlockWriter
from export.formats.word.pages import Pages
from export.formats.word.styles import dress
from export.formats.word.xml import Xml, el, field, paragraph, run
from export.papers.words import printable
from export.tree import BookPart, ChapterPart, Document, SectionPart

LONG, SHORT = 297, 210
MARGINS = {"left": 30, "right": 22, "top": 25, "bottom": 22}
MARGINS_LANDSCAPE = {"left": 18, "right": 18, "top": 25, "bottom": 20}


def word_book(document: Document) -> bytes:
    output = BytesIO()
    _Writer(document).written().save(output)
    return settled(output.getvalue())


class _Writer:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.word: Any = docx.Document()
        dress(self.word)
        labelled = {entry.id for book in document.books for entry in (*book.tables, *book.figures)}
        self.pages = Pages(self.word, labelled, document.pictures)
        self.is_first = True

    def written(self) -> Any:
        self._about()
        if not self.document.books:
            self._put(paragraph("Normal", run("Belum ada isi.")))
            return self.word
        self.blocks = BlockWriter(self.document, self.pages)
        for book in self.document.books:
            self._book(book)
        self.pages.notes.attach(self.word.part)
        self.word.settings.element.insert(0, el("updateFields", val="true"))
        return self.word

    def _about(self) -> None:
        about = self.word.core_properties
        about.title, about.language = printable(self.document.title)[:255], "id-ID"
        about.author = about.last_modified_by = printable(f"Pemerintah {self.document.region}")[:255]
        about.subject, about.comments = "Masterplan Smart City", "Draf" if self.document.is_draft else ""
        about.keywords = "masterplan, smart city"

    def _put(self, element: Xml) -> None:
        """At the end of the text, before the properties of its last section."""
        body = self.word.element.body
        body.insert(len(body) - 1, element)

    def _book(self, book: BookPart) -> None:
        self.blocks.book = book
        start, end = self.pages.bookmarks.pair(f"buku {book.code}")
        for place, chapter in enumerate(book.chapters):
            self._chapter(book, chapter, start if place == 0 else None)
        self._put(end)

    def _chapter(self, book: BookPart, chapter: ChapterPart, start: Xml | None) -> None:
        is_front = chapter.opening == "front"
        is_landscape = False
        for place, section in enumerate(chapter.sections):
            if place == 0 or section.is_landscape != is_landscape:
                is_landscape = section.is_landscape
                self._section(book, chapter, is_landscape=is_landscape, is_new=place == 0)
            if place == 0:
                if start is not None:
                    self._put(start)
                if not is_front:
                    title = run(" ".join(filter(None, (chapter.label, chapter.title))))
                    self._put(paragraph("Heading1", *self.pages.bookmarks.around(chapter.id, [title])))
            self._part(section, is_front=is_front, breaks=is_front and place > 0)

    def _part(self, section: SectionPart, *, is_front: bool, breaks: bool) -> None:
        is_cover = any(isinstance(block, Cover) for block in section.blocks)
        is_contents = any(isinstance(block, Listing) and block.kind == "contents" for block in section.blocks)
        title = run(" ".join(filter(None, (section.number, section.title))))
        style = "JudulDepan" if is_contents else "Heading1" if is_front else "Heading2"
        if not is_cover:
            head = paragraph(style, *self.pages.bookmarks.around(section.id, [title]))
            if breaks:
                head.find(qn("w:pPr")).append(el("pageBreakBefore"))
            self._put(head)
        for place, block in enumerate(section.blocks):
            if isinstance(block, Sheet) and place:
                self._put(paragraph("Normal", el("r", el("br", type="page"))))
            for element in self.blocks.write(block):
                self._put(element)

    def _section(self, book: BookPart, chapter: ChapterPart, *, is_landscape: bool, is_new: bool) -> None:
        section = self.word.sections[0] if self.is_first else self.word.add_section(WD_SECTION.NEW_PAGE)
        self.is_first = False
        section.orientation = WD_ORIENT.LANDSCAPE if is_landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (Mm(LONG), Mm(SHORT)) if is_landscape else (Mm(SHORT), Mm(LONG))
        for side, width in (MARGINS_LANDSCAPE if is_landscape else MARGINS).items():
            setattr(section, f"{side}_margin", Mm(width))
        section.header_distance = section.footer_distance = Mm(11)
        _page_numbers(section, is_front=chapter.opening == "front", is_new=is_new)
        if is_new:
            self.pages.notes.restart()
        _without(section, "footnotePr").find(qn("w:pgSz")).addprevious(self.pages.notes.numbering())
        self._margins(section, book, chapter)

    def _margins(self, section: Any, book: BookPart, chapter: ChapterPart) -> None:
        """Head: what the chapter is called now. Foot: region, and the page as III-12."""
        is_front = chapter.opening == "front"
        section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
        state = "DRAF · " if self.document.is_draft else ""
        now = field('STYLEREF "Heading 1"', chapter.running_head) if not is_front else [run(self.document.title)]
        head = paragraph("Sumber", run(f"{state}{book.label} · "), *now)
        prefix = "" if is_front else f"{chapter.number}-"
        foot = paragraph(
            "Sumber",
            run(f"{self.document.region}, {self.document.province} · {prefix}"),
            *field("PAGE", "1"),
            align="right",
        )
        for margin, content in ((section.header, head), (section.footer, foot)):
            for old in list(margin._element):
                margin._element.remove(old)
            margin._element.append(content)


def _page_numbers(section: Any, *, is_front: bool, is_new: bool) -> None:
    about = {"fmt": "lowerRoman" if is_front else "decimal"} | ({"start": "1"} if is_new else {})
    _without(section, "pgNumType").find(qn("w:pgMar")).addnext(el("pgNumType", **about))


def _without(section: Any, tag: str) -> Xml:
    """The properties of a section, which begins as a copy of the one before."""
    properties = section._sectPr
    for old in properties.findall(qn(f"w:{tag}")):
        properties.remove(old)
    return properties
