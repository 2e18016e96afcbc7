"""How strongly a skill is asked for: headings, cue phrases with their direction and scope, and what the words negate."""

from __future__ import annotations

import pytest

from skillsift import Tagger
from skillsift.model import TaggedPosting

R, P, M = "required", "preferred", "mentioned"


def levels(tagged: TaggedPosting) -> dict[str, str]:
    return {skill.id: str(skill.level) for skill in tagged.skills}


UNDER_HEADINGS = [
    ("Requirements:\n- Python", {"python": R}, "under requirements"),
    ("Requirements:\n- Familiarity with Docker", {"docker": R}, "familiarity alone under requirements is required"),
    ("Preferred:\n- Python", {"python": P}, "under preferred"),
    ("Preferred:\n- Proficiency with Python\n- Strong SQL", {"python": P, "sql": P}, "demanding words do not lift under preferred"),
    ("Preferred:\n- You must know Python", {"python": R}, "must does"),
    ("Preferred:\n- SQL is required", {"sql": R}, "required does"),
    ("Responsibilities:\n- Build tools in Python", {"python": M}, "under duties"),
    ("Responsibilities:\n- Proficiency in Python", {"python": R}, "a demanding bullet under duties"),
    ("Responsibilities:\n- Must know Python", {"python": R}, "must under duties"),
    ("About us\nOur product is written in Java.", {"java": M}, "the company's own technology"),
    ("Requirements:\n- Python\nNice to have:\n- Python at scale", {"python": R}, "the strongest of its mentions"),
    ("What you'll do:\n- Write Python\nNice to have:\n- Python", {"python": P}, "preferred is stronger than mentioned"),
]

