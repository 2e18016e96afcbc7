"""skillsift report: which skills the postings ask for, ranked."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from skillsift.cli import common, completing
from skillsift.errors import InputError, SkillsiftError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from skillsift.reporting.tally import Tally


def report(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT", help="Postings, or what skillsift batch wrote; - reads standard input.")],
    top: Annotated[int, typer.Option("--top", "-n", metavar="N", min=1, help="How many skills to show.")] = 30,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="COLUMN",
            autocompletion=completing.by,
            help="Split the shares: stage, track, month, company, or any column of the input.",
        ),
    ] = None,
    group: common.GroupOption = None,
    csv: Annotated[str | None, typer.Option("--csv", metavar="FILE", help="Write the whole table as CSV; - to standard output.")] = None,
    md: Annotated[str | None, typer.Option("--md", metavar="FILE", help="Write the shown table as Markdown.")] = None,
    json: Annotated[str | None, typer.Option("--json", metavar="FILE", help="Write everything as JSON.")] = None,
    from_: common.FromOption = None,
    text: common.TextOption = None,
    title_column: common.TitleColumnOption = None,
    pack: common.PackOption = None,
    encoding: common.EncodingOption = None,
) -> None:
    """Count how many postings ask for each skill: ranked, split by level, with 95 % intervals. Each ad counts once.

    Example: skillsift report postings.csv
    """
    from skillsift.reading import open_source
    from skillsift.reporting.counts import BY, count
    from skillsift.reporting.tally import tally_source
    from skillsift.tagging.tagger import Tagger

    outputs = [name for name in (csv, md, json) if name is not None]
    if len(set(outputs)) < len(outputs):
        raise UsageError(f"{outputs[0]}: named for two outputs; give each its own")
    sources = []
    code = 0
    for name in inputs:
        try:
            sources.append(open_source(name, format=from_, encoding=encoding, text=text, title=title_column))
        except SkillsiftError as error:
            if len(inputs) == 1:
                raise
            common.warn(str(error))
            code = max(code, error.exit_code)
    if not sources:
        raise InputError("none of the inputs can be read")
    column = by if by not in (None, *BY) else None
    for source in sources:
        if column and source.format in ("csv", "tsv") and column not in source.header:
            raise UsageError(f"{source.name}: no column {column!r} for --by; it has: {', '.join(source.header[:12])}")
    tagger = Tagger(common.packs(pack))
    known = sorted({concept.group for concept in tagger.vocabulary.concepts.values()})
    if group is not None and group not in known:
        raise UsageError(f"{group}: no such group; known: {', '.join(known)}")
    tallies = chain.from_iterable(tally_source(source, tagger, column) for source in sources)
    with common.progress("reading") as advance:
        counted = count(_told(tallies, advance), tagger.vocabulary, by)
    for source in sources:
        common.warn_of(source)
    if not counted.read:
        raise InputError("no postings in the input: a table needs a line a posting below its column names")
    if group is not None:
        counted = counted.only(group)

    from skillsift.reporting.files import to_csv, to_json, to_markdown

    for file, content in ((csv, to_csv(counted)), (md, to_markdown(counted, top)), (json, to_json(counted) + "\n")):
        if file is not None:
            _write(file, content)
    if "-" not in outputs:
        from skillsift.cli.chart import print_report

        print_report(counted, top=top, by=by)
    if counted.unread:
        common.warn(f"{counted.unread:,} postings could not be read and are not counted")
        code = max(code, 1)
    if code:
        raise typer.Exit(code)


def _told(tallies: Iterable[Tally], advance: Callable[[int], None]) -> Iterator[Tally]:
    for tally in tallies:
        advance(1)
        yield tally


def _write(name: str, content: str) -> None:
    if name == "-":
        typer.echo(content, nl=False)
        return
    try:
        Path(name).write_text(content, "utf-8", errors="backslashreplace", newline="\n")
    except OSError as error:
        raise InputError(f"{name}: cannot be written: {error.strerror}") from None
    typer.echo(f"written: {name}", err=True)
