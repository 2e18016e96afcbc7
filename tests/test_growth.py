"""No input takes super-linear time: twice the text takes twice as long, however hostile. "Growth" is time(2n) / time(n); 4 is a square.

Each row once took the square of its length or more, or is the like of one that did. What is measured is processor time, the best of
several, with the garbage collector off (it visits the whole vocabulary when it likes); a row fails only where every attempt is too much, so
that a loaded machine fails nothing. By hand, with texts as long as you like: `python tests/test_growth.py 5000000`.
"""

from __future__ import annotations

import gc
import io
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest

from skillsift import Posting, SkillsiftError, Tagger
from skillsift.model import Dropped, Level, Mention, SectionKind, Signal, Skill, TaggedPosting
from skillsift.reading.formats import find_format
from skillsift.reading.html import fragment_to_text, html_to_text, looks_like_html
from skillsift.reading.inputs import Input
from skillsift.reading.jsonld import job_posting
from skillsift.reporting.duplicates import near_duplicates, sketch
from skillsift.reporting.excerpts import excerpt
from skillsift.reporting.highlight import to_html
from skillsift.reporting.terms import find_terms, small_words
from skillsift.reporting.wording import printable
from skillsift.tagging.glue import Unglue
from skillsift.tagging.tagger import find_title
from skillsift.vocabulary import Vocabulary
from skillsift.vocabulary.file import PatternFile
from skillsift.vocabulary.load import _read_concepts

#: What twice as much may take, in times; and how often it is tried.
MOST, ATTEMPTS = 2.6, 4
#: The shorter of two texts takes at least so long, so that the clock can tell them apart (seconds).
LEAST = 0.02
#: Texts are no longer than this in the suite (characters), however quick they are.
LONGEST = 400_000


def growth(work: Callable[[str], object], make: Callable[[int], str], size: int, longest: int = LONGEST) -> tuple[float, float, int]:
    """How much longer twice as much takes, the time of the longer one, and the size of the shorter one."""
    gc.collect()
    gc.disable()
    try:
        while (short := _time(work, make(size))) < LEAST and size < longest:
            size *= 2
        best = float("inf")
        for _ in range(ATTEMPTS):
            long = min(_time(work, make(2 * size)) for _ in range(2))
            short = min(short, _time(work, make(size)))
            best = min(best, long / max(short, 0.001))
            if best < MOST:
                break
        return best, long, size
    finally:
        gc.enable()


def _time(work: Callable[[str], object], text: str) -> float:
    started = time.process_time()
    with suppress(SkillsiftError):
        work(text)
    return time.process_time() - started


