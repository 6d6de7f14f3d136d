"""Pictures, text boxes, charts and other drawn things in a run."""

import re
from dataclasses import dataclass, field
from typing import Any

from masterplan.word.notes import Notes
from masterplan.word.ooxml import DGM, WP, A, Element, M, O, R, V, local, visible, w
from masterplan.word.package import Package

type Json = dict[str, Any]

TAKEN = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg"}
MAX_ALT = 400
MAX_PICTURES = 300
MAX_PICTURE = 20_000_000
GENERIC = re.compile(r"^(picture|gambar|image|screenshot|img)?[\s_\-.]*\d*(\.\w{3,4})?$", re.IGNORECASE)


@dataclass
class Found:
    figures: list[Json] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    markers: list[str] = field(default_factory=list)


class Graphics:
    """`pictures` are the parts that figures name as "word:<part>"; their bytes stay in the file until somebody confirms."""

    def __init__(self, package: Package, notes: Notes) -> None:
        self.package = package
        self.relations = package.relations(package.main)
        self.notes = notes
        self.pictures: dict[str, Json] = {}

    def read(self, element: Element) -> Found:
        found = Found()
        inside = list(visible(element))
        alt = _alt(inside)
        for part in inside:
            if part.tag == f"{{{A}}}blip":
                self._picture(part.get(f"{{{R}}}embed", ""), part.get(f"{{{R}}}link", ""), alt, found)
            elif part.tag == f"{{{V}}}imagedata":
                self._picture(part.get(f"{{{R}}}id", ""), "", alt or part.get(f"{{{O}}}title", ""), found)
            else:
                self._other(part, alt, found)
        found.boxes = [box for box in element.iter(w("txbxContent")) if _is_outermost(box, element)]
        if not (found.figures or found.boxes or found.markers):
            self.notes.add("shape", alt)
        return found

    def _other(self, part: Element, alt: str, found: Found) -> None:
        name = local(part)
        if name == "graphicData" and part.get("uri", "").rpartition("/")[2] in ("chart", "chartex"):
            self.notes.add("chart", alt)
            found.markers.append(f"[Grafik Word tidak terbawa{_named(alt)}]")
        elif part.tag == f"{{{DGM}}}relIds":
            texts = self._diagram(part.get(f"{{{R}}}dm", ""))
            self.notes.add("smartart", texts or alt)
            found.markers.append(f"[SmartArt tidak terbawa{_named(texts or alt)}]")
        elif part.tag == f"{{{O}}}OLEObject":
            self.notes.add("object", part.get("ProgID", ""))

    def _diagram(self, relation_id: str) -> str:
        relation = self.relations.get(relation_id)
        root = self.package.optional(relation.target) if relation and not relation.is_external else None
        if root is None:
            return ""
        return "; ".join(text.text.strip() for text in root.iter(f"{{{A}}}t") if text.text and text.text.strip())[:600]

    def _picture(self, embed: str, link: str, alt: str, found: Found) -> None:
        relation = self.relations.get(embed) or self.relations.get(link)
        if relation is None:
            return
        if relation.is_external:
            self.notes.add("external", relation.target[:120])
            found.markers.append(f"[Gambar di luar berkas tidak diambil{_named(alt)}]")
            return
        kind = self._kind(relation.target)
        if not kind:
            name = relation.target.rpartition("/")[2]
            self.notes.add("picture", name)
            found.markers.append(f"[Gambar {name.rpartition('.')[2].upper()[:8]} tidak terbawa{_named(alt)}]")
            return
        found.figures.append({"type": "figure", "attrs": {"src": f"word:{relation.target}", "alt": alt}})

    def _kind(self, part: str) -> str:
        """png or jpeg by its first bytes, whatever it is called; empty when it is neither or too much."""
        if part in self.pictures:
            return str(self.pictures[part]["type"])
        if part not in self.package.zip.namelist() or len(self.pictures) >= MAX_PICTURES:
            return ""
        size = self.package.zip.getinfo(part).file_size
        if size > MAX_PICTURE:
            return ""
        start = self.package.read(part)[:16]
        kind = next((kind for magic, kind in TAKEN.items() if start.startswith(magic)), "")
        if not kind and start[:4] == b"RIFF" and start[8:12] == b"WEBP":
            kind = "webp"
        if kind:
            self.pictures[part] = {"type": kind, "size": size}
        return kind


def _alt(inside: list[Element]) -> str:
    for part in inside:
        if part.tag == f"{{{WP}}}docPr":
            text = part.get("descr", "") or part.get("title", "")
            return "" if GENERIC.match(text.strip()) else " ".join(text.split())[:MAX_ALT]
    return next((part.get("alt", "")[:MAX_ALT] for part in inside if part.tag == f"{{{V}}}shape"), "")


def _named(text: str) -> str:
    return f": {text}" if text else ""


def _is_outermost(box: Element, top: Element) -> bool:
    """Not inside another text box, and not the copy for old programs when there is a new one."""
    parent = box.getparent()
    while parent is not None and parent is not top:
        if parent.tag == w("txbxContent") or local(parent) == "Fallback":
            return False
        parent = parent.getparent()
    return True


def equation_text(element: Element) -> str:
    """A formula in one line, as far as its letters say."""
    return " ".join("".join(part.text or "" for part in element.iter(f"{{{M}}}t")).split())
