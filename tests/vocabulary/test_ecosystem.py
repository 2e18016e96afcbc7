"""The second pack that ships: as well kept as the guide's, off unless asked for, and careful about names that mean other things."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from skillsift import Tagger
from skillsift.tagging.clean import Cleaner
from skillsift.tagging.examples import failing_examples
from skillsift.vocabulary import Concept, Vocabulary, load

PATTERNS = Path(__file__).parent.parent.parent / "patterns"
FILES = sorted((PATTERNS / "ecosystem").glob("*.toml"))


@pytest.fixture(scope="module")
def both() -> Vocabulary:
    return load(("guide", "ecosystem"))


@pytest.fixture(scope="module")
def tools(both: Vocabulary) -> list[Concept]:
    return [concept for concept in both.concepts.values() if concept.pack == "ecosystem"]


@pytest.fixture(scope="module")
def tagger(both: Vocabulary) -> Tagger:
    return Tagger(vocabulary=both)


def test_it_is_large(tools: list[Concept]) -> None:
    assert len(tools) >= 500


def test_it_is_off_unless_asked_for(vocabulary: Vocabulary) -> None:
    assert {concept.pack for concept in vocabulary.concepts.values()} == {"guide"}


def test_it_takes_nothing_of_the_guides(vocabulary: Vocabulary, both: Vocabulary) -> None:
    """The same id would stand in the guide's place, and the same list would change the guide's phrases."""
    assert {id_: both.concepts[id_] for id_ in vocabulary.concepts} == dict(vocabulary.concepts)
    assert {name: both.lists[name] for name in vocabulary.lists} == dict(vocabulary.lists)


def test_names_are_told_apart(both: Vocabulary) -> None:
    names = Counter(concept.name.casefold() for concept in both.concepts.values())
    assert [name for name, times in names.items() if times > 1] == []


def test_every_tool_is_whole(tools: list[Concept]) -> None:
    assert [tool.id for tool in tools if not (tool.name and tool.fires and tool.silent)] == []
    assert [tool.id for tool in tools if tool.file != f"ecosystem/{tool.group}.toml"] == []


def test_no_example_stands_twice(tools: list[Concept]) -> None:
    texts = Counter((tool.id, text) for tool in tools for text in (*tool.fires, *tool.silent))
    assert [pair for pair, times in texts.items() if times > 1] == []


def test_every_list_is_used(vocabulary: Vocabulary, both: Vocabulary) -> None:
    written = "\n".join(path.read_text("utf-8") for path in FILES)
    assert [name for name in set(both.lists) - set(vocabulary.lists) if f"<{name}>" not in written] == []


def test_every_example_does_what_it_shows(both: Vocabulary) -> None:
    assert [str(fault) for fault in failing_examples(both)] == []


def test_the_guide_alone_keeps_its_names_whole(vocabulary: Vocabulary, tools: list[Concept]) -> None:
    """A name with inner capitals that `text.toml` does not know would be cut, and the cut would move the guide's sentences."""
    clean = Cleaner(vocabulary)
    cut = {
        word
        for tool in tools
        for text in (tool.name, *tool.exact, *tool.fires)
        for word in re.findall(r"[A-Za-z0-9+#]+", text)
        if clean(f"a {word} a").text != f"a {word} a"
    }
    assert cut == set()


# (text, a tool, whether it is named, why)
SENSES = [
    ("Python or R for analysis.", "r", True, "R among languages"),
    ("Our R&D team writes Python.", "r", False, "research and development"),
    ("Go, Rust or Java.", "go", True, "Go among languages"),
    ("Go beyond Python notebooks.", "go", False, "go, the verb"),
    ("Own Go-to-Market dashboards in SQL.", "go", False, "go to market"),
    ("Fluent in C and assembly.", "c", True, "C, the language"),
    ("Fluent in C++ and C#.", "c", False, "other languages whose names open with C"),
    ("A Series C company that runs Python.", "c", False, "a round of funding"),
    ("Objective-C, C++ and Swift.", "c", False, "the end of another name"),
    ("Rust on the backend.", "rust", True, "Rust, the language"),
    ("Plants of the Rust Belt run our Java systems.", "rust", False, "rust, the place"),
    ("Scale out with Ray on Kubernetes.", "ray", True, "Ray, the framework"),
    ("Read X-ray images with PyTorch.", "ray", False, "rays, of light"),
    ("Ray will call you.", "ray", False, "Ray, the person"),
    ("Tables in Hive and HDFS.", "hive", True, "Hive, the engine"),
    ("The office is a Hive of activity.", "hive", False, "hive, of bees"),
    ("Star and snowflake schemas.", "snowflake", False, "a shape of schema"),
    ("Our warehouse is Snowflake.", "snowflake", True, "Snowflake, the warehouse"),
    ("You excel at SQL.", "excel", False, "excel, the verb"),
    ("Advanced Excel and SQL.", "excel", True, "Excel, the program"),
    ("Plotly and Dash apps.", "dash", True, "Dash, the library"),
    ("A Dash of humour.", "dash", False, "dash, a bit"),
    ("Ansible, Chef or Puppet.", "chef", True, "Chef, the tool"),
    ("A private Chef cooks for the Ansible team.", "chef", False, "chef, the cook"),
    ("Six Sigma and Tableau.", "sigma", False, "a method of quality"),
    ("Tableau, Looker or Sigma.", "sigma", True, "Sigma, the program"),
    ("Notes from the EMR in Spark.", "emr", True, "EMR beside Spark"),
    ("Read EMR notes of patients.", "emr", False, "medical records"),
    ("Snowflake, Airflow and DBT.", "dbt", True, "dbt, in capitals"),
    ("Therapists trained in CBT and DBT.", "dbt", False, "a therapy"),
    ("A Monte Carlo simulation with dbt.", "monte-carlo-data", False, "a method of statistics"),
    ("Languages or tools such as these.", "or-tools", False, "two words of every posting"),
    ("Java with Spring.", "spring", True, "Spring, the framework"),
    ("A Java internship in Spring 2025.", "spring", False, "spring, the season"),
    ("React to incidents in the web shop.", "react", False, "react, the verb"),
    ("Llama or Mistral.", "llama", True, "Llama, the model"),
    ("At Databricks we ship.", "databricks", False, "the employer"),
]


@pytest.mark.parametrize(("text", "id_", "named", "why"), SENSES, ids=[f"{row[1]}: {row[3]}" for row in SENSES])
def test_senses(tagger: Tagger, text: str, id_: str, named: bool, why: str) -> None:
    assert id_ in tagger.vocabulary.concepts
    assert (id_ in {skill.id for skill in tagger.tag(text).skills}) is named, why
