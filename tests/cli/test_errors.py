"""Bad inputs and wrong use: one clear line that says what and where, the right exit code, no traceback, no row lost."""

from __future__ import annotations

import csv
import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest

GOOD = b"ML Engineer\n\nRequirements:\n- 3+ years of Python\n"
TABLE = b"id,title,description\n1,ML Engineer,Python\n"

#: The files that the calls below are about.
FILES: dict[str, bytes] = {
    "good.txt": GOOD,
    "jobs.csv": TABLE,
    "empty.txt": b"",
    "blank.txt": b" \n\n\t",
    "empty.csv": b"",
    "header.csv": b"id,description\n",
    "notext.csv": b"id,name\n1,x\n",
    "ragged.csv": b"id,title,description\n1,a,Python\n2,b\n3,c,SQL, and more\n4,d,Java\n",
    "quote.csv": b'id,title,description\n1,a,"Python\n2,b,SQL\n3,c,Java\n',
    "holes.csv": b"id,title,description\n1,a,\n2,b,SQL\n",
    "nul.csv": b"id,title,description\n1,a,Py\0thon\n2,b,SQL\n",
    "lines.jsonl": b'{"text": "Python"}\nnope\n{"text": "SQL"}\n',
    "broken.json": b'{"text": ',
    "none.jsonl": b'{"n": 1}\n',
    "cv.pdf": b"%PDF-1.7\n\x00\x01",
    "cv.docx": b"PK\x03\x04\x14\x00",
    "packed.bin": bytes(range(256)) * 20,
    "cut.csv.gz": gzip.compress(TABLE * 50)[:-20],
    "wide.txt": "Python and SQL".encode("utf-16-le"),
    "latin.txt": b"Caf\xe9: Python",
    "page.html": b"<html><body><script>load()</script></body></html>",
    "gold.jsonl": b'{"text": "Python", "skills": {"pyhton": "required"}}\n',
    "gold2.jsonl": b'{"text": "Python"}\n',
    "batch.pdf": b"%PDF",
    "pack/a.toml": b'[x]\nname = "X"\ncolour = "red"\n[y\n',
    "esc.csv": b"id,\x1b[31mred\n1,x\n",
}

