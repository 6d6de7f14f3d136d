"""Small pieces of WordprocessingML: elements, runs, fields, bookmarks."""

from collections.abc import Iterable
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from export.papers.words import printable

type Xml = Any

TWIPS_A_MM = 56.693


def el(tag: str, *children: Xml, **attrs: str | int) -> Xml:
    """`tag` and attributes without their prefix are those of the main namespace."""
    element = OxmlElement(f"w:{tag}")
    for name, value in attrs.items():
        element.set(qn(f"w:{name}"), printable(str(value)))
    element.extend(child for child in children if child is not None)
    return element


def twips(millimetres: float) -> int:
    return round(millimetres * TWIPS_A_MM)


def run(text: str, *marks: Xml) -> Xml:
    """A run; line breaks and tabs in `text` stay what they are."""
    element = el("r", el("rPr", *marks) if marks else None)
    for place, line in enumerate(printable(text).split("\n")):
        if place:
            element.append(el("br"))
        for at, piece in enumerate(line.split("\t")):
            if at:
                element.append(el("tab"))
            words = el("t")
            words.text = piece
            words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            element.append(words)
    return element


def paragraph(style: str, *children: Xml, align: str = "") -> Xml:
    about = el("pPr", el("pStyle", val=style), el("jc", val=align) if align else None)
    return el("p", about, *children)


def field(code: str, shown: str, *marks: Xml) -> list[Xml]:
    """A field with the result it has before a program works it out."""
    return [*field_begin(code), run(shown, *marks), field_end()]


def field_begin(code: str) -> list[Xml]:
    words = el("instrText")
    words.text = f" {code} "
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return [
        el("r", el("fldChar", fldCharType="begin")),
        el("r", words),
        el("r", el("fldChar", fldCharType="separate")),
    ]


def field_end() -> Xml:
    return el("r", el("fldChar", fldCharType="end"))


class Bookmarks:
    """Names that Word takes (letters, digits, at most 40 signs) for the ids of the tree."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._count = 0

    def name(self, identity: str) -> str:
        return self._names.setdefault(identity, f"_Ref{len(self._names) + 1:06d}")

    def around(self, identity: str, children: Iterable[Xml]) -> list[Xml]:
        start, end = self.pair(identity)
        return [start, *children, end]

    def pair(self, identity: str) -> tuple[Xml, Xml]:
        self._count += 1
        return el("bookmarkStart", id=self._count, name=self.name(identity)), el("bookmarkEnd", id=self._count)


def inner_link(name: str, *children: Xml) -> Xml:
    return el("hyperlink", *children, anchor=name, history=1)
