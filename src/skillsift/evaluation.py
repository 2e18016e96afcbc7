"""Tagged against labelled: precision, recall and F1 of skills, agreement of levels and of every field.

A labelled file is JSON Lines: `id`, `title`, `text`, `skills` (id → level), `years_min`, `years_max`, `degree_required`,
`degree_preferred`, `stage`, `track`, `salary`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from skillsift.errors import InputError, UsageError
from skillsift.model import LEVELS, Posting, Skill, TaggedPosting
from skillsift.reading.streams import open_text, read_lines, shown

FIELDS = ("years_min", "years_max", "degree_required", "degree_preferred", "stage", "track", "salary")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A posting with the labels that a person gave it."""

    posting: Posting
    skills: Mapping[str, str]
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """One disagreement: kind "missed", "extra", "level" or a field's name."""

    posting: str
    kind: str
    skill: str
    labelled: str
    tagged: str
    words: str
    because: str


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one comparison; the ratios are 1 where nothing was to be found and nothing was."""

    right: int
    extra: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.extra) if self.right + self.extra else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (2 * self.right + self.extra + self.missed) if self.right + self.extra + self.missed else 1.0


#: Where the bins of the reliability table begin.
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True, slots=True)
class Bin:
    """The postings whose stage was told with a confidence of at least `low` and below `high`."""

    low: float
    high: float
    postings: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The whole comparison.

    Attributes:
        skills: micro-averaged over all postings.
        concepts: the same for each concept.
        levels: (labelled level, tagged level) → how often, over the skills that both have.
        fields: each field's share of postings in which both agree.
        reliability: the stage's confidence against how often it was right.
    """

    postings: int
    skills: Score
    concepts: Mapping[str, Score]
    levels: Mapping[tuple[str, str], int]
    fields: Mapping[str, float]
    reliability: tuple[Bin, ...]
    differences: tuple[Difference, ...]
    digest: str

    @property
    def level(self) -> float:
        """The share of rightly found skills whose level agrees."""
        both = sum(self.levels.values())
        return sum(count for (labelled, tagged), count in self.levels.items() if labelled == tagged) / both if both else 1.0

    def to_dict(self) -> dict[str, Any]:
        """The figures as plain JSON values."""
        return {
            "postings": self.postings,
            "skills": _figures(self.skills),
            "level_agreement": round(self.level, 4),
            **{field: round(share, 4) for field, share in self.fields.items()},
            "reliability": [{key: round(value, 4) for key, value in asdict(entry).items()} for entry in self.reliability],
            "levels": [{"labelled": a, "tagged": b, "count": n} for (a, b), n in sorted(self.levels.items())],
            "concepts": {id_: _figures(score) for id_, score in self.concepts.items()},
            "differences": [asdict(difference) for difference in self.differences],
            "vocabulary": self.digest,
        }


def _figures(score: Score) -> dict[str, float]:
    return {**asdict(score), "precision": round(score.precision, 4), "recall": round(score.recall, 4), "f1": round(score.f1, 4)}


def read_labelled(name: str, known: Iterable[str]) -> Iterator[Labelled]:
    """The labelled postings of a JSON Lines file.

    Args:
        name: a file, or "-".
        known: the concept ids that a label may have.

    Raises:
        InputError: a line is no labelled posting; labels are not skipped silently, since the figures would lie.
    """
    ids = frozenset(known)
    stream, _ = open_text(name)
    for number, line in enumerate(read_lines(stream, name), 1):
        if not line.strip():
            continue
        where = f"{shown(name)}: line {number}"
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise InputError(f"{where} is no JSON: {getattr(error, 'msg', error)}") from None
        if not isinstance(value, dict) or not isinstance(value.get("text"), str) or not isinstance(value.get("skills"), dict):
            raise InputError(f"{where}: a labelled posting needs a text and skills, as {{id: level}}")
        for skill, level in value["skills"].items():
            if skill not in ids:
                raise UsageError(f"{where}: no skill {skill!r} in the vocabulary (skillsift vocab list shows them)")
            if level not in tuple(LEVELS):
                raise InputError(f"{where}: {skill} has level {level!r}; known: {', '.join(LEVELS)}")
        title, id_ = value.get("title"), value.get("id")
        if not isinstance(title, str | None):
            raise InputError(f"{where}: the title is no text")
        posting = Posting(text=value["text"], title=title, id=str(number if id_ is None else id_))
        yield Labelled(posting, value["skills"], {field: value.get(field) for field in FIELDS})


