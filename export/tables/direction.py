"""Tables that set the direction: RPJMD, vision, missions, goals, strategies."""

from export.blocks import Block, Cell, Column, Row, Statement, Table
from export.numbers import number
from export.source import Source
from export.tables.analysis import team_source
from export.tables.layout import group, laid_out, words
from export.tables.years import target_cells, target_columns


def rpjmd(source: Source, _: str) -> list[Block]:
    """The medium-term plan's vision and missions; the note says how far they may be quoted."""
    if source.rpjmd is None:
        return []
    blocks: list[Block] = []
    if source.rpjmd.vision:
        blocks.append(Statement(f"Visi RPJMD {source.rpjmd.period.replace('-', '–')}", source.rpjmd.vision))
    if source.rpjmd_missions:
        columns = (Column("Misi", align="center"), Column("Uraian", share=1))
        rows = [Row((Cell(str(row.number), is_strong=True), Cell(row.text))) for row in source.rpjmd_missions]
        period = source.rpjmd.period.replace("-", "–")
        note = f"RPJMD {source.plan.regency.full_name} {period}." + (
            f" {source.rpjmd.note}" if source.rpjmd.note else ""
        )
        blocks.append(laid_out(f"Misi RPJMD {period}", columns, rows, source=note))
    return blocks


def vision(source: Source, _: str) -> list[Block]:
    if source.vision is None or not source.vision.statement:
        return []
    return [Statement("Visi Smart City", source.vision.statement, tuple(source.vision.keywords))]


def mission(source: Source, _: str) -> list[Table]:
    if not source.missions:
        return []
    columns = (
        Column("Misi", align="center"),
        Column("Misi smart city", share=1.5),
        Column("Selaras dengan misi RPJMD", share=1),
    )
    rows = [
        Row(
            (
                Cell(str(row.number), is_strong=True),
                Cell(row.text),
                Cell(f"{row.rpjmd_mission.number}. {row.rpjmd_mission.text}" if row.rpjmd_mission else "–"),
            )
        )
        for row in source.missions
    ]
    return [laid_out("Misi smart city dan keselarasannya dengan RPJMD", columns, rows, source=team_source(source))]


def goal(source: Source, argument: str) -> list[Table]:
    goals = [row for row in source.goals if not argument or row.dimension.code == argument]
    if not goals:
        return []
    years = sorted({target.year for row in goals for target in row.targets.all()} | set(source.plan.detail_range))
    columns = [
        Column("Sasaran", share=1.4),
        Column("Indikator", unit="satuan", share=1),
        Column("Awal", unit=str(goals[0].baseline_year), align="right", has_rule=True),
        *target_columns(years),
    ]
    rows: list[Row] = []
    for row in goals:
        targets = {target.year: target.value for target in row.targets.all()}
        own_year = f"({row.baseline_year})" if row.baseline_year != goals[0].baseline_year else ""
        rows.append(
            Row(
                (
                    Cell(row.text, code=row.code, badges=() if argument else (row.dimension.code,)),
                    words(row.indicator, row.unit),
                    words(number(row.baseline_value), own_year),
                    *target_cells(dict(targets), years),
                ),
                dimension=row.dimension.code,
            )
        )
    dimension = source.dimension(argument)
    name = f" {dimension.name}" if dimension else ""
    is_wide = len(years) > 6
    return [
        laid_out(
            f"Sasaran{name}, indikator, dan target tahunan",
            columns,
            rows,
            source=team_source(source),
            is_landscape=is_wide,
        )
    ]


def strategy(source: Source, argument: str) -> list[Table]:
    found = [row for row in source.strategies if not argument or row.dimension.code == argument]
    if not found:
        return []
    columns = (Column("Strategi", share=1), Column("Dilaksanakan melalui program", share=1))
    rows: list[Row] = []
    last = None
    for row in found:
        if not argument and row.dimension_id != last:
            rows.append(group(row.dimension.name, len(columns), row.dimension.code))
        last = row.dimension_id
        works = tuple(f"{p.code} {p.name}" for p in source.programmes if p.strategy_id == row.pk)
        rows.append(Row((Cell(row.text, code=row.code), Cell("\n".join(works) or "–")), dimension=row.dimension.code))
    dimension = source.dimension(argument)
    name = f" {dimension.name}" if dimension else ""
    return [laid_out(f"Strategi{name} dan program pelaksananya", columns, rows, source=team_source(source))]
