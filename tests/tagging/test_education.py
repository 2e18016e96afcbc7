"""Degrees: the lowest that is enough, the highest that is a plus, and what is no degree (GUIDELINES, degree)."""

from __future__ import annotations

import pytest

from skillsift import Tagger

B, M, D = "bachelor", "master", "phd"

NAMED = [
    ("Bachelor's degree in Computer Science", B, None, "bachelor's degree"),
    ("Bachelor\u2019s degree in Computer Science", B, None, "with a curly apostrophe"),
    ("Bachelors degree", B, None, "without its apostrophe"),
    ("Bachelor of Science in Physics", B, None, "bachelor of science"),
    ("BS in Computer Science", B, None, "BS in a field"),
    ("B.S. in Computer Science", B, None, "B.S. in a field"),
    ("B.Sc. in Physics", B, None, "B.Sc."),
    ("BSc in Physics", B, None, "BSc"),
    ("B.Tech or B.E. in a relevant field", B, None, "B.Tech"),
    ("BA/BS degree", B, None, "BA/BS"),
    ("A degree in a numerate subject", B, None, "a degree without a level"),
    ("University degree", B, None, "a university degree"),
    ("Four-year degree", B, None, "a four-year degree"),
    ("Undergraduate degree", B, None, "an undergraduate degree"),
    ("BACHELOR'S DEGREE REQUIRED", B, None, "upper case"),
    ("Master's degree in Statistics", M, None, "master's degree"),
    ("Masters in Statistics", M, None, "masters"),
    ("MS in Statistics", M, None, "MS in a field"),
    ("M.Sc. in Mathematics", M, None, "M.Sc."),
    ("MSc or equivalent", M, None, "MSc"),
    ("MEng in Robotics", M, None, "MEng"),
    ("Advanced degree", M, None, "an advanced degree is a master"),
    ("Graduate degree in Economics", M, None, "a graduate degree is a master"),
    ("PhD in Machine Learning", D, None, "PhD"),
    ("Ph.D. in Machine Learning", D, None, "Ph.D."),
    ("Ph. D. in Physics", D, None, "Ph. D."),
    ("A doctorate in Physics", D, None, "a doctorate"),
    ("Doctoral degree", D, None, "a doctoral degree"),
    ("Pursuing a Bachelor's degree in Physics", B, None, "being pursued"),
    ("Pursuing an M.S. or PhD in Physics", B, None, "who pursues a master's has the one below"),
    ("Pursuing or having completed a Master's degree in Physics", M, None, "pursued or completed"),
    ("Masters: Physics", M, None, "a degree and its field, parted by a colon"),
    ("Pursuing a PhD, with a Master's degree in Physics", M, None, "one is pursued, the other is held"),
    ("BS or above in Physics", B, None, "or above"),
    ("BS or higher", B, None, "or higher"),
    ("BS and a minimum of 3 years in Physics", B, None, "a short form with years behind"),
    ("Degree educated in Physics or Economics", B, None, "degree educated"),
    ("M.A. degree in Economics", M, None, "M.A. degree in"),
    ("Bachelor's degree preferred in Physics", None, B, "preferred, between a degree and its field"),
    ("Degree must be in Physics", B, None, "of no level"),
    ("Bachelor's degree required. Experience may substitute for education.", B, None, "experience in its place"),
    ("Physics, Engineering or a related technical degree", B, None, "a related degree alone"),
    ("Licenciatura em Física", B, None, "Portuguese"),
    ("Laurea magistrale in Fisica", M, None, "Italian"),
    ("Doctorado en Física", D, None, "Spanish"),
    ("Bac +5 en informatique", M, None, "French"),
]

SEVERAL = [
    ("BS or MS in Physics", B, None, "the lowest is enough"),
    ("An undergraduate or graduate degree in Physics", B, None, "undergraduate or graduate"),
    ("A BS with minimum 3 years of experience or MS in Physics", B, None, "one with years, one without"),
    ("Advanced degree in Physics or a related engineering degree", M, None, "a related degree is of the level named before"),
    ("BS, MS, MA in Physics", B, None, "a list of short forms"),
    ("BS/MS/PhD in Physics", B, None, "of three the lowest"),
    ("MS or PhD in Physics", M, None, "master's or doctor"),
    ("PhD or Master's degree", M, None, "in falling order"),
    ("Bachelor's degree required, Master's preferred", B, M, "one required, one preferred"),
    ("Bachelor's degree; PhD is a plus", B, D, "a plus behind a semicolon"),
    ("Bachelor's degree. Master's or PhD preferred.", B, D, "the highest named as a plus"),
    ("Master's degree preferred", None, M, "preferred alone"),
    ("PhD preferred but not required", None, D, "preferred but not required"),
    ("Bachelor's degree or equivalent experience", B, None, "or equivalent still counts as the degree"),
    ("Bachelor's degree required. Bachelor's degree in Physics preferred.", B, None, "the same degree is no plus"),
]

