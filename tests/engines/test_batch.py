"""Tables in, tables out: every row, in order, whole or not at all, and an interrupted run can go on."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from skillsift import Tagger
from skillsift.engines import batch, local
from skillsift.engines.batch import Outcome, output_format, run_batch
from skillsift.errors import InputError, UsageError
from skillsift.reading import Source, open_source
from skillsift.tagging.flat import COLUMNS

SAMPLES = Path(__file__).parent.parent.parent / "samples"
ROWS = 200  # more than three chunks
SKILLS = ("Python", "SQL", "Java", "Docker", "Kubernetes")


@pytest.fixture(autouse=True)
def _one_tagger(monkeypatch: pytest.MonkeyPatch, tagger: Tagger) -> None:
    """The session's tagger in this process: building one a test would take most of the time. Workers build their own."""
    monkeypatch.setattr(local, "Tagger", lambda packs: tagger)


def table(rows: int = ROWS) -> list[dict[str, str]]:
    """Postings with all that makes a table hard: line ends, quotes, separators, odd spaces, rows without a text."""
    return [
        {
            "key": f"{at:05}",
            "Job Title": f"Senior ML Engineer, {at}",
            "note": ['a "quoted" word', "a;b,c\td", "first\nsecond\r\nthird\rfourth", "", "  é \u2028 \0"][at % 5],
            "description": "" if at % 50 == 7 else f"Requirements:\n- {at % 9 + 1}+ years of {SKILLS[at % 5]}, or more",
        }
        for at in range(rows)
    ]


def write_csv(path: Path, rows: list[dict[str, str]], delimiter: str = ",") -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerows([list(rows[0]), *(list(row.values()) for row in rows)])
    return path


def write_jsonl(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def read_csv(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    content = path.read_bytes()
    content = gzip.decompress(content) if path.suffix == ".gz" else content
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""), delimiter=delimiter))


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n")[:-1]]


def run(inputs: Path | list[Path], output: Path, format: str | None = None, **options: Any) -> Outcome:
    sources = [open_source(str(path)) for path in (inputs if isinstance(inputs, list) else [inputs])]
    return run_batch(sources, str(output), output_format(str(output), format, sources), **options)


def left_beside(output: Path) -> list[str]:
    return sorted(path.name for path in output.parent.iterdir() if path.name.startswith(output.name))


@pytest.mark.parametrize(("name", "delimiter"), [("out.csv", ","), ("out.tsv", "\t"), ("out.csv.gz", ","), ("OUT.CSV", ",")])
def test_every_row_and_every_cell_comes_out_as_it_went_in(tmp_path: Path, name: str, delimiter: str) -> None:
    rows = table()
    outcome = run(write_csv(tmp_path / "in.csv", rows), tmp_path / name)
    written = read_csv(tmp_path / name, delimiter)
    assert [{key: row[key] for key in rows[0]} for row in written] == rows
    assert list(written[0]) == [*rows[0], *COLUMNS]
    assert outcome == Outcome(rows=ROWS, unread=4, resumed=0)
    assert left_beside(tmp_path / name) == [name]


def test_the_tags_stand_with_their_own_row(tmp_path: Path) -> None:
    rows = table()
    run(write_csv(tmp_path / "in.csv", rows), tmp_path / "out.csv")
    for at, row in enumerate(read_csv(tmp_path / "out.csv")):
        if row["description"]:
            assert (row["skills_required"], row["years_min"], row["error"]) == (SKILLS[at % 5], str(at % 9 + 1), ""), at
            assert row["stage"] == "senior"
        else:
            assert [row[column] for column in COLUMNS] == [*[""] * (len(COLUMNS) - 1), "column 'description' is empty"]


@pytest.mark.parametrize("source", ["in.csv", "in.tsv", "in.jsonl", "in.json", "in.csv.gz"])
@pytest.mark.parametrize("target", ["out.csv", "out.jsonl"])
def test_every_format_into_every_other_says_the_same(tmp_path: Path, source: str, target: str) -> None:
    rows = table(20)
    path = tmp_path / source
    if source.startswith("in.csv"):
        write_csv(tmp_path / "in.csv", rows)
        path.write_bytes(gzip.compress((tmp_path / "in.csv").read_bytes())) if source.endswith(".gz") else None
    elif source == "in.tsv":
        write_csv(path, rows, "\t")
    elif source == "in.jsonl":
        write_jsonl(path, rows)
    else:
        path.write_text(json.dumps({"jobs": rows}), "utf-8")
    run(path, tmp_path / target)
    expected = [(row["key"], row["Job Title"], SKILLS[at % 5] if row["description"] else "") for at, row in enumerate(rows)]
    if target == "out.csv":
        written = read_csv(tmp_path / target)
        assert [{key: row[key] for key in rows[0]} for row in written] == rows
        assert [(row["key"], row["Job Title"], row["skills_required"]) for row in written] == expected
    else:
        records = read_jsonl(tmp_path / target)
        assert [(r["id"], r["title"], "; ".join(skill["name"] for skill in r["skills"])) for r in records] == expected
        assert [r["error"] for r in records] == [None if row["description"] else "column 'description' is empty" for row in rows]


