"""The register: action matrix of a dimension, support actions, roadmap, budget summary."""

from collections.abc import Callable, Sequence
from itertools import groupby

from export.blocks import Banner, Block, Cell, Column, Row, Table
from export.numbers import number
from export.numbers import years as year_span
from export.source import Source
from export.tables.analysis import team_source
from export.tables.facts import details
from export.tables.layout import LANDSCAPE_MM, group, laid_out, room_for_words, words
from export.tables.years import (
    budget_cells,
    budget_columns,
    target_cells,
    target_columns,
    targets_of,
    total_cell,
    years_of,
)
from masterplan.enums import Horizon, SupportGroup
from masterplan.models import Dimension, Programme

WORDS_MIN_MM = 95.0
type CellsOf = Callable[[Programme], list[Cell]]


def programme(source: Source, argument: str) -> list[Block]:
    """With a dimension its action matrix; without one the complete register of all programmes."""
    if argument:
        dimension = source.dimension(argument)
        found = source.programmes_of(dimension) if dimension else []
        return list(action_matrix(source, dimension, found)) if dimension and found else []
    if not source.programmes:
        return []
    return [register(source), *details(source), *split_matrix(source, None, source.programmes)]


def action_matrix(source: Source, dimension: Dimension, found: list[Programme]) -> list[Table]:
    """Targets and budgets side by side where the words keep room, else in two tables."""
    years = years_of(source.plan.detail_range, found)
    columns = [
        Column("Program, kegiatan, penanggung jawab, sumber dana", share=2.1),
        Column("Indikator", unit="satuan", share=1),
        Column("Awal", unit=str(source.plan.base_year), align="right"),
        *target_columns(years),
        *budget_columns(years, source.unit),
        Column("Jumlah", unit=source.unit.label, align="right"),
    ]

    def cells(row: Programme) -> list[Cell]:
        return [
            name_cell(source, row, "; ".join(row.activities), who(row)),
            words(row.indicator, row.unit),
            baseline(source, row),
            *target_cells(targets_of(row), years),
            *budget_cells([row], years, source.unit),
            total_cell([row], source.unit),
        ]

    rows = _with_subtotals(source, found, cells, columns, years)
    if room_for_words(columns, rows, LANDSCAPE_MM) < WORDS_MIN_MM:
        return split_matrix(source, dimension, found)
    caption = f"Rencana aksi {dimension.name} {years[0]}–{years[-1]}"
    return [
        laid_out(
            caption, columns, rows, source=matrix_source(source), is_landscape=True, banner=banner(source, dimension)
        )
    ]


def banner(source: Source, dimension: Dimension) -> Banner:
    return Banner(
        dimension.code, dimension.name, " ".join([source.goal_of(dimension), *priority_of(source, dimension)])
    )


def priority_of(source: Source, dimension: Dimension) -> list[str]:
    return [f"Prioritas {own.priority} daerah." for own in source.priorities if own.dimension_id == dimension.pk]


def matrix_source(source: Source) -> str:
    return f"kertas kerja rencana aksi perangkat daerah, {team_source(source)}. QW: quick win."


def name_cell(source: Source, row: Programme, *notes: str) -> Cell:
    quick_win = source.quick_win_codes.get(row.pk, "")
    kept = [note for note in notes if note]
    if quick_win and kept:
        kept[-1] = f"{kept[-1]} · {quick_win}"
    return Cell(row.name, code=row.code, notes=tuple(kept), is_strong=True)


def who(row: Programme) -> str:
    return " · ".join(part for part in (row.lead_opd.code, ", ".join(row.funding_sources)) if part)


def baseline(source: Source, row: Programme) -> Cell:
    own_year = f"({row.baseline_year})" if row.baseline_year != source.plan.base_year else ""
    return words(number(row.baseline_value), own_year)


