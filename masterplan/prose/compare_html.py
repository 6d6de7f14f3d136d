"""A compared block as HTML: `ins` and `del` only inside the blocks that hold text, so that the markup stays valid."""

from collections.abc import Sequence
from enum import Enum
from html import escape
from typing import Any, Literal

from masterplan.prose.compare_align import MISSING, align, aligned, same, text_likeness, text_of
from masterplan.prose.compare_words import Change, Run, Token, runs_of, tokens_of
from masterplan.prose.render import fragment_html, list_attributes, span_attributes

type Json = dict[str, Any]
type Whole = Literal["ins", "del"]

TEXT_BLOCKS = frozenset({"paragraph", "heading", "tableCaption", "figure"})
TAGS = {"paragraph": "p", "bulletList": "ul", "orderedList": "ol", "listItem": "li", "blockquote": "blockquote"}
CLASS: dict[Whole, str] = {"ins": "block-ins", "del": "block-del"}


class Side(Enum):
    OLD = frozenset({"same", "del", "format"})
    NEW = frozenset({"same", "ins", "format"})
    BOTH = frozenset({"same", "del", "ins", "format"})


def block_html(left: Json, right: Json, side: Side) -> str:
    """`left` and `right` are partners."""
    if same(left, right):
        return _plain(right)
    if left["type"] != right["type"]:
        return _replaced(left, right, side)
    kind = right["type"]
    if kind == "figure" and left["attrs"]["src"] != right["attrs"]["src"]:
        return _replaced(left, right, side)
    if kind in TEXT_BLOCKS:
        node = left if side is Side.OLD else right
        return _wrap(node, "".join(_run(run) for run in runs_of(left, right) if run.change in side.value))
    if kind == "table":
        return f"<table><tbody>{_rows(left, right, side)}</tbody></table>"
    return _wrap(right, _children(left, right, side))


def whole_html(node: Json, tag: Whole, css: str = "") -> str:
    """A block that is new or gone as a whole."""
    if node["type"] == "horizontalRule":
        return "<hr>"
    css = css or CLASS[tag]
    if node["type"] in TEXT_BLOCKS:
        return _wrap(node, _run(Run(tag, tuple(tokens_of(node)))), css)
    if node["type"] == "table":
        return f'<table class="{css}"><tbody>{"".join(whole_html(row, tag) for row in node["content"])}</tbody></table>'
    return _wrap(node, "".join(whole_html(child, tag) for child in node.get("content", ())), css)


def _replaced(left: Json, right: Json, side: Side) -> str:
    gone = whole_html(left, "del") if "del" in side.value else ""
    come = whole_html(right, "ins") if "ins" in side.value else ""
    return gone + come


def _children(left: Json, right: Json, side: Side) -> str:
    return _pairs(aligned(left.get("content", []), right.get("content", [])), side)


def _pairs(pairs: Sequence[tuple[Json, Json]], side: Side) -> str:
    return "".join(_pair(left, right, side) for left, right in pairs)


def _pair(left: Json, right: Json, side: Side) -> str:
    if left is MISSING:
        return whole_html(right, "ins") if "ins" in side.value else ""
    if right is MISSING:
        return whole_html(left, "del") if "del" in side.value else ""
    return block_html(left, right, side)


def _rows(left: Json, right: Json, side: Side) -> str:
    before, after = left["content"], right["content"]
    columns = _columns(before, after)
    rows = align(before, after, text_of, lambda x, y: text_likeness(text_of(x), text_of(y)), 0.45)
    return "".join(_row(old, new, columns, side) for old, new in rows)


def _row(old: Json, new: Json, columns: list[tuple[Any, Any]] | None, side: Side) -> str:
    if old is MISSING or new is MISSING:
        return _pair(old, new, side)
    left, right = old["content"], new["content"]
    if columns is not None:
        cells = [(_cell(left, i), _cell(right, j)) for i, j in columns]
    elif len(left) == len(right):
        cells = list(zip(left, right, strict=True))
    else:
        cells = aligned(left, right)
    return f"<tr>{_pairs(cells, side)}</tr>"


