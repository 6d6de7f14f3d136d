"""HTML of plan files into a document. An allow-list: an unknown tag is refused by name, never dropped."""

import re
from collections.abc import Callable, Container, Iterable
from typing import Any

from lxml import etree, html

from masterplan.prose.check import check
from masterplan.prose.engine import dump, load
from masterplan.prose.facts import SHORT
from masterplan.prose.refused import Refused
from masterplan.prose.text import with_ids

type Json = dict[str, Any]

MARKS = {
    "strong": "bold",
    "b": "bold",
    "em": "italic",
    "i": "italic",
    "u": "underline",
    "s": "strike",
    "sub": "subscript",
    "sup": "superscript",
}
HEADINGS = {"h3": 3, "h4": 4, "h5": 5}
SECTIONS_OF_TABLE = ("thead", "tbody", "tfoot")
SPACE = re.compile(r"[ \t\r\n]+")


def parse_html(source: str, *, media: Container[str] = ()) -> Json:
    """A checked document with ids; empty HTML gives an empty paragraph; `media` are the sources that figures may have.

    Raises Refused.
    """
    try:
        root = html.fragment_fromstring(source, create_parent="div")
    except (etree.ParserError, ValueError) as error:
        msg = "HTML tidak dapat dibaca."
        raise Refused(msg) from error
    content = _blocks(root) or [{"type": "paragraph"}]
    node = load(with_ids({"type": "doc", "content": content}))
    check(node, media=media)
    return dump(node)


def _tag(element: html.HtmlElement) -> str:
    return str(element.tag)


def _children(element: html.HtmlElement) -> list[html.HtmlElement]:
    comments = [child for child in element if not isinstance(child.tag, str)]
    if comments:
        msg = "Komentar HTML tidak diizinkan dalam naskah."
        raise Refused(msg)
    return list(element)


def _blocks(parent: html.HtmlElement) -> list[Json]:
    _refuse_loose_text(parent.text)
    blocks = []
    for child in _children(parent):
        blocks.append(_block(child))
        _refuse_loose_text(child.tail)
    return blocks


def _refuse_loose_text(text: str | None) -> None:
    if text and text.strip():
        msg = f"Teks di luar paragraf: “{text.strip()[:40]}”."
        raise Refused(msg)


def _block(element: html.HtmlElement) -> Json:
    tag = element.tag
    if tag in HEADINGS:
        return _node("heading", _inline(element, ()), level=HEADINGS[tag])
    builder = BLOCKS.get(_tag(element))
    if builder is None:
        msg = f"Unsur HTML <{_tag(element)}> tidak dikenal."
        raise Refused(msg)
    return builder(element)


def _paragraph(element: html.HtmlElement) -> Json:
    if "table-caption" in element.get("class", "").split():
        return _node("tableCaption", _inline(element, ()), **_identity(element))
    return _node("paragraph", _inline(element, ()))


def _identity(element: html.HtmlElement) -> dict[str, str]:
    """Written only where a cross-reference points."""
    identity = element.get("id")
    return {"id": identity} if identity else {}


def _figure(element: html.HtmlElement) -> Json:
    """A picture, its caption, and a line about where it comes from."""
    children = {_tag(child): child for child in _children(element)}
    unknown = children.keys() - {"img", "figcaption", "p"}
    if unknown or "img" not in children:
        msg = 'Gambar (<figure>) harus berisi <img>, <figcaption>, dan paling banyak satu <p class="source">.'
        raise Refused(msg)
    image, caption, origin = children["img"], children.get("figcaption"), children.get("p")
    attrs = {
        "src": image.get("src", ""),
        "alt": image.get("alt", ""),
        "source": "" if origin is None else _words(origin),
    }
    content = [] if caption is None else _inline(caption, ())
    return _node("figure", content, **attrs, **_identity(element))


def _node(kind: str, content: list[Json], **attrs: Any) -> Json:
    node: Json = {"type": kind}
    if attrs:
        node["attrs"] = attrs
    if content:
        node["content"] = content
    return node


def _list(element: html.HtmlElement) -> Json:
    items = []
    for child in _children(element):
        if child.tag != "li":
            msg = f"Daftar hanya boleh berisi <li>, bukan <{_tag(child)}>."
            raise Refused(msg)
        items.append(_node("listItem", _flow(child)))
    if element.tag == "ul":
        return _node("bulletList", items)
    return _node("orderedList", items, start=_number(element, "start"), type=element.get("type"))


