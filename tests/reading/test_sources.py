"""Any input as rows: no row is lost, and each that cannot be read says why."""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillsift.errors import InputError, SkillsiftError, UsageError
from skillsift.reading import open_source
from skillsift.reading.sources import Row
from skillsift.reading.tables import read_records


def rows_of(folder: Path, content: str | bytes, name: str = "jobs.csv", **options: str) -> list[Row]:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(open_source(str(path), **options).rows)  # type: ignore[arg-type]


HEAD = "id,title,description\n"

# What a table's rows become: (cells, text or the words of the error).
TABLES = [
    pytest.param("1,ML Engineer,Python\n", [(["1", "ML Engineer", "Python"], "Python")], id="a row"),
    pytest.param(
        '1,a,"Python\nand SQL"\n2,b,Java\n',
        [(["1", "a", "Python\nand SQL"], "Python\nand SQL"), (["2", "b", "Java"], "Java")],
        id="a line end in a cell",
    ),
    pytest.param('1,a,"say ""Python"""\n', [(["1", "a", 'say "Python"'], 'say "Python"')], id="doubled quotes"),
    pytest.param('1,a,27" screen\n', [(["1", "a", '27" screen'], '27" screen')], id="a quote in a cell without quotes"),
    pytest.param('1,a,"a 27" screen"\n', [(["1", "a", 'a 27 screen"'], 'a 27 screen"')], id="an undoubled quote within one line"),
    pytest.param("1,a,Python\r\n2,b,Java\r\n", [(["1", "a", "Python"], "Python"), (["2", "b", "Java"], "Java")], id="Windows line ends"),
    pytest.param("1,a,Python\r2,b,Java\r", [(["1", "a", "Python"], "Python"), (["2", "b", "Java"], "Java")], id="old Mac line ends"),
    pytest.param(
        "\n1,a,Python\n\n\n2,b,Java", [(["1", "a", "Python"], "Python"), (["2", "b", "Java"], "Java")], id="empty lines are no rows"
    ),
    pytest.param(
        "1,a\n2,b,Java\n", [(["1", "a", ""], "line 2 has 2 cells where the header has 3"), (["2", "b", "Java"], "Java")], id="too short"
    ),
    pytest.param(
        "1,a,Python, SQL\n2,b,Java\n",
        [(["1", "a", "Python, SQL"], "line 2 has 4 cells"), (["2", "b", "Java"], "Java")],
        id="too long: what is too much stays in the last cell",
    ),
    pytest.param(
        "1,a,\n2,b,   \n", [(["1", "a", ""], "'description' is empty"), (["2", "b", "   "], "'description' is empty")], id="no text"
    ),
    pytest.param("1,a,Py\0thon\n", [(["1", "a", "Py\0thon"], "Py\0thon")], id="NUL"),
    pytest.param(
        "1,a,Python\u2028SQL\x0b\x85\n",
        [(["1", "a", "Python\u2028SQL\x0b\x85"], "Python\u2028SQL\x0b\x85")],
        id="odd separators end no line",
    ),
    pytest.param(
        '1,a,"Python\n2,b,"SQL"\n3,c,Java\n',
        [(["1", "a", "Python\n"], "line 2: a quote is opened"), (["2", "b", "SQL"], "SQL"), (["3", "c", "Java"], "Java")],
        id="a quote that is not closed costs its own row, though the next has quotes",
    ),
    pytest.param(
        '1,a,"Python\n2,b,SQL\n3,c,Java\n',
        [(["1", "a", "Python\n"], "line 2: a quote is opened"), (["2", "b", "SQL"], "SQL"), (["3", "c", "Java"], "Java")],
        id="nor does it swallow the rest of the file",
    ),
    pytest.param(
        '1,a,SQL\n2,b,"Python and\nmore of it',
        [(["1", "a", "SQL"], "SQL"), (["2", "b", "Python and\nmore of it"], "line 3: a quote is opened")],
        id="a file cut off in a cell",
    ),
    pytest.param('1,a,"x\n2,b\n', [(["1", "a", "x\n2,b\n"], "line 2: a quote is opened")], id="not closed, and no whole row below"),
    pytest.param("", [], id="column names only"),
]


