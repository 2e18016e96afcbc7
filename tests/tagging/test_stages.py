"""Career stage and track, in the labelling rules' order: title, a level said in the text, years, duties (GUIDELINES, stage and track)."""

from __future__ import annotations

import pytest

from skillsift import Tagger
from skillsift.model import STAGES

TITLES = [
    ("Machine Learning Intern", "entry", "individual", "intern"),
    ("Data Science Internship (Summer)", "entry", "individual", "internship"),
    ("Junior ML Engineer", "entry", "individual", "junior"),
    ("Jr. Data Engineer", "entry", "individual", "jr with its full stop"),
    ("AI Resident", "entry", "individual", "a residency is for learners"),
    ("Resident Engineer", None, "individual", "but who lives on a site is none"),
    ("Post-Doctoral Researcher", "entry", "research", "the first job after a doctorate"),
    ("Graduate Data Scientist", "entry", "individual", "graduate"),
    ("Entry-Level Data Engineer", "entry", "individual", "entry-level"),
    ("Associate Data Scientist", "entry", "individual", "associate"),
    ("Data Scientist I", "entry", "individual", "I"),
    ("Data Engineer 1", "entry", "individual", "1"),
    ("Trainee Data Engineer (m/f/d)", "entry", "individual", "trainee"),
    ("Working Student Machine Learning (m/w/d)", "entry", "individual", "a working student"),
    ("Data Engineer II", "mid", "individual", "II"),
    ("Mid-Level ML Engineer", "mid", "individual", "mid-level"),
    ("Software Engineer, L4", "mid", "individual", "L4"),
    ("Senior ML Engineer", "senior", "individual", "senior"),
    ("SENIOR ML ENGINEER", "senior", "individual", "upper case"),
    ("Sr Data Scientist", "senior", "individual", "sr"),
    ("Sr. Data Scientist", "senior", "individual", "sr with its full stop"),
    ("Lead ML Engineer", "senior", "individual", "lead"),
    ("ML Tech Lead", "senior", "individual", "tech lead"),
    ("Machine Learning Engineer III", "senior", "individual", "III"),
    ("Data Engineer IV", "senior", "individual", "IV"),
    ("ML Engineer, L5", "senior", "individual", "L5"),
    ("ML Engineer (IC4)", "senior", "individual", "IC4"),
    ("Staff ML Engineer", "staff", "individual", "staff"),
    ("Principal Data Scientist", "staff", "individual", "principal"),
    ("Distinguished Engineer, AI", "staff", "individual", "distinguished"),
    ("ML Engineer (IC6)", "staff", "individual", "IC6"),
    ("Senior Staff ML Engineer", "staff", "individual", "senior staff"),
    ("Engineering Manager, ML", "senior", "management", "a manager"),
    ("Senior Manager, Data Science", "senior", "management", "a senior manager"),
    ("Director of Machine Learning", "staff", "management", "a director"),
    ("Associate Director, Data Science", "staff", "management", "an associate director follows the higher word"),
    ("Head of AI", "staff", "management", "head of"),
    ("VP of Engineering", "staff", "management", "VP"),
    ("Vice President, Data", "staff", "management", "vice president"),
    ("Chief Data Officer", "staff", "management", "chief"),
    ("Research Scientist", None, "research", "a research scientist"),
    ("Applied Scientist, Ads", None, "research", "an applied scientist"),
    ("Senior Research Scientist, NLP", "senior", "research", "a senior one"),
    ("Research Intern, Speech", "entry", "research", "a research intern"),
    ("AI Researcher", None, "research", "a researcher"),
    ("ML Architect", "senior", "architect", "an architect"),
    ("Solutions Architect, AI", "senior", "architect", "a solutions architect"),
    ("Principal Architect", "staff", "architect", "a principal architect"),
    ("AI Product Manager", "senior", "individual", "a product manager manages no people, senior by title"),
    ("Technical Program Manager", "senior", "individual", "nor does a program manager"),
    ("Data Scientist / Senior Data Scientist", "senior", "individual", "two levels: the higher"),
    ("Senior/Staff ML Engineer", "staff", "individual", "two levels with a slash"),
    ("Member of Technical Staff", None, "individual", "technical staff is no staff"),
    ("Senior Member of Technical Staff", "senior", "individual", "but senior is senior"),
    ("Lead Generation Analyst", None, "individual", "lead generation is no lead"),
    ("Staffing Analyst", None, "individual", "staffing is no staff"),
    ("Internal Tools Engineer", None, "individual", "internal is no intern"),
    ("International Data Analyst", None, "individual", "international neither"),
    ("Data Engineer, Middle East", None, "individual", "a region is no level"),
    ("Data Engineer (m/f/d)", None, "individual", "(m/f/d) says no level"),
    ("Senior Data Engineer (m/f/d)", "senior", "individual", "but what stands before does"),
    ("ML Engineer - I/O Systems", None, "individual", "I/O is no I"),
    ("Machine Learning Engineer", None, "individual", "no level at all"),
    ("Leadership Coach", None, "individual", "leadership is no lead"),
    ("Data Scientist, Fellowship Team", None, "individual", "a fellowship is no fellow"),
]