def repeated(unit: str, before: str = "", behind: str = "") -> Callable[[int], str]:
    """A text of so many characters: a unit over and over."""
    return lambda size: before + unit * max(1, size // len(unit)) + behind


TEXTS: dict[str, Callable[[int], str]] = {
    unit.strip()[:30] or repr(unit): repeated(unit)
    for unit in (
        "<script> python ", "<style>x", "<!--", "<!-- --", "</script", "<p ", '<p "',
        "<p a='", "&", "&amp;", "&amp;amp;lt;", "\\*", "<", ">",
        "BS with 5 years experience required. ", "5 years experience BS required ", "5 years experience. 3 years if you have a PhD ",
        "BS or 5 years required, PhD or ", "1 to 2 to ", "5-5 years ", "five (5) + ", "1.", "1 year ",
        "Neptune ", "Neptune experiment ", "Go ", "R ", "C++/C#", "R&D", "Go and R in ",
        "Requirements ", "Requirements: ", "Nice To Have Python ", "Benefits Python ", "Requirements Preferred ", "Requirements\n",
        "か requirements ", "か- ", "Equal opportunity employer. ", "Preferred\nQualifications:\n", "# ", "• ", "• Python ", "- Python - ",
        "degree ", "statistics, ", "degree in statistics or ", "MS, ", "BS/MS/", "or degree ", "Boston, MA ",
        "Python, ", "Python or ", "Python, Java or SQL ", "(Python ", "Python) ", "no Python ", "Python required or preferred ", "a plus ",
        "deploy ", "deploy models ", "model deployment ", "models ", "deploy and and ", "model training, ",
        "$100,000 ", "CAD $100,000 - ", "1,000,000,", "401k $", "up to $50k ", "$1 - $2 - ", "$9.", "100k ", "EUR 1 000 000 ",
        "a.b.com ", "a@b.c ", "http://", "a-b.", "@", "a.a.a.a.a", "www.", "x.io/",
        "PythonExperience", "Ab" * 100 + ".", "Ab" * 280 + " ", "AWSPython.", "SQLExperience SQL", "aB+",
        "A1b2#", "A" * 400 + ".", "years5 ",
        ".\"", "... ", "!?", "a. B", "e.g. ", "A.B.", "'\")]", ". (",
        "\n", " \r\n ", "\t \n", "  ", "\xa0\n", "\u2028", "\u200b", "\u200bPython ", "ﬁ", "…", "İ", "😀", "\ud800", "東京", "\x00", "é",
        "".join(map(chr, range(0x100, 0x400))), "senior ", "Senior Engineer ", "lead a team of ", "research, ", "_", "**", "~", "a/",
    )
}  # fmt: skip
TEXTS["fields, or, degree"] = lambda size: "statistics" + " or" * (size // 12) + " degree" * (size // 12)
TEXTS["fields far before a degree"] = repeated("degree ", before="statistics ")
TEXTS["a degree far before"] = repeated("5 years of experience required, ", before="PhD ")
TEXTS["degrees behind a year"] = repeated("BS ", before="5 years required ")
TEXTS["fields below a degree, again and again"] = repeated("a degree in:\nMath\n")
TEXTS["years before one degree"] = repeated("5 years of experience, ", before="Requirements: ", behind="or a PhD")
TEXTS["opened, and closed at the end"] = repeated("<script>", behind="</script>")
TEXTS["a comment that ends"] = repeated("<!-- ", behind="-->")


def steady(*measured: Any) -> tuple[float, float, int]:
    """The least growth of up to three measurements: what else the machine does makes one larger, but no square pass as a line."""
    first = growth(*measured)
    return first if first[0] < MOST else min(first, growth(*measured), growth(*measured))


@pytest.mark.parametrize("name", TEXTS)
def test_tagging(tagger: Tagger, name: str) -> None:
    factor, seconds, size = steady(tagger.tag, TEXTS[name], 10_000)
    assert factor < MOST, f"{factor:.1f} times as long for {2 * size:,} characters ({seconds:.2f} s)"


@pytest.mark.parametrize("unit", ["senior ", "staff engineer, ", "<script>", "$100,000 a year ", "R&D ", "head of ", "Senior\u200b"])
def test_titles(tagger: Tagger, unit: str) -> None:
    factor, seconds, size = steady(lambda title: tagger.tag("Python", title=title), repeated(unit), 10_000)
    assert factor < MOST, f"{factor:.1f} times as long for {2 * size:,} characters ({seconds:.2f} s)"


def _read(kind: str) -> Callable[[str], object]:
    def read(text: str) -> object:
        given = Input("growth", io.BufferedReader(io.BytesIO(text.encode("utf-8", "surrogatepass"))))  # type: ignore[arg-type]
        return sum(1 for _ in find_format(given, kind).open(given).rows)

    return read


def _tagged(text: str) -> TaggedPosting:
    """A record with a mention, a signal and a candidate in every hundred characters."""
    places = range(0, max(1, len(text) - 8), 100)
    mentions = tuple(Mention(at, at + 5, text[at : at + 5], Level.REQUIRED, SectionKind.OTHER, "x") for at in places)
    return TaggedPosting(
        Posting(text),
        skills=(Skill("python", "Python", "language", "guide", Level.REQUIRED, mentions),),
        signals=tuple(Signal("years", "3", text[at : at + 7], "text", at, at + 7) for at in places),
        dropped=tuple(Dropped("go", at + 1, at + 3, text[at + 1 : at + 3], SectionKind.OTHER, "x") for at in places),
    )


def _duplicates(text: str) -> object:
    posting = Posting(text, title="Engineer", fields={"company": text[:100_000], "location": text[:100_000]})
    return near_duplicates([sketch(posting), sketch(replace(posting, text=text + " end"))])


def _toml(text: str) -> object:
    faults: list[object] = []
    file = PatternFile("pack/a.toml", text.encode("utf-8", "replace"), faults)  # type: ignore[arg-type]
    return list(_read_concepts(file, "a", "pack", {}))


def _excerpts(text: str) -> object:
    return [excerpt(text, at, at + 6) for at in range(0, len(text), 500)]


_TABLE = "id,title,description\n"
READERS: dict[str, tuple[Callable[[str], object], Callable[[int], str]]] = {
    **{
        f"html {unit[:24]!r}": (html_to_text, repeated(unit))
        for unit in (
            "<!-- ", "<a ", '<a href="', "<!a ", "<?", "<![CDATA[", "<script>a</", "<svg></p>", "<h1> ", "<div></nav>", "<li>", "</script",
            "&#", "&lt;", "<p>", "<pre>", "<a b='", "-->", "<head>", "<svg>", "<select>", "</a", "<", "\n", "<br>\n", "<li> <p> ",
        )
    },
    **{f"fragment {unit!r}": (fragment_to_text, repeated(unit)) for unit in ("&lt;", "&lt;p&gt;", "&amp;lt;", "&", "a")},
    **{
        f"looks {unit!r}": (lambda text: [looks_like_html(text) for _ in range(20)], repeated(unit))
        for unit in ("<!---->", "<?xml ", "<!-- ", " ", "<?xml><!---->")
    },
    **{
        f"jsonld {unit!r}": (job_posting, repeated(unit))
        for unit in (
            "<script application/ld+json>{", "<script ", '<script type="application/ld+json">[]</script>', "application/ld+json",
            '<script application/ld+json>{"@type":"JobPosting"}</script>', "<script>",
        )
    },
    "jsonld deep": (job_posting, lambda size: f"<script application/ld+json>{'[' * size}</script>"),
    "jsonld wide": (job_posting, lambda size: f"<script application/ld+json>[{'{},' * (size // 3)}1]</script>"),
    "csv quotes opened": (_read("csv"), repeated('1,"x\n', before=_TABLE)),
    "csv quotes opened, whole rows": (_read("csv"), repeated('1,a,"x\n', before=_TABLE)),
    "csv quotes undoubled": (_read("csv"), repeated('1,a,"x" y\n2,b,"c\n', before=_TABLE)),
    "csv one quote, never closed": (_read("csv"), repeated("1,a,b\n", before=_TABLE + '1,a,"')),
    "csv one quote, short rows": (_read("csv"), repeated("b\n", before=_TABLE + '1,a,"')),
    "csv one quote, closed badly": (_read("csv"), repeated("b\n", before=_TABLE + '1,a,"', behind='"x\n')),
    "csv many cells": (_read("csv"), repeated(",", before=_TABLE + "1")),
    "csv carriage returns": (_read("csv"), repeated('"\r', before=_TABLE)),
    "csv header": (_read("csv"), repeated("a,", behind="description\n1\n")),
    "jobspy backslashes": (_read("jobspy"), repeated("\\", before='"site","job_url","description"\n"a","b","')),
    "tsv quotes": (_read("tsv"), repeated('1\t"\n', before="id\ttitle\tdescription\n")),
    "jsonl keys": (_read("jsonl"), lambda size: "\n".join(f'{{"text":"a","k{at}":1}}' for at in range(size // 20))),
    "jsonl broken": (_read("jsonl"), repeated("{\n", before='{"text":"a"}\n')),
    "json deep": (_read("json"), repeated("[")),
    "json objects": (_read("json"), lambda size: '{"jobs":[' + '{"text":"a","title":"b"},' * (size // 24) + "{}]}"),
    "text": (_read("text"), repeated("\r")),
    "title": (find_title, repeated("\xa0\xa0\xa0\n")),
    "title lines": (find_title, repeated("   \n", behind="Engineer\nx")),
    "toml dots": (_toml, repeated("a.", behind="a=1")),
    "toml quoted dots": (_toml, repeated('"a".', behind="a=1")),
    "toml words": (_toml, repeated("a")),
    "toml quotes": (_toml, repeated('"')),
    "toml brackets": (_toml, repeated("[", before="a=")),
    "toml digits": (_toml, lambda size: "a=" + "9" * (20 * size)),
    "toml unknown fields": (_toml, lambda size: "[a]\n" + "".join(f"k{at} = 1\n" for at in range(size // 10))),
    "toml tables": (_toml, lambda size: "".join(f'[a{at}]\naliases = ["A"]\n' for at in range(size // 24))),
    "toml faulty phrases": (_toml, lambda size: "[a]\naliases = [\n" + "".join(f'"A{at}",\n' for at in range(size // 10)) + "]\n"),
    "toml brackets in a phrase": (_toml, repeated("(s)", before='[a]\naliases = ["a', behind='"]\n')),
    "toml marks": (_toml, repeated("+", before='[a]\naliases = ["', behind='"]\n')),
    **{f"terms {unit[:20]!r}": (lambda text: find_terms(_tagged(text)), repeated(unit)) for unit in (
        "Ab ", "A" * 3, "a-", "Google Analytics ", "AAA-a", "<", "&lt;", "www.", "a@", "a.js", "C++", ", ", ". A", ".  ", "A.B",
    )},
    "terms, one long": (lambda text: find_terms(_tagged(text)), repeated("A", before="use ", behind="-a now")),
    "small words": (small_words, repeated("ab ")),
    **{f"excerpts {unit!r}": (_excerpts, repeated(unit)) for unit in ("a. B", ".  ", "<", "&lt;", "\n", "a ")},
    "duplicates": (_duplicates, repeated("one two three four ")),
    "duplicates of no words": (_duplicates, repeated("a")),
    "page": (lambda text: to_html([_tagged(text)], dropped=True), repeated("<Python> ")),
    "printable": (printable, repeated("\x1b[31m")),
}  # fmt: skip


@pytest.mark.parametrize("name", READERS)
def test_reading_and_reporting(name: str) -> None:
    factor, seconds, size = steady(*READERS[name], 4_000)
    assert factor < MOST, f"{factor:.1f} times as long for {2 * size:,} characters ({seconds:.2f} s)"


def test_what_is_measured_can_fail() -> None:
    """The measure itself, tried on work that grows with the square."""
    factor, _, _ = growth(lambda text: [text.count("b") for _ in range(len(text) // 40)], repeated("a"), 2_000, longest=40_000)
    assert factor > MOST


def test_a_run_of_glued_words_is_cut_with_few_trials(vocabulary: Vocabulary) -> None:
    """A run is at most 600 characters, so that its own square or cube shows in no growth: the trials are counted."""
    trials = 0

    def count(frame: object, event: str, called: object) -> None:
        nonlocal trials
        trials += event == "c_call" and getattr(called, "__name__", "") == "join"

    unglue = Unglue(vocabulary)
    sys.setprofile(count)
    try:
        edits = list(unglue("Ab" * 280))
    finally:
        sys.setprofile(None)
    assert trials < 40 * 280, edits[:1]


def main(size: int) -> None:
    """All rows with longer texts."""
    tagger = Tagger()
    rows = {**{name: (tagger.tag, make) for name, make in TEXTS.items()}, **READERS}
    for name, (work, make) in rows.items():
        factor, seconds, used = growth(work, make, size, size)
        print(
            f"{name!r:40} {factor:5.2f} times   {2 * used:12,} characters   {seconds:8.2f} s" + ("   <<<" if factor >= MOST else ""),
            flush=True,
        )


if __name__ == "__main__":
    main(int(sys.argv[1]))
