"""Packs side by side: a further pack adds skills to a record, and changes nothing else in it."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillsift import Tagger
from skillsift.model import Posting
from skillsift.reading import open_source
from skillsift.vocabulary import load

SAMPLES = Path(__file__).parent.parent.parent / "samples"
GUIDE = Tagger(vocabulary=load())
BOTH = Tagger(vocabulary=load(("guide", "ecosystem")))


def readable(record: dict[str, Any]) -> dict[str, Any]:
    """A record's content as far as the guide's skills go: alternatives and the vocabulary are looked at apart."""
    ids = GUIDE.vocabulary.concepts
    for field in ("skills", "dropped"):
        record[field] = [entry for entry in record[field] if entry["id"] in ids]
    return {field: value for field, value in record.items() if field not in ("vocabulary", "any_of")}


def assert_the_same(posting: Posting | str) -> None:
    alone, beside = GUIDE.tag(posting).to_dict(explain=True), BOTH.tag(posting).to_dict(explain=True)
    for group in alone["any_of"]:
        assert any(set(group) <= set(wider) for wider in beside["any_of"]), group
    assert readable(alone) == readable(beside)


@pytest.mark.parametrize("path", [p for p in sorted(SAMPLES.iterdir()) if p.suffix in (".txt", ".html", ".md")], ids=lambda path: path.name)
def test_a_samples_guide_skills_stay_as_they_are(path: Path) -> None:
    for row in open_source(str(path)).rows:
        assert_the_same(row.posting)


def test_a_tables_guide_skills_stay_as_they_are() -> None:
    with (SAMPLES / "postings.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) > 50
    for row in rows:
        assert_the_same(Posting(text=row["description"], title=row["title"]))


# (text, where a further pack's skill could move what is read)
TEMPTING = [
    ("Preferred Snowflake Skills:\nPython\nSQL", "a skill in a line keeps it from being a heading"),
    ("Requirements:\n5+ years of Snowflake and Databricks.\n3+ years of experience.", "years asked of one skill are not the posting's own"),
    ("5 years of pandas, NumPy, SciPy, R, Julia, Scala, dbt and Python.", "the skills behind a number are counted"),
    ("TableauROCm and PandasPython", "a known word cuts a glued one"),
    ("Experience in Python,\npandas and SQL required.", "a name in small letters keeps its line"),
    ("Azure Databricks, Spark SQL and AWS Glue jobs", "a longer wording swallows a shorter"),
    ("Python, R or Java", "a neighbour of another group ends a list of alternatives"),
]


@pytest.mark.parametrize(("text", "why"), TEMPTING, ids=[row[1] for row in TEMPTING])
def test_what_could_move_stays(text: str, why: str) -> None:
    assert_the_same(text)


#: What a posting is made of where it meets tools: names of both packs, glue, lists, years and headings.
PIECES = st.sampled_from(
    [
        *(text for c in BOTH.vocabulary.concepts.values() if c.pack == "ecosystem" for text in (c.name, *c.exact)),
        *(c.name for c in GUIDE.vocabulary.concepts.values()),
        "Requirements:", "Nice to have", "Experience", "You have 3+ years of", "or", "and", "Responsibilities", "a plus", "is required",
        "Azure Databricks", "Google BigQuery", "AWS Lambda", "SQL Server", "Tableau", "FastAPI", "Flink", "pandas", "numpy", "BS in",
    ]
)  # fmt: skip
JOINS = st.sampled_from([" ", " ", ", ", ", ", "\n", ". ", "/", "", "\n\n", " or ", "; ", "("])


@settings(max_examples=400)
@given(st.lists(st.tuples(PIECES, JOINS), min_size=1, max_size=14))
def test_made_up_texts_too(parts: list[tuple[str, str]]) -> None:
    assert_the_same("".join(piece + join for piece, join in parts))


# (text, the ids found with both packs, why)
BESIDE = [
    ("Tableau", {"data-visualization", "tableau"}, "one wording, a skill of each pack"),
    ("Azure Databricks", {"azure", "databricks"}, "a guide's wording beside another's"),
    ("Google BigQuery", {"google-cloud", "bigquery"}, "a longer wording of the second pack swallows none of the guide's"),
    ("FastAPI", {"api-development", "fastapi"}, "an alias of the guide is a tool as well"),
    ("We use deep learning and TensorFlow Serving.", {"deep-learning", "tensorflow-serving"}, "within a pack the longer wins still"),
    ("React Native", {"react-native"}, "and so within the second"),
]


@pytest.mark.parametrize(("text", "expected", "why"), BESIDE, ids=[row[0] for row in BESIDE])
def test_a_wording_swallows_none_of_another_packs(text: str, expected: set[str], why: str) -> None:
    assert {skill.id for skill in BOTH.tag(text).skills} == expected, why


def test_each_skill_tells_its_pack() -> None:
    record = BOTH.tag("Python and pandas").to_dict()
    assert {skill["id"]: skill["pack"] for skill in record["skills"]} == {"python": "guide", "pandas": "ecosystem"}
    assert record["vocabulary"]["packs"] == ["guide", "ecosystem"]


ANY_OF = [
    ("Python, R or Java.", (("python", "r", "java"),), "a further pack widens the guide's group"),
    ("PyTorch, JAX or TensorFlow.", (("pytorch", "jax", "tensorflow"),), "in groups of one name"),
    ("Tableau, Power BI or Looker.", (("tableau", "power-bi", "looker"),), "alternatives that are all one skill to the guide"),
    ("BigQuery, Snowflake, or Redshift.", (("bigquery", "snowflake", "redshift"), ("google-cloud", "aws")), "the guide's group stays"),
    ("Python or Java, pandas or NumPy.", (("python", "java"), ("pandas", "numpy")), "in text order"),
]


@pytest.mark.parametrize(("text", "expected", "why"), ANY_OF, ids=[row[0] for row in ANY_OF])
def test_alternatives(text: str, expected: tuple[tuple[str, ...], ...], why: str) -> None:
    assert set(BOTH.tag(text).any_of) == set(expected), why
    assert len(BOTH.tag(text).any_of) == len(expected)


def test_years_of_a_further_packs_skill() -> None:
    """It has its years, and the posting's own demand stays what it is without the pack."""
    text = "Requirements:\n5+ years of Snowflake and dbt.\n3+ years of Python."
    alone, beside = GUIDE.tag(text), BOTH.tag(text)
    assert {skill.id: skill.years for skill in beside.skills} == {"python": 3, "snowflake": 5, "dbt": 5}
    assert beside.experience == alone.experience
