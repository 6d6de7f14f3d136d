"""Word files made for the tests: a realistic masterplan with everything that people put into one, and hostile ones."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def png(width: int = 40, height: int = 30, colour: tuple[int, int, int] = (11, 93, 94)) -> bytes:
    """A whole picture without any library."""
    rows = b"".join(b"\x00" + bytes(colour) * width for _ in range(height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def rewritten(
    data: bytes, change: Callable[[str, bytes], bytes | None], extra: dict[str, bytes] | None = None
) -> bytes:
    """The same package with parts changed, left out (None) or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            content = change(info.filename, source.read(info.filename))
            if content is not None:
                target.writestr(info.filename, content)
        for name, content in (extra or {}).items():
            target.writestr(name, content)
    return out.getvalue()


def with_body(document: Any, xml: str) -> None:
    """Raw WordprocessingML before the section's properties."""
    body = document.element.body
    for element in parse_xml(f"<w:body {NS}>{xml}</w:body>"):
        body.insert(len(body) - 1, element)


def run(text: str, letters: str = "") -> str:
    return f'<w:r><w:rPr>{letters}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, style: str = "", numbered: tuple[int, int] | None = None) -> str:
    key = f'<w:pStyle w:val="{style}"/>' if style else ""
    count = f'<w:numPr><w:ilvl w:val="{numbered[1]}"/><w:numId w:val="{numbered[0]}"/></w:numPr>' if numbered else ""
    return f"<w:p><w:pPr>{key}{count}</w:pPr>{''.join(runs)}</w:p>"


def cell(text: str, span: int = 1, merge: str = "", letters: str = "") -> str:
    properties = f'<w:gridSpan w:val="{span}"/>' if span != 1 else ""
    if merge:
        properties += f'<w:vMerge w:val="{merge}"/>'
    content = paragraph(run(text, letters)) if text else "<w:p/>"
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def row(*cells: str, is_head: bool = False) -> str:
    return f"<w:tr>{'<w:trPr><w:tblHeader/></w:trPr>' if is_head else ''}{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def add_part(document: Any, name: str, kind: str, content_type: str, xml: str) -> str:
    part = Part(PackURI(f"/word/{name}"), f"{WORD}.{content_type}+xml", xml.encode(), document.part.package)
    return str(document.part.relate_to(part, kind))


