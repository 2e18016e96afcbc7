"""The level of one mention: from the section it stands in and the cue phrases round it (ConText's direction and scope).

The order of evidence is the labelling rules': negation, then a sentence that softens or demands, then the heading, then
demanding words where no heading tells.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import NamedTuple

from skillsift.model import Level, SectionKind
from skillsift.tagging.layout import LONG, Span
from skillsift.tagging.matching import Hit, Hits
from skillsift.vocabulary.schema import Rule

_NEXT = re.compile(r"[^\S\n]*[\w(]")
_WORDS = re.compile(r"\w+(?:'\w+)?")
#: Words that say nothing of what a cue speaks of: "…, experience with which is highly preferred".
_EMPTY = re.compile(r"\b(?:is|are|would|will|be|also|considered|as|strongly|highly|experience|with|which|that|this|it|a|an|etc)\b")
#: What opens examples of the thing that a cue behind it speaks of.
_EXAMPLES = re.compile(r"[\s(,:–-]*(?:e\.? ?g\b|such as|including|for example|for instance)", re.IGNORECASE)
#: Tags that a source or a recruiter hung on; one alone may be an item of a list.
_HASHTAGS = re.compile(r"#\w+ +(?:\w+ +)?#\w")
#: How near another one stands (characters).
NEAR_TAG = 40
#: What a cue may say; beside these there are the words that end a cue's scope.
CUES = ("required", "preferred", "negated", "demand")
#: Of these each ends the scope of the others.
VERDICTS = frozenset(("required", "preferred", "negated"))
#: An item of a list is no longer than this; longer ones are clauses of their own.
ITEM_WORDS = 4
#: What a list of things is asked for as, with the items up to one of them; and what asks for another.
_OPENERS = re.compile(r"\b(?:experience|familiarity|knowledge|proficiency|expertise|exposure|understanding|background)\b", re.IGNORECASE)
#: A list that a cue behind it may speak of whole; not behind a word that demands ("strong experience with …, Kafka a plus").
_LISTED = re.compile(
    r"(?<!years of )(?<!strong )(?<!solid )(?<!proven )(?<!deep )(?<!extensive )"
    rf"{_OPENERS.pattern} (?:with|in|of|using|on)\b(?:[^,;:.()]{{1,40}},)*[^,;:.()]{{0,40}}$",
    re.IGNORECASE,
)
#: How far back a cue at the end of a clause reaches (characters).
LAST_REACH = 90


class Said(NamedTuple):
    """The level of a mention and the reason; None where it is negated."""

    level: Level | None
    because: str


class LevelReader:
    """Reads levels in one text, from the cues that were found in it."""

    def __init__(self, text: str, hits: Hits) -> None:
        self._cues = [hit for hit in hits.rules("levels", *CUES) if not is_mid_clause(text, hit)]
        self._ends = [hit.start for hit in hits.rules("levels", "terminator") if not is_mid_clause(text, hit)]
        self._starts = [cue.start for cue in self._cues]
        self._told: dict[tuple[int, bool], tuple[list[Hit], list[tuple[Hit, Scope]]]] = {}

    def demanded(self, text: str, start: int, end: int, sentence: Span) -> bool:
        """Whether the sentence asks for what stands at [start, end), whatever its section."""
        said = {cue.rule.says for cue in self._in_scope(text, start, end, sentence) if cue.rule}
        return bool(said & {"demand", "required"})

    def read(self, text: str, start: int, end: int, sentence: Span, kind: SectionKind, heading: str) -> Said:
        """The level of the mention at [start, end).

        Args:
            sentence: the sentence it stands in.
            kind: the kind of its section, or of its sentence where that tells more.
            heading: the section's heading as the posting writes it.
        """
        by_says: dict[str, Hit] = {}
        told_by_heading = kind is SectionKind.REQUIREMENTS or kind is SectionKind.PREFERRED
        for cue in self._in_scope(text, start, end, sentence, demands=not told_by_heading):
            says = cue.rule.says  # type: ignore[union-attr]
            if says not in by_says or _distance(cue, start, end) < _distance(by_says[says], start, end):
                by_says[says] = cue
        if "negated" in by_says:
            negated = by_says["negated"]
            return Said(None, f"negated: “{text[negated.start : negated.end]}”")
        hard, soft = by_says.get("required"), by_says.get("preferred")
        if hard and soft:
            hard, soft = (hard, None) if _distance(hard, start, end) <= _distance(soft, start, end) else (None, soft)
        if soft:
            return Said(Level.PREFERRED, f"“{text[soft.start : soft.end]}”")
        if hard and kind is not SectionKind.BENEFITS:
            return Said(Level.REQUIRED, f"“{text[hard.start : hard.end]}”")
        if start and text[start - 1] == "#" and _HASHTAGS.search(text, max(0, start - NEAR_TAG), end + NEAR_TAG):
            return Said(Level.MENTIONED, "a hashtag")
        if kind is SectionKind.PREFERRED:
            return Said(Level.PREFERRED, f"under the heading “{heading}”")
        if kind is SectionKind.REQUIREMENTS:
            return Said(Level.REQUIRED, f"under the heading “{heading}”")
        demand = by_says.get("demand")
        if demand and kind is SectionKind.COMPANY and demand.rule and _scope(demand.rule).opens is not None:
            demand = None  # "Deep expertise in …" opens many a company's praise of itself
        if demand and kind is not SectionKind.BENEFITS:
            return Said(Level.REQUIRED, f"asked for: “{text[demand.start : demand.end]}”")
        return Said(Level.MENTIONED, f"under the heading “{heading}”" if heading else "told, not asked for")

    def _in_scope(self, text: str, start: int, end: int, sentence: Span, *, demands: bool = True) -> list[Hit]:
        """The cues of the sentence whose scope holds [start, end); without `demands` none of those, which are most."""
        low, high = sentence
        if high - low > LONG:  # a flattened list: a cue far off says nothing here
            around, active = self._cues_in(text, max(low, start - LONG // 2), min(high, end + LONG // 2), sentence, demands)
        else:
            told = self._told.get((low, demands))
            if told is None:
                told = self._told[low, demands] = self._cues_in(text, low, high, sentence, demands)
            around, active = told
        return [cue for cue, scope in active if self._reaches(text, start, end, sentence, cue, scope, around)]

    def _reaches(self, text: str, start: int, end: int, sentence: Span, cue: Hit, scope: Scope, around: list[Hit]) -> bool:
        """Whether a cue's scope holds [start, end)."""
        if scope.direction == "sentence":
            return True
        assert cue.rule is not None
        if start <= cue.start and cue.end <= end:
            return cue.rule.says in ("required", "preferred")  # "degree preferred"
        if scope.direction == "forward":
            if cue.end <= start:
                return not self._parted(text, cue, cue.end, start, around) and not (scope.negates and _list_over(text, cue.end, start))
            return cue.start <= start and end <= cue.end and not scope.negates
        if cue.start >= end:
            if (scope.last and cue.start - end > LAST_REACH) or self._parted(text, cue, end, cue.start, around):
                return False
            whole = cue.rule.says == "preferred" and _is_listed(text, sentence.start, start, end, cue.start)
            return whole or not _earlier_item(text, end, cue.start)
        shown = _EXAMPLES.match(text, cue.end) if cue.end <= start else None  # "a plus, e.g. Docker"
        return shown is not None and shown.end() <= start and not self._parted(text, cue, shown.end(), start, around)

    def _cues_in(self, text: str, low: int, high: int, sentence: Span, demands: bool) -> tuple[list[Hit], list[tuple[Hit, Scope]]]:
        """The cues that start in [low, high) of a sentence, and those of them that count there, with their scopes."""
        first, behind = bisect_left(self._starts, low), bisect_left(self._starts, high)
        if first == behind:
            return [], []
        around = [cue for cue in self._cues[first:behind] if cue.end <= sentence.end]
        scoped = [(cue, _scope(cue.rule)) for cue in around if demands or cue.rule.says != "demand"]  # type: ignore[union-attr]
        return around, [(cue, scope) for cue, scope in scoped if scope.opens is None or _near_start(text, sentence.start, cue, scope.opens)]

    def _parted(self, text: str, cue: Hit, low: int, high: int, around: list[Hit]) -> bool:
        """Whether a terminator, another verdict or a bracket's end stands between [low, high)."""
        if bisect_left(self._ends, low) != bisect_left(self._ends, high):
            return True
        assert cue.rule is not None
        says = cue.rule.says
        if says in VERDICTS:
            for other in around:
                if low <= other.start and other.end <= high and other.rule and other.rule.says != says and other.rule.says in VERDICTS:
                    return True
        between = text[low:high]
        until = _scope(cue.rule).until
        if until and not until.isdisjoint(_WORDS.findall(between.lower())):
            return True
        if " - " in between or " – " in between:
            return True
        # A cue inside brackets speaks of the bracket, or of the one thing before it.
        if cue.start >= high and between.rfind("(") > between.rfind(")"):
            before, inside = between.rsplit("(", 1)
            if inside.strip():
                return True
            return not re.search(r"\b(?:and|or)\b", before) and ("," in before or len(_WORDS.findall(before)) > 5)
        return cue.end <= low and between.count("(") < between.count(")")


