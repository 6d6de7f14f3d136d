"""What stands in a Word file comes out as our document, and what cannot come is named with its place."""

import io
from typing import Any

import mammoth
import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT

from masterplan import prose
from masterplan.word.read import read_word
from tests.masterplan.word import given
from tests.masterplan.word.given import cell, paragraph, row, run, table, with_body

type Json = dict[str, Any]


@pytest.fixture(scope="module")
def masterplan() -> Json:
    return read_word(given.masterplan())


def under(reading: Json, heading: str) -> list[Json]:
    blocks: list[Json] = next(
        s["blocks"] for s in reading["segments"] if s["heading"] and heading in s["heading"]["text"]
    )
    return blocks


def html_under(reading: Json, heading: str) -> str:
    return prose.to_html({"type": "doc", "content": under(reading, heading)})


def read_body(xml: str, prepare: Any = None) -> Json:
    document = Document()
    given.add_numbering(document)
    if prepare:
        prepare(document)
    with_body(document, xml)
    return read_word(given.saved(document))


def html_of(reading: Json) -> str:
    return prose.to_html({"type": "doc", "content": [b for s in reading["segments"] for b in s["blocks"]]})


def noted(reading: Json) -> dict[str, list[str]]:
    return {note["kind"]: note["said"] for note in reading["notes"]}


def test_headings_typed_counted_and_imitated(masterplan: Json) -> None:
    heads = [s["heading"] for s in masterplan["segments"] if s["heading"]]
    assert [(h["level"], h["kind"], ".".join(h["parts"]), h["title"], h["is_weak"]) for h in heads] == [
        (3, "none", "", "MASTERPLAN SMART CITY KABUPATEN BANJAR", True),
        (1, "chapter", "1", "PENDAHULUAN", False),
        (2, "dotted", "1.1", "Latar Belakang", False),
        (2, "dotted", "1.2", "Maksud & Tujuan", False),
        (3, "dotted", "1.2.1", "Sasaran Pembaca", False),
        (1, "chapter", "2", "Gambaran dan Analisa Masa Depan Daerah", False),
        (2, "dotted", "2.1", "Letak Geografis & Wilayah Administrasi", False),
        (2, "dotted", "2.2", "Kependudukan dan Sosial Budaya", False),
        (2, "dotted", "2.7", "Kearifan Lokal", False),
        (1, "chapter", "3", "ANALISIS KESIAPAN DAERAH", False),
        (2, "dotted", "3.1", "Struktur", False),
        (3, "none", "", "Sumber daya manusia", True),
        (3, "none", "", "Infrastruktur", True),
        (1, "chapter", "1", "ANALISIS KESENJANGAN", False),
        (2, "dotted", "1.1", "Pendekatan Analisis Kesenjangan", False),
        (1, "chapter", "5", "Analisis SWOT dan TOWS", False),
        (2, "dotted", "5.1", "Faktor Internal", False),
        (1, "chapter", "6", "Visi, Misi, Tujuan, Sasaran dan Indikator Smart City", False),
        (2, "none", "", "Kata Kunci dan Perumusan Visi", False),
    ]


def test_letters_links_footnotes_and_tracked_changes(masterplan: Json) -> None:
    assert html_under(masterplan, "1.1 Latar") == (
        "<p>Jumlah <strong>dua</strong> dari <em>lima</em> m<sup>2</sup>"
        '<span class="footnote">BPS Kabupaten Banjar, 2024.</span> desa belum terlayani.</p>'
        '<p><a href="https://bps.example/banjar">Data BPS</a> dan jebakan</p>'
        "<p>Lihat Tabel 2.1.</p><p>Kata ditambah</p>"
    )


def test_lists_keep_their_depth_and_their_letters(masterplan: Json) -> None:
    assert html_under(masterplan, "1.2 ") == (
        '<ol type="a"><li>Maksud pertama<ol type="i"><li>Rincian satu</li><li>Rincian dua</li></ol></li>'
        "<li>Maksud kedua</li></ol><ul><li>Butir<ul><li>Anak butir</li></ul></li></ul>"
        "<blockquote><p>Kota cerdas berarti warga terlayani.</p></blockquote>"
    )


