"""Workbooks that must be refused: within two seconds of processor, with a sentence, and nothing written."""

import io
import random
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from masterplan.domain.reading_child import EXCEL, Limits, read_in_child
from masterplan.domain.table_import import read_workbooks
from masterplan.models import Masterplan, TableImport
from smartcity.ui.refusal import Refusal
from tests.masterplan.word import given as word
from tests.masterplan.word.given import rewritten
from tests.masterplan.workbook.given import changed, with_sheet_xml, workbook
from tests.people import People

TIGHT = Limits(cpu_seconds=2, memory_bytes=600_000_000)
END = b"</sheetData>"


def kept(_: str, content: bytes) -> bytes:
    return content


def with_part(name: str, content: bytes) -> bytes:
    return rewritten(workbook(), kept, {name: content})


def macros() -> bytes:
    kinds = (b"spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml")
    return rewritten(workbook(), lambda _, xml: xml.replace(*kinds), {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})


def zip_bomb() -> bytes:
    out = io.BytesIO(workbook())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as target, target.open("xl/media/image1.png", "w") as part:
        for _ in range(250):
            part.write(bytes(1_000_000))
    return out.getvalue()


def sheet_bomb() -> bytes:
    """A sheet whose one cell repeats until the part holds 200 MB."""
    return with_sheet_xml(
        lambda xml: xml.replace(END, b"<row><c t='inlineStr'><is><t>x</t></is></c></row>" * 4_500_000 + END)
    )


def far_cell(reference: bytes, row: bytes) -> bytes:
    cell = b'<row r="' + row + b'"><c r="' + reference + b'" t="n"><v>1</v></c></row>'
    return with_sheet_xml(lambda xml: xml.replace(END, cell + END))


def many_rows(count: int) -> bytes:
    rows = b"".join(
        b'<row r="%d"><c r="C%d" t="n"><v>%d</v></c></row>' % (at, at, at) for at in range(300, 300 + count)
    )
    return with_sheet_xml(lambda xml: xml.replace(END, rows + END))


def bare(element: bytes, count: int) -> bytes:
    """Rows or cells that do not say where they stand, stored so that they are no zip bomb."""
    start, end = (b"", b"") if element == b"<row/>" else (b"<row>", b"</row>")
    return stored(with_sheet_xml(lambda xml: xml.replace(END, start + element * count + end + END)))