class Scope(NamedTuple):
    """How far a rule's cues reach: the fields of `levels.toml`.

    Attributes:
        opens: how many words may stand before a cue that opens its sentence; None for one that may stand anywhere.
    """

    direction: str
    opens: int | None
    last: bool
    until: frozenset[str]
    negates: bool


@lru_cache(maxsize=1024)
def _scope(rule: Rule) -> Scope:
    get = rule.options.get
    return Scope(get("direction", "sentence"), get("opens"), bool(get("last")), frozenset(get("until", ())), rule.says == "negated")


def is_mid_clause(text: str, hit: Hit) -> bool:
    """Whether a cue that only counts at the end of its clause has a word behind it."""
    return bool(hit.rule and hit.rule.options.get("last") and _NEXT.match(text, hit.end))


def _near_start(text: str, start: int, cue: Hit, most: int) -> bool:
    """Whether no more words stand before the cue in its sentence than may; those of a label do not count."""
    if cue.start - start > 120 or text[cue.end : cue.end + 1] == ":":
        return False
    lead = text[start : cue.start].rsplit(":", 1)[-1]
    return len(_WORDS.findall(lead)) <= most


def _distance(cue: Hit, start: int, end: int) -> int:
    return cue.start - end if cue.start >= end else max(0, start - cue.end)


