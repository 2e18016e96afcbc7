"""The same input and vocabulary give the same bytes, whatever the hash seed, locale, time zone and number of workers."""

from __future__ import annotations

import json
import locale
import os
import subprocess
import sys
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parent.parent / "samples"

_EACH = """
import contextlib, json, pathlib, sys
from skillsift.cli import main
out = pathlib.Path(sys.argv[2])
for at, words in enumerate(json.loads(sys.argv[1])):
    sys.argv = ["skillsift", *words]
    with (out / f"stdout-{at:02}").open("w", encoding="utf-8") as said, contextlib.redirect_stdout(said):
        try:
            main()
        except SystemExit as end:
            said.write(f"exit code {end.code}")
"""
COMMANDS = [
    "tag senior-ml-engineer.txt jobposting-jsonld.html -f json --explain",
    "tag senior-ml-engineer.txt -f card --explain --html OUT/page.html",
    "tag postings.csv -f csv",
    "batch postings.csv -o OUT/one.csv",
    "batch postings.csv -o OUT/one.jsonl",
    "report postings.csv --full --by stage --csv OUT/report.csv --section together --md OUT/report.md --json OUT/report.json",
    "report postings.csv --html OUT/report.html",
    "gap --have python,sql postings.csv --csv OUT/gap.csv --md OUT/gap.md --json OUT/gap.json",
    "vocab list --pack ecosystem",
    "vocab export -f json",
    "vocab export -o OUT/patterns.jsonl",
    "vocab import entity-ruler OUT/patterns.jsonl -o OUT/pack --skip-faulty",
]


def _locales() -> list[str]:
    """Locales as different as this machine has them: Turkish, where a capital I is no i, if it is installed."""
    found = []
    before = locale.setlocale(locale.LC_ALL)
    for name in ("C", "C.UTF-8", "tr_TR.UTF-8", "de_DE.UTF-8"):
        try:
            locale.setlocale(locale.LC_ALL, name)
            found.append(name)
        except locale.Error:
            continue
        finally:
            locale.setlocale(locale.LC_ALL, before)
    return found


def outputs(folder: Path, commands: list[str], **environment: str) -> dict[str, bytes]:
    """Every file that the commands write, and what they print."""
    folder.mkdir()
    words = [[word.replace("OUT", str(folder)) for word in line.split()] for line in commands]
    env = {key: value for key, value in os.environ.items() if not key.startswith("LC_") and key not in ("LANG", "COLUMNS", "TZ")}
    done = subprocess.run(
        [sys.executable, "-c", _EACH, json.dumps(words), str(folder)],
        cwd=SAMPLES,
        env=env | {"COLUMNS": "100"} | environment,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    here = str(folder).encode()
    return {str(path.relative_to(folder)): path.read_bytes().replace(here, b"OUT") for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return outputs(tmp_path_factory.mktemp("usual") / "out", COMMANDS, PYTHONHASHSEED="0", LC_ALL="C.UTF-8", TZ="UTC")


def test_every_command_wrote(usual: dict[str, bytes]) -> None:
    assert {"page.html", "one.csv", "one.jsonl", "report.csv", "report.md", "report.json", "report.html", "gap.csv", "gap.json"} <= set(
        usual
    )
    assert all(usual[name] for name in usual)
    assert all(b"exit code 0" in usual[f"stdout-{at:02}"] for at in range(len(COMMANDS)))


_PLACES = _locales()


@pytest.mark.parametrize(
    ("seed", "zone", "place"),
    [("1", "Asia/Kathmandu", _PLACES[0]), ("2", "America/St_Johns", _PLACES[-1]), ("3", "Pacific/Kiritimati", "POSIX")],
)
def test_seed_zone_and_locale_change_no_byte(usual: dict[str, bytes], tmp_path: Path, seed: str, zone: str, place: str) -> None:
    found = outputs(tmp_path / "out", COMMANDS, PYTHONHASHSEED=seed, LC_ALL=place, TZ=zone)
    assert found.keys() == usual.keys()
    assert not [name for name in usual if usual[name] != found[name]]


@pytest.mark.parametrize("format", ["csv", "jsonl"])
@pytest.mark.parametrize("workers", [2, 3])
def test_workers_change_no_byte(usual: dict[str, bytes], tmp_path: Path, format: str, workers: int) -> None:
    words = ["batch", "postings.csv", "-o", str(tmp_path / f"out.{format}"), "--workers", str(workers)]
    subprocess.run(
        [sys.executable, "-c", "from skillsift.cli import main; main()", *words],
        cwd=SAMPLES,
        env=os.environ | {"PYTHONHASHSEED": str(workers)},
        capture_output=True,
        check=True,
    )
    assert (tmp_path / f"out.{format}").read_bytes() == usual[f"one.{format}"]


def test_outputs_tell_version_and_digest(usual: dict[str, bytes]) -> None:
    from skillsift import __version__
    from skillsift.vocabulary import load

    told = {"digest": load().digest, "version": __version__}
    record = json.loads(usual["one.jsonl"].splitlines()[0])
    assert record["vocabulary"] == {"packs": ["guide"], "digest": told["digest"], "skillsift": told["version"]}
    report, gap = json.loads(usual["report.json"]), json.loads(usual["gap.json"])
    assert (report["vocabulary"], report["version"]) == (told["digest"], told["version"])
    assert (gap["vocabulary"], gap["version"]) == (told["digest"], told["version"])
    assert f"skillsift {__version__}".encode() in usual["report.md"]
