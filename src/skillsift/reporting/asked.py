"""Years, degrees and pay as the postings state them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from statistics import median, quantiles
from typing import TYPE_CHECKING

from skillsift.model import DEGREES, STAGES, Salary
from skillsift.reporting.figures import NOT_TOLD, Asked, Count, Pay, PayRow

if TYPE_CHECKING:
    from skillsift.reporting.tally import Tally

#: Years from here on are one bar.
MOST_YEARS = 11


def asked(tallies: Sequence[Tally]) -> Asked:
    """How many years and which degrees are asked for."""
    years = [tally.years for tally in tallies if tally.years is not None]
    by_stage: defaultdict[str, list[int]] = defaultdict(list)
    for tally in tallies:
        if tally.years is not None and tally.stage is not None:
            by_stage[tally.stage].append(tally.years)
    bars = Counter(min(year, MOST_YEARS) for year in years)
    spread = range(min(bars), max(bars) + 1) if bars else range(0)
    names = {year: f"{year}+" if year == MOST_YEARS else str(year) for year in spread}
    total = len(tallies)
    return Asked(
        years=(
            *(Count(names[year], bars[year], bars[year] / total) for year in spread),
            *_not_told(total - len(years), total),
        ),
        years_median=float(median(years)) if years else None,
        years_by_stage={stage: (len(by_stage[stage]), float(median(by_stage[stage]))) for stage in STAGES if by_stage[stage]},
        degree_required=_degrees((tally.degree_required for tally in tallies), total),
        degree_preferred=_degrees((tally.degree_preferred for tally in tallies), total),
    )


def _degrees(named: Iterable[str | None], total: int) -> tuple[Count, ...]:
    counts = Counter(named)
    told = tuple(Count(degree, counts[degree], counts[degree] / total) for degree in DEGREES if counts[degree])
    return (*told, *_not_told(total - sum(count.postings for count in told), total))


def _not_told(count: int, total: int) -> tuple[Count, ...]:
    return (Count(NOT_TOLD, count, count / total),) if count else ()


def pay(tallies: Sequence[Tally]) -> Pay | None:
    """Pay by stage in the commonest currency and period; None where no posting states any."""
    stated = [(tally.stage or NOT_TOLD, tally.salary) for tally in tallies if tally.salary is not None]
    if not stated:
        return None
    kinds = Counter((salary.currency, salary.period) for _, salary in stated)
    ranked = sorted(kinds, key=lambda kind: (-kinds[kind], kind))
    currency, period = ranked[0]
    amounts: Mapping[str, list[float]] = {name: [] for name in (*STAGES, NOT_TOLD, "all")}
    for stage, salary in stated:
        if (salary.currency, salary.period) == ranked[0]:
            for name in (stage, "all"):
                amounts[name].append(_middle(salary))
    return Pay(
        currency=currency,
        period=period,
        rows=tuple(_row(name, values) for name, values in amounts.items() if values),
        others={f"{currency} {a_period(period)}": kinds[currency, period] for currency, period in ranked[1:]},
        unstated=len(tallies) - len(stated),
    )


def a_period(period: str) -> str:
    """ "a year", "an hour"."""
    return f"{'an' if period == 'hour' else 'a'} {period}"


def _middle(salary: Salary) -> float:
    """The middle of a range; of "up to" and "from" the amount that is told."""
    ends = [end for end in (salary.min, salary.max) if end is not None]
    return sum(ends) / len(ends)


def _row(name: str, amounts: Sequence[float]) -> PayRow:
    # Between two values in proportion: the inclusive method is Hyndman and Fan's type 7 (Sample quantiles, 1996).
    low, middle, high = quantiles(amounts, n=4, method="inclusive") if len(amounts) > 1 else (amounts[0],) * 3
    return PayRow(name, len(amounts), low, middle, high)
