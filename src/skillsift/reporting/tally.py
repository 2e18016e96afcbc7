"""What a report knows of each posting, from postings tagged now or from the output of `skillsift batch`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from skillsift.model import LEVELS, PREFIX, Level, Posting, TaggedPosting
from skillsift.reading.ads import ad_digest
from skillsift.reading.sources import Row, Source, first_of
from skillsift.tagging.flat import COLUMNS
from skillsift.tagging.tagger import Tagger

_MONTH = re.compile(r"(\d{4})[-/](\d{2})")


@dataclass(frozen=True, slots=True)
class Tally:
    """One posting as a report counts it: its skills' levels by id, and what it can be grouped by."""

    levels: Mapping[str, Level]
    ad: str
    stage: str | None = None
    track: str | None = None
    month: str | None = None
    company: str | None = None
    sections_found: bool = True
    error: str | None = None
    groups: Mapping[str, str | None] = field(default_factory=dict)


def tally_source(source: Source, tagger: Tagger, column: str | None = None) -> Iterator[Tally]:
    """The tallies of one input, whichever kind it is.

    Args:
        column: a further column to group by.
    """
    places = _result_columns(source.header)
    if places is not None:
        names = {concept.name: id_ for id_, concept in tagger.vocabulary.concepts.items()}
        for row in source.rows:
            yield _from_batch(first_of(source.header, row.cells), row.posting, places, names, column)
        return
    for row in source.rows:
        if row.record is not None and isinstance(row.record.get("skills"), list):
            yield _from_record(row, column)
        else:
            yield _from_tagged(tagger.tag(row.posting), _cell(source, row, column))


def _cell(source: Source, row: Row, column: str | None) -> str | None:
    if column is None:
        return None
    if row.record is not None:
        value = row.record.get(column)
        return None if value is None else str(value)
    return first_of(source.header, row.cells).get(column) or None


def _from_tagged(tagged: TaggedPosting, group: str | None) -> Tally:
    fields = tagged.posting.fields
    return Tally(
        levels={skill.id: skill.level for skill in tagged.skills},
        ad=ad_digest(tagged.posting),
        stage=tagged.stage,
        track=tagged.track,
        month=_month(fields.get("date")),
        company=fields.get("company"),
        sections_found=tagged.sections_found,
        error=tagged.error,
        groups={"column": group},
    )


def _from_batch(
    cells: Mapping[str, str], posting: Posting, places: Mapping[str, str], names: Mapping[str, str], column: str | None
) -> Tally:
    levels: dict[str, Level] = {}
    for level in reversed(LEVELS):
        for name in filter(None, cells[places[f"skills_{level}"]].split("; ")):
            levels[names.get(name, name)] = level
    return Tally(
        levels=levels,
        ad=ad_digest(posting),
        stage=cells.get(places["stage"]) or None,
        track=cells.get(places["track"]) or None,
        month=_month(posting.fields.get("date")),
        company=posting.fields.get("company"),
        error=cells.get(places["error"]) or posting.error,
        groups={"column": cells.get(column) if column else None},
    )


def _from_record(row: Row, column: str | None) -> Tally:
    """A record of `tag` or `batch`; a file that is none of ours but has skills is told as a row that cannot be read."""
    record = row.record or {}
    fields = record.get("fields") or {}
    try:
        levels = {str(skill["id"]): Level(skill["level"]) for skill in record["skills"]}
        company, date = fields.get("company"), fields.get("date")
    except (TypeError, KeyError, ValueError, AttributeError):
        return Tally({}, ad_digest(row.posting), error="its skills are not those of a record")
    group = record.get(column, fields.get(column)) if column else None
    return Tally(
        levels=levels,
        ad=str(record.get("ad") or ad_digest(Posting(json.dumps({**record, "id": None}, sort_keys=True)))),
        stage=_known(record.get("stage")),
        track=_known(record.get("track")),
        month=_month(_known(date)),
        company=_known(company),
        sections_found=bool(record.get("sections_found", True)),
        error=_known(record.get("error")),
        groups={"column": None if group is None else str(group)},
    )


def _known(value: object) -> str | None:
    return None if value is None else str(value)


def _month(date: str | None) -> str | None:
    found = _MONTH.search(date or "")
    return f"{found[1]}-{found[2]}" if found else None


def _result_columns(header: Sequence[str]) -> dict[str, str] | None:
    """Which columns hold what `skillsift batch` said, by their plain names; None where a table is not its output.

    Where the table had a column of such a name before, the one that batch added stands behind it with a prefix.
    """
    places = {}
    for column in COLUMNS:
        name = column
        while PREFIX + name in header:
            name = PREFIX + name
        places[column] = name
    return places if all(places[f"skills_{level}"] in header for level in LEVELS) else None


def without_duplicates(tallies: Iterable[Tally], duplicates: list[int]) -> Iterator[Tally]:
    """The tallies with each ad once; how many were left out is added to `duplicates[0]`."""
    seen: set[str] = set()
    for tally in tallies:
        if tally.error is None and tally.ad in seen:
            duplicates[0] += 1
            continue
        seen.add(tally.ad)
        yield tally
