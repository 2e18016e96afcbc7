"""Cut words that a source glued together when it stripped its tags: "PythonExperience", "skillsAbility", "team.We".

About one posting in five of some sources has such words, and each would hide a skill or a sentence's end.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator
from string import ascii_letters, digits

from skillsift.tagging.rewriting import Edit
from skillsift.vocabulary.phrases import expand, words
from skillsift.vocabulary.schema import Vocabulary

#: Where two words may be glued: a capital, digit or opening mark right behind something.
_JOINT = re.compile(
    r"[A-Z0-9\"(](?<![ \n].)(?:(?<=[a-z0-9+#.!?;:)\]%\"'*][A-Z])|(?<=[a-z).]\d)|(?<=[.!?;:][\"(])|(?<=[A-Z][A-Z][A-Z])(?=[a-z][a-z]))"
)
_YEARS_AHEAD = r"(?=\d{1,2}\+? ?(?:(?:-|–|to) ?\d{1,2}\+? ?)?(?:years|yrs|year)\b)"
_SEAM = re.compile(
    r"(?<=[a-z\d)\]%\"'][.!?;:])(?=[A-Z\"(][a-z])"
    r"|(?<=[\s(,/][A-Z]\.)(?=[A-Z][a-z]{3,})"
    r"|(?<=[A-Z]{2}\.)(?=[A-Z][a-z]{2,})"
    rf"|(?<=[a-z)]\.){_YEARS_AHEAD}"
    r"|(?<=[\w.][)\]])(?=[A-Z][a-z])"
    r"|(?<=\d[\"')%+])(?=[A-Z][a-z])"
    rf"|(?<=[a-z]){_YEARS_AHEAD}"
    r"|(?<=[a-z]{3}\*)(?=[A-Z][a-z])"
    r"|(?<=[a-z]{4})(?=A [a-z])"
    r"|(?<=[a-z]{3})(?=(?:[BM]\.(?:S|A|Sc|Eng|Tech)|Ph\.D)\b)"
)
_CAMEL = re.compile(
    r"(?<![A-Za-z0-9])(?:[A-Za-z][A-Za-z0-9+#]*?[a-z0-9+#][A-Z][a-z][A-Za-z0-9]*|[A-Z]{2,}[A-Z][a-z]{2,}[A-Za-z0-9]*"
    r"|[A-Z]?[a-z]{3,}[A-Z]{2,}[A-Za-z0-9]*)"
)
#: A word in capitals before a word: the line may be a heading.
_CAPITALS = re.compile(r"[A-Z]{2}[,&]? $")
_RUN = frozenset(f"{ascii_letters}{digits}+#")
_RUN_AHEAD = re.compile(r"[A-Za-z0-9+#]*")
_PARTS = re.compile(r"[A-Z]+(?![a-z])[0-9+#]*|[A-Z]?[a-z]+[0-9+#]*|[0-9]+[+#]*|[+#]+")


class Unglue:
    """Finds glued words with one vocabulary's knowledge of which inner capitals belong to a word."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        known = {word.lower() for word in vocabulary.text.camel}
        more: set[str] = set()  # a further pack's word is left whole, but cuts no other: a cut moves what the first pack finds
        leading = vocabulary.leading
        for concept in vocabulary.concepts.values():
            for phrase in (*concept.aliases, *concept.exact):
                (known if concept.id in leading else more).update(
                    word.lower() for wording in expand(phrase, vocabulary.lists) for word in words(wording)
                )
        known.update(word.lower() for rule in vocabulary.rules["education"] for word in rule.exact)
        self._known = frozenset(known)
        self._whole = frozenset(known | more)
        self._longest = max(map(len, known), default=0)
        self._openers = frozenset(vocabulary.text.openers)
        self._linking = frozenset(vocabulary.text.linking)

    def __call__(self, text: str) -> Iterator[Edit]:
        """The edits that put a line's end between glued words."""
        places: list[tuple[int, str]] = []  # where an edit may be, and of a glued word the word
        glued: deque[re.Match[str]] = deque()  # the glued words of the run without marks that is looked at
        done = run_end = 0
        for joint in _JOINT.finditer(text):
            at = joint.start()
            if at >= run_end:
                start = at
                while start > run_end and text[start - 1] in _RUN:
                    start -= 1
                run_end = _RUN_AHEAD.match(text, at).end()  # type: ignore[union-attr]
                glued.extend(_CAMEL.finditer(text, start, run_end))
            while glued and glued[0].start() <= at:
                found = glued.popleft()
                places.append((found.start(), found[0]))
                done = found.end()
            if at >= done and _SEAM.match(text, at):
                places.append((at, ""))
        times = Counter([word for _, word in places])
        for at, word in places:
            if word:
                yield from self._cuts(text, at, word, again=times[word] > 1)
            else:
                yield at, at, "\n"

    def _cuts(self, text: str, at: int, word: str, *, again: bool) -> Iterator[Edit]:
        if at and text[at - 1] in ".!?;:)]":
            yield at, at, "\n"
        parts = self._cut_word(word, capitals=_CAPITALS.search(text, max(0, at - 8), at) is not None)
        if again and self._openers.isdisjoint(parts) and self._known.isdisjoint(map(str.lower, parts)):
            return  # what stands there twice is a name ("FanDuel"): no two seams are alike
        for part in parts[:-1]:
            at += len(part)
            yield at, at, "\n"

    def _cut_word(self, word: str, *, capitals: bool = False) -> list[str]:
        """Cut "PythonExperience" into its words; a word that is known with its inner capitals stays whole.

        Args:
            capitals: the word stands behind another in capitals, as in a heading: "NICE TO HAVESExperience".
        """
        if word.lower() in self._whole or word.lower().rstrip("s") in self._whole:
            return [word]
        pieces = _PARTS.findall(word)
        if "".join(pieces) != word:
            return [word]
        cut: list[str] = []
        at = 0
        while at < len(pieces):
            reach, length = at, 0  # no known word is longer: the pieces of a run of hundreds are not to be tried in every length
            while reach < len(pieces) and (length := length + len(pieces[reach])) <= self._longest:
                reach += 1
            for until in range(reach, at + 1, -1):
                if "".join(pieces[at:until]).lower() in self._known:
                    break
            else:
                until = at + 1
            cut.append("".join(pieces[at:until]))
            at = until
        joined: list[str] = []
        for part in cut:
            # An acronym before a word is glue only where the word opens sentences or the acronym
            # is a skill: "SQLExperience", not "HTMLElement".
            heading = capitals and len(joined) == 1 and len(joined[-1]) > 4 and joined[-1].isupper() and part[:1].isupper()
            if joined and not heading and not self._parts_here(joined[-1], part):
                joined[-1] += part
            else:
                joined.append(part)
        return joined

    def _parts_here(self, left: str, right: str) -> bool:
        if right in self._openers or (len(right) > 3 and right.isupper() and right.capitalize() in self._openers):
            return len(left) > 1
        if right[:1].isupper() and right[1:2].islower() and len(left) > 2 and left[-1:].islower():
            return True
        if left.isupper() and left.lower() in self._linking:
            return False  # the "de" of "ciencia de datos" is none in "DESeq"; in "inPyTorch" it is one
        if left.lower() in self._known and len(left) > 1:
            return right[:1].isupper() and (len(right) > 3 or right.lower() in self._known)
        return right.isupper() and right.lower() in self._known and len(left) > 3
