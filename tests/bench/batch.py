"""`skillsift batch` from file to file beside the bare tagger, with one worker and two, and its memory over growing files.

    python tests/bench/batch.py                    # rates, and memory at three sizes
    python tests/bench/batch.py --rows 1000000     # the soak: one long run, looked at once a second

Files are made up in a folder for temporary files (`TMPDIR`); the soak's two take about 10 kB a row.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from postings import write
from rounds import interleaved, load, middle, quietly, read, skillsift, spread, table

from skillsift import Tagger

#: Parts of a soak that are told apart.
PARTS = 10


def family(pid: int) -> Iterator[int]:
    """A process and its children's, from /proc."""
    yield pid
    with suppress(OSError):
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            yield from family(int(child))


def memory(pid: int, field: str) -> float:
    """A process's memory in MB: VmRSS, what is resident now, or VmHWM, the most that ever was. 0 when it is gone."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith(field):
                return int(line.split()[1]) / 1024
    return 0.0


def descriptors(pid: int) -> int:
    with suppress(OSError):
        return sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir())
    return 0


def command(source: Path, target: Path, workers: int) -> list[str]:
    return [skillsift(), "batch", str(source), "-o", str(target), "--workers", str(workers)]


def watched(words: list[str], every: float) -> Iterator[subprocess.Popen[bytes]]:
    """A process that is looked at so often (seconds) until it ends."""
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            yield process
            time.sleep(every)
        if process.returncode:
            raise SystemExit(f"{' '.join(words)}: exit code {process.returncode}")


def rates(folder: Path, count: int, rounds: int) -> None:
    """From file to file against the bare tagger in this process; what a run over one row takes is taken off as start-up."""
    files: dict[str, Path] = {}
    for suffix in ("csv", "jsonl"):
        for rows in (1, count):
            files[f"{suffix} {rows}"] = folder / f"{rows}.{suffix}"
            write(rows, files[f"{suffix} {rows}"])
    whole = read([str(files[f"csv {count}"])])

    def bare() -> float:
        tag = Tagger().tag
        started = time.perf_counter()
        for posting in whole:
            tag(posting)
        return time.perf_counter() - started

    runs = {"the bare tagger": bare}
    for suffix in ("csv", "jsonl"):
        for workers in (1, 2):
            for rows in (1, count):
                words = command(files[f"{suffix} {rows}"], folder / f"out.{suffix}", workers)
                runs[f"{suffix} {workers} {rows}"] = lambda words=words: quietly(words)
    times = interleaved(runs, rounds)
    base = middle(times["the bare tagger"])
    shown = [("the bare tagger", f"{count / base:,.0f}", "1.00", "", spread(times["the bare tagger"]))]
    for suffix in ("csv", "jsonl"):
        taken = {workers: middle(times[f"{suffix} {workers} {count}"]) - middle(times[f"{suffix} {workers} 1"]) for workers in (1, 2)}
        for workers, seconds in taken.items():
            name = f"{suffix} → {suffix}, {workers} {'worker' if workers == 1 else 'workers'}"
            gain = f"{taken[1] / seconds:.2f}"
            shown.append((name, f"{count / seconds:,.0f}", f"{base / seconds:.2f}", gain, spread(times[f"{suffix} {workers} {count}"])))
    title = f"{count:,} rows, start-up taken off, median of {rounds} rounds, {load()}"
    table(title, ("", "rows/s", "× bare", "× one worker", "spread"), shown)


def peaks(folder: Path, counts: list[int]) -> None:
    """The most memory of each process of a run, over files that grow."""
    rows = []
    for count in counts:
        source = folder / f"{count}.csv"
        write(count, source)
        for workers in (1, 2):
            most: dict[int, float] = {}
            for process in watched(command(source, folder / "out.csv", workers), 0.05):
                for pid in family(process.pid):
                    most[pid] = max(most.get(pid, 0), memory(pid, "VmHWM"))
            first, *others = most.values()
            rows.append((f"{count:,}", str(workers), f"{first:.0f}", f"{max(others):.0f}" if others else ""))
    table("peak memory of a process, MB", ("rows", "workers", "the command", "a worker"), rows)


def soak(folder: Path, count: int, workers: int, suffix: str) -> None:
    """One long run: memory, descriptors and rate of each part, told as it goes."""
    source, target = folder / f"soak.{suffix}", folder / f"out.{suffix}"
    write(count, source)
    print(f"{count:,} rows, {source.stat().st_size / 1e6:,.0f} MB of {suffix}, {workers} workers, {load()}", flush=True)
    line = "{:>12} {:>8} {:>8} {:>12} {:>12} {:>12}".format
    print(line("rows", "s", "rows/s", "command MB", "worker MB", "descriptors"), flush=True)
    journal = target.with_name(target.name + ".part.json")
    started = time.perf_counter()
    before = (0, 0.0)
    speeds: list[float] = []

    def part(rows: int, *seen: str) -> None:
        nonlocal before
        at = time.perf_counter() - started
        speeds.append((rows - before[0]) / (at - before[1]))
        before = rows, at
        print(line(f"{rows:,}", f"{at:,.0f}", f"{speeds[-1]:,.0f}", *seen), flush=True)

    for process in watched(command(source, target, workers), 1):
        done = 0
        with suppress(OSError, ValueError, KeyError, IndexError):  # not there yet, or its last line half written
            done = json.loads(journal.read_text("utf-8").splitlines()[-1])["rows"]
        if done >= count // PARTS * (len(speeds) + 1):
            first, *others = family(process.pid)
            worker = max((memory(pid, "VmRSS") for pid in others), default=0.0)
            part(done, f"{memory(first, 'VmRSS'):.0f}", f"{worker:.0f}", str(max(map(descriptors, [first, *others]))))
    if before[0] < count:
        part(count, "", "", "")
    print(f"{count / before[1]:,.0f} rows/s; the last part at {speeds[-1] / speeds[0]:.2f} of the first part's rate")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, help="the soak, over so many rows")
    parser.add_argument("--workers", type=int, default=2, help="of the soak")
    parser.add_argument("--format", choices=("csv", "jsonl"), default="csv", help="of the soak")
    parser.add_argument("--rates", type=int, default=3_000, metavar="ROWS", help="how many rows rates are taken over")
    parser.add_argument(
        "--sizes", type=int, nargs="*", default=[2_000, 8_000, 32_000], help="rows of the files that memory is looked at over"
    )
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if given.rows:
            soak(Path(folder), given.rows, given.workers, given.format)
        else:
            rates(Path(folder), given.rates, given.rounds)
            peaks(Path(folder), given.sizes)


if __name__ == "__main__":
    main()
