"""Cut a cleaned text into lines and sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from skillsift.vocabulary.schema import TextFacts

#: A sentence longer than this many characters is a flattened list; cues then reach no further than a window of it.
LONG = 600


class _Spanning(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Span:
    """A piece [start, end) of the cleaned text."""

    start: int
    end: int

    def holds(self, start: int, end: int) -> bool:
        return self.start <= start and end <= self.end


class Cover:
    """Spans in text order, asked which of them holds a place. Each is at most `REACH` characters long."""

    REACH = 200

    def __init__(self, spans: Iterable[_Spanning]) -> None:
        self._spans = sorted(spans, key=lambda span: span.start)
        self._starts = [span.start for span in self._spans]

    def holding(self, start: int, end: int) -> _Spanning | None:
        """A span that holds [start, end), or None."""
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
    """The sentences of a cleaned text in order, and which one a position stands in."""

    def __init__(self, spans: list[Span]) -> None:
        self.spans = spans
        self._starts = [span.start for span in spans]

    def at(self, position: int) -> Span:
        return self.spans[max(0, bisect_right(self._starts, position) - 1)]


class Cutter:
    """Cuts lines into sentences: at bullets, and at full stops that end one."""

    def __init__(self, facts: TextFacts) -> None:
        bullets = re.escape(facts.bullets)
        self._break = re.compile(
            rf"(?P<stop>[.!?]+)[\"')\]]*\s+(?=[\"'(\[]?[A-Z0-9{bullets}])|\s*[{bullets}]+\s*|\s\*\s(?=[A-Z])|(?<=[a-z.;)])\s(?:bull|[-–])\s(?=[A-Z][a-z])|(?<=[a-z]):\s(?:[-*–]\s)(?=[A-Z])"
        )
        self._abbreviations = frozenset(facts.abbreviations)
        self._last_word = re.compile(r"[A-Za-z][A-Za-z.]*$")

    def lines(self, text: str) -> list[Span]:
        """The lines of a cleaned text that hold more than white space."""
        spans: list[Span] = []
        at = 0
        for line in text.split("\n"):
            if line.strip():
                spans.append(Span(at, at + len(line)))
            at += len(line) + 1
        return spans

    def sentences(self, text: str, lines: list[Span], cuts: list[int]) -> Sentences:
        """The sentences of the lines; `cuts` are further positions at which one ends (headings inside a line)."""
        spans: list[Span] = []
        extra = sorted(cuts)
        for line in lines:
            ends: list[int] = []
            for found in self._break.finditer(text, line.start, line.end):
                if found["stop"] == "." and self._is_abbreviation(text, line.start, found.start()):
                    continue
                ends.append(found.end())
            ends.extend(cut for cut in extra[bisect_right(extra, line.start) : bisect_right(extra, line.end)])
            at = line.start
            for end in (*sorted(set(ends)), line.end):
                if end > at:
                    spans.append(Span(at, end))
                    at = end
        return Sentences(spans or [Span(0, len(text))])

    def _is_abbreviation(self, text: str, start: int, stop: int) -> bool:
        word = self._last_word.search(text, max(start, stop - 12), stop)
        return bool(word) and (word[0].lower() in self._abbreviations or len(word[0]) == 1) if word else False
