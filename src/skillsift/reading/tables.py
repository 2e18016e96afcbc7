"""Records of a CSV or TSV file. A stray quote costs its own row at most: the rows below it are read all the same."""

from __future__ import annotations

import csv
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

csv.field_size_limit(min(sys.maxsize, 2**31 - 1))


@dataclass(frozen=True, slots=True)
class Record:
    """One record: the line that it begins on, how many it takes, its cells, and why it could not be read, if it could not."""

    line: int
    lines: int
    cells: list[str]
    error: str | None = None


class _Feed:
    """Lines for the csv module, which remembers those of the record in hand and can put some of them back."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._again: deque[str] = deque()
        self.taken: list[str] = []
        self.ended = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._again:
            line = self._again.popleft()
        else:
            try:
                line = next(self._lines)
            except StopIteration:
                self.ended = True
                raise
        self.taken.append(line)
        return line

    def put_back(self, lines: list[str]) -> None:
        self._again.extendleft(reversed(lines))


def read_records(lines: Iterable[str], delimiter: str, line: int = 1, width: int = 0, escape: str | None = None) -> Iterator[Record]:
    """The records of a table; empty lines are none.

    Args:
        lines: the file's lines with their ends.
        line: the number of the first of them.
        width: how many cells a record should have; 0 while that is not known. Needed to tell, below a quote that is not closed,
            where the next record begins.
        escape: the character that takes the next one's meaning away, in dialects that have one.
    """
    feed = _Feed(lines)
    reader = csv.reader(feed, delimiter=delimiter, escapechar=escape, strict=True)
    while True:
        feed.taken.clear()
        error = None
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            unclosed = feed.ended and "end of data" in str(fault)
            cut = _next_record(feed.taken, delimiter, width)
            alone = len(feed.taken) == 1 and not unclosed
            feed.put_back(feed.taken[cut:])
            del feed.taken[cut:]
            cells = _leniently(feed.taken, delimiter)
            # A quote inside a quoted cell of one line does no harm: the cell is read as it stands.
            if not alone:
                error = f"line {line}: a quote is opened and not closed, or stands undoubled in a quoted cell: close or double it"
        if cells:
            yield Record(line, len(feed.taken), cells, error)
        line += len(feed.taken)


def _next_record(taken: list[str], delimiter: str, width: int) -> int:
    """Which of a broken record's lines is the first of another record: as many cells as there should be."""
    for at, line in enumerate(taken[1:], 1):
        if width > 1 and len(_leniently([line], delimiter)) == width:
            return at
    return len(taken)


def _leniently(lines: list[str], delimiter: str) -> list[str]:
    """The cells of lines whose quotes are not in order; nothing is lost, the rest of them goes into the last cell."""
    first, *rest = csv.reader(lines, delimiter=delimiter)
    if not first:
        first = [""]
    for cells in rest:
        first[-1] += "\n" + delimiter.join(cells)
    return first
