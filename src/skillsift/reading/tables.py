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


def read_records(lines: Iterable[str], delimiter: str, line: int = 1, width: int = 0, escape: str | None = None) -> Iterator[Record]:
    """The records of a table; empty lines are none.

    Args:
        lines: the file's lines with their ends.
        line: the number of the first of them.
        width: how many cells a record should have; 0 while that is not known. Needed to tell, below a quote that is not closed,
            where the next record begins.
        escape: the character that takes the next one's meaning away, in dialects that have one.
    """
    lines = iter(lines)
    taken: list[str] = []  # those of the record in hand
    again: deque[str] = deque()  # those that a broken record put back

    def fed() -> Iterator[str]:
        while again:
            taken.append(again.popleft())
            yield taken[-1]
        for each in lines:
            taken.append(each)
            yield each

    def reader() -> Iterator[list[str]]:
        return csv.reader(fed(), delimiter=delimiter, escapechar=escape, strict=True)

    records = reader()
    while True:
        taken.clear()
        error = None
        try:
            cells = next(records)
        except StopIteration:
            return
        except csv.Error as fault:
            unclosed = "end of data" in str(fault)
            cut = _next_record(taken, delimiter, width)
            alone = len(taken) == 1 and not unclosed
            again.extendleft(reversed(taken[cut:]))
            del taken[cut:]
            cells = _leniently(taken, delimiter)
            records = reader()
            # A quote inside a quoted cell of one line does no harm: the cell is read as it stands.
            if not alone:
                error = f"line {line}: a quote is opened and not closed, or stands undoubled in a quoted cell: close or double it"
        if cells:
            yield Record(line, len(taken), cells, error)
        line += len(taken)


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
