"""The whole way for one posting: the record as it is published, offsets that always hold, and what no change of form may change."""

from __future__ import annotations

import gc
import json
import re
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

import skillsift
from skillsift import Posting, TaggedPosting, Tagger, UsageError
from skillsift.model import DEGREES, LEVELS, STAGES, SectionKind, Track
from skillsift.tagging.flat import COLUMNS
from skillsift.tagging.tagger import find_title
from skillsift.vocabulary import Vocabulary

POSTING = """About Pebble Freight
We move parcels by rail. Our stack is Python, Docker and Kubernetes.

What you'll do
• Deploy and monitor our forecasting models
• Mentor junior engineers

Requirements:
• 5-8 years of professional experience
• BS in Computer Science or Statistics; PhD preferred
• Strong Python, Java or SQL
• No Scala needed, and we don't use TensorFlow

Nice to have:
• PyTorch

Salary: $140,000 - $180,000 a year
We are an equal opportunity employer.
"""


def check_record(record: dict[str, Any], text: str, title: str | None) -> None:
    """The published record, key by key (design, "The record")."""
    assert list(record) == [
        "id", "title", "skills", "any_of", "experience", "degree", "salary", "signals", "stage", "track", "confidence", "because",
        "sections_found", "vocabulary", "error",
    ]  # fmt: skip
    assert record["id"] is None or isinstance(record["id"], str)
    assert record["title"] == title
    ids = [skill["id"] for skill in record["skills"]]
    assert len(set(ids)) == len(ids)
    for skill in record["skills"]:
        assert {"id", "name", "group", "level", "years", "mentions"} <= set(skill)
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", skill["id"])
        assert skill["name"].strip()
        assert skill["group"].strip()
        assert skill["years"] is None or (isinstance(skill["years"], int) and skill["years"] >= 0)
        assert skill["mentions"]
        for mention in skill["mentions"]:
            assert {"start", "end", "text", "level", "section", "because"} <= set(mention)
            assert 0 <= mention["start"] < mention["end"] <= len(text)
            assert text[mention["start"] : mention["end"]] == mention["text"]
            assert mention["level"] in ("required", "preferred", "mentioned")
            assert mention["section"] in set(SectionKind)
            assert mention["because"].strip()
        starts = [mention["start"] for mention in skill["mentions"]]
        assert starts == sorted(starts)
        assert skill["level"] == min((mention["level"] for mention in skill["mentions"]), key=LEVELS.index), "the strongest"
    for group in record["any_of"]:
        assert len(group) > 1
        assert set(group) <= set(ids)
    assert list(record["experience"]) == ["min", "max"]
    assert all(years is None or isinstance(years, int) for years in record["experience"].values())
    assert list(record["degree"]) == ["required", "preferred"]
    assert set(record["degree"].values()) <= {None, "bachelor", "master", "phd"}
    if record["salary"] is not None:
        assert list(record["salary"]) == ["min", "max", "currency", "period"]
        assert re.fullmatch(r"[A-Z]{3}", record["salary"]["currency"])
        assert record["salary"]["period"] in ("year", "month", "day", "hour")
        amounts = [record["salary"]["min"], record["salary"]["max"]]
        assert amounts != [None, None]
        assert None in amounts or amounts[0] <= amounts[1]
    for signal in record["signals"]:
        assert list(signal) == ["kind", "points_to", "text", "field", "start", "end"]
        source = {"title": title, "text": text}[signal["field"]]
        assert source is not None
        assert 0 <= signal["start"] < signal["end"] <= len(source)
        assert source[signal["start"] : signal["end"]] == signal["text"]
    assert record["stage"] in (None, "entry", "mid", "senior", "staff")
    assert record["track"] in ("individual", "management", "research", "architect")
    assert 0 <= record["confidence"] <= 1
    assert all(isinstance(reason, str) and reason for reason in record["because"])
    assert isinstance(record["sections_found"], bool)
    assert record["vocabulary"]["packs"] == ["guide"]
    assert re.fullmatch(r"sha256:[0-9a-f]{64}", record["vocabulary"]["digest"])
    assert record["error"] is None


def shape(tagged: TaggedPosting) -> dict[str, str]:
    """The skills and their levels."""
    return {skill.id: str(skill.level) for skill in tagged.skills}


# ---- the record ------------------------------------------------------------------------------------------------------------


