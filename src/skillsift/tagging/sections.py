"""Which section every sentence stands in, from headings: on lines of their own, before a colon, or glued into the text.

The headings themselves are data (`patterns/sections.toml`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from skillsift.model import SectionKind
from skillsift.tagging.layout import Cutter, Sentences, Span, lead, lowered
from skillsift.tagging.matching import Hit, Hits, Role
from skillsift.vocabulary.phrases import expand
from skillsift.vocabulary.schema import Vocabulary

#: Headings are short; in words. With a colon behind them a little longer.
HEADING_WORDS, HEADING_WORDS_COLON = 9, 13
#: A longer line is no heading, though one may stand in it (characters).
LONGEST_HEADING = 160
#: An equal-opportunity notice is over by then (characters); what follows is something else, whose heading was not recognised.
NOTICE_LENGTH = 2500
#: A line that begins with a heading phrase may go on in small letters to this many words ("Nice-to-have additional skills").
LED_WORDS = 6

#: A line that ends so goes on in the next; it is no heading.
_OPEN_ENDED = frozenset("a an the to for of and or with in on our your at by as is are".split())
#: A heading of these kinds with text behind its colon goes on in the lines below; "Compensation: …" is over with its line.
_LASTING = frozenset((SectionKind.REQUIREMENTS, SectionKind.PREFERRED, SectionKind.RESPONSIBILITIES))
#: A line that ends so is a sentence or an item, no heading.
_ENDS = ".;,"
_TRAIL = " *_#:=~|-–.!?\"')]\t"
_AFTER_LABEL = re.compile(r"\s*(?:\([^()\n]{0,60}\)\s*)?[*_]*\s*(?::|\s[-–]\s|\.{3})[*_]*\s*")
_BEHIND = re.compile(r"[ :*•\-–]*")
_NO_WORD = re.compile(r"[^\w']+")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’/-]*")
_SMALL_WORD = re.compile(r"(?<![A-Za-z'’/-])[a-z][A-Za-z'’/-]{3}")


class Section(NamedTuple):
    """A section of the text: it runs from `start` to the next one's start. `heading` is empty before the first heading."""

    start: int
    kind: SectionKind
    heading: str = ""
    body: int = 0


class Place(NamedTuple):
    """Where a position stands: its sentence, its section, and the kind of part that the sentence belongs to."""

    sentence: Span
    section: Section
    kind: SectionKind


class Layout:
    """The sections and sentences of a cleaned text.

    Attributes:
        found: whether a heading was recognised that tells required, preferred or duties apart.
        telling: sentences, by start, whose own words tell their kind, whatever section they stand in.
    """

    def __init__(
        self, sections: list[Section], sentences: Sentences, found: bool, lines: list[Span], telling: Mapping[int, SectionKind]
    ) -> None:
        self.sections = sections
        self.sentences = sentences
        self.found = found
        self.lines = lines
        self.telling = telling
        self._starts = [section.start for section in sections]
        self._places: dict[int, Place] = {}

    def at(self, position: int) -> Place:
        """Where a position stands."""
        place = self._places.get(position)
        if place is None:
            sentence = self.sentences.at(position)
            section = self.section_at(position)
            kind = self.telling.get(sentence.start)
            if kind is None:
                kind = section.kind
                if kind is SectionKind.EQUAL_OPPORTUNITY and position - section.start > NOTICE_LENGTH:
                    kind = SectionKind.OTHER
            place = self._places[position] = Place(sentence, section, kind)
        return place

    def kind_at(self, position: int) -> SectionKind:
        """What kind of part the sentence at a position belongs to."""
        return self.at(position).kind

    def section_at(self, position: int) -> Section:
        return self.sections[max(0, bisect_right(self._starts, position) - 1)]


