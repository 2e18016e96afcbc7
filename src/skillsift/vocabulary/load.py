"""Read pattern files and check everything about them; all faults come at once, each with its file and line."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from skillsift.errors import Fault, UsageError, VocabularyError
from skillsift.vocabulary.file import PatternFile
from skillsift.vocabulary.phrases import PhraseError, expand, words
from skillsift.vocabulary.schema import (
    CONCEPT_FIELDS,
    FLAG,
    NUMBER,
    PHRASES,
    RULE_FILES,
    STAGE_TABLES,
    TEXT,
    TEXT_FIELDS,
    TEXTS,
    Concept,
    Rule,
    TextFacts,
    Vocabulary,
)

#: A phrase of marks alone is looked for in every spelling with and without a space between each two: with more than this, none matches.
_MOST_MARKS = 8
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LISTS = "lists.toml"
#: Characters that cleaning a text replaces, so that a phrase with one could never match.
_NEVER = re.compile(r"[\u2010-\u2015\u2018\u2019\u201c\u201d\u00a0\u200b-\u200d\u2060\ufeff]")


def _check_fields(file: PatternFile, name: str, table: Any, fields: Mapping[str, str]) -> dict[str, Any]:
    """The table's values with lists as tuples; a fault for each field that is unknown or of the wrong kind."""
    if not isinstance(table, dict):
        file.fault((name,), f"{name} is not a table: write [{name}] on a line of its own")
        return {}
    values: dict[str, Any] = {}
    for key, value in table.items():
        kind = fields.get(key)
        if kind is None:
            file.fault((name, key), f"[{name}] has an unknown field {key!r}; known: {', '.join(fields)}")
        elif kind in (PHRASES, TEXTS):
            if not isinstance(value, list) or not all(isinstance(entry, str) and entry.strip() for entry in value):
                file.fault((name, key), f"[{name}] {key} must be {kind}, each in quotes and not empty")
                continue
            values[key] = tuple(dict.fromkeys(value))
            if len(values[key]) < len(value):
                for entry in [entry for entry, count in Counter(value).items() if count > 1]:
                    file.fault((name, key, entry), f"[{name}] {key} has {entry!r} twice")
        elif kind == TEXT and not (isinstance(value, str) and value.strip()):
            file.fault((name, key), f"[{name}] {key} must be a text in quotes")
        elif kind == FLAG and not isinstance(value, bool):
            file.fault((name, key), f"[{name}] {key} must be true or false")
        elif kind == NUMBER and (not isinstance(value, int) or isinstance(value, bool)):
            file.fault((name, key), f"[{name}] {key} must be a whole number")
        else:
            values[key] = value
    return values


def _check_phrases(file: PatternFile, name: str, values: dict[str, Any], fields: Sequence[str], lists: dict[str, tuple[str, ...]]) -> None:
    """A fault for each phrase that cannot be expanded, or that could never match a cleaned text."""
    for key in fields:
        for phrase in values.get(key, ()):
            place = (name, key, phrase)
            try:
                wordings = expand(phrase, lists)
            except PhraseError as error:
                file.fault(place, f"[{name}] {key} {phrase!r}: {error}")
                continue
            splits = [words(wording) for wording in wordings]
            if not all(splits):
                file.fault(place, f"[{name}] {key} {phrase!r} has a wording without any word")
            elif any(len(split) > _MOST_MARKS and not any(map(str.isalnum, split)) for split in splits):
                file.fault(place, f"[{name}] {key} {phrase!r} has a wording of more than {_MOST_MARKS} marks without a word")
            if not phrase.isascii() and (odd := _NEVER.search(phrase)):
                file.fault(place, f"[{name}] {key} {phrase!r} can never match: it holds U+{ord(odd[0]):04X}; type the plain character")
            elif key in ("aliases", "verbs", "objects", "nouns") and phrase != phrase.lower():
                file.fault(place, f"[{name}] {key} {phrase!r}: write it in lower case, or under exact for this case only")


def _read_lists(sources: Sequence[PatternFile]) -> dict[str, tuple[str, ...]]:
    lists: dict[str, tuple[str, ...]] = {}
    for file in sources:
        for name, entries in file.tables.items():
            if not isinstance(entries, list) or not all(isinstance(entry, str) and entry.strip() for entry in entries):
                file.fault((name,), f"{name} must be {PHRASES}")
                continue
            if lists.setdefault(name, tuple(entries)) != tuple(entries):  # it would change what the other pack's skills are found by
                file.fault((name,), f"{name} is a list of another pack already; give this one another name")
            _check_phrases(file, name, {name: tuple(entries)}, [name], {})
    return lists


