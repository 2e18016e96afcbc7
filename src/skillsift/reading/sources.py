"""Any input as rows with their postings: text, HTML, CSV, TSV, JSON, JSON Lines; each also gzipped, each also from "-"."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any, TextIO

from skillsift.errors import InputError, UsageError
from skillsift.model import Posting
from skillsift.reading.columns import Columns, find_columns
from skillsift.reading.html import html_to_text, looks_like_html
from skillsift.reading.jsonld import job_posting
from skillsift.reading.streams import Mended, open_text, shown

FORMATS = ("text", "html", "csv", "tsv", "json", "jsonl")
_SUFFIXES = {
    ".txt": "text", ".md": "text", ".markdown": "text", ".text": "text", ".html": "html", ".htm": "html",
    ".csv": "csv", ".tsv": "tsv", ".tab": "tsv", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl",
}  # fmt: skip

csv.field_size_limit(min(sys.maxsize, 2**31 - 1))


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
    """

    name: str
    format: str
    header: Sequence[str]
    rows: Iterator[Row]
    mended: Mended | None = None
    columns: Columns | None = None
    notes: list[str] = field(default_factory=list)


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
    format = format or _by_suffix(name)
    if format is None or format in ("text", "html", "json"):
        whole = _read(stream, name)
        if not whole.strip():
            raise InputError(f"{shown(name)} is empty: pipe a posting in, or name a file")
        format = format or _by_content(whole)
        if format in ("text", "html"):
            return Source(name, format, (), iter([Row(_document(whole, format))]), mended)
        if format == "json":
            return _objects(name, _json_postings(whole, name), mended, text, title, id_)
        stream = _Lines(whole)  # type: ignore[assignment]
    if format == "jsonl":
        return _objects(name, _json_lines(stream, name), mended, text, title, id_, "jsonl")
    return _table(name, format, stream, mended, text, title, id_)


def _by_suffix(name: str) -> str | None:
    path = PurePath(name)
    return _SUFFIXES.get(PurePath(path.stem).suffix.lower() if path.suffix.lower() == ".gz" else path.suffix.lower())


def _by_content(whole: str) -> str:
    """What a text without a telling name is: only what is beyond doubt is not plain text."""
    head = whole.lstrip("\ufeff \t\r\n")
    if looks_like_html(head):
        return "html"
    if head.startswith("{"):
        first, _, rest = head.partition("\n")
        try:
            json.loads(first)
        except ValueError:
            return "json" if _is_json(whole) else "text"
        return "jsonl" if rest.strip() or "text" in first or "description" in first else "json"
    if head.startswith("[") and _is_json(whole):
        return "json"
    return "text"


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _read(stream: TextIO, name: str) -> str:
    try:
        return stream.read()
    except UnicodeError as error:
        raise InputError(f"{shown(name)}: not in that encoding ({error}); try another --encoding") from None
    except (OSError, EOFError) as error:
        raise InputError(f"{shown(name)}: cannot be read: {error}") from None


def _document(whole: str, format: str) -> Posting:
    if format == "html" or looks_like_html(whole):
        if (posted := job_posting(whole)) is not None:
            return posted
        text, title = html_to_text(whole)
        return Posting(text=text, title=title, derived=True)
    return Posting(text=whole.removeprefix("\ufeff"))


class _Lines:
    """A text that was read whole, as the lines that csv and JSON Lines want."""

    def __init__(self, whole: str) -> None:
        self._lines = iter(whole.splitlines(keepends=True))

    def __iter__(self) -> Iterator[str]:
        return self._lines

    def __next__(self) -> str:
        return next(self._lines)


# ---- tables --------------------------------------------------------------------------------------------------------------


def _table(name: str, format: str, stream: TextIO, mended: Mended, text: str | None, title: str | None, id_: str | None) -> Source:
    reader = csv.reader(stream, delimiter="\t" if format == "tsv" else ",")
    try:
        header = next(reader, None)
    except (csv.Error, UnicodeError, OSError, EOFError) as error:
        raise InputError(f"{shown(name)}: line 1 cannot be read: {error}") from None
    if header is None or not any(cell.strip() for cell in header):
        raise InputError(f"{shown(name)} is empty: a table needs a line of column names and a line a posting")
    header[0] = header[0].removeprefix("\ufeff")
    columns = find_columns(header, shown(name), text, title, id_)
    return Source(name, format, header, _table_rows(reader, header, columns, name), mended, columns)


