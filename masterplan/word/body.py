"""The body of the file as segments: a heading and the blocks under it, until the next heading."""

from dataclasses import asdict, dataclass, field
from typing import Any

from masterplan.word.captions import attach, caption_kind, place_titles
from masterplan.word.graphics import Graphics
from masterplan.word.headings import BARE, guessed_level, is_short, numeral
from masterplan.word.inline import Inline, Paragraph
from masterplan.word.lists import Entry, nest
from masterplan.word.notes import Notes
from masterplan.word.numbering import Numbered, Numbering
from masterplan.word.ooxml import Element, local, number, value, w
from masterplan.word.package import Package
from masterplan.word.styles import Style, Styles, outline_level
from masterplan.word.tables import read_table

type Json = dict[str, Any]

MAX_BOX_DEPTH = 2
CONTENTS_PARTS = ("table of contents",)
WRAPPERS = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo"})


@dataclass
class Heading:
    """`is_weak`: it only looks like a heading, and is a paragraph again when it matches nothing."""

    text: str
    title: str
    level: int
    kind: str
    parts: tuple[str, ...]
    is_weak: bool
    content: list[Json]


@dataclass
class Segment:
    heading: Heading | None = None
    blocks: list[Json] = field(default_factory=list)


class Body:
    def __init__(self, package: Package, notes: Notes) -> None:
        self.notes = notes
        self.styles = Styles(package.part_of_kind("styles"))
        self.numbering = Numbering(package.part_of_kind("numbering"))
        self.graphics = Graphics(package, notes)
        self.inline = Inline(self.styles, package.relations(package.main), {}, self.graphics, notes)
        self.segments = [Segment()]
        self._entries: list[Entry] = []
        self._boxes = 0

    def read(self, body: Element) -> list[Json]:
        self._children(body)
        self._flush()
        return [asdict(segment) | {"blocks": place_titles(attach(segment.blocks))} for segment in self.segments]

    def _children(self, parent: Element) -> None:
        for child in parent:
            name = local(child)
            if name == "p":
                self._paragraph(child)
            elif name == "tbl":
                self._table(child)
            elif name in WRAPPERS:
                self._wrapper(child)
            elif name == "altChunk":
                self.notes.add("chunk")
            elif name in ("oMathPara", "oMath"):
                self._add({"type": "paragraph", "content": [{"type": "text", "text": "[rumus]"}]})

    def _wrapper(self, element: Element) -> None:
        part = value(element, f"{w('sdtPr')}/{w('docPartObj')}/{w('docPartGallery')}")
        if part.lower() in CONTENTS_PARTS:
            self.notes.add("contents", "daftar isi")
            return
        self._children(element)

    def _paragraph(self, element: Element) -> None:
        properties = element.find(w("pPr"))
        key = value(properties, w("pStyle"), self.styles.default) if properties is not None else self.styles.default
        style = self.styles.get(key)
        was_in_contents = self.inline.is_in_contents
        para = self.inline.read(element, style)
        is_contents = was_in_contents or self.inline.is_in_contents
        if style.is_contents or (para.points_to_contents and is_contents):
            if para.text:
                self.notes.add("contents", para.text[:60])
            return
        numbered = self._count(properties, style, key) if para.nodes else None
        level, is_weak = self._level(element, properties, style, para, numbered)
        if level and para.text:
            self._heading(para, level, numbered, is_weak=is_weak)
        elif para.nodes:
            self._text(para, style, numbered)
        self._hangers(para)

    def _count(self, properties: Element | None, style: Style, key: str) -> Numbered | None:
        stated = None if properties is None else properties.find(w("numPr"))
        num_id, level = style.num_id, style.ilvl
        of_style = self.numbering.level_of_style(key)
        if of_style is not None:
            level = of_style
        if stated is not None:
            num_id = value(stated, w("numId"), num_id)
            level = number(value(stated, w("ilvl")), level)
        return self.numbering.count(num_id, level) if num_id and num_id != "0" else None

    def _level(
        self, element: Element, properties: Element | None, style: Style, para: Paragraph, numbered: Numbered | None
    ) -> tuple[int, bool]:
        """The level of a heading and whether it is only a guess; 0 for text."""
        del element
        text = para.text
        level = outline_level(properties) or style.level or (1 if style.is_title else 0)
        if level and len(text) <= 300:
            return level, False
        if style.is_caption or style.is_quote or (numbered and numbered.is_bullet):
            return 0, False
        is_centred = properties is not None and value(properties, w("jc")) == "center"
        label = numbered.label if numbered else ""
        if self._completes_chapter(text, is_loud=para.is_bold or is_centred or text.upper() == text):
            return 1, False
        level = guessed_level(text, label, is_bold=para.is_bold, is_centred=is_centred)
        if not level or caption_kind(text, is_styled=False):
            return 0, False
        return level, numeral(text, label).kind in ("single", "none")

    def _completes_chapter(self, text: str, *, is_loud: bool) -> bool:
        last = self.segments[-1]
        is_bare = last.heading is not None and not last.blocks and not self._entries and BARE.match(last.heading.text)
        return bool(is_bare) and is_loud and is_short(text)

    def _heading(self, para: Paragraph, level: int, numbered: Numbered | None, *, is_weak: bool) -> None:
        self._flush()
        text = " ".join(para.text.split())
        last = self.segments[-1]
        is_bare = last.heading is not None and not last.blocks and BARE.match(last.heading.text)
        if (
            is_bare
            and last.heading
            and not BARE.match(text)
            and numeral(text).kind not in ("book", "chapter", "dotted")
        ):
            self.segments.pop()
            text, level = f"{last.heading.text.rstrip(' .:')} {text}", last.heading.level
            is_weak = False
        label = numbered.label if numbered and not numbered.is_bullet else ""
        found = numeral(text, label)
        shown = f"{label} {text}".strip() if label and numeral(text).kind == "none" else text
        heading = Heading(shown[:300], found.title[:300], level, found.kind, found.parts, is_weak, para.nodes)
        self.segments.append(Segment(heading))
        self.notes.segment = len(self.segments) - 1

    def _text(self, para: Paragraph, style: Style, numbered: Numbered | None) -> None:
        if numbered is not None:
            self._entries.append(Entry(numbered, para.nodes, []))
            return
        block: Json = {"type": "paragraph", "content": para.nodes}
        kind = caption_kind(para.text, is_styled=style.is_caption)
        if kind:
            block["_caption"] = kind
        elif style.is_quote:
            block = {"type": "blockquote", "content": [block]}
        self._add(block)

    def _hangers(self, para: Paragraph) -> None:
        for figure in para.figures:
            self._add(figure)
        for box in para.boxes:
            self.notes.add("box", "".join(box.itertext())[:80])
            if self._boxes < MAX_BOX_DEPTH:
                self._boxes += 1
                self._children(box)
                self._boxes -= 1

    def _add(self, block: Json) -> None:
        self._flush()
        blocks = self.segments[-1].blocks
        if block["type"] == "blockquote" and blocks and blocks[-1]["type"] == "blockquote":
            blocks[-1]["content"] += block["content"]
            return
        blocks.append(block)

    def _flush(self) -> None:
        """Counted paragraphs wait until their list is whole."""
        if self._entries:
            entries, self._entries = self._entries, []
            self.segments[-1].blocks += nest(entries)

    def _table(self, element: Element) -> None:
        table, figures = read_table(element, self._cell, self.notes)
        if table is not None:
            self._add(table)
        for figure in figures:
            self._add(figure)

    def _cell(self, cell: Element) -> tuple[list[Json], list[Json]]:
        """Paragraphs and lists; figures for after the table; a table inside becomes lines of text."""
        reader = _CellReader(self)
        reader.children(cell)
        return reader.done()


