"""The fuzz targets on their seeds, crashes of the past among them, and on some random changes of those; `tests/fuzz/run.py` goes on."""

from __future__ import annotations

import importlib.util
import random
import sys
from pathlib import Path
from types import ModuleType

import pytest

FUZZ = Path(__file__).parent / "fuzz"


def _module(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"fuzz_{name}", FUZZ / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


targets, run = _module("targets"), _module("run")


def test_every_target_is_run() -> None:
    assert tuple(targets.TARGETS) == run.NAMES


@pytest.mark.parametrize(
    ("name", "seed"), [(name, path.name) for name in targets.TARGETS for path in sorted((FUZZ / "seeds" / name).iterdir())]
)
def test_seeds(name: str, seed: str) -> None:
    targets.TARGETS[name][0]((FUZZ / "seeds" / name / seed).read_bytes())


@pytest.mark.parametrize("name", targets.TARGETS)
def test_changed_seeds(name: str) -> None:
    function, longest = targets.TARGETS[name]
    chance = random.Random(f"suite-{name}")
    for _ in range(60):
        function(run.mutate(chance, targets.seeds(name), targets.words(name), longest))


@pytest.mark.parametrize("name", targets.TARGETS)
def test_a_crash_is_told(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The plain driver, on a target that breaks."""

    def breaks(data: bytes) -> None:
        if len(data) > 3:
            raise KeyError("broken")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "targets", targets)
    monkeypatch.setitem(targets.TARGETS, name, (breaks, 100))
    assert run._plain(name, 0, 50, 1) == -1
    assert "broken" in capsys.readouterr().err
    assert [path.name.startswith(f"crash-{name}-") for path in tmp_path.iterdir()] == [True]


def test_all_targets_are_run_where_none_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(sys.modules, "targets", targets)
    monkeypatch.setattr(sys, "argv", ["run.py", "--plain", "--runs", "16"])
    assert run.main() == 0
    said = capsys.readouterr().out
    assert [f"{name}: 2 runs" in said for name in run.NAMES] == [True] * len(run.NAMES)
    assert "16 runs, no crash" in said
