"""Terms that postings use like names of tools and the vocabulary lacks: candidates for a pack of one's own.

What a term is, `terms` tells. What keeps noise out is not a list of words but how the postings use it: a tool is written with a capital
nearly everywhere, stands in sentences with names that the vocabulary knows, and is asked for by several companies.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence

from skillsift.reporting.figures import Ad, Beyond
from skillsift.reporting.tally import Tally
from skillsift.reporting.terms import Term, key_of

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
#: Terms in a report at most.
MOST = 200

_LETTERS = re.compile(r"[^\W\d_]+")
_TAIL = re.compile(r"(?<=[a-z])[A-Z][a-z]+\b")

#: Whether it stands apart from skills, the ad's digest, the sentence, the ad.
Example = tuple[bool, str, str, Ad]


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
