"""Texts of the sections: the book's own HTML into paragraphs, lists, tables, figures and footnotes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from lxml import html as lxml_html

from export.formats.word.grid import GridCell, GridRow, grid
from export.formats.word.pages import Pages
from export.formats.word.xml import Xml, el, field, inner_link, paragraph, run
from export.papers.words import printable
from export.tables.layout import PORTRAIT_MM

MARKS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "strong": ("b", {}),
    "em": ("i", {}),
    "u": ("u", {"val": "single"}),
    "s": ("strike", {}),
    "sub": ("vertAlign", {"val": "subscript"}),
    "sup": ("vertAlign", {"val": "superscript"}),
}
# In the order that the schema wants them.
ORDER = ("rStyle", "b", "i", "strike", "u", "vertAlign")
INLINE = frozenset({*MARKS, "a", "span", "x-note", "br", "img"})
LISTS = {"ul", "ol"}
DEEPEST = 3


class ProseWriter:
    def __init__(self, pages: Pages) -> None:
        self.pages = pages
        self._rules: dict[str, Callable[[Any], Iterator[Xml]]] = {
            "ul": self._list, "ol": self._list, "table": self._table, "figure": self._figure, "blockquote": self._quote,
            "hr": lambda _: iter([paragraph("Normal")]),
        }  # fmt: skip

    def blocks(self, html: str) -> Iterator[Xml]:
        for node in lxml_html.fragments_fromstring(printable(html)):
            if isinstance(node, str):
                if node.strip():
                    yield paragraph("Normal", run(node))
                continue
            yield from self.block(node)

    def block(self, node: Any) -> Iterator[Xml]:
        rule = self._rules.get(node.tag)
        if rule is not None:
            yield from rule(node)
            return
        yield self._marked(node, paragraph(self._style(node), *self.inline(node)))

    def _style(self, node: Any) -> str:
        if node.tag in {"h3", "h4"}:
            return f"Heading{node.tag[1]}"
        if node.tag in {"h1", "h2", "h5", "h6"}:
            return "Heading4"
        return {"table-caption": "JudulTabel", "source": "Sumber", "gone": "BelumDitulis"}.get(
            node.get("class", ""), "Normal"
        )

    def _marked(self, node: Any, made: Xml) -> Xml:
        """With a bookmark where something may refer to it; captions have theirs around the number alone."""
        identity = node.get("id")
        if identity and node.get("class") != "table-caption":
            start, end = self.pages.bookmarks.pair(identity)
            made.insert(1, start)
            made.append(end)
        return made

    def inline(self, node: Any, marks: tuple[str, ...] = ()) -> Iterator[Xml]:
        """`marks` are tags; a caption's label becomes a counted number."""
        if node.text:
            yield run(node.text, *_looks(marks))
        for child in node:
            yield from self._child(child, marks)
            if child.tail:
                yield run(child.tail, *_looks(marks))

    def _child(self, child: Any, marks: tuple[str, ...]) -> Iterator[Xml]:
        match child.tag:
            case "br":
                yield el("r", el("br"))
            case "x-note":
                yield self.pages.notes.add(child.text_content())
            case "a":
                yield from self._link(child, marks)
            case "span" if child.get("class") == "label":
                yield from self.pages.label(child.getparent().get("id") or "", child.text_content())
            case tag if tag in MARKS:
                yield from self.inline(child, (*marks, tag))
            case _:
                yield from self.inline(child, marks)

    def _link(self, node: Any, marks: tuple[str, ...]) -> Iterator[Xml]:
        address = node.get("href", "")
        if address.startswith("#"):
            name = self.pages.bookmarks.name(address[1:])
            if address[1:] in self.pages.labelled:
                yield from field(f"REF {name} \\h", node.text_content(), *_looks(marks))
            else:
                yield inner_link(name, *self.inline(node, marks))
            return
        yield self.pages.outer_link(address, [run(node.text_content(), *_looks(marks, "Hyperlink"))])

    def _list(self, node: Any, depth: int = 0) -> Iterator[Xml]:
        number = self.pages.numbering.new(node, depth)
        for item in node:
            is_first = True
            for made in self._item(item, depth):
                if is_first:
                    _numbered(made, number, depth)
                is_first = False
                yield made

    def _item(self, item: Any, depth: int) -> Iterator[Xml]:
        if (item.text and item.text.strip()) or (len(item) and item[0].tag in INLINE):
            yield paragraph("ListParagraph", *self._lead(item))
        for child in item:
            if child.tag in LISTS:
                yield from self._list(child, min(depth + 1, DEEPEST))
            elif child.tag == "p":
                yield self._marked(child, paragraph("ListParagraph", *self.inline(child)))
            elif child.tag not in INLINE:
                yield from self.block(child)

    def _lead(self, item: Any) -> Iterator[Xml]:
        if item.text:
            yield run(item.text)
        for child in item:
            if child.tag not in INLINE:
                return
            yield from self._child(child, ())
            if child.tail:
                yield run(child.tail)

    def _quote(self, node: Any) -> Iterator[Xml]:
        for child in node:
            for made in self.block(child):
                style = made.find(".//{*}pStyle")
                if style is not None and child.tag == "p":
                    style.set(style.keys()[0], "Quote")
                yield made

    def _figure(self, node: Any) -> Iterator[Xml]:
        image = node.find("img")
        if image is not None:
            yield self.pages.picture(image.get("src", ""), image.get("alt", ""), image.get("style", ""))
        else:
            yield from (item for child in node.findall("p[@class='gone']") for item in self.block(child))
        for caption in node.findall("figcaption"):
            caption.set("id", node.get("id") or "")
            yield paragraph("JudulGambar", *self.inline(caption))
        for source in node.findall("p[@class='source']"):
            yield paragraph("Sumber", *self.inline(source))

    def _table(self, node: Any) -> Iterator[Xml]:
        columns = node.findall("colgroup/col")
        rows = [(row, row.getparent().tag == "thead") for row in node.iter("tr")]
        widths = [_percent(column) * PORTRAIT_MM / 100 for column in columns]
        if not rows or not widths:
            return
        yield grid(widths, [GridRow([self._cell(cell) for cell in row], is_head) for row, is_head in rows])
        yield paragraph("Sumber")

    def _cell(self, cell: Any) -> GridCell:
        style = "KepalaTabel" if cell.tag == "th" else "IsiTabel"
        align = "right" if cell.get("class") == "right" else ""
        if any(child.tag not in INLINE for child in cell):
            content: Sequence[Xml] = [_in_cell(made, style) for child in cell for made in self.block(child)]
        else:
            content = [paragraph(style, *self.inline(cell), align=align)]
        return GridCell(content, int(cell.get("colspan") or 1), int(cell.get("rowspan") or 1))


def _looks(marks: tuple[str, ...], style: str = "") -> list[Xml]:
    found: dict[str, Mapping[str, str]] = dict(MARKS[mark] for mark in marks)
    if style:
        found["rStyle"] = {"val": style}
    return [el(name, **found[name]) for name in ORDER if name in found]


def _numbered(made: Xml, number: int, depth: int) -> None:
    about = made.find("{*}pPr")
    if about is not None:
        about.insert(1, el("numPr", el("ilvl", val=depth), el("numId", val=number)))


def _in_cell(made: Xml, style: str) -> Xml:
    name = made.find("{*}pPr/{*}pStyle")
    if name is not None and next(iter(name.attrib.values())) == "Normal":
        name.set(next(iter(name.attrib)), style)
    return made


def _percent(column: Any) -> float:
    return float(column.get("style", "width:10%").removeprefix("width:").rstrip("%"))