def split_matrix(source: Source, dimension: Dimension | None, found: list[Programme]) -> list[Table]:
    """One table of targets and one of budgets, each readable on its own."""
    years = years_of(source.plan.detail_range, found)
    name = dimension.name if dimension else "seluruh dimensi"
    strip = banner(source, dimension) if dimension else None
    targets = [
        Column("Program dan kegiatan", share=2),
        Column("Penanggung jawab", share=1),
        Column("Indikator", share=1.5),
        Column("Satuan", share=0.8),
        Column("Awal", unit=str(source.plan.base_year), align="right"),
        *target_columns(years),
    ]
    budgets = [
        Column("Program", share=2),
        Column("Penanggung jawab", share=1),
        Column("Sumber dana", share=1.2),
        *budget_columns(years, source.unit),
        Column("Jumlah", unit=source.unit.label, align="right"),
    ]

    def target_row(row: Programme) -> list[Cell]:
        activities = "; ".join(row.activities) if dimension else ""
        first = name_cell(source, row, activities)
        rest = [Cell(row.lead_opd.code), Cell(row.indicator), Cell(row.unit), baseline(source, row)]
        return [first, *rest, *target_cells(targets_of(row), years)]

    def budget_row(row: Programme) -> list[Cell]:
        rest = [Cell(row.lead_opd.code), Cell(", ".join(row.funding_sources) or "–")]
        money = [*budget_cells([row], years, source.unit), total_cell([row], source.unit)]
        return [name_cell(source, row), *rest, *money]

    plain = _grouped(found, target_row, len(targets), with_dimension=dimension is None)
    summed = _with_subtotals(source, found, budget_row, budgets, years, with_dimension=dimension is None)
    note = matrix_source(source)
    return [
        laid_out(f"Target tahunan program {name}", targets, plain, source=note, is_landscape=True, banner=strip),
        laid_out(f"Anggaran tahunan program {name}", budgets, summed, source=note, is_landscape=True, banner=strip),
    ]


def _grouped(found: list[Programme], cells: CellsOf, width: int, *, with_dimension: bool) -> list[Row]:
    rows: list[Row] = []
    for key, members in groupby(found, key=_dimension_key if with_dimension else _subdimension_key):
        kept = list(members)
        rows.append(group(key, width, kept[0].dimension.code))
        rows += [Row(tuple(cells(row)), dimension=row.dimension.code) for row in kept]
    return rows


def _dimension_key(row: Programme) -> str:
    return row.dimension.name


def _subdimension_key(row: Programme) -> str:
    """The region's own name first, with the official one it maps to."""
    return f"{row.own_subdimension.name} ({row.subdimension})" if row.own_subdimension else str(row.subdimension)


def _with_subtotals(
    source: Source,
    found: list[Programme],
    cells: CellsOf,
    columns: Sequence[Column],
    years: Sequence[int],
    *,
    with_dimension: bool = False,
) -> list[Row]:
    """Groups, each with its subtotal, and the grand total; figures stand under the last columns."""
    width = len(columns)
    lead = width - len(years) - 1
    rows: list[Row] = []
    groups = [
        (key, list(members))
        for key, members in groupby(found, key=_dimension_key if with_dimension else _subdimension_key)
    ]
    for key, members in groups:
        code = members[0].dimension.code
        rows.append(group(key, width, code))
        rows += [Row(tuple(cells(row)), dimension=code) for row in members]
        if len(groups) > 1:
            own = members[0].own_subdimension
            official = own.name if own else members[0].subdimension.code
            short = members[0].dimension.code if with_dimension else official
            rows.append(Row(_sum_cells(source, f"Subjumlah {short}", lead, members, years), "subtotal", code))
    name = "seluruh program" if with_dimension else found[0].dimension.name
    rows.append(Row(_sum_cells(source, f"Jumlah {name}", lead, found, years), "total"))
    return rows


def _sum_cells(source: Source, title: str, lead: int, works: list[Programme], years: Sequence[int]) -> tuple[Cell, ...]:
    head = Cell(title, span=lead, is_heading=True)
    return (head, *budget_cells(works, years, source.unit), total_cell(works, source.unit))


def overview(source: Source, argument: str) -> list[Block]:
    """A dimension at a glance, in the short form of a summary."""
    dimension = source.dimension(argument)
    found = source.programmes_of(dimension) if dimension else []
    if not dimension or not found:
        return []
    years = years_of(source.plan.detail_range, found)
    last = years[-1]
    columns = [
        Column("Program", share=1.6),
        Column("Penanggung jawab", share=1),
        Column("Indikator", unit="satuan", share=1.3),
        Column("Awal", unit=str(source.plan.base_year), align="right"),
        Column("Target", unit=str(last), align="right"),
        Column("Anggaran", unit=source.unit.label, align="right"),
    ]
    rows = [
        Row(
            (
                name_cell(source, row, ", ".join(row.funding_sources)),
                Cell(row.lead_opd.code),
                words(row.indicator, row.unit),
                baseline(source, row),
                *target_cells(targets_of(row), [last]),
                total_cell([row], source.unit),
            ),
            dimension=dimension.code,
        )
        for row in found
    ]
    head = Cell(f"Jumlah {dimension.name}", span=5, is_heading=True)
    rows.append(Row((head, total_cell(found, source.unit)), "total"))
    caption = f"Program {dimension.name} {year_span(years[0], last)}"
    return [laid_out(caption, columns, rows, source=matrix_source(source))]