def check(rows: list[Row], expected: list[tuple[list[str], str]]) -> None:
    for row, want in zip_longest(rows, expected):
        assert row is not None, f"lost: {want}"
        assert want is not None, f"too much: {row}"
        assert list(row.cells) == want[0]
        if row.posting.error is None:
            assert row.posting.text == want[1]
        else:
            assert want[1] in row.posting.error
            assert row.posting.text == ""
            assert "\n" not in row.posting.error


@pytest.mark.parametrize(("body", "expected"), TABLES)
def test_csv(tmp_path: Path, body: str, expected: list[tuple[list[str], str]]) -> None:
    check(rows_of(tmp_path, HEAD + body), expected)


def test_a_whole_row_keeps_its_title_id_and_fields(tmp_path: Path) -> None:
    (row,) = rows_of(tmp_path, "key,job_title,text,company,location,date_posted\n007, ML Engineer ,Python,Pellgrove,Leeds,2026-02-01\n")
    posting = row.posting
    assert (posting.id, posting.title, posting.text) == ("007", "ML Engineer", "Python")
    assert posting.fields == {"company": "Pellgrove", "location": "Leeds", "date": "2026-02-01"}


def test_an_id_that_is_not_given_is_none(tmp_path: Path) -> None:
    assert rows_of(tmp_path, HEAD + ",,Python\n")[0].posting.id is None
    assert rows_of(tmp_path, '{"id": null, "text": "Python"}', "a.jsonl")[0].posting.id is None
    assert rows_of(tmp_path, '{"id": 0, "text": "Python"}', "a.jsonl")[0].posting.id == "0"


def test_of_columns_with_one_name_the_first_is_meant(tmp_path: Path) -> None:
    (row,) = rows_of(tmp_path, "title,description,description\nA,Python,Java\n")
    assert row.posting.text == "Python"
    assert list(row.cells) == ["A", "Python", "Java"]


def test_line_numbers_count_the_lines_of_the_file(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, '"id",title,\n"description\n"\n'.replace(',\n"', ',"') + '\n1,a,"b\nc\nd"\n2,short\n')
    assert [row.posting.error for row in rows] == [
        None,
        "line 7 has 2 cells where the header has 3: quote the cell that holds the separator",
    ]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("j.tsv", "id\ttitle\tdescription\n1\ta\tPython, SQL\n", id="tsv"),
        pytest.param("j.TAB", "id\ttitle\tdescription\n1\ta\tPython, SQL\n", id="suffixes in any case"),
        pytest.param("j.csv", '\ufeffid,title,description\n1,a,"Python, SQL"\n', id="csv with a mark"),
        pytest.param("j.csv.gz", gzip.compress(b'id,title,description\n1,a,"Python, SQL"\n'), id="csv in gzip"),
        pytest.param("j.json", '[{"id": 1, "title": "a", "description": "Python, SQL"}]', id="a JSON list"),
        pytest.param("j.json", '{"jobs": [{"id": 1, "title": "a", "content": "Python, SQL"}]}', id="jobs in a JSON object"),
        pytest.param("j.json", '{"id": 1, "title": "a", "body": "Python, SQL"}', id="one JSON object"),
        pytest.param("j.jsonl", '\ufeff{"id": 1, "title": "a", "text": "Python, SQL"}\n', id="JSON Lines with a mark"),
        pytest.param("j.ndjson", '\n{"id": 1, "title": "a", "text": "Python, SQL"}\r\n\n', id="empty lines in JSON Lines"),
        pytest.param("j", '{"id": 1, "title": "a", "text": "Python, SQL"}\n', id="no suffix: JSON Lines by its first line"),
        pytest.param("j.dat", '\n \n{"id": 1, "title": "a", "text": "Python, SQL"}', id="behind empty lines"),
        pytest.param("j", '{"jobs": [{"id": 1, "title": "a", "text": "Python, SQL"}]}', id="no suffix: a JSON object in one line"),
        pytest.param("j", '{\n"id": 1, "title": "a",\n"text": "Python, SQL"}', id="no suffix: a JSON object over lines"),
        pytest.param("j", '[{"id": 1, "title": "a", "text": "Python, SQL"}]', id="no suffix: a JSON list"),
        pytest.param("j", 'id,title,description\n1,a,"Python, SQL"\n', id="no suffix: CSV by its column names"),
        pytest.param("j", "id\ttitle\tdescription\n1\ta\tPython, SQL\n", id="no suffix: TSV by its column names"),
        pytest.param("j", 'id,title,description\n1,a,"Python, SQL"\n'.encode("utf-16"), id="no suffix: CSV in UTF-16"),
    ],
)
def test_the_same_posting_in_every_dress(tmp_path: Path, name: str, content: str | bytes) -> None:
    (row,) = rows_of(tmp_path, content, name)
    posting = row.posting
    assert (posting.id, posting.title, posting.text, posting.error) == ("1", "a", "Python, SQL", None)