def _table_rows(reader: Any, header: list[str], columns: Columns, name: str) -> Iterator[Row]:
    width = len(header)
    delimiter = reader.dialect.delimiter
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (csv.Error, UnicodeError) as error:
            yield Row(Posting(text="", error=f"line {line} cannot be read: {error}"), [""] * width)
            continue
        except (OSError, EOFError) as error:
            raise InputError(f"{shown(name)}: line {line} cannot be read: {error}") from None
        if not cells:
            continue  # an empty line is no row
        error = None
        if len(cells) != width:
            error = f"line {line} has {len(cells)} cells where the header has {width}: quote the cell that holds the separator"
            # Nothing is lost: what is too much stays in the last cell.
            cells = [*cells, *[""] * (width - len(cells))] if len(cells) < width else [*cells[: width - 1], delimiter.join(cells[width - 1 :])]
        row = dict(zip(header, cells, strict=True))
        yield Row(_posting(row, columns, error), cells)


def _posting(row: Mapping[str, str], columns: Columns, error: str | None) -> Posting:
    text = row.get(columns.text) or ""
    if error is None and not text.strip():
        error = f"column {columns.text!r} is empty"
    title = (row.get(columns.title) or "").strip() if columns.title else ""
    return Posting(
        text="" if error else text,
        title=title or None,
        id=row.get(columns.id) if columns.id else None,
        fields=columns.fields(row),
        error=error,
    )


# ---- JSON ----------------------------------------------------------------------------------------------------------------


def _json_lines(stream: TextIO, name: str) -> Iterator[tuple[dict[str, Any] | None, str | None]]:
    """(object, None) or (None, why not) a line."""
    try:
        for number, line in enumerate(stream, 1):
            if not line.strip("\ufeff \t\r\n"):
                continue
            try:
                value = json.loads(line.lstrip("\ufeff"))
            except (ValueError, RecursionError) as error:
                yield None, f"line {number} is no JSON: {getattr(error, 'msg', error)}"
                continue
            yield (value, None) if isinstance(value, dict) else (None, f"line {number} is no JSON object with a text")
    except UnicodeError as error:
        raise InputError(f"{shown(name)}: not in that encoding ({error}); try another --encoding") from None
    except (OSError, EOFError) as error:
        raise InputError(f"{shown(name)}: cannot be read: {error}") from None


def _json_postings(whole: str, name: str) -> Iterator[tuple[dict[str, Any] | None, str | None]]:
    try:
        value = json.loads(whole.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise InputError(f"{shown(name)}: no JSON: {error}") from None
    if isinstance(value, dict):
        value = next((value[key] for key in ("jobs", "postings", "data", "results", "items") if isinstance(value.get(key), list)), [value])
    if not isinstance(value, list):
        raise InputError(f"{shown(name)}: no list of postings in it")
    for number, entry in enumerate(value, 1):
        yield (entry, None) if isinstance(entry, dict) else (None, f"entry {number} is no JSON object")


def _objects(
    name: str,
    objects: Iterator[tuple[dict[str, Any] | None, str | None]],
    mended: Mended,
    text: str | None,
    title: str | None,
    id_: str | None,
    format: str = "json",
) -> Source:
    first = next(((value, error) for value, error in objects), None)
    if first is None:
        raise InputError(f"{shown(name)} is empty: one JSON object a line, each with a text")
    header = list(first[0]) if first[0] else ["id", "title", "text"]
    columns = find_columns(header, shown(name), text, title, id_)

    def rows() -> Iterator[Row]:
        yield _object_row(*first, columns)
        for value, error in objects:
            yield _object_row(value, error, columns)

    return Source(name, format, ("id", "title"), rows(), mended, columns)


def _object_row(value: dict[str, Any] | None, error: str | None, columns: Columns) -> Row:
    row = {key: cell if isinstance(cell, str) else _as_text(cell) for key, cell in (value or {}).items()}
    posting = _posting(row, columns, error)
    if value is not None and not posting.text and error is None and columns.text not in value:
        posting = Posting(text="", title=posting.title, id=posting.id, error=f"no {columns.text!r} in this object")
    return Row(posting, (posting.id or "", posting.title or ""), value)


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else str(value)
