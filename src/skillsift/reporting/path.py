"""The guide's path (`patterns/path.toml`): which step a skill belongs to, and which skills go without saying for whom."""

from __future__ import annotations

import tomllib
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from skillsift.vocabulary.load import patterns_folder
from skillsift.vocabulary.schema import Concept


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the path. The fields are those of `patterns/path.toml`, `number` counts from 1."""

    id: str
    number: int
    name: str
    says: str
    guide: str
    places: frozenset[str]
    groups: frozenset[str]
    skills: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class GuidePath:
    """The steps in order, and what goes with a skill: what it covers (had or learned), what it presumes (had)."""

    steps: tuple[Step, ...]
    covers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    presumes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def step_of(self, concept: Concept) -> Step | None:
        """The step a skill belongs to: named there, else by the passage of the guide that speaks of it, else by its group."""
        for step in self.steps:
            if concept.id in step.skills:
                return step
        passages = {passage.strip() for passage in concept.guide.split(";")}
        for step in reversed(self.steps):
            if passages & step.places:
                return step
        return next((step for step in self.steps if concept.group in step.groups), None)

    def had_with(self, have: Iterable[str]) -> dict[str, str | None]:
        """The skills had, and those that go without saying, each with the one it follows from (None: had by name)."""
        return _follow(have, (self.covers, self.presumes))

    def learned_with(self, skill: str) -> frozenset[str]:
        """A skill, and those that are learned with it."""
        return frozenset(_follow((skill,), (self.covers,)))


def _follow(skills: Iterable[str], tables: Sequence[Mapping[str, tuple[str, ...]]]) -> dict[str, str | None]:
    found: dict[str, str | None] = dict.fromkeys(skills)
    queue = deque(found)
    while queue:
        skill = queue.popleft()
        for table in tables:
            for implied in table.get(skill, ()):
                if implied not in found:
                    found[implied] = found[skill] or skill
                    queue.append(implied)
    return found


@cache
def guide_path() -> GuidePath:
    """The path as it ships."""
    tables = tomllib.loads((patterns_folder() / "path.toml").read_text("utf-8"))
    covers, presumes = ({skill: tuple(others) for skill, others in tables.pop(name).items()} for name in ("covers", "presumes"))
    steps = tuple(
        Step(
            id=id_,
            number=number,
            name=table["name"],
            says=table["says"],
            guide=table["guide"],
            places=frozenset(table["places"]),
            groups=frozenset(table["groups"]),
            skills=frozenset(table.get("skills", ())),
        )
        for number, (id_, table) in enumerate(tables.items(), 1)
    )
    return GuidePath(steps, covers, presumes)
