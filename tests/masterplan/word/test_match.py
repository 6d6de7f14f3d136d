"""Headings to sections: number, likeness of title, order, and which book."""

import json
from pathlib import Path
from typing import Any

import pytest

from masterplan.word.headings import Numeral, guessed_level, numeral
from masterplan.word.hints import kind_of
from masterplan.word.match import Head, Match, Place, likeness_of, match
from masterplan.word.pieces import gather

type Json = dict[str, Any]

OUTLINE = Path(__file__).resolve().parents[3] / "masterplan" / "reference" / "outline-panduan-2021.json"


def children(value: Json) -> list[Json]:
    return next(item for item in value.values() if isinstance(item, list) and item and isinstance(item[0], dict))


@pytest.fixture(scope="module")
def places() -> list[Place]:
    found: list[Place] = []
    for book in children(json.loads(OUTLINE.read_text())):
        for chapter in children(book):
            for section in children(chapter):
                found.append(
                    Place(
                        section["code"], section["number"], section["title"], book["code"], chapter["code"],
                        chapter["number"], chapter["title"], len(found), section["kind"] in ("prose", "mixed"),
                    )
                )  # fmt: skip
    return found


def head(text: str, level: int = 2, *, label: str = "", weak: bool = False) -> Head:
    found = numeral(text, label)
    return Head(found.title, level, found.kind, found.parts, weak)


@pytest.mark.parametrize(
    ("text", "label", "found"),
    [
        ("2.3 Perekonomian", "", Numeral("dotted", ("2", "3"), "Perekonomian")),
        ("2.3. Perekonomian", "", Numeral("dotted", ("2", "3"), "Perekonomian")),
        ("II.3 Perekonomian", "", Numeral("dotted", ("2", "3"), "Perekonomian")),
        ("Perekonomian", "2.3", Numeral("dotted", ("2", "3"), "Perekonomian")),
        ("BAB II GAMBARAN", "", Numeral("chapter", ("2",), "GAMBARAN")),
        ("Bab 2: Gambaran", "", Numeral("chapter", ("2",), "Gambaran")),
        ("GAMBARAN", "BAB IV", Numeral("chapter", ("4",), "GAMBARAN")),
        ("Buku II Masterplan", "", Numeral("book", ("2",), "Masterplan")),
        ("A. Struktur", "", Numeral("single", ("A",), "Struktur")),
        ("2024 tahun dasar", "", Numeral("none", (), "2024 tahun dasar")),
        ("Babak baru pelayanan", "", Numeral("none", (), "Babak baru pelayanan")),
    ],
)
def test_numbers_of_headings(text: str, label: str, found: Numeral) -> None:
    assert numeral(text, label) == found


@pytest.mark.parametrize(
    ("text", "is_bold", "level"),
    [
        ("2.3 Perekonomian Daerah", True, 2),
        ("2.3.1 Pertanian", True, 3),
        ("2.3 Perekonomian Daerah", False, 0),
        ("BAB II", False, 1),
        ("Latar Belakang", True, 3),
        ("A. Struktur", True, 2),
        ("Kalimat tebal yang selesai dengan titik.", True, 0),
        ("kata " * 30, True, 0),
    ],
)
def test_paragraphs_that_look_like_headings(text: str, level: int, *, is_bold: bool) -> None:
    assert guessed_level(text.strip(), "", is_bold=is_bold, is_centred=False) == level


def test_book_is_told_by_the_titles(places: list[Place]) -> None:
    """3.1 is "Struktur" in Buku I and "Smart Governance" in Buku II."""
    second = [
        head("BAB III STRATEGI PEMBANGUNAN SMART CITY", 1),
        head("3.1 Smart Governance"),
        head("3.2 Smart Branding"),
    ]
    first = [head("BAB III ANALISIS KESIAPAN DAERAH", 1), head("3.1 Struktur"), head("3.2 Infrastruktur")]
    assert [m.section for m in match(second, places)] == ["", "B2.3.1", "B2.3.2"]
    assert [m.section for m in match(first, places)] == ["", "B1.3.1", "B1.3.2"]


