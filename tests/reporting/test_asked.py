"""Years, degrees and pay."""

from __future__ import annotations

import pytest

from skillsift.model import Salary
from skillsift.reporting.asked import asked, pay
from skillsift.reporting.figures import PayRow
from skillsift.reporting.tally import Tally


def pays(stage: str | None, low: float | None, high: float | None, currency: str = "USD", period: str = "year") -> Tally:
    return Tally({}, "", stage=stage, salary=Salary(low, high, currency, period))


def test_years_and_degrees() -> None:
    facts = [(3, "senior", "bachelor", "phd"), (3, "mid", None, None), (5, "senior", "master", None), (20, None, "bachelor", None)]
    found = asked(
        [Tally({}, "", years=years, stage=stage, degree_required=needs, degree_preferred=likes) for years, stage, needs, likes in facts]
        + [Tally({}, "", stage="entry")]
    )
    assert [(count.name, count.postings) for count in found.years] == [
        *(("3", 2), ("4", 0), ("5", 1), ("6", 0), ("7", 0), ("8", 0), ("9", 0), ("10", 0), ("11+", 1)),
        ("not told", 1),
    ]
    assert found.years_median == 4
    assert found.years_by_stage == {"mid": (1, 3.0), "senior": (2, 4.0)}
    assert [(count.name, count.postings, count.share) for count in found.degree_required] == [
        ("bachelor", 2, 0.4),
        ("master", 1, 0.2),
        ("not told", 2, 0.4),
    ]
    assert [(count.name, count.postings) for count in found.degree_preferred] == [("phd", 1), ("not told", 4)]


def test_nothing_is_asked() -> None:
    found = asked([])
    assert (found.years, found.years_median, found.degree_required, found.degree_preferred) == ((), None, (), ())
    assert [(count.name, count.share) for count in asked([Tally({}, "")]).years] == [("not told", 1.0)]


def test_pay_by_stage_in_the_commonest_kind() -> None:
    """Middles of senior: 100, 120, 150, 190; type 7 quartiles of four: 25 % at 0.75 between the 1st and 2nd, 75 % at 0.25 after the 3rd."""
    found = pay(
        [
            *(pays("senior", low, high) for low, high in ((90, 110), (110, 130), (150, None), (None, 190))),
            pays("entry", 60, 80),
            pays(None, 100, 100),
            pays("mid", 50, 60, "EUR"),
            pays("mid", 40, 50, "USD", "hour"),
            pays("mid", 40, 50, "USD", "hour"),
            Tally({}, ""),
        ]
    )
    assert found is not None
    assert (found.currency, found.period, found.unstated) == ("USD", "year", 1)
    assert found.others == {"USD an hour": 2, "EUR a year": 1}
    assert list(found.others) == ["USD an hour", "EUR a year"]
    assert found.rows[0] == PayRow("entry", 1, 70, 70, 70)
    assert found.rows[1] == PayRow("senior", 4, 115, 135, 160)
    assert [(row.name, row.postings) for row in found.rows[2:]] == [("not told", 1), ("all", 6)]


@pytest.mark.parametrize("tallies", [[], [Tally({}, "")]], ids=["no postings", "none states any"])
def test_no_pay(tallies: list[Tally]) -> None:
    assert pay(tallies) is None