# (words of the call, exit code, words of standard error)
CALLS = [
    # ---- inputs that cannot be read: 1
    pytest.param("tag missing.txt", 1, ["missing.txt: no such file"], id="tag a missing file"),
    pytest.param("tag .", 1, ["a folder; name the files in it"], id="tag a folder"),
    pytest.param("tag empty.txt", 1, ["empty.txt is empty"], id="tag an empty file"),
    pytest.param("tag blank.txt", 1, ["blank.txt is empty"], id="tag white space"),
    pytest.param("tag", 1, ["standard input is empty: pipe a posting in, or name a file"], id="tag an empty pipe"),
    pytest.param("tag cv.pdf", 1, ["cv.pdf: broken PDF file: ", "save it anew, or as text"], id="tag a broken PDF"),
    pytest.param("tag cv.docx", 1, ["Word or Excel file; save it as text"], id="tag a Word file"),
    pytest.param("tag packed.bin", 1, ["packed.bin: looks like a binary file; give text"], id="tag a binary file"),
    pytest.param("tag wide.txt", 1, ["wide.txt: looks like a binary file", "--encoding utf-16-le"], id="tag UTF-16 without a mark"),
    pytest.param("tag page.html", 1, ["page.html: no text in this HTML page: save it"], id="tag a page without text"),
    pytest.param("tag broken.json", 1, ["broken.json: no JSON"], id="tag broken JSON"),
    pytest.param("tag lines.jsonl", 1, ["lines.jsonl: line 2 is no JSON"], id="tag a broken line"),
    pytest.param("tag empty.csv", 1, ["empty.csv is empty: a table needs"], id="tag an empty table"),
    pytest.param("tag ragged.csv", 1, ["line 3 has 2 cells where the header has 3: quote"], id="tag broken rows"),
    pytest.param("tag quote.csv", 1, ["quote.csv: line 2: a quote is opened and not closed"], id="tag a quote not closed"),
    pytest.param("tag cut.csv.gz", 1, ["cut.csv.gz: cannot be read: broken gzip file"], id="tag a broken gzip file"),
    pytest.param(
        "tag missing.txt good.txt empty.txt", 1, ["missing.txt: no such file", "empty.txt is empty"], id="tag the rest all the same"
    ),
    pytest.param("batch missing.csv -o out.csv", 1, ["missing.csv: no such file"], id="batch a missing file"),
    pytest.param("batch empty.csv -o out.csv", 1, ["empty.csv is empty"], id="batch an empty table"),
    pytest.param("batch batch.pdf -o out.csv", 1, ["batch.pdf: broken PDF file: "], id="batch a broken PDF"),
    pytest.param("batch cut.csv.gz -o out.csv", 1, ["broken gzip"], id="batch a broken gzip file"),
    pytest.param(
        "batch ragged.csv -o out.csv",
        1,
        ["2 rows could not be read; they are kept, with the reason in the column error"],
        id="batch broken rows",
    ),
    pytest.param("batch holes.csv -o out.csv", 1, ["1 rows could not be read"], id="batch a row without a text"),
    pytest.param(
        "batch jobs.csv -o missing/out.csv", 1, ["out.csv: cannot be written: No such file"], id="batch into a folder that is not there"
    ),
    pytest.param("report missing.csv", 1, ["missing.csv: no such file"], id="report a missing file"),
    pytest.param("report header.csv", 1, ["no postings in the input: a table needs a line a posting"], id="report column names only"),
    pytest.param("report ragged.csv", 1, ["2 postings could not be read and are not counted"], id="report broken rows"),
    pytest.param("report missing.csv jobs.csv", 1, ["missing.csv: no such file"], id="report the rest all the same"),
    pytest.param(
        "report jobs.csv --csv missing/x.csv", 1, ["x.csv: cannot be written: No such file"], id="report into a folder that is not there"
    ),
    pytest.param("evaluate missing.jsonl", 1, ["missing.jsonl: no such file"], id="evaluate a missing file"),
    pytest.param(
        "evaluate gold2.jsonl",
        1,
        ["gold2.jsonl: line 1: a labelled posting needs a text and skills"],
        id="evaluate postings without labels",
    ),
    pytest.param("evaluate empty.txt", 1, ["empty.txt: no labelled posting in it"], id="evaluate an empty file"),
    pytest.param("tag good.txt --pack pack", 1, ["a.toml:4"], id="tag with a broken pack"),
    # ---- wrong use: 2
    pytest.param(
        "tag notext.csv",
        2,
        ["notext.csv: no column looks like the posting's text; name it with --text (it has: id, name)"],
        id="tag without a text column",
    ),
    pytest.param("tag none.jsonl", 2, ["none.jsonl: no column looks like the posting's text"], id="tag objects without a text"),
    pytest.param("tag notext.csv good.txt", 2, ["notext.csv: no column"], id="tag the rest all the same, and say 2"),
    pytest.param("tag good.txt --from docx", 2, ["docx: no such format; known: text, markdown, html"], id="tag an unknown format"),
    pytest.param("tag good.txt --encoding nope", 2, ["nope: no such encoding; try utf-8"], id="tag an unknown encoding"),
    pytest.param("tag good.txt --encoding hex", 2, ["hex: no such encoding"], id="tag a codec that makes no text"),
    pytest.param("tag good.txt --pack nope", 2, ["nope"], id="tag with a pack that is not there"),
    pytest.param(
        "batch jobs.csv -o out.csv --text body",
        2,
        ["jobs.csv: no column 'body' for --text; it has: id, title, description"],
        id="batch a column that is not there",
    ),
    pytest.param("batch jobs.csv -o jobs.csv", 2, ["jobs.csv: is the input; give the output another name"], id="batch onto the input"),
    pytest.param("batch jobs.csv -o .", 2, ["a folder; name a file in it"], id="batch into a folder"),
    pytest.param("batch jobs.csv -o out.xlsx", 2, ["xlsx: cannot be written; give --to csv, tsv, jsonl"], id="batch to an unknown format"),
    pytest.param(
        "batch jobs.csv header.csv -o out.csv", 2, ["header.csv: its columns differ from those of jobs.csv"], id="batch tables that differ"
    ),
    pytest.param("batch jobs.csv -o out.parquet --resume", 2, ["is written whole: to a name, without --resume"], id="batch resume Parquet"),
    pytest.param(
        "report jobs.csv --by town", 2, ["jobs.csv: no column 'town' for --by; it has: id"], id="report by a column that is not there"
    ),
    pytest.param("report jobs.csv --group nope", 2, ["nope: no such group; known: data,"], id="report a group that is none"),
    pytest.param(
        "report jobs.csv --section nope", 2, ["nope: no such section; known: against, trend,"], id="report a section that is none"
    ),
    pytest.param("report jobs.csv -s against", 2, ["name them with --against FILE"], id="report against nothing"),
    pytest.param(
        "report jobs.csv -s pay,trend --csv x.csv", 2, ["--csv writes one table; name one --section of"], id="report two tables as one"
    ),
    pytest.param("report - --against -", 2, ["standard input (-) is named twice"], id="report against itself in a pipe"),
    pytest.param("report jobs.csv --against header.csv", 1, ["no postings in"], id="report against no postings"),
    pytest.param("report jobs.csv --against missing.csv", 1, ["missing.csv: no such file"], id="report against a missing file"),
    pytest.param("report jobs.csv --csv - --md -", 2, ["named for two outputs"], id="report twice to one place"),
    pytest.param("evaluate gold.jsonl", 2, ["gold.jsonl: line 1: no skill 'pyhton' in the vocabulary"], id="evaluate a skill that is none"),
    pytest.param("vocab show pythn", 2, ["no skill 'pythn'; did you mean python"], id="vocab show a skill that is none"),
    pytest.param("vocab list --group nope", 2, ["nope: no such group; known"], id="vocab list a group that is none"),
    pytest.param("vocab list --pack nope", 2, ["nope"], id="vocab list a pack that is not there"),
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, content in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("words", "code", "told"), CALLS)
def test_errors_are_lines_that_say_what_and_where(cli: Any, words: str, code: int, told: list[str]) -> None:
    called = cli(*words.split())
    assert called.code == code, called
    for part in told:
        assert any(part in line for line in called.err.splitlines()), called.err
    assert "Traceback" not in called.err + called.out
    said = [line for line in called.err.splitlines() if "postings tagged in" not in line]
    assert len(said) <= max(2, len(told)), called.err
    assert all(line.startswith("skillsift: ") for line in said), called.err


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("nope", "no such command 'nope' (skillsift --help tells more)"),
        ("reprot jobs.csv", "no such command 'reprot'. Did you mean 'report'? (skillsift --help tells more)"),
        ("tag --nope", "no such option: --nope (skillsift tag --help tells more)"),
        ("report jobs.csv --tpo 3", "no such option: --tpo"),
        ("tag good.txt --format xml", "invalid value for '--format' / '-f': 'xml' is not one of"),
        ("tag good.txt --format", "option '--format' requires an argument"),
        ("tag good.txt --explain=yes", "option '--explain' does not take a value"),
        ("batch", "missing argument 'INPUT' (skillsift batch --help tells more)"),
        ("batch jobs.csv", "missing option '--output'"),
        ("batch jobs.csv -o out.csv --workers 0", "invalid value for '--workers' / '-w'"),
        ("report", "missing argument 'INPUT'"),
        ("report jobs.csv --top 0", "invalid value for '--top' / '-n'"),
        ("report jobs.csv --top x", "invalid value for '--top' / '-n'"),
        ("vocab nope", "no such command 'nope' (skillsift vocab --help tells more)"),
        ("vocab show", "missing argument 'SKILL'"),
        ("vocab show a b", "got unexpected extra argument"),
        ("evaluate", "missing argument 'GOLD'"),
        ("tag \x1b[31m\n --\x1b[31m", "no such option"),
    ],
)
def test_words_that_the_command_line_does_not_know(cli: Any, words: str, told: str) -> None:
    called = cli(*words.split(" "))
    assert (called.code, called.out) == (2, "")
    assert called.err.startswith(f"skillsift: {told}")
    assert called.err.count("\n") == 1
    assert "\x1b" not in called.err


