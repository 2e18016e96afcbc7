"""What sources state in fields of their own, and what of it is left out."""

from __future__ import annotations

from typing import Any

import pytest

from skillsift.model import DegreeLevel, Experience, Posting, Salary, Stated
from skillsift.reading import stated
from skillsift.reading.boards import reader_of
from skillsift.reading.hackernews import is_comment, read_comment


def pay(low: float | None, high: float | None, currency: str, period: str) -> list[Any]:
    return [Salary(low, high, currency, period)]


def base(value: Any, currency: Any = "EUR", **more: Any) -> dict[str, Any]:
    return {"baseSalary": {"currency": currency, "value": value, **more}}


@pytest.mark.parametrize(
    ("job", "values"),
    [
        pytest.param(base({"minValue": 50000, "maxValue": 60000, "unitText": "YEAR"}), pay(50000, 60000, "EUR", "year"), id="a range"),
        pytest.param(base({"value": 21.5, "unitText": "HOUR"}, "gbp"), pay(21.5, 21.5, "GBP", "hour"), id="one value"),
        pytest.param(base(4000, unitText="MONTH"), pay(4000, 4000, "EUR", "month"), id="a number in place of an object"),
        pytest.param(base({"minValue": "1,234.50", "unitText": "MONTH"}), pay(1234.5, None, "EUR", "month"), id="text, and no upper end"),
        pytest.param(base({"maxValue": 300, "unitText": "DAY"}), pay(None, 300, "EUR", "day"), id="no lower end"),
        pytest.param(base([{"minValue": 300, "unitText": "DAY"}]), pay(300, None, "EUR", "day"), id="a list"),
        pytest.param(base({"minValue": 900, "unitText": "WEEK"}), [], id="weeks are not in the record"),
        pytest.param(base({"minValue": 50000, "maxValue": 60000}), [], id="no period told"),
        pytest.param(base({"minValue": 50000, "unitText": "YEAR"}, None), [], id="no currency told"),
        pytest.param(base({"minValue": 50000, "unitText": "YEAR"}, "euros"), [], id="no currency's code"),
        pytest.param(base({"minValue": 0, "maxValue": 0, "unitText": "YEAR"}), [], id="nothing is no pay"),
        pytest.param(base({"minValue": 60000, "maxValue": 50000, "unitText": "YEAR"}), [], id="ends the wrong way round"),
        pytest.param(base({"minValue": True, "unitText": "YEAR"}), [], id="true is no number"),
        pytest.param(base({"minValue": float("nan"), "maxValue": float("inf"), "unitText": "YEAR"}), [], id="nor are these"),
        pytest.param(base({"minValue": 10**400, "unitText": "YEAR"}), [], id="nor is one too large"),
        pytest.param({"baseSalary": "competitive"}, [], id="words"),
        pytest.param({"experienceRequirements": {"monthsOfExperience": 60}}, [Experience(5)], id="months"),
        pytest.param({"experienceRequirements": {"monthsOfExperience": "18"}}, [Experience(1)], id="a part of a year does not count"),
        pytest.param({"experienceRequirements": {"monthsOfExperience": 0}}, [Experience(0)], id="none needed"),
        pytest.param({"experienceRequirements": {"monthsOfExperience": 1200}}, [], id="a century"),
        pytest.param({"experienceRequirements": "five years"}, [], id="words are read in the text"),
        pytest.param({"educationRequirements": {"credentialCategory": "bachelor degree"}}, [DegreeLevel.BACHELOR], id="a degree"),
        pytest.param({"educationRequirements": {"credentialCategory": "postgraduate degree"}}, [DegreeLevel.MASTER], id="postgraduate"),
        pytest.param({"educationRequirements": "Ph.D."}, [DegreeLevel.PHD], id="a word in place of an object"),
        pytest.param(
            {"educationRequirements": [{"credentialCategory": "postgraduate degree"}, {"credentialCategory": "bachelor degree"}]},
            [DegreeLevel.BACHELOR],
            id="of several the lowest",
        ),
        pytest.param(
            {"educationRequirements": [{"credentialCategory": "high school"}, {"credentialCategory": "bachelor degree"}]},
            [],
            id="less than a bachelor's is enough",
        ),
        pytest.param({"educationRequirements": {"credentialCategory": "no requirements"}}, [], id="none"),
    ],
)
def test_jobposting(job: dict[str, Any], values: list[Any]) -> None:
    assert [fact.value for fact in stated.of_jobposting(job)] == values


@pytest.mark.parametrize(
    ("interval", "period"),
    [
        *((word, "year") for word in ("per-year-salary", "1 YEAR", "yearly", "PER_YEAR", "annual")),
        *((word, "month") for word in ("monthly", "MONTH")),
        *((word, "day") for word in ("daily", "DAY")),
        *((word, "hour") for word in ("per-hour-wage", "HOURLY")),
        *((word, None) for word in ("6 MONTHS", "weekly", "one-time", "holiday", None, "", 1)),
    ],
)
def test_periods(interval: Any, period: str | None) -> None:
    fact = stated.salary(100, 200, "USD", interval, "x")
    assert (fact.value.period if fact and isinstance(fact.value, Salary) else None) == period