SOFT = [
    ("Requirements:\n- Kubernetes is a plus", {"kubernetes": P}, "a plus"),
    ("Requirements:\n- Kubernetes a plus", {"kubernetes": P}, "a plus without its verb"),
    ("Requirements:\n- Experience with Kubernetes would be a big plus.", {"kubernetes": P}, "a big plus"),
    ("Requirements:\n- AWS preferred", {"aws": P}, "preferred"),
    ("Requirements:\n- AWS (preferred)", {"aws": P}, "preferred in brackets"),
    ("Requirements:\n- Strong Python; Docker preferred", {"python": R, "docker": P}, "a semicolon parts them"),
    ("Requirements:\n- Python, with Docker being a plus", {"docker": P}, "being a plus"),
    ("Requirements:\n- Ideally some Docker", {"docker": P}, "ideally"),
    ("Requirements:\n- The preferred candidate will also have Docker", {"docker": P}, "who is preferred"),
    ("Requirements:\n- Docker is a plus, as is knowledge of AWS", {"docker": P, "aws": P}, "as is"),
    ("Requirements:\n- A cloud platform, ideally AWS", {"aws": P}, "ideally in mid-sentence"),
    ("Requirements:\n- Python and preferably Java", {"python": R, "java": P}, "preferably softens what follows"),
    ("Requirements:\n- Nice to have: Docker", {"docker": P}, "nice to have before a colon"),
    ("Requirements:\n- Docker is nice to have", {"docker": P}, "nice to have behind"),
    ("Requirements:\n- Docker is desirable", {"docker": P}, "desirable"),
    ("Requirements:\n- Knowledge of Docker is an advantage", {"docker": P}, "an advantage"),
    ("Requirements:\n- Bonus if you know Docker", {"docker": P}, "bonus if"),
    ("Requirements:\n- Docker (nice to have)", {"docker": P}, "nice to have in brackets"),
    ("Requirements:\n- Bonus points for Docker.", {"docker": P}, "bonus points for"),
    ("Requirements:\n- Docker is preferred but not required", {"docker": P}, "preferred but not required"),
    ("Requirements:\n- Docker is a plus, but not required", {"docker": P}, "a plus, but not required"),
    ("Requirements:\n- Docker helpful", {"docker": P}, "helpful"),
    ("Requirements:\n- Python, SQL, Docker a plus", {"python": R, "sql": R, "docker": P}, "the last of a list alone"),
    ("Requirements:\n- Experience with AWS, Azure, Docker a plus", {"aws": P, "azure": P, "docker": P}, "a list that is of one thing"),
    ("Requirements:\n- Tools for data (Docker, AWS, etc.) are preferred", {"docker": P, "aws": P}, "a bracket is one item"),
    ("Requirements:\n- Basic Docker for the test network (preferred)", {"docker": P}, "some words between"),
    ("Requirements:\n- May require experience in Docker\n- SQL", {"docker": R, "sql": R}, "may require is no must"),
    ("The work may require some Docker.", {"docker": M}, "nor in prose"),
    ("Requirements:\n- Docker and Kubernetes are a plus", {"docker": P, "kubernetes": P}, "a list with and as a whole"),
    ("Requirements:\n- Docker is a plus\n- Python", {"docker": P, "python": R}, "a cue ends with its sentence"),
    ("Requirements:\n- Python is needed, but Java is a plus.", {"python": R, "java": P}, "but parts two verdicts"),
    ("Requirements:\n- Python required, Docker preferred", {"python": R, "docker": P}, "two verdicts in a row"),
    ("Kubernetes would be great to have.", {"kubernetes": P}, "soft without any heading"),
    ("The ideal candidate will have Python.", {"python": R}, "the ideal candidate in prose is required"),
    ("Requirements:\n- Python. The annual bonus plan is a nice one.", {"python": R}, "a bonus that is paid softens nothing"),
    ("Requirements:\n- Python plus a sense of humour", {"python": R}, "plus, the conjunction"),
    ("Requirements:\n- Python\n- 3+ years plus of SQL", {"python": R, "sql": R}, "years plus"),
    ("Requirements:\n- Python; Docker experience a bonus", {"python": R, "docker": P}, "a bonus, that is no pay"),
    ("Requirements:\n- Good to have experience with Docker", {"docker": P}, "good to have opens its sentence"),
    ("Requirements:\n- Clouds (ex. AWS and/or Azure) are preferred", {"aws": P, "azure": P}, "ex. ends no sentence"),
    (
        "O teu perfil:\n- Excel e SQL obrigatórios; valorizam-se conhecimentos de Python",
        {"sql": R, "python": P},
        "Portuguese, forward only",
    ),
    ("Requirements:\n- Desirable to have worked with Docker", {"docker": P}, "desirable to have"),
    ("Requirements:\n- Cloud warehouses are a plus – e.g. AWS, Azure", {"aws": P, "azure": P}, "examples of what is a plus"),
    ("Requirements:\n- Containers preferred (such as Docker)", {"docker": P}, "examples in brackets"),
    ("Requirements:\n- Containers a plus. Python", {"python": R}, "what follows a full stop is no example"),
    ("Experience:\nPython: 1 year (Preferred)\nSQL: 2 years (Required)", {"python": P, "sql": R}, "fields of a job board"),
    (
        "Skills: Strong Python- Experience with Docker is a plus- Some SQL",
        {"python": R, "docker": P, "sql": R},
        "items parted by a dash alone",
    ),
    ("Requirements:\n- Preferred skills: Docker", {"docker": P}, "preferred opens its sentence"),
    ("Requirements:\n- Python, and possibly experience with Docker", {"python": R, "docker": P}, "possibly"),
    ("Requirements:\n- Certified in Docker (Pref)", {"docker": P}, "shortened"),
    ("Requirements:\n- A scripting language (Java experience ideal)", {"java": P}, "ideal behind"),
    ("Requisitos:\n- Experiencia con Python\n- Se valorará Docker", {"python": R, "docker": P}, "Spanish"),
    ("Requisiti:\n- Ambienti cloud (preferibilmente Azure)", {"cloud-platforms": R, "azure": P}, "preferably, in Italian"),
    ("Buona conoscenza di Python. Gradita esperienza con Docker.", {"python": R, "docker": P}, "Italian"),
    ("Data (SQL team) | remote (north preferred)", {"sql": M}, "a place that is preferred, in brackets of its own"),
]

