"""Every place of a document where a client's text can end up, as a step that puts it there."""

from typing import Any

type Json = dict[str, Any]

PICTURE = "/gambar/00000000-0000-4000-8000-000000000001/"


def text(value: Any, *marks: Json) -> Json:
    return {"type": "text", "text": value} | ({"marks": list(marks)} if marks else {})


def block(kind: str, *content: Json, **attrs: Any) -> Json:
    return {"type": kind, "attrs": attrs, "content": list(content)}


def paragraph(*content: Json, **attrs: Any) -> Json:
    return block("paragraph", *content, **attrs)


def table(*cells: Json, rows: int = 1, **attrs: Any) -> Json:
    return {"type": "table", "attrs": attrs, "content": [{"type": "tableRow", "content": list(cells)}] * rows}


def cell(*content: Json, kind: str = "tableCell", **attrs: Any) -> Json:
    return block(kind, *(content or (paragraph(text("sel")),)), **attrs)


def item(*content: Json, **attrs: Any) -> Json:
    return block("listItem", *content, **attrs)


def atom(kind: str, **attrs: Any) -> Json:
    return paragraph({"type": kind, "attrs": attrs})


def link(value: Any = "https://contoh.example/", **attrs: Any) -> Json:
    return paragraph(text("tautan", {"type": "link", "attrs": {"href": value} | attrs}))


def insert(node: Json) -> Json:
    return {"stepType": "replace", "from": 0, "to": 0, "slice": {"content": [node]}}


def texts(value: Any) -> dict[str, Json]:
    """Where any text that a person may type is welcome."""
    return {
        "paragraph": paragraph(text(value)),
        "heading": block("heading", text(value), level=3),
        "list": block("bulletList", item(paragraph(text(value)))),
        "quote": block("blockquote", paragraph(text(value, {"type": "bold"}))),
        "cell": table(cell(paragraph(text(value)))),
        "header": table(cell(paragraph(text(value)), kind="tableHeader")),
        "table caption": block("tableCaption", text(value)),
        "figure caption": block("figure", text(value), src=PICTURE, alt="Peta"),
        "figure alt": block("figure", src=PICTURE, alt=value),
        "footnote": atom("footnote", text=value),
        "fact value": atom("fact", key="period", style="short", value=value),
    }


def addresses(value: Any) -> dict[str, Json]:
    """Where only what names something is welcome."""
    return {
        "link": link(value),
        "figure source": block("figure", src=value, alt=""),
        "cross-reference": atom("xref", target=value),
        "fact": atom("fact", key=value),
        "fact style": atom("fact", key="period", style=value),
        "id": paragraph(text("x"), id=value),
        "heading id": block("heading", text("x"), level=3, id=value),
        "table id": table(cell(), id=value),
        "item id": block("bulletList", item(paragraph(text("x")), id=value)),
    }


def closed(value: Any) -> dict[str, Json]:
    """Where nothing of a client's own is welcome."""
    return {
        "link target": link(target=value),
        "link relation": link(rel=value),
        "link class": link(**{"class": value}),
        "link title": link(title=value),
        "list type": block("orderedList", item(paragraph(text("x"))), start=1, type=value),
        "list start": block("orderedList", item(paragraph(text("x"))), start=value),
        "heading level": block("heading", text("x"), level=value),
        "cell span": table(cell(colspan=value)),
        "cell reach": table(cell(rowspan=value)),
        "cell alignment": table(cell(align=value)),
        "cell width": table(cell(colwidth=value)),
        "column width": table(cell(colwidth=[value])),
        "comment": paragraph(text("x", {"type": "comment", "attrs": {"thread": value}})),
        "node name": {"type": value, "content": [text("x")]},
        "mark name": paragraph(text("x", {"type": value})),
    }


def odd_steps(value: Any) -> dict[str, Json]:
    """Steps that are no replacement of text."""
    return {
        "step type": {"stepType": value, "from": 0, "to": 0},
        "position": {"stepType": "replace", "from": value, "to": value},
        "slice": {"stepType": "replace", "from": 0, "to": 0, "slice": value},
        "opened slice": {"stepType": "replace", "from": 0, "to": 0, "slice": {"content": [paragraph()], "openStart": value}},
        "attribute value": {"stepType": "attr", "pos": 0, "attr": "id", "value": value},
        "document attribute": {"stepType": "docAttr", "attr": value, "value": value},
        "mark": {"stepType": "addMark", "from": 1, "to": 2, "mark": {"type": "link", "attrs": {"href": value}}},
        "node mark": {"stepType": "addNodeMark", "pos": 0, "mark": {"type": value}},
        "around": {
            "stepType": "replaceAround", "from": 0, "to": 2, "gapFrom": 1, "gapTo": 1, "insert": 1, "structure": value,
            "slice": {"content": [{"type": value}]},
        },
    }  # fmt: skip
