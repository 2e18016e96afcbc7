"""An input on its way to be opened: its bytes, its first lines, and what the user said of it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

from skillsift.errors import InputError
from skillsift.reading.streams import Mended, as_text, read_lines, shown

#: What is read whole (pages, documents, JSON that is not one object a line) is no longer than this (bytes or characters).
MOST_WHOLE = 256 << 20
#: How much of a text is looked at to tell its format, where its first line does not (characters).
_HEAD = 4000
_BLANK = "\ufeff \t\r\n"


@dataclass(slots=True)
class Input:
    """What an opener of a format gets.

    Attributes:
        name: as the user gave it.
        format: the format it is opened as.
        sure: whether that is what the user or the file's name says, not a guess by its looks.
        text, title, id: column names, where the user gave them.
    """

    name: str
    stream: io.BufferedReader
    encoding: str | None = None
    text: str | None = None
    title: str | None = None
    id: str | None = None
    format: str = "text"
    sure: bool = False
    mended: Mended | None = None
    _lines: Iterator[str] | None = None
    _head: list[str] = field(default_factory=list)

    @property
    def shown(self) -> str:
        """How it is called in messages."""
        return shown(self.name)

    def magic(self) -> bytes:
        """Its first bytes, without what may stand before those that tell a format.

        Raises:
            InputError: it cannot be read.
        """
        if self._lines is not None:
            return b""  # it is text
        try:
            return self.stream.peek(512)[:512].lstrip(b" \t\r\n")
        except OSError as error:
            raise InputError(f"{self.shown}: cannot be read: {error.strerror or error}") from None

    def head(self) -> str:
        """The beginning of a text: its first line that is not blank; of mark-up, a few thousand characters.

        Only that much is looked at: a table in a pipe is not to be held in memory.
        """
        if self._lines is None:
            text, self.mended = as_text(self.stream, self.name, self.encoding)
            self._lines = read_lines(text, self.name)
            length, first = 0, ""
            for line in self._lines:
                self._head.append(line)
                length += len(line)
                first = first or line.strip(_BLANK)
                if first and (not first.startswith("<") or length > _HEAD):
                    break
        return "".join(self._head).strip(_BLANK)

    def lines(self) -> Iterator[str]:
        """The lines of a text from its beginning, with their ends; to be called once."""
        self.head()
        assert self._lines is not None
        head, self._head = self._head, []
        return chain(head, self._lines)

    def whole(self) -> str:
        """A text as a whole.

        Raises:
            InputError: it is empty, or longer than `MOST_WHOLE`.
        """
        parts, length = [], 0
        for line in self.lines():
            parts.append(line)
            length += len(line)
            if length > MOST_WHOLE:
                self.stream.close()
                raise InputError(
                    f"{self.shown}: {self.format} of more than {MOST_WHOLE >> 20} MB is not read whole; make it JSON Lines or CSV"
                )
        whole = "".join(parts)
        if not whole.strip(_BLANK + "\0"):
            raise InputError(f"{self.shown} is empty: pipe a posting in, or name a file")
        return whole

    def seekable(self) -> io.BufferedIOBase:
        """Its bytes as a file that can be read in any order; what comes through a pipe or is packed is held in memory.

        Raises:
            InputError: it cannot be read, or is to be held in memory and larger than `MOST_WHOLE`.
        """
        if self.stream.seekable():
            return self.stream
        try:
            content = self.stream.read(MOST_WHOLE + 1)
        except OSError as error:
            raise InputError(f"{self.shown}: cannot be read: {error.strerror or error}") from None
        self.stream.close()
        if len(content) > MOST_WHOLE:
            raise InputError(
                f"{self.shown}: {self.format} of more than {MOST_WHOLE >> 20} MB is read from a plain file only; save it as one"
            )
        return io.BytesIO(content)
