"""Bytes of a .docx to plain JSON values."""

import contextlib
from typing import Any

from masterplan.word.body import Body
from masterplan.word.inline import Inline
from masterplan.word.notes import Notes
from masterplan.word.ooxml import Element, Unfit, w
from masterplan.word.package import Package

type Json = dict[str, Any]


def read_word(data: bytes, name: str = "") -> Json:
    """`segments` (docs/word-import.md), `notes`, `pictures` by part, `footnotes` counted. Raises Unfit."""
    package = Package(data, name)
    root = package.parse(package.main)
    body_element = root.find(w("body"))
    if body_element is None:
        raise Unfit("Berkas tidak berisi naskah.")
    notes = Notes()
    body = Body(package, notes)
    _read_notes(package, body.inline)
    segments = body.read(body_element)
    _look_at_margins(package, notes)
    return {"segments": segments, "notes": notes.lines(), "pictures": body.graphics.pictures}


def _read_notes(package: Package, inline: Inline) -> None:
    """Texts of foot- and endnotes and of comments, by the ids that the body names."""
    for kind in ("footnotes", "endnotes"):
        root = package.part_of_kind(kind)
        for element in () if root is None else root.iter(w(kind[:-1])):
            if element.get(w("type")) is None or element.get(w("type")) == "normal":
                inline.footnotes[f"{kind[0]}{element.get(w('id'), '')}"] = _text(element)
    root = package.part_of_kind("comments")
    for element in () if root is None else root.iter(w("comment")):
        author = element.get(w("author"), "")
        inline.comments[element.get(w("id"), "")] = f"{author}: {_text(element)}".strip(": ")


def _text(element: Element) -> str:
    paragraphs = ["".join(t.text or "" for t in p.iter(w("t"))) for p in element.iter(w("p"))]
    return " ".join(" ".join(paragraphs).split())


def _look_at_margins(package: Package, notes: Notes) -> None:
    """Running heads and feet are made by the book itself; what they said is told once."""
    notes.segment = -1
    for relation in package.relations(package.main).values():
        if relation.kind in ("header", "footer") and not relation.is_external:
            with contextlib.suppress(Unfit):
                part = package.optional(relation.target)
                text = _text(part) if part is not None else ""
                if text:
                    notes.add("margin", text[:120])
