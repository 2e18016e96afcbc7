"""From phrases found to skills named: which candidates count, and why the others do not.

Every candidate that is dropped is kept with its reason, for `--explain`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from skillsift.model import SectionKind
from skillsift.tagging.layout import Cover, Span
from skillsift.tagging.matching import Hit, Hits, Role
from skillsift.tagging.sections import Layout
from skillsift.vocabulary.schema import Vocabulary

_BOILERPLATE = (SectionKind.FURNITURE, SectionKind.EQUAL_OPPORTUNITY)
#: How many words may stand between a verb and what it acts on.
GAP_WORDS = 8
#: And how many characters.
GAP = 120

#: An item of such a list is no longer than this, in words.
ITEM_WORDS = 4

_SEPARATOR = re.compile(r"\s*(?:,\s*(?:and|or|&)?|/|&|–|-|\(|\band\b|\bor\b)\s*")
_URL = re.compile(
    r"(?:https?://|www\.)[^\s<>\"')]+|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,5}"
    r"|(?<![\w.@])(?:[a-zA-Z0-9-]{1,63}\.){1,4}(?:com|org|net|io|ai|co|edu|gov|dev|app|eu|uk|de|fr|tech|cloud|so|us|ca|in)(?:/[^\s<>\"')]*)?(?![\w-])"
)
#: Where an address may be: a point, an at sign or "://" with something right behind it.
_IN_ADDRESS = re.compile(r"[.@:](?:(?<=\.)(?=\S)|(?<=@)|(?<=:)//)")
_CHUNK_END = re.compile(r"\s|$")
_WORD = re.compile(r"[^\W_]+(?:'[a-z]+)?")
_GAP_BREAK = re.compile(r"[;:!?\n]|\.(?!\w)(?<!e\.g\.)(?<!etc\.)")


class Candidate(NamedTuple):
    """A skill's wording at [start, end) of the cleaned text; `dropped` says why it does not count."""

    id: str
    start: int
    end: int
    dropped: str = ""


class _Study(NamedTuple):
    """Where fields of study are named, and the words that can be one."""

    named_in: Cover
    words: Cover


