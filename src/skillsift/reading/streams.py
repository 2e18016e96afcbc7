"""Bytes to text: encodings, byte order marks, gzip, binary files; what was mended is told, nothing is lost."""

from __future__ import annotations

import codecs
import gzip
import io
import sys
from pathlib import Path
from typing import BinaryIO

from skillsift.errors import InputError

_MAGIC = {
    b"%PDF": "a PDF; save it as text first",
    b"PK\x03\x04": "a zip, Word or Excel file; save it as text or CSV first",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"\x7fELF": "a program",
    b"PAR1": "a Parquet file, which this version does not read; save it as CSV or JSON Lines",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file; save it as text or CSV first",
    b"SQLite format 3": "a database",
}
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class Mended:
    """How many bytes of a stream were not UTF-8 and were read as Windows-1252."""

    def __init__(self) -> None:
        self.count = 0
        self.name = f"skillsift-{id(self)}"
        codecs.register_error(self.name, self._handle)

    def _handle(self, error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeDecodeError):
            raise error
        self.count += 1
        wrong = error.object[error.start : error.end]
        return "".join(bytes([byte]).decode("cp1252", "replace") for byte in wrong), error.end


def open_bytes(name: str) -> BinaryIO:
    """A file, or standard input for "-", as bytes; gzip is unpacked by its first bytes.

    Raises:
        InputError: the file is missing, a folder, may not be read, or is binary.
    """
    if name == "-":
        raw: BinaryIO = sys.stdin.buffer
    else:
        path = Path(name)
        try:
            raw = path.open("rb")
        except FileNotFoundError:
            raise InputError(f"{name}: no such file") from None
        except IsADirectoryError:
            raise InputError(f"{name}: a folder; name the files in it") from None
        except OSError as error:
            raise InputError(f"{name}: cannot be read: {error.strerror}") from None
    buffered = io.BufferedReader(raw, 1 << 20)  # type: ignore[arg-type]
    if buffered.peek(2)[:2] == b"\x1f\x8b":
        buffered = io.BufferedReader(gzip.GzipFile(fileobj=buffered), 1 << 20)  # type: ignore[arg-type]
    try:
        head = buffered.peek(4096)[:4096]
    except (OSError, EOFError) as error:
        raise InputError(f"{shown(name)}: broken gzip file: {error}") from None
    for magic, kind in _MAGIC.items():
        if head.startswith(magic):
            raise InputError(f"{shown(name)}: this is {kind}")
    if not head.startswith(tuple(bom for bom, _ in _BOMS)):
        odd = sum(byte < 9 or 13 < byte < 32 for byte in head)
        if odd > len(head) * 0.1:
            raise InputError(f"{shown(name)}: looks like a binary file; give text, HTML, CSV or JSON Lines")
    return buffered


def open_text(name: str, encoding: str | None = None) -> tuple[io.TextIOWrapper, Mended]:
    """A file or "-" as text with its line ends as they are, and the count of bytes that had to be mended.

    Args:
        encoding: a Python codec name; without one, what a byte order mark says, else UTF-8 with Windows-1252 for what is not.

    Raises:
        InputError: as `open_bytes`; or the encoding is not known.
    """
    stream = open_bytes(name)
    mended = Mended()
    if encoding is None:
        head = stream.peek(4)[:4]  # type: ignore[attr-defined]
        encoding = next((codec for bom, codec in _BOMS if head.startswith(bom)), "utf-8")
    try:
        codecs.lookup(encoding)
    except LookupError:
        raise InputError(f"{encoding}: no such encoding; try utf-8, cp1252 or utf-16") from None
    return io.TextIOWrapper(stream, encoding=encoding, errors=mended.name, newline=""), mended


def shown(name: str) -> str:
    """How a source is called in messages."""
    return "standard input" if name == "-" else name
