"""Bytes to text: encodings, byte order marks, binary files; what was mended is told, nothing is lost."""

from __future__ import annotations

import codecs
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from skillsift.errors import InputError, UsageError
from skillsift.reading.packed import unpacked

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_MAGIC = {
    b"%PDF": "a PDF; save it as text first",
    b"PK\x03\x04": "a zip, Word or Excel file; save it as text or CSV first",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"\x7fELF": "a program",
    b"PAR1": "a Parquet file; save it as JSON Lines first",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file; save it as text or CSV first",
    b"SQLite format 3": "a database",
    b"GIF8": "an image",
    b"BZh": "a bzip2 file; unpack it first",
    b"\xfd7zXZ": "an xz file; unpack it first",
    b"7z\xbc\xaf": "a 7z file; unpack it first",
    b"Rar!": "a RAR file; unpack it first",
}
_READ = "give text, Markdown, HTML, PDF, CSV, TSV, Excel, JSON, JSON Lines or Parquet"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Mended:
    """How many bytes of a stream were not of its encoding and were read as Windows-1252."""

    def __init__(self) -> None:
        self.count = 0
        self.encoding = "utf-8"
        self.name = f"skillsift-{id(self)}"
        codecs.register_error(self.name, self._handle)

    def told(self, source: str) -> str | None:
        """What to tell of it, or None where nothing was mended."""
        if not self.count:
            return None
        hint = "; --encoding tells another" if self.encoding.startswith("utf") else ""
        are = "byte is" if self.count == 1 else "bytes are"
        return f"{shown(source)}: {self.count:,} {are} not {self.encoding.upper()} and read as Windows-1252{hint}"

    def _handle(self, error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeDecodeError):
            raise error
        wrong = error.object[error.start : error.end]
        self.count += len(wrong)
        return "".join(map(_windows_1252, wrong)), error.end


def _windows_1252(byte: int) -> str:
    """The character of a byte; the five that Windows-1252 leaves free are controls, as browsers have it (WHATWG Encoding): none is lost."""
    return bytes([byte]).decode("cp1252", "ignore") or chr(byte)


class _StandardInput(io.RawIOBase):
    """Standard input that stays open when its reader is closed: it is not ours."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        chunk = memoryview(buffer).cast("B")
        read = sys.stdin.buffer.read1(len(chunk))  # type: ignore[union-attr]
        chunk[: len(read)] = read
        return len(read)


def open_bytes(name: str) -> io.BufferedReader:
    """A file, or standard input for "-", as bytes; gzip and Zstandard are unpacked, told by their first bytes.

    Raises:
        InputError: the file is missing, a folder, or may not be read.
        UsageError: it is packed with Zstandard, and the library for that is not installed.
    """
    buffered = _open(name)
    try:
        return unpacked(buffered, shown(name))
    except OSError as error:
        buffered.close()
        raise InputError(f"{shown(name)}: cannot be read: {error.strerror or error}") from None
    except BaseException:
        buffered.close()
        raise


def _open(name: str) -> io.BufferedReader:
    if name == "-":
        return io.BufferedReader(_StandardInput(), 1 << 20)
    try:
        return io.BufferedReader(io.FileIO(name), 1 << 20)
    except FileNotFoundError:
        raise InputError(f"{name}: no such file") from None
    except IsADirectoryError:
        raise InputError(f"{name}: a folder; name the files in it") from None
    except OSError as error:
        # Windows says of a folder that it may not be opened.
        said = "a folder; name the files in it" if Path(name).is_dir() else f"cannot be read: {error.strerror}"
        raise InputError(f"{name}: {said}") from None


def refuse_binary(head: bytes, name: str, *, wide: bool = False) -> None:
    """Refuse what is no text.

    Args:
        head: the first bytes.
        wide: in UTF-16 and UTF-32 zero bytes are no sign of a binary file.

    Raises:
        InputError: it is a binary file; of which kind, where that can be told.
    """
    for magic, kind in _MAGIC.items():
        if head.startswith(magic):
            raise InputError(f"{shown(name)}: this is {kind}" + ("" if ";" in kind else f"; {_READ}"))
    if wide or head.startswith(tuple(bom for bom, _ in _BOMS)):
        return
    # Packed data has a control character in ten; in a text that was damaged there are a few.
    if sum(byte < 9 or 13 < byte < 32 for byte in head) > 3 + len(head) * 0.03:
        hint = "; if it is UTF-16, say --encoding utf-16-le" if head.count(0) > len(head) * 0.3 else ""
        raise InputError(f"{shown(name)}: looks like a binary file; {_READ}{hint}")


def open_text(name: str, encoding: str | None = None) -> tuple[io.TextIOWrapper, Mended]:
    """A file or "-" as text; see `as_text`.

    Raises:
        InputError: as `open_bytes`, or it is no text.
        UsageError: the encoding is not known.
    """
    check_encoding(encoding)
    stream = open_bytes(name)
    try:
        return as_text(stream, name, encoding)
    except BaseException:
        stream.close()
        raise


def check_encoding(encoding: str | None) -> None:
    """Refuse an encoding that Python does not know, or that makes no text.

    Raises:
        UsageError: so it is.
    """
    if encoding is not None and not _is_text_encoding(encoding):
        raise UsageError(f"{encoding}: no such encoding; try utf-8, cp1252 or utf-16")


def as_text(stream: io.BufferedReader, name: str, encoding: str | None = None) -> tuple[io.TextIOWrapper, Mended]:
    """Bytes as text with its line ends as they are, and the count of bytes that had to be mended.

    Args:
        encoding: a Python codec name; without one, what a byte order mark says, else UTF-8 with Windows-1252 for what is not.

    Raises:
        InputError: the bytes cannot be read, or are no text.
    """
    try:
        head = stream.peek(4096)[:4096]
    except OSError as error:
        raise InputError(f"{shown(name)}: cannot be read: {error.strerror or error}") from None
    refuse_binary(head, name, wide=(encoding or "").lower().startswith(("utf-16", "utf_16", "utf16", "utf-32", "utf_32", "utf32")))
    mended = Mended()
    if encoding is None:
        encoding = next((codec for bom, codec in _BOMS if head.startswith(bom)), "utf-8")
    mended.encoding = encoding.removesuffix("-sig")
    return io.TextIOWrapper(stream, encoding=encoding, errors=mended.name, newline=""), mended


def read_lines(stream: io.TextIOWrapper, name: str) -> Iterator[str]:
    """The lines of a stream with their ends, which is closed behind the last."""
    number = 0
    with stream:
        try:
            for number, line in enumerate(stream, 1):  # noqa: B007 (told where it broke off)
                yield line
        except UnicodeError as error:
            raise InputError(f"{shown(name)}: line {number + 1} is not in that encoding ({error}); try another --encoding") from None
        except OSError as error:
            raise InputError(f"{shown(name)}: cannot be read behind line {number}: {error.strerror or error}") from None


def _is_text_encoding(encoding: str) -> bool:
    """Whether Python knows it and it makes text of bytes: "hex" and the like do not."""
    try:
        "".encode(encoding)
        return isinstance(b"".decode(encoding), str)
    except (LookupError, ValueError):
        return False


def shown(name: str) -> str:
    """How a source is called in messages."""
    return "standard input" if name == "-" else name
