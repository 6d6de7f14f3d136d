"""What the evaluation will ask of one year's quick wins, out of the rows."""

from masterplan.models import Masterplan
from quickwin.enums import Continuation, RenewalKind
from quickwin.evaluation import Answer, Recorded, answers
from quickwin.models import Candidate, QuickWin


def evaluation_of(plan: Masterplan, year: int) -> list[Answer]:
    """The twelve answers, in a fixed number of queries."""
    wins = QuickWin.objects.filter(plan=plan, year=year).select_related("issue").prefetch_related("risks")
    scored = set(
        Candidate.objects.filter(round__plan=plan, quick_win__in=wins).values_list("quick_win_id", flat=True)
    )  # fmt: skip
    before = QuickWin.objects.filter(plan=plan, year=year - 1)
    kept = before.filter(renewal__kind__in=(RenewalKind.CONTINUED, RenewalKind.GROWN)).count()
    rows = [_recorded(win, was_scored=win.pk in scored) for win in wins]
    return answers(rows, last_year=before.count(), kept=kept)


def _recorded(win: QuickWin, *, was_scored: bool) -> Recorded:
    risks = list(win.risks.all())
    return Recorded(
        name=str(win),
        issue=win.issue.text if win.issue else "",
        problem=win.problem,
        attraction=win.attraction,
        benefit=win.benefit,
        uniqueness=win.uniqueness,
        partnership=win.partnership or "; ".join(win.partners),
        potential=win.potential,
        sustainability=win.sustainability,
        resources=win.resources,
        risks=len(risks),
        mitigated=sum(bool(risk.mitigation.strip()) for risk in risks),
        is_new=win.continuation == Continuation.NEW,
        was_scored=was_scored,
    )
