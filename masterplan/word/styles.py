"""What a paragraph or run style means for us: heading level, caption, quote, contents, and its bold or italic letters."""

import re
from dataclasses import dataclass, field

from masterplan.word.ooxml import Element, flag, number, value, w

HEADING = re.compile(r"^(?:heading|judul|head|sub ?judul)\s*([1-9])\b", re.IGNORECASE)
CHAPTER = re.compile(r"^(?:bab|judul bab|chapter)$", re.IGNORECASE)
SUBCHAPTER = re.compile(r"^(?:sub ?-?bab|judul sub ?-?bab)$", re.IGNORECASE)
CAPTION = re.compile(r"^(?:caption|keterangan|judul (?:tabel|gambar)|(?:tabel|gambar) caption)", re.IGNORECASE)
CONTENTS = re.compile(
    r"^(?:toc|daftar isi|table of figures|table of authorities|daftar (?:tabel|gambar)|index)\b", re.IGNORECASE
)
QUOTE = re.compile(r"^(?:intense )?(?:quote|kutipan)|^(?:kutipan|quotations)", re.IGNORECASE)
TITLE = re.compile(r"^(?:title|judul)$", re.IGNORECASE)
LETTERS = {"b": "bold", "i": "italic", "strike": "strike", "dstrike": "strike"}
MAX_CHAIN = 12


@dataclass
class Style:
    """Resolved along `basedOn`; `marks` says on or off for what the style states."""

    name: str = ""
    level: int = 0
    marks: dict[str, bool] = field(default_factory=dict)
    num_id: str = ""
    ilvl: int = 0
    is_caption: bool = False
    is_contents: bool = False
    is_quote: bool = False
    is_title: bool = False


def marks_of(properties: Element | None) -> dict[str, bool]:
    """Only what is stated; silence means: as around it."""
    found: dict[str, bool] = {}
    if properties is None:
        return found
    for name, mark in LETTERS.items():
        stated = flag(properties, name)
        if stated is not None:
            found[mark] = stated or found.get(mark, False)
    underline = properties.find(w("u"))
    if underline is not None:
        found["underline"] = underline.get(w("val"), "single") != "none"
    position = value(properties, w("vertAlign"))
    if position:
        found["subscript"] = position == "subscript"
        found["superscript"] = position == "superscript"
    return found


class Styles:
    def __init__(self, root: Element | None) -> None:
        elements = () if root is None else root.iter(w("style"))
        self._raw: dict[str, Element] = {}
        self.default = ""
        for element in elements:
            identity = element.get(w("styleId"), "")
            self._raw.setdefault(identity, element)
            if element.get(w("type")) == "paragraph" and element.get(w("default")) in ("1", "true"):
                self.default = identity
        self._known: dict[str, Style] = {}

    def get(self, identity: str) -> Style:
        if identity not in self._known:
            self._known[identity] = self._resolve(identity)
        return self._known[identity]

    def _resolve(self, identity: str) -> Style:
        chain: list[tuple[str, Element]] = []
        while identity in self._raw and len(chain) < MAX_CHAIN:
            element = self._raw[identity]
            chain.append((identity, element))
            identity = value(element, w("basedOn"))
        style = Style()
        for key, element in reversed(chain):
            _lay_over(style, key, element)
        if style.is_quote:
            style.marks.pop("italic", None)
        return style


def _lay_over(style: Style, key: str, element: Element) -> None:
    name = value(element, w("name"), key).strip()
    style.name = name
    style.marks |= marks_of(element.find(w("rPr")))
    properties = element.find(w("pPr"))
    style.level = heading_level(name) or heading_level(key) or outline_level(properties) or style.level
    style.is_caption = style.is_caption or bool(CAPTION.match(name))
    style.is_contents = style.is_contents or bool(CONTENTS.match(name))
    style.is_quote = style.is_quote or bool(QUOTE.match(name))
    style.is_title = bool(TITLE.match(name))
    numbering = None if properties is None else properties.find(w("numPr"))
    if numbering is not None:
        style.num_id = value(numbering, w("numId"), style.num_id)
        style.ilvl = number(value(numbering, w("ilvl")), style.ilvl)


def heading_level(name: str) -> int:
    found = HEADING.match(name)
    if found:
        return int(found[1])
    if CHAPTER.match(name):
        return 1
    return 2 if SUBCHAPTER.match(name) else 0


def outline_level(properties: Element | None) -> int:
    """1 to 9; 0 is body text."""
    stated = value(properties, w("outlineLvl")) if properties is not None else ""
    level = number(stated, 9) + 1
    return level if stated and 1 <= level <= 9 else 0
