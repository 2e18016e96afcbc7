"""The command line: parse, call, render. One file a command."""

from __future__ import annotations

import gc
import io
import os
import sys
from pathlib import Path
from shutil import get_terminal_size
from typing import Any, NoReturn

import typer

from skillsift.cli import batch, evaluate, gap, report, tag, vocab
from skillsift.cli.common import warn
from skillsift.errors import SkillsiftError

#: What Typer raises for words that it does not understand. The class has no import path that holds in every Typer: up to 0.2x it is
#: Click's, later one of Typer's own copy.
_WrongUse: type[Exception] = typer.BadParameter.__mro__[1]

#: Narrower terminals than this have to be told: by itself, help is never narrower.
NARROW = 53

app = typer.Typer(
    name="skillsift",
    help="Read job postings: which skills each requires, prefers or mentions, how senior it is, and why.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help: at once, in any width, in any encoding
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
app.command("report", short_help="Rank the skills that postings ask for.")(report.report)
app.command("gap")(gap.gap)
app.command("evaluate", short_help="Measure the tagger on labelled postings.")(evaluate.evaluate)
app.add_typer(vocab.app, name="vocab")


def main() -> NoReturn:
    """The `skillsift` command. Errors are one line on standard error; a closed pipe is none."""
    _open_streams()
    code = 0
    try:
        code = command()(prog_name="skillsift", standalone_mode=False) or 0
    except _WrongUse as error:
        _tell_wrong_use(error)
        code = 2
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
    except (KeyboardInterrupt, typer.Abort):
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


def command() -> Any:
    """The whole command line as Typer makes it."""
    root: Any = typer.main.get_command(app)
    columns = get_terminal_size().columns
    if columns < NARROW:
        root.context_settings["terminal_width"] = columns - 1
    commands: list[Any] = [root]
    while commands:
        each = commands.pop()
        commands += getattr(each, "commands", {}).values()
        for parameter in each.params:
            if parameter.param_type_name == "argument":
                parameter.display_type_rich = _nothing  # newer Typers would write <list[str]> behind each
    return root


def _nothing(ctx: object) -> None:
    pass


def _tell_wrong_use(error: Any) -> None:
    """Wrong words in one line: what is wrong with them, and where to look. A group without a command shows its help."""
    if type(error).__name__ == "NoArgsIsHelpError":
        typer.echo(error.ctx.get_help(), err=True)
        return
    said = " ".join(error.format_message().replace("Value error, ", "").split()).rstrip(".")
    said = said[:1].lower() + said[1:]
    warn(f"{said} ({error.ctx.command_path} --help tells more)" if error.ctx is not None else said)


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
