"""The parts of a report as tables: one description for the terminal, CSV and Markdown alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from skillsift.reporting.asked import a_period
from skillsift.reporting.figures import Ad, Change, Figures


class Kind(StrEnum):
    """What a column holds, and so how it is written for people; CSV has the bare values."""

    TEXT = "text"
    COUNT = "count"
    SHARE = "share"  # 0 to 1
    POINTS = "points"  # a difference of shares, -1 to 1
    NUMBER = "number"  # one decimal
    AMOUNT = "amount"  # money, whole


#: A cell: as `Kind` says; None is empty.
Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Table:
    """A part of a report.

    Attributes:
        title: what it is, in a few words.
        note: how it is counted, in a line or two.
        columns: names and kinds.
        rows: all of them.
        shown: those worth a reader's time, where that is not all.
        short: whether it is short enough to be shown whole always.
    """

    title: str
    note: str
    columns: tuple[tuple[str, Kind], ...]
    rows: Sequence[tuple[Cell, ...]]
    shown: Sequence[tuple[Cell, ...]] | None = None
    short: bool = False

    def first(self, most: int) -> Sequence[tuple[Cell, ...]]:
        """The rows to show people, at most so many."""
        shown = self.rows if self.shown is None else self.shown
        return shown if self.short else shown[:most]


def written(value: Cell, kind: Kind) -> str:
    """A cell for people."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    match kind:
        case Kind.SHARE:
            return f"{value:.0%}"
        case Kind.POINTS:
            return f"{points:+}" if (points := round(value * 100)) else "0"
        case Kind.NUMBER:
            return f"{value:,.1f}"
        case _:
            return f"{value:,.0f}"


#: The changes that are told; the others did not stand the test.
TOLD = ("new", "rising", "falling", "gone")
#: Of a coverage curve's points these are shown.
_STEPS = (1, 2, 3, 5, 7, 10, 15, 20, 25, 30, 40, 50, 75, 100, 150, 200, 300)


def _trend(report: Figures) -> Table | None:
    trend = report.trend
    if trend is None:
        return None
    before, after = (months[0] if len(months) == 1 else f"{months[0]} to {months[-1]}" for months in (trend.before, trend.after))
    note = (
        f"{before} ({trend.postings_before:,} postings) against {after} ({trend.postings_after:,}): the first third of the months "
        f"and the last. {_judged(trend.changes)}"
    )
    return _changes("rising and falling", note, trend.changes, ("before", "after"))


def _against(report: Figures) -> Table | None:
    compared = report.against
    if compared is None:
        return None
    note = (
        f"{report.reading.postings:,} postings (now) against {compared.reading.postings:,} of {compared.name} (before). "
        f"{_judged(compared.changes)}"
    )
    return _changes(f"against {compared.name}", note, compared.changes, ("before", "now"))


def _judged(changes: Iterable[Change]) -> str:
    judged = sum(change.kind != "few" for change in changes)
    return f"Of {judged} skills that are named often enough to judge, those whose share differs beyond chance (at most 5 % false)."


def _changes(title: str, note: str, changes: Sequence[Change], names: tuple[str, str]) -> Table:
    before, after = names
    columns = (
        ("skill", Kind.TEXT),
        ("change", Kind.TEXT),
        (before, Kind.SHARE),
        (after, Kind.SHARE),
        ("points", Kind.POINTS),
        ("low", Kind.POINTS),
        ("high", Kind.POINTS),
        (f"{before} n", Kind.COUNT),
        (f"{after} n", Kind.COUNT),
    )
    told = [change for change in changes if change.kind in TOLD]
    told.sort(key=lambda change: (-abs(change.difference), change.name))

    def row(change: Change) -> tuple[Cell, ...]:
        shares = (change.share_before, change.share_after, change.difference, change.low, change.high)
        return (change.name, change.kind, *shares, change.before, change.after)

    return Table(title, note, columns, [row(change) for change in changes], [row(change) for change in told])


def _together(report: Figures) -> Table:
    pairs = report.together.pairs
    return Table(
        "what goes together",
        f"Pairs that at least {report.together.support} postings name and that stand together beyond chance (at most 5 % false). "
        "Lift: postings with both, over those to expect if the two had nothing to do with each other.",
        (("skill", Kind.TEXT), ("with", Kind.TEXT), ("postings", Kind.COUNT), ("expected", Kind.NUMBER), ("lift", Kind.NUMBER)),
        [(report.names[pair.one], report.names[pair.two], pair.postings, pair.expected, pair.lift) for pair in pairs],
    )


