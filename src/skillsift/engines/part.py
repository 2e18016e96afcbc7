"""The output while it is written: beside its final name, locked, with a journal of how far it is; renamed when it is whole.

*Absent or whole*: the file gets its name in one step, once all its bytes are on the disk.

*Going on*: the journal's first line says what the run is of, each further line how far it was: rows, bytes, and a checksum of these
bytes. A line counts only where the file agrees with it. So a run may be killed at any moment: a line that was cut in two and bytes
that a power cut kept from the disk are seen for what they are, and the run goes on from the last line that holds.

*One run at a time*: the file is locked, and the lock ends with the process that holds it, however that ends.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
import time
import zlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from skillsift.errors import UsageError
from skillsift.reading.rows import Row

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

#: What a killed process wrote stays; what a power cut may take away is no more than this (seconds).
SYNC_EVERY = 1.0
#: A lock that a killed run's process still holds while it ends is waited for so long (seconds).
PATIENCE = 0.5

#: A row's own cells and its results as a line.
Line = Callable[[Sequence[str], Sequence[str]], str]


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a file is: rows, those of them that could not be read, bytes, their CRC-32, and whether that is all."""

    rows: int = 0
    unread: int = 0
    bytes: int = 0
    crc: int = 0
    whole: bool = False


def beside(final: Path, suffix: str) -> Path:
    """A file's name with something behind it."""
    return final.with_name(final.name + suffix)


def open_locked(path: Path) -> io.FileIO:
    """A file to be written by this process alone, with what is in it.

    Raises:
        UsageError: another process is at it.
        OSError: it cannot be opened.
    """
    until = time.monotonic() + PATIENCE
    while True:
        file = io.FileIO(os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666), "r+")
        with suppress(FileNotFoundError):
            if _lock(file.fileno()):
                if os.path.samestat(os.fstat(file.fileno()), path.stat()):  # else it has just got its final name, or is gone
                    return file
            elif time.monotonic() > until:
                file.close()
                raise UsageError(f"{path.name.removesuffix('.part')}: another run is writing it; wait for that, or name another output")
        file.close()
        time.sleep(0.02)


def _lock(descriptor: int) -> bool:
    """Lock a file for this process, not for those forked from it."""
    try:
        if sys.platform == "win32":
            os.lseek(descriptor, 1 << 60, os.SEEK_SET)  # where no byte will ever stand: others may read what does
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            os.lseek(descriptor, 0, os.SEEK_SET)
        else:
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def put_in_place(file: io.FileIO, path: Path, final: Path) -> None:
    """Give a locked file its final name, for good: its bytes and its name are on the disk."""
    os.fsync(file.fileno())
    if sys.platform == "win32":  # there, a file that is open keeps its name
        file.close()
    path.replace(final)
    file.close()
    _sync_folder(final.parent)


def remove(file: io.FileIO, path: Path) -> None:
    """Remove a locked file."""
    if sys.platform == "win32":
        file.close()
    path.unlink(missing_ok=True)
    file.close()


def _sync_folder(folder: Path) -> None:
    with suppress(OSError):  # not every system has its folders opened
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