def _read_concepts(file: PatternFile, group: str, pack: str, lists: dict[str, tuple[str, ...]]) -> Iterator[Concept]:
    for id_, table in file.tables.items():
        line = file.line(id_)
        if not _ID.fullmatch(id_):
            file.fault(line, f"[{id_}]: an id is lower case letters, digits and single hyphens")
        values = _check_fields(file, id_, table, CONCEPT_FIELDS)
        _check_phrases(file, id_, values, ["aliases", "exact", "unless", "needs", "ambiguous", "verbs", "objects", "nouns"], lists)
        required = ("name", "guide", "fires", "silent") if pack == "guide" else ("name",)
        for field in required:
            if not values.get(field):
                file.fault(line, f"[{id_}] has no {field}")
        if not (values.get("aliases") or values.get("exact") or (values.get("verbs") and values.get("objects"))):
            file.fault(line, f"[{id_}] can never match: give it aliases, exact, or verbs with objects")
        if bool(values.get("objects")) != bool(values.get("verbs") or values.get("nouns")):
            file.fault(line, f"[{id_}] objects go with verbs or nouns, and verbs and nouns with objects")
        if values.get("ambiguous") and not values.get("needs"):
            file.fault((id_, "ambiguous"), f"[{id_}] ambiguous does nothing without needs")
        known = {wording for key in ("aliases", "exact") for phrase in values.get(key, ()) for wording in _wordings(phrase, lists)}
        for phrase in values.get("ambiguous", ()):
            if unknown := [w for w in _wordings(phrase, lists) if w not in known]:
                file.fault((id_, "ambiguous", phrase), f"[{id_}] ambiguous {unknown[0]!r} is none of its aliases or exact wordings")
        values.setdefault("name", id_)
        yield Concept(id=id_, group=group, pack=pack, file=file.label, line=line, **values)