def add_numbering(document: Any) -> None:
    """1: a, b, c with i, ii below; 2: bullets; 3: "BAB %1" and "%1.%2" for headings."""

    def level(at: int, kind: str, text: str) -> str:
        return f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'

    kinds = [
        level(0, "lowerLetter", "%1.") + level(1, "lowerRoman", "%2)"),
        level(0, "bullet", "•") + level(1, "bullet", "o"),
        level(0, "upperRoman", "BAB %1") + level(1, "decimal", "%1.%2"),
        level(0, "decimal", "%1."),
    ]
    root = document.part.numbering_part.element
    for child in list(root):
        root.remove(child)
    for at, levels in enumerate(kinds, 1):
        root.append(parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{at}">{levels}</w:abstractNum>'))
    for at in range(1, len(kinds) + 1):
        xml = f'<w:num {nsdecls("w")} w:numId="{at}"><w:abstractNumId w:val="{at}"/></w:num>'
        root.append(parse_xml(xml))


def add_notes(document: Any) -> None:
    texts = {2: "BPS Kabupaten Banjar, 2024.", 3: "Wawancara dengan Bappeda."}
    notes = "".join(f'<w:footnote w:id="{k}"><w:p>{run(text)}</w:p></w:footnote>' for k, text in texts.items())
    separator = '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
    xml = f"<w:footnotes {NS}>{separator}{notes}</w:footnotes>"
    add_part(document, "footnotes.xml", RT.FOOTNOTES, "footnotes", xml)
    comment = f'<w:comment w:id="5" w:author="Bappeda"><w:p>{run("Angka ini dari mana?")}</w:p></w:comment>'
    add_part(document, "comments.xml", RT.COMMENTS, "comments", f"<w:comments {NS}>{comment}</w:comments>")


NOTE = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {} </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
CONTENTS = (
    "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr><w:sdtContent>"
    f"{paragraph(run('BAB I PENDAHULUAN'), run('1'))}</w:sdtContent></w:sdt>"
)


def masterplan() -> bytes:
    """Six chapters of Buku I: numbers typed and counted, real and imitated headings, and one of everything."""
    document = Document()
    add_numbering(document)
    add_notes(document)
    document.sections[0].header.paragraphs[0].text = "Masterplan Smart City Kabupaten Banjar"
    document.add_paragraph("MASTERPLAN SMART CITY KABUPATEN BANJAR").alignment = WD_ALIGN_PARAGRAPH.CENTER
    with_body(document, CONTENTS)
    _first_chapter(document)
    _second_chapter(document)
    _third_chapter(document)
    _fourth_and_fifth(document)
    return saved(document)


def _first_chapter(document: Any) -> None:
    document.add_heading("BAB I", 1)
    document.add_heading("PENDAHULUAN", 1)
    document.add_paragraph("Bab ini menjelaskan alasan penyusunan masterplan.")
    document.add_heading("1.1 Latar Belakang", 2)
    link = document.part.relate_to("https://bps.example/banjar", RT.HYPERLINK, is_external=True)
    evil = document.part.relate_to("javascript:alert(1)", RT.HYPERLINK, is_external=True)
    letters = (
        run("dua", "<w:b/>")
        + run(" dari ")
        + run("lima", "<w:i/>")
        + run(" m")
        + run("2", '<w:vertAlign w:val="superscript"/>')
    )
    with_body(document, paragraph(run("Jumlah ") + letters, NOTE.format(2), run(" desa belum terlayani.")))
    with_body(
        document,
        paragraph(
            f'<w:hyperlink r:id="{link}">{run("Data BPS")}</w:hyperlink>',
            run(" dan "),
            f'<w:hyperlink r:id="{evil}">{run("jebakan")}</w:hyperlink>',
        ),
    )
    with_body(document, paragraph(run("Lihat "), FIELD.format("REF _Ref1 \\h", "Tabel 2.1"), run(".")))
    changed = f'<w:ins w:author="x">{run("ditambah")}</w:ins><w:del w:author="x"><w:r><w:delText>dihapus</w:delText></w:r></w:del>'
    with_body(document, paragraph(run("Kata "), changed, '<w:r><w:commentReference w:id="5"/></w:r>'))
    document.add_heading("1.2 Maksud & Tujuan", 2)
    items = [("Maksud pertama", 0), ("Rincian satu", 1), ("Rincian dua", 1), ("Maksud kedua", 0)]
    with_body(document, "".join(paragraph(run(text), numbered=(1, at)) for text, at in items))
    with_body(
        document, "".join(paragraph(run(text), numbered=(2, at)) for text, at in [("Butir", 0), ("Anak butir", 1)])
    )
    document.add_paragraph("Kota cerdas berarti warga terlayani.", style="Quote")
    document.add_heading("1.2.1 Sasaran Pembaca", 3)
    document.add_paragraph("Perangkat daerah dan warga.")


def _second_chapter(document: Any) -> None:
    document.add_heading("Bab II Gambaran dan Analisa Masa Depan Daerah", 1)
    document.add_heading("2.1 Letak Geografis & Wilayah Administrasi", 2)
    document.add_paragraph("Tabel 2.1 Luas wilayah menurut kecamatan", style="Caption")
    with_body(
        document,
        table(
            row(cell("Kecamatan", merge="restart"), cell("Luas", 2), is_head=True),
            row(cell("", merge="continue"), cell("km²"), cell("%"), is_head=True),
            row(cell("Martapura"), cell("42"), cell("1,2")),
            row(cell("Aluh-Aluh", merge="restart"), cell("82"), cell("2,0")),
            row(cell("", merge="continue"), cell("Jumlah", 2)),
        ),
    )
    document.add_paragraph("Sumber: BPS.")
    document.add_heading("2.2 Kependudukan dan Sosial Budaya", 2)
    _picture(document, "Peta sebaran penduduk menurut kecamatan")
    document.add_paragraph("Gambar 2.1. Sebaran penduduk", style="Caption")
    document.add_heading("2.7 Kearifan Lokal", 2)
    document.add_paragraph("Bagian ini tidak ada dalam kerangka.")


def _picture(document: Any, alt: str) -> None:
    place = document.add_paragraph().add_run()
    place.add_picture(io.BytesIO(png()), width=Cm(5))
    place._r.find(f".//{qn('wp:docPr')}").set("descr", alt)


def _third_chapter(document: Any) -> None:
    """Headings that only look like ones."""
    with_body(document, paragraph(run("BAB III", "<w:b/>")) + paragraph(run("ANALISIS KESIAPAN DAERAH", "<w:b/>")))
    with_body(document, paragraph(run("3.1 Struktur", "<w:b/>")))
    document.add_paragraph("Tenaga TIK berjumlah 41 orang.")
    with_body(
        document, paragraph(run("Sumber daya manusia", "<w:b/>")) + paragraph(run("Sebagian besar di satu dinas."))
    )
    with_body(document, paragraph(run("Infrastruktur", "<w:b/>")))
    document.add_paragraph("Dua kecamatan belum berlistrik penuh.")
    formula = "<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>"
    with_body(document, paragraph(run("Rumusnya "), formula, run(" saja.")))


def _fourth_and_fifth(document: Any) -> None:
    with_body(document, paragraph(run("ANALISIS KESENJANGAN"), style="Heading1", numbered=(3, 0)))
    with_body(document, paragraph(run("Pendekatan Analisis Kesenjangan"), style="Heading2", numbered=(3, 1)))
    document.add_paragraph("Kondisi ideal diambil dari SPM.")
    document.add_heading("BAB V Analisis SWOT dan TOWS", 1)
    document.add_heading("5.1 Faktor Internal", 2)
    heads = ("Kode", "Kekuatan", "Kelemahan")
    with_body(
        document,
        table(
            row(*(cell(text, letters="<w:b/>") for text in heads)),
            row(cell("1"), cell("Modal sosial"), cell("Anggaran")),
        ),
    )
    document.add_heading("BAB VI", 1)
    document.add_heading("Visi, Misi, Tujuan, Sasaran dan Indikator Smart City", 1)
    document.add_heading("Kata Kunci dan Perumusan Visi", 2)
    document.add_paragraph("Banjar maju, mandiri, agamis.")