NO_DEGREE = [
    ("", "empty"),
    ("Python and SQL", "no degree named"),
    ("A high degree of autonomy", "degree, the measure"),
    ("Six degrees of freedom", "degrees of freedom"),
    ("Certified Scrum Master", "a scrum master"),
    ("Master data management", "master data"),
    ("Master the basics of SQL", "master, the verb"),
    ("MS Office and MS Excel", "MS Office"),
    ("MS SQL Server", "MS SQL"),
    ("Boston, MA", "MA, the state"),
    ("Not open in KY, LA, ME, MA, MD or MN", "a list of states"),
    ("Work alongside PhDs and engineers", "colleagues"),
    ("A graduate degree may substitute for two years", "what stands for years"),
    ("The BA and QA colleagues", "BA, the analyst"),
    ("Tuition reimbursement for a master's degree", "a perk"),
    ("No degree required.", "none required"),
    ("Our team of PhDs", "the team's"),
    ("Con nosotros recibirás formación en liderazgo", "what is offered, in Spanish"),
    ("AB testing of prices", "AB, no bachelor"),
    ("ME and you", "ME, no master"),
]


@pytest.mark.parametrize(("asked", "required", "preferred", "why"), [pytest.param(*row, id=row[3]) for row in (*NAMED, *SEVERAL)])
def test_degrees(tagger: Tagger, asked: str, required: str | None, preferred: str | None, why: str) -> None:
    degree = tagger.tag(f"Requirements:\n- {asked}\n- Patience").degree
    assert (degree.required, degree.preferred) == (required, preferred), why


@pytest.mark.parametrize(("text", "why"), NO_DEGREE, ids=[row[1] for row in NO_DEGREE])
def test_no_degree(tagger: Tagger, text: str, why: str) -> None:
    tagged = tagger.tag(f"Requirements:\n- {text}\n- Patience")
    assert (tagged.degree.required, tagged.degree.preferred) == (None, None), why


PLACES = [
    ("Preferred:\n- Master's degree in Physics", None, M, "under preferred"),
    ("Requirements:\n- Bachelor's degree\nPreferred:\n- PhD in Physics", B, D, "one under each heading"),
    ("You hold a PhD in Physics.", D, None, "no heading"),
    ("Benefits\n- We pay for your Master's degree", None, None, "under benefits"),
    ("About us\nOur founder holds a PhD in Physics.", None, None, "the founder's"),
    ("Equal Opportunity\nWe do not ask for a Bachelor's degree anywhere.", None, None, "under equal opportunity"),
]


@pytest.mark.parametrize(("text", "required", "preferred", "why"), PLACES, ids=[row[3] for row in PLACES])
def test_where_a_degree_counts(tagger: Tagger, text: str, required: str | None, preferred: str | None, why: str) -> None:
    degree = tagger.tag(text).degree
    assert (degree.required, degree.preferred) == (required, preferred), why


TITLES = [
    ("ML Engineer Graduate, 2026 Start (BS/MS)", "Be kind.", B, None, "the lowest named"),
    ("Research Intern (PhD)", "Be kind.", D, None, "a doctor's"),
    ("Research Intern (PhD)", "Requirements:\n- Master's degree in Physics", M, None, "what the text asks goes before"),
    ("Research Intern (PhD)", "Preferred:\n- Master's degree in Physics", D, None, "what it prefers does not"),
    ("Data Scientist, Boston, MA", "Be kind.", None, None, "a state"),
    ("Scrum Master", "Be kind.", None, None, "no degree"),
    ("Data Analyst (no degree required)", "Be kind.", None, None, "none required"),
    ("Data Scientist (PhD preferred)", "Be kind.", None, None, "one that is preferred"),
    ("ML Engineer, MA, ME", "Be kind.", None, None, "two states"),
]


@pytest.mark.parametrize(("title", "text", "required", "preferred", "why"), TITLES, ids=[row[4] for row in TITLES])
def test_a_degree_in_the_title(tagger: Tagger, title: str, text: str, required: str | None, preferred: str | None, why: str) -> None:
    degree = tagger.tag(text, title=title).degree
    assert (degree.required, degree.preferred) == (required, preferred), why


def test_a_degree_in_the_title_is_told_as_a_signal(tagger: Tagger) -> None:
    title = "Research Intern (PhD)"
    signal = next(signal for signal in tagger.tag("Be kind.", title=title).signals if signal.kind == "degree")
    assert (signal.points_to, signal.field, signal.text) == ("phd", "title", "PhD")
    assert title[signal.start : signal.end] == signal.text


def test_a_degree_is_told_as_a_signal(tagger: Tagger) -> None:
    text = "Requirements:\n- <b>Ph.D</b>. in Physics"
    (signal,) = tagger.tag(text).signals
    assert (signal.kind, signal.points_to, signal.field, signal.text) == ("degree", "phd", "text", "Ph.D")
    assert text[signal.start : signal.end] == signal.text