class Resolver:
    """Decides which candidates count, with one vocabulary's rules."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._stops = frozenset(vocabulary.text.gap_stops)
        self._modifiers = frozenset(vocabulary.text.list_modifiers)
        self._home = {concept.id: concept.home for concept in vocabulary.concepts.values()}

    def __call__(self, text: str, hits: Hits, layout: Layout, fields: Iterable[Span]) -> list[Candidate]:
        """All candidates of a cleaned text in text order, each with the reason where it was dropped.

        Args:
            fields: stretches that name fields of study.
        """
        unless = _Unless(hits.of(Role.UNLESS))
        alive: dict[str, list[Hit]] = defaultdict(list)  # by pack: a wording swallows none of another pack's
        out: list[Candidate] = []
        for role in (Role.SKILL, Role.AMBIGUOUS):
            for hit in hits.of(role):
                if (cover := unless.of(hit.owner)) and (swallowed := cover.holding(hit.start, hit.end)):
                    out.append(Candidate(hit.owner, hit.start, hit.end, f"other sense: “{text[swallowed.start : swallowed.end]}”"))
                elif role == Role.AMBIGUOUS and not self._supported(hit, hits, layout):
                    out.append(Candidate(hit.owner, hit.start, hit.end, "other sense: none of its context words near by"))
                else:
                    alive[self._home[hit.owner]].append(hit)
        kept = [candidate for pack in alive.values() for candidate in self._longest(text, pack, out)]
        kept.extend(self._told(text, hits, layout, unless, kept))
        addresses = Cover(_addresses(text))
        named = Cover(_split(fields))
        study = _Study(named, Cover(hits.rules("education", "field") if named else ()))
        for candidate in kept:
            out.append(self._judge(text, candidate, layout, addresses, study))
        out.sort(key=lambda c: (c.start, c.end, c.id))
        return out

    @staticmethod
    def _supported(hit: Hit, hits: Hits, layout: Layout) -> bool:
        """Whether a context word stands in the sentence, beside the match, not in it."""
        low, high = layout.sentences.at(hit.start)
        # A word that goes on behind the sentence's end is still one.
        needs = hits.needs(low, high + Cover.REACH).get(hit.owner, ())
        return any(start < high and (end <= hit.start or start >= hit.end) for start, end in needs)

    @staticmethod
    def _longest(text: str, hits: list[Hit], out: list[Candidate]) -> list[Candidate]:
        """Without those that lie inside a longer one; the same skill inside itself is no news."""
        kept: list[Candidate] = []
        reach = -1
        for hit in sorted(hits, key=lambda h: (h.start, -h.end, h.owner)):
            if hit.start >= reach:
                kept.append(Candidate(hit.owner, hit.start, hit.end))
                reach = hit.end
                continue
            longer = next(
                (k for k in reversed(kept[-6:]) if k.start <= hit.start and hit.end <= k.end and (k.end - k.start > hit.end - hit.start)),
                None,
            )
            if longer is None:
                if not kept or (kept[-1].id, kept[-1].start, kept[-1].end) != (hit.owner, hit.start, hit.end):
                    kept.append(Candidate(hit.owner, hit.start, hit.end))
                    reach = max(reach, hit.end)
            elif longer.id != hit.owner:
                out.append(Candidate(hit.owner, hit.start, hit.end, f"inside a longer match: “{text[longer.start : longer.end]}”"))
        return kept

    def _told(self, text: str, hits: Hits, layout: Layout, unless: _Unless, kept: list[Candidate]) -> list[Candidate]:
        """Techniques told in open wording: a verb and what it acts on, or a thing and a list of what is done with it."""
        known = {(candidate.id, candidate.start) for candidate in kept}
        found: list[Candidate] = []
        for (id_, start, end), (before, after) in sorted(_near(hits).items()):
            swallowed = unless.of(id_)
            if swallowed and swallowed.touching(start, end):
                continue
            sentence = layout.sentences.at(start)
            verb = next((v for v in reversed(before) if sentence.start <= v.start and self._joined(text, v.end, start)), None)
            if verb and swallowed and swallowed.touching(verb.start, verb.end):
                verb = None
            if verb and (id_, verb.start) not in known:
                known.add((id_, verb.start))
                found.append(Candidate(id_, verb.start, end))
            noun = next((n for n in after if n.end <= sentence.end and self._listed(text, start, end, n.start)), None)
            if noun and (id_, start) not in known:
                known.add((id_, start))
                found.append(Candidate(id_, start, noun.end))
        return found

    def _joined(self, text: str, low: int, high: int) -> bool:
        if high - low > GAP:
            return False
        gap = text[low:high]
        if _GAP_BREAK.search(gap):
            return False
        words = _WORD.findall(gap.lower())
        return len(words) <= GAP_WORDS and self._stops.isdisjoint(words)

    def _listed(self, text: str, start: int, end: int, high: int) -> bool:
        """Whether the word at `high` is an item of the list that the thing at [start, end) opens: "model training and deployment"."""
        gap = text[end:high]
        if not self._joined(text, end, high):
            return False
        if not gap.strip():
            return True
        items = _SEPARATOR.split(gap)
        if len(items) < 2 or any(len(item.split()) > ITEM_WORDS for item in items):
            return False
        # The last item is the word itself, perhaps after the thing's name again or a word like "ongoing"; a verb makes it a new clause.
        return set(items[-1].lower().split()) <= self._modifiers | set(text[start:end].lower().split())

    @staticmethod
    def _judge(
        text: str,
        candidate: Candidate,
        layout: Layout,
        addresses: Cover,
        study: _Study,
    ) -> Candidate:
        start, end = candidate.start, candidate.end
        address = addresses.holding(start, end)
        if address and (address.start, address.end) != (start, end):
            return candidate._replace(dropped=f"web address: {text[address.start : address.end]}")
        sentence, section, kind = layout.at(start)
        if kind in _BOILERPLATE:
            return candidate._replace(dropped=f"boilerplate: {kind}" + (f" (“{section.heading}”)" if section.heading else ""))
        if layout.telling.get(sentence.start) == SectionKind.BENEFITS:
            return candidate._replace(dropped="boilerplate: a perk")
        if study.named_in.holding(start, end) and study.words.holding(start, end):
            return candidate._replace(dropped="field of study")
        return candidate


def _near(hits: Hits) -> Mapping[tuple[str, int, int], tuple[list[Hit], list[Hit]]]:
    """Things with the verbs before and the nouns behind them that are near enough, in text order, by concept and place of the thing."""
    things = hits.objects()
    starts = [thing.start for thing in things]
    near: dict[tuple[str, int, int], tuple[list[Hit], list[Hit]]] = {}
    for verb in hits.of(Role.VERB):
        for thing in things[bisect_left(starts, verb.end) : bisect_right(starts, verb.end + GAP)]:
            if verb.owner in thing.owners:
                near.setdefault((verb.owner, thing.start, thing.end), ([], []))[0].append(verb)
    for noun in hits.of(Role.NOUN):
        for thing in things[bisect_left(starts, noun.start - GAP - Cover.REACH) : bisect_right(starts, noun.start)]:
            if noun.owner in thing.owners and thing.end <= noun.start <= thing.end + GAP:
                near.setdefault((noun.owner, thing.start, thing.end), ([], []))[1].append(noun)
    return near


class _Unless:
    """The longer phrases that swallow matches, by the concept that they guard."""

    def __init__(self, hits: list[Hit]) -> None:
        self._hits: dict[str, list[Hit]] = {}
        for hit in hits:
            self._hits.setdefault(hit.owner, []).append(hit)
        self._covers: dict[str, Cover] = {}

    def of(self, owner: str) -> Cover | None:
        if owner not in self._hits:
            return None
        if owner not in self._covers:
            self._covers[owner] = Cover(self._hits[owner])
        return self._covers[owner]


def _addresses(text: str) -> Iterator[Span]:
    """Web and e-mail addresses, as far as a Cover reaches."""
    end = 0
    for mark in _IN_ADDRESS.finditer(text):
        if mark.start() < end:
            continue
        start = max(text.rfind(" ", end, mark.start()), text.rfind("\n", end, mark.start()), end - 1) + 1
        end = _CHUNK_END.search(text, mark.end()).start()  # type: ignore[union-attr]
        for found in _URL.finditer(text, start, end):
            yield Span(found.start(), min(found.end(), found.start() + Cover.REACH))


def _split(spans: Iterable[Span]) -> Iterable[Span]:
    """The spans in overlapping pieces that a Cover can hold."""
    for span in spans:
        for start in range(span.start, max(span.end, span.start + 1), Cover.REACH // 2):
            yield Span(start, min(span.end, start + Cover.REACH))
