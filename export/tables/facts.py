"""Facts of programmes beyond target and budget: printed where they are filled, silent where they are not."""

from collections.abc import Callable

from export.blocks import Cell, Column, Row, Table
from export.source import Source
from export.tables.analysis import team_source
from export.tables.layout import group, laid_out, words
from export.tables.years import years_of
from masterplan.domain.budget_room import money_by_source
from masterplan.domain.programme import NOT_BROKEN_DOWN
from masterplan.models import Programme
from smartcity.ui.format import format_date as day

VARIABLES = (
    ("regulation", "Regulasi"),
    ("infrastructure", "Infrastruktur"),
    ("application", "Aplikasi"),
    ("people", "SDM"),
)


def details(source: Source) -> list[Table]:
    """Innovation, partners, districts, beneficiaries, references and readiness, for the programmes that have some."""
    pairs = [(row, _cells(row)) for row in source.programmes]
    found = [(row, cells) for row, cells in pairs if any(cell.text or cell.notes for cell in cells)]
    if not found:
        return []
    columns = [
        Column("Program", share=1.5),
        Column("Jenis inovasi", share=0.8),
        Column("Kecamatan", unit="penerima manfaat", share=1.3),
        Column("Mitra", share=1.3),
        Column("Rujukan rencana lain", share=1.4),
        Column("Kesiapan", share=1.6),
    ]
    rows: list[Row] = []
    last = ""
    for row, cells in found:
        if row.dimension.code != last:
            rows.append(group(row.dimension.name, len(columns), row.dimension.code))
        last = row.dimension.code
        first = Cell(row.name, code=row.code, is_strong=True)
        rows.append(Row((first, *cells), dimension=row.dimension.code))
    note = f"kertas kerja rencana aksi perangkat daerah, {team_source(source)}."
    caption = "Inovasi, penerima, mitra, rujukan, dan kesiapan program"
    return [laid_out(caption, columns, rows, source=note, is_landscape=True)]


def _cells(row: Programme) -> tuple[Cell, ...]:
    place = words(", ".join(row.districts), row.beneficiaries)
    return (
        Cell(row.get_innovation_display() if row.innovation else ""),
        place,
        Cell("; ".join(str(partner) for partner in row.partners.all())),
        Cell("; ".join(str(reference) for reference in row.references.all())),
        Cell("; ".join(readiness_of(row))),
    )


def readiness_of(row: Programme) -> list[str]:
    """ "Regulasi: ada, Perbup 12/2025"."""
    texts = []
    for name, label in VARIABLES:
        state = getattr(row, f"get_{name}_display")() if getattr(row, name) else ""
        parts = [part for part in (state.lower(), getattr(row, f"{name}_note")) if part]
        if parts:
            texts.append(f"{label}: {', '.join(parts)}")
    return texts


def budget_by_source(source: Source, _: str) -> list[Table]:
    """Programmes' money by source and year; absent while no programme says which source pays how much."""
    money = money_by_source(source.programmes)
    known = {name: place for place, name in enumerate(source.funding_order)}
    names = sorted({name for _, name in money if name}, key=lambda name: (known.get(name, len(known)), name))
    if not any(programme.budgets.all() for programme in source.programmes):
        return []
    years = years_of(source.plan.detail_range, source.programmes)
    unit = source.unit
    columns = [
        Column("Sumber dana", share=1),
        *[Column(str(year), align="right", has_rule=place == 0) for place, year in enumerate(years)],
        Column("Jumlah", align="right", has_rule=True),
    ]
    shown = [(name, name) for name in names]
    if any(name == NOT_BROKEN_DOWN for _, name in money):
        shown.append((NOT_BROKEN_DOWN, "Belum dirinci"))
    rows = [_source_row(label, [money.get((year, name), 0) for year in years], unit.write) for name, label in shown]
    sums = [sum(amount for (own, _), amount in money.items() if own == year) for year in years]
    rows.append(_source_row("Jumlah", sums, unit.write, is_total=True))
    note = (
        f"kertas kerja rencana aksi, {team_source(source)}. Program dengan satu sumber dihitung penuh pada sumber itu."
    )
    caption = f"Anggaran program menurut sumber dana dan tahun ({unit.label})"
    return [laid_out(caption, columns, rows, source=note, is_landscape=len(years) > 6 or unit.divisor == 1)]


def _source_row(label: str, amounts: list[int], write: Callable[[int], str], *, is_total: bool = False) -> Row:
    first = Cell(label, is_heading=is_total)
    cells = (first, *(Cell(write(amount)) for amount in amounts), Cell(write(sum(amounts)), is_strong=True))
    return Row(cells, "total" if is_total else "row")


def priority(source: Source, _: str) -> list[Table]:
    """Which dimensions the region puts first, why, and who decided (feature F82)."""
    if not source.priorities:
        return []
    columns = [
        Column("Urutan", align="center"),
        Column("Dimensi", share=0.9),
        Column("Alasan", share=2),
        Column("Diputuskan oleh", share=1),
    ]
    rows = [
        Row(
            (
                Cell(str(own.priority), is_strong=True),
                Cell(own.dimension.name, badges=(own.dimension.code,)),
                Cell(own.priority_reason),
                words(own.priority_by, day(own.priority_on) if own.priority_on else ""),
            ),
            dimension=own.dimension.code,
        )
        for own in source.priorities
    ]
    return [laid_out("Dimensi prioritas daerah", columns, rows, source=team_source(source))]
