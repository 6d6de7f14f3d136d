"""The golden thread as an annex: every programme with what it comes from and what it leads to."""

from export.blocks import Cell, Column, Row, Table
from export.source import Source
from export.tables.layout import laid_out, words
from export.thread.graph import Node
from export.thread.lines import DimensionThread, Line

QUOTED = 90


def golden_thread_annex(source: Source, _: str) -> list[Table]:
    """Strategies are headings over their programmes, so that each page of a long annex can be read by itself."""
    if not source.programmes:
        return []
    threads = [] if source.only_counts else [thread for thread in source.thread_by_dimension if thread.lines]
    columns = [
        Column("Program", share=1.5),
        Column("Mendukung misi RPJMD", share=1.4),
        Column("Quick win", share=1),
        Column("Indikator", unit="satuan", share=1.4),
    ]
    rows = [row for thread in threads for row in _rows(thread, len(columns))]
    note = "tabel isu, kesenjangan, TOWS, strategi, rencana aksi dan quick win. Dalam kurung: butir SWOT asal strategi TOWS."
    caption = "Benang merah lengkap: dari misi RPJMD dan analisis sampai indikator"
    return [laid_out(caption, columns, rows, source=note, is_landscape=True)]


def _rows(thread: DimensionThread, span: int) -> list[Row]:
    head = words(thread.name, *_origins(thread))
    rows = [Row((Cell(head.text, notes=head.notes, span=span, is_heading=True),), "group", thread.code)]
    last = None
    for line in thread.lines:
        if line.strategy != last:
            rows.append(_strategy(line, span, thread.code))
            last = line.strategy
        if line.programme:
            rows.append(_programme(line, line.programme, thread.code))
    return rows


def _strategy(line: Line, span: int, dimension: str) -> Row:
    gaps = "; ".join(shortened(gap.text) for gap in line.gaps)
    notes = [f"Menutup kesenjangan: {gaps}"] if gaps else []
    notes += [] if line.programme else ["Belum dijalankan oleh program."]
    cell = words(line.strategy.text, *notes, code=line.strategy.code, is_strong=True)
    return Row((Cell(cell.text, code=cell.code, notes=cell.notes, span=span, is_strong=True),), "group", dimension)


def _programme(line: Line, programme: Node, dimension: str) -> Row:
    return Row(
        (
            Cell(programme.text, code=programme.code),
            Cell("\n".join(f"{node.code}. {shortened(node.text)}" for node in line.missions) or "–"),
            Cell("\n".join(node.label for node in line.quick_wins) or "–"),
            Cell("\n".join(node.text for node in line.indicators) or "–"),
        ),
        dimension=dimension,
    )


def _origins(thread: DimensionThread) -> list[str]:
    issues = "; ".join(shortened(node.text) for node in thread.issues)
    tows = ", ".join(
        f"{origin.tows.code} ({origin.codes})" if origin.swot else origin.tows.code for origin in thread.origins
    )
    goals = "; ".join(f"{node.code} {shortened(node.text)}" for node in thread.goals)
    return [f"{name}: {content}" for name, content in (("Isu", issues), ("TOWS", tows), ("Sasaran", goals)) if content]


def shortened(content: str) -> str:
    return content if len(content) <= QUOTED else content[:QUOTED].rsplit(" ", 1)[0] + " …"
