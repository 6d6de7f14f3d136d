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
TABLE_KINDS = frozenset({"/Table", "/TBody", "/TR", "/TD"})
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
        if _kind(element) in ("/TH", "/TD"):
            _head_cell(pdf, element, key)
        elif _kind(element) == "/Note":
            element["ID"] = pydyf.String(f"{key}-{number}")
    _merge_tables(document, pdf)
    _unwrap_layout(pdf)
    _index_ids(pdf)
    for made_for_the_whole_file in ("Names", "Outlines"):
        pdf.catalog.pop(made_for_the_whole_file, None)
    for page in document.pages:
        for _, target, _, box in page.links:
            if inner_link(target):  # read out by its words, not by its address
                box.link_annotation["Contents"] = pydyf.String(" ".join("".join(box.element.itertext()).split()))


def _kind(element: Any) -> str:
    """Of a structure element, otherwise empty."""
    return str(element["S"]) if isinstance(element, dict) and element.get("Type") == "/StructElem" else ""


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


def _unwrap_layout(pdf: Any) -> None:
    """A table without a head cell only places things side by side: it is read as one block after the other."""
    for table in [element for element in pdf.objects if _kind(element) == "/Table"]:
        inside = [table, *_descendants(pdf, table)]
        if any(element["S"] == "/TH" for element in inside):
            continue
        for element in inside:
            if element["S"] in TABLE_KINDS:
                element["S"] = "/Div"
                element.pop("A", None)


def _descendants(pdf: Any, element: Any) -> Iterator[Any]:
    for child in _children(pdf, element):
        if _kind(child):
            yield child
            yield from _descendants(pdf, child)


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


def _index_ids(pdf: Any) -> None:
    """The name tree of the elements that others point to; `finish` gave all ids the part's own beginning."""
    found = sorted(
        (element["ID"].string, element.reference) for element in pdf.objects if _kind(element) and "ID" in element
    )
    if not found:
        return
    names = pydyf.Array(value for key, reference in found for value in (pydyf.String(key), reference))
    limits = pydyf.Array([pydyf.String(found[0][0]), pydyf.String(found[-1][0])])
    tree = pydyf.Dictionary({"Names": names, "Limits": limits})
    pdf.add_object(tree)
    root = pdf.objects[int(pdf.catalog["StructTreeRoot"].split()[0])]
    root["IDTree"] = tree.reference


def _parent(pdf: Any, element: Any) -> Any:
    return pdf.objects[int(element["P"].split()[0])]


def _children(pdf: Any, element: Any) -> Iterator[Any]:
    for kid in element["K"]:
        if isinstance(kid, bytes):
            yield pdf.objects[int(kid.split()[0])]
