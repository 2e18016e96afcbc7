"""A pack written as a folder of TOML files, one a group; a folder that is somebody else's, or was edited, is left alone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tomli_w

from skillsift.errors import UsageError
from skillsift.vocabulary.importers.packs import Entry

_MARK = "# Written by skillsift vocab import; "
_SUM = "# sha256:"


def render(entries: Iterable[Entry], *, title: str, origin: str, credit: str) -> dict[str, bytes]:
    """The pack's files by name, the same bytes for the same entries.

    Args:
        title: what the pack is, for the opening comment.
        origin: the format and file it was made of.
        credit: what the source's licence asks to be said; empty for nothing.
    """
    groups: dict[str, dict[str, Any]] = {}
    for entry in entries:
        fields = ("name", "source", "aliases", "exact", "needs", "ambiguous")
        groups.setdefault(entry.group, {})[entry.id] = {key: value for key in fields if (value := getattr(entry, key))}
    return {f"{_stem(group)}.toml": _sealed(tables, f"{title}: {group}", origin, credit) for group, tables in sorted(groups.items())}


def _stem(group: str) -> str:
    return "listed" if group == "lists" else group  # lists.toml means something else in a pack


def _sealed(tables: dict[str, Any], title: str, origin: str, credit: str) -> bytes:
    lines = [title, f"Made of {origin}.", *credit.splitlines(), "The fields are those of skillsift's patterns/README.md."]
    body = "".join(f"# {line}\n" for line in lines) + "\n" + tomli_w.dumps(tables, multiline_strings=False)
    content = body.encode("utf-8")
    return f"{_MARK}edited by hand, it is not written over.\n{_SUM}{hashlib.sha256(content).hexdigest()}\n".encode() + content


def _is_ours(file: Path) -> bool:
    """Whether a file is as an import wrote it."""
    if file.name.endswith(".toml.part"):  # an import that was stopped half-way
        return True
    mark, _, rest = file.read_bytes().partition(b"\n")
    sealed, _, content = rest.partition(b"\n")
    return mark.startswith(_MARK.encode()) and sealed == f"{_SUM}{hashlib.sha256(content).hexdigest()}".encode()


def check_folder(folder: Path, *, force: bool) -> None:
    """Raise UsageError where the folder holds what an import did not write; `force` lets that be."""
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder}: is a file; name a folder with -o")
    if force or not folder.exists():
        return
    for file in sorted(folder.iterdir()):
        if not (file.is_file() and _is_ours(file)):
            raise UsageError(
                f"{folder}: holds {file.name}, which no import wrote or which was edited since; name another folder, or give --force"
            )


def write(folder: Path, contents: dict[str, bytes], *, force: bool) -> None:
    """Write a pack's files; those that an earlier import left and this one has no more go, with `force` edited ones too.

    Raises:
        UsageError: the folder is not one that an import wrote (see `check_folder`), or cannot be written.
    """
    check_folder(folder, force=force)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            beside = folder / f"{name}.part"
            beside.write_bytes(content)
            beside.replace(folder / name)
        for file in folder.glob("*.toml*"):
            if file.name not in contents and file.read_bytes().startswith(_MARK.encode()):
                file.unlink()
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written: {error.strerror}") from None