class _CellReader:
    def __init__(self, body: Body) -> None:
        self.body = body
        self.blocks: list[Json] = []
        self.figures: list[Json] = []
        self.entries: list[Entry] = []

    def children(self, parent: Element) -> None:
        for child in parent:
            name = local(child)
            if name == "p":
                self._paragraph(child)
            elif name == "tbl":
                self._inner_table(child)
            elif name in WRAPPERS:
                self.children(child)

    def done(self) -> tuple[list[Json], list[Json]]:
        self._flush()
        return self.blocks, self.figures

    def _paragraph(self, element: Element) -> None:
        body = self.body
        properties = element.find(w("pPr"))
        key = value(properties, w("pStyle"), body.styles.default) if properties is not None else body.styles.default
        style = body.styles.get(key)
        para = body.inline.read(element, style)
        self.figures += para.figures
        numbered = body._count(properties, style, key) if para.nodes else None
        if numbered is not None:
            self.entries.append(Entry(numbered, para.nodes, []))
        elif para.nodes:
            self._flush()
            self.blocks.append({"type": "paragraph", "content": para.nodes})
        for box in para.boxes:
            body.notes.add("box", "".join(box.itertext())[:80])
            self.children(box)

    def _inner_table(self, element: Element) -> None:
        self._flush()
        self.body.notes.add("nested", "".join(element.itertext())[:80])
        for row in element.iter(w("tr")):
            texts = [" ".join("".join(t.text or "" for t in cell.iter(w("t"))).split()) for cell in row.iter(w("tc"))]
            line = " | ".join(text for text in texts if text)
            if line:
                self.blocks.append({"type": "paragraph", "content": [{"type": "text", "text": line}]})

    def _flush(self) -> None:
        if self.entries:
            entries, self.entries = self.entries, []
            self.blocks += nest(entries)
