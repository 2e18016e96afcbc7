"""skillsift vocab: look into the vocabulary, check it, and exchange it with other tools."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from skillsift.cli import common, completing, exchange
from skillsift.cli.starting import load_spacy
from skillsift.errors import UsageError, VocabularyError

if TYPE_CHECKING:
    from skillsift.vocabulary import Concept

app = typer.Typer(help="Look into the vocabulary, check it, bring your own.", no_args_is_help=True)


@app.command("list")
def list_(
    group: common.GroupOption = None,
    pack: common.PackOption = None,
) -> None:
    """List the skills. Id, name, group, where the guide speaks of each, and its pack."""
    from skillsift.vocabulary import load

    concepts = list(load(common.packs(pack)).concepts.values())
    known = sorted({concept.group for concept in concepts})
    if group is not None and group not in known:
        raise UsageError(f"{group}: no such group; known: {', '.join(known)}")
    concepts = [concept for concept in concepts if group in (None, concept.group)]
    if not common.is_terminal():
        for concept in concepts:
            common.echo(common.printable(f"{concept.id}\t{concept.name}\t{concept.group}\t{concept.guide}\t{concept.pack}"))
        return
    from rich.table import Table
    from rich.text import Text

    screen = common.console()
    last = "guide" if pack is None else "pack"
    columns = [name for name, from_width in (("id", 0), ("name", 60), ("group", 60), (last, 90)) if screen.width >= from_width]
    table = Table(box=None, header_style="dim", padding=(0, 1))
    for column in columns:
        table.add_column(column, style="dim" if column == last else "", overflow="fold", no_wrap=column == "id" and len(columns) > 1)
    for concept in concepts:
        short = Text.assemble(concept.id, (f"  {common.printable(concept.name)}", "dim"))
        table.add_row(*([short] if len(columns) == 1 else [common.printable(getattr(concept, column)) for column in columns]))
    screen.print(table)
    common.echo(f" {len(concepts)} skills")


@app.command()
def show(
    skill: Annotated[str, typer.Argument(metavar="SKILL", help="A skill's id or name.", autocompletion=completing.skills)],
    pack: common.PackOption = None,
) -> None:
    """Show one skill: its wordings, its guards and its examples."""
    from skillsift.vocabulary import load
    from skillsift.vocabulary.names import names_of, no_skill, plain

    vocabulary = load(common.packs(pack))
    id_ = names_of(vocabulary).get(plain(skill))
    if id_ is None:
        raise UsageError(no_skill(skill, vocabulary))
    _print(vocabulary.concepts[id_])


def _print(concept: Concept) -> None:
    common.echo(common.printable(f"{concept.name}  [{concept.id}]"))
    common.echo(f"  group    {concept.group}")
    common.echo(f"  pack     {concept.pack}")
    common.echo(common.printable(f"  guide    {concept.guide or '-'}"))
    if concept.source:
        common.echo(common.printable(f"  source   {concept.source}"))
    common.echo(common.printable(f"  file     {concept.file}:{concept.line}"))
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
            common.echo(common.printable(f"  {label if at == 0 else '':9}{value}"))


@app.command()
def check(pack: common.PackOption = None) -> None:
    """Check every file of the vocabulary. All faults come at once, each with file and line; examples are tried as well."""
    from skillsift.vocabulary import load

    try:
        vocabulary = load(common.packs(pack))
    except VocabularyError as error:
        for fault in error.faults:
            common.echo(str(fault), err=True)
        common.echo(f"skillsift: {len(error.faults)} faults", err=True)
        raise typer.Exit(1) from None
    load_spacy()
    from skillsift.tagging.examples import failing_examples

    faults = failing_examples(vocabulary)
    for fault in faults:
        common.echo(str(fault), err=True)
    if faults:
        common.echo(f"skillsift: {len(faults)} examples fail", err=True)
        raise typer.Exit(1)
    rules = sum(len(rules) for rules in vocabulary.rules.values())
    common.echo(f"{len(vocabulary.concepts)} skills and {rules} rules in order ({', '.join(vocabulary.packs)}; {vocabulary.digest[:19]})")


app.command("import")(exchange.import_)
app.command("export")(exchange.export)
