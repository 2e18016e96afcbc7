"""gzip and Zstandard, unpacked as they are read and never without bound: a small file may hold a flood of nothing."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from typing import IO, TYPE_CHECKING, Any

from skillsift.reading.extras import needed

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
#: No more than this many times its own size comes out of a packed file. Postings pack to a fifth, one posting over and over to a
#: hundredth or so.
MOST_TIMES = 400
#: That is asked only once so many bytes are out: what is short may pack as well as it can.
FREE_BYTES = 256 << 20


def unpacked(packed: io.BufferedReader, shown: str) -> io.BufferedReader:
    """What a stream holds: itself, or what is packed in it with gzip or Zstandard, told by its first bytes.

    Args:
        packed: is closed with what is returned.
        shown: how the source is called in messages.

    Raises:
        OSError: it cannot be read.
        UsageError: the library for Zstandard is not installed.
    """
    magic = packed.peek(4)[:4]
    if magic.startswith(_GZIP):
        return io.BufferedReader(_Unpacked("gzip", lambda file: gzip.GzipFile(fileobj=file), (zlib.error,), packed), 1 << 20)
    if magic == _ZSTD:
        zstd = _zstd(shown)
        return io.BufferedReader(_Unpacked("Zstandard", zstd.ZstdFile, (zstd.ZstdError,), packed), 1 << 20)
    return packed


def _zstd(shown: str) -> Any:
    name = "compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd"
    return needed(name, "zstd", f"{shown} is packed with Zstandard")


class _Counted:
    """A file that counts what is read of it."""

    def __init__(self, file: io.BufferedReader) -> None:
        self._file = file
        self.count = 0

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self.count += len(data)
        return data


class _Unpacked(io.RawIOBase):
    """What comes out of a packed stream; every fault is an OSError that says which."""

    def __init__(self, kind: str, opener: Any, faults: tuple[type[Exception], ...], packed: io.BufferedReader) -> None:
        self._kind = kind
        self._faults: tuple[type[Exception], ...] = (OSError, EOFError, *faults)
        self._packed = packed
        self._counted = _Counted(packed)
        self._inner: IO[bytes] = opener(self._counted)
        self._out = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        chunk = memoryview(buffer).cast("B")
        try:
            data = self._inner.read(len(chunk))
        except self._faults as error:
            raise OSError(f"broken {self._kind} file: {error}") from None
        self._out += len(data)
        if self._out > FREE_BYTES and self._out > MOST_TIMES * self._counted.count:
            raise OSError(
                f"{self._kind} file that holds more than {MOST_TIMES} times its own size, as no postings do; unpack it first if it is right"
            )
        chunk[: len(data)] = data
        return len(data)

    def close(self) -> None:
        super().close()
        self._packed.close()
