"""Alternatives stay groups: "Python, Java or Scala" asks for one of them."""

from __future__ import annotations

import pytest

from skillsift import Tagger

GROUPS = [
    ("You know Python or Java.", [("python", "java")], "or"),
    ("You know Python, Java or SQL.", [("python", "java", "sql")], "a list that or closes"),
    ("You know Python, Java, or SQL.", [("python", "java", "sql")], "with the comma before or"),
    ("You know Python/Java or SQL.", [("python", "java", "sql")], "with a slash"),
    ("You know AWS or Azure.", [("aws", "azure")], "of another group"),
    ("You know Python and/or Java.", [("python", "java")], "and/or"),
    ("You know Python, Go, or Java.", [("python", "java")], "another word between is passed over"),
    ("You know Python or Java. You know AWS or Azure.", [("python", "java"), ("aws", "azure")], "two groups"),
    ("You know Python or Java. Python or Java it is.", [("python", "java")], "a group once"),
    ("PyTorch or TensorFlow", [("pytorch", "tensorflow")], "frameworks"),
    ("You know Python and Java.", [], "and asks for both"),
    ("You know Python, Java.", [], "a comma alone asks for both"),
    ("You know Python or Docker.", [], "of two kinds: no choice between equals"),
    ("You know Python. Or Java.", [], "across sentences"),
    ("You know Python or Python.", [], "one skill is no choice"),
    ("You know Python or something else altogether, and then some Java.", [], "too far apart"),
    ("We don't use Python or Java.", [], "negated"),
    ("You know Python.", [], "one"),
    ("", [], "none"),
]


@pytest.mark.parametrize(("text", "expected", "why"), GROUPS, ids=[row[2] for row in GROUPS])
def test_any_of(tagger: Tagger, text: str, expected: list[tuple[str, ...]], why: str) -> None:
    assert list(tagger.tag(text).any_of) == expected, why


@pytest.mark.parametrize("text", [row[0] for row in GROUPS])
def test_a_group_holds_named_skills_only(tagger: Tagger, text: str) -> None:
    tagged = tagger.tag(text)
    named = {skill.id for skill in tagged.skills}
    assert all(set(group) <= named and len(set(group)) == len(group) > 1 for group in tagged.any_of)
