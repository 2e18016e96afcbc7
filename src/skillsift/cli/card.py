"""A tagged posting on a terminal: a card that one reads at a glance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from skillsift.cli.common import console, printable, unicode_ok
from skillsift.model import LEVELS, UNSURE_BELOW, Level, Skill, TaggedPosting
from skillsift.reporting.wording import degree, pay, years

if TYPE_CHECKING:
    from rich.console import RenderableType

STYLES = {Level.REQUIRED: "bold green", Level.PREFERRED: "yellow", Level.MENTIONED: "cyan"}
_HIGHLIGHT = {Level.REQUIRED: "black on green", Level.PREFERRED: "black on yellow", Level.MENTIONED: "black on cyan"}
MOST_WIDTH = 110
#: Below this width what stands side by side is set one below the other.
NARROW = 64


def print_card(tagged: TaggedPosting, *, explain: bool, show_text: bool, first: bool) -> None:
    """Print one card.

    Args:
        explain: with the words and reasons behind each skill, and what was dropped.
        show_text: with the posting's text, skills highlighted.
        first: whether it is the first of several.
    """
    screen = console()
    if screen.width > MOST_WIDTH:
        screen = console(width=MOST_WIDTH)
    plain = not unicode_ok()
    narrow = screen.width < NARROW
    parts: list[RenderableType] = [] if first else [Text()]
    parts.append(_heading(tagged, plain, narrow))
    if tagged.error is not None:
        parts.append(Padding(Text(f"could not be read: {printable(tagged.error)}", style="red"), (0, 1)))
        screen.print(Group(*parts))
        return
    parts.append(_facts(tagged, plain))
    parts.append(_skills(tagged, plain, narrow))
    if explain:
        parts.append(_explained(tagged, plain))
    if show_text:
        parts.append(_text(tagged))
    screen.print(Group(*parts))


def _heading(tagged: TaggedPosting, plain: bool, narrow: bool) -> RenderableType:
    title = printable(tagged.title or "Untitled posting")
    head = Table.grid(expand=True, padding=(0, 1))
    head.add_column(ratio=1, overflow="fold")
    head.add_column(justify="right", no_wrap=True)
    stage = Text(tagged.stage or "stage not told", style="bold magenta" if tagged.stage else "dim")
    stage.append(f" {'|' if plain else '·'} {tagged.track}", style="magenta")
    if tagged.stage:
        unsure = tagged.confidence < UNSURE_BELOW
        stage.append(f" {'|' if plain else '·'} ", style="dim")
        stage.append(f"unsure, {tagged.confidence:.0%}" if unsure else f"{tagged.confidence:.0%} sure", style="yellow" if unsure else "dim")
    rule = Rule(style="dim", characters="-" if plain else "─")
    if narrow:
        return Group(Padding(Text(title, style="bold"), (0, 1)), Padding(stage, (0, 1)), rule)
    head.add_row(Text(title, style="bold"), stage)
    return Group(Padding(head, (0, 1)), rule)


def _facts(tagged: TaggedPosting, plain: bool) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    dot = " | " if plain else " · "
    if tagged.because:
        table.add_row("why", printable(dot.join(tagged.because)))
    asks = [part for part in (years(tagged.experience, plain), degree(tagged.degree, plain)) if part]
    if asks:
        table.add_row("asks for", dot.join(asks))
    if tagged.salary:
        table.add_row("pays", pay(tagged.salary, plain))
    if not tagged.sections_found:
        table.add_row("note", "no headings recognised: levels rest on each sentence's own words")
    return Padding(table, (0, 1)) if table.row_count else Text(" nothing said of experience, degree or pay", style="dim")


def _skills(tagged: TaggedPosting, plain: bool, narrow: bool) -> RenderableType:
    if not tagged.skills:
        return Padding(Text("no skill of the vocabulary is named", style="dim"), (1, 1))
    dot = " | " if plain else " · "
    table = Table.grid(padding=(0, 2))
    if not narrow:
        table.add_column(no_wrap=True)
        table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for level in LEVELS:
        skills = tagged.at(level)
        table.add_row()
        label: str | Text = Text(f"{level} {len(skills)}" if skills else f"{level} -", style=STYLES[level] if skills else "dim")
        if narrow:
            table.add_row(label)
            for group, members in _grouped(tagged, skills):
                table.add_row(Padding(Text.assemble((f"{group}  ", "dim"), dot.join(map(_name, members))), (0, 0, 0, 2)))
            continue
        for group, members in _grouped(tagged, skills):
            table.add_row(label, group, Text(dot.join(map(_name, members))))
            label = ""
        if not skills:
            table.add_row(label, "", "")
    parts: list[RenderableType] = [Padding(table, (0, 1))]
    if tagged.any_of:
        names = {skill.id: skill.name for skill in tagged.skills}
        groups = [" or ".join(names.get(id_, id_) for id_ in group) for group in tagged.any_of]
        either = Table.grid(padding=(0, 2))
        either.add_column(style="dim", no_wrap=True)
        either.add_column(overflow="fold")
        either.add_row("one of", "\n".join(groups))
        parts.append(Padding(either, (1, 1, 0, 1)))
    return Group(*parts)


def _grouped(tagged: TaggedPosting, skills: Iterable[Skill]) -> Iterator[tuple[str, Iterator[Skill]]]:
    """Skills by group; a group of a further pack tells its pack."""
    for (pack, group), members in groupby(skills, key=lambda skill: (skill.pack, skill.group)):
        yield group if pack == tagged.packs[0] else f"{group} ({pack})", members


def _name(skill: Skill) -> str:
    return f"{skill.name} ({skill.years}+ years)" if skill.years else skill.name


def _explained(tagged: TaggedPosting, plain: bool) -> RenderableType:
    parts: list[RenderableType] = [Text(), Text(" why each", style="bold")]
    for skill in tagged.skills:
        parts.append(Padding(Text.assemble((skill.name, STYLES[skill.level]), ("  " + skill.level, "dim")), (0, 0, 0, 3)))
        parts += [
            Padding(
                _quoted(
                    tagged.posting.text,
                    mention.start,
                    mention.end,
                    STYLES[mention.level],
                    f"{mention.level}, {mention.section}: {mention.because}",
                    plain,
                ),
                (0, 0, 0, 5),
            )
            for mention in skill.mentions
        ]
    if tagged.dropped:
        parts += [Text(), Text(" dropped", style="bold")]
        parts += [
            Padding(
                Text.assemble(
                    (printable(drop.id), "red"), "  ", _quoted(tagged.posting.text, drop.start, drop.end, "red", drop.because, plain)
                ),
                (0, 0, 0, 3),
            )
            for drop in tagged.dropped
        ]
    return Group(*parts)


def _quoted(text: str, start: int, end: int, style: str, because: str, plain: bool, width: int = 34) -> Text:
    """The words with a little of the text round them, and the reason behind."""
    low, high = max(0, start - width), min(len(text), end + width)
    before, words, after = (
        " ".join(printable(text[a:b]).split(" ")).replace("\n", " ") for a, b in ((low, start), (start, end), (end, high))
    )
    dots = "..." if plain else "…"
    quoted = Text((dots if low else "") + before.lstrip(), style="dim")
    quoted.append(words, style=style)
    quoted.append(after.rstrip() + (dots if high < len(text) else ""), style="dim")
    quoted.append(f"  {'->' if plain else '→'} {printable(because)}")
    return quoted


def _text(tagged: TaggedPosting) -> RenderableType:
    """The posting with every mention highlighted by its level."""
    shown = Text(printable(tagged.posting.text))
    for skill in tagged.skills:
        for mention in skill.mentions:
            shown.stylize(_HIGHLIGHT[mention.level], mention.start, mention.end)
    for drop in tagged.dropped:
        shown.stylize("strike dim", drop.start, drop.end)
    legend = Text.assemble(*((f" {level} ", _HIGHLIGHT[level]) for level in LEVELS), " ", ("dropped", "strike dim"))
    return Padding(Group(Text(), legend, Text(), shown), (0, 1))
