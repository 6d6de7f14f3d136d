"""Tables over all dimensions: the roadmap and the budget summary."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby

from export.blocks import Cell, Column, Row, Table
from export.numbers import MILLIONS, number
from export.numbers import years as year_span
from export.source import Source
from export.tables.analysis import team_source
from export.tables.layout import group, laid_out
from export.tables.years import Work, budget_cells, budgets_of, total_cell, years_of


def roadmap(source: Source, _: str) -> list[Table]:
    """Which programme runs in which period; a cross stands for the period, so no colour is needed to read it."""
    if not source.periods or not source.programmes:
        return []
    columns = [
        Column("Program", share=3),
        Column("Penanggung jawab", share=1.3),
        *[
            Column(
                period.get_horizon_display(),
                unit=year_span(period.start_year, period.end_year),
                align="center",
                share=1,
            )
            for period in source.periods
        ],
    ]
    rows: list[Row] = []
    themes = [Cell(period.theme, is_heading=True) for period in source.periods]
    if any(cell.text for cell in themes):
        rows.append(Row((Cell("Tema", span=2, is_heading=True), *themes), "subtotal"))
    for name, members in groupby(source.programmes, key=lambda row: row.dimension.name):
        kept = list(members)
        rows.append(group(name, len(columns), kept[0].dimension.code))
        for row in kept:
            marks = [Cell("×" if period.horizon in row.horizons else "") for period in source.periods]
            quick_win = source.quick_win_codes.get(row.pk, "")
            first = Cell(row.name + (f" ({quick_win})" if quick_win else ""), code=row.code)
            rows.append(Row((first, Cell(row.lead_opd.code), *marks), dimension=row.dimension.code))
    note = f"{team_source(source)}. × berarti program berjalan pada jangka itu; QW: quick win."
    return [laid_out("Matriks peta jalan", columns, rows, source=note)]


def budget_summary(source: Source, _: str) -> list[Table]:
    works: list[Work] = [*source.programmes, *source.support_actions]
    if not works:
        return []
    years = years_of(source.plan.detail_range, works)
    grand = sum(budgets_of(works).values())
    unit = source.unit
    columns = [
        Column("Kode"),
        Column("Dimensi", share=1),
        *[Column(str(year), align="right", has_rule=place == 0) for place, year in enumerate(years)],
        Column("Jumlah", align="right", has_rule=True),
        Column("Porsi", unit="%", align="right"),
    ]
    parts: list[tuple[str, str, Sequence[Work]]] = [
        (dimension.code, dimension.name, source.programmes_of(dimension)) for dimension in source.dimensions
    ]
    rows = [
        Row(
            (
                Cell(badges=(code,)),
                Cell(name),
                *budget_cells(found, years, unit),
                Cell(unit.write(sum(budgets_of(found).values())), is_strong=True),
                Cell(portion(sum(budgets_of(found).values()), grand)),
            ),
            dimension=code,
        )
        for code, name, found in [*parts, ("PND", "Rencana aksi pendukung", source.support_actions)]
        if found
    ]
    head = Cell("Jumlah", span=2, is_heading=True)
    rows.append(
        Row((head, *budget_cells(works, years, unit), total_cell(works, unit), Cell(portion(grand, grand))), "total")
    )
    caption = f"Anggaran menurut dimensi dan tahun ({unit.label})"
    note = f"kertas kerja rencana aksi, {team_source(source)}. PND: rencana aksi pendukung."
    is_wide = len(years) > 6 or unit.divisor < MILLIONS.divisor
    return [laid_out(caption, columns, rows, source=note, is_landscape=is_wide)]


def portion(part: int, whole: int) -> str:
    return number(Decimal(part) * 100 / whole, 1) if whole else "–"
