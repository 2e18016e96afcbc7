"""The vocabulary for other tools: spaCy loads what is written and finds with it; what comes back is what went out."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import spacy
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from skillsift.vocabulary import Vocabulary, load
from skillsift.vocabulary.export import FORMATS, to_csv, to_entity_ruler, to_entity_ruler_phrases, to_json, wordings
from skillsift.vocabulary.importers import folders, import_vocabulary
from skillsift.vocabulary.importers.wordings import plain
from skillsift.vocabulary.phrases import words

PACK = """
[fen]
name = "Fen"
source = "https://example.org/fen"
aliases = ["fen(s)", "fen/bog <tools>", "c++", "5g"]
unless = ["fen street"]
[heron]
name = "Heron"
exact = ["Heron", "HERON"]
[go-work]
name = "Going"
verbs = ["go"]
objects = ["place(s)"]
"""


@pytest.fixture
def pack(tmp_path: Path) -> Vocabulary:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "lists.toml").write_text('tools = ["rake", "spade"]\n', "utf-8")
    (folder / "tools.toml").write_text(PACK, "utf-8")
    return load([str(folder)])


def lines(pieces: Iterable[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in "".join(pieces).splitlines()]


def test_a_pattern_for_every_wording(pack: Vocabulary) -> None:
    patterns = [(entry["id"], entry["pattern"]) for entry in lines(to_entity_ruler(pack.concepts.values(), pack))]
    assert patterns == [
        ("fen", [{"LOWER": "fen"}]),
        ("fen", [{"LOWER": "fens"}]),
        ("fen", [{"LOWER": "fen"}, {"LOWER": "/"}, {"LOWER": "bog"}, {"LOWER": "rake"}]),
        ("fen", [{"LOWER": "fen"}, {"LOWER": "/"}, {"LOWER": "bog"}, {"LOWER": "spade"}]),
        ("fen", [{"LOWER": "c++"}]),
        ("fen", [{"LOWER": "5"}, {"LOWER": "g"}]),
        ("heron", [{"ORTH": "Heron"}]),
        ("heron", [{"ORTH": "HERON"}]),
    ]
    assert {entry["label"] for entry in lines(to_entity_ruler(pack.concepts.values(), pack))} == {"SKILL"}


def test_phrases_where_spacy_is_told_to_match_them_in_any_case(pack: Vocabulary) -> None:
    patterns = [entry["pattern"] for entry in lines(to_entity_ruler_phrases(pack.concepts.values(), pack))]
    assert patterns == ["fen", "fens", "fen/bog rake", "fen/bog spade", "c++", "5g", [{"ORTH": "Heron"}], [{"ORTH": "HERON"}]]


def test_csv(pack: Vocabulary) -> None:
    rows = list(csv.reader(io.StringIO("".join(to_csv(pack.concepts.values(), pack)))))
    assert rows[0] == ["id", "name", "group", "pack", "wording", "case"]
    assert rows[1] == ["fen", "Fen", "tools", "mine", "fen", "any"]
    assert rows[-1] == ["heron", "Heron", "tools", "mine", "HERON", "exact"]
    assert len(rows) == 1 + 8


def test_json_has_what_the_others_cannot_say(pack: Vocabulary) -> None:
    fen, heron, going = json.loads("".join(to_json(pack.concepts.values(), pack)))
    assert fen == {
        "id": "fen", "group": "tools", "pack": "mine", "name": "Fen", "source": "https://example.org/fen",
        "aliases": ["fen", "fens", "fen/bog rake", "fen/bog spade", "c++", "5g"], "unless": ["fen street"],
    }  # fmt: skip
    assert heron["exact"] == ["Heron", "HERON"]
    assert (going["verbs"], going["objects"]) == (["go"], ["place", "places"])


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_to_write(pack: Vocabulary, format: str) -> None:
    content = "".join(FORMATS[format]([], pack))
    assert content in ("", "[]\n", "id,name,group,pack,wording,case\n")


# ---- spaCy itself --------------------------------------------------------------------------------------------------------

RULERS: list[tuple[Any, str, dict[str, Any]]] = [
    (to_entity_ruler, "entity_ruler", {}),
    (to_entity_ruler, "span_ruler", {}),
    (to_entity_ruler_phrases, "entity_ruler", {"phrase_matcher_attr": "LOWER"}),
    (to_entity_ruler_phrases, "span_ruler", {"phrase_matcher_attr": "LOWER"}),
]


@pytest.mark.parametrize(("export", "pipe", "config"), RULERS, ids=[f"{row[0].__name__} {row[1]}" for row in RULERS])
def test_spacy_finds_every_wording_of_the_guide(
    vocabulary: Vocabulary, tmp_path: Path, export: Any, pipe: str, config: dict[str, Any]
) -> None:
    """In capitals too, where nothing but letters is in it: spaCy parts "plot.ly" and "Plot.Ly" at different places."""
    file = tmp_path / "patterns.jsonl"
    file.write_text("".join(export(vocabulary.concepts.values(), vocabulary)), "utf-8")
    nlp = spacy.blank("en")
    ruler: Any = nlp.add_pipe(pipe, config=config)
    if pipe == "entity_ruler":
        ruler.from_disk(file)
    else:
        ruler.add_patterns(lines([file.read_text("utf-8")]))
    missed = []
    for concept in vocabulary.concepts.values():
        for wording, exact in wordings(concept, vocabulary):
            doc = nlp(wording.upper() if not exact and wording.replace(" ", "").isalpha() else wording)
            spans = doc.ents if pipe == "entity_ruler" else doc.spans["ruler"]
            if concept.id not in {span.ent_id_ or span.id_ for span in spans}:
                missed.append((concept.id, wording, [token.text for token in doc]))
    assert not missed


# ---- there and back ------------------------------------------------------------------------------------------------------


def said(vocabulary: Vocabulary) -> dict[str, set[tuple[str, ...]]]:
    """Every skill's wordings as lower-case words: which of them count in one case only is tested above."""
    found = {
        concept.id: {words(wording.lower()) for wording, _ in wordings(concept, vocabulary)} for concept in vocabulary.concepts.values()
    }
    return {id_: wordings_ for id_, wordings_ in found.items() if wordings_}


