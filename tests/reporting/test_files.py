"""A report as CSV, Markdown and JSON."""

from __future__ import annotations

import csv
import io
import json

import pytest

from skillsift.model import Level
from skillsift.reporting.counts import count
from skillsift.reporting.figures import Figures
from skillsift.reporting.files import to_csv, to_json, to_markdown, told
from skillsift.reporting.tally import Tally
from skillsift.vocabulary import Vocabulary

TALLIES = [
    Tally({"python": Level.REQUIRED}, "a", stage="senior", company="Pipe | Sons"),
    Tally({"python": Level.PREFERRED, "sql": Level.REQUIRED}, "b", stage="entry", company='Quote "n", Co'),
    Tally({"python": Level.PREFERRED, "sql": Level.REQUIRED}, "b", stage="entry", company='Quote "n", Co'),
    Tally({}, "c", sections_found=False),
    Tally({}, "d", error="no text"),
]


@pytest.fixture
def report(vocabulary: Vocabulary) -> Figures:
    return count(TALLIES, vocabulary)


@pytest.fixture
def by_company(vocabulary: Vocabulary) -> Figures:
    return count(TALLIES, vocabulary, "company")


def test_csv_has_a_row_a_skill(report: Figures) -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(report))))
    assert list(rows[0]) == "id name group guide pack postings share low high required preferred mentioned".split()
    assert [(row["id"], row["postings"], row["share"], row["required"], row["preferred"]) for row in rows] == [
        ("python", "2", "0.6667", "1", "1"),
        ("sql", "1", "0.3333", "1", "0"),
    ]


def test_csv_has_a_column_a_group(by_company: Figures) -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(by_company))))
    assert [rows[1][f"share: {group}"] for group in ("Pipe | Sons", 'Quote "n", Co', "not told")] == ["0.0", "1.0", "0.0"]


def test_markdown_is_a_table_of_the_first_skills(report: Figures) -> None:
    lines = to_markdown(report, 1).splitlines()
    assert lines[0] == "**3 postings**: 5 read, 1 duplicates counted once, 1 could not be read, 1 without headings"
    assert lines[4] == "| 1 | Python | language | 2 | 67% (21%–94%) | 1 | 1 | 0 |"
    assert lines[5] == ""
    assert "Each ad counts once" in lines[6]
    assert len(lines) == 7


def test_markdown_has_as_many_cells_in_every_line(by_company: Figures) -> None:
    table = to_markdown(by_company, 9).splitlines()[2:-2]
    assert "Pipe \\| Sons" in table[0]
    assert len({line.replace("\\|", "").count("|") for line in table}) == 1
    assert len(table) == 4


def test_json_has_everything(by_company: Figures) -> None:
    read = json.loads(to_json(by_company))
    assert (read["read"], read["postings"], read["duplicates"], read["unread"], read["without_sections"]) == (5, 3, 1, 1, 1)
    assert read["stages"] == {"entry": 1, "senior": 1, "not told": 1}
    assert [skill["id"] for skill in read["skills"]] == ["python", "sql"]
    assert read["skills"][1]["by"] == {"Pipe | Sons": 0.0, 'Quote "n", Co': 1.0, "not told": 0.0}
    assert read["vocabulary"].startswith("sha256:")


def test_what_is_nought_is_not_told(vocabulary: Vocabulary) -> None:
    assert told(count(TALLIES[:2], vocabulary).reading) == "2 read"
    assert told(count([Tally({}, str(n)) for n in range(1000)], vocabulary).reading) == "1,000 read"


def test_nothing_to_report_is_an_empty_table(vocabulary: Vocabulary) -> None:
    empty = count([], vocabulary)
    assert to_csv(empty).count("\n") == 1
    assert len(to_markdown(empty, 5).splitlines()) == 6
    assert json.loads(to_json(empty))["skills"] == []
