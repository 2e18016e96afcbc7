"""What runs on a worker of the cluster: look at a file, tag a part of it and write that."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version

import distributed
import fsspec
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from skillsift.engines.dataset import Part
from skillsift.engines.parquet import COMPRESSION, joined
from skillsift.errors import UsageError
from skillsift.model import Posting
from skillsift.reading.columns import Columns
from skillsift.reading.parquet import texts
from skillsift.reading.rows import posting_reader
from skillsift.reading.stated import PAY_COLUMNS, column_reader
from skillsift.tagging.frame import tag_postings
from skillsift.tagging.tagger import Tagger
from skillsift.vocabulary import Vocabulary

#: Rows that a worker holds at once.
BATCH_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class Job:
    """What every part of a run has in common."""

    id: str
    columns: Columns
    schema: pa.Schema


class _Shared:
    """One tagger for all threads of a worker process, built when the first part comes.

    Threads take turns: under Python's lock they would anyhow, and caches need no second one.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._lock = threading.Lock()

    @cached_property
    def _tagger(self) -> Tagger:
        return Tagger(vocabulary=self._vocabulary)

    def tag(self, postings: Iterable[Posting]) -> pd.DataFrame:
        with self._lock:
            return tag_postings(self._tagger.tag, postings)


_shared: dict[str, _Shared] = {}


class VocabularyPlugin(distributed.WorkerPlugin):  # type: ignore[misc] # Dask is untyped
    """Gives each worker, also one that joins later, the vocabulary of this process: packs need not lie on its disk."""

    def __init__(self, job: str, vocabulary: Vocabulary) -> None:
        self.name = self.named(job)
        self._job, self._vocabulary, self._version = job, vocabulary, version("skillsift")

    @staticmethod
    def named(job: str) -> str:
        return f"skillsift-{job}"

    def setup(self, worker: distributed.Worker) -> None:
        if version("skillsift") != self._version:
            raise UsageError(f"worker {worker.name} has skillsift {version('skillsift')}, this is {self._version}: install the same there")
        _shared[self._job] = _Shared(self._vocabulary)

    def teardown(self, worker: distributed.Worker) -> None:
        _shared.pop(self._job, None)


def footer(url: str) -> tuple[pa.Schema, int]:
    """A Parquet file's schema, and how many rows it has."""
    with fsspec.open(url, "rb") as file:
        found = pq.ParquetFile(file)
        return found.schema_arrow, found.metadata.num_rows


def count(url: str) -> tuple[int, int]:
    """Rows of a part, and how many of them could not be read."""
    with fsspec.open(url, "rb") as file:
        part = pq.ParquetFile(file)
        errors = part.read(columns=part.schema_arrow.names[-1:]).column(0)
        return len(errors), len(errors) - errors.null_count


def tag_part(part: Part, job: Job) -> tuple[int, int]:
    """Read, tag and write one part; rows, and how many of them could not be read. Done twice it gives the same file."""
    fs, target = fsspec.url_to_fs(part.target)
    # Another worker may be at the same part, thought dead while it is not: each writes a file of its own.
    folder, _, name = target.rpartition("/")
    mine = f"{folder}/.{name}.{uuid.uuid4().hex}"
    rows = unread = 0
    with (
        fsspec.open(part.source, "rb") as source,
        fs.open(mine, "wb") as file,
        pq.ParquetWriter(file, job.schema, compression=COMPRESSION) as writer,
    ):
        for own in _rows(pq.ParquetFile(source), part.start, part.stop):
            tagged = _shared[job.id].tag(_postings(own, job.columns))
            writer.write_table(joined(own, tagged, job.schema))
            rows += len(tagged)
            unread += int(tagged["error"].notna().sum())
    fs.mv(mine, target)
    return rows, unread


def _postings(rows: pa.RecordBatch, columns: Columns) -> Iterator[Posting]:
    """The postings that stand in rows of a table, read as the local run reads them; columns that say nothing of them are left alone."""
    said = {columns.text, columns.title, columns.location} | PAY_COLUMNS
    names = [name for name in rows.schema.names if name in said]
    read = posting_reader(names, columns, column_reader(names))
    return map(read, zip(*(texts(rows.column(name)) for name in names), strict=True))


def _rows(file: pq.ParquetFile, start: int, stop: int) -> Iterator[pa.RecordBatch]:
    """The rows from `start` up to `stop`, some at a time; only the row groups that hold them are read."""
    groups: list[int] = []
    first = at = 0
    for group in range(file.metadata.num_row_groups):
        end = at + file.metadata.row_group(group).num_rows
        if at < stop and end > start:
            first = first if groups else at
            groups.append(group)
        at = end
    at = first
    for batch in file.iter_batches(BATCH_ROWS, groups) if groups else ():
        low, high = max(start - at, 0), min(stop - at, batch.num_rows)
        at += batch.num_rows
        if low < high:
            yield batch.slice(low, high - low)
