"""Which column of a table holds the text, which the title: found by name, or given."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from skillsift.errors import UsageError

#: Names met in the wild, lower case without spaces and marks, best first.
TEXT = (
    "description jobdescription jobdescriptiontext descriptiontext fulldescription jobdesc descriptionplain descriptionhtml postingtext "
    "jobtext text body content jd posting details jobdetails pagetext requirements"
).split()
TITLE = "title jobtitle postingtitle positiontitle position jobname role name".split()
ID = "id jobid postingid index uid key jobkey".split()
COMPANY = "company companyname employer organization organisation hiringorganization".split()
LOCATION = "location joblocation city companyaddresslocality".split()
DATE = "dateposted jobposteddate posteddate postedat publishedat firstpublished date listeddate postedsince".split()

#: No table of postings has more columns; what has is none, and each of its rows would be as long (Excel ends at 16,384).
MOST_COLUMNS = 20_000


@dataclass(frozen=True, slots=True)
class Columns:
    """Column names by role; None where the table has none."""

    text: str
    title: str | None = None
    id: str | None = None
    company: str | None = None
    location: str | None = None
    date: str | None = None

    def fields(self, row: Mapping[str, str]) -> dict[str, str]:
        """Company, location and date of a row, under those names."""
        named = {"company": self.company, "location": self.location, "date": self.date}
        return {key: row[column] for key, column in named.items() if column and row.get(column)}


def find_columns(header: Sequence[str], source: str, text: str | None = None, title: str | None = None, id_: str | None = None) -> Columns:
    """The columns of a table.

    Args:
        header: its column names.
        source: how it is called in messages.
        text, title, id_: names given by the user, to be taken as they are.

    Raises:
        UsageError: a given column is not there, no text column can be told, or there are more columns than `MOST_COLUMNS`.
    """
    if len(header) > MOST_COLUMNS:
        raise UsageError(
            f"{source}: {len(header):,} columns, where {MOST_COLUMNS:,} are the most: is its first line a line of column names?"
        )
    for given, option in ((text, "--text"), (title, "--title-column"), (id_, "--id")):
        if given is not None and given not in header:
            raise UsageError(f"{source}: no column {given!r} for {option}; it has: {_list(header)}")
    plain = {re.sub(r"[^a-z0-9]", "", name.lower()): name for name in reversed(header)}

    def first(names: Sequence[str]) -> str | None:
        return next((plain[name] for name in names if name in plain), None)

    found = text or first(TEXT)
    if found is None:
        raise UsageError(f"{source}: no column looks like the posting's text; name it with --text (it has: {_list(header)})")
    return Columns(found, title or first(TITLE), id_ or first(ID), first(COMPANY), first(LOCATION), first(DATE))


def looks_like_header(cells: Sequence[str]) -> bool:
    """Whether the cells of a first line are column names beyond doubt: one for the text and one of another role among them."""
    names = {re.sub(r"[^a-z0-9]", "", cell.lower()) for cell in cells}
    others = {*TITLE, *ID, *COMPANY, *LOCATION, *DATE}
    return len(names) == len(cells) > 1 and not names.isdisjoint(TEXT) and not names.isdisjoint(others)


def _list(header: Sequence[str]) -> str:
    shown = ", ".join(" ".join(name.split()) for name in header[:12])
    return shown + (f" and {len(header) - 12} more" if len(header) > 12 else "")