def test_tables_keep_caption_heads_and_merged_cells(masterplan: Json) -> None:
    assert html_under(masterplan, "2.1 Letak") == (
        '<p class="table-caption">Luas wilayah menurut kecamatan</p><table><thead>'
        '<tr><th rowspan="2">Kecamatan</th><th colspan="2">Luas</th></tr><tr><th>km²</th><th>%</th></tr></thead><tbody>'
        "<tr><td>Martapura</td><td>42</td><td>1,2</td></tr>"
        '<tr><td rowspan="2">Aluh-Aluh</td><td>82</td><td>2,0</td></tr><tr><td colspan="2">Jumlah</td></tr>'
        "</tbody></table><p>Sumber: BPS.</p>"
    )
    assert html_under(masterplan, "5.1").startswith(
        "<table><thead><tr><th>Kode</th><th>Kekuatan</th><th>Kelemahan</th></tr>"
    )


def test_figures_keep_caption_and_alternative_text(masterplan: Json) -> None:
    assert under(masterplan, "2.2") == [
        {
            "type": "figure",
            "attrs": {"src": "word:word/media/image1.png", "alt": "Peta sebaran penduduk menurut kecamatan"},
            "content": [{"type": "text", "text": "Sebaran penduduk"}],
        }
    ]
    assert list(masterplan["pictures"]) == ["word/media/image1.png"]


def test_what_was_not_taken_over_is_named_with_its_place(masterplan: Json) -> None:
    titles = [s["heading"]["text"] if s["heading"] else "" for s in masterplan["segments"]]
    found = {n["kind"]: (titles[n["segment"]] if n["segment"] >= 0 else "–", n["said"]) for n in masterplan["notes"]}
    assert found == {
        "contents": ("MASTERPLAN SMART CITY KABUPATEN BANJAR", ["daftar isi"]),
        "link": ("1.1 Latar Belakang", ["javascript:alert(1)"]),
        "reference": ("1.1 Latar Belakang", ["Tabel 2.1"]),
        "inserted": ("1.1 Latar Belakang", ["ditambah"]),
        "deleted": ("1.1 Latar Belakang", ["dihapus"]),
        "comment": ("1.1 Latar Belakang", ["Bappeda: Angka ini dari mana?"]),
        "equation": ("Infrastruktur", ["a+b"]),
        "margin": ("–", ["Masterplan Smart City Kabupaten Banjar"]),
    }


def test_counted_list_that_is_interrupted_goes_on_counting() -> None:
    body = paragraph(run("satu"), numbered=(4, 0)) + paragraph(run("jeda")) + paragraph(run("dua"), numbered=(4, 0))
    assert html_of(read_body(body)) == '<ol><li>satu</li></ol><p>jeda</p><ol start="2"><li>dua</li></ol>'


def test_table_inside_a_cell_becomes_lines() -> None:
    inner = table(row(cell("a"), cell("b")), row(cell("c"), cell("d")))
    body = table(row(f"<w:tc>{paragraph(run('luar'))}{inner}<w:p/></w:tc>", cell("kanan")))
    reading = read_body(body)
    assert html_of(reading) == (
        "<table><tbody><tr><td><p>luar</p><p>a | b</p><p>c | d</p></td><td>kanan</td></tr></tbody></table>"
    )
    assert noted(reading) == {"nested": ["abcd"]}


def test_uneven_rows_are_filled_so_that_opening_the_section_changes_nothing() -> None:
    body = table(row(cell("a"), cell("b"), cell("c")), row(cell("d")))
    assert html_of(read_body(body)) == (
        '<table><tbody><tr><td>a</td><td>b</td><td>c</td></tr><tr><td>d</td><td colspan="2"></td></tr></tbody></table>'
    )


def test_text_box_and_hidden_text() -> None:
    box = f"<w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox><w:txbxContent>{paragraph(run('di kotak'))}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    reading = read_body(paragraph(run("teks"), run("rahasia", "<w:vanish/>"), box))
    assert html_of(reading) == "<p>teks</p><p>di kotak</p>"
    assert noted(reading) == {"hidden": ["rahasia"], "box": ["di kotak"]}


def test_pictures_of_other_kinds_leave_a_mark() -> None:
    document = Document()
    document.add_heading("1.1 Latar Belakang", 2)
    document.add_paragraph().add_run().add_picture(io.BytesIO(given.png()))
    data = given.rewritten(
        given.saved(document), lambda name, content: b"\x01\x00\x00\x00EMF" if name.endswith(".png") else content
    )
    reading = read_word(data)
    assert html_of(reading) == "<p><em>[Gambar PNG tidak terbawa]</em></p>"
    assert (noted(reading), reading["pictures"]) == ({"picture": ["image1.png"]}, {})


