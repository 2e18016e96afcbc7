"""What a report knows of a posting: the same, whether the postings are tagged now or were by batch."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from skillsift import Tagger
from skillsift.engines import local
from skillsift.engines.batch import run_batch
from skillsift.reading import open_source
from skillsift.reporting.counts import count
from skillsift.reporting.figures import Figures, SkillFigure
from skillsift.reporting.tally import Tally, tally_source


@pytest.fixture(autouse=True)
def _one_tagger(monkeypatch: pytest.MonkeyPatch, tagger: Tagger) -> None:
    monkeypatch.setattr(local, "Tagger", lambda packs: tagger)


def posting(at: int) -> dict[str, str]:
    """Eight of them: skills, months and companies in turn, two ads posted twice, one row without a text."""
    skill = ("Python", "SQL", "Java", "nothing")[at % 4]
    return {
        "id": str(at),
        "title": ("Senior ML Engineer", "ML Manager", "Data Scientist", "Junior Analyst")[at % 4],
        "company": ("Pellgrove", "Quillfen", "")[at % 3],
        "posted_date": f"2026-0{at % 2 + 1}-15",
        "town": ("Leeds", "Bath")[at % 2],
        "description": "" if at == 6 else f"Requirements\n{skill}, and {skill.lower()} once more" + ("  !" if at == 4 else ""),
    }


ROWS = [posting(at) for at in range(8)]


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    if path.suffix == ".csv":
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([list(rows[0]), *(list(row.values()) for row in rows)])
    else:
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def report(path: Path, tagger: Tagger, by: str | None = None) -> Figures:
    column = by if by == "town" else None
    return count(tally_source(open_source(str(path)), tagger, column), tagger.vocabulary, by)


@pytest.mark.parametrize("by", [None, "stage", "track", "month", "company", "town"])
@pytest.mark.parametrize("source", ["in.csv", "in.jsonl"])
@pytest.mark.parametrize("target", ["csv", "tsv", "jsonl"])
def test_the_output_of_batch_gives_the_figures_of_the_postings(
    tmp_path: Path, tagger: Tagger, source: str, target: str, by: str | None
) -> None:
    given = write(tmp_path / source, ROWS)
    tagged = tmp_path / f"out.{target}"
    run_batch([open_source(str(given))], str(tagged), target)
    if (by, target) == ("town", "jsonl"):
        by = None  # a record holds its posting's company, location and date, not every column of its row
    now, then = report(given, tagger, by), report(tagged, tagger, by)
    assert bare(now.skills) == bare(then.skills)
    # All but what only a text can give: sentences, and near duplicates (which these rows have none of).
    facts = "by splits stages tracks trend together coverage asked pay unasked".split()
    assert {fact: getattr(now, fact) for fact in facts} == {fact: getattr(then, fact) for fact in facts}
    reading = now.reading
    assert (reading.read, reading.postings, reading.duplicates, reading.unread) == (8, 4, 3, 1)
    assert (then.reading.read, then.reading.postings, then.reading.duplicates, then.reading.unread) == (8, 4, 3, 1)


def bare(skills: tuple[SkillFigure, ...]) -> list[SkillFigure]:
    return [replace(skill, evidence=()) for skill in skills]


def tallies(path: Path, tagger: Tagger, column: str | None = None) -> list[Tally]:
    return list(tally_source(open_source(str(path)), tagger, column))


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        pytest.param(
            {"title": "ML Engineer", "text": "Python, SQL"},
            {"title": "ml  engineer", "text": "python\n• SQL!"},
            True,
            id="case, spaces and marks do not count",
        ),
        pytest.param({"title": "ML Engineer", "text": "Python"}, {"title": "ML Engineer", "text": "SQL"}, False, id="another text"),
        pytest.param({"title": "ML Engineer", "text": "Python"}, {"title": "Data Engineer", "text": "Python"}, False, id="another title"),
        pytest.param(
            {"title": "a", "text": "Python", "id": "1"}, {"title": "a", "text": "Python", "id": "2"}, True, id="its id does not count"
        ),
        pytest.param({"title": "a", "text": "C++"}, {"title": "a", "text": "C"}, True, id="marks alone tell no ads apart"),
    ],
)
def test_what_is_the_same_ad(tmp_path: Path, tagger: Tagger, one: dict[str, str], two: dict[str, str], same: bool) -> None:
    first, second = tallies(write(tmp_path / "a.jsonl", [one, two]), tagger)
    assert (first.ad == second.ad) is same


def test_records_without_skills_are_not_all_the_same_ad(tmp_path: Path, tagger: Tagger) -> None:
    rows = [{"title": "ML Engineer", "text": "Nothing here"}, {"title": "ML Engineer", "text": "Nor there"}]
    run_batch([open_source(str(write(tmp_path / "a.jsonl", rows)))], str(tmp_path / "b.jsonl"), "jsonl")
    assert report(tmp_path / "b.jsonl", tagger).reading.duplicates == 0


@pytest.mark.parametrize(
    ("date", "month"),
    [
        ("2026-03-09", "2026-03"),
        ("2026/03/09", "2026-03"),
        ("2026-03-09T10:00:00Z", "2026-03"),
        ("2026-03", "2026-03"),
        ("last week", None),
        ("", None),
    ],
)
def test_month_of_a_date(tmp_path: Path, tagger: Tagger, date: str, month: str | None) -> None:
    (found,) = tallies(write(tmp_path / "a.jsonl", [{"text": "Python", "date": date}]), tagger)
    assert found.month == month


def test_columns_of_the_input_are_not_taken_for_those_of_batch(tmp_path: Path, tagger: Tagger) -> None:
    """An input that has `stage` and `error` of its own: batch writes its own beside them."""
    rows = [
        {"stage": "applied", "error": "none", "skills_required": "x; y", "description": "Requirements: Python", "title": "Senior Engineer"}
    ]
    run_batch([open_source(str(write(tmp_path / "a.csv", rows)))], str(tmp_path / "b.csv"), "csv")
    (found,) = tallies(tmp_path / "b.csv", tagger)
    assert (found.stage, found.error, dict(found.levels)) == ("senior", None, {"python": "required"})


@pytest.mark.parametrize(
    "skills",
    [
        pytest.param(["python"], id="names"),
        pytest.param([{"id": "python"}], id="no level"),
        pytest.param([{"id": "python", "level": "high"}], id="another level"),
    ],
)
def test_skills_that_are_not_ours_are_told_and_lose_no_row(tmp_path: Path, tagger: Tagger, skills: list[Any]) -> None:
    found = tallies(write(tmp_path / "a.jsonl", [{"text": "Python", "skills": skills}, {"text": "SQL"}]), tagger)
    assert [bool(tally.error) for tally in found] == [True, False]


def test_a_labelled_file_is_tagged_anew(tmp_path: Path, tagger: Tagger) -> None:
    (found,) = tallies(write(tmp_path / "a.jsonl", [{"text": "Requirements: Python", "skills": {"java": "required"}}]), tagger)
    assert dict(found.levels) == {"python": "required"}
