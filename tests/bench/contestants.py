"""Other ways to find the guide's names in a text, each as its own documentation has it, over the same wordings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from importlib.util import find_spec

import spacy
from ahocorasick_rs import BytesAhoCorasick, Implementation
from spacy.matcher import PhraseMatcher
from spacy.util import filter_spans

from skillsift.tagging.windows import DENSE_UNTIL, fold
from skillsift.vocabulary import load
from skillsift.vocabulary.phrases import expand, words

#: A wording, and the id of what it names.
Named = tuple[str, str]
Way = Callable[[str], object]


def guide() -> list[Named]:
    """The wordings of the guide's skills, written out."""
    vocabulary = load()
    return list(
        dict.fromkeys(
            (wording, concept.id)
            for concept in vocabulary.concepts.values()
            for phrase in (*concept.aliases, *concept.exact)
            for wording in expand(phrase, vocabulary.lists)
        )
    )


def naive(named: Iterable[Named]) -> Way:
    """`spacy.blank("en")`, a PhraseMatcher over lower-case forms, `filter_spans`: what spaCy's documentation shows."""
    nlp = spacy.blank("en")
    nlp.max_length = 10**9
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    for wording, id_ in named:
        matcher.add(id_, [nlp.make_doc(wording)])
    return lambda text: filter_spans(matcher(nlp(text), as_spans=True))


def ruler(named: Sequence[Named], *, tokens: bool) -> Way:
    """spaCy's EntityRuler with patterns that are texts, or lists of tokens."""
    nlp = spacy.blank("en")
    nlp.max_length = 10**9
    pipe = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    pipe.add_patterns(  # type: ignore[attr-defined]
        [{"label": id_, "pattern": [{"LOWER": word.lower()} for word in words(text)] if tokens else text} for text, id_ in named]
    )
    return nlp


def aho_corasick(named: Iterable[Named]) -> Way:
    """The limit: fold a text and ask the automaton for its hits, and look at none of them."""
    patterns = list(dict.fromkeys(fold(" ".join(words(wording))) for wording, _ in named))
    kind = Implementation.DFA if len(patterns) <= DENSE_UNTIL else Implementation.ContiguousNFA
    automaton = BytesAhoCorasick(patterns, implementation=kind)
    return lambda text: automaton.find_matches_as_indexes(fold(text), overlapping=True)


def flashtext(named: Iterable[Named]) -> Way:
    from flashtext import KeywordProcessor

    processor = KeywordProcessor(case_sensitive=False)
    for wording, id_ in named:
        processor.add_keyword(wording, id_)
    return lambda text: processor.extract_keywords(text, span_info=True)


def flashtext2(named: Iterable[Named]) -> Way:
    from flashtext2 import KeywordProcessor

    processor = KeywordProcessor(case_sensitive=False)
    for wording, id_ in named:
        processor.add_keyword(wording, id_)
    return processor.extract_keywords_with_span


def medspacy(named: Iterable[Named]) -> Way:
    """medspaCy's TargetMatcher on a blank pipeline, rules by their literals."""
    from medspacy.target_matcher import TargetMatcher, TargetRule

    nlp = spacy.blank("en")
    matcher = TargetMatcher(nlp)
    matcher.add([TargetRule(literal=wording, category=id_) for wording, id_ in named])
    return lambda text: matcher(nlp(text))


def skill_extractor(named: Iterable[Named]) -> Way:
    """skill-extractor's first step, its keyword matcher, over the same wordings. The second, a model that judges each hit, left out."""
    from skill_extractor.matcher import KeywordMatcher

    return KeywordMatcher([wording for wording, _ in named]).extract


def installed(package: str) -> bool:
    return find_spec(package) is not None
