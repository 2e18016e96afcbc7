"""The gap between what a person has and what postings require: how many are open, and what to learn next.

A posting is *open* when every need of it is met by one of the skills had, and *near* when one more skill would open it. A posting that
requires no skill of the vocabulary says nothing of either and is counted apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from skillsift.model import STAGES
from skillsift.reporting.demands import Demand, Need, each_once
from skillsift.reporting.path import GuidePath, Step
from skillsift.vocabulary.schema import Vocabulary

NOT_TOLD = "not told"
#: A skill that is required → itself and the missing skills that cover it: learning any of them is enough.
_MetBy = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Named:
    """A skill, and the step of the guide's path that it belongs to; 0 where it belongs to none."""

    id: str
    name: str
    group: str
    step: int


@dataclass(frozen=True, slots=True)
class Missing:
    """A skill that is not had.

    Attributes:
        opens: postings that it alone, and what it covers, would open.
        asked: postings that require it, or offer it as an alternative, and whose need for it is not met.
        stages: those postings by stage.
    """

    skill: Named
    opens: int
    asked: int
    stages: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A step of the plan: what to learn next, the postings that it newly opens, and how many are open then."""

    skill: Named
    opens: int
    open: int


@dataclass(frozen=True, slots=True)
class Readiness:
    """How far one is at a stage: its postings, those open, those near, and the mean share of a posting's needs that is met."""

    stage: str
    postings: int
    open: int
    near: int
    met: float


@dataclass(frozen=True, slots=True)
class Near:
    """A posting that is not open: what it still lacks (each of one or more alternatives), and how many of its needs are met."""

    id: str | None
    title: str | None
    company: str | None
    stage: str | None
    lacks: tuple[tuple[Named, ...], ...]
    met: int
    needs: int


@dataclass(frozen=True, slots=True)
class PathStep:
    """A step of the guide's path: how many of its skills the postings require, how many of them are had, and which are missing."""

    step: Step
    asked: int
    had: int
    missing: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Everything `skillsift gap` says.

    Attributes:
        have: the skills had by name.
        implied: those that go without saying, each with the one that it follows from.
        read: postings read; duplicates, unread, others (of another stage than asked for) and silent (no skill required) are among them.
        postings: what is left of them; every figure below counts these.
        missing: most opened first. path: in the guide's order; its missing skills most asked for first.
    """

    have: tuple[Named, ...]
    implied: tuple[tuple[Named, Named], ...]
    read: int
    duplicates: int
    unread: int
    others: int
    silent: int
    postings: int
    open: int
    near: int
    stages: tuple[Readiness, ...]
    missing: tuple[Missing, ...]
    plan: tuple[Lesson, ...]
    path: tuple[PathStep, ...]
    nearest: tuple[Near, ...]
    digest: str

    @property
    def next_step(self) -> PathStep | None:
        """The first step of the path with a required skill that is missing."""
        return next((step for step in self.path if step.missing), None)


def find_gap(
    demands: Iterable[Demand],
    have: Collection[str],
    vocabulary: Vocabulary,
    path: GuidePath,
    *,
    stages: Collection[str] = (),
    lessons: int = 20,
    nearest: int = 20,
) -> Gap:
    """Compare what is had with what postings require, each ad once.

    Args:
        have: ids of skills.
        stages: only postings of these stages ("not told" is one); none: all.
        lessons, nearest: how many steps the plan has and how many postings are listed, at most.
    """
    once, duplicates = each_once(demands)
    readable = [demand for demand in once if demand.error is None]
    of_stage = [demand for demand in readable if not stages or (demand.stage or NOT_TOLD) in stages]
    asking = [demand for demand in of_stage if demand.needs]
    had = path.had_with(have)
    lacking = [tuple(need for need in demand.needs if need.isdisjoint(had)) for demand in asking]
    met_by = _met_by({skill for lacks in set(lacking) for need in lacks for skill in need}, path)
    named = _Namer(vocabulary, path)
    order = {id_: at for at, id_ in enumerate(sorted(vocabulary.concepts, key=lambda id_: named(id_).step or len(path.steps) + 1))}
    missing = _missing(asking, lacking, met_by, named, order)
    return Gap(
        have=tuple(named(id_) for id_ in have),
        implied=tuple((named(id_), named(source)) for id_, source in had.items() if source is not None),
        read=len(once) + duplicates,
        duplicates=duplicates,
        unread=len(once) - len(readable),
        others=len(readable) - len(of_stage),
        silent=len(of_stage) - len(asking),
        postings=len(asking),
        open=sum(not lacks for lacks in lacking),
        near=sum(_is_near(lacks, met_by) for lacks in lacking),
        stages=_readiness(asking, lacking, met_by),
        missing=missing,
        plan=_plan(lacking, met_by, named, [entry.skill.id for entry in missing], lessons),
        path=_along(path, asking, had, named, missing),
        nearest=_nearest(asking, lacking, named, order, nearest),
        digest=vocabulary.digest,
    )


class _Namer:
    """A skill's id → its name, group and step; an id that the vocabulary lacks stands for itself."""

    def __init__(self, vocabulary: Vocabulary, path: GuidePath) -> None:
        self._known = {
            id_: Named(id_, concept.name, concept.group, step.number if (step := path.step_of(concept)) else 0)
            for id_, concept in vocabulary.concepts.items()
        }

    def __call__(self, id_: str) -> Named:
        return self._known.get(id_) or Named(id_, id_, "", 0)


