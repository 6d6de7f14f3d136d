"""HTML from a document, built from an allow-list: nothing a client sent is ever echoed as markup."""

import re
from collections.abc import Callable, Container, Iterable, Mapping
from html import escape, unescape
from typing import Any

from masterplan.prose.facts import LONG, is_lost, named
from masterplan.prose.text import leaf_text

type Json = dict[str, Any]

WRAPPED = {"bulletList": "ul", "blockquote": "blockquote", "tableRow": "tr", "paragraph": "p"}
MARKS = {
    "bold": "strong",
    "italic": "em",
    "underline": "u",
    "strike": "s",
    "subscript": "sub",
    "superscript": "sup",
}
HEADERS_MAX = 6
IMAGE = re.compile(r'<img src="(?P<src>[^"]*)" alt="(?P<alt>[^"]*)">')


def render_html(node: Any, *, labels: Mapping[str, str] | None = None) -> str:
    """HTML for page and book. `labels` gives captions and cross-references their numbers by block id."""
    return _Renderer(labels or {}, with_ids=True).node(node.to_json())


def to_html(doc: Json, *, kept_ids: Container[str] = (), sources: Mapping[str, str] | None = None) -> str:
    """HTML without numbers, for plan files: parse_html(to_html(doc)) equals doc up to ids.

    Only `kept_ids`, those to which something refers, are written; `sources` renames the pictures.
    """
    return _Renderer({}, with_ids=False, kept_ids=kept_ids, sources=sources or {}).node(doc)


def html_with_marked(doc: Json) -> str:
    """HTML without ids; the mark "sought", which no stored document has, becomes <mark>, suggested wording <ins> and <del>."""
    shown = {"sought": "mark", "insertion": "ins", "deletion": "del"}
    return _Renderer({}, with_ids=False, marks=MARKS | shown).node(doc)


def fragment_html(nodes: list[Json]) -> str:
    """Inline nodes without a block around them."""
    return _Renderer({}, with_ids=False).inline(nodes)


def list_attributes(node: Json) -> str:
    """Where an ordered list starts and how it counts; nothing for plain 1, 2, 3."""
    attrs = node.get("attrs") or {}
    start = f' start="{int(attrs["start"])}"' if attrs.get("start", 1) != 1 else ""
    return start + (f' type="{attrs["type"]}"' if attrs.get("type") in ("a", "A", "i", "I") else "")


def span_attributes(node: Json) -> str:
    attrs = node.get("attrs") or {}
    return "".join(f' {key}="{int(attrs[key])}"' for key in ("colspan", "rowspan") if attrs.get(key, 1) != 1)


def without_gone(html: str, media: Container[str]) -> str:
    """For old texts: where a picture is no longer in `media`, a box says so. Takes HTML made in this package."""
    return IMAGE.sub(lambda found: found.group() if unescape(found["src"]) in media else _gone(found["alt"]), html)


def _gone(alt: str) -> str:
    return f'<p class="gone">Gambar sudah dihapus{f": {alt}" if alt else ""}</p>'


