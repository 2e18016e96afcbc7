"""Every phrase of the vocabulary in one spaCy PhraseMatcher; what it found in a text, sorted by what the phrase is for.

Skills, headings, cues, degrees and the rest are matched together: one tokenization, one pass. A phrase that several rules
share is matched once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from spacy.attrs import IDX, LENGTH
from spacy.matcher import PhraseMatcher

from skillsift.tagging.layout import Cover
from skillsift.tagging.tokens import make_tokenizer
from skillsift.vocabulary.phrases import expand, variants
from skillsift.vocabulary.schema import Concept, Rule, Vocabulary


class Role(StrEnum):
    """What a phrase is for."""

    SKILL = "skill"
    AMBIGUOUS = "ambiguous"
    UNLESS = "unless"
    NEED = "need"
    VERB = "verb"
    OBJECT = "object"
    NOUN = "noun"
    RULE = "rule"
    RULE_UNLESS = "rule-unless"
    HEADING = "heading"
    LABEL = "label"


@dataclass(frozen=True, slots=True)
class Purpose:
    """A phrase's role, and the concept's id or the rule that it serves."""

    role: Role
    owner: str
    rule: Rule | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found at [start, end) of the cleaned text."""

    start: int
    end: int
    owner: str
    rule: Rule | None = None


@dataclass(frozen=True, slots=True)
class Hits:
    """Everything found in one text, in text order, by role; rules also by file stem."""

    by_role: dict[Role, list[Hit]]
    by_file: dict[str, list[Hit]]

    def of(self, role: Role) -> list[Hit]:
        return self.by_role.get(role, [])

    def rules(self, file: str) -> list[Hit]:
        """The hits of one pattern file's rules that no longer phrase of the rule's own `unless` swallows."""
        return self.by_file.get(file, [])


class PhraseIndex:
    """The compiled vocabulary: a tokenizer and the phrase matchers over it."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._tokenizer = make_tokenizer()
        phrases: dict[tuple[bool, tuple[str, ...]], dict[Purpose, None]] = defaultdict(dict)
        for exact, wording, purpose in _phrases(vocabulary):
            for split in variants(wording if exact else wording.lower()):
                phrases[exact, split][purpose] = None
        self._purposes: dict[int, tuple[Purpose, ...]] = {}
        self._matchers = (self._compile(phrases, exact=False), self._compile(phrases, exact=True))

    def _compile(self, phrases: dict[tuple[bool, tuple[str, ...]], dict[Purpose, None]], *, exact: bool) -> PhraseMatcher:
        strings = self._tokenizer.vocab.strings
        matcher = PhraseMatcher(self._tokenizer.vocab, attr="ORTH" if exact else "LOWER")
        shared: dict[tuple[Purpose, ...], list[tuple[str, ...]]] = defaultdict(list)
        for (is_exact, split), owners in phrases.items():
            if is_exact == exact:
                shared[tuple(owners)].append(split)
        for purposes, splits in shared.items():
            key = f"{'exact' if exact else 'lower'}:{len(self._purposes)}"
            self._purposes[strings.add(key)] = purposes
            # The words' hashes in place of a Doc each, as the matcher's own unpickling adds them: a quarter of the time to build.
            matcher.add(key, [[strings.add(word) for word in split] for split in splits])  # type: ignore[misc]
        return matcher

    def find(self, text: str) -> Hits:
        """All phrases of the vocabulary in a cleaned text."""
        doc = self._tokenizer(text.replace("-", " "))  # a hyphen is a space, as in the phrases; positions stay
        by_role: dict[Role, list[Hit]] = defaultdict(list)
        unless: dict[Rule | None, list[Hit]] = defaultdict(list)
        found = sorted({(start, end, key) for matcher in self._matchers for key, start, end in matcher(doc)})
        places = doc.to_array([IDX, LENGTH]).tolist() if found else []
        for first, last, key in found:
            start = places[first][0]
            end = sum(places[last - 1])
            for purpose in self._purposes[key]:
                hit = Hit(start, end, purpose.owner, purpose.rule)
                if purpose.role == Role.RULE_UNLESS:
                    unless[purpose.rule].append(hit)
                else:
                    by_role[purpose.role].append(hit)
        covers = {rule: Cover(swallowing) for rule, swallowing in unless.items()}
        by_file: dict[str, list[Hit]] = defaultdict(list)
        for hit in by_role.pop(Role.RULE, []):
            cover = covers.get(hit.rule)
            if hit.rule and not (cover and cover.holding(hit.start, hit.end)):
                by_file[hit.rule.file].append(hit)
        return Hits(by_role, by_file)


def _phrases(vocabulary: Vocabulary) -> Iterable[tuple[bool, str, Purpose]]:
    """Every wording with whether its case counts, and its purpose."""

    def each(
        phrases: Sequence[str], role: Role, owner: str, rule: Rule | None = None, *, exact: bool = False
    ) -> Iterable[tuple[bool, str, Purpose]]:
        purpose = Purpose(role, owner, rule)
        for phrase in phrases:
            for wording in expand(phrase, vocabulary.lists):
                yield exact, wording, purpose

    for concept in vocabulary.concepts.values():
        ambiguous = _ambiguous(concept, vocabulary)
        for exact, group in ((False, concept.aliases), (True, concept.exact)):
            for phrase in group:
                for wording in expand(phrase, vocabulary.lists):
                    role = Role.AMBIGUOUS if wording in ambiguous else Role.SKILL
                    yield exact, wording, Purpose(role, concept.id)
        yield from each(concept.unless, Role.UNLESS, concept.id)
        yield from each(concept.needs, Role.NEED, concept.id)
        yield from each(concept.verbs, Role.VERB, concept.id)
        yield from each(concept.objects, Role.OBJECT, concept.id)
        yield from each(concept.nouns, Role.NOUN, concept.id)
    for rules in vocabulary.rules.values():
        for rule in rules:
            yield from each(rule.phrases, Role.RULE, rule.name, rule)
            yield from each(rule.exact, Role.RULE, rule.name, rule, exact=True)
            yield from each(rule.unless, Role.RULE_UNLESS, rule.name, rule)
            yield from each(rule.options.get("headings", ()), Role.HEADING, rule.name, rule)
            yield from each(rule.options.get("labels", ()), Role.LABEL, rule.name, rule)


def _ambiguous(concept: Concept, vocabulary: Vocabulary) -> frozenset[str]:
    """The wordings of a concept that count only beside one of its `needs`."""
    if not concept.needs:
        return frozenset()
    phrases = concept.ambiguous or (*concept.aliases, *concept.exact)
    return frozenset(wording for phrase in phrases for wording in expand(phrase, vocabulary.lists))
