"""A round over two or three programmes, its scorers, and scores as people would give them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from bimtek.models import BodyMember
from masterplan.domain.row import create_row
from masterplan.models import Masterplan, Programme
from quickwin.domain.scoring import Mark, hand_in, marks_of, score, version_of
from quickwin.domain.selection import open_round
from quickwin.models import Ballot, Candidate, QuickWin, SelectionRound
from smartcity.accounts.models import User
from tests.masterplan.views.rows_given import Ground, programme_row

YEAR = 2026


def register(ground: Ground, number: int = 2) -> list[Programme]:
    return [programme_row(ground, f"GOV-P0{place}") for place in range(1, number + 1)]


def opened(
    ground: Ground, people: Sequence[User], *, by: User, number: int = 2, year: int = YEAR
) -> SelectionRound:  # fmt: skip
    rows = Programme.objects.filter(plan=ground.plan) or register(ground, number)
    programmes = [row.pk for row in rows]
    return open_round(ground.plan, year=year, programmes=programmes, scorers=[user.pk for user in people], by=by)


def ballot_of(choice: SelectionRound, user: User) -> Ballot:
    own = choice.ballots.get(scorer=user)
    own.round = choice
    return own


def candidates_of(choice: SelectionRound) -> list[Candidate]:
    found = list(choice.candidates.select_related("programme"))
    for candidate in found:
        candidate.round = choice
    return found


def give(choice: SelectionRound, user: User, candidate: Candidate, points: int, note: str = "") -> None:
    """The same points on every criterion."""
    criteria = list(choice.criterion_set.criteria.all())
    own = ballot_of(choice, user)
    version = version_of(marks_of(own, candidate, criteria))
    score(own, candidate, marks={each.pk: Mark(points, note) for each in criteria}, version=version, by=user)


def handed_in(choice: SelectionRound, user: User, *points: int) -> None:
    """Points for each candidate in turn, and handed in."""
    for candidate, each in zip(candidates_of(choice), points, strict=True):
        give(choice, user, candidate, each)
    hand_in(ballot_of(choice, user), by=user)
    choice.refresh_from_db()


def chair(plan: Masterplan, holder: str = "Kepala Bappeda", until: date | None = None) -> BodyMember:
    return BodyMember.objects.create(plan=plan, body="tim_pelaksana", seat="Ketua", holder=holder, until=until)


def quick_win(ground: Ground, **changes: Any) -> QuickWin:
    """Of an author's office, with two milestones and a risk."""
    programme = Programme.objects.filter(plan=ground.plan).first() or programme_row(ground)
    values = {
        "code": "QW-01", "name": "BAROKAH Dekat", "programme": programme, "dimension": ground.dimension,
        "lead_opd": ground.opd, "year": YEAR, "origin_year": YEAR, "status": "disetujui",
        "milestones": [{"quarter": 1, "text": "SOP ditetapkan"}, {"quarter": 2, "text": "Gerai buka"}],
        "risks": [{"text": "Jaringan putus", "likelihood": 2, "impact": 3, "mitigation": "Modem ganda"}],
    }  # fmt: skip
    return create_row(plan=ground.plan, model=QuickWin, values=values | changes, by=None)