def test_a_broken_line_keeps_its_place(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text('id,title,description\n1,a,Python\n2,b\n3,c,"SQL\n4,d,Java\n')
    outcome = run(tmp_path / "in.csv", tmp_path / "out.csv")
    written = read_csv(tmp_path / "out.csv")
    assert [(row["id"], row["skills_mentioned"], bool(row["error"])) for row in written] == [
        ("1", "Python", False),
        ("2", "", True),
        ("3", "", True),
        ("4", "Java", False),
    ]
    assert (outcome.rows, outcome.unread) == (4, 2)


def test_a_column_that_is_there_already_keeps_its_name_and_cells(tmp_path: Path) -> None:
    rows = [{"description": "Python needed", "skills_required": "mine", "stage": "applied"}]
    run(write_csv(tmp_path / "a.csv", rows), tmp_path / "b.csv")
    run(tmp_path / "b.csv", tmp_path / "c.csv")
    (once,), (twice,) = read_csv(tmp_path / "b.csv"), read_csv(tmp_path / "c.csv")
    assert once["skills_required"] == twice["skills_required"] == "mine"
    assert once["stage"] == twice["stage"] == "applied"
    assert once["skillsift_skills_required"] == "Python"
    assert twice["skillsift_skillsift_skills_required"] == twice["skillsift_skills_required"] == "Python"
    assert len(twice) == len(rows[0]) + 2 * len(COLUMNS)


def test_several_inputs_come_out_one_behind_the_other(tmp_path: Path) -> None:
    rows = table(6)
    one, two = write_csv(tmp_path / "1.csv", rows[:4]), write_csv(tmp_path / "2.csv", rows[4:])
    run([one, two], tmp_path / "out.csv")
    assert [row["key"] for row in read_csv(tmp_path / "out.csv")] == [row["key"] for row in rows]


def test_inputs_with_other_columns_share_no_table_but_do_share_lines(tmp_path: Path) -> None:
    one, two = write_csv(tmp_path / "1.csv", table(2)), write_jsonl(tmp_path / "2.jsonl", [{"text": "Python"}])
    with pytest.raises(UsageError, match=r"columns differ"):
        run([one, two], tmp_path / "out.csv")
    run([one, two], tmp_path / "out.jsonl")
    assert len(read_jsonl(tmp_path / "out.jsonl")) == 3


@pytest.mark.parametrize("name", ["out.csv", "out.jsonl"])
def test_more_workers_write_the_same_bytes(tmp_path: Path, name: str) -> None:
    source = write_csv(tmp_path / "in.csv", table())
    one = run(source, tmp_path / name)
    two = run(source, tmp_path / f"two-{name}", workers=2)
    assert (tmp_path / name).read_bytes() == (tmp_path / f"two-{name}").read_bytes()
    assert one == two


def test_gzip_output_is_the_same_every_time(tmp_path: Path) -> None:
    source = write_csv(tmp_path / "in.csv", table(5))
    run(source, tmp_path / "a.csv.gz")
    run(source, tmp_path / "b.csv.gz")
    assert (tmp_path / "a.csv.gz").read_bytes() == (tmp_path / "b.csv.gz").read_bytes()


def stop_after(monkeypatch: pytest.MonkeyPatch, rows: int, error: BaseException) -> None:
    """Let tagging break off behind so many rows."""

    def broken(*args: Any, **options: Any) -> Iterator[Any]:
        for at, rendered in enumerate(local.tag_rendered(*args, **options)):
            if at == rows:
                raise error
            yield rendered

    monkeypatch.setattr(batch, "tag_rendered", broken)


@pytest.mark.parametrize("rows", [0, 100])
@pytest.mark.parametrize("name", ["out.csv", "out.jsonl", "out.csv.gz"])
def test_a_run_that_fails_leaves_the_old_output_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, rows: int) -> None:
    source = write_csv(tmp_path / "in.csv", table())
    (tmp_path / name).write_text("from before")
    stop_after(monkeypatch, rows, RuntimeError("injected"))
    with pytest.raises(RuntimeError, match="injected"):
        run(source, tmp_path / name)
    assert (tmp_path / name).read_text() == "from before"
    if rows < local.CHUNK:
        assert left_beside(tmp_path / name) == [name], "where there is nothing to go on from, nothing is left"


