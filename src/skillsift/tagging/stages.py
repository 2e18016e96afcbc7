"""The guide's career stage and track of a posting, from its signals in the labelling rules' order of evidence:
title, a level said in the text, the years asked, the duties (GUIDELINES, stage and track; facts in `patterns/stages.toml`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from skillsift.model import STAGES, SectionKind, Signal, Stage, Track
from skillsift.tagging.matching import Hit, Hits
from skillsift.tagging.rewriting import CleanText
from skillsift.tagging.sections import Layout
from skillsift.vocabulary.schema import Rule, Vocabulary

#: How far into a text its opening words reach: many sources put the title there again.
OPENING = 160
#: A title word in the opening counts only this near before a role's name (characters).
_ROLE = re.compile(r"\b(?:engineers?|scientists?|developers?|analysts?|architects?|managers?|programmers?|researchers?)\b", re.IGNORECASE)
_TRACKS: Mapping[str, Track] = {
    "management": Track.MANAGEMENT,
    "research": Track.RESEARCH,
    "research-engineer": Track.RESEARCH,
    "architect": Track.ARCHITECT,
}
#: Of several tracks in one title the first of these counts.
_TRACK_ORDER = ("management", "architect", "research", "research-engineer")


@dataclass(frozen=True, slots=True)
class Placed:
    """Stage and track of a posting, how sure that is (0 to 1), and why."""

    stage: Stage | None
    track: Track
    confidence: float
    because: tuple[str, ...]
    signals: tuple[Signal, ...]


class StageReader:
    """Places postings on the career path with one vocabulary's words and facts."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        facts = vocabulary.stages
        self._years: list[tuple[Stage, int]] = [(stage, facts[stage]["years"][0]) for stage in STAGES if "years" in facts[stage]]
        self._confidence: Mapping[str, float] = facts["confidence"]
        self._needed: Mapping[str, int] = facts["duties"]["needed"]

    def __call__(
        self, title: CleanText | None, title_hits: Hits | None, text: CleanText, hits: Hits, layout: Layout, years: int | None
    ) -> Placed:
        """Place one posting.

        Args:
            title: the cleaned job title, and what was found in it.
            years: the years of experience that tell the stage, if any are asked.
        """
        signals: list[Signal] = []
        because: list[str] = []
        in_title: list[Hit] = []
        if title is not None and title_hits is not None:
            in_title = [hit for hit in _largest(title_hits.rules("seniority")) if _field(hit) == "title"]
            signals += [_signal("title", hit, title, "title") for hit in in_title]
        opening = [hit for hit in self._opening(text.text, hits) if _says_stage(hit)]
        said = [hit for hit in hits.rules("seniority") if _field(hit) == "text" and self._counts(layout, hit)]
        duties = [hit for hit in hits.rules("seniority") if _field(hit) == "duty" and self._counts(layout, hit)]
        signals += [_signal("text", hit, text, "text") for hit in (*opening, *said)]
        signals += [_signal("duty", hit, text, "text") for hit in duties]

        by_evidence: list[tuple[str, Stage, str]] = []
        if stage_hits := [hit for hit in in_title if _says_stage(hit)]:
            top = max(stage_hits, key=_rank)
            assert title is not None
            by_evidence.append(("title", _stage(top), f"title says “{title.text[top.start : top.end]}”"))
        if opening or said:
            top = max(opening, key=_rank) if opening else _first_strongest(said)
            by_evidence.append(("text", _stage(top), f"the text says “{text.text[top.start : top.end]}”"))
        if years is not None:
            stage = [stage for stage, least in self._years if years >= least][-1]
            by_evidence.append(("years", stage, f"{years}+ years asked" if years else "no years of experience needed"))
        if (stage_from_duties := self._from_duties(duties, text.text)) is not None:
            by_evidence.append(("duties", *stage_from_duties))

        track, why = self._track(in_title, title, duties, text.text)
        because += [reason for _, _, reason in by_evidence]
        if why:
            because.append(why)
        if not by_evidence:
            return Placed(None, track, self._confidence["none"], tuple(because), tuple(signals))
        kind, stage, _ = by_evidence[0]
        confidence = self._confidence[kind]
        for _, other, _ in by_evidence[1:]:
            confidence += self._confidence["agrees"] if other == stage else self._confidence["disagrees"]
        if not layout.found:
            confidence += self._confidence["no_sections"]
        return Placed(stage, track, round(min(0.99, max(0.2, confidence)), 2), tuple(because), tuple(signals))

    @staticmethod
    def _opening(text: str, hits: Hits) -> list[Hit]:
        """Title words in the text's opening, where they stand before a role's name: "Senior ML Engineer, Austin"."""
        found: list[Hit] = []
        for hit in hits.rules("seniority"):
            if hit.start >= OPENING:
                break
            if _field(hit) != "title" or not text[hit.start].isupper() or text[hit.start : hit.end] == "I":
                continue  # "I" before a role is no number: "I'm an engineer"
            line_end = text.find("\n", hit.end)
            behind = text[hit.end : min(hit.end + 60, line_end if line_end >= 0 else len(text))]
            role = _ROLE.search(behind)
            line_start = text.rfind("\n", 0, hit.start) + 1
            heads = len(text[line_start : hit.start].split()) <= 6 and not re.search(r"[.!?]", text[line_start : hit.start])
            if (
                role
                and heads
                and not re.search(r"[.;:]|\b(?:is|and|we|to)\b", behind[: role.start()])
                and not role[0].lower().endswith("s")
            ):
                found.append(hit)
        return found

    @staticmethod
    def _counts(layout: Layout, hit: Hit) -> bool:
        return layout.section_at(hit.start).kind not in (SectionKind.FURNITURE, SectionKind.EQUAL_OPPORTUNITY, SectionKind.BENEFITS)

    def _from_duties(self, duties: Sequence[Hit], text: str) -> tuple[Stage, str] | None:
        for stage in reversed(STAGES):
            phrases = list(dict.fromkeys(text[hit.start : hit.end].lower() for hit in duties if hit.rule and hit.rule.says == stage))
            if phrases and len(phrases) >= self._needed[stage]:
                return stage, "duties: " + ", ".join(f"“{phrase}”" for phrase in phrases[:3])
        return None

    def _track(self, in_title: Sequence[Hit], title: CleanText | None, duties: Sequence[Hit], text: str) -> tuple[Track, str]:
        for says in _TRACK_ORDER:
            hit = next((hit for hit in in_title if hit.rule and hit.rule.says == says), None)
            if hit is None:
                continue
            if says == "research-engineer":
                phrases = {text[duty.start : duty.end].lower() for duty in duties if duty.rule and duty.rule.says == "research"}
                if len(phrases) < self._needed["research"]:
                    continue
            assert title is not None
            return _TRACKS[says], f"title says “{title.text[hit.start : hit.end]}”: {_TRACKS[says]}"
        return Track.INDIVIDUAL, ""


