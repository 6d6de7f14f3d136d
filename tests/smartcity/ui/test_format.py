"""Numbers, money and dates, both ways."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartcity.ui.format import (
    format_date,
    format_number,
    format_rupiah,
    format_rupiah_short,
    format_typed,
    format_weekday,
    parse_number,
    parse_rupiah,
    parse_year,
)

MONEY = [
    ("1.450.000.000", 1_450_000_000),
    ("1450000000", 1_450_000_000),
    ("1450000000,00", 1_450_000_000),
    ("1,45 M", 1_450_000_000),
    ("1,45m", 1_450_000_000),
    ("1450 jt", 1_450_000_000),
    ("1.450 juta", 1_450_000_000),
    ("Rp 1,45 miliar", 1_450_000_000),
    ("Rp. 1,45 milyar", 1_450_000_000),
    ("rp1.450.000.000,-", 1_450_000_000),
    ("Rp\u00a01.450.000.000", 1_450_000_000),
    ("2,5 triliun", 2_500_000_000_000),
    ("1 T", 1_000_000_000_000),
    ("750 ribu rupiah", 750_000),
    ("750 rb", 750_000),
    ("1,5 mlr", 1_500_000_000),
    ("IDR 1.450", 1_450),
    ("1.450", 1_450),
    ("1.450,5 jt", 1_450_500_000),
    ("0,125 M", 125_000_000),
    ("1,4500 M", 1_450_000_000),
    (" 0 ", 0),
    ("-5", -5),
    ("−5", -5),
    ("-Rp 5", -5),
]
UNCLEAR_MONEY = [
    ("1.45", "“1.45” dapat dibaca 1,45 atau 145. Tulis koma untuk desimal dan titik untuk ribuan."),
    ("1.45 M", "“1.45” dapat dibaca 1,45 atau 145. Tulis koma untuk desimal dan titik untuk ribuan."),
    ("1,45", "“1,45” kurang satuannya. Tulis misalnya 1,45 M atau 1450 jt."),
    ("0,0001 rb", "“0,0001 rb” bukan rupiah bulat."),
    ("1,450", "“1,450” dapat dibaca 1.450 atau 1,4500. Tulis 1.450 untuk ribuan, 1,4500 untuk desimal."),
    ("1,450 M", "“1,450” dapat dibaca 1.450 atau 1,4500. Tulis 1.450 untuk ribuan, 1,4500 untuk desimal."),
    ("1.450.00", "“1.450.00” tidak jelas. Tulis titik untuk ribuan dan koma untuk desimal, misalnya 1.234,5."),
    ("1,450.00", "“1,450.00” tidak jelas. Tulis titik untuk ribuan dan koma untuk desimal, misalnya 1.234,5."),
    ("1 M 450 jt", "“1 M 450 jt” bukan jumlah uang. Contoh: 1.450.000.000 atau 1,45 M atau 1450 jt."),
    ("1,450,000", "“1,450,000” tidak jelas. Tulis titik untuk ribuan dan koma untuk desimal, misalnya 1.234,5."),
    ("1 450 000", "“1 450 000” bukan jumlah uang. Contoh: 1.450.000.000 atau 1,45 M atau 1450 jt."),
    ("5 k", "“5 k” bukan jumlah uang. Contoh: 1.450.000.000 atau 1,45 M atau 1450 jt."),
    ("banyak", "“banyak” bukan jumlah uang. Contoh: 1.450.000.000 atau 1,45 M atau 1450 jt."),
    ("", "“” bukan jumlah uang. Contoh: 1.450.000.000 atau 1,45 M atau 1450 jt."),
]
SHORT = [
    (0, "Rp 0"),
    (999, "Rp 999"),
    (995_000, "Rp 995 ribu"),
    (5_000_000, "Rp 5 juta"),
    (995_000_000, "Rp 995 juta"),
    (999_994_999, "Rp 999,99 juta"),
    (999_995_000, "Rp 1 miliar"),
    (1_450_000_000, "Rp 1,45 miliar"),
    (18_760_000_000, "Rp 18,76 miliar"),
    (2_500_000_000_000, "Rp 2,5 triliun"),
    (1_234_000_000_000_000, "Rp 1.234 triliun"),
    (-1_450_000_000, "-Rp 1,45 miliar"),
]


@pytest.mark.parametrize(("text", "amount"), MONEY)
def test_rupiah_is_read_as_people_write_it(text: str, amount: int) -> None:
    assert parse_rupiah(text) == amount


@pytest.mark.parametrize(("text", "sentence"), UNCLEAR_MONEY)
def test_unclear_rupiah_is_refused_with_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        parse_rupiah(text)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(("amount", "text"), SHORT)
def test_short_rupiah_keeps_two_decimals_and_the_right_unit(amount: int, text: str) -> None:
    assert format_rupiah_short(amount) == text


@given(st.integers(-(10**15), 10**15))
def test_full_rupiah_reads_back_as_itself(amount: int) -> None:
    assert parse_rupiah(format_rupiah(amount)) == amount


@given(st.integers(0, 10**15))
def test_short_rupiah_is_off_by_half_a_hundredth_at_most(amount: int) -> None:
    assert abs(parse_rupiah(format_rupiah_short(amount)) - amount) * 200 <= amount


@given(st.integers(0, 4).flatmap(lambda places: st.decimals(-(10**12), 10**12, places=places)))
def test_number_reads_back_as_itself(number: Decimal) -> None:
    assert parse_number(format_typed(number)) == number


@given(st.integers(0, 10**6), st.sampled_from(["rb", "jt", "M", "T", "ribu", "juta", "miliar", "triliun"]))
def test_a_unit_multiplies_what_stands_before_it(amount: int, unit: str) -> None:
    size = {"r": 10**3, "j": 10**6, "m": 10**9, "t": 10**12}[unit[0].lower()]
    assert parse_rupiah(f"Rp {format_number(amount)} {unit}") == amount * size


@pytest.mark.parametrize(
    ("text", "year"), [("2026", 2026), (" TA 2026 ", 2026), ("tahun 2030", 2030), ("Thn. 2031", 2031)]
)
def test_years_are_read_as_people_write_them(text: str, year: int) -> None:
    assert parse_year(text) == year


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("26", "“26” bukan tahun. Tulis satu tahun dengan empat angka, misalnya 2026."),
        (
            "2025/2026",
            "“2025/2026” menyebut lebih dari satu tahun. Tulis satu tahun dengan empat angka, misalnya 2026.",
        ),
        ("2026-30", "“2026-30” menyebut lebih dari satu tahun. Tulis satu tahun dengan empat angka, misalnya 2026."),
        ("tahun depan", "“tahun depan” bukan tahun. Tulis satu tahun dengan empat angka, misalnya 2026."),
        ("-2026", "“-2026” bukan tahun. Tulis satu tahun dengan empat angka, misalnya 2026."),
        ("20260", "“20260” bukan tahun. Tulis satu tahun dengan empat angka, misalnya 2026."),
        ("0026", "“0026” di luar 1900–2200."),
    ],
)
def test_unclear_years_are_refused_with_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        parse_year(text)
    assert str(refused.value) == sentence


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        answer: object = parse_rupiah(text)
    except ValueError as refused:
        answer = str(refused)
    assert isinstance(answer, int) or str(answer).startswith("“")


@pytest.mark.parametrize(
    ("number", "places", "text"),
    [
        (Decimal("1234.5"), None, "1.234,5"),
        (Decimal("1234.500"), None, "1.234,5"),
        (Decimal("1234.5"), 2, "1.234,50"),
        (Decimal("0.125"), 2, "0,13"),
        (Decimal("-0.00"), None, "0"),
        (1_000_000_000, None, "1.000.000.000"),
        (12.5, None, "12,5"),
    ],
)
def test_number_is_written_with_points_and_a_comma(number: Decimal | float, places: int | None, text: str) -> None:
    assert format_number(number, places) == text


def test_dates_are_written_out() -> None:
    assert format_date(date(2025, 8, 12)) == "12 Agustus 2025"
    assert format_weekday(datetime(2025, 9, 1, 23, 59)) == "Senin, 1 September 2025"  # noqa: DTZ001 - a wall clock
