"""The finished file of the whole example, and what the typesetting process refuses."""

from pathlib import Path

import pytest
from pypdf.generic import DictionaryObject

from export.job import Part, PrintJob
from export.paging import roman
from export.pdf import AssetFetcher, RefusedAddressError
from export.press import Limits, TypesettingError, typeset
from tests.export.conftest import Book
from tests.export.trap import trap

pytestmark = pytest.mark.django_db  # the example's document is built before the first

FONTS = ("PlusJakartaSans", "SourceSerif4", "Plus-Jakarta-Sans", "Source-Serif-4")


def small_job(html: str, css: str = "") -> PrintJob:
    part = Part("Buku I, Bab I", f"<html lang=id><title>x</title>{html}", css)
    return PrintJob("Judul", "Pemerintah", (part,), (), "", {"dots.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>"})


def test_the_whole_example_is_typeset_without_a_warning(book: Book) -> None:
    assert book.printed.warnings == ()
    assert book.printed.pages == len(book.reader.pages) > 60
    assert book.printed.pages == sum(book.printed.part_pages)


def test_the_file_says_what_it_is(book: Book) -> None:
    info = book.reader.metadata
    assert info is not None
    assert info.title == book.document.title
    root = book.reader.trailer["/Root"]
    assert root["/Lang"] == "id"
    assert root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_titles_and_sections_can_be_read_out(book: Book) -> None:
    flat = " ".join(book.text.split())
    for part in book.document.books:
        for entry in part.contents:
            assert " ".join(entry.title.split()) in flat


def test_every_contents_line_has_the_label_of_its_page(book: Book) -> None:
    labels = book.reader.page_labels
    assert labels[:3] == ["i", "ii", "iii"]
    assert {"I-1", "IV-1", "L-1"} <= set(labels)
    assert "00" not in [line.split()[-1] for line in book.reader.pages[4].extract_text().splitlines() if line.split()]


def test_bookmarks_lead_from_book_to_section(book: Book) -> None:
    outline = [entry for entry in book.reader.outline if isinstance(entry, DictionaryObject)]
    assert [str(entry["/Title"]).split(":")[0] for entry in outline] == ["Buku I", "Buku II", "Buku III"]


def test_only_vendored_fonts_are_embedded(book: Book) -> None:
    names = set()
    for page in book.reader.pages:
        fonts = page["/Resources"].get_object().get("/Font", {}).get_object()
        names |= {str(font.get_object()["/BaseFont"]).rpartition("+")[2].removeprefix("/") for font in fonts.values()}
    assert names
    assert [name for name in names if not name.startswith(FONTS)] == []


def test_every_page_but_the_covers_carries_the_draft_mark(book: Book) -> None:
    marked = [("DRAF" in page.extract_text()) for page in book.reader.pages]
    assert marked.count(False) <= len(book.document.books)


def test_no_page_is_nearly_empty(book: Book) -> None:
    words = [len(page.extract_text().split()) for page in book.reader.pages]
    assert [place for place, count in enumerate(words, start=1) if count < 18] == []


ATTACKS = (
    "file:///etc/passwd",
    "http://127.0.0.1:{port}/x.png",
    "https://127.0.0.1/x",
    "ftp://127.0.0.1/x",
    "data:image/png;base64,AAAA",
    "asset:../../etc/passwd",
    "asset:file:///etc/passwd",
    "ASSET:dots.svg",
    "//127.0.0.1/x",
    "/etc/passwd",
    "",
)


@pytest.mark.parametrize("address", ATTACKS)
def test_the_fetcher_refuses_everything_that_it_was_not_given(address: str) -> None:
    with pytest.raises(RefusedAddressError):
        AssetFetcher({"dots.svg": b""}).fetch(address)


def test_hostile_html_reaches_neither_files_nor_servers(tmp_path: Path) -> None:
    with trap() as (port, asked):
        images = "".join(f'<img src="{address.format(port=port)}" alt="">' for address in ATTACKS)
        css = f'body {{ background: url(http://127.0.0.1:{port}/y) }} @import "file:///etc/hosts";'
        printed = typeset(small_job(f"<p>Isi</p>{images}", css), tmp_path / "x.pdf")
    assert printed.pages == 1
    assert asked == []
    assert b"root:" not in (tmp_path / "x.pdf").read_bytes()


HEAVY = (
    "<table>" + "<tr>" + "<td>x</td>" * 40 + "</tr>" * 1 + ("<tr>" + "<td>x</td>" * 40 + "</tr>") * 3000 + "</table>"
)


@pytest.mark.parametrize("limits", [Limits(seconds=3), Limits(memory_bytes=220_000_000), Limits(cpu_seconds=3)])
def test_too_much_ends_with_a_sentence_that_names_the_place(tmp_path: Path, limits: Limits) -> None:
    with pytest.raises(TypesettingError, match=r"Penataan halaman (berhenti|gagal) pada Buku I, Bab I"):
        typeset(small_job(HEAVY), tmp_path / "x.pdf", limits=limits)
    assert typeset(small_job("<p>Isi</p>"), tmp_path / "y.pdf").pages == 1


def test_front_pages_count_in_roman() -> None:
    assert [roman(number) for number in (1, 4, 9, 14, 49)] == ["i", "iv", "ix", "xiv", "xlix"]
