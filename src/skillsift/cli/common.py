"""What the commands share: options, messages, and consoles that know what their terminal can show."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from skillsift.cli import completing
from skillsift.reporting.wording import printable as printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rich.console import Console

    from skillsift.reading import Source

PackOption = Annotated[
    list[str] | None,
    typer.Option(
        "--pack",
        metavar="NAME|DIR",
        autocompletion=completing.packs,
        help="A skill pack beside the guide's: a shipped one by name, or a folder of TOML files. May be repeated.",
    ),
]
FromOption = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="FORMAT",
        autocompletion=completing.input_formats,
        help="Input format: text, markdown, html, pdf, jobspy, csv, tsv, jsonl, json, parquet, excel. "
        "Without it: by content, then by the name's suffix.",
    ),
]
EncodingOption = Annotated[
    str | None,
    typer.Option("--encoding", metavar="CODEC", help="Input encoding, such as cp1252. Without it: UTF-8, mended where it is not."),
]
TextOption = Annotated[str | None, typer.Option("--text", metavar="COLUMN", help="The column that holds the posting's text.")]
TitleColumnOption = Annotated[str | None, typer.Option("--title-column", metavar="COLUMN", help="The column that holds the job title.")]
GroupOption = Annotated[
    str | None,
    typer.Option("--group", metavar="GROUP", autocompletion=completing.groups, help="Only the skills of one group, such as language."),
]
IdOption = Annotated[str | None, typer.Option("--id", metavar="COLUMN", help="The column that holds the id.")]


def packs(more: Sequence[str] | None) -> tuple[str, ...]:
    """The guide's pack, and the user's behind it."""
    return ("guide", *(pack for pack in more or () if pack != "guide"))


def console(*, stderr: bool = False, width: int | None = None) -> Console:
    """A console on standard output or error; colour and width are the terminal's, NO_COLOR is heeded."""
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, emoji=False, markup=False, width=width, soft_wrap=False)


def echo(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Print to standard output or error in the encoding that it has; Click's own `echo` writes UTF-8 where it was told ASCII."""
    print(text, end="\n" if nl else "", file=sys.stderr if err else sys.stdout)


def warn(message: str) -> None:
    """One line on standard error; what it quotes of an input is not to steer the terminal."""
    echo(f"skillsift: {' '.join(printable(message).splitlines())}", err=True)


def different_outputs(*names: str | None) -> list[str]:
    """The outputs that were asked for.

    Raises:
        UsageError: two of them are one file.
    """
    from skillsift.errors import UsageError

    outputs = [name for name in names if name is not None]
    twice = next((name for at, name in enumerate(outputs) if name in outputs[:at]), None)
    if twice is not None:
        raise UsageError(f"{twice}: named for two outputs; give each its own")
    return outputs


def write_file(name: str, content: str) -> None:
    """Write an output, "-" to standard output, and tell of it.

    Raises:
        InputError: it cannot be written.
    """
    if name == "-":
        echo(content, nl=False)
        return
    from skillsift.errors import InputError

    try:
        Path(name).write_text(content, "utf-8", errors="backslashreplace", newline="\n")
    except OSError as error:
        raise InputError(f"{name}: cannot be written: {error.strerror}") from None
    echo(f"written: {name}", err=True)


def warn_of(source: Source) -> None:
    """What came to light while a source was read: bytes that were mended, keys that are no columns."""
    mended = source.mended.told(source.name) if source.mended is not None else None
    for note in (mended, *source.notes):
        if note is not None:
            warn(note)


@contextmanager
def progress(doing: str) -> Iterator[Callable[[int], None]]:
    """A function to tell of rows done: on a terminal a bar with count, rate and time, elsewhere nothing."""
    if not sys.stderr.isatty():
        yield lambda rows: None
        return
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn(doing),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}", style="dim"),
        TimeElapsedColumn(),
    )
    started = time.perf_counter()
    with Progress(*columns, console=console(stderr=True), transient=True) as bar:
        task = bar.add_task(doing, total=None, rate="")

        def advance(rows: int) -> None:
            bar.advance(task, rows)
            done = bar.tasks[0].completed
            bar.update(task, rate=f"{done / max(time.perf_counter() - started, 1e-9):,.0f} a second")

        yield advance


def is_terminal() -> bool:
    """Whether a person reads standard output."""
    return sys.stdout.isatty()


def unicode_ok() -> bool:
    """Whether standard output can show more than ASCII."""
    return "utf" in (sys.stdout.encoding or "").lower()
