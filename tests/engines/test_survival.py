"""Kill -9 at any moment: the output is absent or whole, and a run that goes on ends as one that nobody disturbed.

The runs are processes forked from this one, with its tagger: none has to start. With SKILLSIFT_KILLS=500 in the environment
each is killed that often, for an hour at night.
"""

from __future__ import annotations

import gzip
import io
import multiprocessing
import os
import random
import select
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pytest

from skillsift import Posting, Tagger
from skillsift.engines import local, part
from skillsift.engines.batch import output_format, run_batch
from skillsift.errors import UsageError
from skillsift.model import TaggedPosting
from skillsift.reading import open_source
from skillsift.reading.rows import Row

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")

ROWS = 50_000
KILLS = int(os.environ.get("SKILLSIFT_KILLS", "7"))  # of each of three
#: What a killed run may have done in vain: a worker's rows in hand.
IN_VAIN = local.CHUNK * local.AHEAD


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Rows that cost little: of ten one has a text."""
    path = tmp_path_factory.mktemp("many") / "in.csv"
    path.write_text("id,description\n" + "".join(f"{at},{'' if at % 10 else f'{at % 7 + 1} years of Python'}\n" for at in range(ROWS)))
    return path


@pytest.fixture
def few(tmp_path: Path) -> Path:
    path = tmp_path / "in.csv"
    path.write_text("id,description\n" + "".join(f"{at},{at % 7 + 1} years of Python\n" for at in range(local.CHUNK * 3 + 5)))
    return path


class Counting:
    """A tagger that notes each posting, in whichever process, in a file."""

    def __init__(self, tagger: Tagger, log: Path) -> None:
        self._tag = tagger.tag
        self._log = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def tag(self, posting: Posting) -> TaggedPosting:
        os.write(self._log, b".")
        return self._tag(posting)


def run(source: Path, output: Path, **options: Any) -> Any:
    sources = [open_source(str(source))]
    return run_batch(sources, str(output), output_format(str(output), None, sources), **options)


@pytest.fixture
def forked(monkeypatch: pytest.MonkeyPatch, tagger: Tagger) -> Iterator[Callable[..., BaseProcess]]:
    """Start a run in a process of its own, which notes what it tags in `log`."""
    started: list[BaseProcess] = []

    def start(
        source: Path, output: Path, log: Path | None = None, before: Callable[[], None] = lambda: None, **options: Any
    ) -> BaseProcess:
        def work() -> None:
            os.setsid()
            local.Tagger = lambda packs: Counting(tagger, log) if log else tagger  # type: ignore[assignment,misc]
            before()
            run(source, output, **options)

        process = multiprocessing.get_context("fork").Process(target=work)
        process.start()
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.join()


@contextmanager
def alive_on_pipe() -> Iterator[tuple[int, int]]:
    """A pipe whose reading end tells when the last process is gone that has its writing end."""
    ends = os.pipe()
    try:
        yield ends
    finally:
        for end in ends:
            with suppress(OSError):
                os.close(end)


def text(path: Path) -> bytes:
    content = path.read_bytes()
    return gzip.decompress(content) if path.suffix == ".gz" else content


def size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


@pytest.mark.parametrize(("workers", "name"), [(1, "out.csv"), (2, "out.jsonl.gz"), (2, "out.tsv")])
def test_killed_at_random_moments(tmp_path: Path, many: Path, forked: Callable[..., BaseProcess], workers: int, name: str) -> None:
    draw = random.Random(f"{workers} {name}")
    output, log = tmp_path / name, tmp_path / "log"
    whole = tmp_path / "whole" / name
    whole.parent.mkdir()
    forked(many, whole).join()
    journal = tmp_path / f"{name}.part.json"
    longest = 75 * ROWS // local.CHUNK  # how long the journal gets, about
    killed = 0
    for at in sorted(draw.uniform(0, longest) for _ in range(KILLS)):
        process = forked(many, output, log, workers=workers, resume=True)
        while process.is_alive() and size(journal) < at:
            time.sleep(0.001)
        time.sleep(draw.uniform(0, 0.02))
        process.kill()
        process.join()
        if output.exists():
            break
        killed += 1
    if not output.exists() or journal.exists():
        last = forked(many, output, log, workers=workers, resume=True)
        last.join()
        assert last.exitcode == 0
    assert killed >= KILLS / 2, "it is killed on its way"
    assert output.read_bytes() == whole.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, "log", "whole"])
    assert size(log) - ROWS <= IN_VAIN * workers * (killed + 1)


#: Each way to the disk; a run is killed before one of its calls of these.
STEPS = [(os, "fsync"), (part, "_write_all"), (Path, "replace"), (Path, "unlink"), (os, "open")]


@pytest.mark.parametrize(
    ("name", "behind"),
    [
        pytest.param("out.csv", False, id="CSV, before"),
        pytest.param("out.csv", True, id="CSV, behind"),
        pytest.param("out.jsonl.gz", False, id="JSON Lines packed, before"),
        pytest.param("out.parquet", True, id="Parquet, behind"),
    ],
)
def test_killed_at_each_step_to_the_disk(tmp_path: Path, few: Path, forked: Callable[..., BaseProcess], name: str, behind: bool) -> None:
    if name.endswith("parquet"):
        pytest.importorskip("pyarrow")
    output = tmp_path / name
    run_whole = forked(few, tmp_path / f"whole-{name}")
    run_whole.join()
    whole = (tmp_path / f"whole-{name}").read_bytes()

    def until(step: int) -> None:
        calls = 0

        def counted(call: Callable[..., Any]) -> Callable[..., Any]:
            def instead(*args: Any, **options: Any) -> Any:
                nonlocal calls
                calls += 1
                if behind:
                    found = call(*args, **options)
                if calls == step:
                    os.kill(os.getpid(), signal.SIGKILL)
                return found if behind else call(*args, **options)

            return instead

        for owner, name in STEPS:
            setattr(owner, name, counted(getattr(owner, name)))
        part.SYNC_EVERY = 0

    step = 0
    while True:
        step += 1
        output.write_text("from before")
        process = forked(few, output, before=lambda step=step: until(step))
        process.join()
        assert output.read_bytes() in (b"from before", whole), step
        if process.exitcode == 0:
            break
        assert process.exitcode == -signal.SIGKILL, step
        again = forked(few, output, resume=not name.endswith("parquet"))
        again.join()
        assert (again.exitcode, output.read_bytes()) == (0, whole), step
        assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["in.csv", name, f"whole-{name}"]), step
    assert step > (3 if name.endswith("parquet") else 15)


def test_no_worker_outlives_a_killed_run(tmp_path: Path, many: Path, forked: Callable[..., BaseProcess]) -> None:
    with alive_on_pipe() as (read, write):
        process = forked(many, tmp_path / "out.csv", workers=3)
        os.close(write)
        while not (tmp_path / "out.csv.part.json").exists():
            time.sleep(0.001)
        process.kill()
        process.join()
        assert select.select([read], [], [], 30)[0], "all ends of the pipe are closed"
        assert os.read(read, 1) == b""


@pytest.mark.parametrize("name", ["out.csv", "out.csv.gz", "out.parquet"])
def test_a_second_run_on_an_output_is_refused(tmp_path: Path, few: Path, forked: Callable[..., BaseProcess], name: str) -> None:
    if name.endswith("parquet"):
        pytest.importorskip("pyarrow")
    output = tmp_path / name
    with alive_on_pipe() as (read, write):
        process = forked(few, output, before=lambda: hold(write))
        assert select.select([read], [], [], 30)[0]
        before = sorted(tmp_path.iterdir())
        with pytest.raises(UsageError, match="another run is writing it"):
            run(few, output)
        assert sorted(tmp_path.iterdir()) == before
        process.kill()
        process.join()
        again = forked(few, output)
        again.join()
        assert again.exitcode == 0, "a killed run's lock ends with it"


def hold(write: int) -> None:
    """Let a run stop with its output open, and tell so."""

    def stands_still(*args: Any, **options: Any) -> Iterator[Any]:
        os.write(write, b".")
        time.sleep(60)
        yield

    from skillsift.engines import batch

    batch.tag_rendered = stands_still  # type: ignore[assignment]


def test_a_file_that_got_its_name_while_it_was_being_locked_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between opening and locking, the run before may finish: what was opened is its output then."""
    path = tmp_path / "out.csv.part"
    path.write_text("the run before")
    lock = part._lock

    def finished_meanwhile(descriptor: int) -> bool:
        monkeypatch.setattr(part, "_lock", lock)
        path.replace(tmp_path / "out.csv")
        return lock(descriptor)

    monkeypatch.setattr(part, "_lock", finished_meanwhile)
    with part.open_locked(path) as file:
        file.write(b"this run")
    assert ((tmp_path / "out.csv").read_text(), path.read_text()) == ("the run before", "this run")


