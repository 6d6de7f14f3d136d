"""The matrix of a round as a page draws it: exact numbers rounded for reading only."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from quickwin.domain.deciding import Matrix
from quickwin.models import Candidate, Criterion, Score
from quickwin.ranking import Spread
from smartcity.ui.format import format_number


@dataclass(frozen=True)
class Cell:
    """A mean with the range of the scorers; `is_wide` where they are two points apart or more."""

    mean: str
    range: str
    is_wide: bool


@dataclass(frozen=True)
class MatrixLine:
    candidate: Candidate
    rank: str
    is_tied: bool
    total: Cell
    cells: list[Cell]
    rows: list["CriterionRow"]


@dataclass(frozen=True)
class CriterionRow:
    """One criterion of one candidate, as each scorer saw it, in the order of the ballots."""

    criterion: Criterion
    scores: list[Score]


WIDE = 2


def matrix_lines(matrix: Matrix) -> list[MatrixLine]:
    return [
        MatrixLine(
            candidate=place.candidate,
            rank=f"{place.rank}{' (seri)' if place.is_tied else ''}",
            is_tied=place.is_tied,
            total=_cell(place.total, places=2),
            cells=[_cell(place.criteria[criterion], places=1) for criterion in matrix.criteria],
            rows=[
                CriterionRow(criterion, [own[criterion] for own in matrix.scores[place.candidate].values()])
                for criterion in matrix.criteria
            ],
        )
        for place in matrix.places
    ]


def _cell(spread: Spread, *, places: int) -> Cell:
    low, high = _shown(spread.low, places), _shown(spread.high, places)
    return Cell(_shown(spread.mean, places), low if low == high else f"{low}–{high}", spread.width >= WIDE)


def _shown(value: Fraction, places: int) -> str:
    return format_number(round(Decimal(value.numerator) / Decimal(value.denominator), places))
