"""Counts over postings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillsift import Tagger
from skillsift.model import LEVELS, Level, Posting, Salary
from skillsift.reporting.corpus import collect
from skillsift.reporting.counts import count, figures, only
from skillsift.reporting.excerpts import Excerpt
from skillsift.reporting.figures import Count, Figures, Split
from skillsift.reporting.samples import EVIDENCE
from skillsift.reporting.statistics import wilson
from skillsift.reporting.tally import Tally, _from_tagged
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


# ---- the order of the input, copies, evidence ------------------------------------------------------------------------------


def ad(at: int) -> Tally:
    """One of 24 postings; every third is a copy of another with a later date."""
    place = at - 1 if at % 3 == 2 else at
    skills = enumerate(("python", "sql", "java", "docker", "kubernetes"))
    levels = {skill: LEVELS[(place + n) % 3] for n, skill in skills if (place >> n) % 2}
    return tally(
        f"ad{place}",
        levels,
        stage=("entry", "senior", None)[place % 3],
        track="individual",
        date=f"2026-{place % 4 + 1 + at % 3 // 2:02}-01",
        company=("Pellgrove", "Quillfen")[place % 2],
        id=str(at),
        years=place % 7 or None,
        salary=Salary(place * 10, None, ("USD", "EUR")[place % 2], "year") if place % 5 else None,
        evidence={skill: Excerpt(f"{skill} in {place}", 0, 3) for skill in levels},
    )


@given(st.permutations(range(24)))
def test_the_order_of_the_input_changes_nothing(vocabulary: Vocabulary, order: list[int]) -> None:
    assert count(map(ad, order), vocabulary, "company") == count(map(ad, range(24)), vocabulary, "company")


@given(st.lists(st.integers(0, 23), max_size=60))
def test_every_row_is_a_posting_or_a_copy_and_shares_are_within_their_intervals(vocabulary: Vocabulary, places: list[int]) -> None:
    tallies = [ad(place) for place in places]
    report = count(tallies, vocabulary, "company")
    reading = report.reading
    assert reading.read == len(tallies) == reading.postings + reading.duplicates + reading.unread + len(reading.near_duplicates)
    assert reading.postings == len({tally.ad for tally in tallies})
    for skill in report.skills:
        assert skill.postings == skill.required + skill.preferred + skill.mentioned <= reading.postings
        assert 0 <= skill.low <= skill.share <= skill.high <= 1
        assert report.by is not None
        assert sum(report.by.counts[skill.id]) == skill.postings
        assert len({evidence.ad for evidence in skill.evidence}) == len(skill.evidence) == min(EVIDENCE, skill.postings)
    for split in report.splits:
        assert sum(group.postings for group in split.groups) == reading.postings


def test_of_copies_the_earliest_counts(vocabulary: Vocabulary) -> None:
    dates = ("2026-03-01", None, "2026-01-09", "2026-02-01")
    report = count([tally("a", {"sql": REQUIRED}, date=date, id=str(at)) for at, date in enumerate(dates)], vocabulary)
    assert (report.reading.first, report.reading.last, report.reading.undated) == ("2026-01-09", "2026-01-09", 0)
    assert report.ads[0].id == "2"


def test_near_copies_are_listed_and_not_counted(vocabulary: Vocabulary, tagger: Tagger) -> None:
    words = " ".join(f"{a}{b}{c}" for a in "bdfg" for b in "aeiou" for c in "lmn")
    rows = [
        Posting(
            f"Requirements\nPython and {words} from {city}", "ML Engineer", city, {"location": city, "date": date, "company": "Quillfen"}
        )
        for city, date in (("Bath", "2026-04-01"), ("Leeds", "2026-02-01"), ("York", "2026-03-01"))
    ]
    report = count([_from_tagged(tagger.tag(row), None, False) for row in rows], vocabulary)
    near = report.reading.near_duplicates
    assert (report.reading.read, report.reading.postings, report.reading.comparable) == (3, 1, 3)
    assert [(copy.ad.location, copy.of.location) for copy in near] == [("York", "Leeds"), ("Bath", "Leeds")]
    assert row(report, "python")["postings"] == 1


def test_evidence_is_the_strongest_and_no_more_than_told(vocabulary: Vocabulary) -> None:
    tallies = [
        tally(f"{at:03}", {"sql": REQUIRED if at > 60 else MENTIONED}, title=str(at), evidence={"sql": Excerpt(f"SQL {at}", 0, 3)})
        for at in range(70)
    ]
    report = count([*tallies, tally("000x", {"sql": REQUIRED})], vocabulary)
    (skill,) = report.skills
    assert len(skill.evidence) == EVIDENCE
    assert [evidence.level for evidence in skill.evidence] == [REQUIRED] * 9 + [MENTIONED] * 11
    assert all(evidence.sentence == f"SQL {report.ads[evidence.ad].title}" for evidence in skill.evidence)


def test_without_a_text_a_posting_is_evidence_without_a_sentence(vocabulary: Vocabulary) -> None:
    (evidence,) = count([tally("a", {"sql": PREFERRED}, title="ML Engineer")], vocabulary).skills[0].evidence
    assert (evidence.sentence, evidence.start, evidence.end, evidence.level) == (None, 0, 0, PREFERRED)


def test_what_nobody_asks_for(vocabulary: Vocabulary) -> None:
    report = count([tally("a", {"sql": MENTIONED, "python": REQUIRED}), tally("b", {"sql": MENTIONED, "java": PREFERRED})], vocabulary)
    unasked = {concept.id: concept.mentioned for concept in report.unasked}
    assert unasked["sql"] == 2
    assert unasked["docker"] == 0
    assert not {"python", "java"} & set(unasked)
    assert len(unasked) == len(vocabulary.concepts) - 2


def test_against_other_postings(vocabulary: Vocabulary) -> None:
    old = collect(
        [tally(str(at), {"sql": REQUIRED} if at < 40 else {"Welding": REQUIRED}) for at in range(60)], vocabulary, inputs=["old.csv"]
    )
    new = collect([tally(str(at), {"sql": REQUIRED} if at < 5 else {"python": REQUIRED}) for at in range(60)], vocabulary)
    compared = figures(new, vocabulary, against=old).against
    assert compared is not None
    assert (compared.name, compared.reading.postings) == ("old.csv", 60)
    assert [(change.name, change.before, change.after, change.kind) for change in compared.changes] == [
        ("Python", 0, 55, "new"),
        ("SQL", 40, 5, "falling"),
        ("Welding", 20, 0, "gone"),
    ]
