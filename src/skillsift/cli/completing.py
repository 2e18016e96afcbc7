"""What the shell offers after Tab: packs, skills, groups, formats. Read off the files' names and tables, so that Tab answers at once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import typer

_LISTS = "lists.toml"
#: Known to modules that a shell's Tab is not to wait for (they load spaCy or pandas); tests hold these to them.
OUTPUTS = ("csv", "tsv", "jsonl", "parquet")
BY = ("stage", "track", "month", "company")


def packs(incomplete: str) -> list[str]:
    """The names of the shipped packs; where none fits, the shell offers its files."""
    shipped = files("skillsift.patterns")
    return [entry.name for entry in shipped.iterdir() if entry.is_dir() and _is_pack(entry) and entry.name.startswith(incomplete)]


def skills(ctx: typer.Context, incomplete: str) -> list[str]:
    """The ids of the skills, those of the packs given before on the line as well."""
    return [id_ for id_ in _ids(ctx) if id_.startswith(incomplete)]


def skill_list(ctx: typer.Context, incomplete: str) -> list[str]:
    """The ids again, for the last of a list with commas; those named already are left out."""
    before, comma, last = incomplete.rpartition(",")
    last = last.lstrip()
    named = {name.strip().lower() for name in before.split(",")}
    return [f"{before}{comma}{id_}" for id_ in _ids(ctx) if id_.startswith(last) and id_ not in named]


def groups(ctx: typer.Context, incomplete: str) -> list[str]:
    """The groups: a pack's files are one group each."""
    names = {file.name.removesuffix(".toml") for folder in _folders(ctx) for file in _toml_files(folder)}
    return sorted(name for name in names if name.startswith(incomplete))


def input_formats(incomplete: str) -> list[str]:
    """What --from knows."""
    from skillsift.reading.formats import NAMES

    return [name for name in NAMES if name.startswith(incomplete)]


def output_formats(incomplete: str) -> list[str]:
    """What --to knows."""
    return [name for name in OUTPUTS if name.startswith(incomplete)]


def by(incomplete: str) -> list[str]:
    """What --by knows beside the input's own columns."""
    return [name for name in BY if name.startswith(incomplete)]


def _ids(ctx: typer.Context) -> list[str]:
    found: dict[str, None] = {}
    for folder in _folders(ctx):
        for file in _toml_files(folder):
            tables: dict[str, Any] = {}
            try:
                tables = tomllib.loads(file.read_text("utf-8"))
            except (OSError, ValueError):  # a shell that completes has no place to complain; the command will
                continue
            found.update(dict.fromkeys(id_ for id_, table in tables.items() if isinstance(table, dict)))
    return list(found)


def _folders(ctx: typer.Context) -> Iterator[Traversable]:
    """The guide's folder, and those of the packs given before on the line."""
    shipped = files("skillsift.patterns")
    yield shipped / "guide"
    for pack in ctx.params.get("pack") or ():
        folder = shipped / pack if pack.isidentifier() and (shipped / pack).is_dir() else Path(pack)
        if pack != "guide" and folder.is_dir():
            yield folder


def _toml_files(folder: Traversable) -> Iterator[Traversable]:
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml") and file.name != _LISTS:
            yield file


def _is_pack(folder: Traversable) -> bool:
    return any(entry.name.endswith(".toml") for entry in folder.iterdir())