@pytest.mark.parametrize(
    ("low", "high", "written"),
    [(1, 2, "1 to 2 USD year"), (2, 2, "2 USD year"), (1.5, None, "from 1.50 USD year"), (None, 3, "up to 3 USD year")],
)
def test_what_stands_in_the_field_is_told(low: Any, high: Any, written: str) -> None:
    fact = stated.salary(low, high, "USD", "year", "salaryRange")
    assert fact is not None
    assert (fact.field, fact.text) == ("salaryRange", written)


@pytest.mark.parametrize(
    ("ranges", "values"),
    [
        pytest.param([("6000000", 7000000, "Annual")], pay(60000, 70000, "EUR", "year"), id="the title tells the period"),
        pytest.param([(2500, 3000, "Hourly rate")], pay(25, 30, "EUR", "hour"), id="an hour's pay"),
        pytest.param([(6000000, 7000000, "Zone A")], pay(60000, 70000, "EUR", "year"), id="an amount that can only be a year's"),
        pytest.param([(2500, 3000, "Zone A")], [], id="one that can be anything"),
        pytest.param([(6000000, 7000000, ""), (5000000, 6500000, "")], pay(50000, 70000, "EUR", "year"), id="lowest to highest of zones"),
    ],
)
def test_greenhouse(ranges: list[tuple[Any, Any, str]], values: list[Any]) -> None:
    job = {"pay_input_ranges": [{"min_cents": a, "max_cents": b, "currency_type": "EUR", "title": title} for a, b, title in ranges]}
    assert [fact.value for fact in stated.of_greenhouse(job)] == values


JOBSPY = ["min_amount", "max_amount", "currency", "interval", "salary_source"]


@pytest.mark.parametrize(
    ("header", "cells", "values"),
    [
        pytest.param(JOBSPY, ["90000.0", "110000.0", "USD", "yearly", "direct_data"], pay(90000, 110000, "USD", "year"), id="JobSpy"),
        pytest.param(
            JOBSPY, ["90000.0", "110000.0", "USD", "yearly", "description"], [], id="what JobSpy read in the text is ours to read"
        ),
        pytest.param(JOBSPY, ["", "", "", "", ""], [], id="no pay"),
        pytest.param(JOBSPY[:3], ["1", "2", "USD"], [], id="no column of the period"),
        pytest.param(
            ["min_salary", "max_salary", "currency", "pay_period"], ["20", "30", "USD", "HOURLY"], pay(20, 30, "USD", "hour"), id="LinkedIn"
        ),
        pytest.param(["salary_min", "salary_max", "salary_currency", "salary_period"], ["1", "2", "USD", "year"], [], id="our own result"),
    ],
)
def test_columns(header: list[str], cells: list[str], values: list[Any]) -> None:
    assert [fact.value for fact in stated.column_reader(header)(cells)] == values


@pytest.mark.parametrize(
    ("job", "board"),
    [
        ({"id": 1, "title": "a", "content": "b", "first_published": "c", "company_name": "d"}, "_greenhouse"),
        ({"text": "a", "descriptionPlain": "b", "lists": [], "additionalPlain": "", "categories": {}}, "_lever"),
        ({"title": "a", "descriptionPlain": "b", "descriptionHtml": "c", "publishedAt": "d"}, "_ashby"),
        ({"@type": ["Thing", "JobPosting"]}, "read_job"),
        ({"id": 1, "title": "a", "content": "b"}, None),
        ({"title": "a", "description": "b", "text": "c"}, None),
        ({"title": "a", "text": "b", "skills": {}}, None),
    ],
)
def test_boards_are_known_by_their_keys(job: dict[str, Any], board: str | None) -> None:
    reader = reader_of(job)
    assert (reader.__name__ if reader else None) == board


@pytest.mark.parametrize(
    ("text", "title", "fields"),
    [
        pytest.param("Lab | ML Engineer | Oslo, Norway<p>x", "ML Engineer", {"company": "Lab", "location": "Oslo, Norway"}, id="in order"),
        pytest.param(
            "Lab|REMOTE|Senior Data Scientist<p>x", "Senior Data Scientist", {"company": "Lab", "location": "REMOTE"}, id="in another"
        ),
        pytest.param("Lab | Multiple engineer roles | Onsite<p>x", None, {"company": "Lab", "location": "Onsite"}, id="several roles"),
        pytest.param("Lab | ML Engineer | Data Engineer<p>x", None, {"company": "Lab"}, id="two roles"),
        pytest.param("We are hiring an ML engineer.<p>x", None, {}, id="a sentence"),
        pytest.param("R&amp;D Lab | ML Engineer (C&#x2F;C++)<p>x", "ML Engineer (C/C++)", {"company": "R&D Lab"}, id="entities"),
    ],
)
def test_hacker_news(text: str, title: str | None, fields: dict[str, str]) -> None:
    value = {"id": 5, "by": "a", "time": 1772409600, "text": text}
    assert is_comment(value)
    posting = read_comment(value, Posting(text, id="5"))
    assert (posting.title, posting.text) == (title, text)
    assert posting.fields == {**fields, "date": "2026-03-02", "url": "https://news.ycombinator.com/item?id=5"}


def test_facts_that_are_not_there() -> None:
    assert stated.together(None, Stated(Experience(1), "a", "b"), None) == (Stated(Experience(1), "a", "b"),)
