"""The command line, called in this process as the shell calls it: `main()` with its exit codes and streams."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

import skillsift.engines.local
import skillsift.tagging.tagger
from skillsift import Tagger
from skillsift.cli import main


@dataclass(frozen=True)
class Called:
    """What a call came to."""

    code: int
    out: str
    err: str


Cli = Callable[..., Called]


class _Stream(io.TextIOWrapper):
    """A standard stream that keeps what was written, and may say that it is a terminal."""

    def __init__(self, content: bytes = b"", *, encoding: str = "utf-8", terminal: bool = False) -> None:
        super().__init__(io.BytesIO(content), encoding=encoding, newline="\n")
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal

    def written(self) -> str:
        self.flush()
        return self.buffer.getvalue().decode(self.encoding)  # type: ignore[attr-defined,no-any-return]


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch, tagger: Tagger) -> Cli:
    """Call `skillsift` with these words; the guide's tagger is the session's, any other pack's is built."""

    def shared(packs: Any = ("guide",), **options: Any) -> Tagger:
        return tagger if tuple(packs) == ("guide",) and not options else Tagger(packs, **options)

    monkeypatch.setattr(skillsift.tagging.tagger, "Tagger", shared)
    monkeypatch.setattr(skillsift.engines.local, "Tagger", shared)

    def call(*words: object, stdin: bytes = b"", terminal: bool = False, encoding: str = "utf-8", **environment: str) -> Called:
        out, err = _Stream(encoding=encoding, terminal=terminal), _Stream()
        with monkeypatch.context() as patch:
            patch.setattr(sys, "argv", ["skillsift", *map(str, words)])
            patch.setattr(sys, "stdin", _Stream(stdin))
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE"):
                patch.delenv(name, raising=False)
            for name, value in {"COLUMNS": "100", "TERM": "xterm-256color", "_TYPER_STANDARD_TRACEBACK": "1", **environment}.items():
                patch.setenv(name, value)
            with pytest.raises(SystemExit) as end:
                main()
        assert isinstance(end.value.code, int)
        return Called(end.value.code, out.written(), err.written())

    return call
