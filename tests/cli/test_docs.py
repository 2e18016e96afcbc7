"""docs/commands.md is what --help says, command by command: a command or option that is not in it fails here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from skillsift.cli import command

PATH = Path(__file__).parent.parent.parent / "docs" / "commands.md"
HEAD = """# Commands

What `--help` says, command by command. This page is written by `pytest tests/cli/test_docs.py --update-goldens`; change the help, not the
page. Exit codes: 0 done · 1 some input could not be read (told; the rest is done) · 2 wrong use. Errors are one line on standard error.
Tab completes packs, skills, groups and formats once `skillsift --install-completion` has been run in bash, zsh or fish.
"""


def commands() -> Iterator[tuple[list[str], Any]]:
    """Every command with its words, groups before what is in them."""

    def within(words: list[str], each: Any) -> Iterator[tuple[list[str], Any]]:
        yield words, each
        for name, inner in getattr(each, "commands", {}).items():
            yield from within([*words, name], inner)

    return within([], command())


def test_the_page_says_what_help_says(cli: Any, pytestconfig: pytest.Config) -> None:
    parts = [HEAD]
    for words, _ in commands():
        called = cli(*words, "--help", COLUMNS="88")
        assert called.code == 0
        parts.append(f"## {' '.join(['skillsift', *words])}\n\n```text\n{called.out.strip()}\n```\n")
    content = "\n".join(parts)
    if pytestconfig.getoption("--update-goldens"):
        PATH.write_text(content, "utf-8", newline="\n")
    hint = (
        "docs/commands.md differs from --help: run `pytest tests/cli/test_docs.py --update-goldens` and read the diff before you commit it"
    )
    assert content.splitlines() == PATH.read_text("utf-8").splitlines(), hint


@pytest.mark.parametrize(("words", "each"), [pytest.param(words, each, id=" ".join(words) or "skillsift") for words, each in commands()])
def test_every_option_says_what_it_is_for(words: list[str], each: Any) -> None:
    assert each.help, "a command has a docstring"
    assert [parameter.name for parameter in each.params if not getattr(parameter, "help", None)] == []
    assert [
        option.name for option in each.params if option.param_type_name == "option" and option.is_flag is False and not option.metavar
    ] == []


@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_help_fits_its_terminal(cli: Any, width: int) -> None:
    for words, _ in commands():
        lines = cli(*words, "--help", COLUMNS=str(width)).out.splitlines()
        assert not [line for line in lines if len(line) > width and len(line.split()) > 2], words


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_help_is_told_in_any_encoding(cli: Any, encoding: str) -> None:
    for words, _ in commands():
        called = cli(*words, "--help", encoding=encoding)
        assert called.code == 0
        assert called.out.isascii()
