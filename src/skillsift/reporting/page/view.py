"""What of the figures goes into the page: the scripts' data, and how much of each long list the tables show.

The page is to stay under 3 MB whatever was read. Nothing is worked out anew here: lists are cut, and the page says where they go on.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from skillsift.model import LEVELS
from skillsift.reporting.figures import Beyond, Change, Evidence, Figures, NearDuplicate, Pair, SkillFigure, Split
from skillsift.reporting.page.words import cut

MOST_GROUPS = 12
MOST_SPLIT_SKILLS = 50
MOST_PAIRS = 60
MOST_NEAR_DUPLICATES = 50
MOST_UNMOVED = 30
MOST_BEYOND = 40
#: How many postings a skill shows at most; the first that keeps the evidence within its part of the page.
EVIDENCE_STEPS = (20, 10, 5, 3, 1)
EVIDENCE_BYTES = 1_400_000
MOVED = ("new", "rising", "falling", "gone")


@dataclass(frozen=True, slots=True)
class ShownSplit:
    """A split with the groups and skills that the page has room for.

    Attributes:
        groups: where in `split.groups` the shown ones are: months the latest, others the first.
        skills: ids, the most named.
    """

    split: Split
    groups: tuple[int, ...]
    skills: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """The parts of long lists that the tables show.

    Attributes:
        known: ids of the skills that have postings to show: a skill that is gone has none.
        groups: the skills' groups, to filter by.
    """

    known: frozenset[str]
    groups: tuple[str, ...]
    splits: tuple[ShownSplit, ...]
    pairs: tuple[Pair, ...]
    near_duplicates: tuple[NearDuplicate, ...]
    trend: tuple[Change, ...]
    against: tuple[Change, ...]
    beyond: tuple[Beyond, ...]


def shown(figures: Figures) -> Shown:
    """What the tables show."""
    return Shown(
        known=frozenset(skill.id for skill in figures.skills),
        groups=tuple(sorted({skill.group for skill in figures.skills if skill.group})),
        splits=tuple(_split(split, figures) for split in figures.splits),
        pairs=figures.together.pairs[:MOST_PAIRS],
        near_duplicates=figures.reading.near_duplicates[:MOST_NEAR_DUPLICATES],
        trend=_changes(figures.trend.changes) if figures.trend else (),
        against=_changes(figures.against.changes) if figures.against else (),
        beyond=(figures.beyond or ())[:MOST_BEYOND],
    )


def _split(split: Split, figures: Figures) -> ShownSplit:
    places = range(len(split.groups))
    return ShownSplit(
        split=split,
        groups=tuple(places[-MOST_GROUPS:] if split.column == "month" else places[:MOST_GROUPS]),
        skills=tuple(skill.id for skill in figures.skills[:MOST_SPLIT_SKILLS]),
    )


def _changes(changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """All that moved, and of those that did not the ones with the largest shares."""
    still = sorted(
        (change for change in changes if change.kind == "steady"), key=lambda change: -max(change.share_before, change.share_after)
    )
    kept = {change.id for change in still[:MOST_UNMOVED]}
    return tuple(change for change in changes if change.kind in MOVED or change.id in kept)


def data(figures: Figures) -> dict[str, Any]:
    """What the scripts draw from and show on a click: plain values. Evidence is kept short by telling each ad and sentence once."""
    view = shown(figures)
    return {
        "postings": figures.reading.postings,
        "levels": [str(level) for level in LEVELS],
        **_evidence(figures),
        "splits": [
            {
                "column": each.split.column,
                "groups": [{"name": cut(each.split.groups[at].name), "postings": each.split.groups[at].postings} for at in each.groups],
                "shares": {id_: [_short(each.split.share(id_, at)) for at in each.groups] for id_ in each.skills[:20]},
            }
            for each in view.splits
        ],
        "trend": _drawn(view.trend),
        "against": _drawn(view.against),
        "together": {
            "skills": figures.together.skills,
            "matrix": [[None if lift is None else round(lift, 3) for lift in row] for row in figures.together.matrix],
        },
        "coverage": [[point.k, point.id, _short(point.requirements), _short(point.postings)] for point in figures.coverage.points],
        "stages": [asdict(each) for each in figures.stages],
        "tracks": [asdict(each) for each in figures.tracks],
        "years": [asdict(each) for each in figures.asked.years],
        "degrees": [
            {**asdict(each), "as": way}
            for way, counts in (("required", figures.asked.degree_required), ("preferred", figures.asked.degree_preferred))
            for each in counts
        ],
        "pay": [asdict(row) for row in figures.pay.rows] if figures.pay else [],
        "names": _named(figures, view),
    }


def _named(figures: Figures, view: Shown) -> dict[str, str]:
    """The names of drawn skills that no posting of these names."""
    used = [*figures.together.skills, *(point.id for point in figures.coverage.points)]
    used += [change.id for change in (*view.trend, *view.against)]
    return {id_: figures.names[id_] for id_ in used if id_ in figures.names and id_ not in view.known}


def _drawn(changes: tuple[Change, ...]) -> list[dict[str, Any]]:
    return [
        {"id": each.id, "name": each.name, "kind": each.kind, "before": _short(each.share_before), "after": _short(each.share_after)}
        for each in changes
    ]


def _evidence(figures: Figures) -> dict[str, Any]:
    """The skills with as many postings each as there is room for; only the ads and sentences that these use."""
    for most in EVIDENCE_STEPS:
        ads: dict[int, int] = {}
        sentences: dict[str, int] = {}

        def told(each: Evidence, ads: dict[int, int] = ads, sentences: dict[str, int] = sentences) -> list[int]:
            ad = ads.setdefault(each.ad, len(ads))
            sentence = -1 if each.sentence is None else sentences.setdefault(each.sentence, len(sentences))
            return [ad, LEVELS.index(each.level), sentence, each.start, each.end]

        skills = [
            {
                "id": skill.id,
                "name": skill.name,
                "about": _about(skill),
                "postings": skill.postings,
                "share": _short(skill.share),
                "low": _short(skill.low),
                "high": _short(skill.high),
                "counts": [skill.at(level) for level in LEVELS],
                "evidence": [told(each) for each in skill.evidence[:most]],
            }
            for skill in figures.skills
        ]
        found = [figures.ads[at] for at in ads]
        kept = {
            "skills": skills,
            "sentences": list(sentences),
            "ads": [[cut(value or "") for value in (ad.title, ad.company, ad.location, ad.date, ad.id)] for ad in found],
        }
        if len(json.dumps(kept, ensure_ascii=False).encode("utf-8", "surrogatepass")) <= EVIDENCE_BYTES:
            break
    return kept


def _about(skill: SkillFigure) -> list[str]:
    """Where a skill belongs: its group, its pack where that is not the guide's, and the section of the guide that speaks of it."""
    pack = f"pack {skill.pack}" if skill.pack and skill.pack != "guide" else ""
    guide = f"guide: {skill.guide}" if skill.guide else ""
    return [part for part in (skill.group, pack, guide) if part]


def _short(value: float) -> float:
    return round(value, 4)
