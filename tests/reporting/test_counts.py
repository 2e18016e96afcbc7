"""Counts over postings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any

import pytest

from skillsift.model import Level
from skillsift.reporting.counts import count, only
from skillsift.reporting.figures import Count, Figures, Split
from skillsift.reporting.statistics import wilson
from skillsift.reporting.tally import Tally
from skillsift.vocabulary import Vocabulary

REQUIRED, PREFERRED, MENTIONED = Level.REQUIRED, Level.PREFERRED, Level.MENTIONED


def tally(ad: str, levels: dict[str, Level] | None = None, **facts: Any) -> Tally:
    return Tally(levels or {}, ad, **facts)


FOUR = [
    tally("a", {"python": REQUIRED, "sql": PREFERRED}, stage="senior", track="individual", date="2026-02", company="Pellgrove"),
    tally("b", {"python": MENTIONED}, stage="entry", track="individual", date="2026-01", company="Quillfen", sections_found=False),
    tally("c", {"python": REQUIRED, "java": REQUIRED}, track="management", date="2026-01", company="Quillfen"),
    tally("d", {}, stage="senior", track="individual"),
]


def row(report: Figures, skill: str) -> dict[str, Any]:
    (found,) = (asdict(figure) for figure in report.skills if figure.id == skill)
    return found


def ids(report: Figures) -> list[str]:
    return [skill.id for skill in report.skills]


def counts(groups: Iterable[Count]) -> dict[str, int]:
    return {group.name: group.postings for group in groups}


def shares(split: Split | None, skill: str) -> list[float]:
    assert split is not None
    return [split.share(skill, at) for at in range(len(split.groups))]


def test_postings_are_counted_by_level(vocabulary: Vocabulary) -> None:
    report = count(FOUR, vocabulary)
    assert ids(report) == ["python", "java", "sql"], "most asked for first, then most required"
    python = row(report, "python")
    assert (python["postings"], python["required"], python["preferred"], python["mentioned"]) == (3, 2, 0, 1)
    assert (python["name"], python["group"], python["share"]) == ("Python", "language", 0.75)
    assert (python["low"], python["high"]) == wilson(3, 4)
    reading = report.reading
    assert (reading.read, reading.postings, reading.duplicates, reading.unread, reading.without_sections) == (4, 4, 0, 0, 1)
    assert counts(report.stages) == {"entry": 1, "senior": 2, "not told": 1}
    assert counts(report.tracks) == {"individual": 3, "management": 1}
    assert report.by is None


def test_an_ad_counts_once(vocabulary: Vocabulary) -> None:
    report = count([*FOUR, FOUR[0], FOUR[1], FOUR[0]], vocabulary)
    assert row(report, "python")["postings"] == 3
    assert (report.reading.read, report.reading.postings, report.reading.duplicates) == (7, 4, 3)


def test_what_could_not_be_read_is_told_and_not_counted(vocabulary: Vocabulary) -> None:
    broken = [tally("", error="line 7"), tally("", error="line 9")]
    report = count([*broken, *FOUR], vocabulary)
    reading = report.reading
    assert (reading.read, reading.postings, reading.unread, reading.duplicates) == (6, 4, 2, 0)
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
    assert list(counts(report.by.groups).items()) == list(sizes.items())
    assert shares(report.by, "python") == pytest.approx(python)
    assert list(report.by.counts) == ids(report)


def test_shares_by_any_column(vocabulary: Vocabulary) -> None:
    tallies = [tally("a", {"sql": REQUIRED}, groups={"column": "Leeds"}), tally("b", groups={"column": "Leeds"}), tally("c")]
    report = count(tallies, vocabulary, "city")
    assert report.by is not None
    assert (counts(report.by.groups), report.by.counts) == ({"Leeds": 2, "not told": 1}, {"sql": (1, 0)})
    assert shares(report.by, "sql") == [0.5, 0.0]


def test_one_group_of_skills_keeps_its_shares(vocabulary: Vocabulary) -> None:
    tallies = [*FOUR, tally("e", {"docker": REQUIRED}, stage="staff")]
    whole = count(tallies, vocabulary, "stage")
    one = only(whole, "language", vocabulary)
    assert ids(one) == ["python", "java", "sql"]
    assert one.by is not None
    assert [shares(one.by, id_)[0] for id_ in ids(one)] == [1, 0, 0]
    assert row(one, "python") == row(whole, "python")


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
    assert report.skills == ()
    assert report.by is not None
    assert report.by.counts == {}
