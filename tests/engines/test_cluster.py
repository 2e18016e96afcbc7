"""A Dask cluster: the same records as on one machine, whole or not at all, whatever happens to a worker."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from threading import Timer
from typing import Any

import pytest

from skillsift.engines.batch import Outcome, run_batch
from skillsift.errors import InputError, SkillsiftError, UsageError
from skillsift.reading import open_source
from skillsift.tagging.flat import COLUMNS

distributed = pytest.importorskip("distributed", reason="Dask comes with the extra dask")
import fsspec  # noqa: E402
import pyarrow as pa  # noqa: E402
import pyarrow.parquet as pq  # noqa: E402

from skillsift.engines import cluster, worker  # noqa: E402
from skillsift.engines.cluster import run_cluster  # noqa: E402

#: Dask's own: loops that are closed while a message is on its way.
pytestmark = pytest.mark.filterwarnings("default:::(distributed|tornado|asyncio)")

TEXTS = (
    "Requirements: {n}+ years of Python or Java. Kubernetes is a plus.",
    "About us\nWe move parcels.\nWhat you need\n- PyTorch, {n} years\n- A Master's degree\nSalary: ${n}0,000 - $1{n}0,000",
    "",
    "SQL is nice to have; the pay is €{n}5,000 – €9{n},500 a year.",
)


def postings(start: int, stop: int) -> pa.Table:
    count = range(start, stop)
    return pa.table(
        {
            "id": [f"{at:06}" for at in count],
            "Job Title": [("Senior ML Engineer", "Data Science Intern", "")[at % 3] for at in count],
            "description": [TEXTS[at % 4].format(n=at % 8 + 1) for at in count],
            "location": [("Toronto, Canada", "Berlin")[at % 2] for at in count],
            # What a scraper's table states of pay: it counts where the text says nothing.
            "min_amount": pa.array([None if at % 5 else 60_000 + at for at in count], pa.float64()),
            "max_amount": pa.array([90_000 for _ in count], pa.int32()),
            "currency": pa.array(["USD" for _ in count]).dictionary_encode(),
            "interval": [("yearly", None)[at % 2] for at in count],
            "seen": pa.array([datetime(2026, 1, 1 + at % 28) for at in count], pa.timestamp("ns")),
        }
    )


def wait_for(told: Callable[[], bool], what: str, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not told():
        assert time.monotonic() < end, f"waited in vain for {what}"
        time.sleep(0.05)


# ---- a real cluster ------------------------------------------------------------------------------------------------------


def start(stack: ExitStack, folder: Path, *words: str) -> subprocess.Popen[bytes]:
    """A process of the `dask` command, ended with the test."""
    with (folder / "dask.log").open("ab") as log:
        process = subprocess.Popen([sys.executable, "-m", "dask", *words], cwd=folder, stdout=log, stderr=log)

    def end() -> None:
        process.kill()
        process.wait()

    stack.callback(end)
    return process


def test_a_worker_dies_half_way(tmp_path: Path) -> None:
    """Two workers; one stops over its part, and is killed once a third of the rows is done: nothing is lost, nothing is there twice."""
    for at, (rows, groups) in enumerate(((1200, 70), (800, 5000), (1000, 333))):
        before = sum((1200, 800, 1000)[:at])
        pq.write_table(postings(before, before + rows), tmp_path / f"in-{at}.parquet", row_group_size=groups)
    with ExitStack() as stack:
        dask = tmp_path / "dask"
        dask.mkdir()
        start(stack, dask, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", "scheduler.json")
        wait_for((dask / "scheduler.json").exists, "the scheduler")
        words = ("worker", "--scheduler-file", "scheduler.json", "--nthreads", "1", "--no-nanny", "--no-dashboard")
        workers = [start(stack, dask, *words, "--name", name) for name in ("first", "second")]
        with distributed.Client(scheduler_file=str(dask / "scheduler.json"), set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
            address = client.scheduler.address
        told: list[int] = []
        timer = Timer(5, workers[0].kill)
        stack.callback(timer.cancel)

        def progress(rows: int) -> None:
            told.append(rows)
            if sum(told) and workers[0].returncode is None:
                os.kill(workers[0].pid, signal.SIGSTOP)  # it holds a part, and never gets to its end
                if timer.ident is None:  # a part that it has done may lie with it yet, waited for: its death then comes earlier
                    timer.start()
                if sum(told) >= 1000:
                    workers[0].kill()
                    workers[0].wait()

        outcome = run_cluster([str(tmp_path / "in-*.parquet")], str(tmp_path / "out"), scheduler=address, part_rows=50, progress=progress)
        assert workers[0].returncode == -signal.SIGKILL
        assert workers[1].poll() is None
    assert (outcome, sum(told)) == (Outcome(3000, 750, 0), 3000)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [f"part-{at:05}.parquet" for at in range(60)]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dask", "in-0.parquet", "in-1.parquet", "in-2.parquet", "out"]

    sources = [open_source(str(tmp_path / f"in-{at}.parquet")) for at in range(3)]
    run_batch(sources, str(tmp_path / "local.parquet"), "parquet")
    there, here = pq.read_table(tmp_path / "out"), pq.read_table(tmp_path / "local.parquet")
    assert there.schema.equals(here.schema)
    assert there.equals(here), "in the input's order, too"
    assert here["salary_min"][0].as_py() == 60_000, "as the table states it"


# ---- workers in this process: everything else ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    with distributed.LocalCluster(n_workers=1, threads_per_worker=2, processes=False, dashboard_address=":0") as here:
        yield here.scheduler_address


@pytest.fixture
def memory() -> Iterator[Any]:
    """An object store: no folders but in names, nothing renamed at once."""
    fs = fsspec.filesystem("memory")
    yield fs
    for name in fs.ls("/", detail=False):
        fs.rm(name, recursive=True)


def put(url: str, table: pa.Table, **options: Any) -> None:
    with fsspec.open(url, "wb") as file:
        pq.write_table(table, file, **options)


def get(fs: Any, folder: str) -> pa.Table:
    return pa.concat_tables(pq.read_table(fs.open(name)) for name in sorted(fs.ls(folder, detail=False)))


def test_an_object_store(scheduler: str, memory: Any) -> None:
    put("memory://in/b.parquet", postings(100, 130))
    put("memory://in/a.parquet", postings(0, 100))
    memory.pipe_file("/in/_SUCCESS", b"")
    assert run_cluster(["memory://in"], "memory://deep/out/", scheduler=scheduler, part_rows=40) == Outcome(130, 32, 0)
    assert memory.ls("/deep", detail=False) == ["/deep/out"]
    assert sorted(memory.ls("/deep/out", detail=False)) == [f"/deep/out/part-{at:05}.parquet" for at in range(4)]
    assert get(memory, "/deep/out")["id"].to_pylist() == [f"{at:06}" for at in range(130)]
    assert not worker._shared, "nothing is left on the workers"


def test_a_folder_called_like_a_part(scheduler: str, memory: Any) -> None:
    put("memory://part-1/in.parquet", postings(0, 10))
    run_cluster(["memory://part-1/in.parquet"], "memory://part-1/out", scheduler=scheduler)
    assert memory.ls("/part-1/out", detail=False) == ["/part-1/out/part-00000.parquet"]


def test_a_worker_builds_its_tagger_once(scheduler: str, memory: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[object] = []
    original = worker.Tagger
    monkeypatch.setattr(worker, "Tagger", lambda **options: (built.append(options), original(**options))[1])
    put("memory://in.parquet", postings(0, 100))
    run_cluster(["memory://in.parquet"], "memory://out", scheduler=scheduler, part_rows=10)
    assert len(built) == 1, "for ten parts, in two threads"


def test_own_columns_are_left_as_they_are(scheduler: str, memory: Any) -> None:
    own = pa.table(
        {
            "n": pa.array([1, None, 3], pa.int32()),
            "when": pa.array([datetime(2026, 1, 1), None, datetime(1600, 1, 1)], pa.timestamp("us")),
            "pay": pa.array([Decimal("1.10"), None, Decimal("2.00")]),
            "tags": pa.array([["a", "b"], [], None]),
            "stage": pa.array(["x", None, "y"]).dictionary_encode(),
            "text": pa.array([b"Python is required", None, b"5+ years of Python"], pa.binary()),
            "title": pa.array([2, None, 3], pa.int64()),
        }
    )
    put("memory://in.parquet", own)
    run_cluster(["memory://in.parquet"], "memory://out", scheduler=scheduler)
    written = get(memory, "/out")
    assert written.select(own.column_names).equals(own)
    assert written["skills_required"].to_pylist() == ["Python", None, "Python"]
    assert written["years_min"].to_pylist() == [None, None, 5]
    assert written["error"].to_pylist() == [None, "column 'text' is empty", None]
    assert written.column_names[len(own.column_names) :].count("skillsift_stage") == 1


@pytest.mark.parametrize("groups", [1, 7, 50, 1000])
@pytest.mark.parametrize("part_rows", [1, 7, 49, 50, 51])
def test_any_cut_of_any_row_groups(groups: int, part_rows: int) -> None:
    given = postings(0, 50)
    sink = pa.BufferOutputStream()
    pq.write_table(given, sink, row_group_size=groups)
    found = [list(worker._rows(pq.ParquetFile(sink.getvalue()), start, min(start + part_rows, 50))) for start in range(0, 50, part_rows)]
    assert pa.Table.from_batches([rows for part in found for rows in part]).equals(given)
    assert [sum(map(len, part)) for part in found[:-1]] == [part_rows] * (len(found) - 1)


def test_no_rows_are_columns_all_the_same(scheduler: str, memory: Any) -> None:
    put("memory://in.parquet", postings(0, 0))
    assert run_cluster(["memory://in.parquet"], "memory://out", scheduler=scheduler) == Outcome(0, 0, 0)
    written = get(memory, "/out")
    assert written.num_rows == 0
    assert written.column_names == [*postings(0, 0).column_names, *COLUMNS]


def test_a_pack_need_not_lie_on_the_workers(scheduler: str, memory: Any, tmp_path: Path) -> None:
    (tmp_path / "tools.toml").write_text('[parcels]\nname = "Parcels"\naliases = ["parcel(s)"]\n')
    seen: list[object] = []
    original = worker.VocabularyPlugin.setup
    put("memory://in.parquet", postings(0, 4))

    def setup(self: Any, worker: Any) -> None:
        (tmp_path / "tools.toml").unlink(missing_ok=True)
        seen.append(worker)
        original(self, worker)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(worker.VocabularyPlugin, "setup", setup)
        run_cluster(["memory://in.parquet"], "memory://out", scheduler=scheduler, packs=("guide", str(tmp_path)))
    assert seen
    assert "Parcels" in get(memory, "/out")["skills_mentioned"].to_pylist()[1]


def test_an_interrupted_run_goes_on(scheduler: str, memory: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    put("memory://in.parquet", postings(0, 100))
    original, done = worker._rows, list[int]()

    def breaks(file: Any, start: int, stop: int) -> Iterator[pa.Table]:
        if start == 60:
            wait_for(lambda: memory.exists("/out.part/part-00000.parquet"), "a part that is done")
            raise OSError("the disk is gone\nand much more is said")
        return original(file, start, stop)

    def again(file: Any, start: int, stop: int) -> Iterator[pa.Table]:
        done.append(start)
        return original(file, start, stop)

    def run(**options: Any) -> Outcome:
        return run_cluster(["memory://in.parquet"], "memory://out", scheduler=scheduler, part_rows=20, **options)

    monkeypatch.setattr(cluster, "RETRIES", 1)
    monkeypatch.setattr(worker, "_rows", breaks)
    with pytest.raises(InputError, match=r"^memory:///?in.parquet: a worker could not do it: the disk is gone$"):
        run()
    assert not memory.exists("/out")
    wait_for(lambda: not worker._shared, "the worker to forget the run")
    there = [name for name in memory.ls("/out.part", detail=False) if "/part-" in name]
    assert there, "parts that were done are kept"

    monkeypatch.setattr(worker, "_rows", again)
    with pytest.raises(UsageError, match="had other inputs or options"):
        run(resume=True, title="id")
    assert run(resume=True) == Outcome(100, 25, 20 * len(there))
    assert len(done) == 5 - len(there)
    assert get(memory, "/out")["id"].to_pylist() == [f"{at:06}" for at in range(100)]
    assert not memory.exists("/out.part")


def test_without_resume_it_begins_anew(scheduler: str, memory: Any) -> None:
    put("memory://in.parquet", postings(0, 10))
    memory.pipe_file("/out.part/_plan.json", b"older")
    memory.pipe_file("/out.part/part-00007.parquet", b"older")
    assert run_cluster(["memory://in.parquet"], "memory://out", scheduler=scheduler).resumed == 0
    assert memory.ls("/out", detail=False) == ["/out/part-00000.parquet"]


def test_a_read_that_fails_once_is_tried_again(scheduler: str, memory: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    put("memory://in.parquet", postings(0, 10))
    original, tries = worker._rows, list[int]()

    def flaky(file: Any, start: int, stop: int) -> Iterator[pa.Table]:
        tries.append(start)
        if len(tries) == 1:
            raise OSError("try again")
        return original(file, start, stop)

    monkeypatch.setattr(worker, "_rows", flaky)
    assert run_cluster(["memory://in.parquet"], "memory://out", scheduler=scheduler) == Outcome(10, 2, 0)
    assert tries == [0, 0]


@pytest.mark.parametrize(
    ("inputs", "output", "error", "message"),
    [
        (["memory://none-*.parquet"], "memory://out", InputError, "no such Parquet files"),
        (["memory://none.parquet"], "memory://out", InputError, "no such Parquet files"),
        (["memory://a.parquet"], "memory://a.parquet", UsageError, "is there already"),
        (["memory://a.parquet"], "memory://full", UsageError, "is there already"),
        (["memory://a.parquet"], "memory://taken", UsageError, "taken.part: is in the way, and not of skillsift's making"),
        (["memory://a.parquet", "memory://other.parquet"], "memory://out", UsageError, "other.parquet: its columns or their types differ"),
        (["memory://textless.parquet"], "memory://out", UsageError, "no column looks like the posting's text"),
        (["memory://twice.parquet"], "memory://out", UsageError, "two columns called 'title'"),
        (["memory://broken.parquet"], "memory://out", InputError, "broken.parquet: a worker could not do it: Parquet magic bytes"),
        (["nothing://a.parquet"], "memory://out", UsageError, "nothing://a.parquet: cannot be opened: Protocol not known"),
    ],
)
def test_what_cannot_be_done(
    scheduler: str, memory: Any, inputs: list[str], output: str, error: type[SkillsiftError], message: str
) -> None:
    put("memory://a.parquet", postings(0, 3))
    put("memory://other.parquet", postings(0, 3).drop_columns("location"))
    put("memory://textless.parquet", pa.table({"a": [1]}))
    put("memory://twice.parquet", pa.Table.from_arrays([pa.array(["x"])] * 3, names=["title", "title", "text"]))
    memory.pipe_file("/broken.parquet", b"PAR1 no more")
    memory.pipe_file("/full/x", b"")
    memory.pipe_file("/taken.part/x", b"")
    before = memory.find("/")
    with pytest.raises(error, match=message) as told:
        run_cluster(inputs, output, scheduler=scheduler)
    assert "\n" not in str(told.value)
    assert memory.find("/") == before, "nothing is written, nothing is lost"


def test_a_worker_of_another_version_is_refused(scheduler: str, memory: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    put("memory://a.parquet", postings(0, 3))
    versions = iter(["0.0.1"])
    monkeypatch.setattr(worker, "version", lambda name: next(versions, "9.9.9"))
    with pytest.raises(SkillsiftError, match=r"has skillsift 9\.9\.9, this is 0\.0\.1: install the same there"):
        run_cluster(["memory://a.parquet"], "memory://out", scheduler=scheduler)


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.parametrize("address", ["nowhere", "tcp://127.0.0.1:{closed}", "x://127.0.0.1:1"])
def test_no_scheduler_answers(memory: Any, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    put("memory://a.parquet", postings(0, 3))
    with pytest.raises(SkillsiftError, match="no Dask scheduler answers there"):
        run_cluster(["memory://a.parquet"], "memory://out", scheduler=address.format(closed=closed_port()))


def test_a_cluster_without_workers(memory: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    put("memory://a.parquet", postings(0, 3))
    with (
        distributed.LocalCluster(n_workers=0, processes=False, dashboard_address=":0") as here,
        pytest.raises(SkillsiftError, match="the cluster has no workers"),
    ):
        run_cluster(["memory://a.parquet"], "memory://out", scheduler=here.scheduler_address)