class _Renderer:
    def __init__(
        self,
        labels: Mapping[str, str],
        *,
        with_ids: bool,
        kept_ids: Container[str] = (),
        sources: Mapping[str, str] | None = None,
        marks: Mapping[str, str] = MARKS,
    ) -> None:
        self.labels = labels
        self.with_ids = with_ids
        self.kept_ids = kept_ids
        self.sources = sources or {}
        self.marks = marks
        self.rules: dict[str, Callable[[Json], str]] = {
            "doc": self._children,
            "text": self._text,
            "heading": self._heading,
            "orderedList": self._ordered_list,
            "listItem": self._list_item,
            "hardBreak": lambda _: "<br>",
            "horizontalRule": lambda _: "<hr>",
            "table": self._table,
            "tableCell": self._cell,
            "tableHeader": self._cell,
            "tableCaption": self._table_caption,
            "figure": self._figure,
            "footnote": lambda n: f'<span class="footnote">{escape(n["attrs"]["text"], quote=False)}</span>',
            "xref": self._xref,
            "fact": self._fact,
        }

    def node(self, node: Json) -> str:
        kind = node["type"]
        if kind in WRAPPED:
            tag = WRAPPED[kind]
            return f"<{tag}{self._id(node)}>{self._children(node)}</{tag}>"
        return self.rules[kind](node)

    def _id(self, node: Json) -> str:
        identity = node.get("attrs", {}).get("id")
        if not self.with_ids and identity not in self.kept_ids:
            return ""
        return f' id="{escape(identity)}"' if identity else ""

    def _children(self, node: Json) -> str:
        return self.inline(node.get("content", ()))

    def inline(self, nodes: Iterable[Json]) -> str:
        """Marks that go on over several texts are opened once."""
        out: list[str] = []
        opened: list[Json] = []
        for child in nodes:
            wanted = [mark for mark in child.get("marks", ()) if mark["type"] in self.marks or mark["type"] == "link"]
            shared = 0
            while shared < min(len(opened), len(wanted)) and opened[shared] == wanted[shared]:
                shared += 1
            while len(opened) > shared:
                out.append(self._close(opened.pop()))
            for mark in wanted[shared:]:
                out.append(self._open(mark))
                opened.append(mark)
            out.append(self.node(child))
        while opened:
            out.append(self._close(opened.pop()))
        return "".join(out)

    def _open(self, mark: Json) -> str:
        if mark["type"] == "link":
            return f'<a href="{escape(mark["attrs"]["href"])}">'
        return f"<{self.marks[mark['type']]}>"

    def _close(self, mark: Json) -> str:
        return "</a>" if mark["type"] == "link" else f"</{self.marks[mark['type']]}>"

    def _text(self, node: Json) -> str:
        return escape(node["text"], quote=False)

    def _heading(self, node: Json) -> str:
        level = int(node["attrs"]["level"])
        return f"<h{level}{self._id(node)}>{self._children(node)}</h{level}>"

    def _ordered_list(self, node: Json) -> str:
        return f"<ol{list_attributes(node)}>{self._children(node)}</ol>"

    def _list_item(self, node: Json) -> str:
        """In files an item's first paragraph stands bare, as people write it; on pages it keeps its id."""
        first, *rest = node["content"]
        if self.with_ids or any(block["type"] == "paragraph" for block in rest):
            return f"<li{self._id(node)}>{self._children(node)}</li>"
        return f"<li>{self._children(first)}{''.join(map(self.node, rest))}</li>"

    def _table(self, node: Json) -> str:
        rows = node["content"]
        count = _header_rows(rows)
        head = f"<thead>{''.join(map(self.node, rows[:count]))}</thead>" if count else ""
        return f"<table{self._id(node)}>{head}<tbody>{''.join(map(self.node, rows[count:]))}</tbody></table>"

    def _cell(self, node: Json) -> str:
        tag = "th" if node["type"] == "tableHeader" else "td"
        content = node["content"]
        is_simple = len(content) == 1 and content[0]["type"] == "paragraph"
        inner = self._children(content[0]) if is_simple else self._children(node)
        return f"<{tag}{span_attributes(node)}>{inner}</{tag}>"

    def _label(self, node: Json) -> str:
        label = self.labels.get((node.get("attrs") or {}).get("id") or "")
        return f'<span class="label">{escape(label)}</span> ' if label else ""

    def _table_caption(self, node: Json) -> str:
        return f'<p class="table-caption"{self._id(node)}>{self._label(node)}{self._children(node)}</p>'

    def _figure(self, node: Json) -> str:
        """On pages a picture without alternative text is at least named by its caption."""
        attrs = node["attrs"]
        alt = attrs["alt"] or ""
        if self.with_ids:
            alt = alt or _plain(node) or "Gambar"
        source = attrs.get("source") or ""
        origin = (
            f'<p class="source">{"Sumber: " if self.with_ids else ""}{escape(source, quote=False)}</p>'
            if source
            else ""
        )
        image = f'<img src="{escape(self.sources.get(attrs["src"], attrs["src"]))}" alt="{escape(alt)}">'
        caption = f"<figcaption>{self._label(node)}{self._children(node)}</figcaption>"
        return f"<figure{self._id(node)}>{image}{caption}{origin}</figure>"

    def _xref(self, node: Json) -> str:
        target = node["attrs"]["target"] or ""
        if not self.with_ids:
            return f'<a class="xref" href="#{escape(target)}"></a>'
        return f'<a class="xref" href="#{escape(target)}">{escape(self.labels.get(target, "[rujukan hilang]"))}</a>'

    def _fact(self, node: Json) -> str:
        """Prints the value that the token carries; `facts.with_values` puts in the present one before."""
        attrs = node["attrs"]
        value = escape(attrs.get("value") or named(attrs["key"]), quote=False)
        if self.with_ids:
            return f'<span class="fact{" lost" if is_lost(value) else ""}">{value}</span>'
        style = f' data-style="{LONG}"' if attrs.get("style") == LONG else ""
        return (
            f'<span class="fact" data-key="{escape(attrs["key"])}"{style}>{escape(attrs["value"], quote=False)}</span>'
        )


def _plain(node: Json) -> str:
    return "".join(map(leaf_text, node.get("content", ())))


def _header_rows(rows: list[Json]) -> int:
    """Leading rows made of header cells; a header cell that spans down pulls in the rows it covers."""
    count = 0
    while count < min(len(rows), HEADERS_MAX) and _is_header(rows[count]):
        count += 1
    if count == 0:
        return 0
    reach = max(int(cell.get("attrs", {}).get("rowspan", 1)) for cell in rows[0]["content"])
    return min(max(count, reach), len(rows))


def _is_header(row: Json) -> bool:
    """A row may be empty: the cells above it span down over its whole width."""
    cells = row.get("content", ())
    return bool(cells) and all(cell["type"] == "tableHeader" for cell in cells)
