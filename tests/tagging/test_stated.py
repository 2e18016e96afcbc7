"""What the source states fills what the text leaves open, and names itself as the source; the text wins."""

from __future__ import annotations

from dataclasses import replace

import pytest

from skillsift import Tagger
from skillsift.model import Degree, DegreeLevel, Experience, Posting, Salary, Stated
from skillsift.tagging.flat import COLUMNS, flatten
from skillsift.tagging.stated import merge_stated

PAY = Salary(60000, 70000, "EUR", "year")
YEARS = Stated(Experience(7), "monthsOfExperience", "84 months")
PAID = Stated(PAY, "baseSalary", "60000 to 70000 EUR YEAR")
BACHELOR = Stated(DegreeLevel.BACHELOR, "credentialCategory", "bachelor degree")
PHD = Stated(DegreeLevel.PHD, "credentialCategory", "PhD")
NONE = (Experience(), Degree(), None)


@pytest.mark.parametrize(
    ("facts", "text", "merged", "kinds"),
    [
        pytest.param((), NONE, NONE, [], id="nothing"),
        pytest.param(
            (PAID, YEARS, BACHELOR), NONE, (Experience(7), Degree(DegreeLevel.BACHELOR), PAY), ["salary", "years", "degree"], id="all"
        ),
        pytest.param((YEARS,), (Experience(0), Degree(), None), (Experience(0), Degree(), None), [], id="the text says none are needed"),
        pytest.param((YEARS,), (Experience(None, 4), Degree(), None), (Experience(None, 4), Degree(), None), [], id="or less than four"),
        pytest.param((PAID,), (*NONE[:2], replace(PAY, min=1)), (*NONE[:2], replace(PAY, min=1)), [], id="the text's pay"),
        pytest.param(
            (PHD,),
            (Experience(), Degree(DegreeLevel.BACHELOR), None),
            (Experience(), Degree(DegreeLevel.BACHELOR), None),
            [],
            id="its degree",
        ),
        pytest.param(
            (BACHELOR,),
            (Experience(), Degree(None, DegreeLevel.PHD), None),
            (Experience(), Degree(DegreeLevel.BACHELOR, DegreeLevel.PHD), None),
            ["degree"],
            id="a lower degree beside the plus",
        ),
        pytest.param(
            (PHD,),
            (Experience(), Degree(None, DegreeLevel.PHD), None),
            (Experience(), Degree(None, DegreeLevel.PHD), None),
            [],
            id="not the plus itself",
        ),
        pytest.param((replace(PAID, value=replace(PAY, min=1, max=1)),), NONE, NONE, [], id="an amount that no year pays"),
        pytest.param((PAID, replace(PAID, value=replace(PAY, max=90000))), NONE, (*NONE[:2], PAY), ["salary"], id="of two the first"),
    ],
)
def test_merged(
    facts: tuple[Stated, ...],
    text: tuple[Experience, Degree, Salary | None],
    merged: tuple[Experience, Degree, Salary | None],
    kinds: list[str],
) -> None:
    found = merge_stated(facts, *text)
    assert (found.experience, found.degree, found.salary) == merged
    assert [signal.kind for signal in found.signals] == kinds


def test_stage_rests_on_stated_years_and_says_so(tagger: Tagger) -> None:
    tagged = tagger.tag(Posting("You will write Python.", "ML Engineer", stated=(YEARS, PAID)))
    assert (tagged.stage, tagged.experience.min) == ("senior", 7)
    assert tagged.because == ("7+ years asked", "monthsOfExperience says 84 months")
    assert [(signal.field, signal.text) for signal in tagged.signals] == [("monthsOfExperience", "84 months"), ("baseSalary", PAID.text)]
    cells = dict(zip(COLUMNS, flatten(tagged), strict=True))
    assert cells["seniority_signals"] == "years: 84 months (monthsOfExperience); salary: 60000 to 70000 EUR YEAR (baseSalary)"
    assert (cells["salary_min"], cells["years_min"]) == ("60000", "7")


def test_the_text_wins(tagger: Tagger) -> None:
    text = "Requirements:\n- 2+ years of Python\n- Bachelor's degree\nSalary: €50,000 - €55,000 a year"
    plain = tagger.tag(Posting(text, "ML Engineer"))
    stated = tagger.tag(Posting(text, "ML Engineer", stated=(YEARS, PAID, PHD)))
    assert replace(stated, posting=plain.posting) == plain
    assert (plain.experience.min, plain.degree.required) == (2, "bachelor")
    assert plain.salary is not None
