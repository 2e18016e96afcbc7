"""batch with Parquet out, and with a cluster: what the command says."""

from __future__ import annotations

import socket
import sys
from pathlib import Path
from typing import Any

import pytest

pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow comes with the extra parquet")

SAMPLES = Path(__file__).parents[2] / "samples"
DASK = ("batch", "a.parquet", "-o", "out", "--engine", "dask")
ADDRESS = ("--scheduler", "tcp://127.0.0.1:1")


def test_parquet_by_the_outputs_name(cli: Any, tmp_path: Path) -> None:
    called = cli("batch", SAMPLES / "postings.csv", "-o", tmp_path / "out.parquet")
    assert (called.code, called.out) == (0, "")
    assert called.err.startswith("79 postings tagged in ")
    assert pq.read_metadata(tmp_path / "out.parquet").num_rows == 79


def test_parquet_is_not_for_a_pipe(cli: Any) -> None:
    called = cli("batch", SAMPLES / "postings.csv", "-o", "-", "--to", "parquet")
    assert (called.code, called.err) == (2, "skillsift: -: a Parquet file is written whole: to a name, without --resume\n")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((*DASK,), "--engine dask needs --scheduler ADDRESS"),
        (("batch", "a.csv", "-o", "out.csv", *ADDRESS), "--scheduler goes with --engine dask"),
        ((*DASK, *ADDRESS, "--to", "csv"), "--to does not go with --engine dask"),
        ((*DASK, *ADDRESS, "--from", "csv"), "--from does not go with --engine dask"),
        ((*DASK, *ADDRESS, "--workers", "2"), "--workers does not go with --engine dask"),
        ((*DASK, *ADDRESS, "--encoding", "cp1252"), "--encoding does not go with --engine dask"),
        ((*DASK, *ADDRESS, "--pack", "none"), "none: no such pack"),
    ],
)
def test_options_that_do_not_go_together(
    cli: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], message: str
) -> None:
    pytest.importorskip("distributed", reason="Dask comes with the extra dask")
    monkeypatch.chdir(tmp_path)
    called = cli(*words)
    assert (called.code, called.out, called.err.count("\n")) == (2, "", 1)
    assert message in called.err


def test_without_dask_the_extra_is_named(cli: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in [
        name for name in sys.modules if name.startswith("skillsift.engines.") and name.rpartition(".")[2] in ("cluster", "worker")
    ]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "distributed", None)
    called = cli(*DASK, *ADDRESS)
    assert called.code == 2
    assert called.err == "skillsift: --engine dask needs distributed: pip install 'skillsift[dask]', here and on the workers\n"


def test_a_cluster(cli: Any, tmp_path: Path) -> None:
    """One that answers and one that does not; the exit code tells of rows that could not be read, as ever."""
    distributed = pytest.importorskip("distributed", reason="Dask comes with the extra dask")
    import pyarrow as pa

    pq.write_table(pa.table({"text": ["Python is required.", ""]}), tmp_path / "a.parquet")
    words = ("batch", tmp_path / "a.parquet", "-o", tmp_path / "out", "--engine", "dask", "--scheduler")
    with pytest.MonkeyPatch.context() as patch, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        patch.setattr("skillsift.engines.cluster.PATIENCE", 1)
        called = cli(*words, f"tcp://127.0.0.1:{probe.getsockname()[1]}")
    assert (called.code, called.err.count("\n")) == (1, 1)
    assert "no Dask scheduler answers there" in called.err
    with distributed.LocalCluster(n_workers=1, threads_per_worker=1, processes=False, dashboard_address=":0") as here:
        called = cli(*words, here.scheduler_address)
        again = cli(*words, here.scheduler_address)
    assert called.code == 1
    assert called.err.splitlines()[0].startswith("2 postings tagged in ")
    assert called.err.splitlines()[1] == "skillsift: 1 rows could not be read; they are kept, with the reason in the column error"
    assert pq.read_table(tmp_path / "out")["skills_required"].to_pylist() == ["Python", None]
    assert (again.code, again.err) == (2, f"skillsift: {tmp_path / 'out'}: is there already; name a folder that is not\n")
