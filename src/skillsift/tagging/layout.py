"""Cut a cleaned text into lines and sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from operator import attrgetter, itemgetter
from typing import Generic, NamedTuple, Protocol, TypeVar

from skillsift.vocabulary.schema import TextFacts

#: A sentence longer than this many characters is a flattened list; cues then reach no further than a window of it.
LONG = 600


class _Spanning(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


class Span(NamedTuple):
    """A piece [start, end) of the cleaned text."""

    start: int
    end: int

    def holds(self, start: int, end: int) -> bool:
        return self.start <= start and end <= self.end


_start_of = attrgetter("start")
_span = tuple.__new__  # as Span(…) does in the end; spans are made by the dozen a posting
#: No phrase and no address is longer than this, for those who look back for one that holds a place (characters).
REACH = 200

Owner = TypeVar("Owner")


def lowered(text: str) -> str:
    """A text in small letters, one character for one: those that would become two stay as they are."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join([small if len(small := char.lower()) == 1 else char for char in text])


class Shared(NamedTuple, Generic[Owner]):
    """A phrase found at [start, end) that serves several owners in the same way: concepts by their ids, or rules."""

    start: int
    end: int
    owners: frozenset[Owner]


class Cover:
    """Spans in text order, asked which of them holds a place. Each is at most `REACH` characters long."""

    def __init__(self, spans: Iterable[_Spanning]) -> None:
        self._spans = sorted(spans, key=_start_of)
        self._starts = [span.start for span in self._spans]

    def __bool__(self) -> bool:
        return bool(self._spans)

    def holding(self, start: int, end: int) -> _Spanning | None:
        """A span that holds [start, end), or None."""
        at = bisect_right(self._starts, start) - 1
        while at >= 0 and self._starts[at] >= start - REACH:
            if self._spans[at].end >= end:
                return self._spans[at]
            at -= 1
        return None

    def touching(self, start: int, end: int) -> _Spanning | None:
        """A span that shares a character with [start, end), or None."""
        at = bisect_right(self._starts, end - 1) - 1
        while at >= 0 and self._starts[at] >= start - REACH:
            if self._spans[at].end > start:
                return self._spans[at]
            at -= 1
        return None


class Guards(Generic[Owner]):
    """Longer phrases, in text order, that swallow what they guard, asked for one owner at a time.

    Attributes:
        owners: those who have a guard here at all.
    """

    def __init__(self, phrases: Sequence[Shared[Owner]]) -> None:
        self._phrases = phrases
        self._starts = [phrase.start for phrase in phrases]
        self.owners: frozenset[Owner] = frozenset().union(*[phrase.owners for phrase in phrases])

    def holding(self, owner: Owner, start: int, end: int) -> Shared[Owner] | None:
        """An owner's guard that holds [start, end), or None."""
        at = bisect_right(self._starts, start) - 1
        while at >= 0 and self._starts[at] >= start - REACH:
            phrase = self._phrases[at]
            if phrase.end >= end and owner in phrase.owners:
                return phrase
            at -= 1
        return None

    def touching(self, owner: Owner, start: int, end: int) -> bool:
        """Whether an owner's guard shares a character with [start, end)."""
        at = bisect_right(self._starts, end - 1) - 1
        while at >= 0 and self._starts[at] >= start - REACH:
            phrase = self._phrases[at]
            if phrase.end > start and owner in phrase.owners:
                return True
            at -= 1
        return False


class Sentences:
    """The sentences of a cleaned text, and which one a position stands in. A line is cut when it is first asked for."""

    def __init__(self, text: str, lines: list[Span], cuts: list[int], cutter: Cutter) -> None:
        self._text = text
        self._lines = lines or [Span(0, len(text))]
        self._starts = [line.start for line in self._lines]
        self._cuts = cuts
        self._cutter = cutter
        self._cut: dict[int, list[Span]] = {}

    def at(self, position: int) -> Span:
        """The sentence at a position; between two lines, the one before."""
        number = max(0, bisect_right(self._starts, position) - 1)
        spans = self._cut.get(number) or self._of(number)
        return spans[0] if len(spans) == 1 else spans[max(0, bisect_right(spans, position, key=_start) - 1)]

    @property
    def spans(self) -> list[Span]:
        """All sentences, in text order."""
        return [span for number in range(len(self._lines)) for span in self._of(number)]

    def _of(self, number: int) -> list[Span]:
        spans = self._cut.get(number)
        if spans is None:
            line, cuts = self._lines[number], self._cuts
            here = cuts[bisect_right(cuts, line.start) : bisect_right(cuts, line.end)] if cuts else cuts
            spans = self._cut[number] = self._cutter.sentences(self._text, line, here)
        return spans


