"""A table of postings in, the same table with its tags out: whole or not at all, and resumable.

The output is written beside its final name and renamed when it is whole; `part` tells how.
"""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import asdict, dataclass, replace
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, TextIO

from skillsift.engines.local import CHUNK, CHUNK_CHARS, tag_rendered
from skillsift.engines.parquet import ParquetPart
from skillsift.engines.part import Line, Part, beside, has_marks
from skillsift.errors import InputError, SkillsiftError, UsageError, VocabularyError
from skillsift.model import Posting, TaggedPosting
from skillsift.reading.ads import ad_digest
from skillsift.reading.rows import PLAIN
from skillsift.reading.sources import Row, Source
from skillsift.tagging.flat import flatten, free_names
from skillsift.tagging.safecsv import flatten_guarded, guarded
from skillsift.vocabulary import load

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
    safe: bool = True,
) -> Outcome:
    """Tag every row of the inputs, in order.

    Args:
        inputs: opened sources; tables among them must have the same columns.
        output: a file's name, or "-" for standard output.
        format: one of OUTPUTS.
        resume: go on where an interrupted run with the same inputs and output stopped.
        progress: told how many more rows are done.
        safe: guard the cells that a CSV or TSV gets beyond the input's own columns, see `tagging.safecsv`.

    Raises:
        UsageError: the output is one of the inputs, or the inputs' columns differ.
        InputError: the output cannot be written.
    """
    with ExitStack() as stack:
        for source in inputs:
            stack.callback(source.close)
        header = _common_header(inputs) if format != "jsonl" else ()
        _refuse_in_the_way(inputs, output)
        return _run(inputs, output, format, header, packs, workers, resume, progress, safe=safe and format in ("csv", "tsv"))


def _run(
    inputs: Sequence[Source],
    output: str,
    format: str,
    header: Sequence[str],
    packs: Sequence[str],
    workers: int,
    resume: bool,
    progress: Callable[[int], None],
    *,
    safe: bool,
) -> Outcome:
    rows = (row for source in inputs for row in source.rows)
    render = flatten_guarded if safe else _RENDER[format]
    if safe and header is PLAIN:  # what came in no table has no columns of its own: they are ours too
        rows = (replace(row, cells=[guarded(cell) for cell in row.cells]) for row in rows)
    if format == "parquet" and (output == "-" or resume):
        raise UsageError(f"{output}: a Parquet file is written whole: to a name, without --resume")
    line = _json_line if format == "jsonl" else partial(_line, format=format)
    first = "" if format == "jsonl" else line(header, free_names(header))
    if output == "-":
        return _write(rows, _Pipe(sys.stdout, line, first), render, packs, workers, progress)
    final = Path(os.path.realpath(output))  # behind a link, the file itself
    if final.exists() and not final.is_file():  # /dev/null, a named pipe: nothing to rename
        with _told(output), final.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
            return _write(rows, _Pipe(file, line, first), render, packs, workers, progress)
    with _told(output):
        part = (
            ParquetPart(final, header, _common_schema(inputs))
            if format == "parquet"
            else Part(final, line, first, resume=resume, plan=_plan(inputs, format + "!" * safe, packs))
        )
    with part, _told(output, part):
        return _write(rows, part, render, packs, workers, progress)


@contextmanager
def _told(output: str, part: Part | ParquetPart | None = None) -> Iterator[None]:
    """What went wrong, with what is left of the output and how to go on."""
    try:
        yield
    except (OSError, SkillsiftError) as error:
        if isinstance(error, BrokenPipeError):
            raise
        # Errors of reading are an InputError by now.
        said = f"{output}: cannot be written: {error.strerror or error}" if isinstance(error, OSError) else str(error)
        kept = part.kept if part is not None else ""
        if isinstance(error, VocabularyError) or not (kept or isinstance(error, OSError)):
            raise
        kind = InputError if isinstance(error, OSError) else type(error)
        raise kind(f"{said}; {kept}" if kept else said) from None


def resumable(output: str) -> bool:
    """Whether an interrupted run left something to go on from."""
    return output != "-" and has_marks(Path(os.path.realpath(output)))