def _wordings(phrase: str, lists: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    try:
        return expand(phrase, lists)
    except PhraseError:
        return ()


def _check_between(
    concepts: dict[str, Concept], lists: dict[str, tuple[str, ...]], common: Sequence[str], opened: dict[str, PatternFile]
) -> None:
    """Faults that only show between concepts: a wording owned twice within a pack, a common word without a guard."""
    owners: dict[tuple[str, str, tuple[str, ...]], str] = {}
    for concept in concepts.values():
        file = opened[concept.file]
        for key in ("aliases", "exact"):
            for phrase in getattr(concept, key):
                for wording in _wordings(phrase, lists):
                    owned = (concept.home, key, words(wording if key == "exact" else wording.lower()))
                    owner = owners.setdefault(owned, concept.id)
                    if owner != concept.id:
                        file.fault((concept.id, key, phrase), f"[{concept.id}] {wording!r} belongs to [{owner}] already")
        guarded = (
            {wording for phrase in (concept.ambiguous or concept.aliases) for wording in _wordings(phrase, lists)}
            if concept.needs
            else set()
        )
        for phrase in concept.aliases:
            for wording in _wordings(phrase, lists):
                if wording in common and wording not in guarded:
                    file.fault(
                        (concept.id, "aliases", phrase),
                        f"[{concept.id}] {wording!r} is too common a word: put it under exact, or give it needs",
                    )


def _read_rules(file: PatternFile, stem: str, lists: dict[str, tuple[str, ...]]) -> Iterator[Rule]:
    fields, says = RULE_FILES[stem]
    common = {"says", "phrases", "exact", "unless", "fires", "silent"}
    for name, table in file.tables.items():
        line = file.line(name)
        values = _check_fields(file, name, table, fields)
        _check_phrases(file, name, values, [key for key, kind in fields.items() if kind == PHRASES], lists)
        said = values.get("says", name)
        if said not in says:
            file.fault((name, "says"), f"[{name}] says {said!r}; known: {', '.join(sorted(says))}")
        for field in ("fires", "silent"):
            if not values.get(field):
                file.fault(line, f"[{name}] has no {field}: every rule shows a text it is for, and one it is not for")
        yield Rule(
            file=stem,
            name=name,
            line=line,
            says=said,
            options={key: value for key, value in values.items() if key not in common},
            **{key: values[key] for key in common - {"says"} if key in values},
        )


def _toml_files(folder: Traversable) -> list[Traversable]:
    return sorted((entry for entry in folder.iterdir() if entry.name.endswith(".toml")), key=lambda entry: entry.name)


def patterns_folder() -> Traversable:
    """The pattern files that ship with skillsift: `skillsift.patterns` in a wheel and in an editable install alike."""
    return files("skillsift.patterns")


def _pack_folder(pack: str) -> tuple[str, Traversable]:
    shipped = patterns_folder() / pack
    if _ID.fullmatch(pack) and shipped.is_dir():
        return pack, shipped
    path = Path(pack)
    if not path.is_dir():
        known = ", ".join(sorted(entry.name for entry in patterns_folder().iterdir() if entry.is_dir() and _ID.fullmatch(entry.name)))
        raise UsageError(f"{pack}: no such pack; give a folder of .toml files, or one of: {known}")
    if not _toml_files(path):
        raise UsageError(f"{pack}: the pack holds no .toml file")
    return path.resolve().name, path


def own_pack(pack: str) -> tuple[str, dict[str, str]] | None:
    """The name of a user's pack and its texts by file name, to be kept elsewhere; None for one that ships with skillsift.

    Raises:
        UsageError: the pack is not there.
    """
    name, folder = _pack_folder(pack)
    if folder == patterns_folder() / name:
        return None
    return name, {entry.name: entry.read_bytes().decode("utf-8") for entry in _toml_files(folder)}


def load(packs: Sequence[str] = ("guide",)) -> Vocabulary:
    """Read the shipped language patterns and the packs, later packs winning on the same id.

    Args:
        packs: names of shipped packs, or folders of `.toml` files in the same format.

    Raises:
        UsageError: a pack is not there.
        VocabularyError: with every fault of every file.
    """
    if not packs:
        raise UsageError("no pack given; the shipped one is called guide")
    shipped = all(_ID.fullmatch(pack) and (patterns_folder() / pack).is_dir() for pack in packs)
    # A folder of the user's may change between two calls; what ships does not.
    return _load(tuple(packs)) if shipped else _load.__wrapped__(tuple(packs))


@cache
def _load(packs: tuple[str, ...]) -> Vocabulary:
    faults: list[Fault] = []
    digest = hashlib.sha256()
    opened: dict[str, PatternFile] = {}

    def read(label: str, source: Traversable) -> PatternFile:
        content = source.read_bytes()
        digest.update(f"{label}\0{len(content)}\0".encode() + content)
        opened[label] = PatternFile(label, content, faults)
        return opened[label]

    shared = {stem: read(f"{stem}.toml", patterns_folder() / f"{stem}.toml") for stem in (*RULE_FILES, "stages", "text")}
    folders = [_pack_folder(pack) for pack in packs]
    pack_files = [(name, entry.name, read(f"{name}/{entry.name}", entry)) for name, folder in folders for entry in _toml_files(folder)]
    lists = _read_lists([file for _, name, file in pack_files if name == _LISTS])

    concepts: dict[str, Concept] = {}
    for pack, name, file in pack_files:
        if name != _LISTS:
            for concept in _read_concepts(file, name.removesuffix(".toml"), pack, lists):
                before = concepts.get(concept.id)
                if before and before.pack == pack:
                    file.fault(concept.line, f"[{concept.id}] stands in {before.file} already")
                concepts[concept.id] = replace(concept, home=before.home if before else pack)

    rules = {stem: tuple(_read_rules(shared[stem], stem, lists)) for stem in RULE_FILES}
    text = _text_facts(shared["text"])
    for table in STAGE_TABLES:
        if not isinstance(shared["stages"].tables.get(table), dict):
            shared["stages"].fault(1, f"[{table}] is missing")
    _check_between(concepts, lists, text.common, opened)
    if faults:
        raise VocabularyError(faults)
    return Vocabulary(
        concepts=concepts,
        lists=lists,
        rules=rules,
        text=text,
        stages=shared["stages"].tables,
        packs=tuple(name for name, _ in folders),
        digest=f"sha256:{digest.hexdigest()}",
    )


def _text_facts(file: PatternFile) -> TextFacts:
    values: dict[str, Any] = {}
    for field in TEXT_FIELDS:
        value = file.tables.get(field)
        if field == "bullets":
            values[field] = value if isinstance(value, str) else ""
        else:
            values[field] = tuple(value) if isinstance(value, list) else ()
        if not values[field]:
            file.fault(1, f"{field} is missing")
    return TextFacts(**values)
