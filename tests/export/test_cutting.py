"""Where chapters are cut: at every forced page end of the print style, and nowhere else."""

from dataclasses import replace

from export.blocks import Banner, Block, Cell, Listing, Prose, Row, Sheet, Table
from export.cutting import LONG, pieces_of, title_of
from export.tree import ChapterPart, Opening, SectionPart

WORDS = Prose("<p>Kata</p>")
TABLE = Table("Tabel", (), ())
WIDE = replace(TABLE, is_landscape=True)
SHEET = Sheet("b2-qw-01", "QW-01", "Nama", "GOV", "", (), (), (), (), "", "")


def matrix(code: str) -> Table:
    return replace(WIDE, banner=Banner(code, code, ""))


def section(number: str, *blocks: Block, is_landscape: bool = False) -> SectionPart:
    return SectionPart(f"bagian-{number}", f"B1.{number}", number, "Judul", blocks, is_landscape)


def cut(*sections: SectionPart, opening: Opening = "band") -> list[list[tuple[str, int, bool]]]:
    """Number, blocks and heading of each piece, by part."""
    chapter = ChapterPart("bab-1", "B1.1", "I", "Judul", opening, sections)
    return [[(piece.part.number, len(piece.blocks), piece.has_heading) for piece in run] for run in pieces_of(chapter)]


def test_portrait_sections_share_their_pages() -> None:
    assert cut(section("1.1", WORDS, TABLE), section("1.2", WORDS)) == [[("1.1", 2, True), ("1.2", 1, True)]]


def test_a_wide_table_has_pages_of_its_own_and_the_text_goes_on_behind() -> None:
    assert cut(section("1.1", WORDS, WIDE, WIDE, WORDS), section("1.2", WORDS)) == [
        [("1.1", 1, True)],
        [("1.1", 2, False)],
        [("1.1", 1, False), ("1.2", 1, True)],
    ]


def test_a_long_wide_table_has_pages_of_its_own() -> None:
    """An edit in one table of the annex then sets that table alone."""
    long = replace(WIDE, rows=(Row((Cell("x"),)),) * (LONG + 1))
    assert cut(section("L.1", long, long, WIDE, WIDE, is_landscape=True)) == [
        [("L.1", 1, True)],
        [("L.1", 3, False)],
    ]


def test_landscape_sections_stay_together_unless_the_dimension_changes() -> None:
    wide = [
        section(f"4.{place}", WORDS, table, is_landscape=True)
        for place, table in enumerate((WIDE, matrix("GOV"), matrix("BRA")))
    ]
    assert cut(*wide) == [[("4.0", 2, True)], [("4.1", 2, True)], [("4.2", 2, True)]]
    assert cut(section("4.1", matrix("GOV"), matrix("GOV"), matrix("BRA"), is_landscape=True)) == [
        [("4.1", 2, True)],
        [("4.1", 1, False)],
    ]


def test_each_sheet_is_a_page_and_what_follows_begins_one() -> None:
    assert cut(section("6.3", WORDS, SHEET, SHEET), section("6.4", WORDS)) == [
        [("6.3", 1, True)],
        [("6.3", 1, False)],
        [("6.3", 1, False)],
        [("6.4", 1, True)],
    ]


def test_front_pages_begin_a_page_and_lists_follow_the_contents() -> None:
    front = [
        section(name, Listing(kind)) for name, kind in (("isi", "contents"), ("tabel", "tables"), ("gambar", "figures"))
    ]  # type: ignore[arg-type]
    assert cut(section("kata", WORDS), *front, opening="front") == [
        [("kata", 1, True)],
        [("isi", 1, True), ("tabel", 1, True), ("gambar", 1, True)],
    ]


def test_a_part_is_called_by_its_first_section() -> None:
    chapter = ChapterPart("bab-1", "B1.1", "I", "Judul", "band", (section("1.1", WORDS), section("1.2", WORDS)))
    assert [title_of(run) for run in pieces_of(chapter)] == ["1.1 Judul"]
