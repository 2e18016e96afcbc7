"""What only a process of its own can show: closed pipes, standard streams that are not there."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

SKILLSIFT = [sys.executable, "-c", "from skillsift.cli import main; main()"]
POSIX = pytest.mark.skipif(os.name != "posix", reason="pipes and signals of a POSIX shell")


def call(*words: str, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*SKILLSIFT, *words], input=stdin, capture_output=True, env=os.environ | environment, check=False)


@POSIX
@pytest.mark.parametrize(
    ("words", "closed_after"),
    [
        pytest.param("tag jobs.csv -f card", 10, id="cards, which Rich writes"),
        pytest.param("batch jobs.csv -o -", 10, id="a table"),
        pytest.param("vocab list", 0, id="a list, closed before it comes"),
    ],
)
def test_a_pipe_closed_by_its_reader_is_no_error(tmp_path: Path, words: str, closed_after: int) -> None:
    """As `skillsift … | head` does: no complaint, exit code 0."""
    (tmp_path / "jobs.csv").write_text("id,description\n" + "1,Python and more of it\n" * 1000)
    process = subprocess.Popen([*SKILLSIFT, *words.split()], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(closed_after)
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    assert (process.wait(60), said) == (0, b"")


@POSIX
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_told_in_a_line() -> None:
    with Path("/dev/full").open("wb") as full:
        process = subprocess.run([*SKILLSIFT, "vocab", "list"], stdout=full, stderr=subprocess.PIPE, check=False)
    assert process.returncode == 1
    assert b"No space left" in process.stderr
    assert process.stderr.count(b"\n") == 1


@POSIX
@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        pytest.param("tag <&-", 1, b"skillsift: standard input is empty: pipe a posting in, or name a file\n", id="standard input"),
        pytest.param("vocab list >&-", 0, b"", id="standard output"),
        pytest.param("vocab list --group nope 2>&-", 2, b"", id="standard error"),
    ],
)
def test_standard_streams_that_are_closed(words: str, code: int, said: bytes) -> None:
    process = subprocess.run(["sh", "-c", f'"$@" {words}', "sh", *SKILLSIFT], capture_output=True, check=False)
    assert (process.returncode, process.stderr) == (code, said)


@POSIX
def test_ctrl_c_says_one_line_and_leaves_what_can_be_resumed(tmp_path: Path) -> None:
    (tmp_path / "jobs.csv").write_text("id,description\n" + "".join(f"{n},Python and SQL and more of it\n" for n in range(200_000)))
    words = ["batch", "jobs.csv", "-o", "out.csv", "--workers", "2"]
    process = subprocess.Popen([*SKILLSIFT, *words], cwd=tmp_path, stderr=subprocess.PIPE, start_new_session=True)
    journal = tmp_path / "out.csv.part.json"
    until = time.monotonic() + 60
    while not journal.exists() and time.monotonic() < until and process.poll() is None:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the whole group
    _, said = process.communicate(timeout=60)
    assert said == b"skillsift: interrupted; out.csv is not written. The same command with --resume goes on where it stopped\n"
    assert process.returncode == 130
    assert sorted(path.name for path in tmp_path.iterdir()) == ["jobs.csv", "out.csv.part", "out.csv.part.json"]


def test_output_in_ascii() -> None:
    process = call("tag", "-f", "card", stdin="ML Engineer\n\n• Python – “must” 東京\n".encode(), PYTHONIOENCODING="ascii")
    assert process.returncode == 0, process.stderr
    assert process.stdout.isascii()
    assert b"Python" in process.stdout
