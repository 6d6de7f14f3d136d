"""Quick wins and how they are chosen, one topic a file."""

from quickwin.models.quick_win import QuickWin, QuickWinMilestone, QuickWinRisk
from quickwin.models.selection import Ballot, Candidate, Criterion, CriterionSet, Score, SelectionRound

__all__ = [
    "Ballot",
    "Candidate",
    "Criterion",
    "CriterionSet",
    "QuickWin",
    "QuickWinMilestone",
    "QuickWinRisk",
    "Score",
    "SelectionRound",
]
