"""The values that pass between the stages, and the record that comes out. Frozen; no behaviour but `to_dict`.

Every offset counts characters of the text exactly as it was given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Level(StrEnum):
    """How strongly a posting asks for a skill (labelling rule: the strongest of its mentions)."""

    REQUIRED = "required"
    PREFERRED = "preferred"
    MENTIONED = "mentioned"


class SectionKind(StrEnum):
    """What the part of a posting is that a sentence stands in."""

    REQUIREMENTS = "requirements"
    PREFERRED = "preferred"
    RESPONSIBILITIES = "responsibilities"
    COMPANY = "company"
    BENEFITS = "benefits"
    EQUAL_OPPORTUNITY = "equal-opportunity"
    FURNITURE = "furniture"  # a job board's own widgets and menus round the posting
    OTHER = "other"


class Stage(StrEnum):
    """A career stage of the guide, lowest first."""

    ENTRY = "entry"
    MID = "mid"
    SENIOR = "senior"
    STAFF = "staff"


class Track(StrEnum):
    """The kind of work within a stage (guide: career path)."""

    INDIVIDUAL = "individual"
    MANAGEMENT = "management"
    RESEARCH = "research"
    ARCHITECT = "architect"


class DegreeLevel(StrEnum):
    """An academic degree, lowest first."""

    BACHELOR = "bachelor"
    MASTER = "master"
    PHD = "phd"


STAGES = tuple(Stage)
DEGREES = tuple(DegreeLevel)
LEVELS = tuple(Level)  # strongest first

#: A stage told with less confidence is shown as unsure, with the reasons.
UNSURE_BELOW = 0.7
#: Set before the name of a result column, as often as need be, where a table has a column of that name already.
PREFIX = "skillsift_"


@dataclass(frozen=True, slots=True)
class Stated:
    """A fact that the source states in a field of its own, beside the text: pay, years of experience, or the degree required.

    Attributes:
        field: the field's name in the source, such as "baseSalary".
        text: what stands in it, as written.
    """

    value: Salary | Experience | DegreeLevel
    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Posting:
    """One job posting as it was read.

    Attributes:
        text: the description. For an HTML document, the plain text taken from it.
        title: the job title, where the source tells it apart from the text.
        id: as the source has it, as text; None where it has none.
        fields: whatever else the source says of it, by column name.
        derived: whether `text` was made by the reader (from HTML) and so must go with the record.
        error: why the posting could not be read, in one line; its text is then empty.
        stated: what the source states of pay, years and degree in fields of its own, beside the text.
    """

    text: str
    title: str | None = None
    id: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    derived: bool = False
    error: str | None = None
    stated: tuple[Stated, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a skill is named: `text == given[start:end]`."""

    start: int
    end: int
    text: str
    level: Level
    section: SectionKind
    because: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """A candidate that was not counted, and why not."""

    id: str
    start: int
    end: int
    text: str
    section: SectionKind
    because: str


@dataclass(frozen=True, slots=True)
class Skill:
    """A concept of the vocabulary that the posting names, with every mention in text order."""

    id: str
    name: str
    group: str
    pack: str
    level: Level
    mentions: tuple[Mention, ...]
    years: int | None = None


@dataclass(frozen=True, slots=True)
class Experience:
    """Years of experience asked for, whole years; of a ladder by degree the least demanding step."""

    min: int | None = None
    max: int | None = None


@dataclass(frozen=True, slots=True)
class Degree:
    """The lowest degree accepted as enough, and the highest named as a plus."""

    required: DegreeLevel | None = None
    preferred: DegreeLevel | None = None


@dataclass(frozen=True, slots=True)
class Salary:
    """Pay as stated; `min` is None for "up to". Amounts in units of `currency` (ISO 4217) a `period`."""

    min: float | None
    max: float | None
    currency: str
    period: str


@dataclass(frozen=True, slots=True)
class Signal:
    """A piece of evidence for stage, track or one of the fields.

    `field`: "title" or "text", which the offsets count in; or the field of the source that states it, whose content `text` then is.
    """

    kind: str
    points_to: str
    text: str
    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TaggedPosting:
    """Everything skillsift says about a posting. `to_dict()` gives the published record."""

    posting: Posting
    skills: tuple[Skill, ...] = ()
    any_of: tuple[tuple[str, ...], ...] = ()
    experience: Experience = Experience()
    degree: Degree = Degree()
    salary: Salary | None = None
    signals: tuple[Signal, ...] = ()
    stage: Stage | None = None
    track: Track = Track.INDIVIDUAL
    confidence: float = 0.0
    because: tuple[str, ...] = ()
    sections_found: bool = False
    dropped: tuple[Dropped, ...] = ()
    packs: tuple[str, ...] = ()
    digest: str = ""
    error: str | None = None

    @property
    def id(self) -> str | None:
        """The posting's id as it was read."""
        return self.posting.id

    @property
    def title(self) -> str | None:
        """The job title that was used."""
        return self.posting.title

    def at(self, level: Level | str) -> tuple[Skill, ...]:
        """The skills of one level, in vocabulary order."""
        return tuple(skill for skill in self.skills if skill.level == level)

    def to_dict(self, *, explain: bool = False) -> dict[str, Any]:
        """The record as plain JSON values.

        Args:
            explain: also give the dropped candidates with their reasons, under `dropped`.
        """
        salary = self.salary
        record: dict[str, Any] = {
            "id": self.posting.id,
            "title": self.posting.title,
            "skills": [
                {
                    "id": skill.id,
                    "name": skill.name,
                    "group": skill.group,
                    "pack": skill.pack,
                    "level": skill.level,
                    "mentions": [
                        {"start": m.start, "end": m.end, "text": m.text, "level": m.level, "section": m.section, "because": m.because}
                        for m in skill.mentions
                    ],
                    "years": skill.years,
                }
                for skill in self.skills
            ],
            "any_of": [list(group) for group in self.any_of],
            "experience": {"min": self.experience.min, "max": self.experience.max},
            "degree": {"required": self.degree.required, "preferred": self.degree.preferred},
            "salary": {"min": salary.min, "max": salary.max, "currency": salary.currency, "period": salary.period} if salary else None,
            "signals": [
                {"kind": s.kind, "points_to": s.points_to, "text": s.text, "field": s.field, "start": s.start, "end": s.end}
                for s in self.signals
            ],
            "stage": self.stage,
            "track": self.track,
            "confidence": self.confidence,
            "because": list(self.because),
            "sections_found": self.sections_found,
            "vocabulary": {"packs": list(self.packs), "digest": self.digest},
            "error": self.error,
        }
        if explain:
            record["dropped"] = [asdict(candidate) for candidate in self.dropped]
        if self.posting.derived:
            record["text"] = self.posting.text
        return record
