"""Any input as rows with their postings: text, HTML, CSV, TSV, JSON, JSON Lines; each also gzipped, each also from "-"."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import PurePath
from typing import Any

from skillsift.errors import InputError, UsageError
from skillsift.model import Posting
from skillsift.reading.columns import Columns, find_columns, looks_like_header
from skillsift.reading.html import html_to_text, looks_like_html
from skillsift.reading.jsonld import job_posting
from skillsift.reading.streams import Mended, open_text, read_lines, shown
from skillsift.reading.tables import read_records

FORMATS = ("text", "html", "csv", "tsv", "json", "jsonl")
_SUFFIXES = {
    ".txt": "text", ".md": "text", ".markdown": "text", ".text": "text", ".html": "html", ".htm": "html",
    ".csv": "csv", ".tsv": "tsv", ".tab": "tsv", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl",
}  # fmt: skip

#: Where a JSON object keeps its list of postings.
_LISTS = ("jobs", "postings", "data", "results", "items")
#: Keys that tell a record of `skillsift tag` or `batch` from a posting.
_RECORD = {"skills", "any_of", "sections_found"}
#: JSON objects that are looked at to know what columns there are.
_LOOK_AHEAD = 100


@dataclass(frozen=True, slots=True)
class Row:
    """One posting and the row it came in: its cells as text, in the order of the source's header."""

    posting: Posting
    cells: Sequence[str] = ()
    record: Mapping[str, Any] | None = None  # the JSON object, where the source has objects


@dataclass(slots=True)
class Source:
    """An opened input.

    Attributes:
        name: as the user gave it.
        format: one of FORMATS.
        header: the column names of a table; empty for texts.
        rows: its rows, read as they are asked for.
        notes: what came to light while they were read and is worth telling, a line each.
        close: to be called where the rows are not read to their end.
    """

    name: str
    format: str
    header: Sequence[str]
    rows: Iterator[Row]
    mended: Mended | None = None
    columns: Columns | None = None
    notes: list[str] = field(default_factory=list)
    close: Callable[[], None] = lambda: None


def open_source(
    name: str,
    *,
    format: str | None = None,
    encoding: str | None = None,
    text: str | None = None,
    title: str | None = None,
    id_: str | None = None,
) -> Source:
    """Open a file or "-" (standard input).

    Args:
        format: one of FORMATS; without it, what the name's suffix says, else what the content looks like.
        encoding: see `open_text`.
        text, title, id_: column names, where they are not to be found by themselves.

    Raises:
        InputError: it cannot be read, or is empty.
        UsageError: an unknown format, or a column that is not there.
    """
    if format is not None and format not in FORMATS:
        raise UsageError(f"{format}: no such format; known: {', '.join(FORMATS)}")
    stream, mended = open_text(name, encoding)
    try:
        source = _opened(name, read_lines(stream, name), mended, format or _by_suffix(name), text, title, id_)
    except BaseException:
        stream.close()
        raise
    source.close = stream.close
    return source


def _opened(
    name: str,
    lines: Iterator[str],
    mended: Mended,
    format: str | None,
    text: str | None,
    title: str | None,
    id_: str | None,
) -> Source:
    if format is None:
        # Only the first line is looked at: a table in a pipe is not to be held in memory.
        head = _first_line(lines)
        format = _by_first_line(head[-1]) if head else None
        lines = chain(head, lines)
    if format == "jsonl":
        return _objects(name, _json_lines(lines), mended, text, title, id_, "jsonl")
    if format in ("csv", "tsv"):
        return _table(name, format, lines, mended, text, title, id_)
    whole = "".join(lines)
    if not whole.strip("\ufeff \t\r\n\0"):
        raise InputError(f"{shown(name)} is empty: pipe a posting in, or name a file")
    format = format or _by_content(whole)
    if format == "json":
        return _objects(name, _json_postings(whole, name), mended, text, title, id_)
    return Source(name, format, (), iter([Row(_document(whole, format))]), mended)


def _first_line(lines: Iterator[str]) -> list[str]:
    """The lines up to the first that is not blank."""
    head = []
    for line in lines:
        head.append(line)
        if line.strip("\ufeff \t\r\n"):
            break
    return head


def _by_suffix(name: str) -> str | None:
    path = PurePath(name)
    return _SUFFIXES.get(PurePath(path.stem).suffix.lower() if path.suffix.lower() == ".gz" else path.suffix.lower())


def _by_first_line(line: str) -> str | None:
    """A format that goes line by line and shows in its first: column names, or a whole JSON object."""
    line = line.strip("\ufeff \t\r\n")
    if line.startswith("{") and _is_json(line):
        value = json.loads(line)
        return None if _posting_list(value) is not None else "jsonl"
    for format, delimiter in (("tsv", "\t"), ("csv", ",")):
        if looks_like_header(next(csv.reader([line], delimiter=delimiter), [])):
            return format
    return None


def _by_content(whole: str) -> str:
    """What a text without a telling name is: only what is beyond doubt is not plain text."""
    head = whole.lstrip("\ufeff \t\r\n")
    if looks_like_html(head):
        return "html"
    return "json" if head.startswith(("{", "[")) and _is_json(head) else "text"


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _document(whole: str, format: str) -> Posting:
    if format == "html" or looks_like_html(whole):
        found = job_posting(whole)
        if found is not None:
            return found
        text, title = html_to_text(whole)
        error = None if text else "no text in this HTML page: save it from the browser once it is loaded"
        return Posting(text=text, title=title, derived=True, error=error)
    return Posting(text=whole.removeprefix("\ufeff"))


