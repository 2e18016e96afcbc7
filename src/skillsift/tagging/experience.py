"""Years of experience asked for: numbers and words, ranges, ladders by degree; not a company's age or a person's.

Labelling rule: GUIDELINES, years_min and years_max. Years are whole; "1.5" counts as 1.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest

from skillsift.model import DEGREES, DegreeLevel, Experience, Level, SectionKind, Signal
from skillsift.tagging.layout import Span, lowered
from skillsift.tagging.levels import LevelReader
from skillsift.tagging.matching import Hit, Hits
from skillsift.tagging.resolving import Candidate
from skillsift.tagging.sections import Layout

_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
).split()
_VALUE = {word: at for at, word in enumerate(_WORDS, 1)} | {"zero": 0}
_NUMBER = rf"(?:\d{{1,2}}(?:\.\d)?|{'|'.join(sorted(_VALUE, key=len, reverse=True))})"
_OPENERS = "".join(sorted({word[0] for word in _VALUE}))
_PLUS = r"(?:\+|-?plus\b|or more\b|\(or more\)|or above\b|and above\b)"
_OTHER_WORDS = "años?|anos?|ann[io]|ans|jahre?n?|jaar"
_YEARS = re.compile(
    rf"(?=[0-9{_OPENERS}])(?<![\w$€£/#])(?<!\d[.,])(?P<low>{_NUMBER})\s{{0,2}}(?:\(\s?(?:\d{{1,2}})\s?\+?\s?\)\s{{0,2}})?(?P<plus>{_PLUS})?\s{{0,2}}"
    rf"(?:(?:-|–|~|to|or|and|--|a|à|bis|y|e|et|und)\s{{0,2}}(?P<high>{_NUMBER})\s{{0,2}}(?:\(\s?\d{{1,2}}\s?\)\s{{0,2}})?(?P<more>{_PLUS})?\s{{0,2}})?"
    rf"\+?\s?-?\s?(?:full[- ]?time\s|solid\s|full\s)?(?:years?|yrs?|{_OTHER_WORDS})(?![a-z])(?:\(s\))?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"y(?:ear|r)")
#: The same behind a number in the other languages of `levels.toml`.
_OTHER_YEAR = re.compile(rf"[0-9][+)]{{0,2}}\s{{0,2}}(?:{_OTHER_WORDS})\b")
#: A demand's words before "years" take no more characters than this.
YEARS_REACH = 100
_IF_DEGREE = re.compile(r"[^.;\n]{0,40}\b(?:if you (?:have|hold)|with) an? ", re.IGNORECASE)
#: What years stand behind that are an alternative to a degree: "a Bachelor's degree, or 5 years".
_DEGREE_OR = re.compile(r"\b(?:degree|diploma),? or (?:at least |a minimum of |minimum )?$", re.IGNORECASE)
#: What parts years without a degree from a degree that is an alternative to them.
_OR = re.compile(r"\bor (?:an? )?$", re.IGNORECASE)
_QUIET = frozenset((SectionKind.BENEFITS, SectionKind.EQUAL_OPPORTUNITY, SectionKind.FURNITURE))
#: More is a company's age, not a demand.
MOST_YEARS = 25
#: A skill named this near behind the number makes it that skill's own demand (characters).
NEAR = 45
#: A higher degree that is an alternative ("PhD, or MS with 3 years") starts no further before the number than this (characters).
OR_REACH = 360
#: Groups of the guide whose skills are no tools: "5 years in data science" is the posting's own demand.
_FIELDS = frozenset(("technique", "mathematics", "domain", "practice"))


@dataclass(frozen=True, slots=True)
class Years:
    """What a posting says of years.

    Attributes:
        experience: the labels.
        for_stage: the years that tell the stage: beside the lowest degree of a ladder, else `experience.min`.
        per_skill: a concept's id → the years asked of it by name.
    """

    experience: Experience
    for_stage: int | None
    per_skill: Mapping[str, int]
    signals: tuple[Signal, ...] = ()


@dataclass(frozen=True, slots=True)
class _Demand:
    start: int
    end: int
    low: int
    high: int | None
    sentence: Span
    skills: tuple[str, ...]
    more: tuple[str, ...] = ()  # skills of further packs: they have their years from it, and leave it the posting's own demand


def read_experience(
    text: str,
    hits: Hits,
    layout: Layout,
    levels: LevelReader,
    degrees: Sequence[tuple[Hit, DegreeLevel]],
    candidates: Sequence[Candidate],
    groups: Mapping[str, str],
    more: Sequence[Candidate] = (),
) -> Years:
    """The years that a cleaned text demands.

    Args:
        degrees: the degree words, for ladders ("BS and 5, MS and 3").
        candidates: the skills named, in text order, for "5 years of Python".
        groups: a concept's id → its group.
        more: the skills of further packs, likewise.
    """
    demands = _demands(text, hits, layout, levels, candidates, groups, more)
    if not demands:
        return Years(Experience(), None, {})
    ladders = _ladders(text, demands, degrees, layout)
    in_ladder = {demand for ladder in ladders for demand, _ in ladder}
    single = [demand for demand in demands if demand not in in_ladder]
    overall = [demand for demand in single if not demand.skills]
    chosen = max(overall, key=lambda d: (d.low, -d.start), default=None)
    for_stage = chosen.low if chosen else None
    for ladder in ladders:
        least = min((demand for demand, _ in ladder), key=lambda d: d.low)
        chosen = chosen or least
        beside_lowest = min(ladder, key=lambda step: DEGREES.index(step[1]))[0].low
        for_stage = max(for_stage or 0, beside_lowest)
    if chosen is None:
        chosen = max(single, key=lambda d: (d.low, -d.start))
        for_stage = chosen.low
    per_skill: dict[str, int] = {}
    for demand in demands:
        for skill in (*demand.skills, *demand.more):
            per_skill[skill] = max(per_skill.get(skill, 0), demand.low)
    signals = tuple(
        Signal("years", f"{d.low}{'' if d.high is None else f'-{d.high}'}", text[d.start : d.end], "text", d.start, d.end) for d in demands
    )
    return Years(Experience(chosen.low, chosen.high), for_stage, per_skill, signals)


def _demands(
    text: str,
    hits: Hits,
    layout: Layout,
    levels: LevelReader,
    candidates: Sequence[Candidate],
    groups: Mapping[str, str],
    more: Sequence[Candidate],
) -> list[_Demand]:
    found: list[_Demand] = []
    instead: list[_Demand] = []  # of a degree: these count only where no other years are asked
    numbers = list(_numbers(text))
    if not numbers:
        return found
    rules = hits.rules("experience")
    starts = [hit.start for hit in rules]
    for number in numbers:
        start, end = number.span()
        sentence, section, kind = layout.at(start)
        low, high = _value(number["low"]), _value(number["high"]) if number["high"] else None
        if low > MOST_YEARS or kind in _QUIET:
            continue
        near: dict[str, list[Hit]] = {"demand": [], "not": [], "recommended": [], "less-than": [], "no-degree": [], "substitute": []}
        for hit in rules[bisect_left(starts, start - 90) : bisect_left(starts, end + 120)]:
            if hit.rule and sentence.start <= hit.start and hit.end <= sentence.end:
                near[hit.rule.says].append(hit)
        if any(hit.end > start - 60 and hit.start < end + 30 for hit in near["not"]):
            continue
        if any(0 <= start - hit.end <= 2 for hit in near["substitute"]):
            continue
        asked = any(hit.end > start - 60 and hit.start < end + 80 for hit in near["demand"])
        if not asked and kind not in (SectionKind.REQUIREMENTS, SectionKind.PREFERRED):
            continue
        if kind == SectionKind.COMPANY and not levels.demanded(text, start, end, sentence) and not asked:
            continue
        if _recommended(text, number, near["recommended"]) or levels.read(text, start, end, sentence, kind, section.heading).level in (
            Level.PREFERRED,
            None,
        ):
            continue
        if any(0 <= start - hit.end <= 2 for hit in near["less-than"]):
            low, high = 0, low
        elif number["more"] or (number["plus"] and high is None):
            high = None
        named: tuple[tuple[str, ...], ...] = ((), ())
        if not re.search(
            r"\b(?:professional|industry|industrial|work|relevant|overall|total|software|engineering|development)\b", text[end : end + NEAR]
        ):
            named = _behind(end, sentence, candidates, groups), _behind(end, sentence, more, groups)
        demand = _Demand(start, end, low, high, sentence, *named)
        first = not found or found[-1].sentence != sentence
        behind_or = first and _DEGREE_OR.search(text, max(sentence.start, start - 40), start)
        lacking = behind_or or any(_instead(text, number, hit) for hit in near["no-degree"])
        (instead if lacking else found).append(demand)
    return found if any(not demand.skills for demand in found) else sorted([*found, *instead], key=lambda d: d.start)


def _behind(end: int, sentence: Span, candidates: Sequence[Candidate], groups: Mapping[str, str]) -> tuple[str, ...]:
    """The tools named right behind a number of years that ends at `end`: it is asked of them."""
    first = bisect_left(candidates, end, key=lambda candidate: candidate.start)
    skills: list[str] = []
    edge = end + NEAR
    for candidate in candidates[first : first + 6]:
        if candidate.start > edge or candidate.start >= sentence.end:
            break
        if not candidate.dropped and groups[candidate.id] not in _FIELDS:
            skills.append(candidate.id)
            edge = candidate.end + 10
    return tuple(dict.fromkeys(skills))


def _numbers(text: str) -> Iterator[re.Match[str]]:
    """Numbers of years. The word is looked for first, since most texts have few."""
    low = high = 0
    small = lowered(text)
    years = list(_YEAR.finditer(small))
    if others := list(_OTHER_YEAR.finditer(small)):
        years = sorted([*years, *others], key=re.Match.start)
    for year in years:
        if year.start() - YEARS_REACH > high:
            yield from _YEARS.finditer(text, low, high)
            low = max(high, year.start() - YEARS_REACH)
        high = max(high, year.end() + 4)
    yield from _YEARS.finditer(text, low, high)


def _recommended(text: str, number: re.Match[str], wishes: Sequence[Hit]) -> bool:
    """Whether the years are wished for, not asked for: "ideally 5 years", "5 years in trials recommended"."""
    for hit in wishes:
        if hit.start >= number.end() and not re.search(r"[,;.(]", text[number.end() : hit.start]):
            return True
        if hit.end <= number.start() and number.start() - hit.end <= 14 and not re.search(r"[,;.]", text[hit.end : number.start()]):
            return True
    return False


def _instead(text: str, number: re.Match[str], lack: Hit) -> bool:
    """Whether years are asked of those who lack a degree: "without a degree, 8 years", "8 years without a degree"."""
    if lack.end <= number.start():
        return not re.search(r"\bor\b|y(?:ear|r)", text[lack.end : number.start()])
    return lack.start >= number.end() and not re.search(r"\bor\b|[,;.]", text[number.end() : lack.start])


def _ladders(
    text: str, demands: list[_Demand], degrees: Sequence[tuple[Hit, DegreeLevel]], layout: Layout
) -> list[list[tuple[_Demand, DegreeLevel]]]:
    """Years told by degree, as alternatives: in one sentence, or in sentences that follow each other with one degree each."""
    starts = [hit.start for hit, _ in degrees]  # degrees and demands are in text order, and none overlaps another of its kind
    ladders: list[list[tuple[_Demand, DegreeLevel]]] = []
    by_sentence: dict[int, list[tuple[_Demand, DegreeLevel]]] = {}
    for sentence, group in groupby(demands, key=lambda demand: demand.sentence):
        together = list(group)
        low, high = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        high -= high > low and degrees[high - 1][0].end > sentence.end
        steps: list[tuple[_Demand, DegreeLevel]] = []
        passed = low
        leads = len(together) == 1 or (low < high and starts[low] < together[0].start)
        for demand, following in zip_longest(together, together[1:]):
            here = bisect_left(starts, demand.start, low, high)
            before = [pair for pair in degrees[passed:here] if pair[0].end <= demand.start]
            passed = bisect_left(starts, demand.end, low, high)
            # "BS with 5 years": the degree before; "5 years with a BS": the degree behind. MS/PhD beside each other: the lower.
            if before and leads:
                last = before[-1][0].start
                steps.append((demand, min((lvl for hit, lvl in before if last - hit.start < 25), key=DEGREES.index)))
            elif passed < high:
                # "5 years, or a PhD and 2 years", "8 years, or 4 years with an MS": the years without a degree are for the lowest
                degree = degrees[passed][0].start
                alone = _OR.search(text, max(demand.end, degree - 8), degree) is not None
                if following is not None and following.start < degree:  # a degree stands for years: without one they are more
                    alone = following.low < demand.low and re.search(r"\bor\b", text[demand.end : following.start]) is not None
                steps.append((demand, DEGREES[0] if alone else degrees[passed][1]))
                leads = leads or alone
        if steps:
            by_sentence[sentence.start] = steps
        # "PhD, or MS with 3 years": one number, but an alternative to a higher degree without one
        if len(steps) == 1:
            demand, level = steps[0]
            near = degrees[bisect_left(starts, demand.start - OR_REACH, low, high) : bisect_left(starts, demand.start, low, high)]
            if any(
                DEGREES.index(other) > DEGREES.index(level)
                and hit.end <= demand.start
                and demand.start - hit.end < 160
                and re.search(r"\bor\b", text[hit.end : demand.start])
                for hit, other in near
            ):
                ladders.append(steps)
    # "6 years of experience. 3 years if you have a PhD": the one without a degree is for the lowest
    plain: _Demand | None = None
    ends = [hit.end for hit, _ in degrees]
    for demand in demands:
        if plain and (found := _IF_DEGREE.match(text, demand.end)):
            beside = bisect_right(ends, found.start())
            if beside < len(degrees) and degrees[beside][0].start <= found.end() + 2:
                ladders.append([(plain, DEGREES[0]), (demand, degrees[beside][1])])
        if demand.sentence.start not in by_sentence:
            plain = demand
    run: list[tuple[_Demand, DegreeLevel]] = []
    order = {span.start: at for at, span in enumerate(layout.sentences.spans)} if len(by_sentence) > 1 else {}
    for start in sorted(by_sentence):
        steps = by_sentence[start]
        if (
            run
            and order[start] - order[run[-1][0].sentence.start] <= 2
            and {level for _, level in steps}.isdisjoint(level for _, level in run)
        ):
            run = [*run, *steps]
        else:
            if len({level for _, level in run}) > 1:
                ladders.append(run)
            run = list(steps)
    if len({level for _, level in run}) > 1:
        ladders.append(run)
    return ladders


def _value(number: str) -> int:
    return _VALUE[number.lower()] if number.lower() in _VALUE else int(float(number))
