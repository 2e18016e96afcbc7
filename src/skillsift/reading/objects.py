"""JSON: one object a posting, in a list, under a key of an object, or one a line. Of a board's jobs, whichever of these holds them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import Any

from skillsift.errors import InputError
from skillsift.model import Posting
from skillsift.reading.boards import reader_of
from skillsift.reading.columns import Columns, find_columns
from skillsift.reading.documents import document, read_document
from skillsift.reading.hackernews import is_comment, read_comment
from skillsift.reading.inputs import Input
from skillsift.reading.jsonld import job_objects
from skillsift.reading.rows import PLAIN, Row, Source, plain_row, posting_reader
from skillsift.reading.stated import column_reader

#: An entry of a JSON source: the object, or why it is none.
Entry = tuple[dict[str, Any] | None, str | None]

#: Where a JSON object keeps its list of postings.
_LISTS = ("jobs", "postings", "data", "results", "items")
#: Keys that tell a record of `skillsift tag` or `batch` from a posting.
_RECORD = {"skills", "any_of", "sections_found"}
#: Objects that are looked at to know what columns there are.
_LOOK_AHEAD = 100
#: A first line longer than this is a whole file, not an object a line (characters).
_MOST_LINE = 4 << 20
_OPENS = re.compile(r'\[\s*(?:[\[{\]"]|$)|\{\s*(?:"|\}|$)')


def looks_like_json_lines(head: str) -> bool:
    """Whether a first line is a whole JSON object that holds a posting rather than a list of them."""
    if not head.startswith("{") or len(head) > _MOST_LINE:
        return False
    try:
        value = json.loads(head)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and _held(value) is None


def looks_like_json(head: str) -> bool:
    """Whether a text begins as JSON does; one that then is none is read as plain text."""
    return bool(_OPENS.match(head))


def open_json_lines(given: Input) -> Source:
    """A file with one JSON object a line, read as it comes."""
    return _objects(given, _json_lines(given.lines()))


def open_json(given: Input) -> Source:
    """A JSON file, read whole.

    Raises:
        InputError: it is no JSON, though the user or its name says so; or there are no postings in it.
    """
    whole = given.whole()
    try:
        value = json.loads(whole.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        if not given.sure:
            given.format = "text"
            return document(given, read_document(whole, html=False))
        raise InputError(f"{given.shown}: no JSON: {error}; for one object a line say --from jsonl") from None
    return _objects(given, _entries(value, given.shown))


def _json_lines(lines: Iterable[str]) -> Iterator[Entry]:
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


def _held(value: Mapping[str, Any]) -> list[Any] | None:
    """The list of postings that a JSON object keeps under one of its keys."""
    return next((value[key] for key in _LISTS if isinstance(value.get(key), list)), None)


def _entries(value: Any, shown: str) -> Iterator[Entry]:
    jobs = list(job_objects(value)) if isinstance(value, (list, dict)) else []
    if jobs:
        value = jobs
    elif isinstance(value, dict):
        held = _held(value)
        value = [value] if held is None else held
    if not isinstance(value, list):
        raise InputError(f"{shown}: no list of postings in it")
    for number, entry in enumerate(value, 1):
        yield (entry, None) if isinstance(entry, dict) else (None, f"entry {number} is no JSON object")


def _objects(given: Input, entries: Iterator[Entry]) -> Source:
    """Objects as a table: of a board's jobs, what they have in common; of others, the keys of the first ones, since a file may be too long
    to look at them all.
    """
    first = list(islice(entries, _LOOK_AHEAD))
    if not first:
        raise InputError(f"{given.shown} is empty: one JSON object a posting, each with a text")
    objects = [value for value, _ in first if value is not None]
    entries = chain(first, entries)
    if objects and given.text is None and reader_of(objects[0]) is not None:
        return Source(given.name, given.format, PLAIN, _board_rows(entries, given.name), given.mended)
    header = list(dict.fromkeys(key for value in objects for key in value))
    if not header and first[0][1] is not None:
        raise InputError(f"{given.shown}: no JSON object with a text in it; {first[0][1]}")
    # A record that skillsift wrote holds its text only where that was taken from HTML; a report does without.
    named = [*header, "text"] if set(header) >= _RECORD else header
    columns = find_columns(named, given.shown, given.text, given.title, given.id)
    notes: list[str] = []
    rows = _object_rows(entries, header, columns, notes, given.shown)
    return Source(given.name, given.format, header, rows, given.mended, columns, notes)


def _board_rows(entries: Iterable[Entry], name: str) -> Iterator[Row]:
    """The jobs of a board; an object of another kind among them costs its own row only."""
    file = {} if name == "-" else {"file": name}
    for value, error in entries:
        reader = reader_of(value) if value is not None else None
        if value is not None and reader is not None:
            posting = reader(value)
        else:
            posting = Posting(text="", error=error or "this object is no job as the first one is")
        yield plain_row(replace(posting, fields={**posting.fields, **file}))


def _object_rows(entries: Iterable[Entry], header: Sequence[str], columns: Columns, notes: list[str], shown: str) -> Iterator[Row]:
    read = posting_reader(header, columns, column_reader(header))
    left: dict[str, None] = {}
    known = frozenset(header)
    for value, error in entries:
        if value is None:
            cells = [""] * len(header)
            yield Row(Posting(text="", error=error), cells)
            continue
        if not value.keys() <= known:
            left.update(dict.fromkeys(key for key in value if key not in known))
        cells = [cell if isinstance(cell := value.get(key, ""), str) else as_text(cell) for key in header]
        posting = read(cells, None if columns.text in value else f"no {columns.text!r} in this object")
        if is_comment(value) and posting.error is None:
            posting = read_comment(value, posting)
        yield Row(posting, cells, value)
    if left:
        notes.append(f"{shown}: keys that none of the first {_LOOK_AHEAD} objects has are no columns: {', '.join(left)}")


def as_text(value: Any) -> str:
    """A value of a cell as text; lists and objects as JSON."""
    if value is None:
        return ""
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, (dict, list)) else str(value)
