"""What the rows say, gathered once, so that numbers in a text can be held against it."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from masterplan.consistency.reading import Money
from masterplan.consistency.snapshot import ActionRow, Snapshot, WorkRow


@dataclass(frozen=True)
class Amounts:
    """Every budget and sum of budgets that a text may rightly name, sorted."""

    values: tuple[int, ...]

    def knows(self, money: Money) -> bool:
        place = bisect_left(self.values, money.amount - money.step)
        while place < len(self.values) and self.values[place] <= money.amount + money.step:
            if money.means(self.values[place]):
                return True
            place += 1
        return False


def amounts_of(plan: Snapshot) -> Amounts:
    """Rows, their years, and the sums per year, dimension, group, leading office and source of money."""
    values = set(plan.amounts)
    sums: Counter[tuple[str, object]] = Counter()
    for row in plan.work:
        values |= {row.total, *row.budgets.values()}
        for name in _sums_of(row):
            sums[name, "total"] += row.total
            for year, budget in row.budgets.items():
                sums[name, year] += budget
    return Amounts(tuple(sorted({*values, *sums.values()} - {0})))


def _sums_of(row: WorkRow) -> Iterable[str]:
    yield "all"
    yield "actions" if isinstance(row, ActionRow) else "programmes"
    yield f"opd {row.lead}"
    yield f"group {row.group}" if isinstance(row, ActionRow) else f"dimension {row.dimension}"
    for source in getattr(row, "funding", ()):
        yield f"source {source}"


def counts_of(plan: Snapshot) -> dict[str, set[int]]:
    """For each noun the numbers that a text may rightly put before it."""
    programmes, strategies = plan.programmes, plan.strategies
    return {
        "program": {
            len(programmes),
            *Counter(row.dimension for row in programmes).values(),
            *Counter(row.lead for row in programmes).values(),
            *Counter(horizon for row in programmes for horizon in row.horizons).values(),
        },
        "strategi": {len(strategies), *Counter(row.dimension for row in strategies).values()},
        "aksi pendukung": {len(plan.actions), *Counter(row.group for row in plan.actions).values()},
    }


def codes_of(plan: Snapshot) -> set[str]:
    """Codes of all rows and of the subdimensions."""
    own = (plan.swot, plan.tows, plan.goals, plan.strategies, plan.work, *plan.parts.values())
    codes = {code for rows in own for row in rows if (code := getattr(row, "code", ""))}
    return codes | {code for dimension in plan.dimensions for code in dimension.subdimensions}