def test_the_record(tagger: Tagger) -> None:
    tagged = tagger.tag(Posting(text=POSTING, title="Senior ML Engineer", id="007"))
    record = tagged.to_dict()
    check_record(record, POSTING, "Senior ML Engineer")
    assert json.loads(json.dumps(record)) == record, "plain JSON values"
    assert record["id"] == "007", "as it went in, as a string"
    assert shape(tagged) == {
        "python": "required", "java": "required", "sql": "required", "pytorch": "preferred", "docker": "mentioned",
        "kubernetes": "mentioned", "model-deployment": "mentioned", "model-monitoring": "mentioned", "mentoring": "mentioned",
    }  # fmt: skip
    assert record["any_of"] == [["python", "java", "sql"]]
    assert record["experience"] == {"min": 5, "max": 8}
    assert record["degree"] == {"required": "bachelor", "preferred": "phd"}
    assert record["salary"] == {"min": 140000, "max": 180000, "currency": "USD", "period": "year"}
    assert (record["stage"], record["track"]) == ("senior", "individual")
    assert record["sections_found"] is True


def test_the_skills_come_in_vocabulary_order(tagger: Tagger, vocabulary: Vocabulary) -> None:
    ids = [skill.id for skill in tagger.tag(POSTING).skills]
    assert ids == sorted(ids, key=list(vocabulary.concepts).index)


def test_at_gives_the_skills_of_a_level(tagger: Tagger) -> None:
    tagged = tagger.tag(POSTING)
    assert [skill.id for skill in tagged.at("preferred")] == ["pytorch"]
    assert sum(len(tagged.at(level)) for level in LEVELS) == len(tagged.skills)


def test_explain_adds_what_was_dropped(tagger: Tagger) -> None:
    tagged = tagger.tag(POSTING)
    assert "dropped" not in tagged.to_dict()
    dropped = tagged.to_dict(explain=True)["dropped"]
    assert {candidate["id"]: candidate["because"].split(":")[0] for candidate in dropped} == {
        "statistics": "field of study",
        "tensorflow": "negated",
    }
    assert all(POSTING[candidate["start"] : candidate["end"]] == candidate["text"] for candidate in dropped)


def test_a_text_that_the_reader_made_goes_with_the_record(tagger: Tagger) -> None:
    assert tagger.tag(Posting(text="Python", derived=True)).to_dict()["text"] == "Python"
    assert "text" not in tagger.tag(Posting(text="Python")).to_dict()


def test_a_posting_that_could_not_be_read_keeps_its_row(tagger: Tagger) -> None:
    record = tagger.tag(Posting(text="", id="7", error="no text in it")).to_dict()
    assert (record["id"], record["error"]) == ("7", "no text in it")
    assert (record["skills"], record["stage"], record["salary"]) == ([], None, None)
    assert record["experience"] == {"min": None, "max": None}
    assert record["degree"] == {"required": None, "preferred": None}
    assert record["vocabulary"]["packs"] == ["guide"]


@pytest.mark.parametrize("text", ["", " ", "\n", "\t\r\n", "\u200b", "\ufeff", "<p></p>", "&nbsp;", ".", "•", "\x00", "😀"])
def test_a_text_without_words(tagger: Tagger, text: str) -> None:
    tagged = tagger.tag(text)
    check_record(tagged.to_dict(), text, None)
    assert (tagged.skills, tagged.signals, tagged.stage, tagged.any_of) == ((), (), None, ())


# ---- offsets -----------------------------------------------------------------------------------------------------------------

HEADINGS = [
    "Requirements",
    "What you'll do",
    "Nice to have",
    "About us",
    "Benefits",
    "Equal Opportunity",
    "Preferred Qualifications",
    "Skills",
]
SENTENCES = [
    "Strong Python and SQL", "5+ years of experience with Docker", "No Java needed", "Kubernetes is a plus", "BS or MS in Statistics",
    "Deploy and monitor our models", "C++/C#, Node.js and scikit-learn", "machine-learning & NLP", "Salary: $120,000 - $150,000 a year",
    "3 to 5 years of Python, AWS or Azure", "We are an equal opportunity employer", "This is a senior role", "PythonExperience with SQL",
    "See https://pebble.example/python", "PhD preferred", "Pay: £60k-75k", "Mentor junior engineers", "CI/CD, Git and tests", "R&D in AI",
]  # fmt: skip
NOISE = [
    "\u200b",
    "\u00ad",
    "\ufeff",
    "\u00a0",
    "\u2009",
    "😀",
    "\u0301",
    "\u200d",
    "•",
    "·",
    "\t",
    "  ",
    "\r\n",
    "&nbsp;",
    "&#8203;",
    "\\",
    "İ",
]
WRAPS = [
    ("", "\n"), ("• ", "\n"), ("- ", "\r\n"), ("<p>", "</p>"), ("<li>", "</li>"), ("<b>", "</b> "), ("**", "**\n"),
    ("&lt;li&gt;", "&lt;/li&gt;"), ("", ". "), ("", ""), ("## ", "\n\n"), ("", ":\n"),
    ("&amp;lt;p&amp;gt;", "&amp;lt;/p&amp;gt;"), ("", "; "), ("(", ") "),
]  # fmt: skip