@pytest.mark.parametrize("name", ["out.csv", "out.tsv", "out.jsonl", "out.csv.gz", "out.jsonl.gz"])
@pytest.mark.parametrize("rows", [5, 64, 199])
def test_an_interrupted_run_goes_on_and_ends_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, rows: int) -> None:
    source = write_csv(tmp_path / "in.csv", table())
    whole = run(source, tmp_path / f"whole-{name}")
    with monkeypatch.context() as patch:
        stop_after(patch, rows, KeyboardInterrupt())
        with pytest.raises(KeyboardInterrupt):
            run(source, tmp_path / name)
    assert not (tmp_path / name).exists()
    told: list[int] = []
    outcome = run(source, tmp_path / name, resume=True, progress=told.append)
    assert (tmp_path / name).read_bytes() == (tmp_path / f"whole-{name}").read_bytes()
    assert outcome == Outcome(rows=ROWS, unread=whole.unread, resumed=rows // local.CHUNK * local.CHUNK)
    assert sum(told) == ROWS
    assert left_beside(tmp_path / name) == [name]


def interrupted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    source, output = write_csv(tmp_path / "in.csv", table()), tmp_path / "out.csv"
    with monkeypatch.context() as patch:
        stop_after(patch, 100, KeyboardInterrupt())
        with pytest.raises(KeyboardInterrupt):
            run(source, output)
    assert left_beside(output) == ["out.csv.part", "out.csv.part.json"]
    return source, output


def test_interrupted_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, output = interrupted(tmp_path, monkeypatch)
    with monkeypatch.context() as patch:
        stop_after(patch, 70, KeyboardInterrupt())
        with pytest.raises(KeyboardInterrupt):
            run(source, output, resume=True)
    assert run(source, output, resume=True).resumed == 160, "96 of the first run, 64 of the second"
    run(source, tmp_path / "whole.csv")
    assert output.read_bytes() == (tmp_path / "whole.csv").read_bytes()


def test_a_fresh_run_forgets_the_interrupted_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its journal must not speak of the fresh run's output, should that be interrupted early."""
    source, output = interrupted(tmp_path, monkeypatch)
    with monkeypatch.context() as patch:
        stop_after(patch, 3, KeyboardInterrupt())
        with pytest.raises(KeyboardInterrupt):
            run(source, output)
    assert left_beside(output) == []
    assert run(source, output, resume=True).resumed == 0
    assert len(read_csv(output)) == ROWS


def other_columns(source: Path) -> list[Source]:
    return [open_source(str(source), text="note")]


def other_rows(source: Path) -> list[Source]:
    write_csv(source, table(ROWS + 1))
    return [open_source(str(source))]


@pytest.mark.parametrize("change", [other_columns, other_rows])
def test_resuming_something_else_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Any) -> None:
    source, output = interrupted(tmp_path, monkeypatch)
    with pytest.raises(UsageError, match="without --resume"):
        run_batch(change(source), str(output), "csv", resume=True)


@pytest.mark.parametrize("journal", ["", "{}", "[]", '{"plan": "x", "rows": 1}'])
def test_a_journal_that_is_none_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, journal: str) -> None:
    source, output = interrupted(tmp_path, monkeypatch)
    (tmp_path / "out.csv.part.json").write_text(journal)
    with pytest.raises(UsageError, match="without --resume"):
        run(source, output, resume=True)


def test_a_part_that_is_shorter_than_its_journal_says_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, output = interrupted(tmp_path, monkeypatch)
    (tmp_path / "out.csv.part").write_text("short")
    with pytest.raises(UsageError, match="without --resume"):
        run(source, output, resume=True)


@pytest.mark.parametrize(
    ("source", "output", "words"),
    [
        pytest.param("in.csv", "in.csv", "is the input", id="itself"),
        pytest.param("in.csv", "./sub/../in.csv", "is the input", id="itself by another way"),
        pytest.param("in.csv", "link.csv", "is the input", id="itself behind a link"),
        pytest.param("out.csv.part", "out.csv", "is the input", id="what is written before the output has its name"),
        pytest.param("in.csv", "sub", "a folder", id="a folder"),
    ],
)
def test_an_output_in_the_way_of_its_input_is_refused(tmp_path: Path, source: str, output: str, words: str) -> None:
    (tmp_path / "sub").mkdir()
    given = write_csv(tmp_path / source, table(3))
    (tmp_path / "link.csv").symlink_to(given)
    before = given.read_bytes()
    with pytest.raises(UsageError, match=words):
        run_batch([open_source(str(given), format="csv")], str(tmp_path / output), "csv")
    assert given.read_bytes() == before


