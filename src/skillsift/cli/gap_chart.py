"""A gap on a terminal: where one stands, what to learn next, what is missing, which postings are near."""

from __future__ import annotations

from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from skillsift.cli.common import console, printable, unicode_ok
from skillsift.model import STAGES
from skillsift.reporting.gap import Gap
from skillsift.reporting.gap_files import lacks, told

MOST_WIDTH = 110
#: From this width on a table shows the columns that are good to have, too; below the other it leaves out what can be missed.
WIDE, NARROW = 88, 60
_FULL, _EMPTY = ("█", "#"), ("░", "-")


@dataclass(frozen=True, slots=True)
class _Look:
    """What the terminal can show."""

    width: int
    plain: bool

    @property
    def wide(self) -> bool:
        return self.width >= WIDE

    @property
    def narrow(self) -> bool:
        return self.width < NARROW

    @property
    def dot(self) -> str:
        return " | " if self.plain else " · "

    def table(self, *columns: tuple[str, str]) -> Table:
        """A table without lines; each column by its heading and its kind: a number, a line to be cut short, a text to be folded."""
        table = Table(box=None, padding=(0, 1, 0, 0) if self.narrow else (0, 1), header_style="dim", pad_edge=True)
        for name, kind in columns:
            if kind == "number":
                table.add_column(name, justify="right", no_wrap=True)
            elif kind == "line":
                table.add_column(name, no_wrap=True, overflow="crop" if self.plain else "ellipsis")
            else:
                table.add_column(name, overflow="fold", style="dim" if kind == "dim" else "")
        return table

    def bar(self, share: float, width: int) -> Text:
        full = round(share * width)
        return Text.assemble((_FULL[self.plain] * full, "green"), (_EMPTY[self.plain] * (width - full), "dim"))


def print_gap(gap: Gap, *, top: int) -> None:
    """Print a gap.

    Args:
        top: how many skills and postings each list shows.
    """
    screen = console()
    if screen.width > MOST_WIDTH:
        screen = console(width=MOST_WIDTH)
    look = _Look(screen.width, not unicode_ok())
    parts: list[RenderableType] = [_heading(gap, look), Rule(style="dim", characters="-" if look.plain else "─")]
    if not gap.postings:
        screen.print(Group(*parts, Text(" no posting requires a skill of the vocabulary", style="dim")))
        return
    tables = [_stages(gap, look)]
    if gap.plan:
        tables += [_plan(gap, top, look), _missing(gap, top, look), _nearest(gap, top, look)]
    for table in (*tables, _path(gap, top, look)):
        parts += [table, Text()]
    screen.print(Group(*parts[:-1]))


def _heading(gap: Gap, look: _Look) -> RenderableType:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    share = f" ({gap.open / gap.postings:.0%})" if gap.postings else ""
    said = Text(f"{gap.open:,} of {gap.postings:,} postings{share}", style="bold green" if gap.open else "bold")
    grid.add_row("open now", said)
    if told(gap):
        grid.add_row("", Text(told(gap), style="dim"))
    grid.add_row("you have", printable(look.dot.join(skill.name for skill in gap.have)) or "nothing yet")
    if gap.implied:
        grid.add_row("and so", printable(look.dot.join(skill.name for skill, _ in gap.implied)))
    return Padding(grid, (0, 1))


def _stages(gap: Gap, look: _Look) -> RenderableType:
    names = ("of", "open", "near", "met") if look.narrow else ("postings", "open", "one away", "needs met")
    table = look.table(("stage", "line"), *((name, "number") for name in names), *([] if look.narrow else [("", "line")]))
    for entry in gap.stages:
        counts = [f"{count:,}" for count in (entry.postings, entry.open, entry.near)]
        bar = [] if look.narrow else [look.bar(entry.met, 30 if look.wide else 10)]
        table.add_row(entry.stage, *counts, f"{entry.met:.0%}", *bar)
    return table


def _plan(gap: Gap, top: int, look: _Look) -> RenderableType:
    extra = [("", "line")] if look.wide else []
    table = look.table(
        ("learn next", "line"), ("opens", "number"), ("open" if look.narrow else "then open", "number"), *extra, *_step_column(look)
    )
    for at, lesson in enumerate(gap.plan[:top], 1):
        bar = [look.bar(lesson.open / gap.postings, 20)] if look.wide else []
        name = f"{at:>2} {printable(lesson.skill.name)}"
        share = f"{lesson.open:,} {lesson.open / gap.postings:>4.0%}"
        table.add_row(name, _opens(lesson.opens), share, *bar, *_step(gap, lesson.skill.step, look))
    return table


def _missing(gap: Gap, top: int, look: _Look) -> RenderableType:
    stages = [str(stage) for stage in STAGES] if look.wide else []
    table = look.table(
        ("missing", "line"), ("opens", "number"), ("asked", "number"), *((stage, "number") for stage in stages), *_step_column(look)
    )
    for entry in gap.missing[:top]:
        counts = [Text(f"{count:,}") if (count := entry.stages.get(stage, 0)) else Text("-", style="dim") for stage in stages]
        name = f"   {printable(entry.skill.name)}"
        table.add_row(name, _opens(entry.opens), f"{entry.asked:,}", *counts, *_step(gap, entry.skill.step, look))
    more = len(gap.missing) - top
    if more > 0:
        return Group(table, Text(f"    {more} more: --top {len(gap.missing)} shows them all", style="dim"))
    return table


def _nearest(gap: Gap, top: int, look: _Look) -> RenderableType:
    extra = [("stage", "line")] if look.wide else []
    table = look.table(("nearest to open", "text"), *extra, ("met", "number"), ("lacks", "text"))
    for entry in gap.nearest[:top]:
        title = Text(printable(entry.title or entry.id or "Untitled posting"))
        if entry.company:
            title.append(f"  {printable(entry.company)}", style="dim")
        stage = [Text(entry.stage or "-", style="" if entry.stage else "dim")] if look.wide else []
        table.add_row(title, *stage, f"{entry.met}/{entry.needs}", printable(look.dot.join(lacks(entry))))
    return table


def _path(gap: Gap, top: int, look: _Look) -> RenderableType:
    heading = "next there" if look.narrow else "next there, most asked for first"
    table = look.table(("path" if look.narrow else "the guide's path", "text"), ("have", "number"), (heading, "text"))
    following = gap.next_step
    most = max(3, top // 2)
    for entry in gap.path:
        here = following is not None and entry.step.number == following.step.number
        name = Text(f"{'>' if here else ' '} {entry.step.number} {entry.step.name}", style="bold" if here else "")
        said = Text(printable(look.dot.join(skill.name for skill in entry.missing[:most])) or "-", style="" if here else "dim")
        if len(entry.missing) > most:
            said.append(f" and {len(entry.missing) - most} more", style="dim")
        table.add_row(name, f"{entry.had}/{entry.asked}", said)
    return table


def _opens(count: int) -> Text:
    return Text(f"+{count:,}", style="green") if count else Text("-", style="dim")


def _step_column(look: _Look) -> list[tuple[str, str]]:
    return [] if look.narrow else [("path", "dim")]


def _step(gap: Gap, number: int, look: _Look) -> list[str]:
    """The step of the guide's path that a skill belongs to, as wide as there is room for it."""
    if look.narrow:
        return []
    if not number:
        return ["-"]
    return [f"{number} {gap.path[number - 1].step.name}" if look.wide else str(number)]