def _field(hit: Hit) -> Any:
    return hit.rule.options.get("field") if hit.rule else None


def _says_stage(hit: Hit) -> bool:
    return bool(hit.rule and hit.rule.says in tuple(STAGES))


def _stage(hit: Hit) -> Stage:
    assert hit.rule is not None
    return Stage(hit.rule.says)


def _rank(hit: Hit) -> int:
    return STAGES.index(_stage(hit))


def _first_strongest(hits: Sequence[Hit]) -> Hit:
    """Of levels said in the text the one said most often, then the first."""
    counts: dict[Stage, int] = {}
    for hit in hits:
        counts[_stage(hit)] = counts.get(_stage(hit), 0) + 1
    best = max(counts, key=lambda stage: counts[stage])
    return next(hit for hit in hits if _stage(hit) == best)


def _largest(hits: Sequence[Hit]) -> list[Hit]:
    """Hits of one rule that lie inside a longer one of the same rule left out: "head of" needs no "head" beside it."""
    widest: dict[Rule | None, Hit] = {}  # of each rule the hit that reaches furthest of those so far
    inside: set[Hit] = set()
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        longer = widest.setdefault(hit.rule, hit)
        if longer.end < hit.end:
            widest[hit.rule] = hit
        elif (longer.start, longer.end) != (hit.start, hit.end):
            inside.add(hit)
    return [hit for hit in hits if hit not in inside]


def _signal(kind: str, hit: Hit, source: CleanText, field: str) -> Signal:
    assert hit.rule is not None
    return Signal(kind, hit.rule.says, source.text[hit.start : hit.end], field, hit.start, hit.end)
