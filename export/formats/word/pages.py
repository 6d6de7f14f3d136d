"""What all writers of one Word file share: bookmarks, notes, counted labels, numbered lists, pictures, links."""

import re
from collections.abc import Container, Mapping, Sequence
from io import BytesIO
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm
from PIL import Image

from export.formats.pictures import raster
from export.formats.word.notes import Footnotes
from export.formats.word.xml import Bookmarks, Xml, el, field, paragraph, run
from export.papers.words import printable

LABEL = re.compile(r"(?P<word>\w+) (?P<lead>.*?)(?P<number>\d+)")
WIDTH = re.compile(r"width:([\d.]+)mm")
WIDEST, HIGHEST = 158.0, 200.0
FORMATS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
LEVELS = 4
BULLETS = "•–▪·"
READABLE = {"JPEG", "PNG", "GIF", "BMP", "TIFF"}


class Pages:
    """`labelled` are the ids whose caption carries a number; `pictures` the bytes by asset."""

    def __init__(self, document: Any, labelled: Container[str], pictures: Mapping[str, bytes]) -> None:
        self.document, self.labelled, self._pictures = document, labelled, pictures
        self.bookmarks, self.notes, self.numbering = Bookmarks(), Footnotes(), Numbering(document)
        self._counts: dict[str, int] = {}

    def label(self, identity: str, label: str) -> list[Xml]:
        """ "Tabel 3.2" with a number that Word counts on through the chapter, and a bookmark for references."""
        found = LABEL.fullmatch(label)
        if found is None:
            return [run(f"{label} ")]
        name = re.sub(r"\W", "_", f"{found['word']}_{found['lead']}").rstrip("_")
        number = int(found["number"])
        jump = "" if self._counts.get(name, 0) + 1 == number else f" \\r {number}"
        self._counts[name] = number
        made = [run(f"{found['word']} {found['lead']}"), *field(f"SEQ {name} \\* ARABIC{jump}", found["number"])]
        return [*(self.bookmarks.around(identity, made) if identity else made), run(" ")]

    def caption(self, style: str, identity: str, label: str, text: str) -> Xml:
        return paragraph(style, *self.label(identity, label), run(text))

    def outer_link(self, address: str, children: Sequence[Xml]) -> Xml:
        relation = self.document.part.relate_to(printable(address), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link = el("hyperlink", *children)
        link.set(qn("r:id"), relation)
        return link

    def drawing(self, svg: str, says: str = "", widest: float = WIDEST) -> Xml:
        """A drawing of ours, with its own words for who cannot see it."""
        made = raster(svg)
        scale = min(1, widest / made.width, HIGHEST / made.height)
        return self._inline(made.png, made.says or says, made.width * scale)

    def picture(self, source: str, says: str, style: str) -> Xml:
        content = self._pictures.get(source.removeprefix("asset:"))
        found = WIDTH.search(style)
        if content is None:
            return paragraph("BelumDitulis", run(f"Gambar tidak ditemukan: {says}"))
        return self._inline(_readable(content), says, float(found[1]) if found else WIDEST)

    def _inline(self, content: bytes, says: str, width: float) -> Xml:
        holder = self.document.add_paragraph()
        shape = holder.add_run().add_picture(BytesIO(content), width=Mm(width))
        shape._inline.docPr.set("descr", printable(says))
        holder.paragraph_format.keep_with_next = True
        return holder._p


def _readable(content: bytes) -> bytes:
    """Word shows no WebP."""
    with Image.open(BytesIO(content)) as image:
        if image.format in READABLE:
            return content
        output = BytesIO()
        image.convert("RGBA").save(output, "PNG")
    return output.getvalue()


class Numbering:
    """Each list of the text is one of Word's own, and begins where it says."""

    def __init__(self, document: Any) -> None:
        self._root = document.part.numbering_part.element
        self._last = 1000

    def new(self, node: Any, depth: int) -> int:
        self._last += 1
        kind = FORMATS.get(node.get("type", ""), "decimal") if node.tag == "ol" else "bullet"
        start = int(node.get("start") or 1)
        levels = [_level(place, kind, start if place == depth else 1) for place in range(LEVELS)]
        abstract = el("abstractNum", el("multiLevelType", val="hybridMultilevel"), *levels, abstractNumId=self._last)
        first = self._root.find(qn("w:num"))
        first.addprevious(abstract) if first is not None else self._root.append(abstract)
        self._root.append(el("num", el("abstractNumId", val=self._last), numId=self._last))
        return self._last


def _level(place: int, kind: str, start: int) -> Xml:
    sign = BULLETS[place] if kind == "bullet" else f"%{place + 1}."
    indent = el("pPr", el("ind", left=360 * (place + 1), hanging=360))
    return el(
        "lvl", el("start", val=start), el("numFmt", val=kind), el("lvlText", val=sign), el("lvlJc", val="left"), indent,
        ilvl=place,
    )  # fmt: skip
