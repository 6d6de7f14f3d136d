"""The golden thread as a table: from issue and mission over strategy and programme to the result."""

from export.blocks import Cell, Column, Row, Table
from export.numbers import number
from export.source import Source
from export.tables.layout import laid_out, words
from export.tables.programme import baseline
from export.tables.years import target_cells, targets_of, years_of
from masterplan.models import Dimension, Goal


def golden_thread(source: Source) -> list[Table]:
    if not source.programmes:
        return []
    last = years_of(source.plan.detail_range, source.programmes)[-1]
    columns = [
        Column("Strategi", share=1.3),
        Column("Program", share=1),
        Column("Indikator hasil", unit="satuan", share=1),
        Column("Awal", unit=str(source.plan.base_year), align="right"),
        Column("Target", unit=str(last), align="right"),
        Column("Quick win", align="center"),
    ]
    rows: list[Row] = []
    for dimension in source.dimensions:
        found = source.programmes_of(dimension)
        if not found:
            continue
        head = words(dimension.name, *_origins(source, dimension))
        rows.append(
            Row((Cell(head.text, notes=head.notes, span=len(columns), is_heading=True),), "group", dimension.code)
        )
        rows += [
            Row(
                (
                    Cell(row.strategy.text, code=row.strategy.code),
                    Cell(row.name, code=row.code, is_strong=True),
                    Cell(f"{row.indicator} ({row.unit})"),
                    baseline(source, row),
                    *target_cells(targets_of(row), [last]),
                    Cell(source.quick_win_codes.get(row.pk, "–")),
                ),
                dimension=dimension.code,
            )
            for row in found
        ]
    note = "tabel isu, TOWS, sasaran, strategi, dan rencana aksi."
    return [laid_out("Benang merah dari isu sampai hasil", columns, rows, source=note, is_landscape=True)]


def _origins(source: Source, dimension: Dimension) -> list[str]:
    issues = "; ".join(row.text for row in source.issues if row.dimension_id == dimension.pk)
    directions = ", ".join(row.code for row in source.tows if dimension in row.dimensions.all())
    goals = "; ".join(_goal(row) for row in source.goals if row.dimension_id == dimension.pk)
    parts = (("Isu", issues), ("Arah TOWS", directions), ("Sasaran", goals))
    return [" · ".join(f"{name}: {content}" for name, content in parts if content)]


def _goal(row: Goal) -> str:
    targets = list(row.targets.all())
    end = f" menjadi {number(targets[-1].value)}" if targets else ""
    return f"{row.code} {row.text} ({row.indicator.lower()} {number(row.baseline_value)}{end} {row.unit})"
