"""Years of experience that a posting demands of a person (GUIDELINES, years_min and years_max)."""

from __future__ import annotations

import pytest

from skillsift import Tagger

WRITTEN = [
    ("3+ years of experience.", 3, None, "N+"),
    ("3 + years of experience.", 3, None, "N +"),
    ("3-5 years of experience.", 3, 5, "N-N"),
    ("3 - 5 years of experience.", 3, 5, "N - N"),
    ("3–5 years of experience.", 3, 5, "N–N"),
    ("3—5 years of experience.", 3, 5, "N—N"),
    ("3\u22125 years of experience.", 3, 5, "with a minus"),
    ("3 to 5 years of experience.", 3, 5, "N to N"),
    ("3+ to 5 years of experience.", 3, 5, "N+ to N"),
    ("5 years of experience.", 5, None, "N"),
    ("5 yrs of experience.", 5, None, "yrs"),
    ("5+ yrs. experience", 5, None, "yrs."),
    ("1 year of experience.", 1, None, "one year"),
    ("At least 5 years of experience.", 5, None, "at least N"),
    ("At least five years of experience.", 5, None, "at least five"),
    ("At least five (5) years of experience.", 5, None, "five (5)"),
    ("Five (5) or more years of experience.", 5, None, "five (5) or more"),
    ("Five plus years of experience.", 5, None, "five plus"),
    ("Five-plus years of experience.", 5, None, "five-plus"),
    ("5 or more years of experience.", 5, None, "N or more"),
    ("5 plus years of experience.", 5, None, "N plus"),
    ("Three to five years of experience.", 3, 5, "words to words"),
    ("Ten years of experience.", 10, None, "ten"),
    ("Minimum of 4 years of experience.", 4, None, "minimum of"),
    ("Minimum 4 years' experience.", 4, None, "years'"),
    ("4 years\u2019 experience required.", 4, None, "years with a curly apostrophe"),
    ("More than 4 years of experience.", 4, None, "more than"),
    ("5-8+ years of experience.", 5, None, "an open range"),
    ("1.5 years of experience.", 1, None, "a fraction is cut"),
    ("Less than 4 years of experience.", 0, 4, "less than"),
    ("Up to 3 years of experience.", 0, 3, "up to"),
    ("0-2 years of experience.", 0, 2, "from none"),
    ("3+ years in machine learning.", 3, None, "years in a field"),
    ("3+ years building services.", 3, None, "years of doing"),
    ("3+ years as a data engineer.", 3, None, "years as"),
    ("Requirements:\n- 3+ years", 3, None, "alone under requirements"),
    (r"5\+ years of experience", 5, None, "a Markdown escape"),
    ("5+&nbsp;years of experience", 5, None, "an entity"),
    ("<li><b>5+</b> years of experience</li>", 5, None, "tags inside"),
    ("degree5+ years of experience", 5, None, "glued to a word"),
    ("EXPERIENCE: 5+ YEARS", 5, None, "upper case"),
    ("Three (or more) years of experience", 3, None, "(or more)"),
    ("De 2 a 4 años de experiencia", 2, 4, "Spanish"),
    ("Entre 1 y 3 años de experiencia", 1, 3, "between, in Spanish"),
    ("Almeno 2 anni di esperienza", 2, None, "Italian"),
    ("2–3 anos de experiência", 2, 3, "Portuguese"),
    ("Minimum 5 ans d'expérience", 5, None, "French"),
    ("Mindestens 3 Jahre Berufserfahrung", 3, None, "German"),
]

SEVERAL = [
    ("5+ years of experience, with 2+ years of Python.", 5, None, "the overall demand counts, not a single skill's"),
    ("2+ years of Python.\n4+ years of SQL.", 4, None, "of single skills the largest"),
    ("1+ years in support; typically five or more years of experience.", 5, None, "the larger of two overall demands"),
    ("Nice to have:\n- 5+ years of SQL", None, None, "preferred-only years do not count"),
    ("3+ years of experience. 5+ years preferred.", 3, None, "nor years that are preferred"),
    ("5 years of experience strongly recommended", None, None, "nor recommended ones"),
    ("Ideally 5+ years of experience", None, None, "nor ideal ones"),
    ("Requirements:\n- Bachelor's and 5 years, or Master's and 3 years of experience", 3, None, "a ladder: the least"),
    ("Requirements:\n- BS in Physics and 5 years, or MS in Physics and 3 years of experience", 3, None, "a ladder in short forms"),
    ("Requirements:\n- PhD and 2 years of experience\n- or Master's and 5 years of experience", 2, None, "a ladder over two lines"),
    ("Requirements:\n- Bachelor's with 8+ years, Master's with 5+ years, PhD with 2+ years of experience", 2, None, "a ladder of three"),
    ("Requirements:\n- BS with 8+ years, MS with 5+ years, PhD with 2+ years of experience", 2, None, "a ladder without fields"),
    ("Requirements:\n- BS+3 years, MS+1 years of experience", 1, None, "a ladder told by plus signs"),
    ("Requirements:\n- BS and 5 years, or MS and 3 years of experience", 3, None, "a ladder of bare short forms"),
    ("Requirements:\n- BS/BA with 5 years or MS/PhD with 3 years of experience", 3, None, "two degrees on a step"),
    ("A bachelor's degree and 6 years of experience. An associate's degree and 9 years of experience.", 6, None, "a lower degree's years"),
    ("4 years of experience with a BS, or 8 years of experience without a degree.", 4, None, "years in place of a degree"),
    ("A high school diploma and 5 years of experience.", 5, None, "they count where nothing else is asked"),
    ("Option 1: Bachelor's degree and 2 years of experience. Option 2: 4 years of experience.", 2, None, "an option without a degree"),
    ("5-8 years of experience, or a PhD and 2+ years of experience.", 2, None, "a ladder whose first step names no degree"),
    ("8+ years of experience in sales; or 4+ years of experience with a Master's degree", 4, None, "the same, the degree behind"),
    ("4+ years of experience with a Master's degree or 2+ years of experience with a PhD", 2, None, "a ladder with degrees behind"),
    ("A Bachelor's degree, or 5 years of experience. 2 years of experience.", 2, None, "years that stand for a degree, behind it"),
    ("3 years of experience in data or science; a Master's degree may be substituted for one year.", 3, None, "what stands for years"),
    ("10+ years of combined management and professional experience.", 10, None, "combined, of one person"),
    (
        "MS Degree in Physics with 4+ years of experience OR BS Degree in Physics with 5+ years of experience",
        4,
        None,
        "short forms before Degree",
    ),
    (
        "5-8 years of experience, or a PhD and 2+ years of experience.\n3 years of experience with Python.",
        2,
        None,
        "a ladder before a skill's own",
    ),
    ("What you bring...4+ years of experience in data", 4, None, "glued to three dots"),
    ("3~10 years of experience in data", 3, 10, "a range with a tilde"),
    ("Requisitos: 5 años de experiencia en datos. Bonus: Pyramid. 40 hours a week, all year.", 5, None, "Spanish among English"),
    ("1 Jahr Erfahrung", 1, None, "one year, in German"),
    ("Minimum 5 ans, expérience en données.", 5, None, "French, before a comma"),
    ("5+ years of experience (a PhD can be substituted for 2 years)", 5, None, "what a degree stands for takes nothing"),
    ("3+ years of market risk experience", 3, None, "market, of the trade"),
    ("High school diploma and 6+ years of experience\n- 2+ years of Python", 6, None, "the overall demand, though it stands for a degree"),
]

