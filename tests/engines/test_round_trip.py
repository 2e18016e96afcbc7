"""Rows in are rows out, in order, cell by cell: of any table, in any encoding, with one worker and with two."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skillsift import Tagger
from skillsift.engines import local
from skillsift.engines.batch import Outcome, run_batch
from skillsift.errors import InputError, UsageError
from skillsift.reading import open_source
from skillsift.tagging.flat import COLUMNS

CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20) | st.sampled_from(
    ["a\rb", "\r\n", '"', '""', ",", "\t", "\0", "\ufeff", "=1+1", " \n ", "Python, 3+ years", "\u2028", "\x1a", "'"]
)
TABLES = st.integers(1, 4).flatmap(lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=40))


@pytest.fixture(autouse=True)
def _one_tagger(monkeypatch: pytest.MonkeyPatch, tagger: Tagger) -> None:
    monkeypatch.setattr(local, "Tagger", lambda packs: tagger)


def tagged(content: bytes, *, to: str = "csv", name: str = "in.csv", encoding: str | None = None, workers: int = 1) -> tuple[Outcome, Any]:
    """What a batch makes of a file: the outcome, and the rows of the table or the records that it wrote."""
    with tempfile.TemporaryDirectory() as folder:
        source, output = Path(folder, name), Path(folder, f"out.{to}")
        source.write_bytes(content)
        outcome = run_batch([open_source(str(source), encoding=encoding)], str(output), to, workers=workers)
        text = output.read_bytes().decode("utf-8")
        if to == "jsonl":
            return outcome, [json.loads(line) for line in text.split("\n")[:-1]]
        return outcome, list(csv.reader(io.StringIO(text, newline="")))


def csv_bytes(rows: list[list[str]], encoding: str = "utf-8", end: str = "\r\n") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(rows)
    return out.getvalue().encode(encoding)


@pytest.mark.parametrize("workers", [1, 2])
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=TABLES, end=st.sampled_from(["\n", "\r\n", "\r"]))
def test_any_table_comes_back_cell_by_cell(workers: int, rows: list[list[str]], end: str) -> None:
    header = ["description", "id", "note", "note"][: len(rows[0]) if rows else 1]
    rows = [["x" * 5000, "", "", ""][: len(header)], *rows]  # else a few control characters would be most of it: a binary file
    outcome, written = tagged(csv_bytes([header, *rows], end=end), workers=workers)
    assert [row[: len(header)] for row in written] == [header, *rows]
    assert {len(row) for row in written} == {len(header) + len(COLUMNS)}
    assert outcome.rows == len(rows)


@pytest.mark.parametrize("workers", [1, 2])
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=st.lists(st.text(max_size=20), min_size=1, max_size=40))
def test_any_lines_come_back_as_many_in_order(workers: int, cells: list[str]) -> None:
    """Lone surrogates too: JSON can say them."""
    lines = [json.dumps({"id": f"{at}", "text": cell}) for at, cell in enumerate(cells)]
    _, records = tagged("\n".join(lines).encode(), to="jsonl", name="in.jsonl", workers=workers)
    assert [record["id"] for record in records] == [f"{at}" for at in range(len(cells))]
    _, written = tagged("\n".join(lines).encode(), name="in.jsonl", workers=workers)
    assert [row[1] for row in written[1:]] == [cell.encode("utf-8", "backslashreplace").decode() for cell in cells]


HEADER = ["id", "note", "description"]
ROW = ["1", "é € “x”", "Python"]


@pytest.mark.parametrize(
    ("content", "encoding", "expected"),
    [
        pytest.param(csv_bytes([HEADER, ROW], "utf-8-sig"), None, [ROW], id="UTF-8 with a byte order mark"),
        pytest.param(csv_bytes([HEADER, ROW], "utf-8-sig"), "utf-8", [ROW], id="the same, and told to be UTF-8"),
        pytest.param(csv_bytes([HEADER, ROW], "utf-16"), None, [ROW], id="UTF-16"),
        pytest.param(csv_bytes([HEADER, ROW], "utf-16-le"), "utf-16-le", [ROW], id="UTF-16 without a mark"),
        pytest.param(csv_bytes([HEADER, ROW], "cp1252"), None, [ROW], id="Windows-1252, not told"),
        pytest.param(csv_bytes([HEADER, ROW], "cp1252"), "cp1252", [ROW], id="Windows-1252"),
        pytest.param(csv_bytes([HEADER, ROW]) + csv_bytes([ROW], "cp1252"), None, [ROW, ROW], id="two encodings in one file"),
        pytest.param(b"id,note,description\n1,\x81\x8d,Python\n", None, [["1", "\x81\x8d", "Python"]], id="bytes of no encoding"),
        pytest.param(b"id,note,description\n1,\xed\xa0\x80,Python\n", None, [["1", "í\xa0€", "Python"]], id="a surrogate in UTF-8"),
        pytest.param(csv_bytes([HEADER, ["1", "x" * 10_000_000, "Python"]]), None, [["1", "x" * 10_000_000, "Python"]], id="10 MB"),
    ],
)  # fmt: skip
def test_encodings(content: bytes, encoding: str | None, expected: list[list[str]]) -> None:
    outcome, (header, *written) = tagged(content, encoding=encoding)
    assert header[:3] == HEADER
    assert [row[:3] for row in written] == expected
    assert outcome.unread == 0


@pytest.mark.parametrize(
    ("row", "cells", "error"),
    [
        pytest.param("1,Python", ["1", "Python", ""], "line 2 has 2 cells", id="too few"),
        pytest.param("1,2,3,4", ["1", "2", "3,4"], "line 2 has 4 cells", id="too many"),
        pytest.param(",".join("x" * 100_000), ["x", "x", ",".join("x" * 99_998)], "line 2 has 100000 cells", id="100,000"),
        pytest.param('1,2,"Python', ["1", "2", "Python\n"], "a quote is opened and not closed", id="a quote"),
    ],
)
def test_a_row_that_cannot_be_read_is_kept_with_the_reason(row: str, cells: list[str], error: str) -> None:
    outcome, (_, first, second) = tagged(f"id,note,description\n{row}\n5,6,SQL\n".encode())
    assert first[:3] == cells
    assert error in first[-1]
    assert second[:3] == ["5", "6", "SQL"]
    assert (outcome.rows, outcome.unread) == (2, 1)


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf"])
def test_nothing_in_a_file_is_told(content: bytes) -> None:
    with pytest.raises(InputError, match="is empty"):
        tagged(content)


def test_a_million_columns_are_no_table() -> None:
    with pytest.raises(UsageError, match="1,000,001 columns, where 20,000 are the most"):
        tagged(("text" + ",x" * 1_000_000 + "\nPython\n").encode())
