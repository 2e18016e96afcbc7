"""Skills asked for as alternatives: "Python, Java or Scala" wants one of them, and stays a group."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from skillsift.tagging.resolving import Candidate

_COMMA = re.compile(r"\s*(?:,|/)\s*(?:[A-Za-z+#.]{1,14}\s*,\s*)?")
_OR = re.compile(r"\s*,?\s*(?:[A-Za-z+#.]{1,14}\s*,\s*)?(?:and/)?or\s+")


def any_of(text: str, accepted: Sequence[Candidate], groups: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    """The groups of alternatives among the accepted candidates of a cleaned text, each once, in text order.

    A group is a list of neighbours of one vocabulary group that "or" closes; one other short word may stand between two.

    Args:
        accepted: the candidates that count, in text order.
        groups: a concept's id → its group.
    """
    found: dict[tuple[str, ...], None] = {}
    run: list[Candidate] = []
    for candidate in accepted:
        if run and groups[candidate.id] == groups[run[-1].id] and candidate.start >= run[-1].end:
            gap = text[run[-1].end : candidate.start]
            if len(gap) <= 40 and _OR.fullmatch(gap):
                ids = tuple(dict.fromkeys(c.id for c in (*run, candidate)))
                if len(ids) > 1:
                    found[ids] = None
                run = []
                continue
            if len(gap) <= 40 and _COMMA.fullmatch(gap):
                run.append(candidate)
                continue
        run = [candidate]
    return tuple(found)
