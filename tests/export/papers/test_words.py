"""Numbers and dates in words, and what is taken out of text before it is printed."""

from datetime import UTC, date, datetime

import pytest

from export.html import breakable
from export.papers.words import date_words, moment, number_words, printable
from smartcity.regency.clock import zone_of


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"), (1, "satu"), (10, "sepuluh"), (11, "sebelas"), (12, "dua belas"), (19, "sembilan belas"),
        (20, "dua puluh"), (27, "dua puluh tujuh"), (99, "sembilan puluh sembilan"), (100, "seratus"),
        (101, "seratus satu"), (111, "seratus sebelas"), (1000, "seribu"), (1945, "seribu sembilan ratus empat puluh lima"),
        (2000, "dua ribu"), (2026, "dua ribu dua puluh enam"), (2110, "dua ribu seratus sepuluh"),
        (9999, "sembilan ribu sembilan ratus sembilan puluh sembilan"),
    ],
)  # fmt: skip
def test_numbers_in_words(number: int, words: str) -> None:
    assert number_words(number) == words


@pytest.mark.parametrize("number", [-1, 10_000])
def test_other_numbers_are_a_mistake(number: int) -> None:
    with pytest.raises(ValueError, match="outside"):
        number_words(number)


def test_a_date_in_words() -> None:
    assert date_words(date(2026, 11, 27)) == (
        "Jumat, tanggal dua puluh tujuh bulan November tahun dua ribu dua puluh enam"
    )


@pytest.mark.parametrize(
    ("code", "clock"), [("63.03", "00.05 WITA"), ("32.79", "23.05 WIB"), ("91.01", "01.05 WIT")]
)  # fmt: skip
def test_a_moment_is_told_in_the_zone_of_the_region(code: str, clock: str) -> None:
    at = datetime(2026, 11, 27, 16, 5, tzinfo=UTC)
    assert moment(at, zone_of(code)) == f"{27 if clock.endswith('WIB') else 28} November 2026 pukul {clock}"


def test_invisible_signs_are_left_out() -> None:
    assert printable("a\x00\x07b\u202ec\u2067d\ufeff\u200be\tf\ng\u00adh") == "abcde\tf\ng\u00adh"


def test_only_words_without_end_get_places_to_break() -> None:
    assert breakable("<p class='" + "x" * 90 + "'>" + "kata " * 40 + "</p>").count("\u200b") == 0
    broken = breakable("<p>" + "&amp;" * 130 + "</p>")
    assert broken.replace("\u200b", "") == "<p>" + "&amp;" * 130 + "</p>"
    assert broken.split("\u200b")[0] == "<p>" + "&amp;" * 60
