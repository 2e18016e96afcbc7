"""Which section a skill stands in: headings in every form that postings write them."""

from __future__ import annotations

import pytest

from skillsift import Tagger
from skillsift.model import TaggedPosting

REQ, PREF, RESP, COMP, BEN, EEO, OTHER, FURN = (
    "requirements", "preferred", "responsibilities", "company", "benefits", "equal-opportunity", "other", "furniture",
)  # fmt: skip


def sections_of(tagged: TaggedPosting, id_: str) -> list[str]:
    """The sections in which a skill is named, dropped or not, in text order."""
    named = [(mention.start, str(mention.section)) for skill in tagged.skills if skill.id == id_ for mention in skill.mentions]
    named += [(candidate.start, str(candidate.section)) for candidate in tagged.dropped if candidate.id == id_]
    return [section for _, section in sorted(set(named))]


# a line, and the section of the line below it
LINES = [
    ("Requirements", REQ, "the bare word"),
    ("Requirements:", REQ, "a colon"),
    ("REQUIREMENTS", REQ, "upper case"),
    ("REQUIREMENTS:", REQ, "upper case and a colon"),
    ("requirements:", REQ, "small letters with a colon"),
    ("## Requirements", REQ, "a Markdown heading"),
    ("**Requirements**", REQ, "Markdown bold"),
    ("**Requirements:**", REQ, "Markdown bold with the colon inside"),
    ("**Requirements**:", REQ, "Markdown bold with the colon outside"),
    ("__Requirements__", REQ, "Markdown bold with underscores"),
    ("<h3>Requirements</h3>", REQ, "an HTML heading"),
    ("<p><strong>Requirements:</strong></p>", REQ, "HTML bold"),
    ("&lt;h2&gt;Requirements&lt;/h2&gt;", REQ, "an escaped HTML heading"),
    ("3. Requirements", REQ, "numbered"),
    ("III) Requirements:", REQ, "numbered in Roman figures"),
    ("--- Requirements ---", REQ, "between rules"),
    ("🚀 Requirements", REQ, "behind an emoji"),
    ("[Requirements]", REQ, "in brackets"),
    ("What You\u2019ll Need", REQ, "a curly apostrophe"),
    ("What we're looking for", REQ, "a sentence of a heading"),
    ("WHO YOU ARE", REQ, "in upper case"),
    ("Who are you?", REQ, "a question"),
    ("About you", REQ, "you, not us"),
    ("You have", REQ, "the beginning of a list"),
    ("What you bring:", REQ, "what you bring"),
    ("What you bring...", REQ, "with three dots behind"),
    ("Must haves", REQ, "must haves"),
    ("Basic Qualifications", REQ, "basic"),
    ("Minimum Qualifications:", REQ, "minimum"),
    ("Education and Experience", REQ, "education and experience"),
    ("Skills", REQ, "skills"),
    ("Knowledge, Skills & Abilities", REQ, "the civil servant's triple"),
    ("Our Wishes and Requirements:", REQ, "a heading of its own making, by its word"),
    ("Required and Preferred Qualifications", REQ, "both at once is required"),
    ("Preferred Qualifications", PREF, "preferred"),
    ("Preferred:", PREF, "preferred alone"),
    ("Nice to have", PREF, "nice to have"),
    ("Nice to have technical skills", PREF, "nice to have, and what"),
    ("Additional preferred experience/training including:", PREF, "two kinds of it"),
    ("NICE-TO-HAVES:", PREF, "with hyphens, upper case"),
    ("Bonus points", PREF, "bonus points"),
    ("Desired skills", PREF, "desired"),
    ("Pluses", PREF, "pluses"),
    ("Ideal candidate", PREF, "ideal candidate as a heading"),
    ("Our Ideal Candidate", PREF, "ours, as a heading"),
    ("What we'd like to see (but not required):", PREF, "not required"),
    ("Ideally you'd have:", PREF, "ideally as a heading, even where it is the only list"),
    ("What would set you apart:", PREF, "set you apart"),
    ("Good to have", PREF, "good to have"),
    ("Nice To Have's:", PREF, "with an apostrophe of its own"),
    ("We Prefer If You Have:", PREF, "prefer, before have"),
    ("You will wow us even more if you have some of these:", PREF, "wow us"),
    ("Responsibilities", RESP, "responsibilities"),
    ("What You'll Do", RESP, "what you'll do"),
    ("In this role, you will:", RESP, "in this role"),
    ("Your mission", RESP, "your mission"),
    ("Duties and Responsibilities", RESP, "duties"),
    ("About the role", RESP, "about the role"),
    ("Sample projects include:", RESP, "projects to come"),
    ("About us", COMP, "about us"),
    ("Who we are", COMP, "we, not you"),
    ("About Pebble Freight", COMP, "about somebody"),
    ("Our Mission", COMP, "our mission"),
    ("Benefits", BEN, "benefits"),
    ("Perks & Benefits:", BEN, "perks and benefits"),
    ("What we offer", BEN, "what we offer"),
    ("What do you get?", BEN, "a question"),
    ("Qué te ofrecemos", BEN, "Spanish benefits"),
    ("Compensation", BEN, "compensation"),
    ("Equal Opportunity Employer", EEO, "equal opportunity"),
    ("EEO Statement", EEO, "EEO"),
    ("How to apply", OTHER, "how to apply"),
    ("To apply:", OTHER, "to apply"),
    ("Ability to Relocate:", OTHER, "no ability that is asked for"),
    ("Recruiting Agency Notice", EEO, "a notice"),
    ("Working at Pebble", COMP, "working at somebody's"),
    ("What Youll Do:", RESP, "an apostrophe that was lost"),
    ("This person will:", RESP, "this person will"),
    ("---- What the Candidate Will Do ----", RESP, "what the candidate will do"),
    ("The Environment", OTHER, "the environment"),
    ("What We're Searching For:", REQ, "searching for"),
    ("¿Qué buscamos?", REQ, "an opening mark"),
    ("Our tech stack", OTHER, "the stack as told"),
    ("Requisitos", REQ, "Spanish"),
    ("Anforderungen:", REQ, "German"),
]

