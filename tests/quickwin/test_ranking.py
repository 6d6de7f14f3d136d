"""Weighing and ranking against a plain reference computation, for any scores, weights and order of the scorers."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from quickwin.ranking import Spread, ranked

type Ballots = list[dict[str, dict[str, int]]]

WEIGHTS = {"manfaat": 3, "siap": 1}


@st.composite
def rounds(draw: st.DrawFn) -> tuple[list[str], dict[str, int], Ballots]:
    candidates = [f"P{place}" for place in range(draw(st.integers(1, 6)))]
    weights = {f"k{place}": draw(st.integers(1, 100)) for place in range(draw(st.integers(1, 5)))}
    points = st.fixed_dictionaries(dict.fromkeys(weights, st.integers(1, 5)))
    ballot = st.fixed_dictionaries(dict.fromkeys(candidates, points))
    return candidates, weights, draw(st.lists(ballot, min_size=1, max_size=5))


def reference_total(candidate: str, weights: dict[str, int], ballots: Ballots) -> Fraction:
    top = sum(weights[key] * ballot[candidate][key] for ballot in ballots for key in weights)
    return Fraction(top, sum(weights.values()) * len(ballots))


@given(rounds())
def test_equals_a_plain_computation(case: tuple[list[str], dict[str, int], Ballots]) -> None:
    candidates, weights, ballots = case
    totals = {each: reference_total(each, weights, ballots) for each in candidates}
    better = {each: sum(totals[other] > totals[each] for other in candidates) for each in candidates}
    expected = [
        (each, better[each] + 1, totals[each], sum(totals[other] == totals[each] for other in candidates) > 1)
        for each in sorted(candidates, key=lambda each: (better[each], candidates.index(each)))
    ]
    found = ranked(candidates, weights, ballots)
    assert [(place.candidate, place.rank, place.total.mean, place.is_tied) for place in found] == expected


@given(rounds(), st.randoms(use_true_random=False))
def test_the_order_of_the_scorers_does_not_matter(
    case: tuple[list[str], dict[str, int], Ballots], chance: object
) -> None:
    candidates, weights, ballots = case
    shuffled = list(ballots)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert ranked(candidates, weights, shuffled) == ranked(candidates, weights, ballots)


@given(rounds(), st.integers(2, 7))
def test_only_the_proportion_of_weights_matters(case: tuple[list[str], dict[str, int], Ballots], factor: int) -> None:
    candidates, weights, ballots = case
    larger = {key: weight * factor for key, weight in weights.items()}
    assert ranked(candidates, larger, ballots) == ranked(candidates, weights, ballots)


def test_ties_are_ties_and_leave_the_next_rank_out() -> None:
    """3·5 + 1·1 and 3·4 + 1·4 are both 16: as floats of thirds they might differ, as fractions they do not."""
    ballot = {
        "A": {"manfaat": 5, "siap": 1}, "B": {"manfaat": 4, "siap": 4}, "C": {"manfaat": 3, "siap": 3},
    }  # fmt: skip
    found = ranked(["C", "B", "A"], WEIGHTS, [ballot])
    assert [(each.candidate, each.rank, each.is_tied) for each in found] == [
        ("B", 1, True), ("A", 1, True), ("C", 3, False),
    ]  # fmt: skip


def test_spread_over_scorers() -> None:
    ballots: Ballots = [{"A": {"manfaat": 5, "siap": 1}}, {"A": {"manfaat": 2, "siap": 2}}]
    [place] = ranked(["A"], WEIGHTS, ballots)
    assert place.total == Spread(Fraction(3), Fraction(2), Fraction(4))
    assert dict(place.criteria) == {
        "manfaat": Spread(Fraction(7, 2), Fraction(2), Fraction(5)),
        "siap": Spread(Fraction(3, 2), Fraction(1), Fraction(2)),
    }
    assert place.criteria["manfaat"].width == 3