def _list_over(text: str, low: int, high: int) -> bool:
    """Whether a negation's list is over: it reaches across commas and "or", not past another clause."""
    between = text[low:high]
    return len(between.split()) > 8 or bool(re.search(r"[.;:]|, (?:and|we|you|our|just|only)\b", between))


def _is_listed(text: str, begin: int, start: int, low: int, high: int) -> bool:
    """Whether a list of one thing is softened as a whole: "Experience with HDFS, Spark, Kafka is a plus"."""
    return _LISTED.search(text, max(begin, start - LAST_REACH), start) is not None and not _OPENERS.search(text, low, high)


def _earlier_item(text: str, low: int, high: int) -> bool:
    """Whether a backward cue speaks of a later item only: "Python, SQL, Spark a plus" softens Spark.

    A list that ends in "and" or "or" is spoken of as a whole.
    """
    between = text[low:high]
    if between.count(")") == between.count("(") and text.rfind("(", max(0, low - 200), low) > text.rfind(")", max(0, low - 200), low):
        return False  # both in one bracket: "(Python, Java preferred)"
    if between.count(")") > between.count("("):
        between = between[between.rfind(")") + 1 :]  # it stands in a bracket, and that is one item
    outside = re.sub(r"\([^()]*\)", "", between)
    if "," not in outside:
        return False
    before, tail = outside.rsplit(",", 1)
    last = _EMPTY.sub("", tail).strip(" .")
    if not last:
        return False
    if re.match(r"\s*(?:and|or|and/or|&)\b", tail):
        return False
    if re.search(r"\b(?:and|or)\b|&|/|\betc\b", last):
        return any(len(item.split()) > ITEM_WORDS for item in before.split(","))
    return not re.search(r"\b(?:and|or)\b", outside) or bool(re.search(r"\b(?:is|are)\b", tail))
