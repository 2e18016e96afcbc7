"""A table of postings in, the same table with its tags out: whole or not at all, and resumable.

The output is written beside its final name and renamed when it is whole. A journal tells how far it is, so that an
interrupted run can go on.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from skillsift.engines.local import CHUNK, tag_rendered
from skillsift.engines.parquet import ParquetPart
from skillsift.errors import InputError, UsageError
from skillsift.model import Posting, TaggedPosting
from skillsift.reading.ads import ad_digest
from skillsift.reading.sources import Row, Source
from skillsift.tagging.flat import flatten, free_names

OUTPUTS = ("csv", "tsv", "jsonl", "parquet")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a batch did: rows written, how many of them could not be read, and how many were there from a run before."""

    rows: int
    unread: int
    resumed: int


def output_format(name: str, given: str | None, inputs: Sequence[Source]) -> str:
    """The output's format: as given, by the name's suffix, or the input's own.

    Raises:
        UsageError: a format that cannot be written.
    """
    suffixes = [suffix.lower().lstrip(".") for suffix in Path(name).suffixes if suffix.lower() != ".gz"]
    found = given or (suffixes[-1] if suffixes and suffixes[-1] in (*OUTPUTS, "json", "ndjson", "xlsx") else None)
    found = found or (inputs[0].format if inputs[0].format in OUTPUTS else "jsonl")
    found = {"ndjson": "jsonl"}.get(found, found)
    if found not in OUTPUTS:
        raise UsageError(f"{found}: cannot be written; give --to {', '.join(OUTPUTS)}, or a name that ends so")
    return found


def run_batch(
    inputs: Sequence[Source],
    output: str,
    format: str,
    *,
    packs: Sequence[str] = ("guide",),
    workers: int = 1,
    resume: bool = False,
    progress: Callable[[int], None] = lambda rows: None,
) -> Outcome:
    """Tag every row of the inputs, in order.

    Args:
        inputs: opened sources; tables among them must have the same columns.
        output: a file's name, or "-" for standard output.
        format: one of OUTPUTS.
        resume: go on where an interrupted run with the same inputs and output stopped.
        progress: told how many more rows are done.

    Raises:
        UsageError: the output is one of the inputs, or the inputs' columns differ.
        InputError: the output cannot be written.
    """
    with ExitStack() as stack:
        for source in inputs:
            stack.callback(source.close)
        header = _common_header(inputs) if format != "jsonl" else ()
        _refuse_in_the_way(inputs, output)
        return _run(inputs, output, format, header, packs, workers, resume, progress)


def _run(
    inputs: Sequence[Source],
    output: str,
    format: str,
    header: Sequence[str],
    packs: Sequence[str],
    workers: int,
    resume: bool,
    progress: Callable[[int], None],
) -> Outcome:
    rows = (row for source in inputs for row in source.rows)
    render = _RENDER[format]
    if format == "parquet" and (output == "-" or resume):
        raise UsageError(f"{output}: a Parquet file is written whole: to a name, without --resume")
    if output == "-":
        return _write(rows, _Pipe(), format, header, render, packs, workers, progress)
    if resume and _is_gzip(Path(output)):
        raise UsageError(f"{output}: a gzip output cannot be resumed; leave --resume out, or write it plain")
    try:
        part = (
            ParquetPart(Path(output), header)
            if format == "parquet"
            else _Part(Path(output), resume=resume, plan=_plan(inputs, format, packs))
        )
    except OSError as error:
        raise InputError(f"{output}: cannot be written: {error.strerror}") from None
    with part:
        try:
            return _write(rows, part, format, header, render, packs, workers, progress)
        except OSError as error:  # those of reading are an InputError by now
            raise InputError(f"{output}: cannot be written: {error.strerror}") from None


def resumable(output: str) -> bool:
    """Whether an interrupted run left something to go on from."""
    return output != "-" and _beside(Path(output), ".part.json").exists()


def _refuse_in_the_way(inputs: Sequence[Source], output: str) -> None:
    """An output that would overwrite an input, at once or while it is written, or that is a folder."""
    if output == "-":
        return
    final = Path(output)
    if final.is_dir():
        raise UsageError(f"{output}: a folder; name a file in it")
    beside = (final, _beside(final, ".part"), _beside(final, ".part.json"))
    for source in inputs:
        given = Path(source.name)
        if source.name != "-" and given.exists() and any(path.exists() and path.samefile(given) for path in beside):
            raise UsageError(f"{output}: is the input; give the output another name")


def _plan(inputs: Sequence[Source], format: str, packs: Sequence[str]) -> str:
    """What must be the same for an interrupted run to go on."""
    columns = [asdict(source.columns) if source.columns else None for source in inputs]
    sizes = [Path(source.name).stat().st_size if source.name != "-" else None for source in inputs]
    return json.dumps([format, [list(source.header) for source in inputs], list(packs), [source.name for source in inputs], columns, sizes])


def _beside(final: Path, suffix: str) -> Path:
    return final.with_name(final.name + suffix)


def _is_gzip(path: Path) -> bool:
    return path.suffix.lower() == ".gz"


def _common_header(inputs: Sequence[Source]) -> Sequence[str]:
    header = inputs[0].header
    for source in inputs[1:]:
        if list(source.header) != list(header):
            raise UsageError(f"{source.name}: its columns differ from those of {inputs[0].name}; tag them one by one")
    return header


