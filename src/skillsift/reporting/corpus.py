"""The postings of a report: every ad once, in an order of their own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from skillsift.reporting.duplicates import near_duplicates
from skillsift.reporting.figures import NearDuplicate, Reading
from skillsift.reporting.samples import Samples
from skillsift.reporting.tally import Tally, ad_of
from skillsift.vocabulary.schema import Vocabulary


@dataclass(frozen=True, slots=True)
class Corpus:
    """Postings with each ad once, the earliest of its copies, in the order in which they count; and what was left out."""

    tallies: Sequence[Tally]
    reading: Reading
    samples: Samples


def collect(tallies: Iterable[Tally], vocabulary: Vocabulary, *, inputs: Sequence[str] = (), version: str = "") -> Corpus:
    """Take each ad once: of copies letter for letter, and of those with another date or city, the earliest.

    Args:
        inputs: the inputs' names.
        version: of skillsift.
    """
    kept: dict[str, Tally] = {}
    samples = Samples()
    duplicates = unread = 0
    for tally in tallies:
        if tally.error is not None:
            unread += 1
            continue
        samples.offer(tally)
        tally = replace(tally, evidence={}, terms=tuple(replace(term, sentence="") for term in tally.terms))
        duplicates += tally.ad in kept
        kept[tally.ad] = min(kept.get(tally.ad, tally), tally, key=_earliest)
    ordered = sorted(kept.values(), key=_earliest)
    repeats = near_duplicates(tally.sketch for tally in ordered)
    counted = [tally for at, tally in enumerate(ordered) if at not in repeats]
    dates = [tally.date for tally in counted if tally.date is not None]
    reading = Reading(
        read=len(ordered) + duplicates + unread,
        postings=len(counted),
        duplicates=duplicates,
        near_duplicates=tuple(
            NearDuplicate(ad_of(ordered[at]), ad_of(ordered[of]), similarity)
            for at, (of, similarity) in sorted(repeats.items(), key=lambda repeat: (repeat[1][0], repeat[0]))
        ),
        comparable=sum(tally.sketch is not None for tally in ordered),
        unread=unread,
        without_sections=sum(not tally.sections_found for tally in counted),
        first=min(dates, default=None),
        last=max(dates, default=None),
        undated=len(counted) - len(dates),
        inputs=tuple(inputs),
        packs=vocabulary.packs,
        digest=vocabulary.digest,
        version=version,
    )
    return Corpus(counted, reading, samples)


def _earliest(tally: Tally) -> tuple[str, ...]:
    """Sorts the earliest first, undated ones last; the rest only so that the order is always the same."""
    facts = (tally.id, tally.title, tally.company, tally.location, tally.groups.get("column"))
    return (tally.date or "~", tally.ad, *(fact or "" for fact in facts), repr(sorted(tally.levels.items())))
