"""What each posting demands, from postings tagged now or from the output of `skillsift batch`: its required skills as needs.

A need is a set of skills of which one is enough: a required skill by itself, or a group of alternatives ("PyTorch or TensorFlow").
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from skillsift.model import PREFIX, STAGES, Level, Posting, TaggedPosting
from skillsift.reading.ads import ad_digest
from skillsift.reading.sources import Row, Source, first_of
from skillsift.tagging.tagger import Tagger
from skillsift.vocabulary.schema import Vocabulary

Need = frozenset[str]
#: Why a posting's words are no demand, though the same words in a resume do tell of a skill: a degree in it, a heading like a board's.
_OF_POSTINGS_ONLY = ("field of study", "boilerplate")


@dataclass(frozen=True, slots=True)
class Demand:
    """One posting as the gap counts it.

    Attributes:
        needs: what it requires, each by the ids of the skills of which one is enough.
        ad: a digest by which the same ad is known again.
        error: why it could not be read; its needs are then empty.
    """

    needs: tuple[Need, ...]
    ad: str
    title: str | None = None
    company: str | None = None
    id: str | None = None
    stage: str | None = None
    error: str | None = None


def needs_of(required: Iterable[str], any_of: Iterable[Iterable[str]]) -> tuple[Need, ...]:
    """The needs of a posting, each once.

    Args:
        required: ids of its required skills.
        any_of: its groups of alternatives; those that hold no required skill do not count.
    """
    required = list(required)
    groups = [frozenset(group) for group in any_of]
    groups = [group for group in groups if not group.isdisjoint(required)]
    grouped = frozenset[str]().union(*groups)
    return tuple(dict.fromkeys([*groups, *(_single(id_) for id_ in required if id_ not in grouped)]))


@cache
def _single(id_: str) -> Need:
    """One value a skill, however many postings need it."""
    return frozenset((id_,))


def skills_of_resume(tagged: TaggedPosting) -> list[str]:
    """The ids of the skills that a resume names, at any level: its headings are no posting's. What it negates is not had."""
    named = {skill.id: None for skill in tagged.skills}
    studied = {drop.id: None for drop in tagged.dropped if drop.because.startswith(_OF_POSTINGS_ONLY)}
    return list(named | studied)


def read_demands(source: Source, tagger: Tagger) -> Iterator[Demand]:
    """The demands of one input, whichever kind it is: postings, or what `skillsift tag` or `batch` wrote of them.

    A table that batch wrote holds no groups of alternatives: every required skill is then a need of its own.
    """
    columns = _result_columns(source.header)
    ids = _ids_by_name(tagger.vocabulary)
    for row in source.rows:
        if columns is not None:
            yield _from_table(first_of(source.header, row.cells), row, columns, ids)
        elif row.record is not None and isinstance(row.record.get("skills"), list):
            yield _from_record(row)
        else:
            tagged = tagger.tag(row.posting)
            yield Demand(
                needs=needs_of((skill.id for skill in tagged.at(Level.REQUIRED)), tagged.any_of),
                ad=ad_digest(tagged.posting),
                title=tagged.title,
                company=tagged.posting.fields.get("company"),
                id=tagged.id,
                stage=tagged.stage,
                error=tagged.error,
            )


def each_once(demands: Iterable[Demand]) -> tuple[list[Demand], int]:
    """The demands with each ad once, and how many were left out."""
    first: dict[object, Demand] = {}
    read = 0
    for demand in demands:
        first.setdefault(demand.ad if demand.error is None else read, demand)
        read += 1
    return list(first.values()), read - len(first)


def _ids_by_name(vocabulary: Vocabulary) -> dict[str, str]:
    return {concept.name: id_ for id_, concept in vocabulary.concepts.items()}


def _result_columns(header: Sequence[str]) -> dict[str, str] | None:
    """The columns that batch wrote, by their plain names: the last of a name, where the input had some before."""
    found = {}
    for column in ("skills_required", "stage", "error"):
        if column not in header:
            return None
        found[column] = column
        while PREFIX + found[column] in header:
            found[column] = PREFIX + found[column]
    return found


def _from_table(cells: Mapping[str, str], row: Row, columns: Mapping[str, str], ids: Mapping[str, str]) -> Demand:
    names = filter(None, cells[columns["skills_required"]].split("; "))
    return Demand(
        needs=needs_of((ids.get(name, name) for name in names), ()),
        ad=ad_digest(row.posting),
        title=row.posting.title,
        company=row.posting.fields.get("company"),
        id=row.posting.id,
        stage=stage if (stage := cells[columns["stage"]]) in STAGES else None,
        error=cells[columns["error"]] or row.posting.error,
    )


def _from_record(row: Row) -> Demand:
    """A record of `tag` or `batch`; what is none of ours but has skills is told as a row that cannot be read."""
    record: Mapping[str, Any] = row.record or {}
    try:
        required = [str(skill["id"]) for skill in record["skills"] if Level(skill["level"]) == Level.REQUIRED]
        groups = [[str(id_) for id_ in group] for group in record.get("any_of") or ()]
        company = (record.get("fields") or {}).get("company")
    except (TypeError, KeyError, ValueError, AttributeError):
        return Demand((), ad_digest(row.posting), error="its skills are not those of a record")
    title, id_, stage, error = (None if record.get(key) is None else str(record[key]) for key in ("title", "id", "stage", "error"))
    stage = stage if stage in STAGES else None
    ad = str(record.get("ad") or ad_digest(Posting(json.dumps({**record, "id": None}, sort_keys=True))))
    return Demand(needs_of(required, groups), ad, title, None if company is None else str(company), id_, stage, error)
