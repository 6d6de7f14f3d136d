"""Styles of the Word file, in the colours of the book; offices change them in one place."""

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from export import palette
from export.formats.word.xml import el

BODY, HEADS = "Cambria", "Calibri"
# name, based on, size, colour, bold, space before and after (points)
PARAGRAPHS = (
    ("Judul Depan", "Normal", 20, palette.ACCENT_DEEP, True, 0, 12),
    ("Judul Lembar", "Heading 3", 14, palette.ACCENT_DEEP, True, 12, 6),
    ("Judul Tabel", "Caption", 9.5, palette.ACCENT_DEEP, True, 12, 4),
    ("Judul Gambar", "Caption", 9.5, palette.ACCENT_DEEP, True, 4, 2),
    ("Isi Tabel", "Normal", 8, palette.INK, False, 1, 1),
    ("Kepala Tabel", "Isi Tabel", 8, palette.INK, True, 1, 1),
    ("Keterangan", "Isi Tabel", 7, palette.MUTED, False, 0, 1),
    ("Sumber", "Normal", 8, palette.MUTED, False, 3, 10),
    ("Pernyataan", "Normal", 13, palette.ACCENT_DEEP, True, 6, 8),
    ("Belum Ditulis", "Normal", 10.5, palette.MUTED, False, 0, 8),
    ("Sampul", "Normal", 14, palette.INK, False, 0, 6),
    ("Sampul Besar", "Sampul", 34, palette.ACCENT_DEEP, True, 18, 12),
    ("toc 1", "Normal", 10.5, palette.INK, True, 6, 1),
    ("toc 2", "Normal", 10, palette.INK, False, 0, 1),
    ("toc 3", "Normal", 9.5, palette.MUTED, False, 0, 1),
    ("footnote text", "Normal", 8.5, palette.INK, False, 0, 1),
)  # fmt: skip
HEADINGS = (("Heading 1", 22, 24, 14), ("Heading 2", 15, 18, 6), ("Heading 3", 12.5, 12, 4), ("Heading 4", 11, 10, 3))
TABLES = """<w:style {ns} w:type="table" w:customStyle="1" w:styleId="{key}"><w:name w:val="{name}"/><w:tblPr>{borders}
<w:tblCellMar><w:top w:w="28" w:type="dxa"/><w:left w:w="70" w:type="dxa"/><w:bottom w:w="28" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar>
</w:tblPr></w:style>"""
RULES = (
    '<w:tblBorders><w:top w:val="single" w:sz="8" w:color="{strong}"/><w:bottom w:val="single" w:sz="8" w:color="{strong}"/>'
    '<w:insideH w:val="single" w:sz="4" w:color="{rule}"/></w:tblBorders>'
)


def dress(document: Any) -> None:
    """Sets the styles of a new python-docx document."""
    styles = document.styles
    _font(styles["Normal"], BODY, 11, palette.INK, is_bold=False)
    styles["Normal"].paragraph_format.space_after = Pt(7)
    styles["Normal"].paragraph_format.line_spacing = 1.15
    language = styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    for name in ("val", "eastAsia"):
        language.set(qn(f"w:{name}"), "id-ID")
    for name, size, before, after in HEADINGS:
        _font(styles[name], HEADS, size, palette.ACCENT_DEEP, is_bold=True)
        _space(styles[name], before, after)
    styles["Heading 4"].font.italic = False
    for paragraph in PARAGRAPHS:
        _add(styles, *paragraph)
    for name in ("Judul Tabel",):
        styles[name].paragraph_format.keep_with_next = True
    styles["Sampul"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    styles["Belum Ditulis"].font.italic = True
    for level in (1, 2, 3):
        styles[f"toc {level}"].paragraph_format.left_indent = Mm(6 * (level - 1))
    _add_rest(styles)


def _add(styles: Any, name: str, base: str, size: float, colour: str, is_bold: bool, before: int, after: int) -> None:
    style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = styles[base]
    family = BODY if name in {"Belum Ditulis", "footnote text"} else HEADS
    _font(style, family, size, colour, is_bold=is_bold)
    _space(style, before, after)
    style.paragraph_format.line_spacing = 1.0


def _font(style: Any, family: str, size: float, colour: str, *, is_bold: bool) -> None:
    style.font.name, style.font.size, style.font.bold = family, Pt(size), is_bold
    style.font.color.rgb = RGBColor.from_string(colour.lstrip("#").upper())
    fonts = style.element.rPr.find(qn("w:rFonts"))
    for name in list(fonts.attrib):
        if name.endswith("Theme"):
            del fonts.attrib[name]
    for name in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{name}"), family)


def _space(style: Any, before: float, after: float) -> None:
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)


def _add_rest(styles: Any) -> None:
    sign = styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER)
    sign.font.superscript = True
    link = styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.underline = True
    link.font.color.rgb = RGBColor.from_string(palette.ACCENT_DEEP.lstrip("#").upper())
    rules = RULES.format(strong=palette.RULE_STRONG.lstrip("#"), rule=palette.RULE.lstrip("#"))
    for key, name, borders in (("TabelBuku", "Tabel Buku", rules), ("TabelPolos", "Tabel Polos", "")):
        styles.element.append(parse_xml(TABLES.format(ns=nsdecls("w"), key=key, name=name, borders=borders)))
    for name, key in (
        ("toc 1", "TOC1"),
        ("toc 2", "TOC2"),
        ("toc 3", "TOC3"),
        ("footnote text", "FootnoteText"),
        ("footnote reference", "FootnoteReference"),
    ):
        styles[name].element.set(qn("w:styleId"), key)


def tab_stop(millimetres_in_twips: int) -> Any:
    return el("tabs", el("tab", val="right", leader="dot", pos=millimetres_in_twips))