def _refuse_in_the_way(inputs: Sequence[Source], output: str) -> None:
    """An output that would overwrite an input, at once or while it is written, or that is a folder."""
    if output == "-":
        return
    final = Path(os.path.realpath(output))
    if final.is_dir():
        raise UsageError(f"{output}: a folder; name a file in it")
    written = (final, beside(final, ".part"), beside(final, ".part.json"))
    if link := next((path for path in written[1:] if path.is_symlink()), None):
        raise UsageError(f"{link}: a link that no run of skillsift made; what is written there would land elsewhere: take it away")
    for source in inputs:
        given = Path(source.name)
        if source.name != "-" and given.exists() and any(path.exists() and path.samefile(given) for path in written):
            raise UsageError(f"{output}: is the input; give the output another name")


def _plan(inputs: Sequence[Source], format: str, packs: Sequence[str]) -> str:
    """What must be the same for an interrupted run to go on: what is read, as what, and what it is tagged by."""
    columns = [asdict(source.columns) if source.columns else None for source in inputs]
    files = [(found.st_size, found.st_mtime_ns) if (found := _stat(source)) else None for source in inputs]
    headers = [list(source.header) for source in inputs]
    tagger = [version("skillsift"), list(packs), load(tuple(packs)).digest]
    return json.dumps([format, headers, tagger, [source.name for source in inputs], columns, files])


def _stat(source: Source) -> os.stat_result | None:
    return Path(source.name).stat() if source.name != "-" else None


def _common_header(inputs: Sequence[Source]) -> Sequence[str]:
    header = inputs[0].header
    for source in inputs[1:]:
        if list(source.header) != list(header):
            raise UsageError(f"{source.name}: its columns differ from those of {inputs[0].name}; tag them one by one")
    return header


def _common_schema(inputs: Sequence[Source]) -> Any:
    """The types of the inputs' own columns, where they have some and the same."""
    first, *others = (source.schema for source in inputs)
    return first if first is not None and all(other is not None and first.equals(other) for other in others) else None


def _write(
    rows: Iterable[Row],
    sink: _Pipe | Part | ParquetPart,
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
    kept: deque[Row] = deque()  # rows whose postings are with the tagger, oldest first

    def postings() -> Iterator[Posting]:
        for row in source:
            kept.append(row)
            yield row.posting

    done, unread, marked, size = sink.done, sink.unread, sink.done, 0
    with closing(tag_rendered(postings(), render, packs=packs, workers=workers)) as tagged:
        for rendered in tagged:
            row = kept.popleft()
            unread += row.posting.error is not None
            done += 1
            size += len(row.posting.text)
            sink.write_row(row, rendered)
            # After the same rows in every run, so that one that goes on writes what one that was not stopped does.
            if done - marked >= CHUNK or size >= CHUNK_CHARS:
                sink.mark(done, unread)
                progress(done - marked)
                marked, size = done, 0
    sink.finish(done, unread)
    progress(done - marked)
    return Outcome(done, unread, sink.done)


def _line(cells: Sequence[str], result: Sequence[str], format: str) -> str:
    out = io.StringIO()
    # The csv module quotes a carriage return only where it is part of the line's end; one left bare would cut the row in two.
    csv.writer(out, delimiter="\t" if format == "tsv" else ",", lineterminator="\r\n").writerow([*cells, *result])
    return out.getvalue().removesuffix("\r\n") + "\n"


def _json_line(cells: Sequence[str], result: Sequence[str]) -> str:
    return result[0] + "\n"


#: A record does not hold itself: that need not be asked of each of its parts.
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def _as_json(tagged: TaggedPosting) -> Sequence[str]:
    """The record, with what a report needs beside it: the input's columns are not in it as they are in a table."""
    return (_encode(tagged.to_dict() | {"fields": dict(tagged.posting.fields), "ad": ad_digest(tagged.posting)}),)


_RENDER: dict[str, Callable[[TaggedPosting], Sequence[str]]] = {"csv": flatten, "tsv": flatten, "parquet": flatten, "jsonl": _as_json}


class _Pipe:
    """Standard output, a device, a named pipe: nothing to rename, nothing to resume."""

    done = unread = 0

    def __init__(self, stream: TextIO, line: Line, first: str) -> None:
        self._stream, self._line = stream, line
        stream.write(first)

    def write_row(self, row: Row, result: Sequence[str]) -> None:
        self._stream.write(self._line(row.cells, result))

    def mark(self, rows: int, unread: int) -> None:
        self._stream.flush()

    def finish(self, rows: int, unread: int) -> None:
        self._stream.flush()