@pytest.mark.parametrize(
    ("name", "content", "text", "title", "derived"),
    [
        pytest.param("a.txt", "ML Engineer\nPython, SQL\n", "ML Engineer\nPython, SQL\n", None, False, id="text as it stands"),
        pytest.param("a.txt", "\ufeffPython", "Python", None, False, id="without its mark"),
        pytest.param(
            "a", "We need Python, SQL and text, title", "We need Python, SQL and text, title", None, False, id="commas make no table"
        ),
        pytest.param("a", "{curly} Python", "{curly} Python", None, False, id="braces make no JSON"),
        pytest.param("a", "[Remote] Python", "[Remote] Python", None, False, id="nor do brackets"),
        pytest.param("a", '{"a":' * 100_000, '{"a":' * 100_000, None, False, id="JSON too deep to be read"),
        pytest.param("a.html", "<h1>ML</h1><p>Python", "ML\nPython", "ML", True, id="a fragment, called HTML"),
        pytest.param("a", "<!doctype html><h1>ML</h1><p>Python", "ML\nPython", "ML", True, id="a document by its look"),
        pytest.param("a.txt", "<html><body><h1>ML</h1>Python", "ML\nPython", "ML", True, id="saved under the wrong name"),
        pytest.param("a.md", "# ML\n<b>Python</b>", "# ML\n<b>Python</b>", None, False, id="tags within Markdown stay: offsets count them"),
    ],
)
def test_documents(tmp_path: Path, name: str, content: str, text: str, title: str | None, derived: bool) -> None:
    (row,) = rows_of(tmp_path, content, name)
    assert (row.posting.text, row.posting.title, row.posting.derived) == (text, title, derived)
    assert row.posting.error is None


def test_a_page_without_text_says_so(tmp_path: Path) -> None:
    (row,) = rows_of(tmp_path, "<html><body><script>load()</script></body></html>", "a.html")
    assert "no text in this HTML page" in (row.posting.error or "")


