"""Phrases as the pattern files write them: what they stand for, and that the tokenizer cuts a text the same way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillsift.tagging.tokens import make_tokenizer
from skillsift.vocabulary import Vocabulary
from skillsift.vocabulary.phrases import PhraseError, expand, variants, words

LISTS: Mapping[str, Sequence[str]] = {"models": ("model(s)", "neural net"), "pets": ("cat", "dog")}

EXPAND = [
    ("python", ("python",), "a plain phrase stands for itself"),
    ("  big   data ", ("big data",), "white space is single spaces"),
    ("network(s)", ("network", "networks"), "round brackets may stand or not"),
    ("(deep )learning", ("learning", "deep learning"), "an optional word keeps no stray space"),
    ("deploy(s|ed|ing)", ("deploy", "deploys", "deployed", "deploying"), "one of the optional endings, or nothing"),
    ("evaluat[e|es|ing]", ("evaluate", "evaluates", "evaluating"), "exactly one of the choices"),
    ("[ml|ai] [team|lab]", ("ml team", "ml lab", "ai team", "ai lab"), "choices multiply, the last one turning fastest"),
    ("tune <models>", ("tune model", "tune models", "tune neural net"), "a list's own phrases are expanded"),
    ("<pets> and <pets>", ("cat and cat", "cat and dog", "dog and cat", "dog and dog"), "a list may stand twice"),
    ("[a|a] b", ("a b",), "each wording once"),
    ("what you [do|] here", ("what you do here", "what you here"), "an empty choice leaves single spaces"),
    ("(x|)y", ("y", "xy"), "an empty option is the same as leaving it out"),
]


@pytest.mark.parametrize(("phrase", "expected", "why"), EXPAND, ids=[row[0] for row in EXPAND])
def test_expand(phrase: str, expected: tuple[str, ...], why: str) -> None:
    assert expand(phrase, LISTS) == expected, why


BROKEN = [
    ("model(s", "bracket", "a round bracket is left open"),
    ("model[s|es", "bracket", "a square bracket is left open"),
    ("model)s", "bracket", "a bracket is closed that was not opened"),
    ("(a[b|c])", "bracket", "a bracket inside another"),
    ("<models", "bracket", "an angle bracket is left open"),
    ("<birds>", "<birds>", "an unknown list"),
    ("<Models>", "bracket", "a list's name is lower case"),
]


@pytest.mark.parametrize(("phrase", "told", "why"), BROKEN, ids=[row[0] for row in BROKEN])
def test_broken_phrases_are_refused(phrase: str, told: str, why: str) -> None:
    with pytest.raises(PhraseError) as refused:
        expand(phrase, LISTS)
    assert told in str(refused.value), why


def test_a_list_without_lists_is_refused() -> None:
    with pytest.raises(PhraseError, match="<models>"):
        expand("train <models>")


WORDS = [
    ("machine learning", ("machine", "learning"), "words"),
    ("machine-learning", ("machine", "learning"), "a hyphen is a space"),
    ("c++", ("c", "+", "+"), "every mark is a word"),
    ("ci/cd", ("ci", "/", "cd"), "a slash is a mark"),
    ("node.js", ("node", ".", "js"), "a full stop inside a word is a mark"),
    ("python3", ("python3",), "a digit belongs to its word"),
    ("snake_case", ("snake", "_", "case"), "an underscore is a mark"),
    ("you'll", ("you", "'", "ll"), "an apostrophe is a mark"),
    ("naïve bayes", ("naïve", "bayes"), "letters with accents are letters"),
    (" - ", (), "a hyphen alone is nothing"),
]


@pytest.mark.parametrize(("wording", "expected", "why"), WORDS, ids=[row[0] for row in WORDS])
def test_words(wording: str, expected: tuple[str, ...], why: str) -> None:
    assert words(wording) == expected, why


VARIANTS = [
    ("ci/cd", (("ci", "/", "cd"), ("ci", "cd")), "a slash may be a space"),
    ("a/b/c", (("a", "/", "b", "/", "c"), ("a", "b", "c")), "all slashes go together"),
    ("python", (("python",),), "no slash, no variant"),
    ("/ hour", (("/", "hour"),), "a slash at the start stays: it joins nothing"),
    ("per/", (("per", "/"),), "and so at the end"),
]


@pytest.mark.parametrize(("wording", "expected", "why"), VARIANTS, ids=[row[0] for row in VARIANTS])
def test_variants(wording: str, expected: tuple[tuple[str, ...], ...], why: str) -> None:
    assert variants(wording) == expected, why


plain_phrases = st.text(st.characters(exclude_characters="()[]<>", exclude_categories=["Cs"]), max_size=40)


@given(plain_phrases)
def test_a_phrase_without_brackets_is_only_normalised(phrase: str) -> None:
    (wording,) = expand(phrase)
    assert wording == " ".join(phrase.split())
    assert expand(wording) == (wording,), "and once normalised it stays"


@given(st.lists(st.sampled_from(["a", "b ", "(s)", "(x|y)", "[p|q]", "[r| t]", " "]), max_size=6))
def test_every_wording_is_normalised_and_stands_once(parts: list[str]) -> None:
    wordings = expand("".join(parts))
    assert len(set(wordings)) == len(wordings)
    assert [" ".join(wording.split()) for wording in wordings] == list(wordings)
    assert all(expand(wording) == (wording,) for wording in wordings)


def _all_phrases(vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Every phrase of the vocabulary that is matched, with where it stands."""
    for concept in vocabulary.concepts.values():
        for field in ("aliases", "exact", "unless", "needs", "ambiguous", "verbs", "objects", "nouns"):
            for phrase in getattr(concept, field):
                yield f"{concept.file} [{concept.id}] {field}", phrase
    for stem, rules in vocabulary.rules.items():
        for rule in rules:
            for phrase in (*rule.phrases, *rule.exact, *rule.unless, *rule.options.get("headings", ()), *rule.options.get("labels", ())):
                yield f"{stem}.toml [{rule.name}]", phrase


def test_the_tokenizer_cuts_every_wording_into_its_words(vocabulary: Vocabulary) -> None:
    tokenizer = make_tokenizer()
    checked = 0
    wrong: dict[str, str] = {}
    for place, phrase in _all_phrases(vocabulary):
        for wording in expand(phrase, vocabulary.lists):
            checked += 1
            tokens = tuple(token.text for token in tokenizer(wording.replace("-", " ")))
            if tokens != words(wording):
                wrong[wording] = f"{place}: the tokenizer has {tokens}, the phrase {words(wording)}"
    assert wrong == {}
    assert checked > 5000, "the vocabulary was not walked"


_TOKENIZER = make_tokenizer()


@given(st.text(st.characters(exclude_characters="-", exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp")), min_size=1, max_size=20))
def test_the_tokenizer_cuts_any_word_like_words_does(wording: str) -> None:
    """Words that no vocabulary has, too: marks, letters of other scripts, digits, combining marks."""
    assert tuple(token.text for token in _TOKENIZER(wording)) == words(wording)
