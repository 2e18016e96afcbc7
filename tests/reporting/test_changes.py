"""Rising, falling, new and gone: between two sets of postings, and over months."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillsift.model import Level
from skillsift.reporting.changes import FEW, changes, trend
from skillsift.reporting.counts import count
from skillsift.reporting.figures import Count, Split
from skillsift.reporting.tally import Tally
from skillsift.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        pytest.param(10, 60, "rising", id="10 % to 60 %"),
        pytest.param(60, 10, "falling", id="60 % to 10 %"),
        pytest.param(0, 30, "new", id="none to 30 %"),
        pytest.param(30, 0, "gone", id="30 % to none"),
        pytest.param(50, 52, "steady", id="two points are chance"),
        pytest.param(0, 4, "few", id="four postings in all"),
        pytest.param(10, 21, "steady", id="p 0.03 would do alone; of two tests the first has to be below 0.025"),
    ],
)
def test_kinds(before: int, after: int, kind: str) -> None:
    found = {change.id: change for change in changes({"x": before, "y": 50}, 100, {"x": after, "y": 50}, 100, {"x": "X"})}
    assert found["x"].kind == kind
    assert (found["x"].name, found["x"].share_before, found["x"].share_after) == ("X", before / 100, after / 100)
    assert found["x"].difference == pytest.approx((after - before) / 100)
    assert found["y"].kind == "steady"
    assert found["y"].name == "y", "a skill without a name has its id"


def test_the_order_is_told() -> None:
    before = {"gone": 30, "down": 90, "lost": 40, "few": 1, "same": 50}
    after = {"new": 30, "up": 50, "same": 50, "down": 40}
    found = [(change.id, change.kind) for change in changes(before, 100, {**after, "down": 60}, 100, {})]
    assert found == [
        *(("up", "new"), ("new", "new"), ("same", "steady"), ("few", "few")),
        *(("down", "falling"), ("gone", "gone"), ("lost", "gone")),
    ]


def months(**counts: tuple[int, int]) -> Split:
    """month → (postings, those that name "x"); "none" is a month that is not told."""
    names = [{"none": "not told"}.get(name, name.replace("_", "-").lstrip("m")) for name in counts]
    total = sum(postings for postings, _ in counts.values())
    groups = tuple(Count(name, postings, postings / total) for name, (postings, _) in zip(names, counts.values(), strict=True))
    return Split("month", groups, {"x": tuple(named for _, named in counts.values())})


@pytest.mark.parametrize(
    ("split", "before", "after", "counts"),
    [
        pytest.param(months(m2026_01=(10, 1), m2026_02=(10, 9)), ("2026-01",), ("2026-02",), (10, 10, 1, 9), id="two months"),
        pytest.param(
            months(m2026_01=(10, 1), m2026_02=(7, 7), m2026_03=(10, 9)),
            ("2026-01",),
            ("2026-03",),
            (10, 10, 1, 9),
            id="three: the middle is out",
        ),
        pytest.param(
            months(**{f"m2026_{at:02}": (10, at) for at in range(1, 8)}),
            ("2026-01", "2026-02"),
            ("2026-06", "2026-07"),
            (20, 20, 3, 13),
            id="seven: two and two",
        ),
        pytest.param(
            months(m2026_01=(10, 1), m2026_02=(10, 9), none=(50, 50)), ("2026-01",), ("2026-02",), (10, 10, 1, 9), id="undated ones are out"
        ),
    ],
)
def test_trend(split: Split, before: tuple[str, ...], after: tuple[str, ...], counts: tuple[int, int, int, int]) -> None:
    found = trend(split, {"x": "X"})
    assert found is not None
    (change,) = found.changes
    assert (found.before, found.after) == (before, after)
    assert (found.postings_before, found.postings_after, change.before, change.after) == counts
    assert change.kind == ("rising" if counts[3] > 2 * counts[2] else "steady")


@pytest.mark.parametrize("split", [months(m2026_01=(10, 1)), months(none=(10, 1)), months(m2026_01=(10, 1), none=(9, 1))])
def test_one_month_is_no_trend(split: Split) -> None:
    assert trend(split, {}) is None


def test_a_repost_counts_in_its_first_month(vocabulary: Vocabulary) -> None:
    tallies = [Tally({"python": Level.REQUIRED}, "a", date=date) for date in ("2026-03-01", "2026-01-09", "2026-02")]
    assert [(group.name, group.postings) for group in count(tallies, vocabulary, "month").by.groups] == [("2026-01", 1)]  # type: ignore[union-attr]


named = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 50))


@given(named, named, st.integers(50, 80), st.integers(50, 80))
def test_turned_round_what_rose_falls(before: dict[str, int], after: dict[str, int], total_before: int, total_after: int) -> None:
    there = {change.id: change for change in changes(before, total_before, after, total_after, {})}
    back = {change.id: change for change in changes(after, total_after, before, total_before, {})}
    turned = {"rising": "falling", "falling": "rising", "new": "gone", "gone": "new"}
    assert there.keys() == back.keys()
    for id_, change in there.items():
        assert back[id_].kind == turned.get(change.kind, change.kind)
        assert change.low - 1e-12 <= change.difference <= change.high + 1e-12
        assert (change.kind == "few") == (change.before + change.after < FEW)
