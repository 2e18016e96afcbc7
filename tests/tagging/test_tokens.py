"""Every skill is found beside every neighbour that real text puts next to it, at the right offsets; and what only looks like one is not."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from skillsift import Tagger
from skillsift.tagging.tokens import make_tokenizer


@dataclass(frozen=True)
class Surface:
    id: str
    text: str


# wordings with every trap in them: marks at the end, marks inside, digits, hyphens, slashes, capitals only
SURFACES = [
    Surface("python", "Python"),
    Surface("python", "Python3"),
    Surface("cpp", "C++"),
    Surface("java", "Java"),
    Surface("sql", "SQL"),
    Surface("sql", "TSQL"),
    Surface("scikit-learn", "scikit-learn"),
    Surface("scikit-learn", "sklearn"),
    Surface("pytorch", "PyTorch"),
    Surface("tensorflow", "TensorFlow"),
    Surface("continuous-integration", "CI/CD"),
    Surface("kubernetes", "K8s"),
    Surface("aws", "AWS"),
    Surface("aws", "S3"),
    Surface("docker", "Docker"),
    Surface("artificial-intelligence", "AI"),
    Surface("natural-language-processing", "NLP"),
    Surface("machine-learning", "machine learning"),
    Surface("reinforcement-learning", "reinforcement-learning"),
]

# what stands before and behind
NEIGHBOURS = [
    ("Use ", " daily", "spaces"),
    ("Use x/", "/y now", "slashes"),
    ("Use x, ", ", y", "commas"),
    ("Use x,", ",y", "commas without spaces"),
    ("Use x; ", "; y", "semicolons"),
    ("Use x;", ";y", "semicolons without spaces"),
    ("•", "\n", "a bullet"),
    ("• ", "\n• y", "a bullet and a space"),
    ("·", "\n", "a middle dot"),
    ("- ", "\n- y", "a hyphen as a bullet"),
    ("* ", "\n* y", "a star as a bullet"),
    ("▪", " ▪ y", "a square"),
    ("Use (", ")", "round brackets"),
    ("Use [", "]", "square brackets"),
    ("Use {", "}", "braces"),
    ("Use x|", "|y", "pipes"),
    ("Use x | ", " | y", "pipes with spaces"),
    ("Use x + ", " + y", "plus signs with spaces"),
    ("Use x & ", " & y", "ampersands"),
    ("Use x &amp; ", " &amp; y", "escaped ampersands"),
    ("Use \"", "\"", "quotes"),
    ("Use “", "”", "curly quotes"),
    ("Use '", "'", "single quotes"),
    ("Use ‘", "’", "single curly quotes"),
    ("We like ", ".", "a sentence's end"),
    ("We like ", ". More text", "a sentence's end with more"),
    ("Who likes ", "? We do", "a question"),
    ("Hooray for ", "! More", "an exclamation"),
    ("Stack: ", ":", "colons"),
    ("We like ", "...", "dots"),
    ("We like ", "… more", "an ellipsis"),
    ("Use ", "’s best parts", "a possessive"),
    ("Use x–", "–y", "dashes"),
    ("Use x—", "—y", "long dashes"),
    ("Use **", "** daily", "Markdown bold"),
    ("Use _", "_ daily", "Markdown italics"),
    ("Use `", "` daily", "Markdown code"),
    ("Use [", "](#top) daily", "a Markdown link"),
    ("<li>", "</li>", "list tags"),
    ("<p>", "</p><p>y</p>", "paragraph tags"),
    ("Use <b>", "</b> daily", "bold tags"),
    ("Use <strong>", "</strong>, y", "strong tags and a comma"),
    ("x<br>", "<br>y", "line breaks"),
    ("&lt;li&gt;", "&lt;/li&gt;", "escaped tags"),
    ("Use\u00a0", "\u00a0daily", "no-break spaces"),
    ("Use\u200b ", "\u200b daily", "zero-width spaces"),
    ("Use\t", "\tdaily", "tabs"),
    ("Use\r\n", "\r\nDaily", "Windows line ends"),
    ("", "", "nothing at all"),
]  # fmt: skip


def found_at(tagger: Tagger, text: str, id_: str) -> list[tuple[int, int]]:
    """Where the skill is named, after a check of what every mention must hold."""
    tagged = tagger.tag(text)
    mentions = [(skill.id, mention) for skill in tagged.skills for mention in skill.mentions]
    assert all(text[mention.start : mention.end] == mention.text for _, mention in mentions)
    return [(mention.start, mention.end) for found, mention in mentions if found == id_]


@pytest.mark.parametrize(("before", "behind", "why"), NEIGHBOURS, ids=[row[2] for row in NEIGHBOURS])
@pytest.mark.parametrize("surface", SURFACES, ids=[surface.text for surface in SURFACES])
def test_a_skill_is_found_beside_its_neighbours(tagger: Tagger, surface: Surface, before: str, behind: str, why: str) -> None:
    text = before + surface.text + behind
    assert found_at(tagger, text, surface.id) == [(len(before), len(before) + len(surface.text))], why


# (text, id, what of the text is named)
VARIANTS = [
    ("We do machine-learning.", "machine-learning", "machine-learning"),
    ("We do machine\u2011learning.", "machine-learning", "machine\u2011learning"),
    ("We do machine\u2010learning.", "machine-learning", "machine\u2010learning"),
    ("We do machine\u00a0learning.", "machine-learning", "machine\u00a0learning"),
    ("We do machine  learning.", "machine-learning", "machine  learning"),
    ("We do machine\nlearning.", "machine-learning", "machine\nlearning"),
    ("We do Machine Learning.", "machine-learning", "Machine Learning"),
    ("WE DO MACHINE LEARNING.", "machine-learning", "MACHINE LEARNING"),
    ("We do ma\u00adchine learn\u200bing.", "machine-learning", "ma\u00adchine learn\u200bing"),
    ("We do <i>machine</i> learning.", "machine-learning", "machine</i> learning"),
    ("We use scikit learn.", "scikit-learn", "scikit learn"),
    ("We use Scikit\u2011Learn.", "scikit-learn", "Scikit\u2011Learn"),
    ("We know T-SQL.", "sql", "SQL"),
    ("We run CI CD.", "continuous-integration", "CI CD"),
    ("We run CI-CD.", "continuous-integration", "CI-CD"),
    ("We run CI / CD.", "continuous-integration", "CI / CD"),
    ("We run CI&#x2F;CD.", "continuous-integration", "CI&#x2F;CD"),
    ("We know Ｐｙｔｈｏｎ.", "python", "Ｐｙｔｈｏｎ"),
    ("We know 𝗣𝘆𝘁𝗵𝗼𝗻.", "python", "𝗣𝘆𝘁𝗵𝗼𝗻"),
    ("We know Py\u200bthon.", "python", "Py\u200bthon"),
    ("\ufeffPython is known.", "python", "Python"),
    (r"We know C\+\+.", "cpp", r"C\+\+"),
    ("We know C&#43;&#43;.", "cpp", "C&#43;&#43;"),
    ("We know C/C++.", "cpp", "C/C++"),
    ("We know C++17.", "cpp", "C++"),
    ("We know Java 17.", "java", "Java"),
    ("We know Java17.", "java", "Java17"),
    ("Python,SQL,Java", "sql", "SQL"),
    ("Python/SQL/Java", "sql", "SQL"),
    ("C++/C#", "cpp", "C++"),
    ("C#/C++", "cpp", "C++"),
    ("Node.js/Python", "python", "Python"),
    ("Python/Node.js", "python", "Python"),
    ("S3,and more", "aws", "S3"),
    ("in SQL.Java too", "sql", "SQL"),
    ("in SQL.Java too", "java", "Java"),
    ("Cloud (AWS)Technical skills", "aws", "AWS"),
    ("PythonExperience with trains", "python", "Python"),
    ("DockerWhat they do", "docker", "Docker"),
    ("C++Proficiency in code", "cpp", "C++"),
    ("RequirementsPython", "python", "Python"),
    ("SQLExperience in shops", "sql", "SQL"),
    ("TensorFlowPyTorchKeras", "pytorch", "PyTorch"),
    ("Know Python.5+ years of it", "python", "Python"),
    ("pandas/NumPy;Docker", "docker", "Docker"),
    ("Python-based tools", "python", "Python"),
    ("a non-Python shop", "python", "Python"),
    ("AWS-hosted", "aws", "AWS"),
    ("AI-driven", "artificial-intelligence", "AI"),
    ("AI/ML", "artificial-intelligence", "AI"),
    ("Python(3.11)", "python", "Python"),
    ("Python:3", "python", "Python"),
    ("1.Python", "python", "Python"),
    ("🚀Python🚀", "python", "Python"),
    ("Python™", "python", "Python"),
    ("Python®", "python", "Python"),
    ("#Python", "python", "Python"),
    ("~Python~", "python", "Python"),
    ("=Python=", "python", "Python"),
    ("Python>SQL", "python", "Python"),
    ("K8S", "kubernetes", "K8S"),
    ("R&amp;D in NLP", "natural-language-processing", "NLP"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "id_", "named"), VARIANTS, ids=[f"{row[1]} in {row[0]!a}" for row in VARIANTS])
def test_a_skill_is_found_in_any_dress(tagger: Tagger, text: str, id_: str, named: str) -> None:
    assert [text[start:end] for start, end in found_at(tagger, text, id_)] == [named]


GUARDS = [
    ("We write C++ all day.", {"cpp"}, "C inside C++ is nothing of its own"),
    ("We write C# all day.", set(), "C inside C# is not C++"),
    ("We write C and C# all day.", set(), "C alone is not C++"),
    ("We write JavaScript.", set(), "Java inside JavaScript"),
    ("We write Java Script.", set(), "Java Script in two words"),
    ("We write TypeScript/JavaScript.", set(), "JavaScript beside a slash"),
    ("JAVASCRIPT IS FUN.", set(), "in capitals"),
    ("Our site is pebble.ai.", set(), "a .ai domain"),
    ("Write to jobs@pebble.ai today.", set(), "an e-mail address in .ai"),
    ("See https://pebble.example/python/sql?q=docker#aws for more.", set(), "skills in a URL"),
    ("See www.python.example for more.", set(), "a skill in a host name"),
    ("See python.org for more.", set(), "a domain that is a skill's name"),
    ("Ask docker@pebble.com for a desk.", set(), "a skill in an e-mail address"),
    ("Read blog.pytorch.org/posts/sql daily.", set(), "a path behind a host"),
    ("We write ASP.NET and VB.NET.", set(), ".NET is not AI"),
    ("We are hiring in R&D.", set(), "R in R&D"),
    ("MySQL only.", set(), "SQL inside MySQL"),
    ("PostgreSQL only.", set(), "SQL inside PostgreSQL"),
    ("We keep NoSQL stores.", set(), "SQL inside NoSQL"),
    ("Dockers load ships and pythonesque jokes are told.", set(), "longer words"),
    ("Email us; we said so, and paid for aircraft maintenance.", set(), "AI inside words"),
    ("Explain the html to us.", set(), "ML inside HTML"),
    ("Pipette 5 ml of buffer.", set(), "ml is millilitres in small letters"),
    ("We go to the heart of it, where the spark is.", set(), "words that are also names"),
]


@pytest.mark.parametrize(("text", "expected", "why"), GUARDS, ids=[row[2] for row in GUARDS])
def test_what_only_looks_like_a_skill(tagger: Tagger, text: str, expected: set[str], why: str) -> None:
    assert {skill.id for skill in tagger.tag(text).skills} == expected, why


TOKENS = [
    ("C++/C#", ["C", "+", "+", "/", "C", "#"], "every mark is a token"),
    ("Node.js/React", ["Node", ".", "js", "/", "React"], "inside words too"),
    ("•Python", ["•", "Python"], "at a token's start"),
    ("(R).", ["(", "R", ")", "."], "at a token's end"),
    ("a_b", ["a", "_", "b"], "an underscore"),
    ("don't", ["don", "'", "t"], "no exceptions of the English tokenizer"),
    ("e.g. https://x.example", ["e", ".", "g", ".", "https", ":", "/", "/", "x", ".", "example"], "nor for addresses"),
    ("Python3 S3", ["Python3", "S3"], "digits stay with their word"),
]


@pytest.mark.parametrize(("text", "expected", "why"), TOKENS, ids=[row[0] for row in TOKENS])
def test_tokens(text: str, expected: list[str], why: str) -> None:
    doc = make_tokenizer()(text)
    assert [token.text for token in doc] == expected, why
    assert doc.text == text
