"""What WeasyPrint leaves out of a tagged part: kinds of elements, scopes of head cells, one table over its pages, inner links."""

from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint.document import Document as Pages
from weasyprint.formatting_structure.boxes import TableBox
from weasyprint.pdf import tags

from export.job import ELSEWHERE

KINDS = {
    "x-toc": "TOC",
    "x-toci": "TOCI",
    "x-ref": "Reference",
    "x-note": "Note",
    "x-note::footnote-call": "Reference",
    "x-note::footnote-marker": "Lbl",
}
SCOPES = {"/THead": "/Column", "/TBody": "/Row"}


def know_elements() -> None:
    """Elements of our own templates that stand for kinds of PDF structure without an HTML name."""
    known = tags._get_pdf_tag
    tags._get_pdf_tag = lambda tag: KINDS.get(tag) or known(tag)


def drop_nested_links(document: Pages) -> None:
    """WeasyPrint makes every box inside a link one more link; the link's own box is enough."""
    for page in document.pages:
        page.links[:] = [link for link in page.links if link[3].element_tag == "a"]


def inner_link(target: str) -> str:
    return target.removeprefix(ELSEWHERE) if target.startswith(ELSEWHERE) else ""


def finish(key: str, document: Pages, pdf: Any) -> None:
    """`key` is the part's own: ids of the structure tree stay unique when parts are put together."""
    for number, element in enumerate(pdf.objects):
        if not isinstance(element, dict) or element.get("Type") != "/StructElem":
            continue
        if element["S"] in ("/TH", "/TD"):
            _head_cell(pdf, element, key)
        elif element["S"] == "/Note":
            element["ID"] = pydyf.String(f"{key}-{number}")
    _merge_tables(document, pdf)
    for made_for_the_whole_file in ("Names", "Outlines"):
        pdf.catalog.pop(made_for_the_whole_file, None)
    for page in document.pages:
        for _, target, _, box in page.links:
            if inner := inner_link(target):
                _point_inside(box, inner)


def _point_inside(box: Any, target: str) -> None:
    link = box.link_annotation
    link.pop("A", None)
    link["Dest"] = pydyf.String(target)
    link["Contents"] = pydyf.String(" ".join("".join(box.element.itertext()).split()) or target)


def _head_cell(pdf: Any, cell: Any, key: str) -> None:
    attributes = cell.get("A", {})
    if "ID" in cell:
        cell["ID"] = pydyf.String(f"{key}-{cell['ID'].string}")
    if "Headers" in attributes:
        heads = [pydyf.String(f"{key}-{head.string}") for head in attributes["Headers"]]
        attributes["Headers"] = pydyf.Array(heads)
    if cell["S"] == "/TH":
        group = _parent(pdf, _parent(pdf, cell))
        attributes["Scope"] = SCOPES.get(group["S"], "/Column")


def _merge_tables(document: Pages, pdf: Any) -> None:
    """A table over several pages comes as one table a page; its later rows move into the first, repeated heads as plain rows."""
    first: dict[Any, Any] = {}
    for page in document.pages:
        for box in page._page_box.descendants():
            if not isinstance(box, TableBox) or (table := _structure(pdf, box)) is None:
                continue
            whole = first.setdefault(box.element, table)
            if whole is not table:
                _move(pdf, table, whole)


def _structure(pdf: Any, box: Any) -> Any:
    """The table's structure element, found from its first cell."""
    cell = next((part.mark for part in box.descendants() if getattr(part, "mark", None)), None)
    element = cell
    while element is not None and element["S"] != "/Table":
        element = _parent(pdf, element) if element["S"] != "/Document" else None
    return element


def _move(pdf: Any, table: Any, whole: Any) -> None:
    for group in list(_children(pdf, table)):
        if group["S"] == "/Caption":
            continue
        if group["S"] == "/THead":
            group["S"] = "/TBody"
        group["P"] = whole.reference
        whole["K"].append(group.reference)
    holder = _parent(pdf, table)
    holder["K"].remove(table.reference)


def _parent(pdf: Any, element: Any) -> Any:
    return pdf.objects[int(element["P"].split()[0])]


def _children(pdf: Any, element: Any) -> Iterator[Any]:
    for kid in element["K"]:
        if isinstance(kid, bytes):
            yield pdf.objects[int(kid.split()[0])]
