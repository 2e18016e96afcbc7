"""A report as CSV, Markdown and JSON."""

from __future__ import annotations

import csv
import io
import json

import pytest

from skillsift.model import Level
from skillsift.reporting.corpus import collect
from skillsift.reporting.counts import count, figures
from skillsift.reporting.figures import Figures
from skillsift.reporting.files import to_csv, to_json, to_markdown, told
from skillsift.reporting.sections import Cell, Kind, written
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


def test_a_section_is_a_table_with_its_note_and_none_is_told(report: Figures) -> None:
    lines = to_markdown(report, 1, ("coverage", "together", "trend", "pay")).splitlines()
    assert "| 1 | Python | 50% | 50% |" in lines
    at = lines.index("### What goes together")
    assert lines[at + 4] == "None."
    assert not [line for line in lines if "rising" in line.lower() or "pay" in line.lower()], "no months and no pay: no section"


def test_postings_bring_no_markup_of_their_own(vocabulary: Vocabulary) -> None:
    company = "![x](http://a.example/b) <b>`c`</b> \\| d\n| e"
    lines = to_markdown(count([Tally({"sql": Level.REQUIRED}, "a", company=company)], vocabulary, "company"), 5).splitlines()
    assert "!\\[x\\](http://a.example/b) &lt;b>\\`c\\`&lt;/b> \\\\\\| d \\| e (1)" in lines[2]


@pytest.mark.parametrize(
    ("value", "kind", "shown"),
    [
        (0.8049, Kind.SHARE, "80%"),
        (0.004, Kind.POINTS, "0"),
        (-0.004, Kind.POINTS, "0"),
        (-0.126, Kind.POINTS, "-13"),
        (0.33, Kind.POINTS, "+33"),
        (1234.5, Kind.NUMBER, "1,234.5"),
        (1234567.0, Kind.AMOUNT, "1,234,567"),
        (1234, Kind.COUNT, "1,234"),
        (None, Kind.COUNT, ""),
        ("as it is", Kind.TEXT, "as it is"),
    ],
)
def test_cells_for_people(value: Cell, kind: Kind, shown: str) -> None:
    assert written(value, kind) == shown


def test_json_rounds_all_but_small_ps(vocabulary: Vocabulary) -> None:
    after = collect([Tally({"sql": Level.REQUIRED}, str(at)) for at in range(60)], vocabulary)
    before = collect([Tally({}, str(at)) for at in range(60)], vocabulary, inputs=["old.csv"])
    (change,) = json.loads(to_json(figures(after, vocabulary, against=before)))["against"]["changes"]
    assert 0 < change["p"] < 1e-20
    assert (change["low"], change["kind"]) == (round(change["low"], 4), "new")
