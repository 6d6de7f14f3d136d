"""Quick wins as the consistency rules see them."""

from masterplan.domain.snapshot import Part
from masterplan.models import Masterplan
from quickwin.consistency import QuickWinRow, Risk
from quickwin.models import QuickWin


def quick_win_part(plan: Masterplan) -> Part:
    wins = QuickWin.objects.filter(plan=plan).select_related("dimension").prefetch_related("risks", "milestones")
    rows = tuple(_row(win) for win in wins)
    return Part(QuickWinRow, rows, _amounts(rows))


def _row(win: QuickWin) -> QuickWinRow:
    return QuickWinRow(
        win.pk,
        win.code,
        win.name,
        win.dimension.code,
        programme=win.programme_id,
        year=win.year,
        lead=win.lead_opd_id,
        budget=win.budget,
        funding=tuple(win.funding_sources),
        year_end_target=win.year_end_target,
        continuation=win.continuation,
        origin_year=win.origin_year,
        risks=tuple(Risk(risk.text, risk.likelihood * risk.impact, risk.mitigation) for risk in win.risks.all()),
        quarters=tuple(milestone.quarter for milestone in win.milestones.all()),
    )


def _amounts(rows: tuple[QuickWinRow, ...]) -> tuple[int, ...]:
    """Each budget, the sums per year and per dimension, and the whole."""
    sums = [sum(row.budget for row in rows)]
    sums += [sum(row.budget for row in rows if row.year == year) for year in {row.year for row in rows}]
    sums += [sum(row.budget for row in rows if row.dimension == code) for code in {row.dimension for row in rows}]
    return (*(row.budget for row in rows), *sums)
