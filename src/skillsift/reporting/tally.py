"""What a report knows of each posting, from postings tagged now or from the output of `skillsift batch`."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from skillsift.model import LEVELS, Level, Posting, TaggedPosting
from skillsift.reading.sources import Row, Source
from skillsift.tagging.flat import COLUMNS
from skillsift.tagging.tagger import Tagger

_MONTH = re.compile(r"(\d{4})[-/](\d{2})")


@dataclass(frozen=True, slots=True)
class Tally:
    """One posting as a report counts it: its skills' levels by id, and what it can be grouped by."""

    levels: Mapping[str, Level]
    text_digest: bytes
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
    if "skills_required" in source.header and "skills_preferred" in source.header:
        names = {concept.name: id_ for id_, concept in tagger.vocabulary.concepts.items()}
        for row in source.rows:
            yield _from_batch(dict(zip(source.header, row.cells, strict=True)), row.posting, names, column)
        return
    for row in source.rows:
        if row.record is not None and isinstance(row.record.get("skills"), list):
            yield _from_record(row)
        else:
            yield _from_tagged(tagger.tag(row.posting), _cell(source, row, column))


def _cell(source: Source, row: Row, column: str | None) -> str | None:
    if column is None:
        return None
    if row.record is not None:
        value = row.record.get(column)
        return None if value is None else str(value)
    return dict(zip(source.header, row.cells, strict=True)).get(column) or None


def _from_tagged(tagged: TaggedPosting, group: str | None) -> Tally:
    fields = tagged.posting.fields
    return Tally(
        levels={skill.id: skill.level for skill in tagged.skills},
        text_digest=_digest(tagged.posting),
        stage=tagged.stage,
        track=tagged.track,
        month=_month(fields.get("date")),
        company=fields.get("company"),
        sections_found=tagged.sections_found,
        error=tagged.error,
        groups={"column": group},
    )


def _from_batch(cells: Mapping[str, str], posting: Posting, names: Mapping[str, str], column: str | None) -> Tally:
    levels: dict[str, Level] = {}
    for level in reversed(LEVELS):
        for name in filter(None, cells.get(f"skills_{level}", "").split("; ")):
            levels[names.get(name, name)] = level
    return Tally(
        levels=levels,
        text_digest=_digest(posting),
        stage=cells.get("stage") or None,
        track=cells.get("track") or None,
        month=_month(posting.fields.get("date")),
        company=posting.fields.get("company"),
        error=cells.get("error") or None,
        groups={"column": cells.get(column) if column else None},
    )


def _from_record(row: Row) -> Tally:
    record = row.record or {}
    text = str(record.get("text") or json.dumps([record.get("title"), record.get("skills")], sort_keys=True))
    return Tally(
        levels={skill["id"]: Level(skill["level"]) for skill in record["skills"]},
        text_digest=hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).digest(),
        stage=record.get("stage"),
        track=record.get("track"),
        sections_found=bool(record.get("sections_found", True)),
        error=record.get("error"),
    )


def _digest(posting: Posting) -> bytes:
    """What makes two postings the same ad: the letters and digits of title and text, whatever their case and spacing."""
    plain = re.sub(r"[\W_]+", "", f"{posting.title or ''}{posting.text}".lower())
    return hashlib.blake2b(plain.encode("utf-8", "surrogatepass"), digest_size=12).digest()


def _month(date: str | None) -> str | None:
    found = _MONTH.search(date or "")
    return f"{found[1]}-{found[2]}" if found else None


def is_batch_output(header: Sequence[str]) -> bool:
    """Whether a table's columns are those that `skillsift batch` adds."""
    return set(COLUMNS[:3]) <= set(header)


def without_duplicates(tallies: Iterable[Tally], duplicates: list[int]) -> Iterator[Tally]:
    """The tallies with each ad once; how many were left out is added to `duplicates[0]`."""
    seen: set[bytes] = set()
    for tally in tallies:
        if tally.error is None and tally.text_digest in seen:
            duplicates[0] += 1
            continue
        seen.add(tally.text_digest)
        yield tally
