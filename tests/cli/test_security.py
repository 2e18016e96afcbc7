"""Postings are hostile, and so are file names and vocabularies: what skillsift does with them stays within it."""

from __future__ import annotations

import ast
import csv
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillsift.reading import excel, inputs, packed, pdf
from skillsift.tagging.safecsv import guarded, unguarded

ROOT = Path(__file__).parent.parent.parent
SRC = ROOT / "src" / "skillsift"
SAMPLES = ROOT / "samples"

# ---- what the code may not do ----------------------------------------------------------------------------------------------------

#: Modules that run what they are given, or reach a network. Dask's own cluster code (engines/cluster.py, worker.py) goes through Dask.
FORBIDDEN = frozenset(
    "pickle cloudpickle dill marshal shelve yaml subprocess socket ssl http urllib urllib3 requests ftplib smtplib telnetlib ctypes "
    "xmlrpc webbrowser pty code codeop runpy".split()
)
CALLS = frozenset(("eval", "exec", "compile", "__import__"))
METHODS = frozenset((("os", "system"), ("os", "popen"), ("os", "execv"), ("os", "spawnv"), ("pd", "read_pickle"), ("np", "load")))


def forbidden(source: str) -> list[str]:
    """What a file does that none may, with its line."""
    found = []
    for node in ast.walk(ast.parse(source)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        elif isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Name) and called.id in CALLS:
                found.append(f"{node.lineno}: {called.id}()")
            if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) and (called.value.id, called.attr) in METHODS:
                found.append(f"{node.lineno}: {called.value.id}.{called.attr}()")
        found += [f"{node.lineno}: {name}" for name in names if name.split(".")[0] in FORBIDDEN]  # type: ignore[attr-defined]
    return found


@pytest.mark.parametrize("path", sorted(SRC.rglob("*.py")), ids=lambda path: str(path.relative_to(SRC)))
def test_nothing_is_run_or_fetched(path: Path) -> None:
    assert not forbidden(path.read_text("utf-8"))


@pytest.mark.parametrize("line", ["import pickle", "from yaml import load", "import http.client", "eval('1')", "os.system('x')", "exec(x)"])
def test_what_is_forbidden_is_seen(line: str) -> None:
    assert forbidden(line)


def test_no_template_leaves_escaping() -> None:
    """`safe` switches a page's escaping off: only for what is our own, style sheets and what was made JSON for a script."""
    for template in SRC.rglob("*.j2"):
        for line in template.read_text("utf-8").splitlines():
            for marked in re.findall(r"\{\{([^}]*\|\s*safe[^}]*)\}\}", line):
                assert marked.split("|")[0].strip() in OURS, f"{template.name}: {marked}"


#: What templates may write unescaped: made by us, never taken from a posting.
OURS = frozenset(("style", "script", "data", "library", "css", "js", "vega", "charts"))

# ---- no network ------------------------------------------------------------------------------------------------------------------

_BLOCKED = """
import socket, sys, traceback
def refuse(*args, **options):
    sys.stderr.write("NETWORK " + " ".join(traceback.format_stack(limit=4)) + chr(10))
    raise OSError("no network here")
class Socket(socket.socket):  # urllib3, which spaCy imports, binds one as it is loaded, to see whether there is IPv6: nothing leaves
    connect = connect_ex = send = sendall = sendto = listen = refuse
socket.socket = Socket
for name in ("create_connection", "getaddrinfo", "gethostbyname", "create_server"):
    setattr(socket, name, refuse)
"""
_EACH = """
import contextlib, io, json, sys
from skillsift.cli import main
for words in json.loads(sys.argv[1]):
    sys.argv = ["skillsift", *words]
    try:
        main()
    except SystemExit as end:
        if end.code:
            sys.stderr.write(f"FAILED {words} {end.code}\\n")
"""
#: Every command (a test holds the list whole); batch's cluster engine alone speaks to its scheduler.
COMMANDS = [
    "tag senior-ml-engineer.txt -f json",
    "tag senior-ml-engineer.txt -f card --explain --show-text --html OUT/a.html",
    "tag jobposting-jsonld.html one-posting.pdf -f csv",
    "batch postings.csv -o OUT/a.csv",
    "batch lever-board.json three-postings.xlsx -o OUT/c.jsonl",
    "report postings.csv --full --csv OUT/r.csv --section trend --md OUT/r.md --json OUT/r.json",
    "report postings.csv --html OUT/r.html",
    "gap --have python --resume resumes/newcomer.md postings.csv --csv OUT/g.csv --md OUT/g.md --json OUT/g.json",
    "evaluate labelled.jsonl --errors",
    "vocab list",
    "vocab show python",
    "vocab check",
    "vocab export -o OUT/patterns.jsonl",
    "vocab import entity-ruler OUT/patterns.jsonl -o OUT/pack --skip-faulty",
]


