"""What each command imports: whoever asks for help, a list or a completion does not wait for spaCy, pandas or Rich."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

TABLES = {"pandas", "pyarrow", "altair"}
#: What none but a command that tags may load; spaCy brings the rest of it along.
TAGGING = {"spacy", "skillsift.tagging.tagger", "numpy", "rich.console", "rich.table", "jinja2"}

#: What fetches models for spaCy's own commands, and comes with `import spacy`.
FETCHING = {"spacy.cli", "spacy.cli.info", "weasel", "requests", "httpx"}

POSTING = b"Requirements: Python"
JOBS = "id,title,description\n1,ML Engineer,Requirements: Python\n"


def loaded(words: list[str], folder: Path, **environment: str) -> set[str]:
    """The modules that a call of `skillsift` leaves loaded, in a process of its own."""
    code = "import sys\nfrom skillsift.cli import main\ntry:\n    main()\nfinally:\n    print('MODULES', *sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", code, *words], input=POSTING, capture_output=True, check=False, cwd=folder, env=os.environ | environment
    )
    said, _, modules = done.stderr.decode().rpartition("MODULES ")
    assert done.returncode == 0, said
    return set(modules.split())


@pytest.mark.parametrize(
    ("words", "absent"),
    [
        ("--help", TABLES | TAGGING),
        ("--version", TABLES | TAGGING),
        ("tag --help", TABLES | TAGGING),
        ("report --help", TABLES | TAGGING),
        ("vocab list", TABLES | TAGGING),
        ("vocab show python", TABLES | TAGGING),
        ("tag", TABLES | FETCHING),
        ("tag -f card", TABLES | FETCHING),
        ("tag --html out.html", TABLES | FETCHING),
        ("batch jobs.csv -o out.csv", TABLES | FETCHING),
        ("gap --have python jobs.csv", TABLES | FETCHING),
        ("report jobs.csv", FETCHING),
        ("vocab check", TABLES | FETCHING),
    ],
)
def test_a_command_imports_what_it_needs_and_no_more(tmp_path: Path, words: str, absent: set[str]) -> None:
    (tmp_path / "jobs.csv").write_text(JOBS)
    modules = loaded(words.split(), tmp_path)
    assert "skillsift.cli" in modules
    assert not modules & absent


def test_whoever_asks_for_the_commands_of_spacy_gets_them() -> None:
    code = "from skillsift.cli.starting import load_spacy; load_spacy(); from spacy.cli import download, info; print(info, download)"
    said = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.startswith("<function info")
    assert "<function download" in said


@pytest.mark.parametrize("line", ["skillsift ", "skillsift vocab show py", "skillsift tag --pack ", "skillsift batch x --to "])
def test_tab_waits_for_nothing(tmp_path: Path, line: str) -> None:
    asked = {"_SKILLSIFT_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(line.count(" "))}
    assert not loaded([], tmp_path, **asked) & (TABLES | TAGGING)


def test_names_of_the_package_are_loaded_when_they_are_asked_for() -> None:
    code = "import sys, skillsift; skillsift.Posting, skillsift.Vocabulary, skillsift.SkillsiftError; print(*sys.modules)"
    loaded = set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())
    assert not loaded & {"spacy", "pandas", "rich"}
