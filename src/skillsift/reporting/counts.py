"""Counts over postings: how many ask for each skill, at which level, with 95 % intervals."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import sqrt

import pandas as pd

from skillsift.model import LEVELS, STAGES
from skillsift.reporting.tally import Tally, without_duplicates
from skillsift.vocabulary.schema import Vocabulary

#: The normal quantile of a two-sided 95 % interval.
Z95 = 1.959963984540054

BY = ("stage", "track", "month", "company")


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of a report.

    Attributes:
        skills: one row a skill, most asked for first: id, name, group, guide, postings, share, low, high, required, preferred, mentioned.
        by: with `--by`: one row a skill in the same order, one column a group, the share of that group's postings.
        sizes: with `--by`: each group's postings.
        stages, tracks: how many postings of each; "not told" where there was no sign.
        read: postings read; duplicates, unread and without_sections are among them.
    """

    skills: pd.DataFrame
    by: pd.DataFrame | None
    sizes: dict[str, int]
    stages: dict[str, int]
    tracks: dict[str, int]
    read: int
    duplicates: int
    unread: int
    without_sections: int
    postings: int
    digest: str

    def only(self, group: str) -> Report:
        """The same report with the skills of one group alone."""
        keep = self.skills["group"] == group
        by = None if self.by is None else self.by[keep].reset_index(drop=True)
        return replace(self, skills=self.skills[keep].reset_index(drop=True), by=by)


def wilson(count: int, total: int) -> tuple[float, float]:
    """The 95 % score interval of a share (Wilson 1927), each end from 0 to 1; (0, 0) for no postings."""
    if not total:
        return 0.0, 0.0
    share = count / total
    middle = share + Z95**2 / (2 * total)
    half = Z95 * sqrt(share * (1 - share) / total + Z95**2 / (4 * total**2))
    scale = 1 + Z95**2 / total
    low = max(0.0, (middle - half) / scale) if count else 0.0
    high = min(1.0, (middle + half) / scale) if count < total else 1.0
    return low, high


def count(tallies: Iterable[Tally], vocabulary: Vocabulary, by: str | None = None) -> Report:
    """Count postings, each ad once.

    Args:
        by: "stage", "track", "month", "company", or a column's name that the tallies carry.
    """
    levels: dict[str, Counter[str]] = defaultdict(Counter)
    grouped: dict[str, Counter[str]] = defaultdict(Counter)
    sizes: Counter[str] = Counter()
    stages: Counter[str] = Counter()
    tracks: Counter[str] = Counter()
    duplicates = [0]
    unread = without_sections = postings = 0
    for tally in without_duplicates(tallies, duplicates):
        if tally.error is not None:
            unread += 1
            continue
        postings += 1
        without_sections += not tally.sections_found
        stages[tally.stage or "not told"] += 1
        tracks[tally.track or "not told"] += 1
        group = None if by is None else (getattr(tally, by) if by in BY else tally.groups.get("column")) or "not told"
        if group is not None:
            sizes[group] += 1
        for skill, level in tally.levels.items():
            levels[skill][level] += 1
            if group is not None:
                grouped[skill][group] += 1
    skills = _frame(levels, postings, vocabulary)
    order = _order(by, sizes)
    shares = None
    if by is not None:
        shares = pd.DataFrame(
            [[grouped[id_][group] / sizes[group] for group in order] for id_ in skills["id"]],
            columns=order,
            index=skills.index,
            dtype="float64",
        )
    return Report(
        skills=skills,
        by=shares,
        sizes={group: sizes[group] for group in order},
        stages={stage: stages[stage] for stage in (*STAGES, "not told") if stages[stage]},
        tracks=dict(tracks.most_common()),
        read=postings + unread + duplicates[0],
        duplicates=duplicates[0],
        unread=unread,
        without_sections=without_sections,
        postings=postings,
        digest=vocabulary.digest,
    )


def _order(by: str | None, sizes: Counter[str]) -> list[str]:
    if by == "stage":
        return [stage for stage in (*STAGES, "not told") if sizes[stage]]
    if by == "month":
        return sorted(sizes)
    return [group for group, _ in sorted(sizes.items(), key=lambda item: (-item[1], item[0]))]


def _frame(levels: dict[str, Counter[str]], postings: int, vocabulary: Vocabulary) -> pd.DataFrame:
    rows = []
    for id_, counted in levels.items():
        concept = vocabulary.concepts.get(id_)
        total = counted.total()
        low, high = wilson(total, postings)
        rows.append(
            {
                "id": id_,
                "name": concept.name if concept else id_,
                "group": concept.group if concept else "",
                "guide": concept.guide if concept else "",
                "postings": total,
                "share": total / postings,
                "low": low,
                "high": high,
                **{str(level): counted[level] for level in LEVELS},
            }
        )
    columns = ["id", "name", "group", "guide", "postings", "share", "low", "high", *map(str, LEVELS)]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.sort_values(["postings", "required", "name"], ascending=[False, False, True], ignore_index=True)
