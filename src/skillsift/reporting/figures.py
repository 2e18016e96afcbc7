"""Every figure of a report, under one name each: what the terminal, CSV, Markdown, JSON and the page are drawn from.

Plain values, computed once (`skillsift.reporting.counts.count`), in an order that does not hang on the order of the input.
`docs/report.md` defines each of them for readers. Counts are of postings, each ad once, unless a field says otherwise; shares are
0 to 1; months are "YYYY-MM", dates "YYYY-MM-DD"; names and sentences come from postings and are to be escaped where they are shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from skillsift.model import Level

# Named again here so that whoever draws a report finds everything under one roof.
from skillsift.reporting.readings import NOT_TOLD as NOT_TOLD
from skillsift.reporting.readings import Ad as Ad
from skillsift.reporting.readings import Count as Count
from skillsift.reporting.readings import NearDuplicate as NearDuplicate
from skillsift.reporting.readings import Reading as Reading


@dataclass(frozen=True, slots=True)
class Evidence:
    """One posting that names a skill, with its sentence.

    Attributes:
        ad: which of `Figures.ads`.
        level: at which level this posting names the skill.
        sentence: where it does, in one line, at most 240 characters; None where the text was not at hand.
        start, end: the skill's words in the sentence (characters); 0, 0 without one.
    """

    ad: int
    level: Level
    sentence: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SkillFigure:
    """A skill that at least one posting names.

    Attributes:
        id, name, group, pack: as the vocabulary has them; a skill that it lacks has its id for a name and "" else.
        guide: the section of the guide that speaks of it, "" where none does.
        postings: that name it: required + preferred + mentioned, each posting at its strongest level.
        share: of all postings, with its 95 % Wilson interval `low` to `high`.
        evidence: at most 20 of the postings, the strongest levels first, else an arbitrary but fixed choice.
    """

    id: str
    name: str
    group: str
    guide: str
    pack: str
    postings: int
    share: float
    low: float
    high: float
    required: int
    preferred: int
    mentioned: int
    evidence: tuple[Evidence, ...] = ()

    def at(self, level: Level) -> int:
        """The postings that name it at a level."""
        return {Level.REQUIRED: self.required, Level.PREFERRED: self.preferred, Level.MENTIONED: self.mentioned}[level]


@dataclass(frozen=True, slots=True)
class Split:
    """How many postings of each group name each skill.

    Attributes:
        column: "stage", "track", "month", "company", or a column of the input.
        groups: their names and sizes: stages and months in their order, others the largest first; "not told" may be among them.
        counts: skill id → postings that name it, one number a group in their order; every skill of `Figures.skills` has its entry.
    """

    column: str
    groups: tuple[Count, ...]
    counts: Mapping[str, tuple[int, ...]]

    def share(self, skill: str, group: int) -> float:
        """The share of a group's postings that name a skill."""
        return self.counts[skill][group] / self.groups[group].postings


@dataclass(frozen=True, slots=True)
class Change:
    """A skill's share in two sets of postings.

    Attributes:
        id, name: the skill.
        before, after: postings that name it in each set.
        share_before, share_after: their shares of each set.
        difference: share_after - share_before (-1 to 1), with its 95 % interval `low` to `high` (Newcombe 1998, method 10).
        p: of the two-sided test that the shares are the same ("N - 1" chi-squared, Campbell 2007), not corrected.
        kind: "new" (none before), "gone" (none after), "rising", "falling": only where the difference stands after correction for
            testing many skills (Benjamini-Hochberg, 5 %); "steady" where it does not; "few" where under 5 postings name it in all.
    """

    id: str
    name: str
    before: int
    after: int
    share_before: float
    share_after: float
    difference: float
    low: float
    high: float
    p: float
    kind: str


@dataclass(frozen=True, slots=True)
class Trend:
    """The first third of the months against the last third.

    Attributes:
        before, after: the months of each third, in order (those with postings).
        postings_before, postings_after: postings of each.
        changes: one a skill: new and rising first, steady and few between, falling and gone last; then by difference, largest first.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    postings_before: int
    postings_after: int
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """These postings ("after") against those of --against ("before").

    Attributes:
        name: of the inputs that are compared against, joined by ", ".
        reading: what was read of them.
        changes: as in `Trend`.
    """

    name: str
    reading: Reading
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two skills that stand together more often than chance has it.

    Attributes:
        one, two: skill ids; the more often named first.
        postings: that name both.
        expected: how many would if the two had nothing to do with each other: postings(one) * postings(two) / all.
        lift: postings / expected.
    """

    one: str
    two: str
    postings: int
    expected: float
    lift: float


