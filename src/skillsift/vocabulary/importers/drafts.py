"""What a reader of a foreign format hands on: skills as their source has them, before they are made to fit a pack."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from skillsift.errors import Fault, InputError


class Case(StrEnum):
    """What a source says of a wording's case."""

    ANY = "any"
    EXACT = "exact"
    UNSAID = "unsaid"


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of a skill.

    Attributes:
        case: whether capitals count; where the source does not say, the wording itself decides.
        beside: a word that must stand in the same sentence ("Project" beside "Microsoft"); empty for none.
        qualified: the source told it apart from other senses, as in "Chef (configuration management)".
    """

    text: str
    case: Case = Case.UNSAID
    beside: str = ""
    qualified: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A skill as its source has it.

    Attributes:
        key: what its id is made of; the name where the source has no readable id.
        named: the key is an id that the source gives on purpose: it stays, even where the guide has it too.
        source: the source's own id or address.
    """

    key: str
    name: str
    group: str
    wordings: tuple[Wording, ...]
    source: str = ""
    named: bool = False


@dataclass(slots=True)
class Reading:
    """Everything a reader drew from one file.

    Attributes:
        rows: how many rows, lines or entries were read.
        unit: what the source calls them, in the plural.
        left_out: how many of what were left out, by a phrase that follows the number ("obsolete skills").
        faults: lines that cannot be used, with file and line.
    """

    rows: int = 0
    unit: str = "rows"
    drafts: list[Draft] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)


def read_text(path: Path) -> str:
    """The file as text, a byte order mark left out.

    Raises:
        InputError: it cannot be read, or is not UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 (byte {error.start}): save the file as UTF-8") from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from None


def need_columns(path: Path, header: Iterable[str], needed: Iterable[str], expected: str) -> None:
    """Raise InputError where a table lacks a column, saying what the file should be."""
    found = [name for name in header if name]
    missing = [name for name in needed if name not in found]
    if missing:
        has = ", ".join(found[:8]) or "none"
        raise InputError(f"{path}: no column {missing[0]!r}: {expected}; columns found: {has}"[:400])
