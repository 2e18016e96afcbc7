"""The house's own rules: imports point one way, files stay small, the README tells the truth."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SRC = ROOT / "src" / "skillsift"
FILES = sorted(SRC.rglob("*.py"))

#: Which parts of the package each part may import: read → tag → report, and the command line on top.
MAY_IMPORT = {
    "errors": set[str](),
    "model": set[str](),
    "vocabulary": {"errors", "patterns"},
    "reading": {"errors", "model"},
    "tagging": {"errors", "model", "vocabulary"},
    "reporting": {"errors", "model", "vocabulary", "reading", "tagging"},
    "engines": {"errors", "model", "vocabulary", "reading", "tagging"},
    "evaluation": {"errors", "model", "vocabulary", "reading", "tagging"},
    "cli": {"errors", "model", "vocabulary", "reading", "tagging", "reporting", "engines", "evaluation", "__version__"},
    "patterns": set[str](),
}
#: The front door may name anything.
FRONT = {"__init__", "__main__", "spacy_component"}


def part(path: Path) -> str:
    """The part of the package that a file belongs to."""
    return path.relative_to(SRC).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """The parts of skillsift that a file imports, with the line; those for type checkers and within functions too."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: imports are absolute"
            names = [f"skillsift.{alias.name}" for alias in node.names] if node.module == "skillsift" else [node.module or ""]
        for name in names:
            if name.startswith("skillsift."):
                yield node.lineno, name.split(".")[1]


def test_imports_point_one_way() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{line}: {part(path)} must not import {other}"
        for path in FILES
        if part(path) not in FRONT
        for line, other in imported(path)
        if other != part(path) and other not in MAY_IMPORT.get(part(path), set())
    ]
    assert not wrong, "\n".join(wrong)


def test_every_part_has_its_rule() -> None:
    """A part without a rule would fail the test above only once it imports something."""
    assert {part(path) for path in FILES} - FRONT <= set(MAY_IMPORT)


def test_the_rules_themselves_point_one_way() -> None:
    for name, others in MAY_IMPORT.items():
        for other in others & set(MAY_IMPORT):
            assert name not in MAY_IMPORT[other], f"{name} and {other} may import each other"


def test_no_file_is_long() -> None:
    long = {str(path.relative_to(ROOT)): lines for path in FILES if (lines := len(path.read_text("utf-8").splitlines())) > 350}
    assert not long


def test_every_file_says_what_it_is_for() -> None:
    silent = [str(path.relative_to(ROOT)) for path in FILES if not ast.get_docstring(ast.parse(path.read_text("utf-8")))]
    assert not silent


def readme_commands() -> list[str]:
    """The skillsift commands in the README's code blocks, without prompts, comments and continued lines."""
    readme = ROOT / "README.md"
    if not readme.exists():
        return []
    blocks = re.findall(r"^```(?:sh|bash|console|shell)?\n(.*?)^```", readme.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    lines = (line.removeprefix("$ ") for block in blocks for line in block.replace("\\\n", " ").splitlines())
    return [found[0] for line in lines if (found := re.search(r"\bskillsift (?:tag|batch|report|gap|vocab|evaluate|-)[^|>#]*", line))]


def command_options() -> dict[str, set[str]]:
    """Every command with its options, as Typer has them."""
    import typer

    from skillsift.cli import app

    found = {}
    root = typer.main.get_command(app)
    for name, command in root.commands.items():  # type: ignore[attr-defined]
        for path, leaf in {name: command, **{f"{name} {sub}": each for sub, each in getattr(command, "commands", {}).items()}}.items():
            found[path] = {option for parameter in leaf.params for option in (*parameter.opts, *parameter.secondary_opts)} | {
                "--help",
                "-h",
            }
    return found


@pytest.mark.skipif(not readme_commands(), reason="no README with commands yet")
@pytest.mark.parametrize("line", readme_commands())
def test_commands_of_the_readme_exist(line: str) -> None:
    _, *words = shlex.split(line)
    known = command_options()
    names = [word for word in words if not word.startswith("-")]
    command = " ".join(names[:2]) if names and " ".join(names[:2]) in known else names[0] if names else ""
    if not command:
        assert set(words) <= {"--help", "-h", "--version", "--install-completion", "--show-completion"}
        return
    assert command in known
    options = {word.split("=")[0] for word in words if word.startswith("-") and word != "-"}
    assert options <= known[command], f"{command} has no {options - known[command]}"


@pytest.mark.skipif(not readme_commands(), reason="no README with commands yet")
def test_the_readme_names_every_command() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    missing = [name for name in command_options() if f"skillsift {name}" not in text and " " not in name]
    assert not missing
