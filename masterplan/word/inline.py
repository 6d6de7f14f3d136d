"""What stands inside one paragraph: text with its letters, links, footnotes, and what hangs on it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from masterplan.word.graphics import Graphics, equation_text
from masterplan.word.notes import Notes
from masterplan.word.ooxml import MC, Element, R, flag, local, value, w
from masterplan.word.package import Relation
from masterplan.word.styles import Style, Styles, marks_of
from masterplan.word.symbols import symbol

type Json = dict[str, Any]

# The order in which the schema ranks marks; a document that has them in another order is refused.
MARKS = ("bold", "italic", "strike", "underline", "subscript", "superscript")
REFERENCES = ("REF", "PAGEREF", "NOTEREF", "STYLEREF")
MAX_NOTE = 3_900
MAX_HREF = 2_000
CONTAINERS = frozenset(
    {"smartTag", "customXml", "dir", "bdo", "ins", "moveTo", "sdt", "sdtContent", "ruby", "rubyBase"}
)


@dataclass
class Paragraph:
    """`figures` and `boxes` (elements of text boxes) are set after the paragraph."""

    nodes: list[Json] = field(default_factory=list)
    figures: list[Json] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    points_to_contents: bool = False

    @property
    def text(self) -> str:
        return "".join(node.get("text", " " if node["type"] == "hardBreak" else "") for node in self.nodes).strip()

    @property
    def is_bold(self) -> bool:
        """Every letter is."""
        texts = [node for node in self.nodes if node.get("text", "").strip()]
        return bool(texts) and all(any(m["type"] == "bold" for m in node.get("marks", ())) for node in texts)


@dataclass
class _Field:
    instruction: str = ""
    is_shown: bool = False
    shown: str = ""

    @property
    def kind(self) -> str:
        return (self.instruction.split() or [""])[0].upper()


class Inline:
    """Reads paragraphs in file order: fields may begin in one and end in another."""

    def __init__(
        self,
        styles: Styles,
        relations: dict[str, Relation],
        footnotes: dict[str, str],
        graphics: Graphics,
        notes: Notes,
    ) -> None:
        self.styles = styles
        self.relations = relations
        self.footnotes = footnotes
        self.graphics = graphics
        self.notes = notes
        self.comments: dict[str, str] = {}
        self._fields: list[_Field] = []
        self._links: list[str] = []
        self._now = Paragraph()
        self._style = Style()

    def read(self, element: Element, style: Style) -> Paragraph:
        outer = self._now, self._style
        self._now, self._style = Paragraph(), style
        for child in element:
            self._child(child)
        done = self._now
        done.nodes = _tidy(done.nodes)
        self._now, self._style = outer
        return done

    @property
    def is_in_contents(self) -> bool:
        return any(part.kind == "TOC" for part in self._fields)

    def _child(self, element: Element) -> None:
        name = local(element)
        if name == "r":
            self._run(element)
        elif name == "hyperlink":
            self._hyperlink(element)
        elif name in ("del", "moveFrom"):
            self.notes.add("deleted", "".join(element.itertext())[:80])
        elif name in CONTAINERS:
            self._container(element, name)
        elif name == "fldSimple":
            self._simple_field(element)
        elif name in ("oMath", "oMathPara"):
            self._equation(element)

    def _container(self, element: Element, name: str) -> None:
        if name in ("ins", "moveTo"):
            self.notes.add("inserted", "".join(element.itertext())[:80])
        for child in _chosen(element) if name == "AlternateContent" else element:
            self._child(child)

    def _hyperlink(self, element: Element) -> None:
        relation = self.relations.get(element.get(f"{{{R}}}id", ""))
        anchor = element.get(w("anchor"), "")
        if anchor.startswith("_Toc"):
            self._now.points_to_contents = True
        self._within_link(relation.target if relation else "", element)

    def _within_link(self, address: str, element: Element) -> None:
        href = safe_href(address)
        if address and not href:
            self.notes.add("link", address[:120])
        self._links.append(href)
        for child in element:
            self._child(child)
        self._links.pop()

    def _simple_field(self, element: Element) -> None:
        part = _Field(element.get(w("instr"), ""), is_shown=True)
        self._fields.append(part)
        for child in element:
            self._child(child)
        self._close_field()

    def _close_field(self) -> None:
        if not self._fields:
            return
        part = self._fields.pop()
        if part.kind in REFERENCES and not self.is_in_contents:
            self.notes.add("reference", part.shown.strip()[:80])
        if part.kind == "PAGEREF" and "_Toc" in part.instruction:
            self._now.points_to_contents = True

    def _equation(self, element: Element) -> None:
        text = equation_text(element)
        self.notes.add("equation", text[:120])
        self._text(f" {text} " if text else " [rumus] ", {})

    def _run(self, element: Element) -> None:
        properties = element.find(w("rPr"))
        marks = self._style.marks | self.styles.get(value(properties, w("rStyle"))).marks | marks_of(properties)
        if flag(properties, "vanish"):
            text = "".join(part.text or "" for part in element.iter(w("t")))
            if text.strip() and not self.is_in_contents:
                self.notes.add("hidden", text[:80])
            return
        for child in element:
            self._run_child(child, marks)

    def _run_child(self, element: Element, marks: dict[str, bool]) -> None:
        name = local(element)
        if name == "t":
            self._text(element.text or "", marks)
        elif name == "br":
            if element.get(w("type"), "textWrapping") == "textWrapping":
                self._break()
        elif name == "cr":
            self._break()
        elif name in ("tab", "ptab"):
            self._text("\t", marks)
        elif name == "noBreakHyphen":
            self._text("-", marks)
        elif name == "sym":
            self._text(symbol(element.get(w("font"), ""), element.get(w("char"), "")), marks)
        else:
            self._run_object(element, name, marks)

    def _run_object(self, element: Element, name: str, marks: dict[str, bool]) -> None:
        if name in ("footnoteReference", "endnoteReference"):
            self._footnote(element, name)
        elif name == "commentReference":
            self.notes.add("comment", self.comments.get(element.get(w("id"), ""), "")[:200])
        elif name in ("drawing", "pict", "object"):
            self._graphic(element)
        elif name == "fldChar":
            self._field_mark(element.get(w("fldCharType"), ""))
        elif name == "instrText" and self._fields:
            self._fields[-1].instruction = (self._fields[-1].instruction + (element.text or ""))[:2000]
        elif name == "AlternateContent":
            for chosen in _chosen(element):
                self._run_child(chosen, marks)

    def _field_mark(self, kind: str) -> None:
        if kind == "begin" and len(self._fields) < 50:
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].is_shown = True
        elif kind == "end":
            self._close_field()

    def _graphic(self, element: Element) -> None:
        found = self.graphics.read(element)
        self._now.figures += found.figures
        self._now.boxes += found.boxes
        for marker in found.markers:
            self._text(f" {marker} ", {"italic": True})

    def _footnote(self, element: Element, name: str) -> None:
        text = self.footnotes.get(f"{name[0]}{element.get(w('id'), '')}", "").strip()
        if len(text) > MAX_NOTE:
            self.notes.add("cut", f"Catatan kaki {len(text)} aksara dipotong")
            text = text[:MAX_NOTE] + "…"
        if text:
            self._now.nodes.append({"type": "footnote", "attrs": {"text": text}})

    def _break(self) -> None:
        self._now.nodes.append({"type": "hardBreak"})

    def _text(self, text: str, marks: dict[str, bool]) -> None:
        if not text:
            return
        for part in self._fields:
            part.shown = (part.shown + text)[:200]
        href = self._link()
        stated: list[Json] = [
            {"type": name} for name in MARKS if marks.get(name) and not (href and name == "underline")
        ]
        if href:
            stated.insert(0, {"type": "link", "attrs": {"href": href}})
        node: Json = {"type": "text", "text": text}
        if stated:
            node["marks"] = stated
        self._now.nodes.append(node)

    def _link(self) -> str:
        for href in reversed(self._links):
            if href:
                return href
        for part in reversed(self._fields):
            if part.kind == "HYPERLINK" and part.is_shown:
                pieces = part.instruction.split('"')
                return safe_href(pieces[1]) if len(pieces) > 2 else ""
        return ""


def safe_href(address: str) -> str:
    """The address, when it is http, https or mailto and has somewhere to go; else empty."""
    address = "".join(address.split())[:MAX_HREF]
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme.lower() in ("http", "https"):
        return address if parts.netloc else ""
    return address if parts.scheme.lower() == "mailto" and parts.path else ""


def _chosen(element: Element) -> Iterator[Element]:
    """The first form of a thing that Word writes twice, once for old programs."""
    for form in (f"{{{MC}}}Choice", f"{{{MC}}}Fallback"):
        found = element.find(form)
        if found is not None and len(found):
            yield from found
            return


def _tidy(nodes: list[Json]) -> list[Json]:
    """Neighbours with equal letters joined; white space single, none at the edges."""
    out: list[Json] = []
    for node in nodes:
        if node["type"] == "text":
            text = " ".join(node["text"].replace("\t", " ").split(" "))
            last = out[-1] if out else None
            if last is not None and last["type"] == "text" and last.get("marks") == node.get("marks"):
                last["text"] += text
                continue
            out.append({**node, "text": text})
        else:
            out.append(node)
    return _trim(_single_spaces(out))


def _single_spaces(nodes: list[Json]) -> list[Json]:
    ends_open = True
    for node in nodes:
        if node["type"] != "text":
            ends_open = node["type"] == "hardBreak"
            continue
        words = " ".join(part for part in node["text"].split(" ") if part)
        before = " " if node["text"].startswith(" ") and not ends_open else ""
        after = " " if node["text"].endswith(" ") and words else ""
        node["text"] = f"{before}{words}{after}" if words else before
        ends_open = node["text"].endswith(" ") or (ends_open and not node["text"])
    return [node for node in nodes if node["type"] != "text" or node["text"]]


def _trim(nodes: list[Json]) -> list[Json]:
    while nodes and (nodes[-1]["type"] == "hardBreak" or not nodes[-1].get("text", "x").strip()):
        nodes.pop()
    while nodes and (nodes[0]["type"] == "hardBreak" or not nodes[0].get("text", "x").strip()):
        nodes.pop(0)
    if nodes and nodes[-1]["type"] == "text":
        nodes[-1]["text"] = nodes[-1]["text"].rstrip(" ")
    return nodes