LINES = [
    pytest.param('{"text": "Python"}\nnope\n{"text": "SQL"}\n', ["Python", "line 2 is no JSON", "SQL"], id="a broken line"),
    pytest.param(
        'nope\n{"description": "Python"}\n', ["line 1 is no JSON", "Python"], id="the first one broken: columns come from the next"
    ),
    pytest.param('{"id": 1}\n{"id": 2, "text": "Python"}\n', ["no 'text' in this object", "Python"], id="the first one without a text"),
    pytest.param('{"text": "Python"}\n[1]\n"x"\nnull\n', ["Python", *["no JSON object"] * 3], id="values that are no objects"),
    pytest.param('{"text": "Python"}\n{"text": null}\n{"text": ""}\n', ["Python", "is empty", "is empty"], id="empty texts"),
    pytest.param('{"text": "Python"}\n{"text": "cut', ["Python", "line 2 is no JSON"], id="cut off"),
    pytest.param('{"text": "Python"}\n' + '{"a":' * 100_000 + "\n", ["Python", "line 2 is no JSON"], id="too deep to be read"),
    pytest.param('{"text": "Python\u2028SQL\x85"}\n{"text": "Java"}\n', ["Python\u2028SQL\x85", "Java"], id="odd separators end no line"),
    pytest.param('{"text": "Py\\u0000thon"}\n', ["Py\0thon"], id="NUL"),
    pytest.param('{"text": 5}\n{"text": ["Python", "SQL"]}\n', ["5", '["Python", "SQL"]'], id="a text that is none is kept as JSON"),
]


@pytest.mark.parametrize("name", ["lines.jsonl", "lines"])
@pytest.mark.parametrize(("content", "expected"), LINES)
def test_json_lines(tmp_path: Path, content: str, expected: list[str], name: str) -> None:
    # Without a suffix a first line that is no JSON makes a text of it all.
    rows = rows_of(tmp_path, content, name, **({"format": "jsonl"} if content.startswith("nope") else {}))
    said = [row.posting.error or row.posting.text for row in rows]
    assert len(said) == len(expected)
    assert all(words in text for words, text in zip(expected, said, strict=True)), said


def test_objects_have_the_columns_of_all_the_first_ones(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, '[{"id": 1, "text": "Python"}, {"text": "SQL", "team": {"n": 1}}, 7]', "a.json")
    assert [list(row.cells) for row in rows] == [["1", "Python", ""], ["", "SQL", '{"n": 1}'], ["", "", ""]]


def test_keys_that_come_up_late_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "Python"}\n' * 200 + '{"text": "SQL", "late": 1}\n')
    source = open_source(str(path))
    assert [row.cells for row in source.rows][-1] == ["SQL"]
    assert "late" in source.notes[0]


def test_a_labelled_file_is_an_input(tmp_path: Path) -> None:
    labelled = {
        "id": "a1",
        "title": "ML Engineer",
        "text": "Python needed",
        "skills": {"python": "required"},
        "years_min": None,
        "salary": None,
    }
    (row,) = rows_of(tmp_path, json.dumps(labelled) + "\n", "gold.jsonl")
    assert (row.posting.id, row.posting.title, row.posting.text) == ("a1", "ML Engineer", "Python needed")


@pytest.mark.parametrize(
    ("name", "content", "kind", "words"),
    [
        pytest.param("a.txt", "", InputError, "is empty", id="empty text"),
        pytest.param("a.txt", " \n\t\n", InputError, "is empty", id="white space only"),
        pytest.param("a.txt", "\ufeff", InputError, "is empty", id="a byte order mark only"),
        pytest.param("a.txt", "\0\0", InputError, "is empty", id="NULs only"),
        pytest.param("a.csv", "", InputError, "is empty", id="empty table"),
        pytest.param("a.csv", ",,\n1,2,3\n", InputError, "is empty", id="no column names"),
        pytest.param("a.csv", 'id,"title,description\n1,2,3\n', InputError, "line 1: a quote", id="a quote not closed in the column names"),
        pytest.param("a.csv", "id,name\n1,x\n", UsageError, "--text", id="no text column"),
        pytest.param("a.jsonl", "", InputError, "is empty", id="empty lines"),
        pytest.param("a.jsonl", "nope\nno\n", InputError, "line 1 is no JSON", id="no JSON at all"),
        pytest.param("a.jsonl", '{"n": 1}\n', UsageError, "--text", id="objects without a text"),
        pytest.param("a.json", "[]", InputError, "is empty", id="an empty list"),
        pytest.param("a.json", '{"jobs": []}', InputError, "is empty", id="an empty list of jobs"),
        pytest.param("a.json", "7", InputError, "no list of postings", id="a number"),
        pytest.param("a.json", '{"text": ', InputError, "no JSON", id="JSON cut off"),
        pytest.param(
            "a.json", '{\n"text": "a"}\n{"text": "b"}', InputError, "--from jsonl", id="JSON Lines of a sort: the way out is told"
        ),
        pytest.param("a.json", "[" * 100_000, InputError, "no JSON", id="JSON too deep"),
    ],
)
def test_inputs_that_cannot_be_read(tmp_path: Path, name: str, content: str, kind: type[SkillsiftError], words: str) -> None:
    with pytest.raises(kind) as told:
        rows_of(tmp_path, content, name)
    assert words in str(told.value)
    assert name in str(told.value)
    assert "\n" not in str(told.value)


