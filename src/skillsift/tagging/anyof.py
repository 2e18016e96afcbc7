"""Skills asked for as alternatives: "Python, Java or Scala" wants one of them, and stays a group."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set

from skillsift.tagging.layout import Cover
from skillsift.tagging.resolving import Candidate

_COMMA = re.compile(r"\s*(?:,|/)\s*(?:[A-Za-z+#.]{1,14}\s*,\s*)?")
_OR = re.compile(r"\s*,?\s*(?:[A-Za-z+#.]{1,14}\s*,\s*)?(?:and/)?or\s+")


def any_of(text: str, accepted: Sequence[Candidate], groups: Mapping[str, str], leading: Set[str]) -> tuple[tuple[str, ...], ...]:
    """The groups of alternatives among the accepted candidates of a cleaned text, each once, in text order.

    A group is a list of neighbours of one vocabulary group that "or" closes; one other short word may stand between two. Further packs
    widen the first pack's groups and add some: "Python, R or Java" stays a group of Python and Java, with R in it.

    Args:
        accepted: the candidates that count, in text order.
        groups: a concept's id → its group.
        leading: the ids of the first pack's skills.
    """
    found = dict(_groups(text, [c for c in accepted if c.id in leading], groups))
    if more := [c for c in accepted if c.id not in leading]:
        further = Cover(more)
        # Where two packs name the same words, the further one's name is the one that tells alternatives apart.
        apart = [c for c in accepted if c.id not in leading or not further.touching(c.start, c.end)]
        wide = dict(_groups(text, apart, groups))
        found = {ids: at for ids, at in found.items() if not any(set(ids) <= set(wider) for wider in wide)} | wide
    return tuple(sorted(found, key=lambda ids: found[ids]))


def _groups(text: str, accepted: Sequence[Candidate], groups: Mapping[str, str]) -> Iterator[tuple[tuple[str, ...], int]]:
    """The groups, and where each starts."""
    run: list[Candidate] = []
    for candidate in accepted:
        if run and groups[candidate.id] == groups[run[-1].id] and candidate.start >= run[-1].end:
            gap = text[run[-1].end : candidate.start]
            if len(gap) <= 40 and _OR.fullmatch(gap):
                ids = tuple(dict.fromkeys(c.id for c in (*run, candidate)))
                if len(ids) > 1:
                    yield ids, run[0].start
                run = []
                continue
            if len(gap) <= 40 and _COMMA.fullmatch(gap):
                run.append(candidate)
                continue
        run = [candidate]