_start = itemgetter(0)


#: What may stand before a line's first word: bullets, numbers, marks.
_BEFORE = r"[\s#*>_=~|\-–:()\[\]\"'.\d¿¡\u2000-\u33ff\U0001f000-\U0001faff\ufe0f]"
_LEAD, _LEAD_CHARACTER = re.compile(f"{_BEFORE}*"), re.compile(_BEFORE)


def lead(text: str, line: Span) -> int:
    """Where a line begins behind its bullet, number or marks."""
    return line.start if text[line.start].isalpha() else _LEAD.match(text, line.start, line.end).end()  # type: ignore[union-attr]


def may_head(text: str, at: int) -> bool:
    """Whether a phrase that starts at a position may be a heading: in small letters it is none but where its line begins."""
    if not text[at].islower():
        return True
    start = at
    while start and text[start - 1] != "\n":
        if not _LEAD_CHARACTER.match(text, start - 1):
            return False  # most end here, two characters before
        start -= 1
    return start == at or not text[start].isalpha()


class Cutter:
    """Cuts a text into lines, and lines into sentences: at bullets, and at full stops that end one."""

    def __init__(self, facts: TextFacts) -> None:
        bullets = re.escape(facts.bullets)
        # The first character is told alone: a search for one of a few characters is many times as fast as one for any of these.
        self._break = re.compile(
            rf"[.!?*:b\-–{bullets}](?:"
            rf"(?<=[.!?])([.!?]*)[\"')\]]*\s+(?=[\"'(\[]?[A-Z0-9{bullets}])"
            rf"|(?<=[{bullets}])[{bullets}]*\s*"
            r"|(?<=[ a-z.,;:)]\*)\s(?=[A-Z])"
            r"|(?<=[a-z.;)] [-–])\s(?=[A-Z][a-z])"
            r"|(?<=[a-z.;)]-)\s(?=[A-Z][a-z]+ [a-z])"
            r"|(?<=[a-z.;)] b)ull\s(?=[A-Z][a-z])"
            r"|(?<=[a-z]:)\s[-*–]\s(?=[A-Z]))"
        )
        self._abbreviations = frozenset(facts.abbreviations)
        self._last_word = re.compile(r"[A-Za-z][A-Za-z.]*$")

    def lines(self, text: str) -> list[Span]:
        """The lines of a cleaned text that hold more than white space."""
        spans: list[Span] = []
        at = 0
        for line in text.split("\n"):
            end = at + len(line)
            if line and not line.isspace():
                spans.append(_span(Span, (at, end)))
            at = end + 1
        return spans

    def sentences(self, text: str, line: Span, cuts: list[int]) -> list[Span]:
        """The sentences of a line; `cuts` are further positions in it at which one ends (headings inside a line)."""
        start, last = line
        ends: list[int] = []
        for found in self._break.finditer(text, start, last):
            if found[1] == "" and text[found.start()] == "." and self._is_abbreviation(text, start, found.start()):
                continue
            ends.append(found.end())
        if cuts:
            ends = sorted({*ends, *cuts})
        spans: list[Span] = []
        for end in ends:
            if start < end < last:
                spans.append(_span(Span, (start, end)))
                start = end
        spans.append(_span(Span, (start, last)))
        return spans

    def _is_abbreviation(self, text: str, start: int, stop: int) -> bool:
        word = self._last_word.search(text, max(start, stop - 12), stop)
        return bool(word) and (word[0].lower() in self._abbreviations or len(word[0]) == 1) if word else False
