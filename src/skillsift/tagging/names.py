"""Names alone: where a text names a skill, without its sections, its levels or its stage. The quickest question one can ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from skillsift.tagging.windows import Found, PhraseFinder
from skillsift.vocabulary.phrases import expand, variants
from skillsift.vocabulary.schema import Vocabulary


class Name(NamedTuple):
    """A skill's wording at [start, end) of a text, and the skill's id."""

    start: int
    end: int
    id: str


class NameFinder:
    """Finds the wordings of one vocabulary's skills (`aliases` and `exact`); what guards them, context and sense, is not asked."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        owners: dict[tuple[bool, tuple[str, ...]], dict[str, None]] = {}
        for concept in vocabulary.concepts.values():
            for exact, phrases in ((False, concept.aliases), (True, concept.exact)):
                for phrase in phrases:
                    for wording in expand(phrase, vocabulary.lists):
                        for words in variants(wording if exact else wording.lower()):
                            owners.setdefault((exact, words), {})[concept.id] = None
        self._ids = [tuple(ids) for ids in owners.values()]
        self._finder = PhraseFinder(owners)

    def __call__(self, text: str, *, plain: bool = False) -> list[Name]:
        """The names in a text, in text order; of wordings that overlap the longest, then the first (spaCy's `filter_spans`).

        Args:
            text: taken as it is, not cleaned: offsets count its characters.
            plain: without the fast path; the same, several times as slow.
        """
        found = self._finder.find_plain(text) if plain else self._finder.find(text)
        return [Name(start, end, id_) for start, end, number in _apart(found) for id_ in self._ids[number]]


def _apart(found: Iterable[Found]) -> Iterator[Found]:
    """Without those that overlap a longer one, or as long a one before them. `found` is in text order, and so is what comes back."""
    group: list[Found] = []
    reach = -1
    for one in found:
        if one[0] >= reach:
            yield from group if len(group) < 2 else _longest_first(group)
            group = []
        group.append(one)
        reach = max(reach, one[1])
    yield from group if len(group) < 2 else _longest_first(group)


def _longest_first(group: list[Found]) -> list[Found]:
    kept: list[Found] = []
    for start, end, number in sorted(group, key=lambda one: (one[0] - one[1], one)):
        # The same place twice is one wording of two skills; it counts for both.
        if all(end <= other[0] or other[1] <= start or (start, end) == other[:2] for other in kept):
            kept.append((start, end, number))
    return sorted(kept)
