"""A text cut into pieces at the ends of its marks, so that marks may lie over one another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from skillsift.model import LEVELS, TaggedPosting

#: Kinds of mark, the one that gives its colour first where several lie over one another.
KINDS = (*map(str, LEVELS), "signal", "dropped")


@dataclass(frozen=True, slots=True)
class Mark:
    """Something to point out in a text.

    Attributes:
        kind: one of KINDS.
        name: the skill's, or what a signal points to.
        group: the skill's; empty for a signal.
        because: the reason, in a few words.
    """

    start: int
    end: int
    kind: str
    name: str
    group: str
    because: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text under the same marks."""

    text: str
    marks: tuple[Mark, ...] = ()

    @property
    def top(self) -> Mark:
        """The mark that gives the colour."""
        return min(self.marks, key=lambda mark: KINDS.index(mark.kind))


@dataclass(frozen=True, slots=True)
class Hit:
    """Marked pieces that hang together, and all their marks; without marks a stretch of plain text."""

    pieces: tuple[Piece, ...]
    marks: tuple[Mark, ...] = field(default=())

    @property
    def told(self) -> tuple[Mark, ...]:
        """The marks without those that say the same of other words."""
        return tuple({(mark.kind, mark.name, mark.because): mark for mark in self.marks}.values())


def marks_of(tagged: TaggedPosting, *, where: str = "text", dropped: bool = False) -> list[Mark]:
    """What is to be pointed out in the text, or in the title.

    Args:
        where: "text" or "title"; skills are marked in the text alone.
        dropped: with the candidates that do not count, too.
    """
    marks = [
        Mark(signal.start, signal.end, "signal", signal.points_to, "", signal.kind) for signal in tagged.signals if signal.field == where
    ]
    if where == "text":
        for skill in tagged.skills:
            marks += [Mark(m.start, m.end, str(m.level), skill.name, skill.group, f"{m.section}: {m.because}") for m in skill.mentions]
        if dropped:
            marks += [Mark(d.start, d.end, "dropped", d.id, "", f"not counted: {d.because}") for d in tagged.dropped]
    return marks


def hits(text: str, marks: Iterable[Mark]) -> Iterator[Hit]:
    """The whole text in order: plain stretches, and hits where marks lie, those that overlap together in one."""
    at = 0
    for together in _clusters(sorted(dict.fromkeys(marks), key=lambda mark: (mark.start, -mark.end))):
        start, end = together[0].start, max(mark.end for mark in together)
        if start > at:
            yield Hit((Piece(text[at:start]),))
        cuts = sorted({cut for mark in together for cut in (mark.start, mark.end)})
        pieces = (Piece(text[a:b], tuple(mark for mark in together if mark.start <= a and b <= mark.end)) for a, b in pairwise(cuts))
        yield Hit(tuple(pieces), tuple(together))
        at = end
    if at < len(text):
        yield Hit((Piece(text[at:]),))


def _clusters(marks: Sequence[Mark]) -> Iterator[list[Mark]]:
    """Marks that overlap, directly or through others; empty ones are left out."""
    cluster: list[Mark] = []
    end = 0
    for mark in marks:
        if mark.start >= mark.end:
            continue
        if cluster and mark.start >= end:
            yield cluster
            cluster = []
        cluster.append(mark)
        end = max(end, mark.end) if len(cluster) > 1 else mark.end
    if cluster:
        yield cluster
