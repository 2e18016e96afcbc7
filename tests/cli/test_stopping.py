"""`skillsift batch` is stopped, or cannot write: one line, the right exit code, and what is left is told with how to go on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

SKILLSIFT = [sys.executable, "-c", "from skillsift.cli import main; main()"]
GO_ON = "The same command with --resume goes on where it stopped"
pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and limits of POSIX")


@pytest.fixture
def jobs(tmp_path: Path) -> Path:
    path = tmp_path / "jobs.csv"
    path.write_text("id,description\n" + "".join(f"{n},Python and SQL and more of it\n" for n in range(100_000)))
    return path


def start(jobs: Path, *words: str, **options: object) -> subprocess.Popen[bytes]:
    """A batch in a process and a session of its own."""
    command = [*SKILLSIFT, "batch", str(jobs), *words]
    return subprocess.Popen(command, cwd=jobs.parent, stderr=subprocess.PIPE, start_new_session=True, **options)  # type: ignore[call-overload,no-any-return]


def wait_for(path: Path, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 120
    while not path.exists() and time.monotonic() < until and process.poll() is None:
        time.sleep(0.005)


def ended(process: subprocess.Popen[bytes]) -> tuple[int, str]:
    _, said = process.communicate(timeout=120)
    return process.returncode, said.decode()


def family(process: subprocess.Popen[bytes]) -> list[int]:
    """The workers of a run."""
    found = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    return [int(pid) for pid, parent in (line.split() for line in found.splitlines()) if int(parent) == process.pid]


@pytest.mark.parametrize(
    ("number", "to_all", "workers", "how"),
    [
        pytest.param(signal.SIGTERM, False, "2", "terminated", id="kill, two workers"),
        pytest.param(signal.SIGTERM, True, "2", "terminated", id="kill of the whole group"),
        pytest.param(signal.SIGTERM, False, "1", "terminated", id="kill, one worker"),
        pytest.param(signal.SIGHUP, True, "2", "hung up", id="the terminal is closed"),
        pytest.param(signal.SIGINT, False, "1", "interrupted", id="Ctrl-C, one worker"),
    ],
)
def test_a_stop_is_one_line_and_its_exit_code(jobs: Path, number: signal.Signals, to_all: bool, workers: str, how: str) -> None:
    process = start(jobs, "-o", "out.csv", "-w", workers)
    wait_for(jobs.parent / "out.csv.part.json", process)
    (os.killpg if to_all else os.kill)(process.pid, number)
    assert ended(process) == (128 + number, f"skillsift: {how}; out.csv is not written. {GO_ON}\n")
    assert sorted(path.name for path in jobs.parent.iterdir()) == ["jobs.csv", "out.csv.part", "out.csv.part.json"]


def test_a_parquet_file_that_is_stopped_leaves_nothing(jobs: Path) -> None:
    pytest.importorskip("pyarrow")
    process = start(jobs, "-o", "out.parquet")
    wait_for(jobs.parent / "out.parquet.part", process)
    process.terminate()
    assert ended(process) == (143, "skillsift: terminated; out.parquet is not written\n")
    assert [path.name for path in jobs.parent.iterdir()] == ["jobs.csv"]


def test_nohup_is_heeded(tmp_path: Path) -> None:
    (tmp_path / "jobs.csv").write_text("id,description\n" + "1,Python\n" * 3000)
    process = start(tmp_path / "jobs.csv", "-o", "out.csv", preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
    wait_for(tmp_path / "out.csv.part", process)
    process.send_signal(signal.SIGHUP)
    assert ended(process)[0] == 0
    assert (tmp_path / "out.csv").exists()


def test_a_worker_that_the_system_kills_is_told(jobs: Path) -> None:
    process = start(jobs, "-o", "out.csv", "-w", "2")
    wait_for(jobs.parent / "out.csv.part.json", process)
    os.kill(family(process)[0], signal.SIGKILL)
    code, said = ended(process)
    assert code == 1
    assert said.startswith("skillsift: a worker process died, most likely for want of memory; try fewer --workers; ")
    assert said.endswith(" rows are kept in out.csv.part: the same command with --resume goes on behind them\n")
    assert said.count("\n") == 1
    assert not (jobs.parent / "out.csv").exists()


def test_a_reader_that_closes_the_pipe_stops_the_workers_quietly(jobs: Path) -> None:
    process = start(jobs, "-o", "-", "-w", "2", stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr is not None
    assert (process.stderr.read(), process.wait(60)) == (b"", 0)
    process.stderr.close()


def limited_size() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))


@pytest.mark.parametrize("name", ["out.csv", "out.tsv", "out.jsonl", "out.csv.gz", "out.parquet"])
def test_a_file_that_cannot_grow_is_told(jobs: Path, name: str) -> None:
    if name == "out.parquet":
        pytest.importorskip("pyarrow")
    process = start(jobs, "-o", name, preexec_fn=small_size if name in ("out.csv.gz", "out.parquet") else limited_size)
    code, said = ended(process)
    assert code == 1
    assert said.startswith(f"skillsift: {name}: cannot be written: File too large"), said
    assert said.count("\n") == 1
    if name == "out.parquet":
        assert [path.name for path in jobs.parent.iterdir()] == ["jobs.csv"]
    else:
        assert said.endswith(f" rows are kept in {name}.part: the same command with --resume goes on behind them\n")
        assert sorted(path.name for path in jobs.parent.iterdir()) == ["jobs.csv", f"{name}.part", f"{name}.part.json"]


def small_size() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (3_000, 3_000))


Mount = Callable[[str], Path]


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Mount]:
    """Put a small disk of its own under a folder; needs to be root."""
    folder = tmp_path / "disk"
    folder.mkdir()

    def make(options: str) -> Path:
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], capture_output=True, check=False)
        if done.returncode:
            pytest.skip("nothing can be mounted here")
        return folder

    if sys.platform != "linux":
        pytest.skip("mounts a tmpfs")
    yield make
    with suppress(FileNotFoundError):
        subprocess.run(["umount", str(folder)], capture_output=True, check=False)


@pytest.mark.parametrize("name", ["out.csv", "out.jsonl.gz"])
def test_a_full_disk_is_told_and_goes_on_once_there_is_room(tmp_path: Path, mount: Mount, name: str) -> None:
    jobs = tmp_path / "jobs.csv"
    jobs.write_text("id,description\n" + "".join(f"{n},Python and SQL and more of it\n" for n in range(3000)))
    disk = mount("size=64k")
    output = disk / name
    said = ended(start(jobs, "-o", str(output), "-w", "2"))[1]
    assert said.startswith(f"skillsift: {output}: cannot be written: No space left on device; "), said
    assert sorted(path.name for path in disk.iterdir()) == [f"{name}.part", f"{name}.part.json"]
    subprocess.run(["mount", "-o", "remount,size=8m", str(disk)], check=True)
    code, said = ended(start(jobs, "-o", str(output), "--resume"))
    assert code == 0
    assert "of them by the run before" in said
    assert ended(start(jobs, "-o", f"whole-{name}"))[0] == 0
    assert output.read_bytes() == (tmp_path / f"whole-{name}").read_bytes()
    assert [path.name for path in disk.iterdir()] == [name]


@pytest.mark.parametrize("name", ["out.csv", "out.parquet"])
def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path, mount: Mount, name: str) -> None:
    if name == "out.parquet":
        pytest.importorskip("pyarrow")
    (tmp_path / "jobs.csv").write_text("id,description\n1,Python\n")
    disk = mount("ro")
    process = start(tmp_path / "jobs.csv", "-o", str(disk / name))
    assert ended(process) == (1, f"skillsift: {disk / name}: cannot be written: Read-only file system\n")
    assert list(disk.iterdir()) == []


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission_is_told(tmp_path: Path) -> None:
    (tmp_path / "jobs.csv").write_text("id,description\n1,Python\n")
    (tmp_path / "closed").mkdir(mode=0o500)
    process = start(tmp_path / "jobs.csv", "-o", "closed/out.csv")
    assert ended(process) == (1, "skillsift: closed/out.csv: cannot be written: Permission denied\n")


def test_a_device_is_written_to_and_stays_one(tmp_path: Path) -> None:
    """Not replaced by a file, as root could."""
    (tmp_path / "jobs.csv").write_text("id,description\n1,Python\n")
    os.mkfifo(tmp_path / "pipe")
    process = start(tmp_path / "jobs.csv", "-o", "pipe")
    assert (tmp_path / "pipe").read_text().startswith("id,description,skills_required")
    assert ended(process)[0] == 0
    assert (tmp_path / "pipe").is_fifo()


def test_an_output_behind_a_link_is_written_where_that_leads(tmp_path: Path) -> None:
    (tmp_path / "jobs.csv").write_text("id,description\n1,Python\n")
    (tmp_path / "far").mkdir()
    (tmp_path / "out.csv").symlink_to("far/out.csv")
    assert ended(start(tmp_path / "jobs.csv", "-o", "out.csv"))[0] == 0
    assert (tmp_path / "out.csv").is_symlink()
    assert [path.name for path in (tmp_path / "far").iterdir()] == ["out.csv"]
