"""Counts over postings, and the intervals of their shares."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillsift.model import Level
from skillsift.reporting.counts import Report, count, wilson
from skillsift.reporting.tally import Tally
from skillsift.vocabulary import Vocabulary

REQUIRED, PREFERRED, MENTIONED = Level.REQUIRED, Level.PREFERRED, Level.MENTIONED


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


def tally(ad: str, levels: dict[str, Level] | None = None, **facts: Any) -> Tally:
    return Tally(levels or {}, ad, **facts)


FOUR = [
    tally("a", {"python": REQUIRED, "sql": PREFERRED}, stage="senior", track="individual", month="2026-02", company="Pellgrove"),
    tally("b", {"python": MENTIONED}, stage="entry", track="individual", month="2026-01", company="Quillfen", sections_found=False),
    tally("c", {"python": REQUIRED, "java": REQUIRED}, track="management", month="2026-01", company="Quillfen"),
    tally("d", {}, stage="senior", track="individual"),
]


def row(report: Report, skill: str) -> dict[str, Any]:
    found: dict[str, Any] = report.skills.set_index("id").loc[skill].to_dict()
    return found


def test_postings_are_counted_by_level(vocabulary: Vocabulary) -> None:
    report = count(FOUR, vocabulary)
    assert list(report.skills["id"]) == ["python", "java", "sql"], "most asked for first, then most required"
    python = row(report, "python")
    assert (python["postings"], python["required"], python["preferred"], python["mentioned"]) == (3, 2, 0, 1)
    assert (python["name"], python["group"], python["share"]) == ("Python", "language", 0.75)
    assert (python["low"], python["high"]) == wilson(3, 4)
    assert (report.read, report.postings, report.duplicates, report.unread, report.without_sections) == (4, 4, 0, 0, 1)
    assert report.stages == {"entry": 1, "senior": 2, "not told": 1}
    assert report.tracks == {"individual": 3, "management": 1}
    assert report.by is None


def test_an_ad_counts_once(vocabulary: Vocabulary) -> None:
    report = count([*FOUR, FOUR[0], FOUR[1], FOUR[0]], vocabulary)
    assert row(report, "python")["postings"] == 3
    assert (report.read, report.postings, report.duplicates) == (7, 4, 3)


def test_what_could_not_be_read_is_told_and_not_counted(vocabulary: Vocabulary) -> None:
    broken = [tally("", error="line 7"), tally("", error="line 9")]
    report = count([*broken, *FOUR], vocabulary)
    assert (report.read, report.postings, report.unread, report.duplicates) == (6, 4, 2, 0)
    assert row(report, "python")["share"] == 0.75


@pytest.mark.parametrize(
    ("by", "sizes", "python"),
    [
        pytest.param("stage", {"entry": 1, "senior": 2, "not told": 1}, [1, 0.5, 1], id="stages in their order"),
        pytest.param("track", {"individual": 3, "management": 1}, [2 / 3, 1], id="tracks, the largest first"),
        pytest.param("month", {"2026-01": 2, "2026-02": 1, "not told": 1}, [1, 1, 0], id="months in time"),
        pytest.param("company", {"Quillfen": 2, "Pellgrove": 1, "not told": 1}, [1, 1, 0], id="companies, the largest first"),
        pytest.param("city", {"not told": 4}, [0.75], id="a column that the tallies have not"),
    ],
)
def test_shares_by_group(vocabulary: Vocabulary, by: str, sizes: dict[str, int], python: list[float]) -> None:
    report = count(FOUR, vocabulary, by)
    assert report.by is not None
    assert list(report.sizes.items()) == list(sizes.items())
    assert list(report.by.columns) == list(sizes)
    assert list(report.by.iloc[0]) == pytest.approx(python)
    assert len(report.by) == len(report.skills)


def test_shares_by_any_column(vocabulary: Vocabulary) -> None:
    tallies = [tally("a", {"sql": REQUIRED}, groups={"column": "Leeds"}), tally("b", groups={"column": "Leeds"}), tally("c")]
    report = count(tallies, vocabulary, "city")
    assert report.by is not None
    assert report.by.to_dict("records") == [{"Leeds": 0.5, "not told": 0.0}]


def test_one_group_of_skills_keeps_its_shares(vocabulary: Vocabulary) -> None:
    tallies = [*FOUR, tally("e", {"docker": REQUIRED}, stage="staff")]
    whole = count(tallies, vocabulary, "stage")
    only = whole.only("language")
    assert list(only.skills["id"]) == ["python", "java", "sql"]
    assert only.by is not None
    assert list(only.by["entry"]) == [1, 0, 0]
    assert list(only.skills.index) == list(only.by.index) == [0, 1, 2]
    assert row(only, "python") == row(whole, "python")


def test_a_skill_that_the_vocabulary_has_not_keeps_its_name(vocabulary: Vocabulary) -> None:
    assert row(count([tally("a", {"Welding": REQUIRED})], vocabulary), "Welding")["name"] == "Welding"


@pytest.mark.parametrize(
    "tallies",
    [
        pytest.param(list, id="none"),
        pytest.param(lambda: [tally("a")], id="no skills"),
        pytest.param(lambda: [tally("a", error="x")], id="none read"),
    ],
)
def test_nothing_to_count(vocabulary: Vocabulary, tallies: Callable[[], list[Tally]]) -> None:
    report = count(tallies(), vocabulary, "stage")
    assert report.skills.empty
    assert report.by is not None
    assert report.by.empty
