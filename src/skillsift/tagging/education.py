"""Degrees asked for, and the fields of study named with them: those are no skills (GUIDELINES, "Not labelled")."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from skillsift.model import DEGREES, Degree, DegreeLevel, Level, SectionKind, Signal
from skillsift.tagging.layout import Cover, Span, lead
from skillsift.tagging.levels import LevelReader
from skillsift.tagging.matching import Hit, Hits
from skillsift.tagging.sections import Layout

#: What may stand between a field of study and the degree word behind it ("a statistics or physics degree").
_JOINING = frozenset(
    "a an and or , / & ( ) related similar quantitative technical relevant other any the in of field fields science sciences".split()
)
#: A list of fields of study behind a degree word, or before it, is no longer than this (characters).
FIELDS_REACH = 600
#: A line that is a field of study is no longer than this (characters).
LONGEST_FIELD = 70
_LIST_OPENS = re.compile(r"(?::|\bsuch as:?|\bin:?)\s*$")
#: One before a degree word names no more than this.
MOST_FIELDS = 12
_WORD = re.compile(r"[^\W_]+|[^\w\s]")
_CONTEXT = re.compile(r"\s*(?:in\b|or\b|and\b|/|degree|\(|,|\+|from\b|with\b|level|of\b|required|preferred|program)", re.IGNORECASE)
#: What only a degree has behind it: years, or that more is welcome.
_MORE = re.compile(
    r"\s*(?:\+|and|with|plus|w/)\s*(?:a\s+)?(?:minimum\s+(?:of\s+)?|at least\s+)?\d"
    r"|\s*\(?or (?:above|higher|greater|better|advanced|beyond)\b"
)
#: What says that a degree is being studied for, and how far before its name (characters).
_PURSUED = re.compile(
    r"\b(?:pursuing|enrolled|working towards?|studying|candidates? for)\b(?![^.;]*(?:[,)]|\b(?:completed|holding|have|with)\b))",
    re.IGNORECASE,
)
PURSUED_REACH = 60
#: Short words in capitals before one, in a list of places; those of a list of degrees are longer or are told here.
_IN_STATES = re.compile(r"\b(?!BS|BA|MS|MA|ME|BE)[A-Z]{2}, (?:[A-Z]{2}, )*$")
_QUIET = frozenset((SectionKind.BENEFITS, SectionKind.EQUAL_OPPORTUNITY, SectionKind.FURNITURE, SectionKind.COMPANY))


@dataclass(frozen=True, slots=True)
class Education:
    """What a posting says of degrees.

    Attributes:
        degree: the labels.
        fields: stretches of the cleaned text in which a field of study is named, not a skill.
        found: the degree words, with level, in text order.
    """

    degree: Degree
    fields: tuple[Span, ...]
    found: tuple[tuple[Hit, DegreeLevel], ...]
    signals: tuple[Signal, ...] = ()


def degree_hits(text: str, hits: Hits) -> list[tuple[Hit, DegreeLevel]]:
    """The degree words of a cleaned text that really name a degree, in text order."""
    degrees = hits.rules("education", *DEGREES)
    if not degrees:
        return []
    none = Cover(hits.rules("education", "none"))
    short = any(hit.rule and hit.rule.options.get("needs-context") for hit in degrees)
    fields = Cover(hits.rules("education", "field", "fields") if short else ())
    others = Cover(degrees if short else ())
    found: list[tuple[Hit, DegreeLevel]] = []
    for hit in sorted(degrees, key=lambda h: (h.start, -h.end)):
        no_degree = none.touching(hit.start - 60, hit.end + 40)
        if no_degree and "\n" not in text[min(hit.start, no_degree.start) : max(hit.end, no_degree.end)]:
            continue
        if found and hit.end <= found[-1][0].end:
            continue
        assert hit.rule is not None
        if hit.rule.options.get("needs-context") and not _in_context(text, hit, fields, others):
            continue
        found.append((hit, DegreeLevel(hit.rule.says)))
    return found


def _in_context(text: str, hit: Hit, fields: Cover, degrees: Cover) -> bool:
    """Whether a short form stands where a degree would: "MS in …", "BS/MS", "MS or PhD", "MS Computer Science"."""
    after = text[hit.end : hit.end + 30]
    before = text[max(0, hit.start - 25) : hit.start]
    near = bool(degrees.touching(hit.end + 1, hit.end + 9) or degrees.touching(hit.start - 8, hit.start - 1))
    field_near = fields.touching(hit.end + 1, hit.end + 7)
    if field_near or re.match(r"'?s?\s*(?:[Dd]egree|in\s+[A-Za-z])", after):
        return text[hit.start : hit.end] not in ("ME", "BE", "AB", "SM", "SB") or "degree" in after[:10].lower()
    if _MORE.match(after):
        return True  # "BS+3 years", "BS or higher"
    if _IN_STATES.search(before) and re.match(r", [A-Z]{2}\b", after):
        return False  # "LA, MA, MD"
    if re.search(r"[A-Za-z],\s*$", before) and re.match(r"[\s.,;)]|$", after) and not near:
        return False  # "Boston, MA"
    return near and bool(_CONTEXT.match(after) or re.search(r"(?:/|\bor\b|\band\b|,|\()\s*$", before))


def read_education(text: str, hits: Hits, layout: Layout, levels: LevelReader) -> Education:
    """The degrees a posting asks for.

    Required is the lowest that it accepts as enough, preferred the highest named as a plus (GUIDELINES, degree).
    """
    found = degree_hits(text, hits)
    openers = hits.rules("education", "fields")
    if not found and not openers:
        return Education(Degree(), (), ())
    if not found:  # "Degree must be in …": of no level is the lowest (GUIDELINES, Decisions)
        found = [(hit, DEGREES[0]) for hit in openers if text[hit.start : hit.end].lower().startswith("degree")]
    ends = [hit.start for hit in hits.rules("education", "ends")]
    field_words = hits.rules("education", "field")
    required: list[DegreeLevel] = []
    preferred: list[DegreeLevel] = []
    spans: list[Span] = []
    signals: list[Signal] = []
    starts = [field.start for field in field_words]
    listed = 0  # where the lines end that a list of fields has taken: none is walked twice
    for hit in (*(hit for hit, _ in found), *openers):
        sentence = layout.sentences.at(hit.start)
        behind = bisect_left(ends, hit.end)
        stop = min(ends[behind] if behind < len(ends) else sentence.end, sentence.end, hit.end + FIELDS_REACH)
        spans.append(Span(hit.start, stop))
        spans.extend(_fields_before(text, hit, field_words, sentence))
        names_degree = hit.rule is not None and hit.rule.says != "fields"  # "expertise in these fields:" lists skills
        if names_degree and listed <= stop == sentence.end and _LIST_OPENS.search(text, max(hit.start, stop - 12), stop):
            below = list(_fields_below(text, stop, layout.lines, starts, ends))
            spans.extend(below)
            listed = below[-1].end if below else stop
    for hit, level in found:
        sentence, section, kind = layout.at(hit.start)
        if kind in _QUIET and not (kind == SectionKind.COMPANY and levels.demanded(text, hit.start, hit.end, sentence)):
            continue
        named_before = bool(signals) and signals[-1].start >= sentence.start
        if named_before and level == DegreeLevel.BACHELOR and text.endswith("related ", sentence.start, hit.start):
            continue  # "an advanced degree in … or a related engineering degree": of the level named before
        said = levels.read(text, hit.start, hit.end, sentence, kind, section.heading)
        if said.level is None:
            continue
        if level == DegreeLevel.MASTER and _PURSUED.search(text, max(sentence.start, hit.start - PURSUED_REACH), hit.start):
            level = DegreeLevel.BACHELOR  # who studies for a master's has one (GUIDELINES, Decisions); a doctor's mostly names the rank
        (preferred if said.level == "preferred" else required).append(level)
        signals.append(Signal("degree", level, text[hit.start : hit.end], "text", hit.start, hit.end))
    return Education(_degree(required, preferred), tuple(spans), tuple(found), tuple(signals))


def with_title(degree: Degree, title: str, hits: Hits) -> tuple[Degree, tuple[Signal, ...]]:
    """The degrees, with the lowest that a cleaned title asks for where the text asks none: "Engineer Graduate, 2026 Start (BS/MS)"."""
    named = degree_hits(title, hits) if degree.required is None else []
    named = [(hit, level) for hit, level in named if not title.endswith(", ", 0, hit.start)]  # places: "Boston, MA, ME"
    if named:
        levels, whole = LevelReader(title, hits), Span(0, len(title))
        said = [levels.read(title, hit.start, hit.end, whole, SectionKind.OTHER, "").level for hit, _ in named]
        named = [found for found, level in zip(named, said, strict=True) if level not in (None, Level.PREFERRED)]
    if not named:
        return degree, ()
    hit, level = min(named, key=lambda found: DEGREES.index(found[1]))
    signal = Signal("degree", level, title[hit.start : hit.end], "title", hit.start, hit.end)
    return _degree([level], [degree.preferred] if degree.preferred else []), (signal,)


def _degree(required: Sequence[DegreeLevel], preferred: Sequence[DegreeLevel]) -> Degree:
    """The lowest required, and the highest preferred if that is more."""
    lowest = min(required, key=DEGREES.index, default=None)
    highest = max(preferred, key=DEGREES.index, default=None)
    if lowest and highest and DEGREES.index(highest) <= DEGREES.index(lowest):
        highest = None
    return Degree(lowest, highest)


def _fields_below(text: str, edge: int, lines: Sequence[Span], starts: Sequence[int], ends: Sequence[int]) -> Iterator[Span]:
    """The lines below a degree's own, as long as each is a field of study: "a degree in one of:", then a field a line.

    Args:
        starts: where fields of study are named.
    """
    for line in lines[bisect_left(lines, edge, key=lambda line: line.start) :]:
        start, end = lead(text, line), line.end
        first = bisect_left(starts, start)
        is_field = first < len(starts) and starts[first] == start and bisect_left(ends, start) == bisect_left(ends, end)
        if not is_field or end - start > LONGEST_FIELD:
            return
        yield Span(start, end)


def _fields_before(text: str, hit: Hit, fields: list[Hit], sentence: Span) -> list[Span]:
    """Fields of study that stand before the degree word they belong to."""
    edge = hit.start
    taken: list[Span] = []
    near = fields[
        max(0, bisect_left(fields, hit.start, key=lambda f: f.start) - MOST_FIELDS) : bisect_left(fields, hit.start, key=lambda f: f.start)
    ]
    for field in sorted((f for f in near if sentence.start <= f.start and f.end <= hit.start), key=lambda f: -f.end):
        if field.end > edge:
            continue
        if edge - field.end <= FIELDS_REACH and all(word[0].lower() in _JOINING for word in _WORD.finditer(text, field.end, edge)):
            edge = field.start
            taken.append(Span(field.start, field.end))
        else:
            break
    # One field alone before a bare "degree" is enough; before a named degree ("AI, PhD") it may as well be a skill.
    return taken if text[hit.start : hit.end].lower().endswith(("degree", "degrees")) else []