NONE = [
    ("", "empty"),
    ("We are a team of ten.", "no years at all"),
    ("Several years of experience.", "no number"),
    ("We have moved parcels for over 50 years.", "a company's age"),
    ("With over 30 years of experience our firm leads the field.", "a company's experience"),
    ("Founded 12 years ago.", "years ago"),
    ("Our company has been in business for 10 years.", "in business"),
    ("We have over 12 years of experience in the market.", "the company's own"),
    ("Records are kept under our retention schedule for a minimum of three years.", "how long records are kept"),
    ("You must be at least 18 years of age.", "a person's age"),
    ("Must be 21 years old.", "a person's age again"),
    ("401k match after 1 year.", "a perk"),
    ("401(k) and a sabbatical after 5 years.", "a sabbatical"),
    ("A 2-year contract.", "a contract's length"),
    ("This is a 2 year fixed-term job.", "a term"),
    ("Over the last three years we grew.", "the last years"),
    ("In the next 5 years we will double.", "the next years"),
    ("A four-year degree.", "a degree's length"),
    ("Stock options vest over 4 years.", "vesting"),
    ("A 5-year roadmap.", "a roadmap"),
    ("Benefits\n- 4 years of parental support", "under benefits"),
    ("Windows 10 and Python 3", "numbers without years"),
    ("Salary: $120,000 per year", "pay a year"),
    ("20 days of leave per year", "leave a year"),
    ("2024 years of experience", "no such number of years"),
]


@pytest.mark.parametrize(("text", "low", "high", "why"), [pytest.param(*row, id=row[3]) for row in (*WRITTEN, *SEVERAL)])
def test_years(tagger: Tagger, text: str, low: int | None, high: int | None, why: str) -> None:
    experience = tagger.tag(text).experience
    assert (experience.min, experience.max) == (low, high), why


@pytest.mark.parametrize(("text", "why"), NONE, ids=[row[1] for row in NONE])
def test_no_years(tagger: Tagger, text: str, why: str) -> None:
    tagged = tagger.tag(text)
    assert (tagged.experience.min, tagged.experience.max) == (None, None), why
    assert [signal for signal in tagged.signals if signal.kind == "years"] == []


KNOWN = [
    ("With 25 years of experience our firm leads the field.", None, None, "nothing tells that the firm has them but the word behind"),
]


@pytest.mark.parametrize(
    ("text", "low", "high"), [pytest.param(*row[:3], id=row[0], marks=pytest.mark.xfail(reason=row[3])) for row in KNOWN]
)
def test_years_fail(tagger: Tagger, text: str, low: int | None, high: int | None) -> None:
    experience = tagger.tag(text).experience
    assert (experience.min, experience.max) == (low, high)


PER_SKILL = [
    ("Requirements:\n- 5+ years of Python", {"python": 5}, "years of a skill"),
    ("Requirements:\n- 3+ years with Docker\n- 2+ years of SQL", {"docker": 3, "sql": 2}, "each its own"),
    ("Requirements:\n- 4 years of Python and SQL", {"python": 4, "sql": 4}, "shared by a list"),
    ("Requirements:\n- 5+ years of professional experience with Python", {"python": None}, "an overall demand is no skill's"),
    ("Requirements:\n- Python", {"python": None}, "no years"),
]


@pytest.mark.parametrize(("text", "expected", "why"), PER_SKILL, ids=[row[2] for row in PER_SKILL])
def test_years_of_a_skill(tagger: Tagger, text: str, expected: dict[str, int | None], why: str) -> None:
    assert {skill.id: skill.years for skill in tagger.tag(text).skills} == expected, why


def test_the_years_are_told_as_a_signal(tagger: Tagger) -> None:
    text = "You bring five (5) or more years of experience."
    (signal,) = [signal for signal in tagger.tag(text).signals if signal.kind not in ("title", "text", "duty")]
    assert signal.field == "text"
    assert text[signal.start : signal.end] == signal.text
    assert signal.text.startswith("five (5)")
