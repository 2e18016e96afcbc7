"""The statistics of a report, each with its source; plain functions of counts."""

from __future__ import annotations

from collections.abc import Sequence
from math import erfc, hypot, sqrt

#: The normal quantile of a two-sided 95 % interval.
Z95 = 1.959963984540054
#: Of the findings that are told as more than chance, at most this share is to be false.
FALSE_DISCOVERIES = 0.05


def wilson(count: int, total: int) -> tuple[float, float]:
    """The 95 % score interval of a share (Wilson 1927), each end from 0 to 1; (0, 0) for no postings."""
    if not total:
        return 0.0, 0.0
    share = count / total
    middle = share + Z95**2 / (2 * total)
    half = Z95 * sqrt(share * (1 - share) / total + Z95**2 / (4 * total**2))
    scale = 1 + Z95**2 / total
    low = max(0.0, (middle - half) / scale) if count else 0.0
    high = min(1.0, (middle + half) / scale) if count < total else 1.0
    return low, high


def newcombe(after: int, total_after: int, before: int, total_before: int) -> tuple[float, float]:
    """The 95 % interval of the difference of two shares, after less before: the hybrid score interval.

    Source: Newcombe, Interval estimation for the difference between independent proportions, Statistics in Medicine 17 (1998),
    method 10. (-1, 1) where one of the sets is empty.
    """
    if not total_after or not total_before:
        return -1.0, 1.0
    one, two = after / total_after, before / total_before
    low_one, high_one = wilson(after, total_after)
    low_two, high_two = wilson(before, total_before)
    low = one - two - hypot(one - low_one, high_two - two)
    high = one - two + hypot(high_one - one, two - low_two)
    return max(-1.0, low), min(1.0, high)


def same_share(one: int, total_one: int, two: int, total_two: int) -> float:
    """The two-sided p that two shares are the same: the "N - 1" chi-squared test.

    Source: Campbell, Chi-squared and Fisher-Irwin tests of two-by-two tables, Statistics in Medicine 26 (2007), who finds it sound
    down to expected counts of 1. 1.0 where there is nothing to compare.
    """
    total = total_one + total_two
    named = one + two
    margins = total_one * total_two * named * (total - named)
    if margins == 0:
        return 1.0
    crossed = one * (total_two - two) - two * (total_one - one)
    chi_squared = (total - 1) * crossed**2 / margins
    return erfc(sqrt(chi_squared / 2))


def discoveries(ps: Sequence[float]) -> list[bool]:
    """Which of many tests stand, with at most 5 % false among those that do.

    Source: Benjamini and Hochberg, Controlling the false discovery rate, Journal of the Royal Statistical Society B 57 (1995).
    """
    ordered = sorted(ps)
    passed = [p for rank, p in enumerate(ordered, 1) if p <= rank / len(ordered) * FALSE_DISCOVERIES]
    limit = passed[-1] if passed else -1.0
    return [p <= limit for p in ps]
