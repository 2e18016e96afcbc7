"""skillsift batch: a table of postings in, the same table with its tags out."""

from __future__ import annotations

import time
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from skillsift.cli import common, completing, stopping
from skillsift.cli.starting import load_spacy
from skillsift.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from skillsift.engines.batch import Outcome


class Engine(StrEnum):
    """What does the work."""

    LOCAL = "local"
    DASK = "dask"


def batch(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT", help="Tables, job boards' JSON or documents, also packed (docs/inputs.md); - reads standard input."
        ),
    ],
    output: Annotated[
        str,
        typer.Option("--output", "-o", metavar="OUT", help="The file to write; - writes to standard output. With --engine dask a folder."),
    ],
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="FORMAT",
            autocompletion=completing.output_formats,
            help="Output format: csv, tsv, jsonl, parquet. Without it: by the output's name, else the input's.",
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
    safe_csv: common.SafeCsvOption = True,
    engine: Annotated[
        Engine,
        typer.Option(
            "--engine",
            metavar="ENGINE",
            help="local: this machine. dask: a cluster; inputs are then Parquet files, URLs, globs or folders.",
        ),
    ] = Engine.LOCAL,
    scheduler: Annotated[
        str | None, typer.Option("--scheduler", metavar="ADDRESS", help="The cluster's scheduler, such as tcp://10.0.0.1:8786.")
    ] = None,
) -> None:
    """Tag every row of a table. As many rows come out as went in, in the same order.

    Example: skillsift batch postings.csv -o tagged.csv
    """
    if engine is Engine.DASK:
        for given, option in ((to, "--to"), (from_, "--from"), (encoding, "--encoding"), (workers > 1, "--workers")):
            if given and given != "parquet":
                raise UsageError(f"{option} does not go with --engine dask: Parquet in, Parquet out, with the cluster's own workers")
        if scheduler is None:
            raise UsageError("--engine dask needs --scheduler ADDRESS, such as tcp://10.0.0.1:8786")
        run = _cluster_run()
        started = time.perf_counter()
        try:
            with stopping.stoppable(), common.progress("tagging") as advance:
                outcome = run(
                    inputs,
                    output,
                    scheduler=scheduler,
                    packs=common.packs(pack),
                    text=text,
                    title=title_column,
                    id_=id_,
                    resume=resume,
                    progress=advance,
                )
        except KeyboardInterrupt as stop:
            how, code = stopping.told(stop)
            common.warn(f"{how}; {output} is not written. The same command with --resume goes on where it stopped")
            raise typer.Exit(code) from None
        _tell(outcome, output, started)
        return
    if scheduler is not None:
        raise UsageError("--scheduler goes with --engine dask")
    load_spacy()
    from skillsift.engines.batch import output_format, resumable, run_batch
    from skillsift.reading import open_source

    sources = [open_source(name, format=from_, encoding=encoding, text=text, title=title_column, id_=id_) for name in inputs]
    format = output_format(output, to, sources)
    started = time.perf_counter()
    try:
        with stopping.stoppable(), common.progress("tagging") as advance:
            outcome = run_batch(
                sources, output, format, packs=common.packs(pack), workers=workers, resume=resume, progress=advance, safe=safe_csv
            )
    except KeyboardInterrupt as stop:
        how, code = stopping.told(stop)
        hint = ". The same command with --resume goes on where it stopped" if resumable(output) else ""
        common.warn(f"{how}; {'the output is not whole' if output == '-' else f'{output} is not written'}{hint}")
        raise typer.Exit(code) from None
    for source in sources:
        common.warn_of(source)
    _tell(outcome, output, started)


def _cluster_run() -> Callable[..., Outcome]:
    try:
        from skillsift.engines.cluster import run_cluster
    except ImportError as error:
        raise UsageError(f"--engine dask needs {error.name}: pip install 'skillsift[dask]', here and on the workers") from None
    return run_cluster


def _tell(outcome: Outcome, output: str, started: float) -> None:
    """What was done, and the exit code where a row could not be read."""
    taken = max(time.perf_counter() - started, 1e-9)
    fresh = outcome.rows - outcome.resumed
    said = f"{outcome.rows:,} postings tagged in {taken:,.1f} s ({fresh / taken:,.0f} a second)"
    if outcome.resumed:
        said += f", {outcome.resumed:,} of them by the run before"
    if output != "-":
        said += f": {output}"
    common.echo(said, err=True)
    if outcome.unread:
        common.warn(f"{outcome.unread:,} rows could not be read; they are kept, with the reason in the column error")
        raise typer.Exit(1)