def _write(
    rows: Iterable[Row],
    sink: _Pipe | _Part | ParquetPart,
    format: str,
    header: Sequence[str],
    render: Callable[[TaggedPosting], Sequence[str]],
    packs: Sequence[str],
    workers: int,
    progress: Callable[[int], None],
) -> Outcome:
    source = iter(rows)
    for _ in range(sink.done):
        next(source, None)
    if sink.done:
        progress(sink.done)
    elif format != "jsonl" and not isinstance(sink, ParquetPart):
        sink.write(_line([*header, *free_names(header)], format))
    kept: deque[Row] = deque()  # rows whose postings are with the tagger, oldest first

    def postings() -> Iterator[Posting]:
        for row in source:
            kept.append(row)
            yield row.posting

    count, unread = 0, sink.unread
    for rendered in tag_rendered(postings(), render, packs=packs, workers=workers):
        row = kept.popleft()
        unread += row.posting.error is not None
        count += 1
        if isinstance(sink, ParquetPart):
            sink.write_row(row.cells, rendered)
        else:
            sink.write(rendered[0] + "\n" if format == "jsonl" else _line([*row.cells, *rendered], format))
        if count % CHUNK == 0:
            sink.mark(sink.done + count, unread)
            progress(CHUNK)
    progress(count % CHUNK)
    sink.finish()
    return Outcome(count + sink.done, unread, sink.done)


def _line(cells: Sequence[str], format: str) -> str:
    out = io.StringIO()
    # The csv module quotes a carriage return only where it is part of the line's end; one left bare would cut the row in two.
    csv.writer(out, delimiter="\t" if format == "tsv" else ",", lineterminator="\r\n").writerow(cells)
    return out.getvalue().removesuffix("\r\n") + "\n"


def _as_json(tagged: TaggedPosting) -> Sequence[str]:
    """The record, with what a report needs beside it: the input's columns are not in it as they are in a table."""
    record = tagged.to_dict() | {"fields": dict(tagged.posting.fields), "ad": ad_digest(tagged.posting)}
    return (json.dumps(record, ensure_ascii=False, separators=(",", ":")),)


_RENDER: dict[str, Callable[[TaggedPosting], Sequence[str]]] = {"csv": flatten, "tsv": flatten, "parquet": flatten, "jsonl": _as_json}


class _Pipe:
    """Standard output: nothing to rename, nothing to resume."""

    done = unread = 0

    def write(self, text: str) -> None:
        sys.stdout.write(text)

    def mark(self, rows: int, unread: int) -> None:
        sys.stdout.flush()

    def finish(self) -> None:
        sys.stdout.flush()


class _Part:
    """The output beside its final name, with a journal of how far it is."""

    def __init__(self, final: Path, *, resume: bool, plan: str) -> None:
        self._final = final
        self._path = _beside(final, ".part")
        self._journal = _beside(final, ".part.json")
        self._plan = plan
        self.done = self.unread = size = 0
        if resume and self._journal.exists() and self._path.exists():
            self.done, self.unread, size = self._said()
        else:
            # What an older run left would tell of another file.
            self._journal.unlink(missing_ok=True)
        raw = self._path.open("r+b" if self.done else "wb")
        if self.done:
            raw.truncate(size)
            raw.seek(size)
        self._raw = raw
        self._packed = _is_gzip(final)
        self._file: IO[bytes] = gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, filename="") if self._packed else raw  # type: ignore[assignment]
        self._whole = False

    def _said(self) -> tuple[int, int, int]:
        """Rows, unread ones among them, and bytes, as the journal of the interrupted run tells them."""
        try:
            said = json.loads(self._journal.read_text("utf-8"))
            plan, rows, unread, size = said["plan"], said["rows"], said["unread"], said["bytes"]
        except (ValueError, TypeError, KeyError):
            raise UsageError(f"{self._journal}: is no journal of skillsift; run again without --resume") from None
        if plan != self._plan or self._path.stat().st_size < size:
            raise UsageError(f"{self._final}: the interrupted run had other inputs or options; run again without --resume")
        return rows, unread, size

    def write(self, text: str) -> None:
        # A lone surrogate is no UTF-8; in JSON its escape is right as it stands.
        self._file.write(text.encode("utf-8", "backslashreplace"))

    def mark(self, rows: int, unread: int) -> None:
        if self._packed:
            return  # where in a gzip stream a row ends cannot be told
        self._raw.flush()
        beside = self._journal.with_name(self._journal.name + ".new")
        beside.write_text(json.dumps({"plan": self._plan, "rows": rows, "unread": unread, "bytes": self._raw.tell()}), "utf-8")
        beside.replace(self._journal)

    def finish(self) -> None:
        self._close_packed()
        self._raw.flush()
        os.fsync(self._raw.fileno())
        self._whole = True

    def _close_packed(self) -> None:
        if self._packed:
            self._file.close()

    def __enter__(self) -> _Part:
        return self

    def __exit__(self, *exc: object) -> None:
        with suppress(OSError):
            self._close_packed()
        with suppress(OSError):
            self._raw.close()
        if self._whole:
            self._path.replace(self._final)
            with suppress(FileNotFoundError):
                self._journal.unlink()
        elif not self._journal.exists():
            with suppress(FileNotFoundError):
                self._path.unlink()
