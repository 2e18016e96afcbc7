"""Skills that go together, and how far a list of skills reaches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import accumulate
from math import ceil

import numpy as np
from numpy.typing import NDArray

from skillsift.model import Level
from skillsift.reporting.figures import Coverage, CoveragePoint, Pair, SkillFigure, Together
from skillsift.reporting.statistics import discoveries, same_share

#: Postings that must name both skills of a pair: so many, or this share of all, whichever is more.
SUPPORT, SUPPORT_SHARE = 5, 0.01
#: Skills in the matrix.
SIDE = 20
#: Postings whose skills are multiplied out at a time.
_BLOCK = 4096


def together(levels: Sequence[Mapping[str, Level]], skills: Sequence[SkillFigure]) -> Together:
    """Which skills stand together more often than chance has it.

    Lift is P(one and two) / (P(one) · P(two)) (Brin, Motwani and Silverstein, Beyond market baskets, 1997, who call it interest); a
    pair is listed where it is above 1 and the share of `two` differs between postings with and without `one`, by the same test and
    correction as a change (`changes`).

    Args:
        levels: each posting's skills.
        skills: the skills that they name, most named first.
    """
    postings = len(levels)
    support = max(SUPPORT, ceil(SUPPORT_SHARE * postings))
    counts = [skill.postings for skill in skills]
    joint = _joint(levels, [skill.id for skill in skills])
    candidates = [
        (one, two, both)
        for one, two in np.argwhere(np.triu(joint, 1) >= support).tolist()
        if (both := int(joint[one, two])) * postings > counts[one] * counts[two]
    ]
    ps = [same_share(both, counts[one], counts[two] - both, postings - counts[one]) for one, two, both in candidates]
    pairs = [
        Pair(skills[one].id, skills[two].id, both, expected, both / expected)
        for (one, two, both), stands in zip(candidates, discoveries(ps), strict=True)
        if stands and (expected := counts[one] * counts[two] / postings)
    ]
    groups = list(dict.fromkeys(skill.group for skill in skills[:SIDE]))
    shown = sorted(range(min(SIDE, len(skills))), key=lambda at: (groups.index(skills[at].group), at))

    def lift(one: int, two: int) -> float | None:
        expected = counts[one] * counts[two] / postings
        few = joint[one, two] < support and expected < support
        return None if one == two or few else float(joint[one, two]) / expected

    return Together(
        support=support,
        pairs=tuple(sorted(pairs, key=lambda pair: (-pair.lift, -pair.postings, pair.one, pair.two))),
        skills=tuple(skills[at].id for at in shown),
        matrix=tuple(tuple(lift(one, two) for two in shown) for one in shown),
    )


def _joint(levels: Sequence[Mapping[str, Level]], ids: Sequence[str]) -> NDArray[np.float64]:
    """How many postings name both of each two skills."""
    place = {id_: at for at, id_ in enumerate(ids)}
    joint = np.zeros((len(ids), len(ids)))
    for start in range(0, len(levels), _BLOCK):
        block = levels[start : start + _BLOCK]
        named = np.zeros((len(block), len(ids)), np.float32)
        for row, skills in enumerate(block):
            named[row, [place[id_] for id_ in skills]] = 1
        joint += named.T @ named
    return joint


def coverage(levels: Sequence[Mapping[str, Level]], skills: Sequence[SkillFigure]) -> Coverage:
    """What the first k of the most required skills make up of all that the postings require."""
    ranked = sorted((skill for skill in skills if skill.required), key=lambda skill: (-skill.required, skill.name))
    rank = {skill.id: at for at, skill in enumerate(ranked, 1)}
    #: k → postings whose last required skill in the ranking is the k-th: the first k cover them.
    until = Counter(max(ranks) for named in levels if (ranks := [rank[id_] for id_, level in named.items() if level == Level.REQUIRED]))
    demanding, requirements = until.total(), sum(skill.required for skill in ranked)
    reached = accumulate(skill.required for skill in ranked)
    covered = accumulate(until[k] for k in range(1, len(ranked) + 1))
    points = tuple(
        CoveragePoint(k, skill.id, skill.name, pairs / requirements, whole / demanding)
        for k, (skill, pairs, whole) in enumerate(zip(ranked, reached, covered, strict=True), 1)
    )
    return Coverage(demanding, requirements, points)