class SectionFinder:
    """Finds the sections of cleaned texts with the headings of one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._cutter = Cutter(vocabulary.text)
        self._leading = vocabulary.leading
        rules = vocabulary.rules["sections"]
        self._order = {rule.name: at for at, rule in enumerate(rules)}
        self._kinds = {rule.name: SectionKind(rule.name) for rule in rules}
        self._words = [
            (
                self._kinds[rule.name],
                tuple(f" {_plain(word)} " for word in rule.options.get("words", ())),
                tuple(f" {_plain(word)} " for word in rule.options.get("starts", ())),
                tuple(f" {_plain(wording)} " for phrase in rule.unless for wording in expand(phrase)),
            )
            for rule in rules
        ]
        #: A heading told by its words has one of these.
        self._first_words = frozenset(word.split()[0] for _, keywords, starts, _ in self._words for word in (*keywords, *starts))
        self._firm = tuple(f" {_plain(word)} " for rule in rules for word in rule.options.get("firm", ()))
        self._spans = [tuple(span) for rule in rules for span in rule.options.get("spans", ())]

    def __call__(self, text: str, hits: Hits) -> Layout:
        """The layout of a cleaned text, from the heading phrases that were found in it."""
        lines = self._cutter.lines(text)
        starts = [line.start for line in lines]
        hits_at: dict[int, list[Hit]] = {}
        labels: set[tuple[int, int]] = set()
        for hit, is_label in hits.headings():
            hits_at.setdefault(bisect_right(starts, hit.start) - 1, []).append(hit)
            if is_label:
                labels.add((hit.start, hit.end))
        skills = [hit.start for hit in hits.of(Role.SKILL) if hit.owner in self._leading]

        sections = [Section(0, SectionKind.OTHER)]
        cuts: list[int] = []
        found = False
        for number, line in enumerate(lines):
            here = hits_at.get(number)
            if here:
                opened = self._headings(text, line, lead(text, line), here, labels, skills)
            elif line.end - line.start > LONGEST_HEADING or text[line.end - 1] in _ENDS or _is_prose(text, line):
                continue
            else:
                opened = self._worded(text, line, lead(text, line), skills)
            for section, ends_with_line in opened:
                found = found or section.kind in _LASTING
                before = sections[-1]
                if before.kind is SectionKind.PREFERRED and section.kind is SectionKind.REQUIREMENTS:
                    if ends_with_line or not any(word in f" {_plain(section.heading)} " for word in self._firm):
                        continue  # "Education: a master's degree" among what is preferred
                    if _wrapped(text, before, section):
                        continue  # "Preferred" and "Qualifications:" on two lines are one heading
                sections.append(section)
                cuts.extend((section.start, section.body))
                if ends_with_line:
                    sections.append(Section(line.end, before.kind, before.heading, before.body))
        for span in self._furniture(text):
            sections = _cover(sections, span)
            cuts.extend((span.start, span.end))
        sentences = Sentences(text, lines, sorted(cuts), self._cutter)
        telling: dict[int, SectionKind] = {}
        for hit in hits.rules("sections"):
            telling.setdefault(sentences.at(hit.start).start, self._kinds[hit.owner])
        return Layout(sections, sentences, found, lines, telling)

    def _headings(
        self, text: str, line: Span, start: int, hits: Sequence[Hit], labels: set[tuple[int, int]], skills: list[int]
    ) -> list[tuple[Section, bool]]:
        """The sections that one line opens, each with whether it ends with the line. `start`: behind the line's bullet or number."""
        raw = text[line.start : line.end]
        shown = raw[start - line.start :].rstrip(_TRAIL)
        if not shown:
            return []
        end = start + len(shown)
        opening = [hit for hit in hits if hit.start == start]
        if whole := [hit for hit in opening if hit.end == end]:
            best = min(whole, key=lambda hit: self._order[hit.owner])
            if " " in shown or shown[0].isupper() or raw.rstrip().endswith(":"):
                return [(Section(line.start, self._kinds[best.owner], shown, line.end), False)]
        led = bool(opening) and any(not text[start : hit.end].isalpha() for hit in opening)
        told_by_words = len(raw) <= LONGEST_HEADING and (led or not _is_prose(text, line))
        if told_by_words and (worded := self._worded(text, line, start, skills, led=led)):
            return worded
        opened: list[tuple[Section, bool]] = []
        for hit in _longest(hits) if len(hits) > 1 else hits:
            kind = self._kinds[hit.owner]
            after = _AFTER_LABEL.match(text, hit.end, line.end)
            if hit.start == start and after and after.end() < line.end:
                only_line = (hit.start, hit.end) in labels or kind not in _LASTING
                opened.append((Section(line.start, kind, text[hit.start : hit.end], after.end()), only_line))
            elif self._is_inline(text, line, hit, bool(after) or text[hit.end - 1] == ":"):
                opened.append((Section(hit.start, kind, text[hit.start : hit.end], after.end() if after else hit.end), False))
        return opened

    def _worded(self, text: str, line: Span, start: int, skills: list[int], *, led: bool = False) -> list[tuple[Section, bool]]:
        """The section that a line opens by its words, if it names no skill; `led`: it begins with a heading phrase."""
        raw = text[line.start : line.end]
        shown = raw[start - line.start :].rstrip(_TRAIL)
        kind = self._by_words(raw.strip(), shown, led) if shown else None
        duties = kind is SectionKind.RESPONSIBILITIES and raw.rstrip().endswith(":")  # "Data Science Responsibilities:"
        if kind and (duties or bisect_right(skills, line.end) == bisect_right(skills, line.start - 1)):
            return [(Section(line.start, kind, shown, line.end), False)]
        return []

    def _by_words(self, stripped: str, shown: str, led: bool) -> SectionKind | None:
        """The kind of a line that looks like a heading and holds one of a kind's words."""
        if stripped[-1] in _ENDS:
            return None
        colon = stripped.rstrip("*_ ").endswith(":")
        marked = stripped.startswith("#") or (stripped.startswith("**") and stripped.rstrip(":").endswith("**"))
        if stripped[0] in "•-*" and not marked and not colon:
            return None
        plainly = colon or marked or stripped.endswith("?")
        if not plainly and not led and _SMALL_WORD.search(shown):
            return None  # no title; most lines end here
        words = _WORD.findall(shown)
        if not words or len(words) > (HEADING_WORDS_COLON if colon or marked else HEADING_WORDS):
            return None
        if not (plainly or _is_title(words) or (led and len(words) <= LED_WORDS and words[-1].lower() not in _OPEN_ENDED)):
            return None
        plain = f" {_plain(shown)} "
        if self._first_words.isdisjoint(plain.split()):
            return None
        for kind, keywords, starts, unless in self._words:
            if any(map(plain.__contains__, unless)):
                continue
            if any(map(plain.__contains__, keywords)):
                return kind
            if 1 < len(words) <= 5 and plain.startswith(starts) and words[1][0].isupper():
                return kind
        return None

    @staticmethod
    def _is_inline(text: str, line: Span, hit: Hit, colon: bool) -> bool:
        """Whether a heading phrase inside a line is a heading that lost its line breaks.

        It is where what stands before it ends and what follows starts anew; at a line's end, where nothing follows; before a colon in
        small letters too.
        """
        words = _WORD.findall(text[hit.start : hit.end])
        if not words or not words[0][0].isupper():
            return False
        # A line may be endless and full of such phrases, so that no more of it is looked at than the next letter on either side.
        behind = _BEHIND.match(text, hit.end, line.end).end()  # type: ignore[union-attr]
        edge = hit.start
        while edge > line.start and text[edge - 1] in " *#•-–":
            edge -= 1
        after, before = text[behind : min(behind + 1, line.end)], text[max(line.start, edge - 1) : edge]
        boundary = not before or before in ".!?:;)|\"'"
        if not _is_title(words):
            return colon and boundary and bool(before)  # "… solutions. Responsibilities include: Designing …"
        if not after and before:  # the line's end is the heading of the next: "… in a team. Preferred Skills:"
            if text[hit.end : line.end].strip().startswith(":"):
                return True
            if boundary:
                return len(words) > 1 or len(words[0]) > 9
            last = text[max(line.start, edge - 20) : edge].split(" ")[-1]
            is_item = text[line.start] in "•-*"  # "- Write down Technical Requirements"
            return not is_item and (len(words) > 1 or len(words[0]) > 11) and last.islower() and last not in _OPEN_ENDED
        if not after or not (after.isupper() or after.isdigit() or after in "(<$"):
            return False
        if len(words) == 1:
            long = len(words[0]) > 11
            if not before:  # "Requirements Bachelor's degree in …", a line too long for a title
                return long and line.end - line.start > LONGEST_HEADING
            return boundary and (colon or text[hit.start : hit.end].isupper() or long)
        return boundary or colon or before.islower()

    def _furniture(self, text: str) -> list[Span]:
        spans: list[Span] = []
        flat = lowered(text).replace("\n", " ") if self._spans else ""
        for first, last in self._spans:
            start = flat.find(first)
            if start >= 0 and (end := flat.find(last, start)) >= 0:
                spans.append(Span(start, end + len(last)))
        return spans


