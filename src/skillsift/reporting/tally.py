"""What a report knows of each posting, from postings tagged now or from the output of `skillsift batch`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

from skillsift.model import LEVELS, PREFIX, Level, Posting, Salary, Skill, TaggedPosting
from skillsift.reading.ads import ad_digest
from skillsift.reading.sources import Row, Source, first_of
from skillsift.reporting.beyond import Term, find_terms, small_words
from skillsift.reporting.duplicates import Sketch, sketch
from skillsift.reporting.excerpts import Excerpt, excerpt
from skillsift.reporting.readings import Ad
from skillsift.tagging.flat import COLUMNS
from skillsift.tagging.tagger import Tagger

_DATE = re.compile(r"(\d{4})[-/](0[1-9]|1[0-2])(?:[-/](0[1-9]|[12]\d|3[01]))?(?!\d)")


@dataclass(frozen=True, slots=True)
class Tally:
    """One posting as a report counts it.

    Attributes:
        levels: its skills' levels by id.
        ad: the digest by which the same ad is known again.
        date: "YYYY-MM-DD", or "YYYY-MM" where no day is told.
        years: the least years of experience asked for.
        degree_required, degree_preferred, salary: as in the record.
        evidence: skill id → the sentence that names it; only for postings whose mentions and text are at hand.
        sketch: what near duplicates are told by; None where the text is not at hand or too short.
        terms: with `--beyond`, the terms that it uses like names of tools, and `small`, the words that it writes small.
        groups: under "column" its value in the column of `--by`.
    """

    levels: Mapping[str, Level]
    ad: str
    stage: str | None = None
    track: str | None = None
    date: str | None = None
    company: str | None = None
    id: str | None = None
    title: str | None = None
    location: str | None = None
    years: int | None = None
    degree_required: str | None = None
    degree_preferred: str | None = None
    salary: Salary | None = None
    sections_found: bool = True
    error: str | None = None
    evidence: Mapping[str, Excerpt] = field(default_factory=dict)
    sketch: Sketch | None = None
    terms: tuple[Term, ...] = ()
    small: tuple[str, ...] = ()
    groups: Mapping[str, str | None] = field(default_factory=dict)

    @property
    def month(self) -> str | None:
        """The month of the date, "YYYY-MM"."""
        return None if self.date is None else self.date[:7]


def ad_of(tally: Tally) -> Ad:
    """What the figures tell of a posting that they point to."""
    return Ad(tally.id, tally.title, tally.company, tally.location, tally.date)


def tally_source(source: Source, tagger: Tagger, column: str | None = None, *, terms: bool = False) -> Iterator[Tally]:
    """The tallies of one input, whichever kind it is.

    Args:
        column: a further column to group by.
        terms: also collect the terms that the vocabulary may lack; only where the postings are tagged now.
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
            yield _from_tagged(tagger.tag(row.posting), _cell(source, row, column), terms)


def _cell(source: Source, row: Row, column: str | None) -> str | None:
    if column is None:
        return None
    if row.record is not None:
        value = row.record.get(column)
        return None if value is None else str(value)
    return first_of(source.header, row.cells).get(column) or None


def _from_tagged(tagged: TaggedPosting, group: str | None, terms: bool) -> Tally:
    posting = tagged.posting
    fields = posting.fields
    return Tally(
        levels={skill.id: skill.level for skill in tagged.skills},
        ad=ad_digest(posting),
        stage=tagged.stage,
        track=tagged.track,
        date=_date(fields.get("date")),
        company=fields.get("company"),
        id=posting.id,
        title=posting.title,
        location=fields.get("location"),
        years=tagged.experience.min,
        degree_required=tagged.degree.required,
        degree_preferred=tagged.degree.preferred,
        salary=tagged.salary,
        sections_found=tagged.sections_found,
        error=tagged.error,
        evidence={skill.id: _excerpt(posting.text, skill) for skill in tagged.skills},
        sketch=sketch(posting),
        terms=tuple(find_terms(tagged)) if terms else (),
        small=small_words(posting.text) if terms else (),
        groups={"column": group},
    )


def _excerpt(text: str, skill: Skill) -> Excerpt:
    """The sentence of the first mention at the skill's level."""
    mention = next(mention for mention in skill.mentions if mention.level == skill.level)
    return excerpt(text, mention.start, mention.end)


def _from_batch(
    cells: Mapping[str, str], posting: Posting, places: Mapping[str, str], names: Mapping[str, str], column: str | None
) -> Tally:
    levels: dict[str, Level] = {}
    for level in reversed(LEVELS):
        for name in filter(None, cells[places[f"skills_{level}"]].split("; ")):
            levels[names.get(name, name)] = level

    def cell(name: str) -> str | None:
        return cells.get(places[name]) or None

    low, high, currency, period = (cell(f"salary_{part}") for part in ("min", "max", "currency", "period"))
    return Tally(
        levels=levels,
        ad=ad_digest(posting),
        stage=cell("stage"),
        track=cell("track"),
        date=_date(posting.fields.get("date")),
        company=posting.fields.get("company"),
        id=posting.id,
        title=posting.title,
        location=posting.fields.get("location"),
        years=_whole(cell("years_min")),
        degree_required=cell("degree_required"),
        degree_preferred=cell("degree_preferred"),
        salary=_salary(low, high, currency, period),
        error=cell("error") or posting.error,
        sketch=sketch(posting),
        groups={"column": cells.get(column) if column else None},
    )


def _from_record(row: Row, column: str | None) -> Tally:
    """A record of `tag` or `batch`; a file that is none of ours but has skills is told as a row that cannot be read."""
    record = row.record or {}
    try:
        levels = {str(skill["id"]): Level(skill["level"]) for skill in record["skills"]}
    except (TypeError, KeyError, ValueError, AttributeError):
        return Tally({}, ad_digest(row.posting), error="its skills are not those of a record")
    fields, experience, degree, salary = (_object(record.get(key)) for key in ("fields", "experience", "degree", "salary"))
    group = record.get(column, fields.get(column)) if column else None
    return Tally(
        levels=levels,
        ad=str(record.get("ad") or ad_digest(Posting(json.dumps({**record, "id": None}, sort_keys=True)))),
        stage=_known(record.get("stage")),
        track=_known(record.get("track")),
        date=_date(_known(fields.get("date"))),
        company=_known(fields.get("company")),
        id=_known(record.get("id")),
        title=_known(record.get("title")),
        location=_known(fields.get("location")),
        years=_whole(experience.get("min")),
        degree_required=_known(degree.get("required")),
        degree_preferred=_known(degree.get("preferred")),
        salary=_salary(*(salary.get(key) for key in ("min", "max", "currency", "period"))),
        sections_found=bool(record.get("sections_found", True)),
        error=_known(record.get("error")),
        groups={"column": None if group is None else str(group)},
    )


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _whole(value: object) -> int | None:
    number = _number(value)
    return None if number is None else int(number)


def _number(value: object) -> float | None:
    """A finite number, or None: a table that came back from a spreadsheet may hold anything."""
    try:
        number = float(str(value))
    except ValueError:
        return None
    return number if isfinite(number) else None


def _salary(low: object, high: object, currency: object, period: object) -> Salary | None:
    least, most = _number(low), _number(high)
    if (least is None and most is None) or not currency or not period:
        return None
    return Salary(least, most, str(currency), str(period))


def _known(value: object) -> str | None:
    return None if value is None else str(value)


def _date(date: str | None) -> str | None:
    """An ISO date, or the month of one; other ways of writing a date do not tell day from month, or not when."""
    found = _DATE.search(date or "")
    return "-".join(filter(None, found.groups())) if found else None


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
