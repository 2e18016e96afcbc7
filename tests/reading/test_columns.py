"""Columns by their names."""

from __future__ import annotations

import pytest

from skillsift.errors import UsageError
from skillsift.reading.columns import Columns, find_columns, looks_like_header

JOBSPY = (
    "id site job_url job_url_direct title company location date_posted job_type salary_source interval min_amount max_amount currency "
    "is_remote job_level job_function listing_type emails description company_industry company_url company_description"
).split()


@pytest.mark.parametrize(
    "name",
    ["description", "job_description", "Job Description", "job_description_text", "Description", "body", "text", "jd", "content", "Text"],
)
def test_text_columns_met_in_the_wild(name: str) -> None:
    assert find_columns(["searched_title", name, "n"], "x.csv").text == name


@pytest.mark.parametrize("name", ["title", "job_title", "Job Title", "posting_title", "Name", "position", "jobtitle"])
def test_title_columns_met_in_the_wild(name: str) -> None:
    assert find_columns(["searched_job_title", name, "description"], "x.csv").title == name


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        pytest.param(JOBSPY, Columns("description", "title", "id", "company", "location", "date_posted"), id="JobSpy"),
        pytest.param(["id", "title", "text", "skills"], Columns("text", "title", "id"), id="a labelled file"),
        pytest.param(
            ["id", "title", "content", "first_published", "company_name"],
            Columns("content", "title", "id", "company_name", None, "first_published"),
            id="Greenhouse",
        ),
        pytest.param(
            ["text", "descriptionPlain", "lists", "additionalPlain"], Columns("descriptionPlain"), id="Lever: its text is the title"
        ),
        pytest.param(
            ["title", "descriptionPlain", "descriptionHtml", "publishedAt"],
            Columns("descriptionPlain", "title", date="publishedAt"),
            id="Ashby",
        ),
        pytest.param(["searched_title", "description"], Columns("description"), id="a searched title is no title"),
        pytest.param(["company_description", "description"], Columns("description"), id="what the company says of itself is not the text"),
        pytest.param(
            ["Job Title", "title", "text", "description"], Columns("description", "title"), id="the better name wins, not the first"
        ),
        pytest.param(["Description", "description"], Columns("Description"), id="of two alike the first"),
    ],
)
def test_columns_by_role(header: list[str], columns: Columns) -> None:
    assert find_columns(header, "x.csv") == columns


def test_given_columns_are_taken_as_they_are() -> None:
    found = find_columns(["a", "b", "c", "description", "title", "id"], "x.csv", "a", "b", "c")
    assert (found.text, found.title, found.id) == ("a", "b", "c")


@pytest.mark.parametrize(
    ("header", "given", "words"),
    [
        pytest.param(["id", "company_description"], {}, "--text", id="no text column: only the company's"),
        pytest.param(["a", "b"], {}, "it has: a, b", id="the columns that are there are told"),
        pytest.param([f"c{n}" for n in range(40)], {}, "and 28 more", id="not forty of them"),
        pytest.param(["text"], {"text": "body"}, "no column 'body' for --text", id="a given text column"),
        pytest.param(["text"], {"title": "t"}, "no column 't' for --title-column", id="a given title column"),
        pytest.param(["text"], {"id_": "t"}, "no column 't' for --id", id="a given id column"),
        pytest.param(["text"], {"text": "Text"}, "no column 'Text'", id="given names are not guessed at"),
    ],
)
def test_missing_columns(header: list[str], given: dict[str, str], words: str) -> None:
    with pytest.raises(UsageError) as told:
        find_columns(header, "jobs.csv", **given)
    assert words in str(told.value)
    assert str(told.value).startswith("jobs.csv: ")


def test_fields_of_a_row() -> None:
    columns = find_columns(["text", "company", "city", "date"], "x.csv")
    assert columns.fields({"text": "t", "company": "Pellgrove", "city": "", "date": "2026-01-02"}) == {
        "company": "Pellgrove",
        "date": "2026-01-02",
    }


@pytest.mark.parametrize(
    ("line", "is_header"),
    [
        ("id,title,description", True),
        ("Job Title,Job Description", True),
        ("description", False),  # one word alone may be the whole posting
        ("We need Python, SQL, Java", False),
        ("title,title,description", False),
        ("text,body", False),
    ],
)
def test_a_header_beyond_doubt(line: str, is_header: bool) -> None:
    assert looks_like_header(line.split(",")) is is_header