def evaluate(pairs: Iterable[tuple[Labelled, TaggedPosting]]) -> Evaluation:
    """Compare labelled postings with what the tagger said of them."""
    right: Counter[str] = Counter()
    extra: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    levels: Counter[tuple[str, str]] = Counter()
    agreed: Counter[str] = Counter()
    sure: list[tuple[float, bool]] = []
    differences: list[Difference] = []
    postings = 0
    digest = ""
    for labelled, tagged in pairs:
        postings += 1
        digest = tagged.digest
        found = {skill.id: skill for skill in tagged.skills}
        for skill in sorted(set(labelled.skills) | set(found)):
            want, got = labelled.skills.get(skill), found.get(skill)
            if got is None:
                missed[skill] += 1
            elif want is None:
                extra[skill] += 1
            else:
                right[skill] += 1
                levels[want, got.level] += 1
            if got is None or want != got.level:
                differences.append(_skill_difference(labelled, tagged, skill, want, got))
        said = _fields(tagged)
        for field in FIELDS:
            same = _same(labelled.fields[field], said[field])
            agreed[field] += same
            if field == "stage":
                sure.append((tagged.confidence, same))
            if not same:
                differences.append(_field_difference(labelled, tagged, field, said[field]))
    concepts = {id_: Score(right[id_], extra[id_], missed[id_]) for id_ in sorted({*right, *extra, *missed})}
    return Evaluation(
        postings=postings,
        skills=Score(right.total(), extra.total(), missed.total()),
        concepts=concepts,
        levels=dict(levels),
        fields={field: agreed[field] / postings if postings else 1.0 for field in FIELDS},
        reliability=_reliability(sure),
        differences=tuple(differences),
        digest=digest,
    )


def _skill_difference(labelled: Labelled, tagged: TaggedPosting, skill: str, want: str | None, got: Skill | None) -> Difference:
    """What the two say of one skill, with the words and the reason that the tagger kept."""
    text = labelled.posting.text
    id_ = labelled.posting.id or ""
    if got is None:
        dropped = next((candidate for candidate in tagged.dropped if candidate.id == skill), None)
        words = _around(text, dropped.start, dropped.end) if dropped else ""
        return Difference(id_, "missed", skill, want or "", "", words, dropped.because if dropped else "no wording found")
    mention = min(got.mentions, key=lambda m: LEVELS.index(m.level))
    words = _around(text, mention.start, mention.end)
    return Difference(id_, "extra" if want is None else "level", skill, want or "", got.level, words, mention.because)


def _field_difference(labelled: Labelled, tagged: TaggedPosting, field: str, said: Any) -> Difference:
    evidence = "; ".join(f"{signal.kind}: {' '.join(signal.text.split())}" for signal in tagged.signals[:8])
    return Difference(
        labelled.posting.id or "", field, "", json.dumps(labelled.fields[field]), json.dumps(said), evidence, "; ".join(tagged.because)
    )


def _reliability(sure: Iterable[tuple[float, bool]]) -> tuple[Bin, ...]:
    """How often the stage was right, by how sure the tagger was of it."""
    bins: list[Bin] = []
    rest = sorted(sure)
    for low, high in zip(BINS, (*BINS[1:], 1.01), strict=True):
        inside = [(confidence, same) for confidence, same in rest if low <= confidence < high]
        if inside:
            mean = sum(confidence for confidence, _ in inside) / len(inside)
            bins.append(Bin(low, min(high, 1.0), len(inside), mean, sum(same for _, same in inside) / len(inside)))
    return tuple(bins)


def compare(now: Evaluation, before: Mapping[str, Any]) -> list[tuple[str, float, float]]:
    """Each figure's name with its value before and now.

    Args:
        before: what `to_dict` gave of an earlier run.

    Raises:
        InputError: it is no evaluation.
    """
    try:
        rows = [(f"skills {name}", float(before["skills"][name]), getattr(now.skills, name)) for name in ("precision", "recall", "f1")]
        rows.append(("level", float(before["level_agreement"]), now.level))
        return rows + [(field, float(before[field]), now.fields[field]) for field in FIELDS]
    except (KeyError, TypeError, ValueError):
        raise InputError("the baseline is no evaluation: write one with skillsift evaluate --json > FILE") from None


def changed(now: Evaluation, before: Mapping[str, Any]) -> tuple[list[Difference], list[Difference]]:
    """The disagreements that are new against an earlier run, and those that are gone."""
    known = {_key(entry): Difference(**entry) for entry in before["differences"]}
    mine = {_key(asdict(difference)): difference for difference in now.differences}
    return [d for key, d in mine.items() if key not in known], [d for key, d in known.items() if key not in mine]


def _key(difference: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(difference[name]) for name in ("posting", "kind", "skill", "labelled", "tagged"))


def _fields(tagged: TaggedPosting) -> dict[str, Any]:
    return {
        "years_min": tagged.experience.min,
        "years_max": tagged.experience.max,
        "degree_required": tagged.degree.required,
        "degree_preferred": tagged.degree.preferred,
        "stage": tagged.stage,
        "track": tagged.track,
        "salary": asdict(tagged.salary) if tagged.salary else None,
    }


def _same(labelled: Any, tagged: Any) -> bool:
    if isinstance(labelled, Mapping) and isinstance(tagged, Mapping):
        return all(labelled.get(key) == tagged.get(key) for key in ("min", "max", "currency", "period"))
    return bool(labelled == tagged)


def _around(text: str, start: int, end: int, width: int = 60) -> str:
    before, after = text[max(0, start - width) : start], text[end : end + width]
    return " ".join(f"{before}[{text[start:end]}]{after}".split())
