"""The wheel: all of the package and its patterns, nothing else, and it works from another folder."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
pytest.importorskip("build", reason="build comes with the extra dev")


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy: setuptools leaves a build folder behind, and whatever lay in an older one would go into the wheel."""
    copy, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        if (ROOT / name).exists():
            shutil.copy(ROOT / name, copy)
    for name in ("src", "patterns"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    built = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(copy)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stdout[-2000:] + built.stderr[-2000:]
    (made,) = out.glob("*.whl")
    return made


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("installed")
    words = [
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--no-compile",
        "--disable-pip-version-check",
        "--target",
        str(target),
        str(wheel),
    ]
    done = subprocess.run([sys.executable, "-m", "pip", *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return target


def test_the_wheel_holds_the_package_and_the_patterns_and_nothing_else(wheel: Path) -> None:
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    modules = {path.relative_to(ROOT / "src").as_posix() for path in (ROOT / "src" / "skillsift").rglob("*.py")}
    patterns = {f"skillsift/patterns/{path.relative_to(ROOT / 'patterns').as_posix()}" for path in patterns_files()}
    pages = {path.relative_to(ROOT / "src").as_posix() for path in page_files()}
    assert names == modules | patterns | pages | {"skillsift/py.typed"}


def page_files() -> list[Path]:
    """What the pages are made of: templates, styles and scripts, and the library that draws the report's charts with its licence."""
    return [path for path in (ROOT / "src" / "skillsift" / "reporting").rglob("*") if path.suffix in (".j2", ".css", ".js", ".txt")]


def patterns_files() -> list[Path]:
    return [path for path in (ROOT / "patterns").rglob("*") if path.suffix in (".py", ".toml", ".md")]


def test_every_pattern_file_is_of_a_kind_that_ships() -> None:
    """What the test above leaves out of its list would be missed by nobody."""
    files = [path for path in (ROOT / "patterns").rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert sorted(files) == sorted(patterns_files())


def test_the_wheel_carries_licence_and_command(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    (command,) = [name for name in archive.namelist() if name.endswith("entry_points.txt")]
    assert "skillsift = skillsift.cli:main" in archive.read(command).decode()
    assert [name for name in archive.namelist() if name.endswith("licenses/LICENSE")]


def run(installed: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | {"PYTHONPATH": str(installed)}
    return subprocess.run([sys.executable, *words], cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_the_installed_package_works_from_another_folder(installed: Path, tmp_path: Path) -> None:
    """Its modules are those installed, it finds its patterns, and its command runs."""
    code = """
import json, sys, skillsift
from skillsift.cli import main
tagged = skillsift.tag("Requirements: 5+ years of Python. Kubernetes is a plus.", "Senior ML Engineer")
print(json.dumps([skillsift.__file__, skillsift.__version__, {skill.id: skill.level for skill in tagged.skills}, tagged.stage]))
sys.argv = ["skillsift", "vocab", "list"]
main()
"""
    done = run(installed, tmp_path, "-c", code)
    assert done.returncode == 0, done.stderr
    file, version, skills, stage = json.loads(done.stdout.splitlines()[0])
    assert Path(file).is_relative_to(installed)
    assert (skills, stage) == ({"python": "required", "kubernetes": "preferred"}, "senior")
    assert version
    assert len(done.stdout.splitlines()) == 1 + 123


def test_the_installed_package_writes_the_page(installed: Path, tmp_path: Path) -> None:
    """Its templates and the chart library are found where they were installed."""
    code = "import sys; from skillsift.cli import main; sys.argv = ['skillsift', 'report', 'jobs.csv', '--html', 'report.html']; main()"
    (tmp_path / "jobs.csv").write_text("title,description\nML Engineer,Requirements: Python and SQL.\n", "utf-8")
    done = run(installed, tmp_path, "-c", code)
    assert done.returncode == 0, done.stderr
    assert "What 1 job posting asks for" in (tmp_path / "report.html").read_text("utf-8")