@dataclass(frozen=True, slots=True)
class Together:
    """Skills that go together.

    Attributes:
        support: postings that must name both for a pair to be listed.
        pairs: pairs above chance (lift over 1 after a test corrected for the number of pairs), the highest lift first.
        skills: skill ids of the matrix: the 20 most named, put so that skills of one group stand together.
        matrix: lift of each with each, symmetric; None on the diagonal and where fewer than `support` postings name both and more
            could not be expected by chance either (too few to tell).
    """

    support: int
    pairs: tuple[Pair, ...]
    skills: tuple[str, ...]
    matrix: tuple[tuple[float | None, ...], ...]


@dataclass(frozen=True, slots=True)
class CoveragePoint:
    """What one gets for the k skills that most postings require.

    Attributes:
        k: from 1.
        id, name: the k-th skill, by postings that require it.
        requirements: share of all (posting, required skill) pairs that the first k make up.
        postings: share of the postings with required skills that require nothing beyond the first k.
    """

    k: int
    id: str
    name: str
    requirements: float
    postings: float


@dataclass(frozen=True, slots=True)
class Coverage:
    """The coverage curve: how far a list of skills reaches.

    Attributes:
        postings: those that require at least one skill.
        requirements: (posting, required skill) pairs in them.
        points: one for each skill that any posting requires.
    """

    postings: int
    requirements: int
    points: tuple[CoveragePoint, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """Experience and degrees as stated.

    Attributes:
        years: least years asked → postings ("0", "1", …, "10", "11+"), without gaps from the first to the last; then "not told".
        years_median: of the postings that tell; None where none does.
        years_by_stage: stage → (postings that tell, their median), in the stages' order.
        degree_required: bachelor, master, phd: the lowest accepted as enough; then "not told".
        degree_preferred: the highest named as a plus; then "not told".
    """

    years: tuple[Count, ...]
    years_median: float | None
    years_by_stage: Mapping[str, tuple[int, float]]
    degree_required: tuple[Count, ...]
    degree_preferred: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class PayRow:
    """Pay of one stage: of each posting the middle of the range it states, in `Pay.currency` a `Pay.period`.

    Attributes:
        name: a stage, "not told", or "all".
        postings: that state pay so.
        low, median, high: the quartiles (25 %, 50 %, 75 %; Hyndman and Fan's type 7).
    """

    name: str
    postings: int
    low: float
    median: float
    high: float


@dataclass(frozen=True, slots=True)
class Pay:
    """Pay as stated, in one currency and period: the commonest.

    Attributes:
        currency, period: ISO 4217; "year", "month", "day" or "hour".
        rows: the stages that have any in their order, then "all".
        others: how many postings state pay otherwise: "EUR a year" or "USD an hour" → postings, most first.
        unstated: postings that state none.
    """

    currency: str
    period: str
    rows: tuple[PayRow, ...]
    others: Mapping[str, int]
    unstated: int


@dataclass(frozen=True, slots=True)
class Unasked:
    """A concept of the guide that no posting requires or prefers; `mentioned` postings name it all the same."""

    id: str
    name: str
    group: str
    guide: str
    mentioned: int


@dataclass(frozen=True, slots=True)
class Beyond:
    """A term that the vocabulary lacks and the postings use like the name of a tool.

    Attributes:
        term: as it is most often written.
        postings: that use it.
        share: of all postings.
        companies: how many different companies' postings use it (0 where companies are not told).
        beside: the share of those postings in which it stands in one sentence with a skill of the vocabulary.
        example: such a sentence, in one line, at most 240 characters.
        ad: the posting of the example.
    """

    term: str
    postings: int
    share: float
    companies: int
    beside: float
    example: str
    ad: Ad


@dataclass(frozen=True, slots=True)
class Figures:
    """A whole report.

    Attributes:
        reading: what was read.
        ads: the postings that `SkillFigure.evidence` points into.
        skills: most named first, then most required, then by name.
        stages: stages in their order, then "not told"; only those that occur.
        tracks: the largest first; only those that occur.
        splits: by stage, track and month, each where it has more than one group; by the column of `--by` as well (see `by`).
        by: the split that --by asked for.
        trend: None where fewer than two months are told.
        together, coverage, asked: as their classes say.
        pay: None where no posting states any.
        unasked: concepts of the guide that nobody asks for, in the vocabulary's order.
        beyond: most used first; None without --beyond.
        against: None without --against.
    """

    reading: Reading
    ads: tuple[Ad, ...]
    skills: tuple[SkillFigure, ...]
    stages: tuple[Count, ...]
    tracks: tuple[Count, ...]
    splits: tuple[Split, ...]
    by: Split | None
    trend: Trend | None
    together: Together
    coverage: Coverage
    asked: Asked
    pay: Pay | None
    unasked: tuple[Unasked, ...]
    beyond: tuple[Beyond, ...] | None = None
    against: Comparison | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    """Skill id → name, of every skill that is named anywhere in these figures."""
