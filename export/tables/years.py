"""Cells that repeat per year: targets, budgets, their totals."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from export.blocks import Cell, Column
from export.numbers import Unit, number, rupiah
from masterplan.models import Programme, SupportAction

type Work = Programme | SupportAction
NOTHING = "–"


def target_columns(years: Sequence[int]) -> list[Column]:
    title = f"Target {years[0]}–{years[-1]}" if years else "Target"
    return [Column(str(year), align="right", group=title, has_rule=index == 0) for index, year in enumerate(years)]


def budget_columns(years: Sequence[int], unit: Unit) -> list[Column]:
    return [
        Column(str(year), align="right", group=f"Anggaran ({unit.label})", has_rule=index == 0)
        for index, year in enumerate(years)
    ]


def target_cells(targets: dict[int, Decimal | None], years: Sequence[int]) -> list[Cell]:
    return [Cell(NOTHING if (value := targets.get(year)) is None else number(value)) for year in years]


def targets_of(work: Work) -> dict[int, Decimal | None]:
    return {row.year: row.target for row in work.years.all()}


def budgets_of(works: Iterable[Work]) -> dict[int, int]:
    sums: dict[int, int] = {}
    for work in works:
        for row in work.years.all():
            sums[row.year] = sums.get(row.year, 0) + row.budget
    return sums


def budget_cells(works: Iterable[Work], years: Sequence[int], unit: Unit) -> list[Cell]:
    sums = budgets_of(works)
    return [Cell(unit.write(sums.get(year, 0))) for year in years]


def total_cell(works: Iterable[Work], unit: Unit) -> Cell:
    return Cell(unit.write(sum(budgets_of(works).values())))


def money_fact(amount: int, sources: Sequence[str]) -> tuple[str, str]:
    """For a sheet: the sum (of rupiah), and whose money it is."""
    return rupiah(amount), ", ".join(sources) or "sumber dana belum ditetapkan"


def years_of(plan_years: Iterable[int], works: Iterable[Work]) -> list[int]:
    """The planned years, and any other year that rows hold: a total must never leave a column out."""
    found = {row.year for work in works for row in work.years.all()}
    return sorted(found | set(plan_years))