@st.composite
def noisy_line(draw: st.DrawFn) -> str:
    line = draw(st.sampled_from(HEADINGS + SENTENCES * 2))
    for noise in draw(st.lists(st.sampled_from(NOISE), max_size=2)):
        at = draw(st.integers(0, len(line)))
        line = line[:at] + noise + line[at:]
    line = draw(
        st.sampled_from([line, line, line.upper(), line.replace(" ", "\u00a0"), line.replace("-", "\u2011"), line.replace("&", "&amp;")])
    )
    before, behind = draw(st.sampled_from(WRAPS))
    return before + line + behind


postings = st.one_of(st.lists(noisy_line(), max_size=8).map("".join), st.text(max_size=60))
titles = st.one_of(
    st.none(), st.sampled_from(["Senior ML Engineer", "Sr.\u00a0Data\u200b Scientist II", "Director &amp; Head of AI"]), noisy_line()
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(postings, titles)
@example("<li>Py\u200bthon&amp;SQL</li>PythonExperience 5+&nbsp;years", "S\u200benior &amp; Lead")
def test_offsets_count_the_text_as_given(tagger: Tagger, text: str, title: str | None) -> None:
    tagged = tagger.tag(text, title=title)
    check_record(tagged.to_dict(), text, title)
    for candidate in tagged.dropped:
        assert 0 <= candidate.start < candidate.end <= len(text)
        assert text[candidate.start : candidate.end] == candidate.text
        assert candidate.because


@given(postings)
def test_a_text_is_tagged_the_same_each_time(tagger: Tagger, text: str) -> None:
    assert tagger.tag(text) == tagger.tag(text)


# ---- what no change of form may change ----------------------------------------------------------------------------------------

clean_postings = st.lists(
    st.tuples(st.sampled_from(HEADINGS), st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3)), min_size=1, max_size=3
)


def assemble(parts: Sequence[tuple[str, Sequence[str]]], heading: str = "{}:", item: str = "• {}") -> str:
    return "\n\n".join("\n".join([heading.format(head), *(item.format(line) for line in lines)]) for head, lines in parts) + "\n"


@given(clean_postings)
def test_upper_case_headings_change_no_level(tagger: Tagger, parts: list[tuple[str, list[str]]]) -> None:
    upper = [(head.upper(), lines) for head, lines in parts]
    assert shape(tagger.tag(assemble(upper))) == shape(tagger.tag(assemble(parts)))


@given(clean_postings, st.randoms(use_true_random=False))
def test_the_order_of_bullets_in_a_section_changes_no_level(tagger: Tagger, parts: list[tuple[str, list[str]]], random: Random) -> None:
    shuffled = [(head, random.sample(lines, len(lines))) for head, lines in parts]
    assert shape(tagger.tag(assemble(shuffled))) == shape(tagger.tag(assemble(parts)))


VARIANTS = [
    (" ", "\u00a0", "no-break spaces"),
    (" ", "  ", "double spaces"),
    (" ", " \u200b", "zero-width spaces"),
    ("-", "\u2011", "no-break hyphens"),
    ("'", "\u2019", "curly apostrophes"),
    ("\n", "\r\n", "CRLF"),
    ("\n", "\n\n", "blank lines"),
    ("&", "&amp;", "entities"),
    (" ", "&nbsp;", "space entities"),
]


@pytest.mark.parametrize(("plain", "variant", "why"), VARIANTS, ids=[row[2] for row in VARIANTS])
@settings(max_examples=25)
@given(parts=clean_postings)
def test_variants_of_space_and_marks_change_nothing(
    tagger: Tagger, plain: str, variant: str, why: str, parts: list[tuple[str, list[str]]]
) -> None:
    text = assemble(parts)
    assert shape(tagger.tag(text.replace(plain, variant))) == shape(tagger.tag(text)), why


@pytest.mark.parametrize(
    ("heading", "item"),
    [
        ("{}", "• {}"),
        ("## {}", "- {}"),
        ("**{}**", "* {}"),
        ("**{}:**", "▪ {}"),
        ("<h3>{}</h3>", "<li>{}</li>"),
        ("{}:", "1. {}"),
        ("{}\r", "• {}\r"),
    ],
)
@settings(max_examples=25)
@given(parts=clean_postings)
def test_markup_changes_no_level(tagger: Tagger, heading: str, item: str, parts: list[tuple[str, list[str]]]) -> None:
    assert shape(tagger.tag(assemble(parts, heading, item))) == shape(tagger.tag(assemble(parts)))


