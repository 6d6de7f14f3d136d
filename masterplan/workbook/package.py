"""What is checked before openpyxl sees the file: its own readers believe what a file says about its size."""

import re

from masterplan.word.ooxml import Unfit
from masterplan.word.package import Family, Package

MAX_ROW = 20_000
MAX_COLUMN = 200
MAX_CELLS, MAX_STRINGS, MAX_STYLES = 400_000, 400_000, 3_000_000
EXCEL = Family(
    program="Excel",
    ending=".xlsx",
    old_endings=(".xls", ".xlt"),
    macro_ending=".xlsm",
    main_type="spreadsheetml.sheet.main+xml",
    folder="xl",
    again="Buka di Excel, pilih Simpan Sebagai “Buku Kerja Excel (.xlsx)” tanpa kata sandi dan tanpa makro, lalu unggah lagi.",
    smaller="Unduh tabel satu perangkat daerah saja, lalu isi lagi.",
    max_bytes=10_000_000,
    max_part=20_000_000,
)
ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d+)"')
CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]+)\d+"')
ROWS, CELLS, STRING = re.compile(rb"<(?:\w+:)?row[\s>/]"), re.compile(rb"<(?:\w+:)?c[\s>/]"), b"<si>"
FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
DOCTYPE = re.compile(rb"<!DOCTYPE", re.IGNORECASE)
WIDE = b"\x00<\x00!\x00D"


def check_workbook(data: bytes, name: str = "") -> bool:
    """Raises Unfit for what is no plain workbook, for bombs, macros, far cells and more rows than a plan can have.

    Every part is looked at, because a file may keep its sheets under any name. Says whether there may be formulas.
    """
    package = Package(data, name, EXCEL)
    has_formulas = False
    for part in package.zip.namelist():
        if part.endswith(".xml"):
            xml = package.read(part)
            _check_part(part, xml)
            has_formulas |= FORMULA.search(xml) is not None
    return has_formulas


def _check_part(part: str, xml: bytes) -> None:
    if DOCTYPE.search(xml[:2_000]) or WIDE in xml[:2_000] or xml[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        raise Unfit("Berkas memuat definisi XML yang tidak wajar, sehingga ditolak.", EXCEL.again)
    if xml.count(STRING) > MAX_STRINGS or (part == "xl/styles.xml" and len(xml) > MAX_STYLES):
        raise Unfit("Berkas memuat terlalu banyak teks atau gaya untuk sebuah tabel.", EXCEL.smaller)
    rows = max((int(match[1][:9]) for match in ROW.finditer(xml)), default=0)
    if rows > MAX_ROW:
        shown = f"{rows:,d}".replace(",", ".")
        raise Unfit(
            f"Satu lembar berisi sel sampai baris {shown}; paling jauh baris 20.000.",
            "Hapus baris kosong di bawah tabel, atau bagi menjadi beberapa berkas.",
        )
    letters = max((match[1] for match in CELL.finditer(xml)), key=lambda each: (len(each), each), default=b"A")
    if _column(letters) > MAX_COLUMN:
        raise Unfit(
            f"Satu lembar berisi sel sampai kolom {letters[:8].decode()}, jauh di luar tabel.",
            "Hapus isi di kanan tabel, lalu unggah lagi.",
        )
    # Rows and cells need not say where they stand.
    if len(ROWS.findall(xml)) > MAX_ROW or len(CELLS.findall(xml)) > MAX_CELLS:
        raise Unfit("Satu lembar berisi terlalu banyak baris atau sel.", EXCEL.smaller)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters[:8]:
        number = number * 26 + letter - 64
    return number