@pytest.mark.parametrize("words", [[], ["vocab"]])
def test_a_group_without_a_command_shows_its_help(cli: Any, words: list[str]) -> None:
    called = cli(*words)
    assert (called.code, called.out) == (2, "")
    assert called.err.startswith(f"Usage: {' '.join(['skillsift', *words])} ")


@pytest.mark.usefixtures("folder")
def test_all_faults_of_a_vocabulary_come_at_once(cli: Any, folder: Path) -> None:
    (folder / "pack" / "a.toml").write_text('[x]\nname = "X"\ncolour = "red"\n\n[y]\naliases = ["y y"]\nsize = 1\n')
    called = cli("vocab", "check", "--pack", "pack")
    assert called.code == 1
    lines = called.err.splitlines()
    assert any("a.toml:3" in line and "colour" in line for line in lines), lines
    assert any("a.toml:7" in line and "size" in line for line in lines), lines
    assert lines[-1] == f"skillsift: {len(lines) - 1} faults"


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("source", "ids", "unread"), [("ragged.csv", "1234", {"2", "3"}), ("quote.csv", "123", {"1"}), ("holes.csv", "12", {"1"})]
)
def test_no_row_is_lost(cli: Any, source: str, ids: str, unread: set[str]) -> None:
    assert cli("batch", source, "-o", "out.csv").code == 1
    rows = list(csv.DictReader(io.StringIO(Path("out.csv").read_text("utf-8"), newline="")))
    assert "".join(row["id"] for row in rows) == ids
    assert {row["id"] for row in rows if row["error"]} == unread
    records = [json.loads(line) for line in cli("tag", source).out.splitlines()]
    assert [record["id"] for record in records] == list(ids)
    assert {record["id"] for record in records if record["error"]} == unread


