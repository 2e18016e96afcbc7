"""Every phrase of the vocabulary, found in a text in one pass, and sorted by what the phrase is for.

Skills, headings, cues, degrees and the rest are looked for together. A phrase that several rules share is matched once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from functools import partial
from operator import itemgetter
from typing import NamedTuple

from skillsift.tagging.layout import Guards, Shared, Span, may_head
from skillsift.tagging.windows import Found, PhraseFinder
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


class Purpose(NamedTuple):
    """A phrase's role, and the concept's id or the rule that it serves."""

    role: Role
    owner: str
    rule: Rule | None = None


class Hit(NamedTuple):
    """A phrase found at [start, end) of the cleaned text."""

    start: int
    end: int
    owner: str
    rule: Rule | None = None


class PhraseIndex:
    """The compiled vocabulary.

    Context words stand apart from the rest: they are looked for near by a few skills alone.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.main, self.needs = _Table(), _Table()
        for exact, wording, purpose in _phrases(vocabulary):
            table = self.needs if purpose.role is Role.NEED else self.main
            for split in variants(wording if exact else wording.lower()):
                table.add(exact, split, purpose)
        #: A rule file's stem → the places of its hits, in the order of its rules.
        self.files = {
            file: tuple(dict.fromkeys(f"{file}:{rule.says}" for rule in rules)) for file, rules in vocabulary.rules.items() if rules
        }
        for table in (self.main, self.needs):
            table.compile()

    def find(self, text: str) -> Hits:
        """All phrases of the vocabulary in a cleaned text."""
        return Hits(text, self)


class Hits:
    """Everything found in one text, in text order, by what it is for; made as it is asked for."""

    __slots__ = ("_found", "_index", "_made", "_needs", "_needs_of", "_text", "_unless")

    def __init__(self, text: str, index: PhraseIndex) -> None:
        self._text = text
        self._index = index
        self._found = index.main.find(text, partial(may_head, text))
        self._made: dict[tuple[str, ...], list[Hit]] = {}
        self._needs: dict[tuple[int, int], Sequence[Found]] = {}
        self._needs_of: dict[tuple[int, int, str], list[Span]] = {}
        self._unless: Guards[Rule] | None = None

    def of(self, role: Role) -> list[Hit]:
        """The hits of a role: SKILL or AMBIGUOUS."""
        return self._hits((role,))

    def rules(self, file: str, *says: str) -> list[Hit]:
        """The hits of one pattern file's rules that no longer phrase of the rule's own `unless` swallows.

        Args:
            file: the file's stem.
            says: only the rules that say one of these; all without.
        """
        return self._hits(tuple([f"{file}:{said}" for said in says]) if says else self._index.files.get(file, ()))

    def shared(self, role: Role) -> list[Shared[str]]:
        """What was found of a role whose phrases serve several concepts each: VERB, OBJECT or NOUN."""
        return self._index.main.shared(self._found.get(role, ()), role)

    def unless(self) -> Guards[str]:
        """The longer phrases that swallow a concept's wordings, by the concept."""
        return Guards(self.shared(Role.UNLESS))

    def needs(self, low: int, high: int, owner: str) -> list[Span]:
        """The context words that start within [low, high) and make an ambiguous wording of a concept the skill."""
        own = self._needs_of.get((low, high, owner))
        if own is None:
            table = self._index.needs
            found = self._needs.get((low, high))
            if found is None:  # one may go on behind the end
                found = self._needs[low, high] = table.find(self._text[low : high + table.finder.longest + 1]).get(Role.NEED, ())
            own = [Span(low + start, low + end) for start, end in table.owned(found, Role.NEED, owner) if low + start < high]
            self._needs_of[low, high, owner] = own
        return own

    def headings(self) -> list[tuple[Hit, bool]]:
        """The heading phrases where they may be headings, each with whether it is a label, a heading of its own line alone."""
        places = ((Role.HEADING, False), (Role.LABEL, True))
        return [(hit, is_label) for role, is_label in places for hit in self._hits((role,)) if may_head(self._text, hit.start)]

    def _hits(self, places: tuple[str, ...]) -> list[Hit]:
        made = self._made.get(places)
        if made is None:
            table, found = self._index.main, self._found
            here = [place for place in places if place in found]
            made = [hit for place in here for hit in table.hits(found[place], place)]
            if len(here) > 1:
                made.sort(key=_where)
            if made and made[0].rule and Role.RULE_UNLESS in found:
                if self._unless is None:
                    self._unless = Guards(table.guarding(found[Role.RULE_UNLESS]))
                unless = self._unless
                made = [hit for hit in made if not (hit.rule in unless.owners and unless.holding(hit.rule, hit.start, hit.end))]
            self._made[places] = made
        return made