def stored(data: bytes) -> bytes:
    """The same parts without compression."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
    return out.getvalue()


def renamed() -> bytes:
    """The sheet stands where no program puts one."""
    old, far = "xl/worksheets/sheet2.xml", far_cell(b"C1048576", b"1048576")
    with zipfile.ZipFile(io.BytesIO(far)) as source:
        sheet = source.read(old)

    def change(name: str, xml: bytes) -> bytes | None:
        return None if name == old else xml.replace(b"worksheets/sheet2.xml", b"lain.xml")

    return rewritten(far, change, {"xl/lain.xml": sheet})


def styles() -> bytes:
    fonts = b"<font><sz val='11'/></font>" * 200_000

    def change(name: str, xml: bytes) -> bytes:
        return xml.replace(b"</fonts>", fonts + b"</fonts>") if name == "xl/styles.xml" else xml

    return stored(rewritten(workbook(), change))


def lying_dimension() -> bytes:
    """Says that the sheet ends at the last cell Excel knows."""
    start = b"<dimension ref="
    return with_sheet_xml(
        lambda xml: xml.replace(xml[xml.index(start) :].split(b"/>")[0], b'<dimension ref="A1:XFD1048576"')
    )


def entity_bomb() -> bytes:
    entities = b'<!ENTITY a "xxxxxxxxxx">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + at, b"&%c;" % (97 + at) * 10) for at in range(9)
    )
    head = b"<!DOCTYPE x [" + entities + b"]>"
    return with_sheet_xml(lambda xml: head + xml.replace(b"<sheetData>", b"<sheetData><row><c><v>&j;</v></c></row>"))


def long_text() -> bytes:
    letters = "".join(random.Random(1).choices("abcdefghij ", k=900_000))  # noqa: S311 - text that does not compress

    def fill(book: Any) -> None:
        for line in range(3, 203):
            book["Program"].cell(line, 3).value = letters[line * 4_000 : line * 4_000 + 30_000]

    return changed(fill)


REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "kosong": (lambda: b"", "Berkas ini kosong."),
    "bukan-zip": (lambda: b"%PDF-1.7", "Ini bukan berkas Excel (.xlsx)"),
    "lama.xls": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Ini berkas Excel lama (.xls)."),
    "word.xlsx": (word.masterplan, "Ini berkas Word, bukan berkas Excel."),
    "makro": (macros, "Berkas memuat makro (.xlsm)"),
    "bom-zip": (zip_bomb, "Berkas dimampatkan secara tidak wajar"),
    "bom-lembar": (sheet_bomb, "Satu bagian berkas terlalu besar"),
    "baris-jauh": (lambda: far_cell(b"C1048576", b"1048576"), "Satu lembar berisi sel sampai baris 1.048.576"),
    "kolom-jauh": (lambda: far_cell(b"XFD300", b"300"), "Satu lembar berisi sel sampai kolom XFD"),
    "50.000-baris": (lambda: many_rows(50_000), "Satu lembar berisi sel sampai baris 50.299"),
    "6.000-baris": (lambda: many_rows(6_000), "Lembar “Program” berisi lebih dari 5.000 baris."),
    "baris-tanpa-nomor": (lambda: bare(b"<row/>", 1_000_000), "Satu lembar berisi terlalu banyak baris atau sel."),
    "sel-tanpa-nomor": (lambda: bare(b"<c/>", 1_500_000), "Satu lembar berisi terlalu banyak baris atau sel."),
    "lembar-bernama-lain": (renamed, "Satu lembar berisi sel sampai baris 1.048.576"),
    "gaya": (styles, "Berkas memuat terlalu banyak teks atau gaya"),
    "entitas": (entity_bomb, "Berkas memuat definisi XML yang tidak wajar"),
    "teks-panjang": (long_text, "Lembar “Program” memuat teks yang terlalu panjang"),
    "arsip-dalam": (lambda: with_part("xl/media/isi.zip", b"PK"), "Berkas memuat arsip lain"),
    "nama-bagian": (lambda: with_part("../../xl/jahat.xml", b"<x/>"), "Berkas memuat nama bagian yang tidak wajar"),
    "terpotong": (lambda: workbook()[:-400], "Berkas rusak atau terpotong."),
    "lembar-rusak": (lambda: with_sheet_xml(lambda xml: xml[: len(xml) // 2]), "Berkas Excel ini rusak"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_in_two_seconds_of_processor(name: str) -> None:
    make, sentence = REFUSED[name]
    with pytest.raises(Refusal) as refused:
        read_in_child(EXCEL, make(), name, limits=TIGHT)
    assert refused.value.sentence.startswith(sentence)


def test_lying_dimension_is_not_believed() -> None:
    reading = read_in_child(EXCEL, lying_dimension(), "bohong.xlsx", limits=TIGHT)
    assert [sheet["lines"] for sheet in reading["sheets"]] == [[]]


@pytest.mark.django_db
def test_nothing_is_written_for_a_refused_file(plan: Masterplan, people: People) -> None:
    with pytest.raises(Refusal):
        read_workbooks(plan=plan, files=[("makro.xlsx", macros())], by=people.coordinator)
    assert TableImport.objects.count() == 0


@pytest.mark.django_db
def test_unfit_file_does_not_hold_up_the_others(plan: Masterplan, people: People) -> None:
    files = [("baik.xlsx", workbook()), ("makro.xlsx", macros()), ("lain.xlsx", b"")]
    batch = read_workbooks(plan=plan, files=files, by=people.coordinator)
    found = TableImport.objects.filter(batch=batch).order_by("name").values_list("name", "state")
    assert list(found) == [("baik.xlsx", "dibaca"), ("lain.xlsx", "ditolak"), ("makro.xlsx", "ditolak")]
