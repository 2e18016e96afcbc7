"""Rewrite a text in passes without losing the way back: every position of the new text knows where it stood in the given one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

#: What to put in place of a stretch: start, end, replacement.
Edit = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Pass:
    """One rewriting pass: piece i covers the new text from `new[i]` and came from the old text at `old[i]`.

    `until[i]` is where a replaced piece ended in the old text, -1 for a piece that was kept as it was.
    """

    new: list[int]
    old: list[int]
    until: list[int]


@dataclass(frozen=True, slots=True)
class CleanText:
    """A cleaned text and the way back to the text as given.

    Attributes:
        text: the cleaned text; lines end with "\\n", other white space is single spaces.
        given: the text as it was given.
    """

    text: str
    given: str
    passes: tuple[Pass, ...] = ()

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Where the non-empty span [start, end) of the cleaned text stands in the given text."""
        for step in reversed(self.passes):
            new, old, until = step.new, step.old, step.until
            piece = bisect_right(new, start) - 1
            start = old[piece] if until[piece] >= 0 else old[piece] + start - new[piece]
            piece = bisect_right(new, end - 1) - 1
            end = until[piece] if until[piece] >= 0 else old[piece] + end - new[piece]
            if end < start:
                end = start  # a line's end put where a character was taken out before
        return start, end


def rewrite(text: str, edits: Iterable[Edit], passes: list[Pass]) -> str:
    """The text with each edit made; the way back is put behind `passes`."""
    out: list[str] = []
    new, old, until = [0], [0], [-1]
    at = length = 0
    for start, end, replacement in edits:
        if start < at or text[start:end] == replacement:
            continue
        if start > at:
            out.append(text[at:start])
            if new[-1] != length or until[-1] >= 0 or old[-1] != at:
                new.append(length)
                old.append(at)
                until.append(-1)
            length += start - at
        if replacement:
            out.append(replacement)
            new.append(length)
            old.append(start)
            until.append(end)
            length += len(replacement)
        at = end
    if not at and not out:
        return text
    if at < len(text):
        out.append(text[at:])
        new.append(length)
        old.append(at)
        until.append(-1)
    passes.append(Pass(new, old, until))
    return "".join(out)
