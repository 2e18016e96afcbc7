"""What an opened input is: a source of rows, each with the posting that stands in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from skillsift.model import Posting
from skillsift.reading.columns import Columns
from skillsift.reading.streams import Mended


@dataclass(frozen=True, slots=True)
class Row:
    """One posting and the row it came in: its cells as text, in the order of the source's header."""

    posting: Posting
    cells: Sequence[str] = ()
    record: Mapping[str, Any] | None = None  # the JSON object, where the source has objects of the user's own keys
    typed: tuple[Any, int] | None = None  # the Arrow batch that holds it and its place there, where the columns have types


@dataclass(slots=True)
class Source:
    """An opened input.

    Attributes:
        name: as the user gave it.
        format: a name of `formats.FORMATS`.
        header: the column names of its rows' cells.
        rows: its rows, read as they are asked for.
        notes: what came to light while they were read and is worth telling, a line each.
        close: to be called where the rows are not read to their end.
        schema: the Arrow schema of its rows' own columns, where they have types.
    """

    name: str
    format: str
    header: Sequence[str]
    rows: Iterator[Row]
    mended: Mended | None = None
    columns: Columns | None = None
    notes: list[str] = field(default_factory=list)
    close: Callable[[], None] = lambda: None
    schema: Any = None


def first_of(header: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """A row by its column names; where a name stands twice, the first of them is meant."""
    return dict(zip(reversed(header), reversed(cells), strict=True))


#: The columns of postings that come out of no table: pages, documents, the jobs of a board.
PLAIN = ("id", "title", "company", "location", "date", "url", "team", "employment", "file", "description")


def plain_row(posting: Posting) -> Row:
    """A posting that came in no table, with cells under `PLAIN`."""
    fields = posting.fields
    return Row(posting, [posting.id or "", posting.title or "", *(fields.get(name, "") for name in PLAIN[2:-1]), posting.text])


def posting_reader(header: Sequence[str], columns: Columns, stated: Callable[[Sequence[str]], Any]) -> Callable[..., Posting]:
    """A function that makes a posting of a row's cells and of what is wrong with the row, or None.

    It looks cells up by place: a dict a row would cost more than all the rest of reading a table.

    Args:
        stated: what the source's own columns state of a row beside its text; see `stated.column_reader`.
    """
    header = list(header)

    def place(name: str | None) -> int | None:
        return header.index(name) if name in header else None

    text_at, title_at, id_at = place(columns.text), place(columns.title), place(columns.id)
    named = (("company", columns.company), ("location", columns.location), ("date", columns.date))
    field_places = [(key, at) for key, name in named if (at := place(name)) is not None]
    empty = f"column {columns.text!r} is empty"

    def read(cells: Sequence[str], error: str | None = None) -> Posting:
        text = cells[text_at] if text_at is not None else ""
        if error is None and (not text or text.isspace()):
            error = empty
        return Posting(
            text="" if error else text,
            title=(cells[title_at].strip() or None) if title_at is not None else None,
            id=(cells[id_at] or None) if id_at is not None else None,
            fields={key: cells[at] for key, at in field_places if cells[at]},
            error=error,
            stated=stated(cells),
        )

    return read
