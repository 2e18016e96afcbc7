"""The terms that one posting uses like names of tools: shaped like a name (an inner capital, all capitals, a digit, `.js`, `++`), or
capitalised words amid a sentence. What they come to over many postings is the matter of `beyond`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from skillsift.model import TaggedPosting
from skillsift.reporting.excerpts import BREAK, TAG, excerpt

#: Words in a term at most.
WORDS = 3

_NOT_TEXT = re.compile(rf"{TAG.pattern}|&#?\w{{1,8}};|(?:https?://|www\.)\S{{1,500}}|[\w.+-]{{1,64}}@[\w.-]{{1,64}}")
_TOKEN = re.compile(r"(?<![\w@.-])[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+|\.(?:js|io|ai|net|py|NET|JS|AI))*(?:\+\+|#)?(?!\w)")
_SHAPED = re.compile(r"[a-z0-9][A-Z]|^[A-Z]{2,}s?$|[A-Z]{2}[a-z]{2}|[A-Za-z]\d|\.|[+#]$")
_CAPITAL = re.compile(r"[A-Z][a-z]{2,}(?:-[A-Z][a-z]+)*$")
_SMALL = re.compile(r"\b[a-z]{2,}\b")
_PLURAL = re.compile(r"[A-Z]{2}s$")


@dataclass(frozen=True, slots=True)
class Term:
    """A term as one posting uses it.

    Attributes:
        term: as written.
        beside: whether it stands in a sentence with a skill of the vocabulary that is written like a name itself.
        sentence: the first such sentence, else its first.
    """

    term: str
    beside: bool
    sentence: str


def find_terms(tagged: TaggedPosting) -> list[Term]:
    """The terms of a posting that are none of its skills, each once, in text order."""
    text = _NOT_TEXT.sub(lambda found: " " * len(found[0]) if not BREAK.match(found[0]) else "\n" * len(found[0]), tagged.posting.text)
    skills = sorted((mention.start, mention.end) for skill in tagged.skills for mention in skill.mentions)
    taken = skills + [(dropped.start, dropped.end) for dropped in tagged.dropped]
    covered = bytearray(len(text))
    for start, end in taken:
        covered[start:end] = b"\1" * (end - start)
    found: dict[str, Term] = {}
    at = 0
    for start, end in _segments(text):
        while at < len(skills) and skills[at][0] < start:
            at += 1
        while at < len(skills) and skills[at][0] < end and text[skills[at][0] : skills[at][1]].islower():
            at += 1
        beside = at < len(skills) and skills[at][0] < end
        for first, last in _terms(text, start, end, covered):
            term = sys.intern(text[first:last])
            key = key_of(term)
            if key not in found or (beside and not found[key].beside):
                found[key] = Term(term, beside, excerpt(text, first, last).sentence)
    return list(found.values())


def small_words(text: str) -> tuple[str, ...]:
    """The words that a text writes small, each once."""
    return tuple(sorted({sys.intern(word) for word in _SMALL.findall(text)}))


def _segments(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for found in BREAK.finditer(text):
        yield at, found.start()
        at = found.end()
    yield at, len(text)


def _terms(text: str, start: int, end: int, covered: bytearray) -> Iterator[tuple[int, int]]:
    """Where terms stand in a sentence: names one by one, neighbouring capitalised words together."""
    tokens = list(_TOKEN.finditer(text, start, end))
    if not tokens:
        return
    listed = "," in text[start:end]
    prose = listed or bool(_SMALL.search(text, start, end))
    shouted = not listed and not any(map(str.islower, text[start:end]))
    opener = tokens[0] if not text[start : tokens[0].start()].strip(" \t\"'([-–—*") else None
    run: list[re.Match[str]] = []
    for token in tokens:
        shaped = not shouted and bool(_SHAPED.search(token[0]))
        named = shaped or (prose and token is not opener and bool(_CAPITAL.match(token[0])))
        if any(covered[token.start() : token.end()]):
            named = False
        if run and (not named or text[run[-1].end() : token.start()] != " "):
            yield from _ends(run)
            run = []
        if named:
            run.append(token)
    yield from _ends(run)


def _ends(run: Sequence[re.Match[str]]) -> Iterator[tuple[int, int]]:
    if run and len(run) <= WORDS:
        yield run[0].start(), run[-1].end()


def key_of(term: str) -> str:
    """What spellings of a term have in common; an abbreviation's plural is the same term."""
    return (term[:-1] if _PLURAL.search(term) else term).lower()
