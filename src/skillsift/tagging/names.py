"""Names alone: where a text names a skill, without its sections, its levels or its stage. The quickest question one can ask."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from skillsift.tagging.windows import Found, Phrase, PhraseFinder
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
        owners: dict[Phrase, tuple[str, ...]] = {}
        for concept in vocabulary.concepts.values():
            own = (concept.id,)
            for exact, phrases in ((False, concept.aliases), (True, concept.exact)):
                for phrase in phrases:
                    for wording in expand(phrase, vocabulary.lists):
                        for words in variants(wording if exact else wording.lower()):
                            others = owners.setdefault((exact, words), own)
                            if concept.id not in others:
                                owners[exact, words] = (*others, concept.id)
        self._ids = list(owners.values())
        self._finder = PhraseFinder(owners)

    def __call__(self, text: str, *, plain: bool = False) -> list[Name]:
        """The names in a text, in text order; of wordings that overlap the longest, then the first (spaCy's `filter_spans`).

        Args:
            text: taken as it is, not cleaned: offsets count its characters.
            plain: without the fast path; the same, several times as slow.
        """
        found = self._finder.find_plain(text) if plain else self._finder.find(text)
        ids = self._ids
        return [_name(Name, (start, end, id_)) for start, end, number in _apart(found) for id_ in ids[number]]


_name = tuple.__new__  # as Name(…) does in the end; names are made by the dozen a posting


def _apart(found: Iterable[Found]) -> list[Found]:
    """Without those that overlap a longer one, or as long a one before them. `found` is in text order, and so is what comes back."""
    kept: list[Found] = []
    group: list[Found] = []  # what overlaps the last one kept, or one of the group
    reach = -1
    for one in found:
        start, end, _ = one
        if start < reach:
            group.append(one)
            reach = max(reach, end)
        else:
            if group:
                kept += _longest_first([kept.pop(), *group])
                group = []
            kept.append(one)
            reach = end
    return kept + _longest_first([kept.pop(), *group]) if group else kept


def _longest_first(group: list[Found]) -> list[Found]:
    # The same place twice is one wording of two skills; it counts for both.
    low, high = group[0][0], max(one[1] for one in group)
    if whole := [one for one in group if one[0] == low and one[1] == high]:
        return whole
    kept: list[Found] = []
    for start, end, number in sorted(group, key=lambda one: (one[0] - one[1], one)):
        if all(end <= other[0] or other[1] <= start or (start, end) == other[:2] for other in kept):
            kept.append((start, end, number))
    return sorted(kept)
