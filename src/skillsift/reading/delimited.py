"""CSV and TSV files, and the CSV that JobSpy writes."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from itertools import chain

from skillsift.errors import InputError
from skillsift.reading.columns import Columns, find_columns, looks_like_header
from skillsift.reading.inputs import Input
from skillsift.reading.rows import Row, Source, posting_reader
from skillsift.reading.stated import column_reader
from skillsift.reading.tables import read_records

#: Columns that only JobSpy's tables have together.
_JOBSPY = {"site", "job_url", "description"}
#: No line of column names is longer; a text on one line is (characters).
_MOST_HEADER = 100_000


def looks_like_csv(head: str) -> bool:
    """Whether a first line holds column names beyond doubt, between commas or, as Excel writes them in half of Europe, semicolons."""
    return looks_like_header(_cells(head, ",")) or looks_like_header(_cells(head, ";"))


def looks_like_tsv(head: str) -> bool:
    """Whether a first line holds column names beyond doubt, between tabs."""
    return looks_like_header(_cells(head, "\t"))


def looks_like_jobspy(head: str) -> bool:
    """Whether a first line is JobSpy's, as its guide has people write it (quoting=QUOTE_NONNUMERIC, escapechar="\\\\").

    Then each name is in quotes. A table of JobSpy's columns that was written otherwise is an ordinary CSV: in that a backslash is one.
    """
    names = _cells(head, ",")
    return set(names) >= _JOBSPY and head.rstrip("\r\n") == ",".join(f'"{name}"' for name in names)


def open_csv(given: Input) -> Source:
    """A CSV file, read as it comes; its separator is a semicolon where the column names have those and no comma."""
    head = given.head()
    return _table(given, ";" if len(_cells(head, ",")) == 1 and looks_like_header(_cells(head, ";")) else ",")


def open_tsv(given: Input) -> Source:
    """A TSV file, read as it comes."""
    return _table(given, "\t")


def open_jobspy(given: Input) -> Source:
    """A CSV file in which a backslash takes the meaning of the character behind it away, as JobSpy has its tables written."""
    source = _table(given, ",", escape="\\")
    source.format = "csv"  # that is what it is, and what a batch of it writes
    return source


def _cells(head: str, delimiter: str) -> list[str]:
    """The cells of a first line; none where it is no line of a table."""
    line = re.split(r"[\r\n]", head.strip("\ufeff \t\r\n"), maxsplit=1)[0]
    if len(line) > _MOST_HEADER:
        return []
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def _table(given: Input, delimiter: str, escape: str | None = None) -> Source:
    lines = given.lines()
    lines = chain([next(lines, "").removeprefix("\ufeff")], lines)  # behind a byte order mark, a quote would not open a cell
    first = next(read_records(lines, delimiter, escape=escape), None)
    if first is None or not any(cell.strip("\ufeff \t") for cell in first.cells):
        raise InputError(f"{given.shown} is empty: a table needs a line of column names and a line a posting")
    if first.error is not None:
        raise InputError(f"{given.shown}: {first.error}")
    header = [first.cells[0].removeprefix("\ufeff"), *first.cells[1:]]
    columns = find_columns(header, given.shown, given.text, given.title, given.id)
    rows = _rows(lines, delimiter, escape, first.line + first.lines, header, columns)
    return Source(given.name, given.format, header, rows, given.mended, columns)


def _rows(lines: Iterator[str], delimiter: str, escape: str | None, line: int, header: Sequence[str], columns: Columns) -> Iterator[Row]:
    width = len(header)
    read = posting_reader(header, columns, column_reader(header))
    for record in read_records(lines, delimiter, line, width, escape):
        cells, error = record.cells, record.error
        if len(cells) != width:
            error = error or (
                f"line {record.line} has {len(cells)} cells where the header has {width}: quote the cell that holds the separator"
            )
            # Nothing is lost: what is too much stays in the last cell.
            cells = (
                [*cells, *[""] * (width - len(cells))] if len(cells) < width else [*cells[: width - 1], delimiter.join(cells[width - 1 :])]
            )
        yield Row(read(cells, error), cells)
