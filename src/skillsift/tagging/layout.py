"""Cut a cleaned text into lines and sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from operator import attrgetter, itemgetter
from typing import NamedTuple, Protocol

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


class Cover:
    """Spans in text order, asked which of them holds a place. Each is at most `REACH` characters long."""

    REACH = 200

    def __init__(self, spans: Iterable[_Spanning]) -> None:
        self._spans = sorted(spans, key=_start_of)
        self._starts = [span.start for span in self._spans]

    def __bool__(self) -> bool:
        return bool(self._spans)

    def holding(self, start: int, end: int) -> _Spanning | None:
        """A span that holds [start, end), or None."""
        if not self._starts:
            return None
        at = bisect_right(self._starts, start) - 1
        while at >= 0 and self._starts[at] >= start - self.REACH:
            if self._spans[at].end >= end:
                return self._spans[at]
            at -= 1
        return None

    def touching(self, start: int, end: int) -> _Spanning | None:
        """A span that shares a character with [start, end), or None."""
        at = bisect_right(self._starts, end - 1) - 1
        while at >= 0 and self._starts[at] >= start - self.REACH:
            if self._spans[at].end > start:
                return self._spans[at]
            at -= 1
        return None


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
        number = bisect_right(self._starts, position) - 1
        spans = self._of(max(0, number))
        return spans[0] if len(spans) == 1 else spans[max(0, bisect_right(spans, position, key=_start) - 1)]

    @property
    def spans(self) -> list[Span]:
        """All sentences, in text order."""
        return [span for number in range(len(self._lines)) for span in self._of(number)]

    def _of(self, number: int) -> list[Span]:
        spans = self._cut.get(number)
        if spans is None:
            line = self._lines[number]
            cuts = self._cuts[bisect_right(self._cuts, line.start) : bisect_right(self._cuts, line.end)]
            spans = self._cut[number] = self._cutter.sentences(self._text, line, cuts)
        return spans


_start = itemgetter(0)


class Cutter:
    """Cuts a text into lines, and lines into sentences: at bullets, and at full stops that end one."""

    def __init__(self, facts: TextFacts) -> None:
        bullets = re.escape(facts.bullets)
        # The first character is told alone: a search for one of a few characters is many times as fast as one for any of these.
        self._break = re.compile(
            rf"[.!?*:b\-–{bullets}](?:"
            rf"(?<=[.!?])(?P<stop>[.!?]*)[\"')\]]*\s+(?=[\"'(\[]?[A-Z0-9{bullets}])"
            rf"|(?<=[{bullets}])[{bullets}]*\s*"
            r"|(?<= \*)\s(?=[A-Z])"
            r"|(?<=[a-z.;)] [-–])\s(?=[A-Z][a-z])"
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
                spans.append(Span(at, end))
            at = end + 1
        return spans

    def sentences(self, text: str, line: Span, cuts: list[int]) -> list[Span]:
        """The sentences of a line; `cuts` are further positions in it at which one ends (headings inside a line)."""
        ends = set(cuts)
        for found in self._break.finditer(text, line.start, line.end):
            if found["stop"] == "" and text[found.start()] == "." and self._is_abbreviation(text, line.start, found.start()):
                continue
            ends.add(found.end())
        ends.add(line.end)
        spans: list[Span] = []
        at = line.start
        for end in sorted(ends):
            if end > at:
                spans.append(Span(at, end))
                at = end
        return spans

    def _is_abbreviation(self, text: str, start: int, stop: int) -> bool:
        word = self._last_word.search(text, max(start, stop - 12), stop)
        return bool(word) and (word[0].lower() in self._abbreviations or len(word[0]) == 1) if word else False
