"""Whether the money is there: what programmes plan per year and source against the ceilings (feature F99)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from masterplan.domain.codes import funding_names
from masterplan.domain.programme import NOT_BROKEN_DOWN, shares_of
from masterplan.models import BudgetCeiling, Masterplan, Programme, SupportActionYear

STEEP = 4
type Money = dict[tuple[int, str], int]


class RoomState(StrEnum):
    """How a cell stands; each has its own word and sign, so that colour is never the only one."""

    OPEN = "tanpa pagu"
    FITS = "cukup"
    FULL = "pas"
    OVER = "lebih"


@dataclass(frozen=True)
class RoomCell:
    """Whole rupiah. `row` is the ceiling that may be edited; a total may stand on the sum of its sources' ceilings."""

    year: int
    planned: int
    ceiling: int | None
    row: BudgetCeiling | None

    @property
    def state(self) -> RoomState:
        if self.ceiling is None:
            return RoomState.OPEN
        if self.planned == self.ceiling:
            return RoomState.FULL
        return RoomState.OVER if self.planned > self.ceiling else RoomState.FITS

    @property
    def difference(self) -> int:
        return abs((self.ceiling or 0) - self.planned)


@dataclass(frozen=True)
class RoomLine:
    label: str
    source: str
    cells: tuple[RoomCell, ...]
    may_have_ceiling: bool = True

    @property
    def total(self) -> int:
        return sum(cell.planned for cell in self.cells)


@dataclass(frozen=True)
class Steep:
    """A year that needs at least `STEEP` times as much as another."""

    year: int
    other: int
    times: int


@dataclass(frozen=True)
class BudgetRoom:
    years: tuple[int, ...]
    lines: tuple[RoomLine, ...]
    total: RoomLine
    unsourced: tuple[Programme, ...]
    steep: tuple[Steep, ...]

    @property
    def over(self) -> list[tuple[RoomLine, RoomCell]]:
        return [
            (line, cell) for line in (*self.lines, self.total) for cell in line.cells if cell.state == RoomState.OVER
        ]


def budget_room(plan: Masterplan) -> BudgetRoom:
    """A fixed number of queries. Support actions carry no sources and stand in a line of their own."""
    programmes = list(Programme.objects.active().filter(plan=plan).prefetch_related("years", "budgets"))
    ceilings = {(row.year, row.source): row for row in BudgetCeiling.objects.filter(plan=plan)}
    money = money_by_source(programmes)
    support: dict[int, int] = {}
    for year, budget in SupportActionYear.objects.filter(action__plan=plan).values_list("year", "budget"):
        support[year] = support.get(year, 0) + budget
    years = tuple(sorted({*plan.detail_range, *support, *(year for year, _ in (*money, *ceilings))}))
    lines = [
        _line(source, source, years, money, ceilings) for source in sources_in_order((*money, *ceilings)) if source
    ]
    if any(source == NOT_BROKEN_DOWN for _, source in money):
        lines.append(_plain_line("Belum dirinci", years, {y: money.get((y, NOT_BROKEN_DOWN), 0) for y in years}))
    if support:
        lines.append(_plain_line("Aksi pendukung", years, support))
    unsourced = tuple(row for row in programmes if is_unsourced(row))
    total = _total(years, lines, ceilings)
    return BudgetRoom(years, tuple(lines), total, unsourced, steep_years({c.year: c.planned for c in total.cells}))


def is_unsourced(programme: Programme) -> bool:
    """Neither a source named nor money broken down."""
    return not programme.funding_sources and not programme.budgets.all()


def money_by_source(programmes: Iterable[Programme]) -> Money:
    money: Money = {}
    for programme in programmes:
        for key, amount in shares_of(programme).items():
            money[key] = money.get(key, 0) + amount
    return money


def sources_in_order(keys: Iterable[tuple[int, str]]) -> list[str]:
    """As the code list orders them, then the region's own by name."""
    known = {name: place for place, name in enumerate(funding_names())}
    return sorted({source for _, source in keys}, key=lambda name: (known.get(name, len(known)), name))


def _line(
    label: str, source: str, years: tuple[int, ...], money: Money, ceilings: Mapping[tuple[int, str], BudgetCeiling]
) -> RoomLine:
    cells = []
    for year in years:
        row = ceilings.get((year, source))
        cells.append(RoomCell(year, money.get((year, source), 0), row.amount if row else None, row))
    return RoomLine(label, source, tuple(cells))


def _plain_line(label: str, years: tuple[int, ...], money: Mapping[int, int]) -> RoomLine:
    cells = tuple(RoomCell(year, money.get(year, 0), None, None) for year in years)
    return RoomLine(label, "", cells, may_have_ceiling=False)


def _total(
    years: tuple[int, ...], lines: list[RoomLine], ceilings: Mapping[tuple[int, str], BudgetCeiling]
) -> RoomLine:
    """Against the ceiling of the whole year; without one against the sources' ceilings, if they cap all planned money."""
    cells = []
    for place, year in enumerate(years):
        row = ceilings.get((year, ""))
        column = [line.cells[place] for line in lines]
        ceiling = row.amount if row else _joint_ceiling(column)
        cells.append(RoomCell(year, sum(cell.planned for cell in column), ceiling, row))
    return RoomLine("Jumlah", "", tuple(cells))


def _joint_ceiling(column: list[RoomCell]) -> int | None:
    """The sum of the sources' ceilings; None while some planned money has no ceiling, for then it would be no limit."""
    known = [cell.ceiling for cell in column if cell.ceiling is not None]
    is_whole = all(cell.ceiling is not None for cell in column if cell.planned)
    return sum(known) if known and is_whole else None


def steep_years(planned: Mapping[int, int]) -> tuple[Steep, ...]:
    """Years that need `STEEP` times the leanest year; years without any money are no measure."""
    filled = {year: amount for year, amount in planned.items() if amount > 0}
    if not filled:
        return ()
    lean = min(filled, key=lambda year: (filled[year], year))
    return tuple(
        Steep(year, lean, amount // filled[lean]) for year, amount in filled.items() if amount >= STEEP * filled[lean]
    )
