"""Rounds in which all contestants take turns, so that what else the machine does falls on all of them; and tables of what they took."""

from __future__ import annotations

import gc
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from skillsift.model import Posting

#: Takes its turn and returns the seconds that it took.
Contestant = Callable[[], float]
Times = Mapping[str, list[float]]


def interleaved(contestants: Mapping[str, Contestant], rounds: int) -> Times:
    """So many rounds, each contestant once a round; the seconds of each, by name.

    What is there before the first round is frozen: else every collection of garbage would walk over all that the
    contestants have built, and fall on whoever makes most objects.
    """
    gc.collect()
    gc.freeze()
    times: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, contestant in contestants.items():
            gc.collect()
            times[name].append(contestant())
    return times


def timed(work: Callable[[], object]) -> float:
    """The processor's seconds that some work takes in this process: what else runs on the machine counts less than by the clock."""
    started = time.process_time()
    work()
    return time.process_time() - started


def over(given: Iterable[object], way: Callable[[Any], object]) -> Contestant:
    """The contestant that does something with each text or posting."""

    def work() -> None:
        for one in given:
            way(one)

    return lambda: timed(work)


class Fresh:
    """A contestant that is built anew each round, outside the clock, and runs cold; then warm, when it has seen all texts."""

    def __init__(self, build: Callable[[], Callable[[Any], object]], given: Sequence[object]) -> None:
        self._build = build
        self._given = given
        self.way = build()

    def cold(self) -> float:
        self.way = self._build()
        return self.warm()

    def warm(self) -> float:
        return over(self._given, self.way)()


def middle(taken: list[float]) -> float:
    return statistics.median(taken)


def spread(taken: list[float]) -> str:
    """How far the fastest and the slowest round are from the middle, in percent."""
    center = middle(taken)
    return f"{(min(taken) / center - 1) * 100:+.0f} … {(max(taken) / center - 1) * 100:+.0f} %"


def table(title: str, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """Print a table: names to the left, figures to the right."""
    shown = Table(box=None, pad_edge=False)
    for at, column in enumerate(columns):
        shown.add_column(column, justify="right" if at else "left", no_wrap=True)
    for row in rows:
        shown.add_row(*row)
    console = Console(width=None if sys.stdout.isatty() else 120, highlight=False)
    console.print(title, style="bold")
    console.print(shown)
    console.print()


def skillsift() -> str:
    """The command `skillsift` of the environment that runs this."""
    return str(Path(sys.executable).with_name("skillsift"))


def quietly(command: list[str], **options: object) -> float:
    """The seconds by the clock that a process takes, from its start to its end; what it writes is thrown away."""
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)  # type: ignore[call-overload]
    return time.perf_counter() - started


def read(sources: list[str]) -> list[Posting]:
    """The postings of tables that `skillsift batch` reads, those without faults."""
    from skillsift.reading import open_source

    return [row.posting for source in sources for row in open_source(source).rows if row.posting.error is None]


def load() -> str:
    """What else the machine is doing, for the figures' reader."""
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
