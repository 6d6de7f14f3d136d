"""The region's way through the movement: dated steps, council and team."""

from bimtek.enums import Body
from export.blocks import Cell, Column, Row, Table
from export.numbers import days
from export.source import Source
from export.tables.analysis import team_source
from export.tables.layout import laid_out


def stage(source: Source, _: str) -> list[Table]:
    if not source.steps:
        return []
    columns = (
        Column("Tahapan", share=1.3),
        Column("Waktu", share=1.2),
        Column("Tempat", share=1.1),
        Column("Hasil", share=2),
    )
    rows = [
        Row(
            (
                Cell(row.name, is_strong=True),
                Cell(days(row.start_date, row.end_date)),
                Cell(row.place or "–"),
                Cell("\n".join(row.results) or "–"),
            )
        )
        for row in source.steps
    ]
    return [laid_out("Tahapan penyusunan masterplan", columns, rows, source=team_source(source))]


def body(source: Source, argument: str) -> list[Table]:
    """Seats by office; names of people are no part of the book."""
    members = [row for row in source.members if row.body == argument]
    if not members:
        return []
    columns = (Column("No.", align="right"), Column("Kedudukan", share=1), Column("Pengisi", share=1.6))
    rows = [Row((Cell(str(place)), Cell(row.seat), Cell(row.holder))) for place, row in enumerate(members, start=1)]
    return [laid_out(f"Susunan {Body(argument).label}", columns, rows, source=team_source(source))]