_where = itemgetter(0, 1)
_hit = _shared = tuple.__new__  # as Hit(…) does in the end; hits are made by the hundred a posting


class _Table:
    """Phrases with their purposes, and the finder over them."""

    def __init__(self) -> None:
        self._phrases: dict[tuple[bool, tuple[str, ...]], dict[Purpose, None]] = {}

    def add(self, exact: bool, words: tuple[str, ...], purpose: Purpose) -> None:
        self._phrases.setdefault((exact, words), {})[purpose] = None

    def compile(self) -> None:
        self._places: list[tuple[str, ...]] = []
        #: By place and phrase: the concept or rule whose hit it is; mostly one.
        self._purposes: dict[str, dict[int, list[tuple[str, Rule | None]]]] = defaultdict(lambda: defaultdict(list))
        for number, purposes in enumerate(self._phrases.values()):
            for purpose in purposes:
                self._purposes[_place(purpose)][number].append((purpose.owner, purpose.rule))
            self._places.append(tuple(dict.fromkeys(map(_place, purposes))))
        heads = frozenset((Role.HEADING, Role.LABEL))
        self.finder = PhraseFinder(self._phrases, {number for number, places in enumerate(self._places) if heads.issuperset(places)})
        self._owners = {
            role: {number: frozenset(owner for owner, _ in purposes) for number, purposes in self._purposes[role].items()}
            for role in (Role.NEED, Role.UNLESS, Role.VERB, Role.OBJECT, Role.NOUN)
        }
        self._guarded = {
            number: frozenset(rule for _, rule in purposes if rule) for number, purposes in self._purposes[Role.RULE_UNLESS].items()
        }
        self._phrases = {}

    def find(self, text: str, where: Callable[[int], bool] = lambda at: True) -> Mapping[str, list[Found]]:
        """What stands in a text, by the place its hits go to; headings are wanted only where `where` says."""
        by_place: dict[str, list[Found]] = defaultdict(list)
        places = self._places
        for found in self.finder.find(text, where):
            for place in places[found[2]]:
                by_place[place].append(found)
        return by_place

    def hits(self, found: Iterable[Found], place: str) -> list[Hit]:
        purposes = self._purposes[place]
        return [_hit(Hit, (start, end, owner, rule)) for start, end, number in found for owner, rule in purposes[number]]

    def shared(self, found: Iterable[Found], role: Role) -> list[Shared[str]]:
        owners = self._owners[role]
        return [_shared(Shared, (start, end, owners[number])) for start, end, number in found]

    def owned(self, found: Iterable[Found], role: Role, owner: str) -> list[tuple[int, int]]:
        owners = self._owners[role]
        return [(start, end) for start, end, number in found if owner in owners[number]]

    def guarding(self, found: Iterable[Found]) -> list[Shared[Rule]]:
        return [Shared(start, end, self._guarded[number]) for start, end, number in found]


def _place(purpose: Purpose) -> str:
    """The name under which a purpose's hits are kept: the role's, or of a rule its file's and what it says."""
    return f"{purpose.rule.file}:{purpose.rule.says}" if purpose.role == Role.RULE and purpose.rule else str(purpose.role)


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
