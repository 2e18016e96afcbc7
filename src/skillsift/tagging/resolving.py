"""From phrases found to skills named: which candidates count, and why the others do not.

Every candidate that is dropped is kept with its reason, for `--explain`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from operator import itemgetter
from typing import NamedTuple

from skillsift.model import SectionKind
from skillsift.tagging.layout import REACH, Cover, Guards, Shared, Span
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
#: Where an address may be. A search for one mark is many times as fast as one for any of three.
_IN_ADDRESS = tuple(map(re.compile, (r"\.(?=\S)", "@", "://")))
_CHUNK_END = re.compile(r"\s|$")
_WORD = re.compile(r"[^\W_]+(?:'[a-z]+)?")
_GAP_BREAK = re.compile(r"[;:!?\n]|\.(?!\w)(?<!e\.g\.)(?<!etc\.)")


class Candidate(NamedTuple):
    """A skill's wording at [start, end) of the cleaned text; `dropped` says why it does not count."""

    id: str
    start: int
    end: int
    dropped: str = ""


_IN_TEXT = itemgetter(1, 2, 0)


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
        unless = hits.unless()
        alive: dict[str, list[Hit]] = defaultdict(list)  # by pack: a wording swallows none of another pack's
        out: list[Candidate] = []
        for role in (Role.SKILL, Role.AMBIGUOUS):
            for hit in hits.of(role):
                start, end, owner, _ = hit
                if owner in unless.owners and (swallowed := unless.holding(owner, start, end)):
                    out.append(Candidate(owner, start, end, f"other sense: “{text[swallowed.start : swallowed.end]}”"))
                elif role is Role.AMBIGUOUS and not self._supported(hit, hits, layout):
                    out.append(Candidate(owner, start, end, "other sense: none of its context words near by"))
                else:
                    alive[self._home[owner]].append(hit)
        kept = [candidate for pack in alive.values() for candidate in self._longest(text, pack, out)]
        kept.extend(self._told(text, hits, layout, unless, kept))
        addresses = Cover(_addresses(text))
        named = Cover(_split(fields))
        study = _Study(named, Cover(hits.rules("education", "field") if named else ()))
        out.extend([self._judge(text, candidate, layout, addresses, study) for candidate in kept])
        out.sort(key=_IN_TEXT)
        return out

    @staticmethod
    def _supported(hit: Hit, hits: Hits, layout: Layout) -> bool:
        """Whether a context word stands in the sentence, beside the match, not in it."""
        low, high = layout.sentences.at(hit.start)
        return any(end <= hit.start or start >= hit.end for start, end in hits.needs(low, high, hit.owner))

    @staticmethod
    def _longest(text: str, hits: list[Hit], out: list[Candidate]) -> list[Candidate]:
        """Without those that lie inside a longer one; the same skill inside itself is no news."""
        kept: list[Candidate] = []
        reach = -1
        for hit in sorted(hits, key=_longest_first):
            start, end, owner, _ = hit
            if start >= reach:
                kept.append(Candidate(owner, start, end))
                reach = end
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

    def _told(self, text: str, hits: Hits, layout: Layout, unless: Guards[str], kept: list[Candidate]) -> list[Candidate]:
        """Techniques told in open wording: a verb and what it acts on, or a thing and a list of what is done with it."""
        known = {(candidate.id, candidate.start) for candidate in kept}
        found: list[Candidate] = []
        for (id_, start, end), (before, after) in sorted(_near(hits).items()):
            guarded = id_ in unless.owners
            if guarded and unless.touching(id_, start, end):
                continue
            sentence = layout.sentences.at(start)
            verb = next((v for v in reversed(before) if sentence.start <= v.start and self._joined(text, v.end, start)), None)
            if verb and guarded and unless.touching(id_, verb.start, verb.end):
                verb = None
            if verb and (id_, verb.start) not in known:
                known.add((id_, verb.start))
                found.append(Candidate(id_, verb.start, end))
            noun = next((n for n in after if n.end <= sentence.end and self._listed(text, start, end, n.start)), None)
            if noun and guarded and unless.touching(id_, noun.start, noun.end):
                noun = None
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
        _, start, end, _ = candidate
        if addresses and (address := addresses.holding(start, end)) and (address.start, address.end) != (start, end):
            return candidate._replace(dropped=f"web address: {text[address.start : address.end]}")
        sentence, section, kind = layout.at(start)
        if kind in _BOILERPLATE:
            return candidate._replace(dropped=f"boilerplate: {kind}" + (f" (“{section.heading}”)" if section.heading else ""))
        if layout.telling.get(sentence.start) is SectionKind.BENEFITS:
            return candidate._replace(dropped="boilerplate: a perk")
        if study.named_in and study.named_in.holding(start, end) and study.words.holding(start, end):
            return candidate._replace(dropped="field of study")
        return candidate


def _near(hits: Hits) -> Mapping[tuple[str, int, int], tuple[list[Shared[str]], list[Shared[str]]]]:
    """Things with the verbs before and the nouns behind them that are near enough, in text order, by concept and place of the thing."""
    things = hits.shared(Role.OBJECT)
    starts = [thing.start for thing in things]
    near: dict[tuple[str, int, int], tuple[list[Shared[str]], list[Shared[str]]]] = {}
    for verb in hits.shared(Role.VERB):
        _, edge, owners = verb
        for start, end, others in things[bisect_left(starts, edge) : bisect_right(starts, edge + GAP)]:
            for owner in owners & others:
                near.setdefault((owner, start, end), ([], []))[0].append(verb)
    for noun in hits.shared(Role.NOUN):
        edge, _, owners = noun
        for start, end, others in things[bisect_left(starts, edge - GAP - REACH) : bisect_right(starts, edge)]:
            if end <= edge <= end + GAP:
                for owner in owners & others:
                    near.setdefault((owner, start, end), ([], []))[1].append(noun)
    return near


def _longest_first(hit: Hit) -> tuple[int, int, str]:
    return hit.start, -hit.end, hit.owner


def _addresses(text: str) -> Iterator[Span]:
    """Web and e-mail addresses, as far as a Cover reaches."""
    end = 0
    for at in sorted([mark.start() for marks in _IN_ADDRESS for mark in marks.finditer(text)]):
        if at < end:
            continue
        start = max(text.rfind(" ", end, at), text.rfind("\n", end, at), end - 1) + 1
        end = _CHUNK_END.search(text, at + 1).start()  # type: ignore[union-attr]
        for found in _URL.finditer(text, start, end):
            yield Span(found.start(), min(found.end(), found.start() + REACH))


def _split(spans: Iterable[Span]) -> Iterable[Span]:
    """The spans in overlapping pieces that a Cover can hold."""
    for span in spans:
        for start in range(span.start, max(span.end, span.start + 1), REACH // 2):
            yield Span(start, min(span.end, start + REACH))
