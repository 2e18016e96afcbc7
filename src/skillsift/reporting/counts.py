"""From tallies to the figures of a report; no figure hangs on the order of the input."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from heapq import nsmallest

from skillsift.model import LEVELS, STAGES, Level
from skillsift.reporting.asked import asked, pay
from skillsift.reporting.beyond import find_beyond
from skillsift.reporting.changes import changes, trend
from skillsift.reporting.corpus import Corpus, collect
from skillsift.reporting.figures import NOT_TOLD, Ad, Change, Comparison, Count, Evidence, Figures, SkillFigure, Split, Unasked
from skillsift.reporting.samples import EVIDENCE, Samples
from skillsift.reporting.statistics import wilson
from skillsift.reporting.tally import Tally, ad_of
from skillsift.reporting.together import coverage, together
from skillsift.vocabulary.schema import Vocabulary

#: What postings can be split by without a column of that name.
BY = ("stage", "track", "month", "company")


def figures(
    corpus: Corpus,
    vocabulary: Vocabulary,
    *,
    by: str | None = None,
    known: Callable[[str], bool] | None = None,
    against: Corpus | None = None,
) -> Figures:
    """Every figure of a report.

    Args:
        by: "stage", "track", "month", "company", or a column's name that the tallies carry.
        known: with `--beyond`: whether the vocabulary reads something in a term by itself.
        against: the postings to compare with.
    """
    tallies = corpus.tallies
    levels = [tally.levels for tally in tallies]
    skills, ads = _skills(tallies, corpus.samples, vocabulary)
    ids = [skill.id for skill in skills]
    splits = {column: _split(tallies, column, ids) for column in dict.fromkeys(("stage", "track", "month", *([by] if by else [])))}
    names = {skill.id: skill.name for skill in skills}
    comparison = None
    if against is not None:
        before = _counted(against.tallies)
        names |= {id_: _name(id_, vocabulary) for id_ in before}
        compared = changes(before, len(against.tallies), _counted(tallies), len(tallies), names)
        comparison = Comparison(", ".join(against.reading.inputs), against.reading, compared)
    openers = vocabulary.text.openers
    return Figures(
        reading=corpus.reading,
        ads=ads,
        skills=skills,
        stages=splits["stage"].groups,
        tracks=splits["track"].groups,
        splits=tuple(split for split in splits.values() if len(split.groups) > 1 or split.column == by),
        by=splits[by] if by else None,
        trend=trend(splits["month"], names),
        together=together(levels, skills),
        coverage=coverage(levels, skills),
        asked=asked(tallies),
        pay=pay(tallies),
        unasked=_unasked(skills, vocabulary),
        beyond=None if known is None else find_beyond(tallies, corpus.samples.examples, openers, known),
        against=comparison,
        names=names,
    )


def count(tallies: Iterable[Tally], vocabulary: Vocabulary, by: str | None = None) -> Figures:
    """The figures of a report in one go: `collect`, then `figures`."""
    return figures(collect(tallies, vocabulary), vocabulary, by=by)


def only(report: Figures, group: str, vocabulary: Vocabulary) -> Figures:
    """The same report with the skills of one group alone in its ranking, changes and gaps; pairs and coverage stay whole."""

    def within(changes: tuple[Change, ...]) -> tuple[Change, ...]:
        return tuple(change for change in changes if change.id in keep)

    keep = {id_ for id_, concept in vocabulary.concepts.items() if concept.group == group}
    return replace(
        report,
        skills=tuple(skill for skill in report.skills if skill.id in keep),
        trend=report.trend and replace(report.trend, changes=within(report.trend.changes)),
        against=report.against and replace(report.against, changes=within(report.against.changes)),
        unasked=tuple(concept for concept in report.unasked if concept.group == group),
    )


def _counted(tallies: Iterable[Tally]) -> Counter[str]:
    """Skill id → postings that name it."""
    return Counter(id_ for tally in tallies for id_ in tally.levels)


def _name(id_: str, vocabulary: Vocabulary) -> str:
    concept = vocabulary.concepts.get(id_)
    return concept.name if concept else id_


def _skills(tallies: Sequence[Tally], samples: Samples, vocabulary: Vocabulary) -> tuple[tuple[SkillFigure, ...], tuple[Ad, ...]]:
    """The skills ranked, and the postings that their evidence points to."""
    naming: defaultdict[str, list[Tally]] = defaultdict(list)
    for tally in tallies:
        for id_ in tally.levels:
            naming[id_].append(tally)
    found = [_skill(id_, named, len(tallies), vocabulary) for id_, named in naming.items()]
    found.sort(key=lambda skill: (-skill.postings, -skill.required, skill.name, skill.id))
    ads: dict[str, int] = {}
    entries: list[Ad] = []
    for at, skill in enumerate(found):
        evidence = []
        sentences = samples.of(skill.id)
        for tally in _telling(skill.id, naming[skill.id], sentences):
            if tally.ad not in ads:
                ads[tally.ad] = len(entries)
                entries.append(ad_of(tally))
            told = sentences.get(tally.ad)
            sentence = (told.sentence, told.start, told.end) if told else (None, 0, 0)
            evidence.append(Evidence(ads[tally.ad], tally.levels[skill.id], *sentence))
        found[at] = replace(skill, evidence=tuple(evidence))
    return tuple(found), tuple(entries)


def _skill(id_: str, named: Sequence[Tally], postings: int, vocabulary: Vocabulary) -> SkillFigure:
    counted = Counter(tally.levels[id_] for tally in named)
    concept = vocabulary.concepts.get(id_)
    low, high = wilson(len(named), postings)
    return SkillFigure(
        id=id_,
        name=concept.name if concept else id_,
        group=concept.group if concept else "",
        guide=concept.guide if concept else "",
        pack=concept.pack if concept else "",
        postings=len(named),
        share=len(named) / postings,
        low=low,
        high=high,
        required=counted[Level.REQUIRED],
        preferred=counted[Level.PREFERRED],
        mentioned=counted[Level.MENTIONED],
    )


def _telling(id_: str, named: Sequence[Tally], sentences: Collection[str]) -> list[Tally]:
    """The postings that are a skill's evidence: with a sentence first, then the strongest levels.

    Beyond that the digest of the ad decides, which is as good as a draw and always the same one.
    """
    return nsmallest(EVIDENCE, named, key=lambda tally: (tally.ad not in sentences, LEVELS.index(tally.levels[id_]), tally.ad))


def _split(tallies: Sequence[Tally], column: str, ids: Collection[str]) -> Split:
    def group_of(tally: Tally) -> str:
        return (getattr(tally, column) if column in BY else tally.groups.get("column")) or NOT_TOLD

    sizes = Counter(map(group_of, tallies))
    named = Counter((id_, group_of(tally)) for tally in tallies for id_ in tally.levels)
    order = _order(column, sizes)
    return Split(
        column=column,
        groups=tuple(Count(group, sizes[group], sizes[group] / len(tallies)) for group in order),
        counts={id_: tuple(named[id_, group] for group in order) for id_ in ids},
    )


def _order(column: str, sizes: Mapping[str, int]) -> list[str]:
    if column == "stage":
        known = [stage for stage in (*STAGES, NOT_TOLD) if sizes.get(stage)]
        return known + sorted(set(sizes) - set(known))
    if column == "month":
        return sorted(sizes)  # "not told" sorts behind the digits
    return sorted(sizes, key=lambda group: (-sizes[group], group))


def _unasked(skills: Iterable[SkillFigure], vocabulary: Vocabulary) -> tuple[Unasked, ...]:
    wanted = {skill.id for skill in skills if skill.required or skill.preferred}
    mentioned = {skill.id: skill.mentioned for skill in skills}
    return tuple(
        Unasked(concept.id, concept.name, concept.group, concept.guide, mentioned.get(concept.id, 0))
        for concept in vocabulary.concepts.values()
        if concept.pack == "guide" and concept.id not in wanted
    )