NO_HEADINGS = [
    ("We take the requirements of our riders seriously and we act on them.", "a sentence with the word"),
    ("About 40 people work in the old mill by the river.", "about a number"),
    ("requirements engineering is fun", "small letters, no colon"),
    ("- Requirements are written down with care, and kept.", "an item of a list"),
    ("Responsible AI", "a skill's name"),
    ("Annual bonus:", "a bonus that is paid"),
    ("Fraud detection models", "fraud, the subject"),
]


@pytest.mark.parametrize(("line", "expected", "why"), LINES, ids=[f"{row[2]}: {row[0]!a}" for row in LINES])
def test_a_heading_opens_its_section(tagger: Tagger, line: str, expected: str, why: str) -> None:
    tagged = tagger.tag(f"Hello there.\n\n{line}\n\nWe name Python here.\n")
    assert sections_of(tagged, "python") == [expected], why


@pytest.mark.parametrize(("line", "why"), NO_HEADINGS, ids=[row[1] for row in NO_HEADINGS])
def test_no_heading(tagger: Tagger, line: str, why: str) -> None:
    tagged = tagger.tag(f"What you'll do\nThings.\n{line}\nWe name Python here.\n")
    assert sections_of(tagged, "python") == [RESP], why


# (text, the sections of its mentions of Python, whether headings were found, why)
TEXTS = [
    ("We use Python.", [OTHER], False, "no heading at all"),
    ("Requirements: Python", [REQ], True, "a heading and its item on one line"),
    ("Requirements - Python", [REQ], True, "behind a dash"),
    ("Requirements:\nPython\nNice to have:\nPython too\n", [REQ, PREF], True, "the next heading ends a section"),
    ("Requirements:\nSQL.\n\nBenefits:\nPython courses.\n", [BEN], True, "benefits end requirements"),
    ("Requirements\n• SQL\n• Bonus: Python\n• Python", [PREF, REQ], True, "a label colours its own line alone"),
    (
        "We move parcels by rail. Responsibilities: Build tools in Python. Requirements: Python and patience.",
        [RESP, REQ], True, "a flattened posting with colons",
    ),
    (
        "We move parcels by rail. What You'll Do Build tools in Python. What You'll Need Python and patience. Nice To Have Python again.",
        [RESP, REQ, PREF], True, "a flattened posting in Title Case",
    ),
    ("RequirementsPython and patience are asked.", [REQ], True, "a heading glued to what follows"),
    ("We move parcels by rail. Responsibilities include: Python tools.", [RESP], True, "inside a line, before a colon, in small letters"),
    ("We move parcels with robots Qualifications\nPython and patience", [REQ], True, "at the end of a line"),
    ("What you'll do\nWrite the list of Requirements\nPython tools", [RESP], True, "a word of the sentence at its line's end"),
    (
        "Requirements Bachelor's degree in Physics and the patience to read what others wrote in Python, long ago, in another town, "
        "before anyone thought of writing tests for it, or of asking why.",
        [REQ], True, "before its text, at the beginning of a long line",
    ),
    ("Preferred qualifications\nSQL\nKnowledge, Skills and Abilities\nPython", [REQ], True, "what closes preferred"),
    ("Requirements\nSQL\nData Science Responsibilities:\nPython tools", [RESP], True, "duties under a heading that names a skill"),
    ("We move parcels. RequirementsPython and patience are asked.", [REQ], True, "behind a sentence"),
    ("We move parcels.RequirementsPython and patience are asked.", [REQ], True, "glued on both sides"),
    ("Things.\nRequired and preferred qualifications\nPython\n", [REQ], True, "both at once, in small letters"),
    ("<div>Hello</div><div><b>Requirements</b><ul><li>Python</li></ul></div>", [REQ], True, "HTML without line ends"),
    ("Requirements\n\nPython\n\nAbout us\n\nWe like Python.", [REQ, COMP], True, "the company behind"),
    ("Requirements\nSQL\nWe are an equal opportunity employer, Python or not.", [EEO], True, "a sentence that tells its own kind"),
    ("Our stack: Python.\nRequirements: SQL.", [OTHER], True, "a stack in prose"),
    (
        "Profile insights Skills Do you have experience in Python? Yes No Full job description\nRequirements\nPython",
        [FURN, REQ], True, "a job board's own widget",
    ),
    (
        "At İİİİİİİİİİİİ. Profile insights Do you know SQL? Full job description Python and more.",
        [OTHER], False, "letters that grow when made small do not move the widget's end",
    ),
    ("About us\nWe love Python.\n", [COMP], False, "a company heading alone is no demand found"),
    ("", [], False, "empty"),
    ("\n\n \n", [], False, "white space"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "found", "why"), TEXTS, ids=[row[3] for row in TEXTS])
def test_sections_of_a_text(tagger: Tagger, text: str, expected: list[str], found: bool, why: str) -> None:
    tagged = tagger.tag(text)
    assert sections_of(tagged, "python") == expected, why
    assert tagged.sections_found is found


def test_the_heading_is_quoted_as_the_posting_writes_it(tagger: Tagger) -> None:
    (skill,) = tagger.tag("**WHAT YOU BRING:**\n- Python").skills
    assert skill.mentions[0].because == "under the heading “WHAT YOU BRING”"


def test_a_section_keeps_its_heading_behind_a_widget(tagger: Tagger) -> None:
    tagged = tagger.tag("Requirements:\nSQL\nProfile insights Do you know Java? Full job description\nPython")
    assert {skill.id: skill.mentions[0].because for skill in tagged.skills} == {
        "python": "under the heading “Requirements”",
        "sql": "under the heading “Requirements”",
    }