# ---- tables --------------------------------------------------------------------------------------------------------------


def _table(name: str, format: str, lines: Iterator[str], mended: Mended, text: str | None, title: str | None, id_: str | None) -> Source:
    delimiter = "\t" if format == "tsv" else ","
    first = next(read_records(lines, delimiter), None)
    if first is None or not any(cell.strip("\ufeff \t") for cell in first.cells):
        raise InputError(f"{shown(name)} is empty: a table needs a line of column names and a line a posting")
    if first.error is not None:
        raise InputError(f"{shown(name)}: {first.error}")
    header = [first.cells[0].removeprefix("\ufeff"), *first.cells[1:]]
    columns = find_columns(header, shown(name), text, title, id_)
    below = first.line + first.lines
    return Source(name, format, header, _table_rows(lines, delimiter, below, header, columns), mended, columns)


def _table_rows(lines: Iterator[str], delimiter: str, line: int, header: list[str], columns: Columns) -> Iterator[Row]:
    width = len(header)
    for record in read_records(lines, delimiter, line, width):
        cells, error = record.cells, record.error
        if len(cells) != width:
            error = error or (
                f"line {record.line} has {len(cells)} cells where the header has {width}: quote the cell that holds the separator"
            )
            # Nothing is lost: what is too much stays in the last cell.
            cells = (
                [*cells, *[""] * (width - len(cells))] if len(cells) < width else [*cells[: width - 1], delimiter.join(cells[width - 1 :])]
            )
        yield Row(_posting(first_of(header, cells), columns, error), cells)


def first_of(header: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """A row by its column names; where a name stands twice, the first of them is meant."""
    return dict(zip(reversed(header), reversed(cells), strict=True))


def _posting(row: Mapping[str, str], columns: Columns, error: str | None) -> Posting:
    text = row.get(columns.text) or ""
    if error is None and not text.strip():
        error = f"column {columns.text!r} is empty"
    title = (row.get(columns.title) or "").strip() if columns.title else ""
    return Posting(
        text="" if error else text,
        title=title or None,
        id=(row.get(columns.id) or None) if columns.id else None,
        fields=columns.fields(row),
        error=error,
    )


# ---- JSON ----------------------------------------------------------------------------------------------------------------


#: An entry of a JSON source: the object, or why it is none.
_Entry = tuple[dict[str, Any] | None, str | None]


def _json_lines(lines: Iterable[str]) -> Iterator[_Entry]:
    for number, line in enumerate(lines, 1):
        line = line.strip("\ufeff \t\r\n")
        if not line:
            continue
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield None, f"line {number} is no JSON: {getattr(error, 'msg', error)}"
            continue
        yield (value, None) if isinstance(value, dict) else (None, f"line {number} is no JSON object with a text")


def _posting_list(value: Any) -> list[Any] | None:
    """The list of postings that a JSON object keeps under one of its keys."""
    return next((value[key] for key in _LISTS if isinstance(value.get(key), list)), None)


def _json_postings(whole: str, name: str) -> Iterator[_Entry]:
    try:
        value = json.loads(whole.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise InputError(f"{shown(name)}: no JSON: {error}; for one object a line say --from jsonl") from None
    if isinstance(value, dict):
        found = _posting_list(value)
        value = [value] if found is None else found
    if not isinstance(value, list):
        raise InputError(f"{shown(name)}: no list of postings in it")
    for number, entry in enumerate(value, 1):
        yield (entry, None) if isinstance(entry, dict) else (None, f"entry {number} is no JSON object")


def _objects(
    name: str,
    entries: Iterator[_Entry],
    mended: Mended,
    text: str | None,
    title: str | None,
    id_: str | None,
    format: str = "json",
) -> Source:
    """Objects as a table: its columns are the keys of the first ones, since a file may be too long to look at them all."""
    first = list(islice(entries, _LOOK_AHEAD))
    if not first:
        raise InputError(f"{shown(name)} is empty: one JSON object a posting, each with a text")
    header = list(dict.fromkeys(key for value, _ in first for key in value or ()))
    if not header and first[0][1] is not None:
        raise InputError(f"{shown(name)}: no JSON object with a text in it; {first[0][1]}")
    # A record that skillsift wrote holds its text only where that was taken from HTML; a report does without.
    columns = find_columns([*header, "text"] if set(header) >= _RECORD else header, shown(name), text, title, id_)
    source = Source(name, format, header, iter(()), mended, columns)
    source.rows = _object_rows(chain(first, entries), source, columns)
    return source


def _object_rows(entries: Iterable[_Entry], source: Source, columns: Columns) -> Iterator[Row]:
    left: dict[str, None] = {}
    known = frozenset(source.header)
    for value, error in entries:
        left.update(dict.fromkeys(key for key in value or () if key not in known))
        yield _object_row(value, error, columns, source.header)
    if left:
        source.notes.append(
            f"{shown(source.name)}: keys that none of the first {_LOOK_AHEAD} objects has are no columns: {', '.join(left)}"
        )


def _object_row(value: dict[str, Any] | None, error: str | None, columns: Columns, header: Sequence[str]) -> Row:
    row = {key: cell if isinstance(cell, str) else _as_text(cell) for key, cell in (value or {}).items()}
    posting = _posting(row, columns, error)
    if value is not None and not posting.text and error is None and columns.text not in value:
        posting = Posting(text="", title=posting.title, id=posting.id, error=f"no {columns.text!r} in this object")
    return Row(posting, [row.get(key, "") for key in header], value)


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else str(value)