@pytest.mark.usefixtures("folder")
def test_the_rest_is_done_where_one_input_cannot_be_read(cli: Any) -> None:
    called = cli("tag", "missing.txt", "good.txt", "cv.pdf", "jobs.csv", "-f", "names")
    assert (called.code, called.out) == (1, "required\tPython\nmentioned\tPython\n")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("call", ["tag latin.txt", "batch latin.txt -o out.jsonl", "report latin.txt"])
def test_mended_bytes_are_told_and_are_no_error(cli: Any, call: str) -> None:
    called = cli(*call.split())
    assert called.code == 0
    assert "latin.txt: 1 byte is not UTF-8 and read as Windows-1252; --encoding tells another" in called.err


@pytest.mark.usefixtures("folder")
def test_nul_bytes_are_text_like_any_other(cli: Any) -> None:
    called = cli("batch", "nul.csv", "-o", "out.csv")
    assert called.code == 0
    assert Path("out.csv").read_bytes().count(b"\0") == 1


@pytest.mark.usefixtures("folder")
def test_messages_carry_no_escapes_of_the_input(cli: Any) -> None:
    called = cli("tag", "esc.csv")
    assert called.code == 2
    assert "red" in called.err
    assert "\x1b" not in called.err


def test_a_posting_of_five_megabytes(cli: Any) -> None:
    line = "- We water the plants in the hall and count the windows of the house across the road.\n"
    # Four of the five are blanks, as in pages laid out with spaces: prose takes two seconds a megabyte.
    middle = (line * 20 + " " * 80 * len(line) + "\n") * (5_000_000 // len(line) // 100)
    text = f"ML Engineer\n\nRequirements:\n- 3+ years of Python\n{middle}- SQL is a plus\n"
    assert len(text) > 4_900_000
    called = cli("tag", "-f", "names", stdin=text.encode())
    assert (called.code, called.out) == (0, "required\tPython\npreferred\tSQL\n")


def test_a_lone_surrogate_stops_nothing(cli: Any, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "\\ud800", "title": "ML \\udfff Engineer", "text": "Python \\ud800 SQL"}\n')
    assert cli("batch", path, "-o", tmp_path / "out.csv").code == 0
    assert cli("batch", path, "-o", tmp_path / "out.jsonl").code == 0
    (tmp_path / "out.csv").read_text("utf-8")
    assert json.loads((tmp_path / "out.jsonl").read_text("utf-8"))["id"] == "\ud800"
    assert cli("tag", path, "-f", "card").code == 0
