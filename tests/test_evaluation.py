"""Tagged against labelled: figures that can be worked out by hand, and labels that cannot be read."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from skillsift import Posting, Tagger
from skillsift.errors import InputError, SkillsiftError, UsageError
from skillsift.evaluation import Evaluation, Labelled, Score, evaluate, read_labelled
from skillsift.model import Degree, Dropped, Experience, Level, Mention, Salary, SectionKind, Skill, Stage, TaggedPosting

KNOWN = ("python", "sql", "java")
NOTHING: dict[str, Any] = dict.fromkeys("years_min years_max degree_required degree_preferred stage salary".split()) | {
    "track": "individual"
}


def labelled(skills: dict[str, str], text: str = "Python and SQL", **fields: Any) -> Labelled:
    return Labelled(Posting(text, id="p"), skills, NOTHING | fields)


def tagged(skills: dict[str, Level], **said: Any) -> TaggedPosting:
    found = tuple(
        Skill(id_, id_, "language", "guide", level, (Mention(0, 6, "Python", level, SectionKind.OTHER, "a cue"),))
        for id_, level in skills.items()
    )
    return TaggedPosting(Posting("Python and SQL", id="p"), found, digest="sha256:x", **said)


@pytest.mark.parametrize(
    ("score", "precision", "recall", "f1"),
    [
        pytest.param(Score(right=3, extra=1, missed=2), 0.75, 0.6, 2 / 3, id="some of each"),
        pytest.param(Score(0, 0, 0), 1, 1, 1, id="nothing to find and nothing found"),
        pytest.param(Score(0, 2, 0), 0, 1, 0, id="found where nothing was"),
        pytest.param(Score(0, 0, 2), 1, 0, 0, id="nothing found"),
    ],
)
def test_ratios(score: Score, precision: float, recall: float, f1: float) -> None:
    assert (score.precision, score.recall, score.f1) == pytest.approx((precision, recall, f1))


@pytest.fixture
def two() -> Evaluation:
    """Two postings: python right twice, once at the wrong level; sql missed; java too much."""
    return evaluate(
        [
            (labelled({"python": "required", "sql": "preferred"}), tagged({"python": Level.REQUIRED, "java": Level.MENTIONED})),
            (
                labelled({"python": "preferred"}, stage="senior", years_min=3),
                tagged({"python": Level.MENTIONED}, stage=Stage.SENIOR, experience=Experience(5)),
            ),
        ]
    )


def test_skills_are_counted_over_all_postings(two: Evaluation) -> None:
    assert two.postings == 2
    assert two.skills == Score(right=2, extra=1, missed=1)
    assert dict(two.concepts) == {"java": Score(0, 1, 0), "python": Score(2, 0, 0), "sql": Score(0, 0, 1)}


def test_levels_are_compared_where_both_have_the_skill(two: Evaluation) -> None:
    assert dict(two.levels) == {("required", "required"): 1, ("preferred", "mentioned"): 1}
    assert two.level == 0.5


def test_fields_agree_or_not(two: Evaluation) -> None:
    assert two.fields == {
        "years_min": 0.5,
        **dict.fromkeys(["years_max", "degree_required", "degree_preferred", "stage", "track", "salary"], 1.0),
    }


def test_every_disagreement_is_listed(two: Evaluation) -> None:
    said = [(d.kind, d.skill, d.labelled, d.tagged) for d in two.differences]
    assert said == [
        ("extra", "java", "", "mentioned"),
        ("missed", "sql", "preferred", ""),
        ("level", "python", "preferred", "mentioned"),
        ("years_min", "", "3", "5"),
    ]
    assert two.differences[0].words == "[Python] and SQL"
    assert two.differences[0].because == "a cue"


def test_a_missed_skill_says_why_it_was_dropped() -> None:
    dropped = (Dropped("sql", 11, 14, "SQL", SectionKind.COMPANY, "boilerplate"),)
    (difference,) = evaluate([(labelled({"sql": "required"}), tagged({}, dropped=dropped))]).differences
    assert (difference.words, difference.because) == ("Python and [SQL]", "boilerplate")


@pytest.mark.parametrize(
    ("label", "said", "agree"),
    [
        pytest.param(None, None, True, id="none in both"),
        pytest.param(
            {"min": 1, "max": 2, "currency": "EUR", "period": "year"},
            Salary(1.0, 2.0, "EUR", "year"),
            True,
            id="whole or not, the same amount",
        ),
        pytest.param({"min": 1, "max": 2, "currency": "EUR", "period": "year"}, Salary(1, 2, "EUR", "month"), False, id="another period"),
        pytest.param({"min": 1, "max": 2, "currency": "EUR", "period": "year"}, None, False, id="not found"),
        pytest.param(None, Salary(1, 2, "EUR", "year"), False, id="found where none is"),
    ],
)
def test_salaries_agree_as_a_whole(label: Any, said: Salary | None, agree: bool) -> None:
    assert evaluate([(labelled({}, salary=label), tagged({}, salary=said))]).fields["salary"] == float(agree)


def test_degrees_are_compared_each(two: Evaluation) -> None:
    figures = evaluate([(labelled({}, degree_required="master"), tagged({}, degree=Degree(required=None, preferred=None)))])
    assert (figures.fields["degree_required"], figures.fields["degree_preferred"]) == (0, 1)


def test_no_postings_at_all() -> None:
    figures = evaluate([])
    assert (figures.postings, figures.level, figures.skills.f1) == (0, 1, 1)


def test_the_figures_are_plain_json(two: Evaluation) -> None:
    read = json.loads(json.dumps(two.to_dict()))
    assert read["skills"] == {"right": 2, "extra": 1, "missed": 1, "precision": 0.6667, "recall": 0.6667, "f1": 0.6667}
    assert read["level_agreement"] == 0.5
    assert read["levels"][0] == {"labelled": "preferred", "tagged": "mentioned", "count": 1}


GOOD = '{"id": 1, "title": null, "text": "Python", "skills": {"python": "required"}}\n'


@pytest.mark.parametrize(
    ("line", "kind", "words"),
    [
        pytest.param("nope", InputError, "no JSON", id="no JSON"),
        pytest.param('{"a":' * 100_000, InputError, "no JSON", id="too deep"),
        pytest.param("[]", InputError, "needs a text and skills", id="no object"),
        pytest.param('{"text": "Python"}', InputError, "needs a text and skills", id="no labels"),
        pytest.param('{"skills": {}}', InputError, "needs a text and skills", id="no text"),
        pytest.param('{"text": "Python", "skills": ["python"]}', InputError, "needs a text and skills", id="skills without levels"),
        pytest.param('{"text": "Python", "skills": {"pyhton": "required"}}', UsageError, "no skill 'pyhton'", id="a skill that is none"),
        pytest.param(
            '{"text": "Python", "skills": {"python": "must"}}',
            InputError,
            "python has level 'must'; known: required",
            id="a level that is none",
        ),
        pytest.param('{"text": "Python", "skills": {"python": null}}', InputError, "python has level None", id="no level"),
        pytest.param('{"text": "Python", "skills": {}, "title": 5}', InputError, "title is no text", id="a title that is none"),
    ],
)
def test_a_label_that_cannot_be_read_stops_the_figures(tmp_path: Path, line: str, kind: type[SkillsiftError], words: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(GOOD + "\n" + line + "\n")
    with pytest.raises(kind) as told:
        list(read_labelled(str(path), KNOWN))
    assert words in str(told.value)
    assert f"{path}: line 3" in str(told.value)
    assert "\n" not in str(told.value)


def test_labels_are_read_from_gzip_and_with_a_mark(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(gzip.compress(b"\xef\xbb\xbf" + GOOD.encode() * 2))
    (one, two) = read_labelled(str(tmp_path / "a"), KNOWN)
    assert one == two
    assert one.posting == Posting("Python", id="1")


def test_a_posting_without_an_id_is_called_by_its_line(tmp_path: Path) -> None:
    (tmp_path / "a").write_text('{"text": "a", "skills": {}}\n{"id": null, "text": "a", "skills": {}}\n')
    assert [one.posting.id for one in read_labelled(str(tmp_path / "a"), KNOWN)] == ["1", "2"]


def test_the_labelled_samples_agree_with_the_tagger(tagger: Tagger, pytestconfig: pytest.Config) -> None:
    """Six postings that the vocabulary was not tuned on would be no surprise at 0.9; these are ours."""
    path = pytestconfig.rootpath / "samples" / "labelled.jsonl"
    figures = evaluate((one, tagger.tag(one.posting)) for one in read_labelled(str(path), tagger.vocabulary.concepts))
    assert figures.postings == 6
    assert figures.skills.f1 >= 0.9, figures.differences
    assert figures.level >= 0.9, figures.differences