def line(cells: Sequence[str], result: Sequence[str]) -> str:
    return f"{cells[0]}\n"


def row(cell: object) -> Row:
    return Row(Posting(text=""), [str(cell)])


def stopped(output: Path, rows: int) -> None:
    """What a run leaves that is stopped behind so many rows, each a mark."""
    with part.Part(output, line, "header\n", resume=False, plan="x") as left:
        for at in range(rows):
            left.write_row(row(at), ())
            left.mark(at + 1, 0)


@pytest.mark.parametrize(
    ("hurt", "rows"),
    [
        pytest.param(lambda part, journal: journal.write_bytes(journal.read_bytes()[:-5]), 4, id="the journal's last line is cut in two"),
        pytest.param(lambda part, journal: part.write_bytes(part.read_bytes()[:-1]), 4, id="a byte did not get to the disk"),
        pytest.param(lambda part, journal: part.write_bytes(part.read_bytes()[:-3] + b"\0\0\0"), 3, id="zeros did in place of bytes"),
        pytest.param(lambda part, journal: part.write_bytes(part.read_bytes() + b"more"), 5, id="bytes no line tells of"),
    ],
)
def test_what_a_power_cut_may_leave(tmp_path: Path, hurt: Callable[[Path, Path], object], rows: int) -> None:
    output = tmp_path / "out.csv"
    stopped(output, 5)
    hurt(tmp_path / "out.csv.part", tmp_path / "out.csv.part.json")
    with part.Part(output, line, "header\n", resume=True, plan="x") as again:
        assert again.done == rows
        for at in range(rows, 6):
            again.write_row(row(at), ())
        again.finish(6, 0)
    assert output.read_text() == "header\n" + "".join(f"{at}\n" for at in range(6))
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


def test_marks_are_on_the_disk_every_so_often(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    clock = iter(range(1000))
    monkeypatch.setattr(part.time, "monotonic", lambda: next(clock) * part.SYNC_EVERY / 2)
    monkeypatch.setattr(part.os, "fsync", synced.append)
    stopped(tmp_path / "out.csv", 9)
    assert len(synced) == 3 * 3, "the file, the journal and their folder, every third mark"


def test_a_gzip_output_can_be_read_by_anyone(tmp_path: Path) -> None:
    with part.Part(tmp_path / "out.csv.gz", line, "header\n", resume=False, plan="x") as packed:
        packed.write_row(row("a"), ())
        packed.mark(1, 0)
        packed.write_row(row("b"), ())
        packed.finish(2, 0)
    with gzip.open(tmp_path / "out.csv.gz") as file:
        assert io.TextIOWrapper(file).read() == "header\na\nb\n"
