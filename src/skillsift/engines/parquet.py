"""Parquet out: a table's own columns with the result columns behind them, typed alike by every engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from skillsift.engines.part import beside, open_locked, put_in_place, remove
from skillsift.errors import UsageError
from skillsift.reading.rows import Row
from skillsift.tagging.flat import free_names

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

#: Rows of a row group, and the characters at which one is closed before: what is held in memory at once.
GROUP_ROWS, GROUP_CHARS = 10_000, 16_000_000
#: Small for text, and read by every engine there is.
COMPRESSION = "zstd"


def _arrow() -> Any:
    try:
        import pyarrow.parquet
    except ImportError:
        raise UsageError("Parquet needs pyarrow: pip install 'skillsift[parquet]'") from None
    return pyarrow


def result_schema(own: pa.Schema, name: str) -> pa.Schema:
    """The schema of the output.

    Args:
        own: that of the input's own columns.
        name: how the table is called in messages.

    Raises:
        UsageError: two of its columns have one name; Parquet's readers could not tell them apart.
    """
    from skillsift.tagging.frame import DTYPES

    pa = _arrow()
    twice = [column for column, count in Counter(own.names).items() if count > 1]
    if twice:
        raise UsageError(f"{name}: a Parquet file has no room for two columns called {twice[0]!r}; rename one, or write CSV")
    types = {"string": pa.string(), "Int64": pa.int64(), "Float64": pa.float64()}
    fields = [pa.field(column, types[dtype]) for column, dtype in zip(free_names(own.names), DTYPES.values(), strict=True)]
    # What pandas noted of the input's index and dtypes is not true of the output.
    metadata = {key: value for key, value in (own.metadata or {}).items() if key != b"pandas"}
    return pa.schema([*own, *fields], metadata=metadata or None)


def joined(own: pa.Table | pa.RecordBatch, tagged: pd.DataFrame, schema: pa.Schema) -> pa.Table:
    """The own columns and the result columns as one table of the output's schema."""
    pa = _arrow()
    results = [
        pa.Array.from_pandas(tagged[column], type=field.type)
        for column, field in zip(tagged.columns, list(schema)[own.num_columns :], strict=True)
    ]
    return pa.Table.from_arrays([*own.columns, *results], schema=schema)


class ParquetPart:
    """A Parquet file written beside its final name, row group by row group, and renamed when it is whole.

    Args:
        final: where it is to stand.
        header: the names of the input's own columns.
        schema: their types, where they have some; without it their cells are text.

    Raises:
        UsageError: pyarrow is not installed, or two columns have one name.
    """

    done = unread = 0  # a footer comes last: there is nothing to go on from
    kept = ""

    def __init__(self, final: Path, header: Sequence[str], schema: pa.Schema | None = None) -> None:
        pa = _arrow()
        if final.suffix.lower() == ".gz":
            raise UsageError(f"{final}: a Parquet file is compressed within; leave .gz out")
        self._typed = schema is not None
        self._own = schema if schema is not None else pa.schema([(name, pa.string()) for name in header])
        self._schema = result_schema(self._own, str(final))
        self._final, self._path = final, beside(final, ".part")
        self._rows: list[Row] = []
        self._results: list[Sequence[str]] = []
        self._chars = 0
        self._file = open_locked(self._path)
        try:
            self._file.truncate(0)
            self._writer = pa.parquet.ParquetWriter(self._file, self._schema, compression=COMPRESSION)
        except BaseException:
            remove(self._file, self._path)
            raise

    def write_row(self, row: Row, result: Sequence[str]) -> None:
        """Add a row, and what `flatten` gave."""
        self._rows.append(row)
        self._results.append(result)
        self._chars += sum(map(len, row.cells))
        if len(self._rows) >= GROUP_ROWS or self._chars >= GROUP_CHARS:
            self._write_group()

    def _write_group(self) -> None:
        from skillsift.tagging.frame import to_frame

        pa = _arrow()
        if self._typed:
            own = pa.Table.from_batches(_pieces(self._rows))
        else:
            columns = zip(*(row.cells for row in self._rows), strict=True)
            own = pa.Table.from_arrays([pa.array(map(_encodable, column), pa.string()) for column in columns], schema=self._own)
        self._writer.write_table(joined(own, to_frame(self._results), self._schema))
        self._rows, self._results, self._chars = [], [], 0

    def mark(self, rows: int, unread: int) -> None:
        """Nothing to note: see `done`."""

    def finish(self, rows: int, unread: int) -> None:
        """Write what is left and the footer, and give the file its name."""
        if self._rows:
            self._write_group()
        self._writer.close()
        put_in_place(self._file, self._path, self._final)

    def __enter__(self) -> ParquetPart:
        return self

    def __exit__(self, *exc: object) -> None:
        if self._file.closed:
            return
        with suppress(OSError, ValueError):
            self._writer.close()
        with suppress(OSError):
            remove(self._file, self._path)


def _pieces(rows: Sequence[Row]) -> Iterator[pa.RecordBatch]:
    """The rows of one read after the other, as pieces of the Arrow batches that hold them."""
    for _, run in groupby([row.typed for row in rows if row.typed], key=lambda typed: id(typed[0])):
        held = list(run)
        batch, start = held[0]
        yield batch.slice(start, len(held))


def _encodable(cell: str) -> str:
    """A lone surrogate as its escape: it is no UTF-8."""
    return cell if cell.isascii() else cell.encode("utf-8", "backslashreplace").decode("utf-8")