def _cell(cells: list[Json], place: int | None) -> Json:
    return MISSING if place is None or place >= len(cells) else cells[place]


def _columns(before: list[Json], after: list[Json]) -> list[tuple[Any, Any]] | None:
    """Columns paired by their whole text where one was added or taken away; None for tables with merged cells."""
    wide, wider = _width(before), _width(after)
    if wide == wider or wide is None or wider is None:
        return None
    texts = [" ".join(text_of(row["content"][place]) for row in before) for place in range(wide)]
    others = [" ".join(text_of(row["content"][place]) for row in after) for place in range(wider)]
    pairs = align(
        list(enumerate(texts)),
        list(enumerate(others)),
        lambda x: x[1],
        lambda x, y: text_likeness(x[1], y[1]),
        0.5,
        None,
    )
    return [(left and left[0], right and right[0]) if left and right else _one(left, right) for left, right in pairs]


def _one(left: tuple[int, str] | None, right: tuple[int, str] | None) -> tuple[int | None, int | None]:
    return (left[0] if left else None, right[0] if right else None)


def _width(rows: list[Json]) -> int | None:
    """Cells a row, or None when rows differ or cells are merged."""
    widths = {len(row["content"]) for row in rows}
    spans = {
        (c.get("attrs") or {}).get(key, 1) for row in rows for c in row["content"] for key in ("colspan", "rowspan")
    }
    return widths.pop() if len(widths) == 1 and spans <= {1} else None


def _plain(node: Json) -> str:
    if node["type"] == "table":
        return f"<table><tbody>{''.join(_plain(row) for row in node['content'])}</tbody></table>"
    if node["type"] in TEXT_BLOCKS:
        return _wrap(node, fragment_html(node.get("content", [])))
    if node["type"] == "horizontalRule":
        return "<hr>"
    return _wrap(node, "".join(map(_plain, node.get("content", ()))))


def _run(run: Run) -> str:
    inner = fragment_html(_joined(run.tokens))
    if run.change == "same" or not inner:
        return inner
    tags: dict[Change, tuple[str, str]] = {
        "del": ("<del>", "</del>"),
        "ins": ("<ins>", "</ins>"),
        "format": ('<ins class="format">', "</ins>"),
        "same": ("", ""),
    }
    opened, closed = tags[run.change]
    return f"{opened}{inner}{closed}"


def _joined(tokens: Sequence[Token]) -> list[Json]:
    """Neighbouring words of one look as one text again."""
    out: list[Json] = []
    looks: list[str] = []
    for token in tokens:
        if out and token.node["type"] == "text" == out[-1]["type"] and looks[-1] == token.look:
            out[-1] = out[-1] | {"text": out[-1]["text"] + token.node["text"]}
        else:
            out.append(token.node)
            looks.append(token.look)
    return out


def _wrap(node: Json, inner: str, css: str = "") -> str:
    kind, attrs = node["type"], node.get("attrs") or {}
    name = f' class="{css}"' if css else ""
    if kind == "heading":
        return f"<h{int(attrs['level'])}{name}>{inner}</h{int(attrs['level'])}>"
    if kind == "tableCaption":
        return f'<p class="{f"table-caption {css}".strip()}">{inner}</p>'
    if kind == "figure":
        image = f'<img src="{escape(attrs["src"] or "")}" alt="{escape(attrs["alt"] or "")}">'
        return f"<figure{name}>{image}<figcaption>{inner}</figcaption></figure>"
    if kind == "tableRow":
        return f"<tr{name}>{inner}</tr>"
    if kind in ("tableCell", "tableHeader"):
        tag = "th" if kind == "tableHeader" else "td"
        return f"<{tag}{span_attributes(node)}{name}>{inner}</{tag}>"
    counting = list_attributes(node) if kind == "orderedList" else ""
    return f"<{TAGS[kind]}{counting}{name}>{inner}</{TAGS[kind]}>"
