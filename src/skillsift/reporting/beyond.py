"""Terms that postings use like names of tools and the vocabulary lacks: candidates for a pack of one's own.

A term is a word shaped like a name (an inner capital, all capitals, a digit, `.js`, `++`), or capitalised words amid a sentence. What
keeps noise out is not a list of words but how the postings use it: a tool is written with a capital nearly everywhere, stands in
sentences with names that the vocabulary knows, and is asked for by several companies.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from skillsift.model import TaggedPosting
from skillsift.reporting.excerpts import BREAK, TAG, excerpt
from skillsift.reporting.figures import Ad, Beyond

if TYPE_CHECKING:
    from skillsift.reporting.tally import Tally

#: A term counts from this many postings on, or this share of them, whichever is more.
LEAST, LEAST_SHARE = 3, 0.005
#: In at least this share of its postings it stands in a sentence with a known skill that is written like a name.
BESIDE = 0.5
#: In at most this share of the postings that have its words they are written small.
SMALL = 0.15
#: Words of the job titles of more than this share of the postings are no tools.
TITLED = 0.01
#: At most this share of its postings may be one company's.
ONE_COMPANY = 0.6
#: A word that more than this share of the postings write small ends no name.
EVERYDAY = 0.25
#: Words in a term, and terms in a report, at most.
WORDS, MOST = 3, 200

_NOT_TEXT = re.compile(rf"{TAG.pattern}|&#?\w{{1,8}};|(?:https?://|www\.)\S{{1,500}}|[\w.+-]{{1,64}}@[\w.-]{{1,64}}")
_TOKEN = re.compile(r"(?<![\w@.-])[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+|\.(?:js|io|ai|net|py|NET|JS|AI))*(?:\+\+|#)?(?!\w)")
_SHAPED = re.compile(r"[a-z0-9][A-Z]|^[A-Z]{2,}s?$|[A-Z][A-Z]+[a-z]{2,}|[A-Za-z]\d|\.|[+#]$")
_CAPITAL = re.compile(r"[A-Z][a-z]{2,}(?:-[A-Z][a-z]+)*$")
_LETTERS = re.compile(r"[^\W\d_]+")
_SMALL = re.compile(r"\b[a-z]{2,}\b")
_TAIL = re.compile(r"(?<=[a-z])[A-Z][a-z]+\b")
_PLURAL = re.compile(r"[A-Z]{2}s$")


#: Whether it stands apart from skills, the ad's digest, the sentence, the ad.
Example = tuple[bool, str, str, Ad]


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


def find_beyond(
    tallies: Sequence[Tally], examples: Mapping[str, Example], openers: Collection[str], known: Callable[[str], bool]
) -> tuple[Beyond, ...]:
    """The terms that several postings use like names of tools, the most used first.

    Args:
        tallies: of each ad once.
        examples: by `key_of` a term, a sentence that uses it.
        openers: words that open a sentence.
        known: whether the vocabulary reads something in a term by itself.
    """
    uses: defaultdict[str, list[tuple[Tally, Term]]] = defaultdict(list)
    small: Counter[str] = Counter()
    for tally in tallies:
        small.update(tally.small)
        for term in tally.terms:
            uses[key_of(term.term)].append((tally, term))
    everyday = {word.lower() for word in openers} | {word for word, count in small.items() if count > EVERYDAY * len(tallies)}
    no_tools = _places(tallies) | _titled(tallies)
    least = max(LEAST, LEAST_SHARE * len(tallies))
    kept = []
    for key, used in uses.items():
        # Of several words one has to be a name: "Operations Research" is none, "Google Analytics" is.
        named = any(small[word] <= SMALL * (small[word] + len(used)) for word in key.split())
        if len(used) < least or not named or all(word in no_tools for word in key.split()):
            continue
        figure = _figure(used, len(tallies), examples[key])
        if figure.beside >= BESIDE and not (_of_one_company(used) or _glued(figure.term, everyday) or known(figure.term)):
            kept.append(figure)
    return tuple(sorted(kept, key=lambda figure: (-figure.postings, figure.term))[:MOST])


def key_of(term: str) -> str:
    """What spellings of a term have in common; an abbreviation's plural is the same term."""
    return (term[:-1] if _PLURAL.search(term) else term).lower()


def _glued(term: str, everyday: Collection[str]) -> bool:
    """Whether a term is two words that lost the space between them: "skillsExperience", "RoleAs"."""
    return any(tail.lower() in everyday for tail in _TAIL.findall(term))


def _figure(used: Sequence[tuple[Tally, Term]], postings: int, example: Example) -> Beyond:
    spellings = Counter(term.term for _, term in used)
    return Beyond(
        term=min(spellings, key=lambda term: (-spellings[term], term)),
        postings=len(used),
        share=len(used) / postings,
        companies=len({tally.company for tally, _ in used if tally.company}),
        beside=sum(term.beside for _, term in used) / len(used),
        example=example[2],
        ad=example[3],
    )


def _of_one_company(used: Sequence[tuple[Tally, Term]]) -> bool:
    """Whether a term is one company's own: that company has most of its postings, or goes by that name."""
    companies = Counter(tally.company.lower() for tally, _ in used if tally.company)
    if not companies:
        return False
    name = used[0][1].term.lower()
    return (
        max(companies.values()) > ONE_COMPANY * len(used)
        or sum(count for company, count in companies.items() if name in company) * 2 > companies.total()
    )


def _places(tallies: Sequence[Tally]) -> set[str]:
    """The words of the postings' locations, small."""
    return {word for tally in tallies for word in _LETTERS.findall((tally.location or "").lower())}


def _titled(tallies: Sequence[Tally]) -> set[str]:
    """The words that titles are made of, small."""
    titles = Counter(word for tally in tallies for word in set(_LETTERS.findall((tally.title or "").lower())))
    return {word for word, count in titles.items() if count > max(2, TITLED * len(tallies))}
