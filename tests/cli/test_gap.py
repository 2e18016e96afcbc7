"""skillsift gap as a person calls it."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

TABLE = b"""id,title,company,description
1,Senior ML Engineer,Pellgrove,"Requirements: Python, Docker"
2,Junior ML Engineer,Quillfen,"Requirements: Python or Java"
3,Senior ML Engineer,Quillfen,"Requirements: Python, AWS, Kubernetes"
4,Painter,Quillfen,We paint bridges
"""
HAVE = ["--have", "python, docker"]


@pytest.fixture(autouse=True)
def jobs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "jobs.csv").write_bytes(TABLE)
    (tmp_path / "resume.md").write_text("# Imre\n\n## Skills\n- Python\n- Docker\n\nNo Kubernetes yet.\n")
    (tmp_path / "empty.md").write_text("# Imre\n\nI paint bridges.\n")
    return tmp_path


def test_on_a_terminal(cli: Any) -> None:
    called = cli("gap", *HAVE, "jobs.csv")
    assert (called.code, called.err) == (0, "")
    assert re.search(r"open now +2 of 3 postings \(67%\)", called.out)
    assert re.search(r"and so +Containerization", called.out)
    assert re.search(r"1 Kubernetes +- +2 +67%", called.out)
    assert re.search(r"2 AWS +\+1 +3 100%", called.out)
    assert re.search(r"Senior ML Engineer +Quillfen +senior +1/3 +Kubernetes · AWS", called.out)
    assert re.search(r"> 3 Hands-on experience +1/", called.out)


@pytest.mark.parametrize(
    ("words", "open_"),
    [
        (["--have", "python,docker"], 2),
        (["--have", "Python", "--have", "DOCKER"], 2),
        (["--have", "python; docker-compose"], 2),
        (["--have", "java"], 1),
        (["--have", ""], 0),
        (["--resume", "resume.md"], 2),
        (["--resume", "resume.md", "--have", "k8s, aws"], 3),
    ],
    ids=["ids", "twice", "wordings", "an alternative", "nothing yet", "a resume", "both"],
)
def test_what_is_had(cli: Any, words: list[str], open_: int) -> None:
    called = cli("gap", *words, "jobs.csv", "--json", "-")
    assert (called.code, called.err) == (0, "")
    assert json.loads(called.out)["open"] == open_


def test_a_resume_on_standard_input(cli: Any, jobs: Path) -> None:
    called = cli("gap", "--resume", "-", "jobs.csv", "--json", "-", stdin=(jobs / "resume.md").read_bytes())
    assert json.loads(called.out)["have"] == ["docker", "python"]


def test_names_that_are_not_known_are_told_and_the_rest_counts(cli: Any) -> None:
    called = cli("gap", "--have", "python, dokcer, basketry", "jobs.csv", "--json", "-")
    assert called.code == 1
    assert called.err.splitlines()[0] == "skillsift: no skill 'dokcer'; did you mean docker?; it is left out"
    assert called.err.splitlines()[1].startswith("skillsift: no skill 'basketry'")
    assert json.loads(called.out)["have"] == ["python"]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ("jobs.csv", 2, 'say what you have: --have "python, sql" or --resume FILE'),
        ("jobs.csv --have pythn", 2, "no skill 'pythn'; did you mean python"),
        ("jobs.csv --have python --stage boss", 2, "invalid value for '--stage'"),
        ("jobs.csv --have python --csv - --md -", 2, "-: named for two outputs; give each its own"),
        ("jobs.csv --have python --top 0", 2, "invalid value for '--top'"),
        ("jobs.csv --resume none.md", 1, "none.md: no such file"),
        ("jobs.csv --resume empty.md", 1, "empty.md: names no skill of the vocabulary; give what you have with --have"),
        ("none.csv --have python", 1, "none.csv: no such file"),
        ("- --have python", 1, "standard input is empty"),
        ("- --resume - --have python", 1, "standard input cannot be both the resume and the postings"),
    ],
)
def test_errors(cli: Any, words: str, code: int, told: str) -> None:
    called = cli("gap", *words.split())
    assert (called.code, called.out) == (code, "")
    assert called.err.startswith(f"skillsift: {told}")
    assert called.err.count("\n") == 1


def test_a_stage_alone(cli: Any) -> None:
    read = json.loads(cli("gap", *HAVE, "jobs.csv", "--stage", "senior", "--json", "-").out)
    assert (read["read"], read["others"], read["postings"], read["open"]) == (4, 2, 2, 1)


def test_files(cli: Any) -> None:
    called = cli("gap", *HAVE, "jobs.csv", "--csv", "g.csv", "--md", "g.md", "--json", "g.json", "--top", "1")
    assert called.code == 0
    assert called.err == "written: g.csv\nwritten: g.md\nwritten: g.json\n"
    assert [row["id"] for row in csv.DictReader(io.StringIO(Path("g.csv").read_text()))] == ["kubernetes", "aws"]
    assert "| Kubernetes |" in Path("g.md").read_text()
    assert "1 more: --top 2 shows them all" in called.out


def test_rows_that_cannot_be_read_are_told(cli: Any, jobs: Path) -> None:
    (jobs / "more.csv").write_text("id,description\n1,Requirements: Python\n2\n")
    called = cli("gap", *HAVE, "more.csv", "missing.csv", "--json", "-")
    assert called.code == 1
    assert "1 postings could not be read and are not counted" in called.err
    assert "missing.csv: no such file" in called.err
    assert json.loads(called.out)["postings"] == 1


def test_nothing_to_compare_with(cli: Any, jobs: Path) -> None:
    (jobs / "paint.txt").write_text("We paint bridges.\n")
    assert "no posting requires a skill" in cli("gap", *HAVE, "paint.txt").out
    (jobs / "open.txt").write_text("Requirements: Python\n")
    out = cli("gap", *HAVE, "open.txt").out
    assert "1 of 1 postings (100%)" in out
    assert "learn next" not in out


CONTROL = "\x1b[31m\x1b]0;x\x07\u202e"


def test_postings_do_not_steer_the_terminal(cli: Any, jobs: Path) -> None:
    row = {"title": f"Engineer {CONTROL}", "company": CONTROL, "stage": f"x{CONTROL}", "id": CONTROL}
    skills = [{"id": f"basket{CONTROL}", "level": "required"}]
    (jobs / "a.jsonl").write_text(json.dumps({**row, "fields": {"company": CONTROL}, "skills": skills, "text": "x"}) + "\n")
    called = cli("gap", *HAVE, "a.jsonl")
    assert called.code == 0
    assert "basket" in called.out
    assert not set("\x1b\x07\u202e") & set(called.out)