SAID = [
    ("This is a senior role.", "senior", "a senior role"),
    ("This is an entry-level position.", "entry", "an entry-level position"),
    ("We welcome recent graduates.", "entry", "recent graduates"),
    ("New grads are welcome.", "entry", "new grads"),
    ("This is a mid-level role.", "mid", "a mid-level role"),
    ("As a Staff Engineer you set the course.", "staff", "as a staff engineer"),
    ("We are looking for a senior engineer to join.", "senior", "looking for a senior"),
    ("You will sit beside our senior engineers.", None, "somebody else is senior"),
    ("You play a lead role in reviews.", None, "a lead role that is played"),
    ("We have a few excellent senior engineers already.", None, "nor those who are there"),
    ("The role of Senior Data Engineer is yours.", "senior", "the role of"),
    ("Students graduating in 2031 may apply.", "entry", "graduating"),
    ("You are currently enrolled at a university.", "entry", "enrolled"),
    ("We want a mid-career person.", "mid", "mid-career"),
    ("Talk to senior stakeholders.", None, "stakeholders are senior"),
    ("You coach early-career engineers.", None, "they are early in theirs"),
    ("Help students who are currently enrolled.", None, "others are enrolled"),
    ("As a staff member you get a desk.", None, "a staff member"),
]

YEARS = [
    ("0-2 years of experience.", "entry", "none to two"),
    ("1+ years of experience.", "entry", "one"),
    ("2+ years of experience.", "entry", "two"),
    ("3+ years of experience.", "mid", "three"),
    ("5+ years of experience.", "mid", "five"),
    ("6+ years of experience.", "senior", "six"),
    ("15+ years of experience.", "senior", "years alone never make staff"),
    (
        "Requirements:\n- Bachelor's with 8 years, Master's with 5 years, or PhD with 2 years of experience",
        "senior", "a ladder: the years beside the lowest degree",
    ),
    ("Nice to have:\n- 8+ years of experience", None, "preferred-only years say nothing"),
    ("We have moved parcels for over 50 years.", None, "a company's age says nothing"),
]  # fmt: skip

DUTIES = [
    ("Lead the technical design and mentor junior engineers.", "senior", "lead design and mentor"),
    ("Mentor junior engineers.", None, "one of the two is asked of all"),
    ("Set the technical strategy and define standards for models company-wide.", "staff", "strategy and standards"),
    ("You work under the guidance of our engineers.", "entry", "under guidance"),
    ("You write code.", None, "nothing"),
]