def _words(out: Path) -> list[list[str]]:
    return [[word.replace("OUT", str(out)) for word in line.split()] for line in COMMANDS]


def test_every_command_runs_without_a_network(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(_BLOCKED)
    environment = os.environ | {"PYTHONPATH": str(tmp_path / "site")}
    reach = "import socket; socket.socket().connect(('127.0.0.1', 9))"
    probe = subprocess.run([sys.executable, "-c", reach], env=environment, capture_output=True, check=False)
    assert b"NETWORK" in probe.stderr, "the block works"
    done = subprocess.run(
        [sys.executable, "-c", _EACH, json.dumps(_words(tmp_path))], cwd=SAMPLES, env=environment, capture_output=True, check=False
    )
    assert b"NETWORK" not in done.stderr, done.stderr[:2000]
    assert b"FAILED" not in done.stderr, done.stderr[-2000:]
    workers = subprocess.run(
        [sys.executable, "-c", "from skillsift.cli import main; main()", "batch", "postings.csv", "-o", str(tmp_path / "w.csv"), "-w", "2"],
        cwd=SAMPLES, env=environment, capture_output=True, check=False,
    )  # fmt: skip
    assert (workers.returncode, b"NETWORK" in workers.stderr) == (0, False)
    assert (tmp_path / "w.csv").read_bytes() == (tmp_path / "a.csv").read_bytes()


def test_the_list_of_commands_is_whole() -> None:
    import typer

    from skillsift.cli import app

    root: Any = typer.main.get_command(app)
    names = {
        f"{name} {sub}".strip() for name, command in root.commands.items() for sub in (getattr(command, "commands", None) or {"": None})
    }
    assert names == {next(name for name in names if f"{line} ".startswith(f"{name} ")) for line in COMMANDS}


# ---- terminals -------------------------------------------------------------------------------------------------------------------

EVIL = "\x1b[31mred\x1b]0;owned\x07\x9b2J\x08\x7f\u202egnp\u2066"
_STEERS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_PACK = (
    f'[evil-tool]\nname = {json.dumps("Evil " + EVIL)}\naliases = ["evil tool"]\nguide = {json.dumps(EVIL)}\nsource = {json.dumps(EVIL)}\n'
)


@pytest.fixture
def evil(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A table, a board, a resume and a pack, full of escape sequences; in the folder that commands are called in."""
    monkeypatch.chdir(tmp_path)
    rows = [["id", "title", "company", f"odd{EVIL}", "description"]]
    rows += [
        [f"{EVIL}{at}", f"Senior {EVIL} Engineer", f"Co{EVIL}{at}", EVIL, f"Requirements:\n• Evil tool{EVIL} and Python {at}"]
        for at in range(4)
    ]
    with (tmp_path / "a.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    (tmp_path / f"b{EVIL.replace('/', '')}.csv").write_bytes((tmp_path / "a.csv").read_bytes())
    (tmp_path / "resume.txt").write_text(f"Python {EVIL}\n", "utf-8")
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "x.toml").write_text(_PACK.replace("\\u007f", "\\u007F"), "utf-8")
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "x.toml").write_text(_PACK + f"odd{'x'} = {json.dumps(EVIL)}\n{json.dumps(EVIL)} = 1\n", "utf-8")
    gold = {"id": EVIL, "title": EVIL, "text": f"Python {EVIL}", "skills": {"java": "required"}}
    (tmp_path / "gold.jsonl").write_text(json.dumps(gold) + "\n", "utf-8")
    return tmp_path


SHOWN = [
    "tag a.csv --pack pack -f card --explain --show-text",
    "tag a.csv --pack pack -f names",
    "tag EVILFILE -f card",
    "tag no-such-EVIL -f card",
    "tag a.csv --pack no-such-EVIL",
    "tag a.csv --from EVIL",
    "tag a.csv --EVIL",
    "batch EVILFILE -o out-EVIL.csv",
    "batch a.csv -o out.csv --text no-such-EVIL",
    "report a.csv --pack pack --by company --full",
    "report EVILFILE --by no-such-EVIL",
    "report a.csv --pack pack --group no-such-EVIL",
    "report a.csv --md out-EVIL.md",
    "gap --have python --resume resume.txt a.csv --pack pack",
    "gap --have no-such-EVIL a.csv",
    "evaluate gold.jsonl --errors",
    "vocab list --pack pack",
    "vocab show evil-tool --pack pack",
    "vocab show no-such-EVIL",
    "vocab check --pack pack",
    "vocab check --pack bad",
    "vocab export --pack pack -o out-EVIL.jsonl",
    "vocab import esco EVILFILE -o made-EVIL",
    "vocab import entity-ruler gold.jsonl -o made",
]


@pytest.mark.parametrize("line", SHOWN)
def test_nothing_steers_a_terminal(cli: Any, evil: Path, line: str) -> None:
    name = next(path.name for path in evil.iterdir() if path.name.startswith("b") and path.suffix == ".csv")
    called = cli(*(word.replace("EVILFILE", name).replace("EVIL", EVIL) for word in line.split()))
    assert called.code in (0, 1, 2)
    assert not _STEERS.search(called.out + called.err), repr(called.out[-3000:] + called.err)


# ---- spreadsheets ----------------------------------------------------------------------------------------------------------------

SIGNS = "=+-@\t\r"


@given(st.text(st.sampled_from([*SIGNS, "'", "a", "\n", " "]), max_size=6) | st.text())
def test_guarding_can_be_undone(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell
    assert guarded(cell)[:1] not in (*SIGNS,)
    assert guarded(cell) in (cell, f"'{cell}")
    if cell.lstrip("'")[:1] not in (*SIGNS,):
        assert guarded(cell) == cell


@pytest.fixture
def formulas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pack whose skill is a formula, a table, and a board whose job is one."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "x.toml").write_text('[evil]\nname = "=CMD()"\naliases = ["evil tool"]\n')
    text = "Requirements:\n• Evil tool and C++"
    rows = [["id", "title", "company", "description"], *([f"-{at}", "=A1", f"@co{at}", f"{text} {at}"] for at in range(3))]
    with (tmp_path / "a.csv").open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    job = {"title": "=HYPERLINK(1)", "content": "- Python", "absolute_url": "+1", "location": {"name": "@x"}}
    (tmp_path / "board.json").write_text(json.dumps({"jobs": [job]}))
    return tmp_path


def _cells(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_batch_guards_its_own_columns_only(cli: Any, formulas: Path) -> None:
    assert cli("batch", "a.csv", "-o", "out.csv", "--pack", "pack").code == 0
    assert cli("batch", "a.csv", "-o", "plain.csv", "--pack", "pack", "--no-safe-csv").code == 0
    given = _cells((formulas / "a.csv").read_text())
    safe, plain = (_cells((formulas / name).read_text()) for name in ("out.csv", "plain.csv"))
    assert [row[:4] for row in safe] == [row[:4] for row in plain] == given, "the input's own, as they came"
    assert safe[1][4] == "C++; =CMD()" or safe[1][4].startswith("'")
    at = safe[0].index("skills_required")
    assert sorted(unguarded(safe[1][at]).split("; ")) == sorted(plain[1][at].split("; ")) == ["=CMD()", "C++"]
    assert not [cell for row in safe for cell in row[4:] if cell[:1] in (*SIGNS,)]


def test_batch_of_a_board_guards_what_came_in_no_table(cli: Any, formulas: Path) -> None:
    assert cli("batch", "board.json", "-o", "out.csv").code == 0
    assert cli("batch", "board.json", "-o", "plain.csv", "--no-safe-csv").code == 0
    assert "'=HYPERLINK(1)" in (formulas / "out.csv").read_text()
    assert not [cell for row in _cells((formulas / "out.csv").read_text()) for cell in row if cell[:1] in (*SIGNS,)]
    assert [cell for row in _cells((formulas / "plain.csv").read_text()) for cell in row if cell[:1] in (*SIGNS,)]
    assert cli("batch", "board.json", "-o", "out.jsonl").code == 0
    assert json.loads((formulas / "out.jsonl").read_text())["title"] == "=HYPERLINK(1)", "JSON is no spreadsheet"


def test_what_batch_guarded_is_read_back(cli: Any, formulas: Path) -> None:
    (formulas / "pack" / "x.toml").write_text('[evil]\nname = "=CMD()"\nexact = ["evil tool", "Evil tool"]\n')
    (formulas / "only.csv").write_text("id,title,description\n1,Engineer,Requirements: you must know Evil tool\n")
    for name, option in (("out.csv", "--safe-csv"), ("plain.csv", "--no-safe-csv")):
        assert cli("batch", "only.csv", "-o", name, "--pack", "pack", option).code == 0
    assert "'=CMD()" in (formulas / "out.csv").read_text()
    for command in (["report", "--json", "-"], ["gap", "--have", "", "--json", "-"]):
        safe, plain = (json.loads(cli(*command, name, "--pack", "pack").out) for name in ("out.csv", "plain.csv"))
        safe.pop("inputs", None), plain.pop("inputs", None)
        assert safe == plain
        assert "evil" in json.dumps(plain)


@pytest.mark.parametrize(
    "line", ["report a.csv --pack pack --csv -", "report a.csv --pack pack --section duplicates --csv -",
             "gap --have sql a.csv --pack pack --csv -",
             "tag a.csv --pack pack -f csv"],
)  # fmt: skip
def test_reports_are_guarded(cli: Any, formulas: Path, line: str) -> None:
    safe, plain = cli(*line.split()), cli(*line.split(), "--no-safe-csv")
    assert safe.code == plain.code == 0
    assert not [cell for row in _cells(safe.out) for cell in row if cell[:1] in (*SIGNS,) and not re.fullmatch(r"[-+]?[\d.]+", cell)]
    if "duplicates" not in line:
        assert [cell for row in _cells(plain.out) for cell in row if cell[:1] in (*SIGNS,)]


# ---- floods ----------------------------------------------------------------------------------------------------------------------


def test_packed_floods_end(cli: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a few bytes unpack to is bounded: 400 times their number, once 256 MB are out; here once 1 MB is."""
    import gzip

    monkeypatch.setattr(packed, "FREE_BYTES", 1 << 20)
    flood = b"Python and SQL\n" * 1_000_000
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(flood))
    files = [tmp_path / "a.txt.gz"]
    try:
        if sys.version_info >= (3, 14):
            from compression import zstd
        else:
            from backports import zstd
        (tmp_path / "a.txt.zst").write_bytes(zstd.compress(flood))
        files.append(tmp_path / "a.txt.zst")
    except ImportError:
        pass
    for file in files:
        called = cli("tag", file)
        assert called.code == 1
        assert "holds more than 400 times its own size" in called.err
        assert called.err.count("\n") == 1


def test_what_is_read_whole_is_bounded(cli: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "MOST_WHOLE", 1000)
    for name, content in (("a.txt", "Python " * 200), ("a.html", "<html>" + "<p>x" * 500), ("a.json", "[" + '{"text":"x"},' * 100 + "{}]")):
        (tmp_path / name).write_text(content)
        called = cli("tag", tmp_path / name)
        assert (called.code, called.err.count("\n")) == (1, 1)
        assert "is not read whole" in called.err


def test_workbooks_are_bounded(cli: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By what the archive says of its parts: of each no more than that is read."""
    monkeypatch.setattr(excel, "MOST_UNPACKED", 1 << 20)
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr("xl/sharedStrings.xml", "a" * (2 << 20))
    called = cli("tag", tmp_path / "a.xlsx")
    assert (called.code, called.err.count("\n")) == (1, 1)
    assert "when unpacked; save it as CSV" in called.err


def test_pdf_floods_are_told(cli: Any, tmp_path: Path) -> None:
    """pypdf's own limit: a stream that unpacks to more than 75 MB is an error."""
    import zlib

    stream = zlib.compress(b"0 0 m\n" * 15_000_000, 9)
    head = b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    head += b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n4 0 obj<</Filter/FlateDecode/Length %d>>stream\n"
    (tmp_path / "a.pdf").write_bytes(head % len(stream) + stream + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n")
    called = cli("tag", tmp_path / "a.pdf")
    assert (called.code, called.err.count("\n")) == (1, 1)
    assert "broken PDF file" in called.err
    assert pdf.MOST_PAGES == 40


# ---- links -----------------------------------------------------------------------------------------------------------------------

LINKS = pytest.mark.skipif(os.name != "posix", reason="links as POSIX has them")


@LINKS
def test_batch_writes_where_a_link_leads_and_only_when_it_is_whole(cli: Any, formulas: Path) -> None:
    (formulas / "precious.txt").write_text("precious")
    (formulas / "out.csv").symlink_to("precious.txt")
    assert cli("batch", "absent.csv", "-o", "out.csv").code != 0
    assert (formulas / "precious.txt").read_text() == "precious"
    assert cli("batch", "a.csv", "-o", "out.csv").code == 0
    assert (formulas / "out.csv").is_symlink()
    assert "skills_required" in (formulas / "precious.txt").read_text()


@LINKS
@pytest.mark.parametrize("suffix", [".part", ".part.json"])
def test_batch_writes_through_no_link_beside_its_output(cli: Any, formulas: Path, suffix: str) -> None:
    (formulas / "precious.txt").write_text("precious")
    (formulas / f"out.csv{suffix}").symlink_to("precious.txt")
    called = cli("batch", "a.csv", "-o", "out.csv")
    assert called.code == 2
    assert "a link that no run of skillsift made" in called.err
    assert (formulas / "precious.txt").read_text() == "precious"