def register(source: Source) -> Table:
    """Everything a programme carries besides its years."""
    columns = [
        Column("Program dan kegiatan", share=2.6),
        Column("Strategi", share=0.8),
        Column("Perangkat daerah", unit="pendukung", share=1.5),
        Column("Lokasi", share=1.2),
        Column("Sumber dana", share=1),
        Column("Jangka", share=0.9),
        Column("Misi RPJMD", align="center"),
        Column("Kode subkegiatan", share=1.1),
        Column("Anggaran", unit=source.unit.label, align="right"),
    ]
    rows: list[Row] = []
    for name, members in groupby(source.programmes, key=_dimension_key):
        kept = list(members)
        rows.append(group(name, len(columns), kept[0].dimension.code))
        rows += [_register_row(source, row) for row in kept]
    head = Cell("Jumlah seluruh program", span=len(columns) - 1, is_heading=True)
    rows.append(Row((head, total_cell(source.programmes, source.unit)), "total"))
    return laid_out("Daftar lengkap program", columns, rows, source=matrix_source(source), is_landscape=True)


def _register_row(source: Source, row: Programme) -> Row:
    supporting = ", ".join(opd.code for opd in row.supporting_opds.all())
    return Row(
        (
            name_cell(source, row, "; ".join(row.activities)),
            Cell(row.strategy.code),
            words(row.lead_opd.code, supporting),
            Cell(row.location or "–"),
            Cell(", ".join(row.funding_sources) or "–"),
            Cell(", ".join(Horizon(code).value for code in row.horizons) or "–"),
            Cell(str(row.rpjmd_mission.number) if row.rpjmd_mission else "–"),
            Cell(row.subactivity_code or "–"),
            total_cell([row], source.unit),
        ),
        dimension=row.dimension.code,
    )


def support_action(source: Source, argument: str) -> list[Table]:
    """Two lines an action: what is reached, what it costs."""
    found = [row for row in source.support_actions if not argument or row.group == argument]
    if not found:
        return []
    years = years_of(source.plan.detail_range, found)
    columns = [
        Column("Rencana aksi", share=1.25),
        Column("Ukuran", share=1),
        Column("Awal", unit=str(source.plan.base_year), align="right"),
        *[Column(str(year), align="right", has_rule=place == 0) for place, year in enumerate(years)],
        Column("Jumlah", align="right"),
    ]
    rows: list[Row] = []
    for row in found:
        offices = [opd.code for opd in row.supporting_opds.all()]
        with_offices = f"{row.lead_opd.code} bersama {', '.join(offices)}" if offices else row.lead_opd.code
        first = words(row.name, with_offices, code=row.code, is_strong=True, down=2)
        own_year = f"({row.baseline_year})" if row.baseline_year != source.plan.base_year else ""
        start = words(number(row.baseline_value), own_year)
        reached = (first, words(row.indicator, row.unit), start, *target_cells(targets_of(row), years), Cell(""))
        money = budget_cells([row], years, source.unit)
        rows.append(Row(reached))
        rows.append(Row((Cell(f"Anggaran ({source.unit.label})"), Cell(""), *money, total_cell([row], source.unit))))
    if len(found) > 1:
        head = Cell(f"Jumlah anggaran ({source.unit.label})", span=3, is_heading=True)
        rows.append(Row((head, *budget_cells(found, years, source.unit), total_cell(found, source.unit)), "total"))
    name = SupportGroup(argument).label.lower() if argument else "pendukung"
    name = name.replace("sdm", "SDM")
    is_wide = len(years) > 6 or source.unit.divisor == 1
    return [
        laid_out(
            f"Rencana aksi {name}",
            columns,
            rows,
            source=f"kertas kerja rencana aksi, {team_source(source)}",
            is_landscape=is_wide,
        )
    ]
