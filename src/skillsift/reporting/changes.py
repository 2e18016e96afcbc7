"""Shares of two sets of postings against each other: rising, falling, new, gone; and the trend over months."""

from __future__ import annotations

from collections.abc import Mapping

from skillsift.reporting.figures import NOT_TOLD, Change, Split, Trend
from skillsift.reporting.statistics import discoveries, newcombe, same_share

#: A skill that fewer postings than this name, both sets together, is not judged.
FEW = 5
_ORDER = ("new", "rising", "steady", "few", "falling", "gone")


def changes(
    before: Mapping[str, int], total_before: int, after: Mapping[str, int], total_after: int, names: Mapping[str, str]
) -> tuple[Change, ...]:
    """Every skill's share in two sets of postings, in the order that `Trend.changes` tells.

    Args:
        before, after: skill id → postings that name it.
        total_before, total_after: postings of each set.
        names: skill id → name.
    """
    counts = {id_: (before.get(id_, 0), after.get(id_, 0)) for id_ in {**before, **after} if before.get(id_) or after.get(id_)}
    ps = {id_: same_share(new, total_after, old, total_before) for id_, (old, new) in counts.items()}
    judged = [id_ for id_, (old, new) in counts.items() if old + new >= FEW]
    stands = dict(zip(judged, discoveries([ps[id_] for id_ in judged]), strict=True))
    found = []
    for id_, (old, new) in counts.items():
        share_before, share_after = old / max(1, total_before), new / max(1, total_after)
        low, high = newcombe(new, total_after, old, total_before)
        kind = "few" if id_ not in stands else _kind(old, new, share_after - share_before) if stands[id_] else "steady"
        found.append(
            Change(id_, names.get(id_, id_), old, new, share_before, share_after, share_after - share_before, low, high, ps[id_], kind)
        )
    return tuple(sorted(found, key=lambda change: (_ORDER.index(change.kind), -change.difference, change.name)))


def _kind(before: int, after: int, difference: float) -> str:
    if difference > 0:
        return "new" if before == 0 else "rising"
    return "gone" if after == 0 else "falling"


def trend(months: Split, names: Mapping[str, str]) -> Trend | None:
    """The first third of the months that have postings against the last third; None where fewer than two are told."""
    told = [at for at, group in enumerate(months.groups) if group.name != NOT_TOLD]
    if len(told) < 2:
        return None
    third = max(1, len(told) // 3)
    first, last = told[:third], told[-third:]

    def within(places: list[int]) -> tuple[dict[str, int], int]:
        counts = {id_: sum(by_month[at] for at in places) for id_, by_month in months.counts.items()}
        return counts, sum(months.groups[at].postings for at in places)

    before, total_before = within(first)
    after, total_after = within(last)
    return Trend(
        before=tuple(months.groups[at].name for at in first),
        after=tuple(months.groups[at].name for at in last),
        postings_before=total_before,
        postings_after=total_after,
        changes=changes(before, total_before, after, total_after, names),
    )
