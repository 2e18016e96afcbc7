"""`vocab import` and `vocab export` as the shell calls them, and the commands of docs/vocabularies.md with what they print."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples" / "vocabularies"
GUIDE = ROOT / "docs" / "vocabularies.md"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(SAMPLES, tmp_path / "samples" / "vocabularies")
    return tmp_path


def documented() -> Iterator[tuple[str, list[str]]]:
    """The commands of the guide, each with the lines below it."""
    for block in re.findall(r"^```console\n(.*?)^```", GUIDE.read_text("utf-8"), re.MULTILINE | re.DOTALL):
        for command in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            line, *printed = command.rstrip("\n").split("\n")
            yield line, printed


def test_the_guide_tells_the_truth(cli: Any, folder: Path) -> None:
    """Its commands in their order, for they build on each other; `…` stands for the rest."""
    commands = list(documented())
    assert len(commands) >= 10
    for line, printed in commands:
        echoed, _, words = line.rpartition(" | ")
        stdin = shlex.split(echoed)[1].encode() + b"\n" if echoed else b""
        called = cli(*shlex.split(words)[1:], stdin=stdin)
        assert called.code == 0, (line, called.err)
        shown = called.out.split("\n")[:-1]
        if printed[-1:] == ["…"]:
            printed, shown = printed[:-1], shown[: len(printed) - 1]
        assert shown == printed, line


def test_an_import_says_one_line_and_the_pack_is_in_order(cli: Any, folder: Path) -> None:
    called = cli("vocab", "import", "entity-ruler", SAMPLES / "patterns.jsonl", "-o", "deep/marsh")
    assert (called.code, called.err) == (0, "")
    assert called.out == "8 patterns read; 7 skills with 11 wordings written to deep/marsh (2 files)\n"
    assert cli("vocab", "check", "--pack", "deep/marsh").code == 0


def test_new_only(cli: Any, folder: Path) -> None:
    called = cli("vocab", "import", "onet", SAMPLES / "onet_technology_skills.txt", "--new-only")
    assert "left out: skills that the guide has already (3)" in called.out
    assert cli("vocab", "check", "--pack", "onet").code == 0, "nothing of it is the guide's"


# (words, exit code, what standard error must say)
ESCO = "import esco samples/vocabularies/esco_skills_en.csv"
REFUSED = [
    pytest.param("import esco nowhere.csv", 1, ["nowhere.csv: cannot be read"], id="a file that is not there"),
    pytest.param("import esco samples", 1, ["samples: cannot be read"], id="a folder"),
    pytest.param("import onet samples/vocabularies/esco_skills_en.csv", 1, ["no column 'Example'"], id="another format's file"),
    pytest.param(
        "import esco samples/vocabularies/esco_skills_en.csv -o samples", 2, ["holds vocabularies", "--force"], id="another folder"
    ),
    pytest.param("import esco nowhere.csv -o samples", 2, ["holds vocabularies"], id="the folder is looked at first"),
    pytest.param(
        "import esco samples/vocabularies/esco_skills_en.csv -o /dev/null/x", 2, ["cannot be written"], id="no folder can be there"
    ),
    pytest.param("export --only nope", 2, ["nope: no such pack here; there are: guide"], id="a pack that is not there"),
    pytest.param("export -o /dev/null/x", 1, ["cannot be written"], id="a file that cannot be written"),
    pytest.param("export --pack nope", 2, ["nope: no such pack"], id="a folder that is not there"),
]


@pytest.mark.parametrize(("words", "code", "told"), REFUSED)
def test_refused(cli: Any, folder: Path, words: str, code: int, told: list[str]) -> None:
    called = cli("vocab", *words.split())
    assert called.code == code
    assert called.err.startswith("skillsift: ")
    assert called.err.count("\n") == 1
    for part in told:
        assert part in called.err


def test_all_faulty_lines_and_nothing_written(cli: Any, folder: Path) -> None:
    Path("p.jsonl").write_text(
        '{"label": "S", "pattern": [{"LOWER": ""}]}\n{"label": "S", "pattern": "fen"}\n{"label": "S\\u001b[2J"}\n', "utf-8"
    )
    called = cli("vocab", "import", "entity-ruler", "p.jsonl", "-o", "fens")
    assert (called.code, called.out) == (1, "")
    first, second, last = called.err.splitlines()
    assert first.startswith("skillsift: p.jsonl:1: token 1")
    assert second.startswith("skillsift: p.jsonl:3: no pattern")
    assert "--skip-faulty" in last
    assert "\x1b" not in called.err
    assert not Path("fens").exists()
    assert cli("vocab", "import", "entity-ruler", "p.jsonl", "-o", "fens", "--skip-faulty").out.endswith("left out: faulty patterns (2)\n")


def test_a_hostile_name_steers_no_terminal(cli: Any, folder: Path) -> None:
    Path("p.jsonl").write_text(json.dumps({"label": "S", "pattern": "fen \x1b\x07bog", "id": "a\x1b]0;x\x07"}), "utf-8")
    assert cli("vocab", "import", "entity-ruler", "p.jsonl", "-o", "fens").code == 0
    assert all(line.isprintable() for line in Path("fens/s.toml").read_text("utf-8").split("\n"))
    assert "\x1b" not in cli("vocab", "list", "--pack", "fens").out


def test_export_to_a_file(cli: Any, folder: Path) -> None:
    shown = cli("vocab", "export", "-f", "json")
    called = cli("vocab", "export", "-f", "json", "-o", "out.json")
    assert (called.code, called.out, called.err) == (0, "", "written: out.json\n")
    assert Path("out.json").read_text("utf-8") == shown.out
    assert len(json.loads(shown.out)) == 123


def test_export_says_what_it_could_not(cli: Any, folder: Path) -> None:
    called = cli("vocab", "export", "-f", "csv")
    assert re.fullmatch(r"skillsift: \d+ of 123 skills also have verbs, unless or needs, which only --format json can say\n", called.err)
