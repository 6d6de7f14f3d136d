"""What the Buku Quick Win and the slides of one year are made of."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from export.blocks import Sheet
from export.numbers import Unit, rupiah, unit_for
from export.tables.quick_win import sheet
from masterplan.models import Dimension, Masterplan
from quickwin.enums import QuickWinStatus
from quickwin.models import QuickWin
from smartcity.ui.refusal import WrongState

NOT_DECIDED = frozenset({QuickWinStatus.PROPOSED, QuickWinStatus.DRAFT_APPROVED})


@dataclass(frozen=True)
class QuickWinBook:
    """`rows` in the order of dimensions, with what `sheet` needs."""

    plan: Masterplan
    year: int
    rows: tuple[QuickWin, ...]

    @property
    def title(self) -> str:
        return f"Quick Win {self.year}"

    @property
    def is_draft(self) -> bool:
        """As long as one of them is only proposed."""
        return any(row.status in NOT_DECIDED for row in self.rows)

    @cached_property
    def dimensions(self) -> list[Dimension]:
        return list(self.plan.dimension_set.dimensions.all())

    @cached_property
    def unit(self) -> Unit:
        return unit_for(row.budget for row in self.rows)

    @property
    def total(self) -> str:
        return self.unit.write(sum(row.budget for row in self.rows))

    @property
    def total_in_words(self) -> str:
        return rupiah(sum(row.budget for row in self.rows))

    def lines(self) -> Iterator[tuple[QuickWin, str]]:
        """Each with its budget in the unit of the table."""
        for row in self.rows:
            yield row, self.unit.write(row.budget)

    def sheets(self) -> list[Sheet]:
        return [sheet(row) for row in self.rows]


def quick_win_book(plan: Masterplan, year: int) -> QuickWinBook:
    """Raises WrongState for a year without quick wins."""
    rows = QuickWin.objects.filter(plan=plan, year=year).select_related("programme", "dimension", "lead_opd", "issue")
    ordered = rows.prefetch_related("risks", "milestones").order_by("dimension__position", "position", "pk")
    book = QuickWinBook(plan, year, tuple(ordered))
    if not book.rows:
        raise WrongState(f"Belum ada quick win {year}.", next_step="Pilih tahun lain, atau tambah quick win dahulu.")
    return book