def _met_by(missing: Collection[str], path: GuidePath) -> _MetBy:
    learned = {skill: path.learned_with(skill) for skill in missing}
    return {skill: frozenset(other for other in missing if skill in learned[other]) for skill in missing}


def _meeting(lacks: tuple[Need, ...], met_by: _MetBy) -> Counter[str]:
    """How many of a posting's needs each missing skill would meet; those that would meet none are left out."""
    return Counter(skill for need in lacks for skill in frozenset[str]().union(*(met_by[id_] for id_ in need)))


def _is_near(lacks: tuple[Need, ...], met_by: _MetBy) -> bool:
    """Whether one skill would meet all that a posting lacks."""
    return bool(lacks) and len(lacks) in _meeting(lacks, met_by).values()


def _missing(
    asking: Sequence[Demand], lacking: Sequence[tuple[Need, ...]], met_by: _MetBy, named: _Namer, order: Mapping[str, int]
) -> tuple[Missing, ...]:
    opens: Counter[str] = Counter()
    asked: dict[str, Counter[str]] = {}
    for demand, lacks in zip(asking, lacking, strict=True):
        for skill in frozenset[str]().union(*lacks):
            asked.setdefault(skill, Counter())[demand.stage or NOT_TOLD] += 1
        # One skill may meet several needs at once: as an alternative in each, or by what it covers.
        opens.update(skill for skill, met in _meeting(lacks, met_by).items() if met == len(lacks))
    entries = [
        Missing(named(skill), opens[skill], counts.total(), {stage: counts[stage] for stage in (*STAGES, NOT_TOLD) if counts[stage]})
        for skill, counts in asked.items()
    ]
    return tuple(sorted(entries, key=lambda entry: (-entry.opens, -entry.asked, order.get(entry.skill.id, len(order)), entry.skill.id)))


def _readiness(asking: Sequence[Demand], lacking: Sequence[tuple[Need, ...]], met_by: _MetBy) -> tuple[Readiness, ...]:
    found = []
    for stage in (*STAGES, NOT_TOLD):
        of_stage = [(demand, lacks) for demand, lacks in zip(asking, lacking, strict=True) if (demand.stage or NOT_TOLD) == stage]
        if of_stage:
            met = sum(1 - len(lacks) / len(demand.needs) for demand, lacks in of_stage) / len(of_stage)
            is_open = sum(not lacks for _, lacks in of_stage)
            near = sum(_is_near(lacks, met_by) for _, lacks in of_stage)
            found.append(Readiness(str(stage), len(of_stage), is_open, near, met))
    return tuple(found)


def _plan(lacking: Sequence[tuple[Need, ...]], met_by: _MetBy, named: _Namer, order: Sequence[str], lessons: int) -> tuple[Lesson, ...]:
    """What to learn, one skill after the other; what a skill covers comes with it.

    Each time the skill is taken that brings the postings nearest: each that lacks it counts 1 if it opens it, a third of that for every
    further need that stays. (Of the weights tried on three sets of postings, this opened most over the first 20 steps; taking what opens
    most at once comes close, but where nothing opens at once it has no sense of direction.)

    Args:
        order: the missing skills, better ones first; it settles ties.
    """
    rank = {skill: at for at, skill in enumerate(order)}
    left = Counter(lacks for lacks in lacking if lacks)
    open_ = len(lacking) - left.total()
    plan: list[Lesson] = []
    while left and len(plan) < lessons:
        gains: dict[str, float] = defaultdict(float)
        for lacks, postings in left.items():
            for skill, met in _meeting(lacks, met_by).items():
                gains[skill] += postings / 3 ** (len(lacks) - met)
        best = min(gains, key=lambda skill: (-gains[skill], rank[skill]))
        still: Counter[tuple[Need, ...]] = Counter()
        for lacks, postings in left.items():
            still[tuple(need for need in lacks if not any(best in met_by[id_] for id_ in need))] += postings
        opened = still.pop((), 0)
        left = still
        open_ += opened
        plan.append(Lesson(named(best), opened, open_))
    return tuple(plan)


def _along(
    path: GuidePath, asking: Sequence[Demand], had: Collection[str], named: _Namer, missing: Sequence[Missing]
) -> tuple[PathStep, ...]:
    required = frozenset[str]().union(*(need for demand in asking for need in demand.needs))
    by_step: dict[int, list[str]] = {}
    for skill in required:
        by_step.setdefault(named(skill).step, []).append(skill)
    wanted = sorted(missing, key=lambda entry: -entry.asked)
    return tuple(
        PathStep(
            step,
            asked=len(by_step.get(step.number, ())),
            had=sum(skill in had for skill in by_step.get(step.number, ())),
            missing=tuple(entry.skill for entry in wanted if entry.skill.step == step.number),
        )
        for step in path.steps
    )


def _nearest(
    asking: Sequence[Demand], lacking: Sequence[tuple[Need, ...]], named: _Namer, order: Mapping[str, int], most: int
) -> tuple[Near, ...]:
    closed = [(demand, lacks) for demand, lacks in zip(asking, lacking, strict=True) if lacks]
    closed.sort(key=lambda pair: (len(pair[1]), -len(pair[0].needs)))
    return tuple(
        Near(
            id=demand.id,
            title=demand.title,
            company=demand.company,
            stage=demand.stage,
            lacks=tuple(tuple(named(id_) for id_ in sorted(need, key=lambda id_: (order.get(id_, len(order)), id_))) for need in lacks),
            met=len(demand.needs) - len(lacks),
            needs=len(demand.needs),
        )
        for demand, lacks in closed[:most]
    )
