"""A vocabulary's wordings for other tools: spaCy's pattern files, a table, JSON.

Phrases are written out: each of its wordings is a pattern of its own. What other tools have no words for (a verb with its
objects, `unless`, `needs`) is only in the JSON.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from skillsift.vocabulary.phrases import expand
from skillsift.vocabulary.schema import CONCEPT_FIELDS, PHRASES, Concept, Vocabulary

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer

#: The label of every exported pattern; the id tells the skill.
LABEL = "SKILL"


def wordings(concept: Concept, vocabulary: Vocabulary) -> Iterator[tuple[str, bool]]:
    """Every wording of a skill, each once, and whether its case counts."""
    for exact, phrases in ((False, concept.aliases), (True, concept.exact)):
        for wording in dict.fromkeys(wording for phrase in phrases for wording in expand(phrase, vocabulary.lists)):
            yield wording, exact


def to_entity_ruler(concepts: Iterable[Concept], vocabulary: Vocabulary) -> Iterator[str]:
    """Lines for EntityRuler and SpanRuler as they stand: a token pattern a wording, LOWER for any case, ORTH for its own.

    The tokens are those of spaCy's English tokenizer, which is what such a pattern has to meet.
    """
    for concept in concepts:
        for wording, exact in wordings(concept, vocabulary):
            attribute = "ORTH" if exact else "LOWER"
            tokens = [{attribute: token.text if exact else token.lower_} for token in _tokenizer()(wording)]
            yield _line({"label": LABEL, "pattern": tokens, "id": concept.id})


def to_entity_ruler_phrases(concepts: Iterable[Concept], vocabulary: Vocabulary) -> Iterator[str]:
    """Lines for a ruler with `phrase_matcher_attr` (for SpanRuler a phrase matcher) set to LOWER: phrases, many times as fast as tokens.

    Wordings whose case counts stay token patterns.
    """
    for concept in concepts:
        for wording, exact in wordings(concept, vocabulary):
            pattern = [{"ORTH": token.text} for token in _tokenizer()(wording)] if exact else wording
            yield _line({"label": LABEL, "pattern": pattern, "id": concept.id})


def to_csv(concepts: Iterable[Concept], vocabulary: Vocabulary) -> Iterator[str]:
    """A row a wording: id, name, group, pack, wording, and the case in which it counts (any, exact)."""
    yield _row(("id", "name", "group", "pack", "wording", "case"))
    for concept in concepts:
        for wording, exact in wordings(concept, vocabulary):
            yield _row((concept.id, concept.name, concept.group, concept.pack, wording, "exact" if exact else "any"))


def to_json(concepts: Iterable[Concept], vocabulary: Vocabulary) -> Iterator[str]:
    """A list with an object a skill: the fields of patterns/README.md that it has, phrases written out."""
    before = "[\n"
    for concept in concepts:
        said: dict[str, Any] = {"id": concept.id, "group": concept.group, "pack": concept.pack}
        for field, kind in CONCEPT_FIELDS.items():
            if value := getattr(concept, field):
                said[field] = (
                    list(dict.fromkeys(w for phrase in value for w in expand(phrase, vocabulary.lists))) if kind == PHRASES else value
                )
        yield before + json.dumps(said, ensure_ascii=False)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


#: Format → what writes it.
FORMATS = {"entity-ruler": to_entity_ruler, "entity-ruler-phrases": to_entity_ruler_phrases, "csv": to_csv, "json": to_json}


def _line(entry: dict[str, Any]) -> str:
    return json.dumps(entry, ensure_ascii=False) + "\n"


def _row(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


@cache
def _tokenizer() -> Tokenizer:
    import spacy

    return spacy.blank("en").tokenizer