def back(vocabulary: Vocabulary, folder: Path, format: str) -> Vocabulary:
    file = folder / "patterns.jsonl"
    file.write_text("".join(FORMATS[format](vocabulary.concepts.values(), vocabulary)), "utf-8")
    folders.write(folder / "back", import_vocabulary("entity-ruler", file).files, force=False)
    return load([str(folder / "back")])


def assert_came_back(before: dict[str, set[tuple[str, ...]]], after: dict[str, set[tuple[str, ...]]]) -> None:
    """Every wording is there; what came with it differs from one of them by a space only (spaCy makes "5g" 5, g)."""
    assert set(after) == set(before)
    for id_, wanted in before.items():
        assert wanted <= after[id_]
        assert {"".join(split) for split in after[id_]} == {"".join(split) for split in wanted}


@pytest.mark.parametrize("format", ["entity-ruler", "entity-ruler-phrases"])
def test_the_guide_comes_back(vocabulary: Vocabulary, tmp_path: Path, format: str) -> None:
    assert_came_back(said(vocabulary), said(back(vocabulary, tmp_path, format)))


PIECES = st.sampled_from(
    "fen bog don't can't gonna id 5g 10 km c++ c# .net ci/cd r&d u.s. node.js on-device é1 ai r go first spring".split(),
)
WORDINGS = st.lists(PIECES, min_size=1, max_size=4).map(" ".join) | st.text("abcxyz019é+#./&' ", min_size=1, max_size=12)


@settings(max_examples=50)  # each loads two packs
@given(st.lists(st.tuples(st.booleans(), WORDINGS), min_size=1, max_size=12), st.sampled_from(["entity-ruler", "entity-ruler-phrases"]))
def test_any_wording_comes_back(tmp_path_factory: pytest.TempPathFactory, given: list[tuple[bool, str]], format: str) -> None:
    folder = tmp_path_factory.mktemp("there")
    tables: dict[str, Any] = {}
    owned: set[str] = set()
    for number, (exact, wording) in enumerate(given):
        wording = plain(wording)
        letters = "".join(words(wording))
        if letters and letters not in owned:  # the twin by a space of one would be another's own
            owned.add(letters)
            guard = {"needs": ["anything"]} if not exact else {}  # common words stand beside something
            tables[f"skill-{number}"] = {"name": wording, "exact" if exact else "aliases": [wording.title() if exact else wording], **guard}
    (folder / "mine").mkdir()
    (folder / "mine" / "tools.toml").write_text(tomli_w.dumps(tables), "utf-8")
    vocabulary = load([str(folder / "mine")])
    if tables:
        assert_came_back(said(vocabulary), said(back(vocabulary, folder, format)))
