"""Quick wins and how they are chosen, one topic a file."""

from quickwin.models.idea import Idea, IdeaBox, IdeaSender, IdeaStep
from quickwin.models.progress import EvidencePhoto, QuickWinUpdate, Renewal
from quickwin.models.quick_win import QuickWin, QuickWinMilestone, QuickWinRisk
from quickwin.models.selection import Ballot, Candidate, Criterion, CriterionSet, Score, SelectionRound

__all__ = [
    "Ballot",
    "Candidate",
    "Criterion",
    "CriterionSet",
    "EvidencePhoto",
    "Idea",
    "IdeaBox",
    "IdeaSender",
    "IdeaStep",
    "QuickWin",
    "QuickWinMilestone",
    "QuickWinRisk",
    "QuickWinUpdate",
    "Renewal",
    "Score",
    "SelectionRound",
]