def test_smartart_leaves_its_words_and_charts_a_mark() -> None:
    def prepare(document: Any) -> None:
        xml = "<d:dataModel xmlns:d='http://schemas.openxmlformats.org/drawingml/2006/diagram' xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'><a:t>Isu</a:t><a:t>Strategi</a:t></d:dataModel>"
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/diagramData"
        prepare.key = given.add_part(document, "diagrams/data1.xml", kind, "x", xml)  # type: ignore[attr-defined]

    names = (
        "xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main' "
        "xmlns:wp='http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing' "
        "xmlns:dgm='http://schemas.openxmlformats.org/drawingml/2006/diagram'"
    )
    document = Document()
    prepare(document)
    uri = "http://schemas.openxmlformats.org/drawingml/2006"
    smart = f"<w:r><w:drawing {names}><wp:inline><a:graphic><a:graphicData uri='{uri}/diagram'><dgm:relIds r:dm='{prepare.key}'/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"  # type: ignore[attr-defined]
    chart = f"<w:r><w:drawing {names}><wp:inline><wp:docPr id='1' name='x' descr='Anggaran'/><a:graphic><a:graphicData uri='{uri}/chart'/></a:graphic></wp:inline></w:drawing></w:r>"
    with_body(document, paragraph(smart) + paragraph(chart))
    reading = read_word(given.saved(document))
    assert html_of(reading) == (
        "<p><em>[SmartArt tidak terbawa: Isu; Strategi]</em></p><p><em>[Grafik Word tidak terbawa: Anggaran]</em></p>"
    )
    assert noted(reading) == {"smartart": ["Isu; Strategi"], "chart": ["Anggaran"]}


@pytest.mark.parametrize(
    ("text", "is_caption"),
    [
        ("Tabel 2.1 Luas wilayah", True),
        ("Tabel II-3. Luas wilayah", True),
        ("Tabel 2.1 menunjukkan luas wilayah menurut kecamatan.", False),
        ("Tabel berikut memuat luas wilayah", False),
    ],
)
def test_caption_without_the_style(text: str, *, is_caption: bool) -> None:
    reading = read_body(paragraph(run(text)) + table(row(cell("a"), cell("b"))))
    kinds = [block["type"] for segment in reading["segments"] for block in segment["blocks"]]
    assert kinds == (["tableCaption", "table"] if is_caption else ["paragraph", "table"])


def test_strict_files_read_the_same() -> None:
    def strict(name: str, content: bytes) -> bytes:
        if name not in ("word/document.xml", "word/styles.xml"):
            return content
        usual = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        return content.replace(usual, b"http://purl.oclc.org/ooxml/wordprocessingml/main")

    document = Document()
    document.add_heading("1.1 Latar Belakang", 2)
    document.add_paragraph("Teks.")
    reading = read_word(given.rewritten(given.saved(document), strict))
    assert [s["heading"]["text"] for s in reading["segments"] if s["heading"]] == ["1.1 Latar Belakang"]
    assert html_of(reading) == "<p>Teks.</p>"


def test_endnotes_come_as_footnotes() -> None:
    def prepare(document: Any) -> None:
        xml = f'<w:endnotes {given.NS}><w:endnote w:id="7"><w:p>{run("Catatan akhir.")}</w:p></w:endnote></w:endnotes>'
        given.add_part(document, "endnotes.xml", RT.ENDNOTES, "endnotes", xml)

    reading = read_body(paragraph(run("Teks"), '<w:r><w:endnoteReference w:id="7"/></w:r>'), prepare)
    assert html_of(reading) == '<p>Teks<span class="footnote">Catatan akhir.</span></p>'


def squeezed(text: str) -> str:
    return "".join(text.split())


def texts(node: Json) -> str:
    return str(node.get("text", "")) + "".join(texts(child) for child in node.get("content", ()))


def test_no_word_is_lost_that_another_reader_finds(masterplan: Json) -> None:
    """mammoth reads independently; what it finds and we leave out is known by heart: contents and frozen numbers."""
    ours = squeezed(
        "".join(
            (s["heading"]["text"] if s["heading"] else "") + "".join(texts(block) for block in s["blocks"])
            for s in masterplan["segments"]
        )
    )
    paragraphs = mammoth.extract_raw_text(io.BytesIO(given.masterplan())).value.split("\n\n")
    assert [text for text in paragraphs if squeezed(text) not in ours] == [
        "BAB I PENDAHULUAN1",
        "Tabel 2.1 Luas wilayah menurut kecamatan",
        "Gambar 2.1. Sebaran penduduk",
        "Rumusnya  saja.",
    ]
