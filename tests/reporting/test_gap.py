"""The gap: what counts as open, what one more skill would open, what to learn next; over demands made by hand."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillsift import Tagger
from skillsift.engines import local
from skillsift.engines.batch import run_batch
from skillsift.reading import open_source
from skillsift.reporting.demands import Demand, each_once, needs_of, read_demands, skills_of_resume
from skillsift.reporting.gap import Gap, find_gap
from skillsift.reporting.gap_files import to_csv, to_json, to_markdown
from skillsift.reporting.path import GuidePath, guide_path
from skillsift.vocabulary import Vocabulary


@pytest.fixture(autouse=True)
def _one_tagger(monkeypatch: pytest.MonkeyPatch, tagger: Tagger) -> None:
    monkeypatch.setattr(local, "Tagger", lambda packs: tagger)


#: No skill goes without saying here: what follows from what is tried by itself.
BARE = GuidePath(guide_path().steps)


def demand(*needs: str, stage: str | None = None, ad: str | None = None, **more: Any) -> Demand:
    """A demand; "java/python" is a need that either meets."""
    groups = tuple(frozenset(need.split("/")) for need in needs)
    return Demand(groups, ad or f"{sorted(map(sorted, groups))} {stage} {more}", stage=stage, **more)


def gap(demands: Iterable[Demand], have: str, vocabulary: Vocabulary, path: GuidePath = BARE, **options: Any) -> Gap:
    return find_gap(demands, have.split(), vocabulary, path, **options)


@pytest.mark.parametrize(
    ("required", "any_of", "needs"),
    [
        ("", [], []),
        ("python sql", [], ["python", "sql"]),
        ("python java sql", ["python java"], ["java/python", "sql"]),
        ("python", ["python java"], ["java/python"]),
        ("sql", ["python java"], ["sql"]),
        ("python java scala", ["python java", "python scala"], ["java/python", "python/scala"]),
        ("python java", ["python java", "java python"], ["java/python"]),
    ],
    ids=["nothing", "each by itself", "a group", "a group of which one is required", "a group of pluses", "two groups", "a group twice"],
)
def test_needs(required: str, any_of: list[str], needs: list[str]) -> None:
    found = needs_of(required.split(), [group.split() for group in any_of])
    assert ["/".join(sorted(need)) for need in found] == needs


@pytest.mark.parametrize(
    ("have", "open_", "near", "opens"),
    [
        ("", 0, 1, {"sql": 1, "python": 0, "java": 0, "docker": 0}),
        ("python", 1, 2, {"sql": 1, "docker": 1}),
        ("java", 1, 1, {"sql": 1, "docker": 0, "python": 0}),
        ("python sql", 2, 2, {"docker": 2}),
        ("python docker", 2, 2, {"sql": 2}),
        ("python sql docker", 4, 0, {}),
    ],
)
def test_open_and_near(vocabulary: Vocabulary, have: str, open_: int, near: int, opens: dict[str, int]) -> None:
    """ "python or java" is met by either; a posting with two needs left is opened by no single skill."""
    demands = [demand("java/python"), demand("sql"), demand("python", "docker"), demand("java/python", "sql", "docker")]
    if have == "":
        demands[0] = demand("java/python", "docker")
    found = gap(demands, have, vocabulary)
    assert (found.postings, found.open, found.near) == (4, open_, near)
    assert {entry.skill.id: entry.opens for entry in found.missing} == opens


def test_one_skill_may_meet_several_needs(vocabulary: Vocabulary) -> None:
    found = gap([demand("java/python", "python/sql")], "", vocabulary)
    assert {entry.skill.id: entry.opens for entry in found.missing} == {"python": 1, "java": 0, "sql": 0}
    assert [(lesson.skill.id, lesson.opens) for lesson in found.plan] == [("python", 1)]


def test_what_goes_without_saying(vocabulary: Vocabulary) -> None:
    demands = [demand("cloud-platforms"), demand("aws", "cloud-platforms"), demand("azure")]
    found = gap(demands, "amazon-sagemaker", vocabulary, guide_path())
    assert [(skill.id, source.id) for skill, source in found.implied] == [
        ("aws", "amazon-sagemaker"),
        ("cloud-platforms", "amazon-sagemaker"),
    ]
    assert found.open == 2
    # AWS meets both of the second posting's needs and the first's; Azure opens as many, and brings the second nearer beside.
    found = gap(demands, "", vocabulary, guide_path())
    assert {entry.skill.id: entry.opens for entry in found.missing} == {"cloud-platforms": 1, "azure": 2, "aws": 2}
    assert [(lesson.skill.id, lesson.opens) for lesson in found.plan] == [("azure", 2), ("aws", 1)]


def test_what_a_skill_presumes_has_to_be_learned(vocabulary: Vocabulary) -> None:
    """Who has PyTorch is not asked for deep learning; who has neither does not get the one with the other."""
    demands = [demand("pytorch", "deep-learning", "machine-learning")]
    assert gap(demands, "pytorch", vocabulary, guide_path()).open == 1
    found = gap(demands, "", vocabulary, guide_path())
    assert {entry.skill.id: entry.opens for entry in found.missing} == {"machine-learning": 0, "deep-learning": 0, "pytorch": 0}
    assert len(found.plan) == 3


def test_missing_is_ranked_by_what_it_opens_then_by_what_asks(vocabulary: Vocabulary) -> None:
    demands = [demand("sql", stage="mid"), demand("java", "docker", stage="mid"), demand("java", "docker", "git")]
    found = gap(demands, "", vocabulary)
    ranked = [(entry.skill.id, entry.opens, entry.asked, dict(entry.stages)) for entry in found.missing]
    assert ranked == [
        ("sql", 1, 1, {"mid": 1}),
        ("java", 0, 2, {"mid": 1, "not told": 1}),
        ("docker", 0, 2, {"mid": 1, "not told": 1}),
        ("git", 0, 1, {"not told": 1}),
    ]


def test_the_plan_goes_where_postings_are_even_if_nothing_opens_at_once(vocabulary: Vocabulary) -> None:
    demands = [demand("java", "docker", ad=str(at)) for at in range(9)] + [demand("sql")]
    found = gap(demands, "", vocabulary)
    assert [(lesson.skill.id, lesson.opens, lesson.open) for lesson in found.plan] == [("java", 0, 0), ("docker", 9, 9), ("sql", 1, 10)]


def test_readiness_by_stage(vocabulary: Vocabulary) -> None:
    demands = [
        demand("python", stage="entry"),
        demand("sql", stage="entry"),
        demand("python", "sql", "git", "java", stage="senior"),
        demand("c"),
    ]
    found = gap(demands, "python", vocabulary)
    assert [(entry.stage, entry.postings, entry.open, entry.near, entry.met) for entry in found.stages] == [
        ("entry", 2, 1, 1, 0.5),
        ("senior", 1, 0, 0, 0.25),
        ("not told", 1, 0, 1, 0.0),
    ]


def test_nearest(vocabulary: Vocabulary) -> None:
    demands = [
        demand("git", "java", "python", title="two away"),
        demand("java", title="one away, nothing met"),
        demand("python", title="open"),
        demand("java/sql", "python", title="one away, one met"),
    ]
    found = gap(demands, "python", vocabulary)
    assert [(near.title, near.met, near.needs) for near in found.nearest] == [
        ("one away, one met", 1, 2),
        ("one away, nothing met", 0, 1),
        ("two away", 1, 3),
    ]
    assert [[skill.name for skill in need] for need in found.nearest[0].lacks] == [["Java", "SQL"]], "in the vocabulary's order"
    assert len(gap(demands, "python", vocabulary, nearest=1).nearest) == 1


def test_what_was_read_adds_up(vocabulary: Vocabulary) -> None:
    demands = [
        demand("python", stage="mid", ad="1"),
        demand("python", stage="mid", ad="1"),
        demand(stage="mid", ad="2"),
        demand("sql", stage="senior", ad="3"),
        demand(error="no text", ad="4"),
        demand(error="no text", ad="4"),
    ]
    found = gap(demands, "python", vocabulary, stages=["mid"])
    assert (found.read, found.duplicates, found.unread, found.others, found.silent, found.postings) == (6, 1, 2, 1, 1, 1)
    assert gap(demands, "python", vocabulary, stages=["not told"]).postings == 0


def test_skills_that_the_vocabulary_lacks_stand_for_themselves(vocabulary: Vocabulary) -> None:
    """The output of batch may rest on a pack that is not given now."""
    found = gap([demand("Basketry")], "", vocabulary)
    assert [(entry.skill.name, entry.skill.step) for entry in found.missing] == [("Basketry", 0)]
    for write in (to_csv, to_json, lambda gap: to_markdown(gap, 5)):
        assert "Basketry" in write(found)


def test_the_path_tells_the_next_step(vocabulary: Vocabulary) -> None:
    demands = [demand("statistics"), demand("python", "docker"), demand("docker", "kubernetes")]
    found = gap(demands, "statistics python", vocabulary)
    assert [(entry.step.id, entry.had, entry.asked, [skill.id for skill in entry.missing]) for entry in found.path] == [
        ("foundation", 1, 1, []),
        ("technical", 1, 1, []),
        ("experience", 0, 2, ["docker", "kubernetes"]),
        ("specialise", 0, 0, []),
    ]
    assert found.next_step is not None
    assert found.next_step.step.id == "experience"
    assert gap(demands, "statistics python docker kubernetes", vocabulary).next_step is None


# ---- properties ----------------------------------------------------------------------------------------------------------

IDS = ["python", "java", "sql", "docker", "git"]
NEEDS = st.lists(st.frozensets(st.sampled_from(IDS), min_size=1, max_size=3), max_size=4, unique=True)
DEMANDS = st.lists(NEEDS, max_size=8).map(lambda all_: [Demand(tuple(needs), str(at)) for at, needs in enumerate(all_)])
HAVE = st.sets(st.sampled_from(IDS))


def is_open(needs: Iterable[frozenset[str]], have: Iterable[str]) -> bool:
    return all(any(skill in need for skill in have) for need in needs)


@given(demands=DEMANDS, have=HAVE)
def test_figures_are_those_of_the_definition(vocabulary: Vocabulary, demands: list[Demand], have: set[str]) -> None:
    """Open, near and opens, counted again from what the words say."""
    found = find_gap(demands, sorted(have), vocabulary, BARE)
    asking = [entry.needs for entry in demands if entry.needs]
    assert found.open == sum(is_open(needs, have) for needs in asking)
    closed = [needs for needs in asking if not is_open(needs, have)]
    assert found.near == sum(any(is_open(needs, {*have, skill}) for skill in IDS) for needs in closed)
    assert found.near == sum(entry.near for entry in found.stages)
    for entry in found.missing:
        alone = {*have, entry.skill.id}
        assert entry.skill.id not in have
        assert entry.opens == sum(is_open(needs, alone) and not is_open(needs, have) for needs in asking)
        assert entry.asked == sum(entry.stages.values()) >= entry.opens
    assert found.postings == sum(entry.postings for entry in found.stages)


@given(demands=DEMANDS, have=HAVE)
def test_the_plan_opens_everything_and_what_it_says(vocabulary: Vocabulary, demands: list[Demand], have: set[str]) -> None:
    found = find_gap(demands, sorted(have), vocabulary, BARE)
    asking = [entry.needs for entry in demands if entry.needs]
    learned, open_ = set(have), found.open
    for lesson in found.plan:
        assert lesson.skill.id not in learned
        learned.add(lesson.skill.id)
        assert lesson.open == sum(is_open(needs, learned) for needs in asking)
        assert lesson.opens == lesson.open - open_
        open_ = lesson.open
    assert open_ == len(asking)


@given(demands=DEMANDS)
def test_whoever_has_more_finds_more_open(vocabulary: Vocabulary, demands: list[Demand]) -> None:
    counts = {have: find_gap(demands, have, vocabulary, guide_path()).open for n in range(3) for have in combinations(IDS, n)}
    assert all(counts[(a, b)] >= max(counts[(a,)], counts[(b,)]) >= counts[()] for a, b in combinations(IDS, 2))


# ---- the path's file -----------------------------------------------------------------------------------------------------


def test_every_skill_of_the_guide_has_its_step_and_every_entry_its_use(vocabulary: Vocabulary) -> None:
    path = guide_path()
    assert [step.id for step in path.steps] == ["foundation", "technical", "experience", "specialise"]
    passages = {passage.strip() for concept in vocabulary.concepts.values() for passage in concept.guide.split(";")} - {"guide"}
    places = [place for step in path.steps for place in step.places]
    assert sorted(places) == sorted(passages | {"path: technical skills"}), "each passage belongs to one step"
    groups = [group for step in path.steps for group in step.groups]
    assert len(groups) == len(set(groups)), "each group belongs to one step"
    assert {concept.group for concept in vocabulary.concepts.values()} <= set(groups)
    named = [skill for step in path.steps for skill in step.skills]
    implied = {id_ for table in (path.covers, path.presumes) for id_, others in table.items() for id_ in (id_, *others)}
    assert len(named) == len(set(named))
    assert not {*named, *implied} - set(vocabulary.concepts)
    assert [concept.id for concept in vocabulary.concepts.values() if path.step_of(concept) is None] == []


@pytest.mark.parametrize(
    ("skill", "step"),
    [
        ("statistics", "foundation"),
        ("python", "technical"),
        ("software-testing", "technical"),
        ("machine-learning", "technical"),
        ("docker", "experience"),
        ("api-development", "experience"),  # of two passages the later step
        ("mlops", "specialise"),  # by its id
        ("quantization", "specialise"),
    ],
)
def test_steps(vocabulary: Vocabulary, skill: str, step: str) -> None:
    found = guide_path().step_of(vocabulary.concepts[skill])
    assert found is not None
    assert found.id == step


def test_what_goes_along_follows_and_circles_end() -> None:
    path = GuidePath((), covers={"a": ("b",), "b": ("c", "a")}, presumes={"c": ("d",)})
    assert path.had_with(["a"]) == {"a": None, "b": "a", "c": "a", "d": "a"}
    assert path.learned_with("a") == {"a", "b", "c"}


# ---- reading -------------------------------------------------------------------------------------------------------------

TEXT = "Senior ML Engineer\n\nRequirements:\n- Python or Java\n- Docker\n\nNice to have:\n- Kubernetes\n"


@pytest.mark.parametrize("kind", ["postings", "tag", "batch"])
def test_the_same_demand_however_it_comes(tagger: Tagger, tmp_path: Path, kind: str) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text(json.dumps({"id": "7", "title": "Senior ML Engineer", "company": "Pellgrove", "text": TEXT}) + "\n")
    path = {"postings": source, "tag": tmp_path / "tag.jsonl", "batch": tmp_path / "batch.jsonl"}[kind]
    if kind == "tag":
        path.write_text(json.dumps(tagger.tag(next(open_source(str(source)).rows).posting).to_dict()) + "\n")
    if kind == "batch":
        run_batch([open_source(str(source))], str(path), "jsonl", packs=("guide",))
    (found,) = read_demands(open_source(str(path)), tagger)
    assert set(found.needs) == {frozenset(("python", "java")), frozenset(("docker",))}
    assert (found.title, found.id, found.stage, found.error) == ("Senior ML Engineer", "7", "senior", None)
    assert found.company == ("Pellgrove" if kind != "tag" else None)


def test_a_table_of_batch_has_no_alternatives(tagger: Tagger, tmp_path: Path) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    with source.open("w", newline="") as file:
        csv.writer(file).writerows([["title", "stage", "description"], ["ML Engineer", "theirs", TEXT]])
    run_batch([open_source(str(source))], str(out), "csv", packs=("guide",))
    (found,) = read_demands(open_source(str(out)), tagger)
    assert set(found.needs) == {frozenset((skill,)) for skill in ("python", "java", "docker")}
    assert found.stage != "theirs", "the column that batch added, not the one that was there"


def test_records_that_are_none(tagger: Tagger, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "x", "skills": ["python"]}\n{"text": "x", "skills": [{"id": "python", "level": "high"}]}\n')
    assert [found.error for found in read_demands(open_source(str(path)), tagger)] == ["its skills are not those of a record"] * 2


def test_each_ad_once_and_errors_each(vocabulary: Vocabulary) -> None:
    once, duplicates = each_once([demand("a", ad="1"), demand("a", ad="1"), demand(error="x", ad="1"), demand(error="x", ad="1")])
    assert ([found.error for found in once], duplicates) == ([None, "x", "x"], 1)


@pytest.mark.parametrize(
    ("text", "skills"),
    [
        ("Skills\n- Python, SQL\n\nInterests\n- Kaggle", {"python", "sql", "kaggle"}),
        ("Experience\nNo Java, no Kubernetes. Built services in Docker.", {"docker"}),
        ("Nice to have skipped: Terraform is a plus", {"terraform"}),
        ("Education\nMSc in Statistics, Ghent", {"statistics"}),
        ("Equal opportunities\nVolunteer teacher of Python", {"python"}),
    ],
    ids=["any heading", "negated", "any level", "a degree in it is knowledge of it", "a heading that boards use otherwise"],
)
def test_skills_of_a_resume(tagger: Tagger, text: str, skills: set[str]) -> None:
    assert set(skills_of_resume(tagger.tag(text))) == skills


# ---- files ---------------------------------------------------------------------------------------------------------------


def test_files_say_the_same(vocabulary: Vocabulary) -> None:
    demands = [demand("sql", "python", stage="mid", title="A|B\nC", company="Pellgrove"), demand("statistics"), demand("aws", "docker")]
    found = find_gap(demands, ["python"], vocabulary, guide_path())
    rows = list(csv.DictReader(io.StringIO(to_csv(found))))
    value = json.loads(to_json(found))
    assert [row["id"] for row in rows] == [entry["id"] for entry in value["missing"]] == [entry.skill.id for entry in found.missing]
    assert [(row["opens"], row["asked"], row["mid"], row["path"]) for row in rows if row["id"] == "sql"] == [("1", "1", "1", "2")]
    assert [row["id"] for row in sorted(rows, key=lambda row: int(row["plan"] or 99)) if row["plan"]] == [e["id"] for e in value["plan"]]
    assert value["nearest"][0]["lacks"] == [["sql"]]
    assert value["plan"][-1]["open"] == value["postings"] == 3
    markdown = to_markdown(found, 5)
    assert "A\\|B C, Pellgrove" in markdown
    widths = {line.count("|") - line.count("\\|") for line in markdown.splitlines() if line.startswith("|")}
    assert widths <= {4, 5, 6, 10}


def test_files_of_nothing(vocabulary: Vocabulary) -> None:
    found = gap([demand()], "", vocabulary)
    assert json.loads(to_json(found))["postings"] == 0
    assert to_csv(found).count("\n") == 1
    assert "0 of 0 postings open" in to_markdown(found, 5)
