"""What the pattern files may hold, and the frozen values that they become."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Concept:
    """One skill of a pack: a table of `<pack>/<group>.toml`. The fields are those of `patterns/README.md`.

    Attributes:
        home: the first pack that has a skill of this id; a later pack's table stands in its place, among that pack's skills.
    """

    id: str
    name: str
    group: str
    pack: str
    file: str
    line: int
    guide: str = ""
    source: str = ""
    aliases: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    fires: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    home: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One rule of language that is no skill: a table of `sections.toml`, `levels.toml` and their like.

    Attributes:
        says: what a match means; each file's opening comment lists its values.
        options: the fields that only this file has (direction, field, labels …).
    """

    file: str
    name: str
    line: int
    says: str
    phrases: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    fires: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TextFacts:
    """`text.toml`: how words look in sources that lost their spaces or broke their lines."""

    camel: tuple[str, ...]
    openers: tuple[str, ...]
    abbreviations: tuple[str, ...]
    bullets: str
    common: tuple[str, ...]
    gap_stops: tuple[str, ...]
    list_modifiers: tuple[str, ...]
    linking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything skillsift knows about language, checked.

    Attributes:
        concepts: the skills by id, packs in order, a later pack's table in place of an earlier one's.
        lists: the named word lists that phrases refer to.
        rules: the other pattern files' rules, by file stem.
        stages: `stages.toml` as it stands.
        packs: the packs' names in order.
        digest: "sha256:" and the hex digest of every file read, so that two results can be told to rest on the same words.
    """

    concepts: Mapping[str, Concept]
    lists: Mapping[str, tuple[str, ...]]
    rules: Mapping[str, tuple[Rule, ...]]
    text: TextFacts
    stages: Mapping[str, Any]
    packs: tuple[str, ...]
    digest: str

    @property
    def leading(self) -> frozenset[str]:
        """The ids of the first pack's skills: the packs behind it add skills to a record, and change nothing else in it."""
        return frozenset(concept.id for concept in self.concepts.values() if concept.home == self.packs[0])


#: The kinds of value a field may have; `load` checks them.
PHRASES, TEXTS, TEXT, FLAG, NUMBER, OTHER = "a list of phrases", "a list of texts", "a text", "true or false", "a whole number", "anything"

CONCEPT_FIELDS: Mapping[str, str] = {
    "name": TEXT,
    "guide": TEXT,
    "source": TEXT,
    "aliases": PHRASES,
    "exact": PHRASES,
    "unless": PHRASES,
    "needs": PHRASES,
    "ambiguous": PHRASES,
    "verbs": PHRASES,
    "objects": PHRASES,
    "nouns": PHRASES,
    "fires": TEXTS,
    "silent": TEXTS,
}

_RULE: Mapping[str, str] = {
    "says": TEXT,
    "phrases": PHRASES,
    "exact": PHRASES,
    "unless": PHRASES,
    "fires": TEXTS,
    "silent": TEXTS,
}

#: File stem → its fields, and the values `says` may have (the table's own name where a file has no `says`).
RULE_FILES: Mapping[str, tuple[Mapping[str, str], frozenset[str]]] = {
    "sections": (
        {"headings": PHRASES, "labels": PHRASES, "words": TEXTS, "starts": TEXTS, "firm": TEXTS, "spans": OTHER, **_RULE},
        frozenset(("requirements", "preferred", "responsibilities", "company", "benefits", "equal-opportunity", "other", "furniture")),
    ),
    "levels": (
        {"direction": TEXT, "last": FLAG, "opens": NUMBER, "until": TEXTS, **_RULE},
        frozenset(("required", "preferred", "negated", "demand", "terminator")),
    ),
    "seniority": (
        {"field": TEXT, **_RULE},
        frozenset(("entry", "mid", "senior", "staff", "management", "research", "research-engineer", "architect")),
    ),
    "education": (
        {"needs-context": FLAG, **_RULE},
        frozenset(("bachelor", "master", "phd", "field", "fields", "ends", "none")),
    ),
    "experience": ({**_RULE}, frozenset(("demand", "not", "recommended", "less-than", "no-degree", "substitute"))),
    "pay": (
        {"signs": OTHER, "codes": TEXTS, "small": TEXTS, "aliases": OTHER, **_RULE},
        frozenset(("currency", "CAD", "AUD", "year", "month", "day", "hour", "pay", "not", "elsewhere")),
    ),
}

TEXT_FIELDS = ("camel", "openers", "abbreviations", "bullets", "common", "gap_stops", "list_modifiers", "linking")
STAGE_TABLES = ("entry", "mid", "senior", "staff", "tracks", "confidence", "duties")
