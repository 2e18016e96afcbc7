"""The whole way for one posting: clean → match → sections → resolve → levels → years, degree, pay → stage → record."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from skillsift.model import LEVELS, Dropped, Mention, Posting, Salary, Signal, Skill, TaggedPosting
from skillsift.tagging.anyof import any_of
from skillsift.tagging.clean import Cleaner
from skillsift.tagging.education import read_education, with_title
from skillsift.tagging.experience import read_experience
from skillsift.tagging.garbage import uncollected
from skillsift.tagging.layout import Span
from skillsift.tagging.levels import LevelReader
from skillsift.tagging.matching import PhraseIndex
from skillsift.tagging.names import Name, NameFinder
from skillsift.tagging.pay import PayReader
from skillsift.tagging.resolving import Candidate, Resolver
from skillsift.tagging.rewriting import CleanText
from skillsift.tagging.sections import SectionFinder
from skillsift.tagging.stages import StageReader
from skillsift.tagging.stated import merge_stated
from skillsift.vocabulary import Vocabulary, load

if TYPE_CHECKING:
    import pandas as pd

#: A first line no longer than this may be the title (characters).
TITLE_LENGTH = 90


class Tagger:
    """Tags postings with one vocabulary. Building one compiles the vocabulary; keep it and use it for many.

    Args:
        packs: skill packs by name or folder, later ones winning on the same id.
        vocabulary: a vocabulary loaded already, in place of packs.

    Raises:
        VocabularyError: the packs have faults.
        UsageError: a pack is not there.
    """

    def __init__(self, packs: Sequence[str] = ("guide",), *, vocabulary: Vocabulary | None = None) -> None:
        self.vocabulary = vocabulary or load(packs)
        self._clean = Cleaner(self.vocabulary)
        self._index = PhraseIndex(self.vocabulary)
        self._sections = SectionFinder(self.vocabulary)
        self._resolve = Resolver(self.vocabulary)
        self._pay = PayReader(self.vocabulary)
        self._stages = StageReader(self.vocabulary)
        self._leading = self.vocabulary.leading
        self._groups = {id_: concept.group for id_, concept in self.vocabulary.concepts.items()}
        self._rank = {id_: at for at, id_ in enumerate(self.vocabulary.concepts)}

    def tag(self, posting: Posting | str, title: str | None = None) -> TaggedPosting:
        """Tag one posting.

        Args:
            posting: a posting, or its text.
            title: the job title; without one, a posting's own.
        """
        if isinstance(posting, str):
            posting = Posting(text=posting, title=title)
        elif title is not None:
            posting = replace(posting, title=title)
        with uncollected():  # no object made here is in a cycle; of a posting of megabytes the search is a third of the time
            return self._tag(posting)

    def _tag(self, posting: Posting) -> TaggedPosting:
        vocabulary = self.vocabulary
        if posting.error is not None:
            return TaggedPosting(posting, packs=vocabulary.packs, digest=vocabulary.digest, error=posting.error)
        heading = self._clean(posting.title, unglue=False) if posting.title else None
        heading_hits = self._index.find(heading.text) if heading else None
        given = posting.text
        clean = self._clean(given)
        text = clean.text
        hits = self._index.find(text)
        layout = self._sections(text, hits)
        levels = LevelReader(text, hits)
        education = read_education(text, hits, layout, levels)
        candidates = self._resolve(text, hits, layout, education.fields)
        first = [candidate for candidate in candidates if candidate.id in self._leading]
        more = [candidate for candidate in candidates if candidate.id not in self._leading]
        years = read_experience(text, hits, layout, levels, education.found, first, self._groups, more)
        salary, paid = self._pay(text, hits, layout, posting.fields.get("location"))
        if salary is None and heading is not None and heading_hits is not None and _DIGIT.search(heading.text):
            salary, paid_in_title = self._pay(heading.text, heading_hits, self._sections(heading.text, heading_hits))
            paid_in_title = tuple(replace(signal, field="title") for signal in paid_in_title)
        else:
            paid_in_title = ()
        degree = education.degree
        degree_in_title: tuple[Signal, ...] = ()
        if heading is not None and heading_hits is not None:
            degree, degree_in_title = with_title(degree, heading.text, heading_hits)
        facts = merge_stated(posting.stated, years.experience, degree, salary)
        for_stage = facts.experience.min if facts.because else years.for_stage
        placed = self._stages(heading, heading_hits, clean, hits, layout, for_stage)

        title_line = _title_line(heading, text, layout.lines)
        mentions: dict[str, list[Mention]] = defaultdict(list)
        dropped: list[Dropped] = []
        accepted: list[Candidate] = []
        for candidate in candidates:
            id_, low, high, because = candidate
            start, end = clean.origin(low, high)
            sentence, section, kind = layout.at(low)
            if not because and title_line and title_line.holds(low, high):
                because = "job title"
            if not because:
                level, because = levels.read(text, low, high, sentence, kind, section.heading)
                if level is not None:
                    mentions[id_].append(Mention(start, end, given[start:end], level, kind, because))
                    accepted.append(candidate)
                    continue
            dropped.append(Dropped(id_, start, end, given[start:end], kind, because))

        skills = []
        for id_ in sorted(mentions, key=lambda id_: self._rank[id_]):
            concept = vocabulary.concepts[id_]
            levels_said = {mention.level for mention in mentions[id_]}
            strongest = next(level for level in LEVELS if level in levels_said)
            skills.append(Skill(id_, concept.name, concept.group, concept.pack, strongest, tuple(mentions[id_]), years.per_skill.get(id_)))
        signals = [
            *(_given(signal, heading if signal.field == "title" else clean) for signal in placed.signals),
            *(_given(signal, clean) for signal in (*years.signals, *education.signals, *paid)),
            *(_given(signal, heading) for signal in (*paid_in_title, *degree_in_title)),
            *facts.signals,
        ]
        return TaggedPosting(
            posting=posting,
            skills=tuple(skills),
            any_of=any_of(text, accepted, self._groups, self._leading),
            experience=facts.experience,
            degree=facts.degree,
            salary=_whole(facts.salary),
            signals=tuple(signals),
            stage=placed.stage,
            track=placed.track,
            confidence=placed.confidence,
            because=(*placed.because, *facts.because),
            sections_found=layout.found,
            dropped=tuple(dropped),
            packs=vocabulary.packs,
            digest=vocabulary.digest,
        )

    def find(self, text: str) -> list[Name]:
        """Where a text names skills, and nothing else: no cleaning, no sections, no levels, no senses told apart.

        For counting names in very large corpora; `tag` is the careful answer.

        Args:
            text: taken as it is; offsets count its characters.

        Returns:
            Start, end and skill id of each name in text order; of wordings that overlap the longest.
        """
        return self._names(text)

    @cached_property
    def _names(self) -> NameFinder:
        return NameFinder(self.vocabulary)

    def tag_many(self, postings: Iterable[Posting | str]) -> Iterator[TaggedPosting]:
        """Tag postings one by one, lazily and in order: each is asked for when its record is.

        Args:
            postings: postings or their texts, any iterable, endless ones too.

        Yields:
            A record a posting. One that could not be read (`Posting.error`) gives a record with that error; none is left out.
        """
        for posting in postings:
            yield self.tag(posting)

    def tag_frame(
        self, df: pd.DataFrame, text: str = "description", title: str | None = "title", location: str | None = "location"
    ) -> pd.DataFrame:
        """Tag a frame of postings. A row's result depends on that row alone, so a frame may be cut into parts anywhere.

        Args:
            df: one posting a row; it is left as it is. An empty frame gives an empty one of the same dtypes.
            text: the column of the descriptions; a row where it is empty gets an `error`.
            title: the column of the job titles; None or a column that is not there: without.
            location: the column of the places, which tell whose dollars a salary is in; None or not there: without.

        Returns:
            A frame with the same index: the result columns of `skillsift batch`, with the dtypes of
            `skillsift.tagging.frame.DTYPES` whatever the rows hold (string, Int64 and Float64). Unknown is null.

        Raises:
            UsageError: the text column is not there.
        """
        from skillsift.tagging.frame import tag_frame

        return tag_frame(self.tag, df, text, title, location)


def find_title(text: str) -> str | None:
    """A short first line that reads like a job title: it ends no sentence, names a role, and more text follows."""
    first, end, rest = text.lstrip().partition("\n")
    line = first.strip()
    if not (end and 3 <= len(line) <= TITLE_LENGTH) or not rest or rest.isspace():
        return None
    if line.endswith((".", "!", ":", ";", ",")) or not _ROLE.search(line) or _SENTENCE.search(line):
        return None
    return line.lstrip("#* ").rstrip("* ")


_MARKS = re.compile(r"[\W_]+")
_DIGIT = re.compile(r"\d")
_ROLE = re.compile(
    r"\b(?:engineers?|engineering|scientists?|developers?|analysts?|architects?|managers?|directors?|researchers?|interns?|internship|lead|head|vp|president|officer"
    r"|consultants?|specialists?|programmers?|fellow|associate|postdoc\w*|postdoctoral|trainee|technologist|administrator|expert|professor|coordinator|technician|principal|staff|strategist|designer|owner)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"\b(?:we|our|is|are|you|will|have|has|looking|seeking|join)\b", re.IGNORECASE)


def _title_line(title: CleanText | None, text: str, lines: Sequence[Span]) -> Span | None:
    """The line among the first few that says the title again: its words are no skills."""
    if title is None:
        return None
    plain = _letters(title.text)
    return next(
        (line for line in lines[:4] if line.end - line.start < 2 * len(title.text) + 8 and _letters(text[line.start : line.end]) == plain),
        None,
    )


def _letters(text: str) -> str:
    return _MARKS.sub("", text.lower())


def _whole(salary: Salary | None) -> Salary | None:
    """Amounts without cents as whole numbers, as people write them."""
    if salary is None:
        return None
    low, high = (int(value) if value is not None and value == int(value) else value for value in (salary.min, salary.max))
    return Salary(low, high, salary.currency, salary.period)


def _given(signal: Signal, source: CleanText | None) -> Signal:
    assert source is not None
    start, end = source.origin(signal.start, signal.end)
    return Signal(signal.kind, signal.points_to, source.given[start:end], signal.field, start, end)


@lru_cache(maxsize=4)
def _shared(packs: tuple[str, ...]) -> Tagger:
    return Tagger(packs)


def tag(text: str, title: str | None = None) -> TaggedPosting:
    """Tag one posting with the guide's vocabulary.

    Args:
        text: the posting; offsets in the result count its characters as given.
        title: the job title, if known.
    """
    return _shared(("guide",)).tag(Posting(text=text, title=title))