def _flow(element: html.HtmlElement) -> list[Json]:
    """Blocks, or inline content that becomes one paragraph; a nested list may follow inline content."""
    children = _children(element)
    blocks_from = next((i for i, child in enumerate(children) if _is_block(child)), len(children))
    inline = _trim(_runs(element.text, children[:blocks_from], ()))
    blocks = [_block(child) for child in children[blocks_from:]]
    for child in children[blocks_from:]:
        _refuse_loose_text(child.tail)
    if inline or not blocks or blocks[0]["type"] != "paragraph":
        return [_node("paragraph", inline), *blocks]
    return blocks


def _is_block(element: html.HtmlElement) -> bool:
    return element.tag in ("p", "ul", "ol", "table", "blockquote", "figure", *HEADINGS)


def _rows(table: html.HtmlElement) -> Iterable[html.HtmlElement]:
    for child in _children(table):
        if child.tag == "tr":
            yield child
        elif child.tag in SECTIONS_OF_TABLE:
            yield from _rows(child)
        else:
            msg = f"Unsur HTML <{_tag(child)}> tidak dikenal di dalam tabel."
            raise Refused(msg)


def _row(row: html.HtmlElement) -> Json:
    cells = []
    for cell in _children(row):
        if cell.tag not in ("td", "th"):
            msg = f"Unsur HTML <{_tag(cell)}> tidak dikenal di dalam baris tabel."
            raise Refused(msg)
        kind = "tableHeader" if cell.tag == "th" else "tableCell"
        spans = {"colspan": _number(cell, "colspan"), "rowspan": _number(cell, "rowspan")}
        cells.append(_node(kind, _flow(cell), **spans))
    return _node("tableRow", cells)


def _number(element: html.HtmlElement, name: str) -> int:
    value = element.get(name, "1")
    if not value.isascii() or not value.isdigit():
        msg = f"Nilai {name}=“{value[:20]}” bukan bilangan."
        raise Refused(msg)
    return int(value[:9])


def _inline(element: html.HtmlElement, marks: tuple[Json, ...]) -> list[Json]:
    return _trim(_runs(element.text, _children(element), marks))


def _runs(text: str | None, children: list[html.HtmlElement], marks: tuple[Json, ...]) -> list[Json]:
    runs = _text(text, marks)
    for child in children:
        runs.extend(_inline_node(child, marks))
        runs.extend(_text(child.tail, marks))
    return runs


def _text(text: str | None, marks: tuple[Json, ...]) -> list[Json]:
    collapsed = SPACE.sub(" ", text or "")
    if not collapsed:
        return []
    return [{"type": "text", "text": collapsed} | ({"marks": list(marks)} if marks else {})]


def _inline_node(element: html.HtmlElement, marks: tuple[Json, ...]) -> list[Json]:
    tag = element.tag
    if tag in MARKS:
        return _runs(element.text, _children(element), (*marks, {"type": MARKS[tag]}))
    if tag == "a" and element.get("class") == "xref":
        return [{"type": "xref", "attrs": {"target": element.get("href", "").removeprefix("#")}}]
    if tag == "a":
        link = {"type": "link", "attrs": {"href": element.get("href", "")}}
        return _runs(element.text, _children(element), (*marks, link))
    if tag == "br":
        return [{"type": "hardBreak"}]
    if tag == "span" and element.get("class") == "footnote":
        return [{"type": "footnote", "attrs": {"text": _words(element)}}]
    if tag == "span" and element.get("class") == "fact":
        style = element.get("data-style", SHORT)
        return [
            {"type": "fact", "attrs": {"key": element.get("data-key", ""), "style": style, "value": _words(element)}}
        ]
    msg = f"Unsur HTML <{_tag(element)}> tidak dikenal di dalam teks."
    raise Refused(msg)


def _words(element: html.HtmlElement) -> str:
    return SPACE.sub(" ", element.text_content()).strip()


def _trim(runs: list[Json]) -> list[Json]:
    """White space at the edges of a block means nothing in HTML."""
    runs = [dict(run) for run in runs]
    if runs and runs[0]["type"] == "text":
        runs[0]["text"] = runs[0]["text"].lstrip(" ")
    if runs and runs[-1]["type"] == "text":
        runs[-1]["text"] = runs[-1]["text"].rstrip(" ")
    return [run for run in runs if run["type"] != "text" or run["text"]]


BLOCKS: dict[str, Callable[[html.HtmlElement], Json]] = {
    "p": _paragraph,
    "ul": _list,
    "ol": _list,
    "blockquote": lambda element: _node("blockquote", _flow(element)),
    "figure": _figure,
    "table": lambda element: _node("table", [_row(row) for row in _rows(element)]),
}
