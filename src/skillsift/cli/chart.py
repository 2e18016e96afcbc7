"""A report on a terminal: a ranked table with bars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from skillsift.cli.card import STYLES
from skillsift.cli.common import console, printable, unicode_ok
from skillsift.model import LEVELS, Level
from skillsift.reporting.figures import Count, Figures, Split
from skillsift.reporting.files import told
from skillsift.reporting.sections import SECTIONS, Kind, written
from skillsift.reporting.sections import Table as Part

MOST_WIDTH = 120
#: How a level's part of a bar is drawn: with blocks, and in plain ASCII.
_MARKS = {Level.REQUIRED: ("█", "#"), Level.PREFERRED: ("▓", "+"), Level.MENTIONED: ("░", "-")}
_SHORT = {Level.REQUIRED: "req.", Level.PREFERRED: "pref.", Level.MENTIONED: "ment."}
MOST_GROUPS = 6
#: On a terminal narrower than this words are shortened.
NARROW = 76


def print_report(report: Figures, *, top: int, sections: Sequence[str] = (), rows: int = 12) -> None:
    """Print a report.

    Args:
        top: how many skills.
        sections: which further parts, by name.
        rows: how many rows of each.
    """
    screen = console()
    if screen.width > MOST_WIDTH:
        screen = console(width=MOST_WIDTH)
    plain = not unicode_ok()
    head = Text.assemble((f" {report.reading.postings:,} postings", "bold"), (f"   {told(report.reading)}", "dim"))
    parts: list[RenderableType] = [head, _stages(report, plain), Rule(style="dim", characters="-" if plain else "─")]
    if not report.skills:
        screen.print(Group(*parts, Text(" no skill of the vocabulary is named", style="dim")))
        return
    parts.append(_ranking(report, top, screen.width, plain) if report.by is None else _split(report, report.by, top, screen.width))
    more = len(report.skills) - top
    if more > 0:
        parts.append(Text(f" {more} more skills: --top {len(report.skills)} shows them all", style="dim"))
    if not sections:
        parts.append(Text(" more of it: --section trend,together,coverage,asked,pay,guide, or --full", style="dim"))
    for name in sections:
        table = SECTIONS[name](report)
        if table is not None:
            parts += ["", *_section(table, rows, screen.width, plain)]
    screen.print(Group(*parts))


def _ranking(report: Figures, top: int, width: int, plain: bool) -> Table:
    """The skills with their shares, intervals and bars."""
    wide = width >= 88
    table = _table(width)
    table.add_column("share", justify="right", no_wrap=True)
    if wide:
        table.add_column("95 %", justify="right", style="dim", no_wrap=True)
        table.add_column("postings", justify="right", no_wrap=True)
    legend = {level: f"{level}  " if width >= NARROW else f"{_SHORT[level]} " for level in LEVELS}
    table.add_column(Text.assemble(*((f"{_MARKS[level][plain]} {legend[level]}", STYLES[level]) for level in LEVELS)), no_wrap=True)
    bar = max(10, width - (62 if wide else 40))
    most = report.skills[0].share or 1.0
    for at, skill in enumerate(report.skills[:top], 1):
        between = [f"{skill.low:.0%}{'-' if plain else '–'}{skill.high:.0%}", f"{skill.postings:,}"] if wide else []
        counts = {level: skill.at(level) for level in LEVELS}
        drawn = _bar(counts, report.reading.postings, most, bar, plain)
        table.add_row(str(at), printable(skill.name), f"{skill.share:.0%}", *between, drawn)
    return table


def _split(report: Figures, split: Split, top: int, width: int) -> Table:
    """The skills with their shares of each group, as many groups as the width holds."""
    table = _table(width)
    table.add_column("share", justify="right", no_wrap=True)
    fit = max(1, min(MOST_GROUPS, (width - 48) // 12))
    groups = split.groups[:fit]
    for group in groups:
        table.add_column(f"{printable(group.name)[:14]} ({group.postings:,})", justify="right", no_wrap=True)
    for at, skill in enumerate(report.skills[:top], 1):
        shares = [_share(split.share(skill.id, place), skill.share) for place in range(len(groups))]
        table.add_row(str(at), printable(skill.name), f"{skill.share:.0%}", *shares)
    left = len(split.groups) - len(groups)
    if left > 0:
        table.caption = f"{left} more groups: --csv writes them all"
    return table


def _table(width: int) -> Table:
    table = Table(box=None, padding=(0, 1), expand=False, header_style="dim", pad_edge=True)
    table.add_column("#", justify="right", style="dim", no_wrap=True)
    table.add_column("skill", no_wrap=True, overflow="ellipsis", max_width=30 if width >= NARROW else 18)
    return table


def _section(part: Part, rows: int, width: int, plain: bool) -> list[RenderableType]:
    """A further part: its title, how it is counted, its first rows."""
    shown = part.first(rows)
    parts: list[RenderableType] = [
        Text.assemble((f" {printable(part.title)}", "bold")),
        Padding(Text(printable(part.note), style="dim"), (0, 1)),
    ]
    if not shown:
        return [*parts, Text(" none", style="dim")]
    table = Table(box=None, padding=(0, 1), header_style="dim", pad_edge=True)
    cells = [
        [printable(" ".join(written(value, kind).split())) for value, (_, kind) in zip(row, part.columns, strict=True)] for row in shown
    ]
    names = [printable(name) for name, _ in part.columns]
    widths = [max(map(len, column)) for column in zip(names, *cells, strict=True)]
    texts = [at for at, (_, kind) in enumerate(part.columns) if kind == Kind.TEXT]
    # What does not fit is cut from the longest texts, never from the numbers.
    while sum(widths) + 2 * len(widths) > width and widths[longest := max(texts, key=widths.__getitem__)] > 6:
        widths[longest] -= 1
    for at, name in enumerate(names):
        justify: Literal["left", "right"] = "left" if at in texts else "right"
        table.add_column(name, justify=justify, no_wrap=True, overflow="crop" if plain else "ellipsis", width=widths[at])
    for row in cells:
        table.add_row(*row)
    left = len(part.first(len(part.rows))) - len(shown)
    parts.append(table)
    if left > 0:
        parts.append(Text(f" {left:,} more: --top shows them", style="dim"))
    return parts


def _line(text: str, plain: bool) -> str:
    """A posting's words in one line of a table."""
    return printable(" ".join(text.replace("…", "...").split() if plain else text.split()))


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


def _stages(report: Figures, plain: bool) -> Padding:
    """How the postings spread over stages and tracks, in a line each."""
    dot = " | " if plain else " · "

    def line(counts: Sequence[Count]) -> str:
        return dot.join(f"{printable(count.name)} {count.postings:,} ({count.share:.0%})" for count in counts)

    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim")
    grid.add_column(overflow="fold")
    grid.add_row("stage", line(report.stages))
    grid.add_row("track", line(report.tracks))
    return Padding(grid, (0, 1))
