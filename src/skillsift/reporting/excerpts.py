"""The sentence round a skill, in one line, for people to judge it by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

#: Characters of an excerpt, at most.
LENGTH = 240
#: How far from the skill a sentence's end is looked for (characters).
REACH = 400

#: Where a sentence ends: a line, a block of HTML, a bullet, a full stop before a capital.
BREAK = re.compile(
    r"\n|(?:<|&lt;)/?(?:br|p|li|ul|ol|div|h[1-6]|tr|td)\b[^<>&]{0,80}(?:>|&gt;)|[•·●▪◦]|\s\*\s|(?<=[A-Za-z0-9)%+#][a-z0-9)%+#][.!?;])\s+(?=[A-Z])"
)
#: What a line of a list opens with.
_DASHES = " *-–—"
#: A tag, also one whose brackets are escaped, as job boards send them.
TAG = re.compile(r"<[^<>]{1,200}>|&lt;/?[a-z][^<>&]{0,200}&gt;")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A sentence, and where in it the skill's words are (characters)."""

    sentence: str
    start: int
    end: int


def excerpt(text: str, start: int, end: int) -> Excerpt:
    """The sentence that holds text[start:end], without tags, in one line of at most LENGTH characters."""
    far = max(0, start - REACH)
    # One character more than before the words, so that a full stop right before them is seen with the capital that follows.
    opens = max((found.end() for found in BREAK.finditer(text, far, start + 1) if found.end() <= start), default=far)
    found = BREAK.search(text, end, end + REACH)
    closes = found.start() if found else end + REACH
    left, words, right = _plain(text[opens:start]).lstrip(_DASHES), _plain(text[start:end])[:LENGTH], _plain(text[end:closes]).rstrip()
    room = LENGTH - len(words)
    if len(left) + len(right) > room:
        left = _end_of(left, max(room // 2, room - len(right)))
        right = _start_of(right, room - len(left))
    return Excerpt(left + words + right, len(left), len(left) + len(words))


def _plain(text: str) -> str:
    """One line without tags; what was escaped twice is read twice."""
    return re.sub(r"\s+", " ", unescape(unescape(TAG.sub(" ", text))))


def _end_of(text: str, length: int) -> str:
    """The last words of a text that is too long."""
    if len(text) <= length:
        return text
    kept = text[len(text) - max(0, length - 1) :]
    return "…" + kept[kept.find(" ") + 1 :]


def _start_of(text: str, length: int) -> str:
    if len(text) <= length:
        return text
    kept = text[: max(0, length - 1)]
    return kept[: kept.rfind(" ") + 1].rstrip() + "…"
