"""Columns that fit, and money that stays exact."""

from datetime import date

import pytest

from export.blocks import Cell, Column, Row
from export.document import build
from export.numbers import MILLIONS, MILLIONS_AND_TENTHS, RUPIAH, days, rupiah, unit_for
from export.prose_blocks import printable
from export.tables.layout import PORTRAIT_MM, fit
from masterplan.models import Masterplan, ProgrammeYear
from tests.export.test_document import add_programmes, tables


@pytest.mark.parametrize(
    ("amounts", "unit", "written"),
    [
        ([1_450_000_000, 5_000_000], MILLIONS, "1.450"),
        ([1_450_000_000, 5_100_000], MILLIONS_AND_TENTHS, "1.450,0"),
        ([1_450_000_000, 5_100_001], RUPIAH, "1.450.000.000"),
        ([], MILLIONS, ""),
    ],
)
def test_the_unit_loses_nothing(amounts: list[int], unit: object, written: str) -> None:
    found = unit_for(amounts)
    assert found == unit
    assert [found.write(amount) for amount in amounts[:1]] == ([written] if amounts else [])


def test_amounts_and_days_read_as_indonesians_write_them() -> None:
    assert rupiah(650_000_000) == "Rp 650 juta"
    assert rupiah(1_234) == "Rp 1.234"
    assert days(date(2025, 7, 8), date(2025, 7, 9)) == "8–9 Juli 2025"
    assert days(date(2025, 7, 8), date(2025, 7, 8)) == "8 Juli 2025"


def test_columns_fill_the_width_and_figures_get_theirs() -> None:
    columns = (Column("Nama", share=2), Column("Catatan", share=1), Column("Jumlah", align="right"))
    rows = (Row((Cell("a"), Cell("b"), Cell("1.234.567.890"))),)
    widths = [column.width for column in fit(columns, rows, PORTRAIT_MM)]
    assert sum(widths) == pytest.approx(PORTRAIT_MM, abs=0.05)
    assert widths[0] == pytest.approx(2 * widths[1], abs=0.05)
    assert widths[2] > 20


def test_budgets_in_single_rupiah_get_a_table_of_their_own(plan: Masterplan) -> None:
    add_programmes(plan, 1)
    programme = plan.programme_set.get()
    programme.years.all().delete()
    for year in plan.detail_range:
        ProgrammeYear.objects.create(programme=programme, year=year, target=2, budget=14_500_000_001)
    targets, budgets = tables(build(plan), "B2.4.5")
    assert [column.title for column in targets.columns][-1] == "2030"
    assert budgets.columns[-1].unit == "Rp"
    assert budgets.rows[-1].cells[-1].text == "72.500.000.005"


def test_a_year_outside_the_plan_still_counts(plan: Masterplan) -> None:
    add_programmes(plan, 1)
    ProgrammeYear.objects.create(programme=plan.programme_set.get(), year=2033, budget=50_000_000)
    (summary,) = tables(build(plan), "B2.7.2")
    assert summary.rows[-1].cells[-2].text == "1.500"


TABLE = (
    '<p class="table-caption" id="a">Judul</p><table><thead><tr><th rowspan="2">Nama</th><th colspan="2">Tahun</th></tr>'
    "<tr><th>2024</th><th>2025</th></tr></thead><tbody><tr><td>Panjang sekali namanya</td><td>1,5</td><td>–</td></tr></tbody></table>"
)


def test_tables_in_the_text_get_widths_and_aligned_figures() -> None:
    html = printable(TABLE, "2.1", frozenset())
    assert html.count("<col ") == 3
    assert '<td class="right">1,5</td><td class="right">–</td>' in html
    assert '<th scope="col" rowspan="2">Nama</th><th scope="col" colspan="2">Tahun</th>' in html
    assert '<th scope="col" class="right">2024</th>' in html


def test_headings_in_the_text_are_numbered_below_their_section() -> None:
    html = printable('<h3 id="x">Satu</h3><p>…</p><h3>Dua</h3>', "3.1", frozenset())
    assert '<h3 id="x"><span class="number">3.1.1</span> Satu</h3>' in html
    assert '<span class="number">3.1.2</span> Dua' in html


def test_a_reference_into_a_book_that_is_left_out_is_text() -> None:
    html = '<a class="xref" href="#ada">Tabel 1.1</a> <a class="xref" href="#tidak">Tabel 9.9</a> <a href="#alert(1)">klik</a>'
    assert printable(html, "", frozenset({"ada"})) == '<a class="xref" href="#ada">Tabel 1.1</a> Tabel 9.9 klik'
