"""skillsift evaluate: the tagger against postings that a person labelled."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from skillsift.cli import common
from skillsift.cli.starting import load_spacy

if TYPE_CHECKING:
    from skillsift.evaluation import Evaluation


def evaluate(
    gold: Annotated[
        list[str], typer.Argument(metavar="GOLD", help="Labelled postings as JSON Lines: id, title, text, skills, and the fields.")
    ],
    errors: Annotated[bool, typer.Option("--errors", help="List every disagreement with its words and the tagger's reason.")] = False,
    concepts: Annotated[bool, typer.Option("--concepts", help="Show precision, recall and F1 of each skill.")] = False,
    baseline: Annotated[
        str | None, typer.Option("--baseline", metavar="FILE", help="Compare with an earlier run: what --json wrote.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    pack: common.PackOption = None,
) -> None:
    """Measure the tagger on labelled postings: skills, levels, and every field.

    Example: skillsift evaluate labelled.jsonl --errors
    """
    load_spacy()
    from skillsift.errors import InputError
    from skillsift.evaluation import evaluate as measure
    from skillsift.evaluation import read_labelled
    from skillsift.tagging.tagger import Tagger

    tagger = Tagger(common.packs(pack))
    labelled = [posting for name in gold for posting in read_labelled(name, tagger.vocabulary.concepts)]
    if not labelled:
        raise InputError(f"{', '.join(gold)}: no labelled posting in it")
    figures = measure((posting, tagger.tag(posting.posting)) for posting in labelled)
    if as_json:
        common.echo(json.dumps(figures.to_dict(), ensure_ascii=not common.unicode_ok(), indent=2))
        return
    _print(figures, concepts=concepts, errors=errors)
    if baseline is not None:
        _print_changes(figures, _read_baseline(baseline))


def _read_baseline(name: str) -> dict[str, Any]:
    from skillsift.errors import InputError
    from skillsift.reading.streams import open_text

    stream, _ = open_text(name)
    try:
        value = json.loads(stream.read())
    except ValueError as error:
        raise InputError(f"{name}: no JSON: {error}") from None
    if not isinstance(value, dict) or not isinstance(value.get("differences"), list):
        raise InputError(f"{name}: no evaluation; write one with skillsift evaluate --json > FILE")
    return value


def _print_changes(figures: Evaluation, before: dict[str, Any]) -> None:
    """Each figure before and now, then which disagreements came and went."""
    from rich.table import Table

    from skillsift.evaluation import changed, compare

    table = Table(box=None, header_style="dim", padding=(0, 2))
    for column in ("against the baseline", "before", "now", ""):
        table.add_column(column, justify="right" if column != "against the baseline" else "left")
    for name, was, now in compare(figures, before):
        moved = "" if abs(now - was) < 5e-4 else f"{now - was:+.3f}"
        table.add_row(name, f"{was:.3f}", f"{now:.3f}", moved)
    screen = common.console()
    screen.print()
    screen.print(table)
    came, went = changed(figures, before)
    for label, differences in (("new", came), ("gone", went)):
        common.echo(f"\n{len(differences)} disagreements {label}")
        for d in differences:
            common.echo(f"  {d.posting}  {d.kind}  {d.skill}  labelled {d.labelled or '-'}, tagged {d.tagged or '-'}")


def _print(figures: Evaluation, *, concepts: bool, errors: bool) -> None:
    from rich.table import Table

    from skillsift.model import LEVELS

    screen = common.console()
    common.echo(f"{figures.postings} labelled postings\n")
    space = (0, 2) if screen.width >= 60 else (0, 1, 0, 0)
    table = Table(box=None, header_style="dim", padding=space)
    for column in ("", "agrees", "precision", "recall", "F1"):
        table.add_column(column, justify="right" if column else "left", no_wrap=bool(column), overflow="fold")
    skills = figures.skills
    table.add_row("skills", "", f"{skills.precision:.3f}", f"{skills.recall:.3f}", f"{skills.f1:.3f}")
    table.add_row("levels, where both have the skill", f"{figures.level:.3f}")
    for field, share in figures.fields.items():
        table.add_row(field, f"{share:.3f}")
    screen.print(table)
    matrix = Table(
        box=None,
        header_style="dim",
        padding=space,
        title="level: labelled (rows), tagged (columns)",
        title_justify="left",
        title_style="dim",
    )
    matrix.add_column("")
    for level in LEVELS:
        matrix.add_column(str(level), justify="right")
    for labelled in LEVELS:
        matrix.add_row(str(labelled), *(str(figures.levels.get((labelled, tagged), 0)) for tagged in LEVELS))
    screen.print()
    screen.print(matrix)
    if figures.reliability:
        sure = Table(box=None, header_style="dim", padding=space, title="confidence in the stage", title_justify="left", title_style="dim")
        for column in ("told", "postings", "mean", "right"):
            sure.add_column(column, justify="right")
        for entry in figures.reliability:
            sure.add_row(f"{entry.low:.1f}-{entry.high:.1f}", str(entry.postings), f"{entry.confidence:.2f}", f"{entry.right:.2f}")
        screen.print()
        screen.print(sure)
    if concepts:
        each = Table(box=None, header_style="dim", padding=space)
        for column in ("skill", "labelled", "precision", "recall", "F1"):
            each.add_column(column, justify="left" if column == "skill" else "right")
        for id_, score in sorted(figures.concepts.items(), key=lambda item: (item[1].f1, item[0])):
            each.add_row(id_, str(score.right + score.missed), f"{score.precision:.2f}", f"{score.recall:.2f}", f"{score.f1:.2f}")
        screen.print()
        screen.print(each)
    if errors:
        common.echo("")
        for d in sorted(figures.differences, key=lambda d: (d.kind, d.skill, d.posting)):
            said = f"labelled {d.labelled or '-'}, tagged {d.tagged or '-'}"
            common.echo(common.printable(f"{d.kind:16} {d.posting}  {d.skill or ''}  {said}\n    {d.words}\n    {d.because}"))