class Part:
    """A text file beside its final name, with its journal.

    Args:
        final: where it is to stand. With .gz behind its name it is packed, each mark's bytes for themselves (RFC 1952, 2.2:
            members), so that it can go on from there.
        header: its first line.
        resume: go on from what an interrupted run left, if it left anything.
        plan: what must be the same for that.

    Raises:
        UsageError: another run writes it, or what is left is of another run.
    """

    def __init__(self, final: Path, line: Line, header: str = "", *, resume: bool, plan: str) -> None:
        self._final, self._path, self._journal = final, beside(final, ".part"), beside(final, ".part.json")
        self._line, self._plan = line, plan
        self._pack: Callable[[bytes], bytes] = _member if final.suffix.lower() == ".gz" else bytes
        self._pending: list[str] = []
        self._marks: io.FileIO | None = None
        self._synced = time.monotonic()
        self._stands = False  # the interrupted run was stopped just behind its renaming
        self._file = open_locked(self._path)
        try:
            self._last = self._said() if resume and self._journal.exists() else Mark()
            if not self._last.rows and not self._last.whole:
                self._journal.unlink(missing_ok=True)  # what an older run left would tell of another file
                self._pending.append(header)
            if not self._stands:
                self._file.truncate(self._last.bytes)
                self._file.seek(self._last.bytes)
        except BaseException:
            self.__exit__()
            raise
        self.done, self.unread = self._last.rows, self._last.unread

    @property
    def kept(self) -> str:
        """What an interrupted run leaves and how to go on, for a message; empty where it leaves nothing."""
        if self._marks is None and not self.done:
            return ""
        return f"{self._last.rows:,} rows are kept in {self._path.name}: the same command with --resume goes on behind them"

    def write_row(self, row: Row, result: Sequence[str]) -> None:
        """Add a row, and what was rendered of its tags."""
        self._pending.append(self._line(row.cells, result))

    def mark(self, rows: int, unread: int, *, whole: bool = False) -> None:
        """Write what was added, and note it.

        Args:
            rows: how many stand in the file with that.
            unread: how many of them could not be read.
        """
        # A lone surrogate is no UTF-8; in JSON its escape is right as it stands.
        text = "".join(self._pending).encode("utf-8", "backslashreplace")
        data = self._pack(text) if text or (whole and not self._last.bytes) else b""
        _write_all(self._file, data)
        self._pending.clear()
        last = self._last
        self._last = Mark(rows, unread, last.bytes + len(data), zlib.crc32(data, last.crc), whole)
        self._note(json.dumps(asdict(self._last)) + "\n")
        if time.monotonic() - self._synced > SYNC_EVERY:
            self._sync()

    def finish(self, rows: int, unread: int) -> None:
        """Write what is left, and give the file its name."""
        if self._stands:
            remove(self._file, self._path)
        else:
            self.mark(rows, unread, whole=True)
            self._sync()
            put_in_place(self._file, self._path, self._final)
        if self._marks is not None:
            self._marks.close()
        self._journal.unlink(missing_ok=True)
        _sync_folder(self._final.parent)

    def _said(self) -> Mark:
        """The last mark of the interrupted run that its file agrees with."""
        lines = self._journal.read_bytes().split(b"\n")
        try:
            plan, *marks = [json.loads(line) for line in lines[:-1]]  # what stands behind the last line's end was cut in two
            said = [Mark(**mark) for mark in marks]
            same = plan["plan"] == self._plan
        except (ValueError, TypeError, KeyError):
            raise UsageError(f"{self._journal}: is no journal of skillsift; run again without --resume") from None
        if not same:
            raise UsageError(f"{self._final}: the interrupted run had other inputs or options; run again without --resume")
        count, agreed = _agreed(self._file, said)
        if not os.fstat(self._file.fileno()).st_size and said and said[-1].whole and self._final.exists():
            with self._final.open("rb", buffering=0) as final:
                self._stands = _agreed(final, said[-1:])[0] == 1
            if self._stands:
                count, agreed = len(said), said[-1]
        if not count:
            raise UsageError(f"{self._path}: is not what its journal tells of; run again without --resume")
        self._marks = io.FileIO(self._journal, "r+")
        self._marks.truncate(sum(len(line) + 1 for line in lines[: count + 1]))
        self._marks.seek(0, os.SEEK_END)
        return agreed

    def _note(self, line: str) -> None:
        if self._marks is None:  # a journal is there with its first mark, or not at all
            new = beside(self._journal, ".new")
            new.write_text(json.dumps({"plan": self._plan}) + "\n" + line, "utf-8")
            new.replace(self._journal)
            self._marks = io.FileIO(self._journal, "r+")
            self._marks.seek(0, os.SEEK_END)
        else:
            _write_all(self._marks, line.encode())

    def _sync(self) -> None:
        assert self._marks is not None
        os.fsync(self._file.fileno())
        os.fsync(self._marks.fileno())
        _sync_folder(self._final.parent)
        self._synced = time.monotonic()

    def __enter__(self) -> Part:
        return self

    def __exit__(self, *exc: object) -> None:
        if self._file.closed:
            return
        with suppress(OSError):
            if self._marks is None and not self._journal.exists():
                remove(self._file, self._path)
                beside(self._journal, ".new").unlink(missing_ok=True)
            else:
                self._file.close()
                if self._marks is not None:
                    self._marks.close()


def has_marks(final: Path) -> bool:
    """Whether an interrupted run left something to go on from."""
    return beside(final, ".part.json").exists()


def _agreed(file: io.FileIO, marks: Iterable[Mark]) -> tuple[int, Mark]:
    """How many of the marks hold for a file's bytes, and the last of those."""
    count, last, at, crc = 0, Mark(), 0, 0
    for mark in marks:
        while at < mark.bytes:
            data = file.read(min(1 << 20, mark.bytes - at))
            if not data:
                return count, last
            at, crc = at + len(data), zlib.crc32(data, crc)
        if (at, crc) != (mark.bytes, mark.crc):
            return count, last
        count, last = count + 1, mark
    return count, last


def _member(text: bytes) -> bytes:
    return gzip.compress(text, mtime=0)


def _write_all(file: io.FileIO, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[file.write(view) or 0 :]
