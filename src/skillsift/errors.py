"""What can go wrong, said in one line: what, where, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass


class SkillsiftError(Exception):
    """Base of every error that skillsift raises on purpose; its text is one line meant for a person."""

    exit_code = 1


class InputError(SkillsiftError):
    """An input cannot be read: a missing file, an empty or binary one, an unknown format."""


class UsageError(SkillsiftError):
    """What was asked for does not fit: a column that is not there, a pack that does not exist, an output in the way."""

    exit_code = 2


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault of a vocabulary file.

    Attributes:
        file: the file's path or name inside its pack.
        line: the line the fault stands on, counted from 1.
        message: what is wrong and how to mend it.
    """

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class VocabularyError(SkillsiftError):
    """A vocabulary has faults; `faults` holds them all, in file order."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(set(faults))
        first = self.faults[0]
        more = len(self.faults) - 1
        super().__init__(f"{first}" + (f" (and {more} more: skillsift vocab check)" if more else ""))
