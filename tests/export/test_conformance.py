"""The finished file against PDF/A-3a and PDF/UA-1, as far as it can be checked without veraPDF."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pikepdf
import pytest
from pdfua import validate
from pikepdf import Array, Dictionary, Name, Object, Pdf

from export.job import Attachment
from export.paging import folios
from export.press import typeset
from export.shelf import Shelf
from tests.export.conftest import Book

pytestmark = pytest.mark.django_db  # the example's document is built before the first


@pytest.fixture(scope="module")
def pdf(book: Book) -> Iterator[Pdf]:
    with pikepdf.open(book.path) as opened:
        yield opened


def elements(pdf: Pdf) -> Iterator[tuple[Object, Object]]:
    """Each structure element with the one that holds it."""
    root = pdf.Root.StructTreeRoot
    waiting = [(root.K[0], root)]
    while waiting:
        element, holder = waiting.pop()
        yield element, holder
        kids = element.get("/K", Array())
        waiting += [
            (kid, element)
            for kid in (kids if isinstance(kids, Array) else [kids])
            if isinstance(kid, Dictionary) and kid.get("/Type") == Name.StructElem
        ]


def test_pdfua_finds_nothing(book: Book) -> None:
    assert [str(finding) for finding in validate(book.path).findings] == []


def test_the_packet_names_both_standards_and_agrees_with_the_document(pdf: Pdf, book: Book) -> None:
    with pdf.open_metadata() as packet:
        assert (packet["pdfaid:part"], packet["pdfaid:conformance"], packet["pdfuaid:part"]) == ("3", "A", "1")
        assert (packet["dc:title"], packet["pdf:Producer"]) == (book.job.title, str(pdf.docinfo["/Producer"]))
    assert str(pdf.docinfo["/Title"]) == book.job.title
    assert pdf.Root.OutputIntents[0].S == Name.GTS_PDFA1
    assert len(pdf.trailer.ID) == 2


def test_every_element_knows_who_holds_it_and_ids_are_unique(pdf: Pdf) -> None:
    found = list(elements(pdf))
    assert len({element.objgen for element, _ in found}) == len(found)
    assert [element.S for element, holder in found if element.P.objgen != holder.objgen] == []
    ids = Counter(bytes(element.ID) for element, _ in found if "/ID" in element)
    heads = {bytes(head) for element, _ in found if "/A" in element for head in element.A.get("/Headers", [])}
    assert max(ids.values()) == 1
    assert heads <= ids.keys()
    indexed = [bytes(key) for leaf in pdf.Root.StructTreeRoot.IDTree.Kids for key in leaf.Names.as_list()[::2]]
    assert indexed == sorted(ids)


def test_every_piece_of_a_page_belongs_to_the_tree(pdf: Pdf) -> None:
    known = pdf.Root.StructTreeRoot.ParentTree.Nums.as_list()
    tree = {int(known[at]): known[at + 1] for at in range(0, len(known), 2)}
    for place, page in enumerate(pdf.pages):
        owners = {element.objgen for element in tree[place]}
        assert all(element.get("/Pg", page.obj).objgen == page.obj.objgen for element in tree[place])
        assert owners


def test_tables_notes_and_contents_have_their_own_kinds(pdf: Pdf, book: Book) -> None:
    found = list(elements(pdf))
    kinds = Counter(str(element.S) for element, _ in found)
    html = "".join(part.html for part in book.job.parts)
    assert kinds["/Note"] == html.count("<x-note")
    assert kinds["/TOCI"] == sum(1 for part in book.job.parts for _ in folios(part.html))
    assert {str(holder.S) for element, holder in found if element.S == Name.TOCI} == {"/TOC"}
    assert {str(element.A.Scope) for element, _ in found if element.S == Name.TH} == {"/Column", "/Row"}
    assert {str(holder.S) for element, holder in found if element.S == Name.TR} == {"/THead", "/TBody"}


def test_a_table_over_several_pages_is_one_table(pdf: Pdf, book: Book) -> None:
    html = "".join(part.html for part in book.job.parts)
    tables = [element for element, _ in elements(pdf) if Name.Table == element.S]
    assert len(tables) == html.count("<table") - _without_heads(html)
    pages = [{row.Pg.objgen for group in table.K if Name.TBody == group.S for row in group.K} for table in tables]
    assert max(len(found) for found in pages) > 3


def _without_heads(html: str) -> int:
    return sum("<th" not in table.partition("</table>")[0].replace("<thead", "") for table in html.split("<table")[1:])


def test_pictures_and_fonts_are_kept_once(pdf: Pdf) -> None:
    digests = Counter(
        hashlib.sha256(item.read_raw_bytes()).hexdigest()
        for item in pdf.objects
        if isinstance(item, pikepdf.Stream) and "/Length1" in item
    )
    assert max(digests.values()) == 1


def test_the_plans_data_goes_with_the_archive_copy(
    book: Book, kept_parts: Shelf, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("archive") / "book.pdf"
    data = Attachment("data.json", "application/json", "Data", "Data rencana", json.dumps({"program": ["é"]}))
    typeset(replace(book.job, attachments=(data,)), path, shelf=kept_parts)
    with pikepdf.open(path) as pdf:
        (spec,) = pdf.Root.AF
        assert (spec.AFRelationship, str(spec.UF), str(spec.Desc)) == (Name.Data, "data.json", "Data rencana")
        assert json.loads(spec.EF.F.read_bytes()) == {"program": ["é"]}
        assert spec.EF.F.Subtype == Name("/application/json")
        assert list(pdf.attachments) == ["data.json"]