ORDER = [
    ("Junior Data Engineer", "This is a senior role. 8+ years of experience.", "entry", "the title decides"),
    ("Data Engineer I", "5+ years of experience.", "entry", "the title decides over years"),
    ("Data Engineer", "This is a senior role. 2+ years of experience.", "senior", "what is said decides over years"),
    ("Data Engineer", "3+ years of experience. Lead the technical design and mentor junior engineers.", "mid", "years decide over duties"),
    ("Data Engineer", "We move parcels.", None, "no sign at all is no stage"),
    (None, "Senior Data Engineer, Leeds\nWe move parcels.", "senior", "a title in the opening words"),
    (None, "We move parcels with the help of a senior team.", None, "a senior team is no title"),
    (None, "Pebble\nI'm an Engineer here, and we hire.", None, "I, the word"),
    ("Software Engineer 5", "We move parcels.", "senior", "the fifth rung"),
]


@pytest.mark.parametrize(("title", "stage", "track", "why"), TITLES, ids=[row[0] for row in TITLES])
def test_title(tagger: Tagger, title: str, stage: str | None, track: str, why: str) -> None:
    tagged = tagger.tag("We move parcels.", title=title)
    assert (tagged.stage, tagged.track) == (stage, track), why


@pytest.mark.parametrize(
    ("text", "stage", "why"),
    [pytest.param(*row, id=f"{name}: {row[2]}") for name, rows in (("said", SAID), ("years", YEARS), ("duties", DUTIES)) for row in rows],
)
def test_text(tagger: Tagger, text: str, stage: str | None, why: str) -> None:
    assert tagger.tag(text, title="Data Engineer").stage == stage, why


@pytest.mark.parametrize(("title", "text", "stage", "why"), ORDER, ids=[row[3] for row in ORDER])
def test_the_order_of_evidence(tagger: Tagger, title: str | None, text: str, stage: str | None, why: str) -> None:
    assert tagger.tag(text, title=title).stage == stage, why


RESEARCH_ENGINEER = [
    ("Train models and publish papers. Conduct original research on speech.", "research", "research is a main duty"),
    ("Train models and ship them.", "individual", "it is not"),
]


@pytest.mark.parametrize(("text", "track", "why"), RESEARCH_ENGINEER, ids=[row[2] for row in RESEARCH_ENGINEER])
def test_a_research_engineer(tagger: Tagger, text: str, track: str, why: str) -> None:
    assert tagger.tag(text, title="Research Engineer, Speech").track == track, why


def test_every_stage_comes_with_its_reason(tagger: Tagger) -> None:
    tagged = tagger.tag("5+ years of experience.", title="Senior ML Engineer")
    assert tagged.because == ("title says “Senior”", "5+ years asked")


def test_agreement_is_surer_than_quarrel(tagger: Tagger) -> None:
    def confidence(text: str, title: str | None = "Senior ML Engineer") -> float:
        return tagger.tag(f"Requirements:\n{text}", title=title).confidence

    agree, alone, quarrel = confidence("8+ years of experience."), confidence("Patience."), confidence("1+ years of experience.")
    assert 0.99 >= agree > alone > quarrel >= 0.2
    assert alone > confidence("8+ years of experience.", title=None) > confidence("Patience.", title=None)


def test_an_unknown_stage_is_not_dressed_as_a_fact(tagger: Tagger) -> None:
    """Its confidence says how often there is indeed no sign (stages.toml), not how sure a stage would be."""
    tagged = tagger.tag("We move parcels.")
    assert tagged.stage is None
    assert tagged.because == ()
    assert tagged.confidence == tagger.vocabulary.stages["confidence"]["none"]


@pytest.mark.parametrize("title", [row[0] for row in TITLES])
def test_a_titles_signals_stand_in_the_title(tagger: Tagger, title: str) -> None:
    for signal in tagger.tag("We move parcels.", title=title).signals:
        assert (signal.kind, signal.field) == ("title", "title")
        assert title[signal.start : signal.end] == signal.text
        assert signal.points_to in {*STAGES, "management", "research", "research-engineer", "architect"}
