"""A report on a terminal: a ranked table with bars."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from skillsift.cli.card import STYLES
from skillsift.cli.common import console, printable, unicode_ok
from skillsift.model import LEVELS, Level
from skillsift.reporting.counts import Report
from skillsift.reporting.files import told

MOST_WIDTH = 120
#: How a level's part of a bar is drawn: with blocks, and in plain ASCII.
_MARKS = {Level.REQUIRED: ("█", "#"), Level.PREFERRED: ("▓", "+"), Level.MENTIONED: ("░", "-")}
MOST_GROUPS = 6


def print_report(report: Report, *, top: int, by: str | None) -> None:
    """Print a report.

    Args:
        top: how many skills.
        by: what the shares are split by, if they are.
    """
    screen = console()
    if screen.width > MOST_WIDTH:
        screen = console(width=MOST_WIDTH)
    plain = not unicode_ok()
    head = Text.assemble((f" {report.postings:,} postings", "bold"), (f"   {told(report)}", "dim"))
    parts: list[RenderableType] = [head, _stages(report, plain), Rule(style="dim", characters="-" if plain else "─")]
    if report.skills.empty:
        screen.print(Group(*parts, Text(" no skill of the vocabulary is named", style="dim")))
        return
    wide = screen.width >= 88
    table = Table(box=None, padding=(0, 1), expand=False, header_style="dim", pad_edge=True)
    table.add_column("#", justify="right", style="dim", no_wrap=True)
    table.add_column("skill", no_wrap=True, overflow="ellipsis", max_width=30)
    table.add_column("share", justify="right", no_wrap=True)
    if by is None:
        if wide:
            table.add_column("95 %", justify="right", style="dim", no_wrap=True)
            table.add_column("postings", justify="right", no_wrap=True)
        table.add_column(Text.assemble(*((f"{_MARKS[level][plain]} {level}  ", STYLES[level]) for level in LEVELS)), no_wrap=True)
        bar = max(10, screen.width - (62 if wide else 40))
        most = float(report.skills["share"].iloc[0]) or 1.0
        for at, row in enumerate(report.skills.head(top).itertuples(index=False), 1):
            between = [f"{row.low:.0%}{'-' if plain else '–'}{row.high:.0%}", f"{row.postings:,}"] if wide else []
            counts = {level: int(getattr(row, level)) for level in LEVELS}
            table.add_row(str(at), printable(str(row.name)), f"{row.share:.0%}", *between, _bar(counts, report.postings, most, bar, plain))
    else:
        assert report.by is not None
        fit = max(1, min(MOST_GROUPS, (screen.width - 48) // 12))
        groups = list(report.by.columns)[:fit]
        for name in groups:
            table.add_column(f"{printable(str(name))[:14]} ({report.sizes[name]:,})", justify="right", no_wrap=True)
        for at, row in enumerate(report.skills.head(top).itertuples(index=False), 1):
            overall = float(report.skills["share"].iloc[at - 1])
            shares = [_share(float(report.by[name].iloc[at - 1]), overall) for name in groups]
            table.add_row(str(at), printable(str(row.name)), f"{row.share:.0%}", *shares)
        left = len(report.by.columns) - len(groups)
        if left > 0:
            table.caption = f"{left} more groups: --csv writes them all"
    parts.append(table)
    more = len(report.skills) - top
    if more > 0:
        parts.append(Text(f" {more} more skills: --top {len(report.skills)} shows them all", style="dim"))
    screen.print(Group(*parts))


def _bar(counts: dict[Level, int], postings: int, most: float, width: int, plain: bool) -> Text:
    """A bar as long as the share, cut by level; the longest share fills the width."""
    bar = Text()
    total = sum(counts.values())
    length = max(1, round(total / postings / most * width))
    drawn = 0
    passed = 0
    for level in LEVELS:
        passed += counts[level]
        until = round(passed / total * length)
        bar.append(_MARKS[level][plain] * (until - drawn), style=STYLES[level])
        drawn = until
    return bar


def _share(share: float, overall: float) -> Text:
    """A group's share, in colour where it is far from the whole's."""
    style = (
        "green" if share > overall * 1.25 and share - overall > 0.05 else "red" if share < overall * 0.75 and overall - share > 0.05 else ""
    )
    return Text(f"{share:.0%}", style=style)


def _stages(report: Report, plain: bool) -> Padding:
    """How the postings spread over stages and tracks, in a line each."""
    dot = " | " if plain else " · "

    def line(counts: dict[str, int]) -> str:
        return dot.join(f"{printable(name)} {count:,} ({count / max(1, report.postings):.0%})" for name, count in counts.items())

    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim")
    grid.add_column(overflow="fold")
    grid.add_row("stage", line(report.stages))
    grid.add_row("track", line(report.tracks))
    return Padding(grid, (0, 1))