@given(clean_postings, st.data())
def test_a_negated_sentence_adds_no_skill(
    tagger: Tagger, vocabulary: Vocabulary, parts: list[tuple[str, list[str]]], data: st.DataObject
) -> None:
    concept = data.draw(st.sampled_from(sorted(vocabulary.concepts)))
    name = vocabulary.concepts[concept].name
    negation = data.draw(
        st.sampled_from(["We don't use {}.", "{} is not required.", "No {} needed.", "You do not need {}.", "We do not use {} here."])
    )
    text = assemble(parts)
    assert shape(tagger.tag(f"{text}\n{negation.format(name)}\n")) == shape(tagger.tag(text))


@given(clean_postings, st.sampled_from(["Python", "Docker", "Kubernetes", "PyTorch"]))
def test_a_demanded_skill_is_required_whatever_stands_before(tagger: Tagger, parts: list[tuple[str, list[str]]], name: str) -> None:
    assume(all(head not in ("Benefits", "Equal Opportunity") for head, _ in parts))
    tagged = tagger.tag(f"{assemble(parts)}\n• You must know {name}.\n")
    assert shape(tagged).get(name.lower()) == "required"


# ---- titles --------------------------------------------------------------------------------------------------------------------


def test_the_words_of_a_title_are_no_skills(tagger: Tagger) -> None:
    tagged = tagger.tag("We move parcels.", title="Senior Python Machine Learning Engineer, AWS")
    assert tagged.skills == ()
    assert tagged.stage == "senior"


REPEATED = [
    ("Senior Python Engineer\nWe move parcels.", "as it is"),
    ("# Senior Python Engineer\n\nWe move parcels.", "as a Markdown heading"),
    ("<h1>Senior Python Engineer</h1><p>We move parcels.</p>", "as an HTML heading"),
    ("SENIOR PYTHON ENGINEER\nWe move parcels.", "in upper case"),
    ("Pebble Freight\nSenior Python Engineer\nWe move parcels.", "below the company's name"),
]


@pytest.mark.parametrize(("text", "why"), REPEATED, ids=[row[1] for row in REPEATED])
def test_a_title_said_again_in_the_text_is_no_skill_either(tagger: Tagger, text: str, why: str) -> None:
    tagged = tagger.tag(text, title="Senior Python Engineer")
    assert tagged.skills == (), why
    assert [(candidate.id, candidate.because) for candidate in tagged.dropped] == [("python", "job title")]


FIRST_LINES = [
    ("Senior ML Engineer\nWe move parcels.", "Senior ML Engineer", "a title"),
    ("\n\n  Senior ML Engineer  \n\nWe move parcels.", "Senior ML Engineer", "behind empty lines"),
    ("# Senior ML Engineer\nWe move parcels.", "Senior ML Engineer", "a Markdown heading"),
    ("**Data Scientist, Rail**\nWe move parcels.", "Data Scientist, Rail", "in bold"),
    ("Head of AI (m/f/d)\nWe move parcels.", "Head of AI (m/f/d)", "with a bracket"),
    ("We are hiring an engineer\nWe move parcels.", None, "a sentence"),
    ("An engineer is a person.\nWe move parcels.", None, "a sentence with its full stop"),
    ("Engineers wanted:\nWe move parcels.", None, "a heading with a colon"),
    ("Pebble Freight\nWe move parcels.", None, "no role in it"),
    ("Senior ML Engineer", None, "nothing follows"),
    ("Senior ML Engineer\n\n", None, "nothing but white space follows"),
    ("Senior ML Engineer who knows the tracks, the trains, the timetables and the tolls of every single country\nMore.", None, "too long"),
    ("", None, "empty"),
]


@pytest.mark.parametrize(("text", "title", "why"), FIRST_LINES, ids=[row[2] for row in FIRST_LINES])
def test_find_title(text: str, title: str | None, why: str) -> None:
    assert find_title(text) == title, why


# ---- the ways in ---------------------------------------------------------------------------------------------------------------


def test_tag_and_the_tagger_agree(tagger: Tagger) -> None:
    assert skillsift.tag(POSTING, title="Senior ML Engineer") == tagger.tag(POSTING, title="Senior ML Engineer")
    assert skillsift.tag(POSTING) == tagger.tag(Posting(text=POSTING))
    assert Tagger().tag(POSTING) == tagger.tag(POSTING)