def test_an_output_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"out\.csv: cannot be written: No such file"):
        run(write_csv(tmp_path / "in.csv", table(3)), tmp_path / "missing" / "out.csv")


@pytest.mark.parametrize(
    ("name", "given", "source", "format"),
    [
        ("out.csv", None, "in.jsonl", "csv"),
        ("out.tsv.gz", None, "in.csv", "tsv"),
        ("out.ndjson", None, "in.csv", "jsonl"),
        ("out.csv", "jsonl", "in.csv", "jsonl"),
        ("out", None, "in.csv", "csv"),
        ("out", None, "in.jsonl", "jsonl"),
        ("-", None, "in.csv", "csv"),
        ("v1.2", None, "in.csv", "csv"),
    ],
)
def test_the_format_of_the_output(tmp_path: Path, name: str, given: str | None, source: str, format: str) -> None:
    path = tmp_path / source
    path.write_text('{"text": "Python"}' if source.endswith("jsonl") else "text\nPython\n")
    opened = open_source(str(path))
    assert output_format(name, given, [opened]) == format
    opened.close()


@pytest.mark.parametrize("name", ["out.xlsx", "out.json"])
def test_formats_that_cannot_be_written(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.txt").write_text("Python")
    with pytest.raises(UsageError, match="cannot be written; give --to csv, tsv, jsonl, parquet"):
        output_format(name, None, [open_source(str(tmp_path / "a.txt"))])


def test_nothing_but_the_column_names(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("id,description\n")
    assert run(tmp_path / "in.csv", tmp_path / "out.csv") == Outcome(0, 0, 0)
    assert (tmp_path / "out.csv").read_text() == ",".join(["id", "description", *COLUMNS]) + "\n"


def test_rows_are_tagged_as_they_are_read(tmp_path: Path) -> None:
    """Memory does not grow with the rows: no more of them are in flight than one process has in hand."""
    taken: list[int] = []
    done: list[int] = []

    def rows(source: Source) -> Iterator[Any]:
        for at, row in enumerate(source.rows):
            taken.append(at)
            assert at - sum(done) <= 2 * local.CHUNK
            yield row

    source = open_source(str(write_csv(tmp_path / "in.csv", table())))
    source.rows, given = rows(open_source(str(tmp_path / "in.csv"))), source
    given.close()
    run_batch([source], str(tmp_path / "out.csv"), "csv", progress=done.append)
    assert len(taken) == ROWS


@pytest.mark.parametrize(
    "name", ["greenhouse-board.json", "three-postings.parquet", "three-postings.xlsx", "one-posting.pdf", "jobspy.csv"]
)
def test_any_kind_of_input_becomes_a_table_or_lines(tmp_path: Path, name: str) -> None:
    source = open_source(str(SAMPLES / name))
    header, cells = list(source.header), [list(row.cells) for row in source.rows]
    run(SAMPLES / name, tmp_path / "out.csv")
    written = read_csv(tmp_path / "out.csv")
    assert [[row[key] for key in header] for row in written] == cells
    assert all(row["skills_required"] or row["skills_mentioned"] for row in written)
    run(SAMPLES / name, tmp_path / "out", "jsonl")
    assert [(record["id"] or "", record["title"] or "") for record in read_jsonl(tmp_path / "out")] == [
        (row.get("id", ""), row.get("title", "")) for row in written
    ]


def test_boards_and_documents_go_into_one_table(tmp_path: Path) -> None:
    names = ["greenhouse-board.json", "lever-board.json", "ashby-board.json", "jobposting-list.json", "one-posting.pdf", "no-headings.txt"]
    run([SAMPLES / name for name in names], tmp_path / "out.csv")
    written = read_csv(tmp_path / "out.csv")
    assert [Path(row["file"]).name for row in written] == [*(name for name in names[:4] for _ in range(2)), *names[4:]]
    assert [row["salary_max"] for row in written] == ["82000", "63000", "142000", "28", "120000", "", "4350", "52000", "66000", "72000"]
    again = [row.posting for row in open_source(str(tmp_path / "out.csv")).rows]
    assert [posting.text for posting in again] == [row["description"] for row in written]
