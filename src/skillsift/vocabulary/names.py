"""From what a person calls a skill to its id: ids, names and wordings all serve."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from skillsift.vocabulary.phrases import PhraseError, expand, words
from skillsift.vocabulary.schema import Vocabulary


def names_of(vocabulary: Vocabulary) -> Mapping[str, str]:
    """Every way to call a skill, as `plain` writes it → the skill's id. An id goes before a name, a name before a wording."""
    found: dict[str, str] = {}
    concepts = vocabulary.concepts.values()
    for concept in concepts:
        found.setdefault(plain(concept.id), concept.id)
    for concept in concepts:
        found.setdefault(plain(concept.name), concept.id)
    for concept in concepts:
        for phrase in (*concept.aliases, *concept.exact):
            try:
                wordings = expand(phrase, vocabulary.lists)
            except PhraseError:
                continue
            for wording in wordings:
                found.setdefault(plain(wording), concept.id)
    return found


def plain(name: str) -> str:
    """A name without its case, hyphens and runs of spaces.

    >>> plain(" Scikit-Learn ")
    'scikit learn'
    """
    return " ".join(words(name.lower()))


def near(name: str, vocabulary: Vocabulary) -> list[str]:
    """Up to three ids and names that look like it, the likest first."""
    known = {*vocabulary.concepts, *(concept.name.lower() for concept in vocabulary.concepts.values())}
    return get_close_matches(name.strip().lower(), sorted(known), n=3, cutoff=0.5)


def no_skill(name: str, vocabulary: Vocabulary) -> str:
    """What to tell whoever asked for a skill that is not there."""
    found = near(name, vocabulary)
    return f"no skill {name!r}" + (f"; did you mean {', '.join(found)}?" if found else "; skillsift vocab list shows them all")
