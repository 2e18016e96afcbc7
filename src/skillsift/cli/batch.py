"""skillsift batch: a table of postings in, the same table with its tags out."""

from __future__ import annotations

import time
from typing import Annotated

import typer

from skillsift.cli import common, completing


def batch(
    inputs: Annotated[
        list[str], typer.Argument(metavar="INPUT", help="CSV, TSV, JSON or JSON Lines files, also gzipped; - reads standard input.")
    ],
    output: Annotated[str, typer.Option("--output", "-o", metavar="OUT", help="The file to write; - writes to standard output.")],
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="FORMAT",
            autocompletion=completing.output_formats,
            help="Output format: csv, tsv, jsonl. Without it: by the output's name, else the input's.",
        ),
    ] = None,
    from_: common.FromOption = None,
    text: common.TextOption = None,
    title_column: common.TitleColumnOption = None,
    id_: common.IdOption = None,
    workers: Annotated[int, typer.Option("--workers", "-w", metavar="N", min=1, max=256, help="Processes to tag with.")] = 1,
    resume: Annotated[bool, typer.Option("--resume", help="Go on where an interrupted run of the same command stopped.")] = False,
    pack: common.PackOption = None,
    encoding: common.EncodingOption = None,
) -> None:
    """Tag every row of a table. As many rows come out as went in, in the same order.

    Example: skillsift batch postings.csv -o tagged.csv
    """
    from skillsift.engines.batch import output_format, resumable, run_batch
    from skillsift.reading import open_source

    sources = [open_source(name, format=from_, encoding=encoding, text=text, title=title_column, id_=id_) for name in inputs]
    format = output_format(output, to, sources)
    started = time.perf_counter()
    try:
        with common.progress("tagging") as advance:
            outcome = run_batch(sources, output, format, packs=common.packs(pack), workers=workers, resume=resume, progress=advance)
    except KeyboardInterrupt:
        hint = ". The same command with --resume goes on where it stopped" if resumable(output) else ""
        common.warn(f"interrupted; {'the output is not whole' if output == '-' else f'{output} is not written'}{hint}")
        raise typer.Exit(130) from None
    for source in sources:
        common.warn_of(source)
    taken = max(time.perf_counter() - started, 1e-9)
    fresh = outcome.rows - outcome.resumed
    said = f"{outcome.rows:,} postings tagged in {taken:,.1f} s ({fresh / taken:,.0f} a second)"
    if outcome.resumed:
        said += f", {outcome.resumed:,} of them by the run before"
    if output != "-":
        said += f": {output}"
    typer.echo(said, err=True)
    if outcome.unread:
        common.warn(f"{outcome.unread:,} rows could not be read; they are kept, with the reason in the column error")
        raise typer.Exit(1)
