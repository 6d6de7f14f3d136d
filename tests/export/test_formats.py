"""The other formats, opened again and compared with the tree they were made of."""

import json
import zipfile
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from docx.api import Document as OpenWord
from docx.oxml.ns import qn
from openpyxl import load_workbook
from pptx import Presentation

from bimtek.models import BodyMember
from export import planfile
from export.blocks import Cell, Column, Figure, Prose, Quadrant, Row, Table
from export.document import build
from export.fingerprint import tables_fingerprint
from export.formats.made import made
from export.formats.word.book import word_book
from export.formats.workbook import tables_of, tables_xlsx, value_of
from export.plan_data import plan_tables
from export.tree import BookPart, ChapterPart, Document, SectionPart
from masterplan.domain.section import replace_text
from masterplan.models import Masterplan, Programme
from tests.bimtek.given import paragraph, section_of

HOSTILE = "=HYPERLINK(1) <script>alert(1)</script> \x00\x0b\ufffe\u202e " + "panjang sekali " * 20


@pytest.fixture
def document(banjar: Masterplan) -> Document:
    return build(banjar)


def hostile(document: Document) -> Document:
    columns = (Column(HOSTILE, width=60), Column("Anggaran", unit="Rp juta", align="right", width=40))
    row = Row((Cell(HOSTILE, notes=(HOSTILE,)), Cell("1.500,5")))
    table = Table(HOSTILE, columns, (row,) * 400, source=HOSTILE, id="t-1", label="Tabel 1.1")
    section = SectionPart("bagian-x", "x", "1.1", HOSTILE, (table,))
    chapter = ChapterPart("bab-x", "x", "I", HOSTILE, "band", (section,))
    book = BookPart("B1", "I", HOSTILE, (chapter,), (), (), ())
    return replace(document, title=HOSTILE, region=HOSTILE, books=(book,))


def styled(word: Any, *names: str) -> list[str]:
    return [paragraph.text for paragraph in word.paragraphs if paragraph.style.name in names]


def blocks(document: Document, *kinds: type) -> list[Any]:
    sections = [part for book in document.books for chapter in book.chapters for part in chapter.sections]
    return [block for part in sections for block in part.blocks if isinstance(block, kinds)]


def test_word_has_the_headings_captions_and_notes_of_the_tree(document: Document) -> None:
    content = word_book(document)
    word = OpenWord(BytesIO(content))
    chapters = [chapter for book in document.books for chapter in book.chapters if chapter.opening != "front"]
    titles = [" ".join(filter(None, (part.label, part.title))) for part in chapters]
    heads = styled(word, "Heading 1")
    assert [head for head in heads if head in titles] == titles
    sections = [part for chapter in chapters for part in chapter.sections]
    assert styled(word, "Heading 2") == [" ".join(filter(None, (part.number, part.title))) for part in sections]
    captions = styled(word, "Judul Tabel")
    assert [text for text in captions if text in {f"{t.label} {t.caption}" for t in blocks(document, Table)}] == [
        f"{table.label} {table.caption}" for table in blocks(document, Table)
    ]
    for figure in blocks(document, Figure, Quadrant):
        assert f"{figure.label} {figure.caption}" in styled(word, "Judul Gambar")
    expected = [entry.number for book in document.books for entry in book.tables]
    assert [text.partition(" ")[0] + " " + text.split()[1] for text in captions] == expected
    with zipfile.ZipFile(BytesIO(content)) as package:
        notes = package.read("word/footnotes.xml").decode()
    html = "".join(block.html for block in blocks(document, Prose))
    assert notes.count("<w:footnoteRef/>") == html.count('<x-note class="footnote">') > 0


def test_word_counts_footnotes_as_the_printed_book_does(document: Document) -> None:
    """Through each chapter: a section of Word says with which number its notes begin."""
    body = OpenWord(BytesIO(word_book(document))).element.body
    shown, waiting = [], 0
    for element in body.iter(qn("w:footnoteReference"), qn("w:sectPr")):
        if element.tag == qn("w:footnoteReference"):
            waiting += 1
            continue
        about = element.find(qn("w:footnotePr"))
        assert about.find(qn("w:numRestart")).get(qn("w:val")) == "eachSect"
        first = int(about.find(qn("w:numStart")).get(qn("w:val")))
        shown += range(first, first + waiting)
        waiting = 0
    counts = [
        sum(
            block.html.count('<x-note class="footnote">')
            for part in chapter.sections
            for block in part.blocks
            if isinstance(block, Prose)
        )
        for book in document.books
        for chapter in book.chapters
    ]
    assert shown == [number for count in counts for number in range(1, count + 1)]
    assert len(set(shown)) < len(shown)


def test_word_repeats_heads_aligns_figures_and_describes_pictures(document: Document) -> None:
    body = OpenWord(BytesIO(word_book(document))).element.body
    tables = blocks(document, Table)
    heads = body.findall(f".//{qn('w:tblHeader')}")
    assert len(heads) >= len(tables)
    assert body.findall(f".//{qn('w:jc')}[@{qn('w:val')}='right']")
    described = [drawing.get("descr") for drawing in body.iter(qn("wp:docPr"))]
    assert described
    assert all(described)


