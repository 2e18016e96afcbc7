"""Parquet out of the local batch: typed, streamed by row group, whole or not at all."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from skillsift import Tagger
from skillsift.engines import batch, local, parquet
from skillsift.engines.batch import Outcome, run_batch
from skillsift.errors import SkillsiftError, UsageError
from skillsift.reading import Source, open_source
from skillsift.tagging.flat import COLUMNS

pa = pytest.importorskip("pyarrow", reason="pyarrow comes with the extra parquet")
pq = pytest.importorskip("pyarrow.parquet")

HEADER = ["key", "title", "description"]


@pytest.fixture(autouse=True)
def _one_tagger(monkeypatch: pytest.MonkeyPatch, tagger: Tagger) -> None:
    monkeypatch.setattr(local, "Tagger", lambda packs: tagger)


def source(folder: Path, rows: list[list[str]], header: list[str] = HEADER) -> Source:
    path = folder / "in.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return open_source(str(path))


def rows(count: int) -> list[list[str]]:
    return [
        [f"{at:03}", "Senior ML Engineer", "" if at % 10 == 7 else f"{at % 9 + 1}+ years of Python, é, required"] for at in range(count)
    ]


def test_rows_types_and_nulls(tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    assert run_batch([source(tmp_path, rows(25))], str(out), "parquet") == Outcome(25, 2, 0)
    table = pq.read_table(out)
    assert table.column_names == [*HEADER, *COLUMNS]
    assert [str(field.type) for field in table.schema] == [
        *["string"] * 6, "int64", "int64", "string", "string", "double", "double", *["string"] * 4, "double", "string", "string",
    ]  # fmt: skip
    assert table["key"].to_pylist() == [f"{at:03}" for at in range(25)], "text stays text"
    assert table["years_min"].to_pylist()[:9] == [1, 2, 3, 4, 5, 6, 7, None, 9]
    assert table["description"].to_pylist()[7] == "", "own cells as they came"
    assert table["error"].to_pylist()[6:8] == [None, "column 'description' is empty"]
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["in.csv", "out.parquet"]


def test_it_says_what_the_csv_says(tmp_path: Path) -> None:
    run_batch([source(tmp_path, rows(25))], str(tmp_path / "out.parquet"), "parquet")
    run_batch([source(tmp_path, rows(25))], str(tmp_path / "out.csv"), "csv")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        expected = list(csv.DictReader(file))
    numbers = {"years_min": int, "years_max": int, "salary_min": float, "salary_max": float, "confidence": float}
    for written, said in zip(pq.read_table(tmp_path / "out.parquet").to_pylist(), expected, strict=True):
        for column, text in said.items():
            value = written[column]
            assert value == (text if column in HEADER else numbers.get(column, str)(text) if text else None), column


def typed(count: int) -> Any:
    """A table whose columns have types that text does not hold."""
    return pa.table(
        {
            "key": pa.array([None if at % 3 else at for at in range(count)], pa.int16()),
            "seen": pa.array([at * 1_000_001 for at in range(count)], pa.timestamp("ns", "UTC")),
            "tags": pa.array([[{"name": "a", "share": at / 2}] if at % 2 else None for at in range(count)]),
            "team": pa.array([f"team {at % 4}" for at in range(count)]).dictionary_encode(),
            "description": [f"{at % 9 + 1}+ years of Python required" for at in range(count)],
        }
    )


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("group", [7, 700, 10_000])
def test_columns_of_parquet_keep_their_types(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: int, group: int) -> None:
    monkeypatch.setattr(parquet, "GROUP_ROWS", group)
    given = typed(1500)  # several batches of the reader
    pq.write_table(given, tmp_path / "in.parquet", row_group_size=333)
    run_batch([open_source(str(tmp_path / "in.parquet"))], str(tmp_path / "out.parquet"), "parquet", workers=workers)
    written = pq.read_table(tmp_path / "out.parquet")
    assert written.schema.names == [*given.schema.names, *COLUMNS]
    assert written.select(given.schema.names).equals(given)
    assert written["years_min"].to_pylist() == [at % 9 + 1 for at in range(1500)]


def test_columns_that_differ_in_type_become_text(tmp_path: Path) -> None:
    pq.write_table(pa.table({"id": [1, 2], "text": ["Python", "SQL"]}), tmp_path / "a.parquet")
    pq.write_table(pa.table({"id": ["x"], "text": ["Java"]}), tmp_path / "b.parquet")
    (tmp_path / "c.csv").write_text("id,text\n007,Rust\n")
    for others in (["a.parquet", "b.parquet"], ["a.parquet", "c.csv"], ["c.csv", "a.parquet"]):
        sources = [open_source(str(tmp_path / name)) for name in others]
        run_batch(sources, str(tmp_path / "out.parquet"), "parquet")
        written = pq.read_table(tmp_path / "out.parquet")
        assert written.schema.field("id").type == pa.string()
        assert set(written["id"].to_pylist()) == {"1", "2", "x" if "b.parquet" in others else "007"}


@pytest.mark.parametrize(("limit", "value", "groups"), [("GROUP_ROWS", 10, 3), ("GROUP_CHARS", 400, 4), ("GROUP_ROWS", 1000, 1)])
def test_groups_are_written_as_they_fill(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int, groups: int) -> None:
    monkeypatch.setattr(parquet, limit, value)
    out = tmp_path / "out.parquet"
    run_batch([source(tmp_path, [[*row[:2], "x" * 30] for row in rows(25)])], str(out), "parquet")
    written = pq.ParquetFile(out)
    assert (written.metadata.num_row_groups, written.metadata.num_rows) == (groups, 25)


def test_no_rows_are_columns_all_the_same(tmp_path: Path) -> None:
    run_batch([source(tmp_path, [])], str(tmp_path / "out.parquet"), "parquet")
    table = pq.read_table(tmp_path / "out.parquet")
    assert (table.num_rows, table.column_names) == (0, [*HEADER, *COLUMNS])


def test_texts_have_the_columns_of_documents(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Python is required.")
    source = open_source(str(tmp_path / "a.txt"))
    run_batch([source], str(tmp_path / "out.parquet"), "parquet")
    table = pq.read_table(tmp_path / "out.parquet")
    assert (table.num_rows, table.column_names) == (1, [*source.header, *COLUMNS])
    assert (table["description"].to_pylist(), table["skills_required"].to_pylist()) == (["Python is required."], ["Python"])


def test_a_column_of_the_inputs_keeps_its_name(tmp_path: Path) -> None:
    run_batch([source(tmp_path, [["a", "Python"]], ["stage", "description"])], str(tmp_path / "out.parquet"), "parquet")
    assert pq.read_table(tmp_path / "out.parquet", columns=["stage", "skillsift_stage"]).to_pylist() == [
        {"stage": "a", "skillsift_stage": None}
    ]


def test_a_lone_surrogate_is_written_as_its_escape(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{"id": "\\ud800", "text": "Python \\ud800"}\n')
    run_batch([open_source(str(tmp_path / "in.jsonl"))], str(tmp_path / "out.parquet"), "parquet")
    assert pq.read_table(tmp_path / "out.parquet")["id"].to_pylist() == ["\\ud800"]


def test_an_interrupted_run_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out.parquet"
    out.write_bytes(b"older")
    monkeypatch.setattr(parquet, "GROUP_ROWS", 5)
    given = source(tmp_path, rows(25))

    def breaks(of: Iterator[Any]) -> Iterator[Any]:
        for at, row in enumerate(of):
            if at == 12:
                raise SkillsiftError("stop")
            yield row

    given.rows = breaks(given.rows)
    with pytest.raises(SkillsiftError, match="stop"):
        run_batch([given], str(out), "parquet")
    assert out.read_bytes() == b"older"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.parquet"]


@pytest.mark.parametrize(
    ("output", "resume", "header", "message"),
    [
        ("-", False, HEADER, "a Parquet file is written whole"),
        ("out.parquet", True, HEADER, "without --resume"),
        ("out.parquet.gz", False, HEADER, "leave .gz out"),
        ("out.parquet", False, ["title", "title", "description"], "no room for two columns called 'title'"),
    ],
)
def test_what_does_not_go(tmp_path: Path, output: str, resume: bool, header: list[str], message: str) -> None:
    name = output if output == "-" else str(tmp_path / output)
    with pytest.raises(UsageError, match=message):
        run_batch([source(tmp_path, rows(1), header)], name, "parquet", resume=resume)
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(SkillsiftError, match="cannot be written: No such file"):
        run_batch([source(tmp_path, rows(1))], str(tmp_path / "none" / "out.parquet"), "parquet")


def test_without_pyarrow_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageError, match=r"pip install 'skillsift\[parquet\]'"):
        run_batch([source(tmp_path, rows(1))], str(tmp_path / "out.parquet"), "parquet")


def test_the_engine_loads_arrow_only_for_parquet() -> None:
    code = f"import sys, {batch.__name__}; print([name for name in ('pyarrow', 'pandas', 'distributed') if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
