"""The command line: parse, call, render. One file a command."""

from __future__ import annotations

import gc
import io
import os
import sys
from pathlib import Path
from typing import NoReturn

import typer

from skillsift.cli import batch, evaluate, report, tag, vocab
from skillsift.cli.common import warn
from skillsift.errors import SkillsiftError

app = typer.Typer(
    name="skillsift",
    help="Read job postings: which skills each requires, prefers or mentions, how senior it is, and why.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Start with: skillsift tag POSTING.txt",
)


def _version(asked: bool) -> None:
    if asked:
        from skillsift import __version__

        typer.echo(f"skillsift {__version__}")
        raise typer.Exit


@app.callback()
def _root(version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version and stop.")) -> None:
    pass


app.command("tag")(tag.tag)
app.command("batch")(batch.batch)
app.command("report")(report.report)
app.command("evaluate")(evaluate.evaluate)
app.add_typer(vocab.app, name="vocab")


def main() -> NoReturn:
    """The `skillsift` command. Errors are one line on standard error; a closed pipe is none."""
    _open_streams()
    code = 0
    try:
        app(standalone_mode=True)
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else 1
        if isinstance(stop.__context__, BrokenPipeError):  # Click and Rich make an exit of it
            code = 0
            _drop_output()
    except SkillsiftError as error:
        warn(str(error))
        code = error.exit_code
    except BrokenPipeError:
        _drop_output()
    except OSError as error:
        warn(f"cannot go on: {error.strerror or error}")
        code = 1
        _drop_output()
    except KeyboardInterrupt:
        warn("interrupted")
        code = 130
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()
    except OSError as error:
        warn(f"standard output cannot be written: {error.strerror}")
        code = 1
        _drop_output()
    gc.freeze()  # all is done: looking for garbage on the way out would take a tenth of a short run
    sys.exit(code)


def _open_streams() -> None:
    """Standard streams that are there, and that no character of a posting can break."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by whoever called
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 (open as long as the process)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A lone surrogate in a posting must not stop the rest; in JSON its escape is right as it stands.
            stream.reconfigure(errors="backslashreplace")


def _drop_output() -> None:
    """`skillsift … | head` closed the pipe: what is left to say goes nowhere, quietly."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