def test_an_unknown_format_is_told_with_those_that_are_known(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="known: text, markdown, html, pdf, jobspy, csv, tsv, jsonl, json, parquet, excel"):
        rows_of(tmp_path, "x", format="docx")


def test_a_given_format_wins_over_the_name(tmp_path: Path) -> None:
    (row,) = rows_of(tmp_path, '{"text": "Python"}', "a.csv", format="jsonl")
    assert row.posting.text == "Python"


def test_a_pipe_is_not_read_to_its_end_before_the_first_row(monkeypatch: pytest.MonkeyPatch) -> None:
    class Endless(io.RawIOBase):
        rows = 0

        def readable(self) -> bool:
            return True

        def read1(self, size: int = -1) -> bytes:
            self.rows += 1
            return b"id,title,description\n" if self.rows == 1 else b"1,a,Python\n" * 500  # less than was asked for, as pipes do

    class Pipe:
        buffer = Endless()

    monkeypatch.setattr(sys, "stdin", Pipe)
    rows = open_source("-").rows
    assert [next(rows).posting.text for _ in range(5000)] == ["Python"] * 5000
    assert Pipe.buffer.rows < 1000


def _cells() -> st.SearchStrategy[str]:
    marks = st.text(st.sampled_from(list(",;\t\"\n\r\\' aé\0\u2028\x85\ufeff")), max_size=6)
    return marks | st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


@given(st.integers(1, 4).flatmap(lambda width: st.lists(st.lists(_cells(), min_size=width, max_size=width), min_size=1, max_size=6)))
def test_any_table_comes_back_row_for_row(table: list[list[str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(table)
    back = [record.cells for record in read_records(io.StringIO(out.getvalue(), newline=""), ",", 1, len(table[0]))]
    assert back == table


@given(st.text(st.sampled_from(list('ab,"\n')), max_size=60), st.integers(1, 4))
def test_no_letter_of_a_broken_table_is_lost(content: str, width: int) -> None:
    """Whatever the quotes do: every letter comes out once, in order, and every record knows its line."""
    records = list(read_records(io.StringIO(content, newline=""), ",", 1, width))
    letters = "".join("".join(record.cells) for record in records)
    assert [char for char in letters if char in "ab"] == [char for char in content if char in "ab"]
    lines = content.split("\n")
    assert [record.line for record in records] == sorted({record.line for record in records})
    assert all(1 <= record.line <= len(lines) for record in records)


@given(
    st.lists(
        st.dictionaries(st.sampled_from(["id", "title", "text", "n"]), st.none() | st.booleans() | st.integers() | st.text()), min_size=1
    )
)
def test_any_objects_come_back_one_a_row(objects: list[dict[str, Any]]) -> None:
    from skillsift.reading.inputs import Input
    from skillsift.reading.objects import open_json_lines

    content = "".join(json.dumps(value) + "\n" for value in [{"text": "x"}, *objects])
    source = open_json_lines(Input("a", io.BufferedReader(io.BytesIO(content.encode()))))  # type: ignore[arg-type]
    rows = list(source.rows)
    assert [row.record for row in rows] == [{"text": "x"}, *objects]
    assert all((row.posting.error is None) == bool(row.posting.text) for row in rows)