HARD = [
    ("You must know Python.", {"python": R}, "must"),
    ("Python is required.", {"python": R}, "is required"),
    ("Python is a must.", {"python": R}, "is a must"),
    ("Python required", {"python": R}, "required without its verb"),
    ("Python (required)", {"python": R}, "required in brackets"),
    ("Nice to have:\n- Python (must), Docker", {"python": R, "docker": P}, "must in brackets"),
    ("We want candidates who possess a strong background in Python.", {"python": R}, "who possess"),
    ("Strong Python skills\nBring patience", {"python": R}, "skills at a line's end"),
    ("This role requires Python.", {"python": R}, "requires"),
    ("Our team needs a strong Python engineer.", {"python": R}, "the team needs somebody"),
    ("Desired candidate should have strong Python.", {"python": R}, "the candidate is desired, the skill asked for"),
    ("Requisiti:\n- Ottima conoscenza di Python, gradita la conoscenza di AWS", {"python": R, "aws": P}, "Italian, a wish at the end"),
    ("Dein Profil:\n- Gute Kenntnisse in Python, AWS ist von Vorteil", {"python": R, "aws": P}, "German, likewise"),
    ("You need Python.", {"python": R}, "need"),
    ("5+ years of Python.", {"python": R}, "years of"),
    ("At least three years of experience in Python.", {"python": R}, "years of experience in"),
    ("Strong Python skills.", {"python": R}, "strong"),
    ("Strong experience with Python, SQL, and Docker, AWS is a plus", {"python": R, "sql": R, "aws": P}, "a demand before a wish"),
    ("Must know #Python and #SQL", {"python": R, "sql": R}, "hashtags that are asked for"),
    ("Requirements:\n#Python\n#SQL", {"python": R, "sql": R}, "hashtags on lines of their own"),
    ("Strong Python skills: you ask early and welcome feedback.", {"python": R}, "to welcome is no wish"),
    ("Proven experience with Python.", {"python": R}, "proven"),
    ("Solid experience in Python.", {"python": R}, "solid"),
    ("Proficiency in Python.", {"python": R}, "proficiency"),
    ("You have written Python at work.", {"python": R}, "you have"),
    ("Ability to read Python.", {"python": R}, "ability to"),
    ("Experience with Python and SQL.", {"python": R, "sql": R}, "experience with"),
    ("Fluent in Python.", {"python": R}, "fluent in"),
    ("Fluent with Python.", {"python": R}, "fluent with"),
    ("We are looking for someone who knows Python.", {"python": R}, "looking for someone"),
    ("We are looking for an engineer to build tools in Python.", {"python": M}, "what the engineer will do"),
]

TOLD = [
    ("Our stack is Python and Docker.", {"python": M, "docker": M}, "the stack as told"),
    ("You will build services in Java.", {"java": M}, "the work as told"),
    ("The team writes Python.", {"python": M}, "the team"),
    ("We teach Python as needed.", {"python": M}, "as needed is no demand"),
    ("Our platform meets the needs of riders with Python.", {"python": M}, "needs of somebody else"),
    ("Our team is people who have built Python tools.", {"python": M}, "people who are there"),
    ("Our engine is written in C plus plus.", {"cpp": M}, "plus, in a name"),
    ("You will build trackers and possibly Python tools.", {"python": M}, "possibly, of the work"),
    ("Responsibilities:\n- Desired features are built in Java", {"java": M}, "what is desired is no skill"),
    ("Experience the best of Python.", {"python": M}, "experience, the verb"),
    ("Strong team, great people, some Python.", {"python": M}, "strong, of the team"),
    ("We have shipped Python for over 20 years.", {"python": M}, "the company's years"),
    ("Are you passionate about Python?", {"python": M}, "a question that invites"),
    ("You are responsible for our Python tools.", {"python": M}, "what the job is answerable for"),
    ("Leverages knowledge of Python in reviews.", {"python": M}, "knowledge that is put to use"),
    ("Leverage your experience to grow our use of Python.", {"python": M}, "experience that is put to use"),
    ("Our expertise includes tools in Python.", {"python": M}, "the company's"),
    ("You will have opportunities to learn Python.", {"python": M}, "what is offered"),
    ("You can read about our use of Python on our blog.", {"python": M}, "what can be read"),
    ("Thanks to that you will be able to grow our Python tools.", {"python": M}, "what comes of the job"),
    ("The candidate will work on tools in Python.", {"python": M}, "what the candidate will do"),
    ("We build the necessary tools in Python.", {"python": M}, "necessary, the adjective"),
    ("You will gain deep expertise in Python.", {"python": M}, "what is gained"),
    ("Customers love our ability to ship Python.", {"python": M}, "somebody else's ability"),
    ("Do you have a knack for Python?", {"python": M}, "a question"),
    ("We turn client needs into Python.", {"python": M}, "needs, the noun"),
    ("Great people. #Python #Docker", {"python": M, "docker": M}, "hashtags"),
    ("Requirements:\n- Patience #Docker #Python", {"docker": M, "python": M}, "hashtags under requirements"),
    ("Skills:\n1. #Docker\n2. #Python", {"docker": R, "python": R}, "one hashtag an item is an item"),
    ("An engineer with a good heart to join our Python team.", {"python": M}, "the team that is joined"),
]

