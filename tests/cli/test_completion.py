"""Tab: what is offered, and that real shells offer it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from skillsift.cli import completing
from skillsift.engines.batch import OUTPUTS
from skillsift.reading.formats import NAMES
from skillsift.reporting.counts import BY
from skillsift.vocabulary import Vocabulary


def offered(cli: Any, line: str) -> list[str]:
    """What bash would be offered at the end of a line."""
    called = cli(_SKILLSIFT_COMPLETE="complete_bash", COMP_WORDS=line, COMP_CWORD=str(len(line.split(" ")) - 1))
    assert (called.code, called.err) == (0, "")
    return str(called.out).split()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("skillsift rep", ["report"]),
        ("skillsift vocab sh", ["show"]),
        ("skillsift vocab show pyt", ["pytorch", "python"]),
        ("skillsift vocab show zzz", []),
        ("skillsift vocab list --group la", ["language"]),
        ("skillsift report x.csv --group in", ["infrastructure"]),
        ("skillsift report x.csv --by mo", ["month"]),
        ("skillsift tag --pack g", ["guide"]),
        ("skillsift tag --format j", ["json", "jsonl"]),
        ("skillsift tag --from ts", ["tsv"]),
        ("skillsift batch x.csv --to js", ["jsonl"]),
        ("skillsift gap --have pyt", ["pytorch", "python"]),
        ("skillsift gap --have python,dock", ["python,docker"]),
        ("skillsift gap --have python,pyt", ["python,pytorch"]),
        ("skillsift gap --stage s", ["senior", "staff"]),
        ("skillsift tag --expl", ["--explain"]),
        ("skillsift tag x", []),
    ],
)
def test_what_is_offered(cli: Any, line: str, expected: list[str]) -> None:
    assert offered(cli, line) == expected


def test_all_skills_and_groups_are_offered(cli: Any, vocabulary: Vocabulary) -> None:
    assert sorted(offered(cli, "skillsift vocab show ")) == sorted(vocabulary.concepts)
    assert offered(cli, "skillsift vocab list --group ") == sorted({concept.group for concept in vocabulary.concepts.values()})


def test_formats_are_those_that_are_known(cli: Any) -> None:
    """Some lists are written out again, for Tab is not to wait for the modules that hold them."""
    assert offered(cli, "skillsift tag --from ") == list(NAMES)
    assert completing.OUTPUTS == OUTPUTS
    assert completing.BY == BY


def test_a_pack_given_before_is_offered_too(cli: Any, tmp_path: Path) -> None:
    (tmp_path / "craft.toml").write_text('[basketry]\nname = "Basketry"\n')
    (tmp_path / "broken.toml").write_text("[x\n")
    assert offered(cli, f"skillsift vocab show --pack {tmp_path} bask") == ["basketry"]
    assert offered(cli, f"skillsift vocab list --pack {tmp_path} --group cr") == ["craft"]
    assert offered(cli, "skillsift vocab show --pack /nowhere/at/all pyth") == ["python"]


@pytest.fixture
def shell(tmp_path: Path) -> dict[str, str]:
    """An environment with a home of its own and skillsift on the path."""
    (tmp_path / "bin").mkdir()
    script = tmp_path / "bin" / "skillsift"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "from skillsift.cli import main; main()" "$@"\n')
    script.chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    return kept | {"HOME": str(tmp_path), "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}"}


def run(words: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(words, capture_output=True, text=True, env=environment, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
def test_bash(shell: dict[str, str]) -> None:
    """As a person does: install it, open a shell, press Tab."""
    run(["bash", "-c", "skillsift --install-completion; true"], shell)
    assert "skillsift.sh" in (Path(shell["HOME"]) / ".bashrc").read_text()
    ask = 'source ~/.bashrc; COMP_WORDS=(skillsift vocab show pyt); COMP_CWORD=3; _skillsift_completion skillsift; echo "${COMPREPLY[@]}"'
    assert run(["bash", "--norc", "-c", ask], shell).split() == ["pytorch", "python"]


@pytest.mark.skipif(shutil.which("fish") is None, reason="no fish here")
def test_fish(shell: dict[str, str]) -> None:
    run(["fish", "-c", "skillsift --install-completion; true"], shell)
    assert run(["fish", "-c", 'complete -C "skillsift vocab show pyt"'], shell).split() == ["python", "pytorch"]


@pytest.mark.skipif(shutil.which("zsh") is None, reason="no zsh here")
def test_zsh(shell: dict[str, str]) -> None:
    run(["zsh", "-f", "-c", "skillsift --install-completion; true"], shell)
    script = Path(shell["HOME"]) / ".zfunc" / "_skillsift"
    run(["zsh", "-f", "-n", str(script)], shell)
    asked = shell | {"_TYPER_COMPLETE_ARGS": "skillsift vocab show pyt", "_SKILLSIFT_COMPLETE": "complete_zsh"}
    assert run(["skillsift"], asked).strip() == '_arguments \'*: :(("pytorch"\n"python"))\''


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_the_script_can_be_shown(cli: Any, name: str) -> None:
    called = cli(_SKILLSIFT_COMPLETE=f"source_{name}")
    assert called.code == 0
    assert "skillsift" in called.out
