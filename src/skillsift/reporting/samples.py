"""The sentences that a report quotes: picked while the postings go by, so that memory does not hold them all."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field

from skillsift.model import LEVELS
from skillsift.reporting.beyond import key_of
from skillsift.reporting.excerpts import Excerpt
from skillsift.reporting.readings import Ad
from skillsift.reporting.tally import Tally, ad_of

#: Postings that a skill shows as its evidence, at most; and how many are kept until it is known which are near duplicates.
EVIDENCE, KEPT = 20, 60


@dataclass(slots=True)
class Samples:
    """A fixed draw of sentences: by the digest of the ad, which is as good as chance and the same whatever the order of the input.

    Attributes:
        sentences: skill id → (rank of the level, the ad's digest, sentence), the strongest levels first, KEPT at most.
        examples: term → (not beside a skill, the ad's digest, sentence, the ad): the least of them.
    """

    sentences: defaultdict[str, list[tuple[int, str, Excerpt]]] = field(default_factory=lambda: defaultdict(list))
    examples: dict[str, tuple[bool, str, str, Ad]] = field(default_factory=dict)

    def offer(self, tally: Tally) -> None:
        """Take what a posting has to quote, where it is among the first."""
        for id_, excerpt in tally.evidence.items():
            kept = self.sentences[id_]
            rank = LEVELS.index(tally.levels[id_])
            at = bisect_left(kept, (rank, tally.ad), key=lambda entry: entry[:2])
            if at < KEPT and not (at < len(kept) and kept[at][:2] == (rank, tally.ad)):
                kept.insert(at, (rank, tally.ad, excerpt))
                del kept[KEPT:]
        for term in tally.terms:
            example = (not term.beside, tally.ad, term.sentence)
            key = key_of(term.term)
            if key not in self.examples or example < self.examples[key][:3]:
                self.examples[key] = (*example, ad_of(tally))

    def of(self, skill: str) -> dict[str, Excerpt]:
        """The digest of the ad → its sentence, for one skill."""
        return {ad: excerpt for _, ad, excerpt in self.sentences.get(skill, ())}