NEGATED = [
    ("No Kubernetes experience needed.", {}, "no … needed"),
    ("No experience with Java is required.", {}, "no experience with … required"),
    ("We don't use Java.", {}, "we don't use"),
    ("We don\u2019t use Java here.", {}, "with a curly apostrophe"),
    ("We do not use Java or SQL.", {}, "a list under one negation"),
    ("Java is not required.", {}, "is not required"),
    ("Knowledge of Java is not necessary.", {}, "is not necessary"),
    ("You don't need Java.", {}, "you don't need"),
    ("You do not need to know Java.", {}, "you do not need to know"),
    ("There is no need to know Java.", {}, "no need to know"),
    ("We moved away from Java years ago.", {}, "moved away from"),
    ("Requirements:\n- No prior Java needed", {}, "negated under requirements"),
    ("We use Python instead of Java.", {"python": M}, "instead of"),
    ("We write Python rather than Java.", {"python": M}, "rather than"),
    ("We don't use Java, but Python is a must.", {"python": R}, "but ends a negation"),
    ("We don't use Java. Python is a must.", {"python": R}, "a sentence's end ends a negation"),
    ("We don't use Java; Python is a must.", {"python": R}, "a semicolon ends a negation"),
    ("No matter which tool you like, Python is required.", {"python": R}, "no matter negates nothing"),
    ("Start no later than May. Python is required.", {"python": R}, "no later than"),
    ("Requirements:\n- Python\n- No visa sponsorship", {"python": R}, "no sponsorship"),
    ("Not only Python but also SQL is required.", {"sql": R}, "not only … but also keeps what follows"),
    ("Java is not a must, Python is a must.", {"python": R}, "not a must beside a must"),
]

TABLES = {"heading": UNDER_HEADINGS, "soft": SOFT, "hard": HARD, "told": TOLD, "negated": NEGATED}


@pytest.mark.parametrize(
    ("text", "expected", "why"), [pytest.param(*row, id=f"{name}: {row[2]}") for name, rows in TABLES.items() for row in rows]
)
def test_levels(tagger: Tagger, text: str, expected: dict[str, str], why: str) -> None:
    found = levels(tagger.tag(text))
    assert {id_: found.get(id_) for id_ in {*expected, *(found if not expected else ())}} == expected, why


PERKS = [
    ("We pay a learning budget for Python courses.", "in a sentence anywhere"),
    ("About us\nParental leave, and Python courses in tuition assistance.", "under another heading"),
    ("Benefits\n- A learning budget for Python", "under its own heading"),
]
KEPT = "GUIDELINES: benefits and training perks are not labelled; under a benefits heading what has no perk's own words is mentioned"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        *PERKS,
        pytest.param("Benefits\n- Courses in Python", "in other words", marks=pytest.mark.xfail(reason=KEPT)),
    ],
)
def test_perks_are_not_labelled(tagger: Tagger, text: str, why: str) -> None:
    assert levels(tagger.tag(text)) == {}, why


@pytest.mark.parametrize("text", [row[0] for row in NEGATED[:12]])
def test_a_negated_skill_is_kept_with_its_reason(tagger: Tagger, text: str) -> None:
    dropped = tagger.tag(text).dropped
    assert [candidate.because.split(":")[0] for candidate in dropped if candidate.id in ("java", "kubernetes")] == ["negated"]


BECAUSE = [
    ("Python is a must.", "“is a must”", "a cue is quoted"),
    ("Requirements:\n- Docker would be a PLUS", "“a PLUS”", "as the text writes it"),
    ("Skills\n- Docker", "under the heading “Skills”", "a heading is quoted"),
    ("We run Docker.", "told, not asked for", "neither"),
    ("Strong Docker.", "asked for: “Strong”", "a demanding word is quoted"),
]


@pytest.mark.parametrize(("text", "because", "why"), BECAUSE, ids=[row[2] for row in BECAUSE])
def test_because(tagger: Tagger, text: str, because: str, why: str) -> None:
    mentions = [mention for skill in tagger.tag(text).skills for mention in skill.mentions]
    assert [mention.because for mention in mentions] == [because], why
