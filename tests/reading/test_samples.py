"""Every kind of input has a sample of our own, and a golden file of the rows that come out of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from skillsift.reading import open_source
from skillsift.reading.formats import NAMES

SAMPLES = Path(__file__).parent.parent.parent / "samples"
GOLDENS = Path(__file__).parent / "goldens"
TABLES = [f"three-postings.{suffix}" for suffix in ("jsonl", "tsv", "csv.gz", "jsonl.zst", "parquet", "xlsx")]
KINDS = {
    "ashby-board.json": "json",
    "greenhouse-board.json": "json",
    "hn-who-is-hiring.jsonl": "jsonl",
    "jobposting-list.json": "json",
    "jobposting-stated.html": "html",
    "jobspy.csv": "csv",
    "lever-board.json": "json",
    "markdown-posting.md": "markdown",
    "one-posting.pdf": "pdf",
    "three-postings.jsonl": "jsonl",
}


def written(name: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """What a sample comes out as: its format, header, and each row's posting and cells."""
    monkeypatch.chdir(SAMPLES)
    source = open_source(name)
    rows = []
    for row in source.rows:
        posting = row.posting
        rows.append(
            {
                "id": posting.id,
                "title": posting.title,
                "fields": posting.fields,
                "stated": [[fact.field, fact.text, str(fact.value)] for fact in posting.stated],
                "derived": posting.derived,
                "error": posting.error,
                "text": posting.text.split("\n"),
                "cells": row.cells,
            }
        )
    return json.dumps({"format": source.format, "header": source.header, "rows": rows}, ensure_ascii=False, indent=1) + "\n"


@pytest.mark.parametrize("name", KINDS)
def test_rows_of_the_sample(name: str, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config) -> None:
    content = written(name, monkeypatch)
    path = GOLDENS / f"{name}.json"
    if pytestconfig.getoption("--update-goldens"):
        path.write_text(content, "utf-8", newline="\n")
    hint = f"{path.name} differs: if the new output is right, run `pytest --update-goldens` and read the diff before you commit it"
    assert content == path.read_text("utf-8"), hint
    assert json.loads(content)["format"] == KINDS[name]


@pytest.mark.parametrize("name", TABLES)
def test_every_table_has_the_same_rows(name: str) -> None:
    first = json.loads((SAMPLES / TABLES[0]).read_text("utf-8").splitlines()[0])
    wanted = [(row.posting, list(row.cells)) for row in open_source(str(SAMPLES / TABLES[0])).rows]
    source = open_source(str(SAMPLES / name))
    assert [(row.posting, list(row.cells)) for row in source.rows] == wanted
    assert list(source.header) == list(first)
    assert len(wanted) == 3


def test_every_format_has_its_sample() -> None:
    told = set()
    for name in (*KINDS, *TABLES, "no-headings.txt"):
        source = open_source(str(SAMPLES / name))
        source.close()
        told.add(source.format)
    assert told == set(NAMES) - {"jobspy"}  # which is a CSV once it is read


def test_every_golden_file_has_its_sample() -> None:
    assert {path.name for path in GOLDENS.iterdir()} == {f"{name}.json" for name in KINDS}