def test_word_has_links_that_lead_somewhere(document: Document) -> None:
    body = OpenWord(BytesIO(word_book(document))).element.body
    names = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    anchors = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))} - {None}
    codes = [code.text.split() for code in body.iter(qn("w:instrText"))]
    assert anchors
    assert anchors <= names
    assert {code[1] for code in codes if code[0] == "REF"} <= names
    begun = len(body.findall(f".//{qn('w:fldChar')}[@{qn('w:fldCharType')}='begin']"))
    assert begun == len(body.findall(f".//{qn('w:fldChar')}[@{qn('w:fldCharType')}='end']")) == len(codes)


def test_word_takes_hostile_and_empty_contents(document: Document) -> None:
    word = OpenWord(BytesIO(word_book(hostile(document))))
    assert len(word.tables) == 1
    assert "<script>alert(1)</script>" in styled(word, "Heading 1")[0]
    assert OpenWord(BytesIO(word_book(replace(document, books=())))).paragraphs[0].text == "Belum ada isi."


def test_every_table_is_a_sheet_with_numbers_as_numbers(document: Document) -> None:
    book: Any = load_workbook(BytesIO(tables_xlsx(document)))
    found = list(tables_of(document))
    assert len(book.sheetnames) == len(found) + 1
    contents = book["Daftar Tabel"]
    assert [contents.cell(line, 1).value for line in range(5, 5 + len(found))] == [table.label for _, table in found]
    assert contents.cell(5, 1).hyperlink.location == f"'{book.sheetnames[1]}'!A1"
    assert not [cell for sheet in book for row in sheet for cell in row if cell.data_type == "f"]


@pytest.mark.parametrize(
    ("text", "column", "expected"),
    [
        ("1.500,5", Column("Jumlah", unit="Rp juta", align="right"), (1_500_500_000, "#,##0")),
        ("1.500", Column("2026", group="Anggaran (Rp)", align="right"), (1500, "#,##0")),
        ("12,5", Column("Porsi", unit="%", align="right"), (12.5, "#,##0.0")),
        ("–", Column("2026", align="right"), ("–", "@")),
        ("2026", Column("Kode"), ("2026", "@")),
    ],
)
def test_a_cell_is_a_number_only_where_the_column_holds_numbers(text: str, column: Column, expected: object) -> None:
    value, look = value_of(Cell(text), column)
    assert (float(value) if look != "@" else value, look) == expected


def test_no_text_becomes_a_formula(document: Document) -> None:
    book: Any = load_workbook(BytesIO(tables_xlsx(hostile(document))))
    sheet = book.worksheets[1]
    assert (sheet["A5"].data_type, sheet["B5"].value) == ("s", 1_500_500_000)
    assert load_workbook(BytesIO(tables_xlsx(replace(document, books=())))).sheetnames == ["Daftar Tabel"]


def test_the_deck_has_titles_notes_and_words_for_every_picture(banjar: Masterplan) -> None:
    show = Presentation(BytesIO(made("pptx", banjar, None)))
    assert 12 <= len(show.slides) <= 15
    for slide in show.slides:
        assert slide.shapes.title.text_frame.text
        assert slide.notes_slide.notes_text_frame.text
        for shape in slide.shapes:
            if shape.shape_type == 13:
                assert shape._element._nvXxPr.cNvPr.get("descr")


def test_tables_are_written_again_only_when_one_has_changed(banjar: Masterplan) -> None:
    def attached() -> tuple[str, bytes]:
        document = build(banjar)
        made = plan_tables(banjar.code, document)
        assert made.body == tables_xlsx(document)
        return tables_fingerprint(document), made.body

    first = attached()
    replace_text(section_of(banjar), doc=paragraph("Kalimat tanpa tabel."), by=None)
    assert attached() == first
    Programme.objects.filter(plan=banjar, code="GOV-P01").update(name="Mal Pelayanan Publik")
    changed = attached()
    assert changed[0] != first[0]
    assert changed[1] != first[1]


def test_a_slide_says_what_it_leaves_out(banjar: Masterplan) -> None:
    show = Presentation(BytesIO(made("pptx", banjar, None)))
    left = {
        slide.shapes.title.text_frame.text: [
            shape.text_frame.text for shape in slide.shapes if shape.name == "Selebihnya"
        ]
        for slide in show.slides
    }
    members = BodyMember.objects.filter(plan=banjar).count()
    assert {title: words for title, words in left.items() if words} == {
        "Tata kelola": [f"dan {members - 10} baris lain dalam buku"]
    }


def test_an_empty_plan_has_every_format(plan: Masterplan) -> None:
    for file_format in ("docx", "xlsx", "pptx", "json"):
        assert made(file_format, plan, None)


def test_equal_plans_make_equal_bytes(banjar: Masterplan) -> None:
    for file_format in ("docx", "xlsx", "pptx", "json"):
        assert made(file_format, banjar, None) == made(file_format, banjar, None)


def test_the_data_is_the_plan_file_without_people_and_loads_again(banjar: Masterplan) -> None:
    found = json.loads(made("json", banjar, None))
    whole = json.loads(json.dumps(planfile.dump(banjar)))
    kept = {"peran_pengguna", "kegiatan", "dokumen", "instrumen_evaluasi"}
    assert found == {key: value for key, value in whole.items() if key not in kept}
    again = planfile.load(found, by=None, replace=True)
    assert made("json", again, None) == made("json", banjar, None)