def _is_prose(text: str, line: Span) -> bool:
    """Whether a line ends in a word, and is an item or has a long word in small letters: its words make no heading. Most lines end here."""
    start, end = line
    if not text[end - 1].isalnum():
        return False
    return text[start] in "•-*" or (text[start].isalpha() and _SMALL_WORD.search(text, start, end) is not None)


def _wrapped(text: str, first: Section, second: Section) -> bool:
    """Whether two headings of one word each follow each other with nothing between: one heading, wrapped."""
    return " " not in first.heading and " " not in second.heading and not text[first.body : second.start].strip()


def _cover(sections: list[Section], span: Span) -> list[Section]:
    """The sections with a stretch of furniture laid over them."""
    last = next((section for section in reversed(sections) if section.start <= span.end), sections[0])
    kept = [section for section in sections if section.start < span.start]
    rest = [section for section in sections if section.start > span.end]
    resumed = last._replace(start=span.end) if last.start < span.start else Section(span.end, SectionKind.OTHER)
    return [*kept, Section(span.start, SectionKind.FURNITURE, "", span.start), resumed, *rest]


def _longest(hits: Sequence[Hit]) -> list[Hit]:
    """Hits in text order, without those that lie inside or overlap a longer one before them."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


def _is_title(words: list[str]) -> bool:
    title = False
    for word in words:
        if word[0].isupper():
            title = True
        elif len(word) > 3:
            return False
    return title


def _plain(text: str) -> str:
    return " ".join(_NO_WORD.sub(" ", text.lower()).split())
