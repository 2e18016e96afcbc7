"""What a report says of the postings it read, whatever they ask for; the first part of `figures`."""

from __future__ import annotations

from dataclasses import dataclass

#: What a group is called where a posting does not tell.
NOT_TOLD = "not told"


@dataclass(frozen=True, slots=True)
class Ad:
    """A posting that the figures point to.

    Attributes:
        id, title, company, location, date: as the input has them; None where it does not tell.
    """

    id: str | None
    title: str | None
    company: str | None
    location: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """A posting that was left out because it is another one reposted.

    Attributes:
        ad: the one left out.
        of: the one that is counted for it: the earliest of them.
        similarity: the estimated Jaccard similarity of their texts, 0.85 to 1.
    """

    ad: Ad
    of: Ad
    similarity: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, and what was left out.

    Attributes:
        read: rows read: postings, duplicates, near_duplicates and unread together.
        postings: those that count.
        duplicates: further copies of the same ad, letter for letter.
        near_duplicates: further copies with another date or city (the list, in the order of the ads they repeat).
        comparable: postings whose text was at hand, so that near duplicates could be looked for; the others have exact ones only.
        unread: rows that could not be read.
        without_sections: postings in which no heading was recognised.
        first, last: the earliest and the latest date (or month) among the postings; None where none tells.
        undated: postings without a date that could be read.
        inputs: the inputs' names as the user gave them.
        packs, digest: the vocabulary: its packs in order, "sha256:…" of its files.
        version: of skillsift.
    """

    read: int
    postings: int
    duplicates: int
    near_duplicates: tuple[NearDuplicate, ...]
    comparable: int
    unread: int
    without_sections: int
    first: str | None
    last: str | None
    undated: int
    inputs: tuple[str, ...]
    packs: tuple[str, ...]
    digest: str
    version: str


@dataclass(frozen=True, slots=True)
class Count:
    """So many of the postings. `share` is of all postings that count."""

    name: str
    postings: int
    share: float
