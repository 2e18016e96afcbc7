"""skillsift vocab: look into the vocabulary, check it, and exchange it with other tools."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from skillsift.cli import common, exchange
from skillsift.errors import UsageError, VocabularyError

if TYPE_CHECKING:
    from skillsift.vocabulary import Concept

app = typer.Typer(help="Look into the vocabulary, check it, bring your own.", no_args_is_help=True)


@app.command("list")
def list_(
    group: Annotated[str | None, typer.Option("--group", help="Only one group, such as language.")] = None,
    pack: common.PackOption = None,
) -> None:
    """List the skills: id, name, group, and where the guide speaks of each."""
    from skillsift.vocabulary import load

    concepts = list(load(common.packs(pack)).concepts.values())
    known = sorted({concept.group for concept in concepts})
    if group is not None and group not in known:
        raise UsageError(f"{group}: no such group; known: {', '.join(known)}")
    concepts = [concept for concept in concepts if group in (None, concept.group)]
    if not common.is_terminal():
        for concept in concepts:
            typer.echo(f"{concept.id}\t{concept.name}\t{concept.group}\t{concept.guide}")
        return
    from rich.table import Table

    table = Table(box=None, header_style="dim", padding=(0, 1))
    for column in ("id", "name", "group", "guide"):
        table.add_column(column, style="dim" if column == "guide" else "", overflow="fold")
    for concept in concepts:
        table.add_row(concept.id, concept.name, concept.group, concept.guide)
    common.console().print(table)
    typer.echo(f" {len(concepts)} skills")


@app.command()
def show(
    skill: Annotated[str, typer.Argument(help="A skill's id or name.")],
    pack: common.PackOption = None,
) -> None:
    """Show one skill: its wordings, its guards and its examples."""
    from skillsift.vocabulary import load

    concepts = load(common.packs(pack)).concepts
    wanted = skill.strip().lower()
    concept = concepts.get(wanted) or next((c for c in concepts.values() if c.name.lower() == wanted), None)
    concept = concept or next((c for c in concepts.values() if wanted in (*map(str.lower, c.aliases), *map(str.lower, c.exact))), None)
    if concept is None:
        from difflib import get_close_matches

        near = get_close_matches(wanted, sorted({*concepts, *(c.name.lower() for c in concepts.values())}), n=3, cutoff=0.5)
        raise UsageError(
            f"no skill {skill!r}" + (f"; did you mean {', '.join(near)}?" if near else "; skillsift vocab list shows them all")
        )
    _print(concept)


def _print(concept: Concept) -> None:
    typer.echo(f"{concept.name}  [{concept.id}]")
    typer.echo(f"  group    {concept.group}")
    typer.echo(f"  guide    {concept.guide or '-'}")
    if concept.source:
        typer.echo(f"  source   {concept.source}")
    typer.echo(f"  file     {concept.file}:{concept.line}")
    rows = {
        "aliases": concept.aliases,
        "exact": concept.exact,
        "verbs": concept.verbs,
        "objects": concept.objects,
        "nouns": concept.nouns,
        "unless": concept.unless,
        "needs": concept.needs,
        "needed by": concept.ambiguous if concept.needs else (),
        "fires": concept.fires,
        "silent": concept.silent,
    }
    for label, values in rows.items():
        for at, value in enumerate(values):
            typer.echo(f"  {label if at == 0 else '':9}{value}")


@app.command()
def check(pack: common.PackOption = None) -> None:
    """Check every file of the vocabulary; all faults at once, each with file and line. Examples are tried as well."""
    from skillsift.vocabulary import load

    try:
        vocabulary = load(common.packs(pack))
    except VocabularyError as error:
        for fault in error.faults:
            typer.echo(str(fault), err=True)
        typer.echo(f"skillsift: {len(error.faults)} faults", err=True)
        raise typer.Exit(1) from None
    from skillsift.tagging.examples import failing_examples

    faults = failing_examples(vocabulary)
    for fault in faults:
        typer.echo(str(fault), err=True)
    if faults:
        typer.echo(f"skillsift: {len(faults)} examples fail", err=True)
        raise typer.Exit(1)
    rules = sum(len(rules) for rules in vocabulary.rules.values())
    typer.echo(f"{len(vocabulary.concepts)} skills and {rules} rules in order ({', '.join(vocabulary.packs)}; {vocabulary.digest[:19]}…)")


app.command("import")(exchange.import_)
app.command("export")(exchange.export)
