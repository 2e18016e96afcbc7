"""Golden files: what the samples come out as, to the letter. A change is read in the diff, then accepted with a switch."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from skillsift import Tagger
from skillsift.reading import open_source
from skillsift.reporting.corpus import collect
from skillsift.reporting.counts import figures
from skillsift.reporting.figures import Figures
from skillsift.reporting.files import to_json, to_markdown
from skillsift.reporting.sections import SECTIONS
from skillsift.reporting.tally import Tally, tally_source

HERE = Path(__file__).parent
SAMPLES = HERE.parent / "samples"
GOLDENS = HERE / "goldens"
POSTINGS = sorted(path.name for path in SAMPLES.iterdir() if path.suffix in (".txt", ".html", ".md") and path.stem != "README")
REPORTS = ["postings.csv.md", "postings.csv.json", "postings.csv.100.report", "postings.csv.60.report"]
CARDS = ["senior-ml-engineer.txt", "data-scientist-flattened.txt"]

Golden = Callable[[str, str], None]


@pytest.fixture
def golden(pytestconfig: pytest.Config) -> Golden:
    """Compare with a golden file, or write it anew with --update-goldens."""

    def compare(name: str, content: str) -> None:
        path = GOLDENS / name
        if pytestconfig.getoption("--update-goldens"):
            path.write_text(content, "utf-8", newline="\n")
            return
        hint = f"{path.name} differs: if the new output is right, run `pytest --update-goldens` and read the diff before you commit it"
        assert path.exists(), f"no golden file {path.name}: run `pytest --update-goldens`"
        assert content.splitlines() == path.read_text("utf-8").splitlines(), hint

    return compare


def record(tagger: Tagger, name: str) -> str:
    """The record of a sample as `tag --explain` gives it, laid out for reading; the vocabulary's digest changes with every comment."""
    from skillsift.cli.tag import _postings

    (posting,) = _postings(str(SAMPLES / name), None, None, None)
    given = tagger.tag(posting).to_dict(explain=True)
    del given["vocabulary"]["digest"]
    lines = []
    for key, value in given.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            entries = ",\n".join(f"  {json.dumps(entry, ensure_ascii=False)}" for entry in value)
            lines.append(f'"{key}": [\n{entries}\n ]')
        else:
            lines.append(f'"{key}": {json.dumps(value, ensure_ascii=False)}')
    return "{" + ",\n ".join(lines) + "}\n"


@pytest.mark.parametrize("name", POSTINGS)
def test_records(tagger: Tagger, golden: Golden, name: str) -> None:
    content = record(tagger, name)
    json.loads(content)
    golden(f"{name}.json", content)


@pytest.mark.parametrize("name", CARDS)
def test_cards(tagger: Tagger, golden: Golden, name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from skillsift.cli.card import print_card
    from skillsift.cli.tag import _postings

    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")
    (posting,) = _postings(str(SAMPLES / name), None, None, None)
    assert "utf" in sys.stdout.encoding.lower()
    print_card(tagger.tag(posting), explain=False, show_text=False, first=True)
    golden(f"{name}.card", "".join(line.rstrip() + "\n" for line in capsys.readouterr().out.splitlines()))


@pytest.fixture(scope="module")
def counted(tagger: Tagger) -> Figures:
    """The report on the sample table, with everything in it; it is set against itself without its last months."""
    from skillsift.cli.report import reader

    def tallies() -> list[Tally]:
        return list(tally_source(open_source(str(SAMPLES / "postings.csv")), tagger, terms=True))

    early = [tally for tally in tallies() if (tally.month or "") < "2026-04"]
    corpora = (collect(given, tagger.vocabulary, inputs=[name]) for given, name in ((tallies(), "postings.csv"), (early, "early.csv")))
    corpus, against = (replace(corpus, reading=replace(corpus.reading, digest="sha256:…")) for corpus in corpora)
    return figures(corpus, tagger.vocabulary, known=reader(tagger), against=against)


def test_report(counted: Figures, golden: Golden) -> None:
    golden("postings.csv.md", to_markdown(counted, 30, tuple(SECTIONS)))


def test_report_json(counted: Figures, golden: Golden) -> None:
    """Everything but the evidence, which is the largest part and tested by itself, one entry a line."""
    given = json.loads(to_json(counted))
    for skill in given["skills"]:
        assert len(skill.pop("evidence")) == min(20, skill["postings"])
    del given["ads"]
    lines = []
    for key, value in given.items():
        entries = ",\n".join(f"  {json.dumps(entry, ensure_ascii=False)}" for entry in value) if isinstance(value, list) and value else ""
        lines.append(f'"{key}": ' + (f"[\n{entries}\n ]" if entries else json.dumps(value, ensure_ascii=False)))
    golden("postings.csv.json", "{" + ",\n ".join(lines) + "}\n")


@pytest.mark.parametrize("width", [100, 60])
def test_report_card(
    counted: Figures, golden: Golden, width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from skillsift.cli.chart import print_report

    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("NO_COLOR", "1")
    print_report(counted, top=10, sections=tuple(SECTIONS), rows=6)
    golden(f"postings.csv.{width}.report", "".join(line.rstrip() + "\n" for line in capsys.readouterr().out.splitlines()))


def test_every_golden_file_has_its_sample() -> None:
    wanted = {*(f"{name}.json" for name in POSTINGS), *(f"{name}.card" for name in CARDS), *REPORTS}
    assert {path.name for path in GOLDENS.iterdir()} == wanted