def test_a_title_that_is_given_wins_over_the_postings_own(tagger: Tagger) -> None:
    posting = Posting(text="We move parcels.", title="Junior Data Engineer", id="7")
    tagged = tagger.tag(posting, title="Staff Data Engineer")
    assert (tagged.title, tagged.stage, tagged.id) == ("Staff Data Engineer", "staff", "7")
    assert tagger.tag(posting).stage == "entry"


@pytest.fixture
def _garbage_collected() -> Iterator[None]:
    collecting = gc.isenabled()
    gc.enable()
    yield
    if not collecting:
        gc.disable()


@pytest.mark.usefixtures("_garbage_collected")
def test_garbage_is_not_looked_for_while_a_posting_is_tagged(tagger: Tagger, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[str] = []
    work = tagger._tag

    def watched(posting: Posting) -> TaggedPosting:
        gc.callbacks.append(watch := lambda phase, info: begun.append(phase))
        try:
            return work(posting)
        finally:
            gc.callbacks.remove(watch)

    monkeypatch.setattr(tagger, "_tag", watched)
    tagger.tag(POSTING * 100)
    assert not begun
    watched(Posting(text=POSTING * 100))
    assert begun, "else it is looked for"


@pytest.mark.usefixtures("_garbage_collected")
@pytest.mark.parametrize("collecting", [True, False])
def test_the_garbage_collector_is_left_as_it_was(tagger: Tagger, monkeypatch: pytest.MonkeyPatch, collecting: bool) -> None:
    if not collecting:
        gc.disable()
    tagger.tag(POSTING)
    assert gc.isenabled() is collecting
    monkeypatch.setattr(tagger, "_clean", lambda *given, **more: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        tagger.tag(POSTING)
    assert gc.isenabled() is collecting


def test_tag_many_keeps_the_order_and_is_lazy(tagger: Tagger) -> None:
    seen: list[int] = []

    def source() -> Any:
        for number in range(3):
            seen.append(number)
            yield Posting(text="Python", id=str(number))

    tagged = tagger.tag_many(source())
    assert next(tagged).id == "0"
    assert seen == [0]
    assert [posting.id for posting in tagged] == ["1", "2"]


def test_tag_frame_keeps_the_index(tagger: Tagger) -> None:
    frame = pd.DataFrame(
        {
            "description": ["Python is required. 3+ years of experience.", None, "Salary: $120,000 - $150,000 a year"],
            "title": ["ML Intern", "x", None],
        },
        index=[30, 10, 20],
    )
    tagged = tagger.tag_frame(frame)
    assert list(tagged.index) == [30, 10, 20]
    assert list(tagged.columns) == list(COLUMNS)
    assert tagged.loc[30, "skills_required"] == "Python"
    assert (tagged.loc[30, "years_min"], tagged.loc[30, "stage"]) == (3, "entry")
    assert tagged.loc[10, "error"]
    assert (tagged.loc[20, "salary_min"], tagged.loc[20, "salary_max"]) == (120000, 150000)
    assert list(frame.columns) == ["description", "title"], "the given frame is left as it was"


def test_tag_frame_with_other_columns(tagger: Tagger) -> None:
    frame = pd.DataFrame({"body": ["We move parcels."], "job": ["Staff Engineer"]}, index=["a"])
    assert tagger.tag_frame(frame, text="body", title="job").loc["a", "stage"] == "staff"
    for unknown in (tagger.tag_frame(frame, text="body", title=None), tagger.tag_frame(frame, text="body")):
        assert unknown["stage"].fillna("").tolist() == [""], "without a title column there is no title"
    with pytest.raises(UsageError, match="description"):
        tagger.tag_frame(frame)


def test_tag_frame_of_no_rows(tagger: Tagger) -> None:
    tagged = tagger.tag_frame(pd.DataFrame({"description": []}))
    assert (len(tagged), list(tagged.columns)) == (0, list(COLUMNS))


def test_the_published_values_are_fixed() -> None:
    """People script against them."""
    assert [str(level) for level in LEVELS] == ["required", "preferred", "mentioned"]
    assert [str(stage) for stage in STAGES] == ["entry", "mid", "senior", "staff"]
    assert [str(track) for track in Track] == ["individual", "management", "research", "architect"]
    assert [str(degree) for degree in DEGREES] == ["bachelor", "master", "phd"]
    assert COLUMNS == (
        "skills_required", "skills_preferred", "skills_mentioned", "years_min", "years_max", "degree_required", "degree_preferred",
        "salary_min", "salary_max", "salary_currency", "salary_period", "stage", "track", "confidence", "seniority_signals", "error",
    )  # fmt: skip
