"""The statistics, against numbers that were published or worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillsift.reporting.statistics import discoveries, newcombe, same_share, wilson


@pytest.mark.parametrize(
    ("positive", "total", "low", "high"),
    [
        # Newcombe, Two-sided confidence intervals for the single proportion (1998), table I, method 3.
        pytest.param(81, 263, 0.2553, 0.3662, id="81 of 263"),
        pytest.param(15, 148, 0.0624, 0.1605, id="15 of 148"),
        pytest.param(0, 20, 0.0, 0.1611, id="none of 20"),
        pytest.param(1, 29, 0.0061, 0.1718, id="1 of 29"),
        pytest.param(5, 10, 0.2366, 0.7634, id="a half of 10"),
        pytest.param(10, 10, 0.7225, 1.0, id="all of 10"),
        pytest.param(0, 0, 0.0, 0.0, id="no postings"),
    ],
)
def test_wilson(positive: int, total: int, low: float, high: float) -> None:
    assert wilson(positive, total) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 10**7).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
def test_an_interval_holds_its_share_and_stays_a_share(of: tuple[int, int]) -> None:
    low, high = wilson(*of)
    assert 0 <= low <= of[0] / of[1] <= high <= 1
    assert low < high


@pytest.mark.parametrize(
    ("one", "total_one", "two", "total_two", "low", "high"),
    [
        # Newcombe, Interval estimation for the difference between independent proportions (1998), table II, method 10.
        pytest.param(56, 70, 48, 80, 0.0524, 0.3339, id="a"),
        pytest.param(9, 10, 3, 10, 0.1705, 0.8090, id="b"),
        pytest.param(6, 7, 2, 7, 0.0582, 0.8062, id="c"),
        pytest.param(5, 56, 0, 29, -0.0381, 0.1926, id="d"),
        pytest.param(0, 10, 0, 20, -0.1611, 0.2775, id="e"),
        pytest.param(0, 10, 0, 10, -0.2775, 0.2775, id="f"),
        pytest.param(10, 10, 0, 20, 0.6791, 1.0, id="g"),
        pytest.param(10, 10, 0, 10, 0.6075, 1.0, id="h"),
        pytest.param(3, 10, 0, 0, -1.0, 1.0, id="nothing to compare with"),
    ],
)
def test_newcombe(one: int, total_one: int, two: int, total_two: int, low: float, high: float) -> None:
    assert newcombe(one, total_one, two, total_two) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("one", "total_one", "two", "total_two", "p"),
    [
        # chi-squared = (N - 1)(ad - bc)^2 / (r1 r2 c1 c2); 3.841 is p 0.05, 6.635 is p 0.01 at one degree of freedom.
        pytest.param(10, 20, 10, 20, 1.0, id="the same share: 0"),
        pytest.param(15, 20, 5, 20, 0.001793, id="39 * 200^2 / (20 * 20 * 20 * 20) = 9.75"),
        pytest.param(7, 10, 3, 10, 0.081236, id="19 * 40^2 / 10^4 = 3.04"),
        pytest.param(0, 20, 0, 20, 1.0, id="named by none"),
        pytest.param(20, 20, 20, 20, 1.0, id="named by all"),
        pytest.param(3, 10, 0, 0, 1.0, id="nothing to compare with"),
    ],
)
def test_same_share(one: int, total_one: int, two: int, total_two: int, p: float) -> None:
    assert same_share(one, total_one, two, total_two) == pytest.approx(p, abs=1e-5)


@pytest.mark.parametrize(
    ("ps", "stand"),
    [
        # Benjamini and Hochberg 1995, their example of 15 tests: four stand at 5 %.
        pytest.param(
            [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0],
            [True] * 4 + [False] * 11,
            id="the paper's example",
        ),
        pytest.param([0.04], [True], id="one test needs no correction"),
        pytest.param([0.04, 0.9], [False, False], id="0.04 is above 1/2 of 5 %"),
        pytest.param([0.045, 0.04], [True, True], id="one that stands takes the lower ones with it"),
        pytest.param([], [], id="none"),
    ],
)
def test_discoveries(ps: list[float], stand: list[bool]) -> None:
    assert discoveries(ps) == stand


shares = st.integers(1, 10**5).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))


@given(shares, shares)
def test_a_difference_lies_in_its_interval(one: tuple[int, int], two: tuple[int, int]) -> None:
    low, high = newcombe(*one, *two)
    difference = one[0] / one[1] - two[0] / two[1]
    assert -1 <= low <= difference + 1e-12
    assert difference - 1e-12 <= high <= 1
    assert newcombe(*two, *one) == pytest.approx((-high, -low)), "turned round, the interval is turned round"


@given(shares, shares)
def test_a_p_is_one_and_the_same_either_way(one: tuple[int, int], two: tuple[int, int]) -> None:
    p = same_share(*one, *two)
    assert 0 <= p <= 1
    assert p == pytest.approx(same_share(*two, *one))


@given(st.lists(st.floats(0, 1)))
def test_what_stands_is_below_what_does_not(ps: list[float]) -> None:
    stand = discoveries(ps)
    assert max((p for p, stands in zip(ps, stand, strict=True) if stands), default=0.0) <= 0.05
    assert all(a < b for a, s in zip(ps, stand, strict=True) if s for b, t in zip(ps, stand, strict=True) if not t)
