"""The shipped vocabulary: its ids are fixed, its examples hold, and everything in it has some."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from skillsift.tagging.examples import failing_examples
from skillsift.vocabulary import Vocabulary
from skillsift.vocabulary.schema import CONCEPT_FIELDS

HERE = Path(__file__).parent
PATTERNS = HERE.parent.parent / "patterns"
IDS = (HERE / "concept_ids.txt").read_text("utf-8").split()
GROUPS = {"language", "framework", "technique", "data", "production", "infrastructure", "mathematics", "domain", "practice", "engineering"}


def test_the_ids_are_the_guides(vocabulary: Vocabulary) -> None:
    """People script against the ids: none goes, none is renamed, none comes without being put on the list."""
    assert len(IDS) == len(set(IDS)) == 123
    assert sorted(vocabulary.concepts) == sorted(IDS)


def test_a_concepts_group_is_its_files_name(vocabulary: Vocabulary) -> None:
    assert {id_: c.group for id_, c in vocabulary.concepts.items() if c.file != f"guide/{c.group}.toml"} == {}
    assert {concept.group for concept in vocabulary.concepts.values()} == GROUPS


def test_every_concept_is_where_its_line_says(vocabulary: Vocabulary) -> None:
    """Faults and `vocab show` point at these lines."""
    lines = {path: (PATTERNS / path).read_text("utf-8").splitlines() for path in {c.file for c in vocabulary.concepts.values()}}
    assert [c.id for c in vocabulary.concepts.values() if not lines[c.file][c.line - 1].startswith(f"[{c.id}]")] == []


def test_every_concept_says_where_the_guide_speaks_of_it(vocabulary: Vocabulary) -> None:
    assert [concept.id for concept in vocabulary.concepts.values() if not concept.guide or not concept.name] == []


def test_names_are_told_apart(vocabulary: Vocabulary) -> None:
    names = Counter(concept.name.casefold() for concept in vocabulary.concepts.values())
    assert [name for name, times in names.items() if times > 1] == []


def test_every_concept_has_an_example_of_each_kind(vocabulary: Vocabulary) -> None:
    assert [concept.id for concept in vocabulary.concepts.values() if not concept.fires or not concept.silent] == []


def test_every_rule_has_an_example_of_each_kind(vocabulary: Vocabulary) -> None:
    rules = [rule for group in vocabulary.rules.values() for rule in group]
    assert len(rules) > 40
    assert [f"{rule.file}.toml [{rule.name}]" for rule in rules if not rule.fires or not rule.silent] == []


def test_every_example_does_what_it_shows(vocabulary: Vocabulary) -> None:
    assert [str(fault) for fault in failing_examples(vocabulary)] == []


def test_no_example_stands_twice(vocabulary: Vocabulary) -> None:
    texts = [(c.id, text) for c in vocabulary.concepts.values() for text in (*c.fires, *c.silent)]
    assert [pair for pair, times in Counter(texts).items() if times > 1] == []


def test_every_list_is_used(vocabulary: Vocabulary) -> None:
    written = "\n".join(path.read_text("utf-8") for path in sorted(PATTERNS.glob("**/*.toml")))
    assert [name for name in vocabulary.lists if f"<{name}>" not in written] == []


def test_pattern_files_open_with_a_comment() -> None:
    """The first lines of a file tell a reader what it holds."""
    files = sorted(PATTERNS.glob("**/*.toml"))
    assert len(files) >= 18
    assert [path.name for path in files if not path.read_text("utf-8").startswith("# ")] == []


def test_the_readme_names_every_file_and_every_field() -> None:
    readme = (PATTERNS / "README.md").read_text("utf-8")
    assert [path.name for path in sorted(PATTERNS.glob("*.toml")) if f"`{path.name}`" not in readme] == []
    assert [field for field in CONCEPT_FIELDS if f"| `{field}` |" not in readme] == []