def _coverage(report: Figures) -> Table:
    curve = report.coverage
    rows = [(point.k, point.name, point.requirements, point.postings) for point in curve.points]
    return Table(
        "how far the first k skills reach",
        f"Of {curve.postings:,} postings that require any skill. Requirements: share of all their required skills. "
        "Postings: share of those that require nothing beyond.",
        (("k", Kind.COUNT), ("and", Kind.TEXT), ("requirements", Kind.SHARE), ("postings", Kind.SHARE)),
        rows,
        [row for row in rows if row[0] in _STEPS or row is rows[-1]],
    )


def _asked(report: Figures) -> Table:
    asked = report.asked
    rows: list[tuple[Cell, ...]] = []
    for what, counts in (
        ("years", asked.years),
        ("degree required", asked.degree_required),
        ("degree preferred", asked.degree_preferred),
    ):
        rows.extend((what, count.name, count.postings, count.share) for count in counts)
    medians = ", ".join(f"{stage} {years:g}" for stage, (_, years) in asked.years_by_stage.items())
    note = "Least years asked, and degrees, as stated."
    if asked.years_median is not None:
        note += f" Median {asked.years_median:g} years" + (f" ({medians})." if medians else ".")
    columns = (("asked", Kind.TEXT), ("value", Kind.TEXT), ("postings", Kind.COUNT), ("share", Kind.SHARE))
    return Table("years and degrees", note, columns, rows, short=True)


def _pay(report: Figures) -> Table | None:
    pay = report.pay
    if pay is None:
        return None
    note = f"{pay.currency} {a_period(pay.period)}; of each posting the middle of its range. {pay.unstated:,} postings state none"
    others = ", ".join(f"{name} {count:,}" for name, count in pay.others.items())
    return Table(
        "pay by stage",
        note + (f"; not counted here: {others}." if others else "."),
        (("stage", Kind.TEXT), ("postings", Kind.COUNT), ("25 %", Kind.AMOUNT), ("median", Kind.AMOUNT), ("75 %", Kind.AMOUNT)),
        [(row.name, row.postings, row.low, row.median, row.high) for row in pay.rows],
        short=True,
    )


def _guide(report: Figures) -> Table:
    return Table(
        "what the guide names and nobody asks for",
        "Concepts of the guide that no posting requires or prefers; some are mentioned all the same.",
        (("skill", Kind.TEXT), ("group", Kind.TEXT), ("guide", Kind.TEXT), ("mentioned", Kind.COUNT)),
        [(concept.name, concept.group, concept.guide, concept.mentioned) for concept in report.unasked],
    )


def _beyond(report: Figures) -> Table | None:
    if report.beyond is None:
        return None
    return Table(
        "what the vocabulary lacks",
        "Terms used like names of tools: written with a capital, mostly in a sentence with a known name, and not by one company alone. "
        "Candidates for a pack; read the example before you add one.",
        (("term", Kind.TEXT), ("postings", Kind.COUNT), ("companies", Kind.COUNT), ("example", Kind.TEXT)),
        [(term.term, term.postings, term.companies, term.example) for term in report.beyond],
    )


def _duplicates(report: Figures) -> Table:
    reading = report.reading
    return Table(
        "near duplicates",
        f"Same company and title, texts at least 85 % alike but for numbers and places; the earliest counts. "
        f"Looked for in {reading.comparable:,} postings whose text was at hand and long enough.",
        (("title", Kind.TEXT), ("company", Kind.TEXT), ("counted", Kind.TEXT), ("left out", Kind.TEXT), ("alike", Kind.SHARE)),
        [(near.of.title, near.of.company, _where(near.of), _where(near.ad), near.similarity) for near in reading.near_duplicates],
    )


def _where(ad: Ad) -> str:
    """What tells a posting from its copy."""
    return ", ".join(fact for fact in (ad.id, ad.location, ad.date) if fact)


#: The sections by name, in their order; one may have nothing to say of a report.
SECTIONS: Mapping[str, Callable[[Figures], Table | None]] = {
    "against": _against,
    "trend": _trend,
    "together": _together,
    "coverage": _coverage,
    "asked": _asked,
    "pay": _pay,
    "guide": _guide,
    "beyond": _beyond,
    "duplicates": _duplicates,
}
