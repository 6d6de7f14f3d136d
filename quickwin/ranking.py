"""Weighing and ranking candidates: exact numbers, no database, the same for any order of the scorers."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

type Points[K: Hashable] = Mapping[K, int]


@dataclass(frozen=True)
class Spread:
    """The mean of several scorers, with the lowest and the highest of them."""

    mean: Fraction
    low: Fraction
    high: Fraction

    @property
    def width(self) -> Fraction:
        return self.high - self.low


@dataclass(frozen=True)
class Place[C: Hashable, K: Hashable]:
    """Where a candidate stands. Candidates with the same total share a rank, and the ranks after them are left out."""

    candidate: C
    rank: int
    is_tied: bool
    total: Spread
    criteria: Mapping[K, Spread]


def ranked[C: Hashable, K: Hashable](
    candidates: Sequence[C], weights: Mapping[K, int], ballots: Sequence[Mapping[C, Points[K]]]
) -> list[Place[C, K]]:
    """Best first, equals in the order of `candidates`. Every ballot scores every candidate on every criterion.

    A scorer's total is the weighted mean of the criteria, so it lies on the scale of the points; a candidate's total
    is the plain mean of the scorers' totals.
    """
    totals = {
        candidate: _spread([_weighted(weights, ballot[candidate]) for ballot in ballots]) for candidate in candidates
    }
    means = [total.mean for total in totals.values()]
    places = [
        Place(
            candidate=candidate,
            rank=1 + sum(mean > total.mean for mean in means),
            is_tied=means.count(total.mean) > 1,
            total=total,
            criteria={key: _spread([Fraction(ballot[candidate][key]) for ballot in ballots]) for key in weights},
        )
        for candidate, total in totals.items()
    ]
    return sorted(places, key=lambda place: place.rank)


def _weighted[K: Hashable](weights: Mapping[K, int], points: Points[K]) -> Fraction:
    return Fraction(sum(weight * points[key] for key, weight in weights.items()), sum(weights.values()))


def _spread(values: Sequence[Fraction]) -> Spread:
    return Spread(sum(values, Fraction(0)) / len(values), min(values), max(values))