def test_two_books_in_one_file(places: list[Place]) -> None:
    heads = [
        head("BUKU I", 1),
        head("BAB VII PENUTUP", 1),
        head("7.1 Kesimpulan"),
        head("BUKU II", 1),
        head("8.1 Kesimpulan"),
    ]
    assert [m.section for m in match(heads, places)] == ["", "", "B1.7.1", "", "B2.8.1"]


def test_chosen_book_counts(places: list[Place]) -> None:
    assert [m.section for m in match([head("1.1 Kesimpulan")], places, book="B2")] == ["B2.8.1"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1.1 LATAR BELAKANG", Match("B1.1.1", "", "tinggi", "nomor dan judul")),
        ("Latar belakang", Match("B1.1.1", "", "tinggi", "judul")),
        ("1.2 Latar Belakang", Match("B1.1.1", "", "tinggi", "judul")),
        ("2.1 Letak Geografi dan Wilayah Administrasi", Match("B1.2.1", "", "tinggi", "nomor dan judul")),
        ("4.1 Pendekatan Analisa Gap", Match("B1.4.1", "", "tinggi", "nomor dan judul")),
        ("1.9 Daftar Istilah Khusus", Match()),
        ("Sejarah Internet Dunia", Match()),
    ],
)
def test_likeness_beats_number_and_strangers_stay_out(text: str, found: Match, places: list[Place]) -> None:
    first = [place for place in places if place.book == "B1"]
    assert match([head("BAB I Pendahuluan", 1), head(text)], first)[1] == found


def test_a_section_is_given_once_to_the_heading_that_fits_best(places: list[Place]) -> None:
    heads = [head("BAB I PENDAHULUAN", 1), head("Latar Belakang Umum"), head("1.1 Latar Belakang")]
    assert [m.section for m in match(heads, places, book="B1")] == ["", "", "B1.1.1"]


def test_bold_words_match_only_what_they_name(places: list[Place]) -> None:
    heads = [
        head("BAB III ANALISIS KESIAPAN DAERAH", 1),
        head("Sumber daya", 3, weak=True),
        head("Suprastruktur", 3, weak=True),
    ]
    assert [m.section for m in match(heads, places, book="B1")] == ["", "", "B1.3.3"]


def test_likeness_is_blind_to_case_accents_and_small_words() -> None:
    assert likeness_of("MAKSUD & TUJUAN", "Maksud dan Tujuan") == 1
    assert likeness_of("Analisa SWOT", "Analisis SWOT") == 1
    assert likeness_of("Kéarifan", "kearifan") == 1
    assert likeness_of("Pendahuluan", "Penutup") < 0.72


@pytest.mark.parametrize(
    ("heads", "kind"),
    [
        ("No Kekuatan Kelemahan", "swot"),
        ("No Program Indikator Pagu OPD", "program"),
        ("Kondisi Saat Ini Kondisi Ideal", "gap"),
        ("Kode Strategi Dimensi", "strategi"),
        ("Kecamatan Luas Penduduk", ""),
    ],
)
def test_planning_tables_are_told_by_their_heads(heads: str, kind: str) -> None:
    assert kind_of(heads) == kind


def segment(text: str, level: int, size: int) -> Json:
    found = numeral(text)
    heading = {
        "text": text, "title": found.title, "level": level, "kind": found.kind, "parts": found.parts, "is_weak": False,
        "content": [],
    }  # fmt: skip
    return {"heading": heading, "blocks": [{"type": "paragraph", "content": [{"type": "text", "text": "x" * size}]}]}


def test_piece_above_the_limit_is_cut_before_its_headings(places: list[Place]) -> None:
    segments = [segment("1.1 Latar Belakang", 2, 200_000), segment("Pertama", 3, 150_000), segment("Kedua", 3, 150_000)]
    found = [(p["title"], p["section"], p["is_too_big"]) for p in gather(segments, places, book="B1")]
    assert found == [("1.1 Latar Belakang", "B1.1.1", False), ("1.1 Latar Belakang (lanjutan: Kedua)", "", False)]


def test_piece_that_cannot_be_cut_says_so(places: list[Place]) -> None:
    [piece] = gather([segment("1.1 Latar Belakang", 2, 500_000)], places, book="B1")
    assert piece["is_too_big"]
