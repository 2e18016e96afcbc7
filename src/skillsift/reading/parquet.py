"""Parquet files, read a batch of rows at a time: with pyarrow, the reference reader of the format (extra `skillsift[parquet]`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any

from skillsift.errors import InputError
from skillsift.reading.columns import Columns, find_columns
from skillsift.reading.extras import needed
from skillsift.reading.inputs import Input
from skillsift.reading.objects import as_text
from skillsift.reading.rows import Row, Source, posting_reader
from skillsift.reading.stated import column_reader

#: Rows that are held at once.
_BATCH = 512


def open_parquet(given: Input) -> Source:
    """A Parquet file as a table; lists and structs in a cell are written as JSON, dates and times as ISO 8601.

    Raises:
        InputError: it is broken.
        UsageError: pyarrow is not installed.
    """
    needed("pyarrow", "parquet", f"{given.shown} is a Parquet file")
    import pyarrow as arrow
    import pyarrow.parquet

    try:
        file = arrow.parquet.ParquetFile(given.seekable(), pre_buffer=False)
        header = [str(name) for name in file.schema_arrow.names]
    except (arrow.ArrowException, OSError, ValueError) as error:
        raise _broken(given, error) from None
    columns = find_columns(header, given.shown, given.text, given.title, given.id)
    return Source(given.name, given.format, header, _rows(given, file, header, columns), None, columns, schema=file.schema_arrow)


def _rows(given: Input, file: Any, header: Sequence[str], columns: Columns) -> Iterator[Row]:
    import pyarrow as arrow

    read = posting_reader(header, columns, column_reader(header))
    with closing(given.stream):
        try:
            for batch in file.iter_batches(_BATCH, use_threads=False):
                for at, cells in enumerate(zip(*map(texts, batch.columns), strict=True)):
                    yield Row(read(cells), cells, None, (batch, at))
        except (arrow.ArrowException, OSError, ValueError) as error:
            raise _broken(given, error) from None


def texts(column: Any) -> list[str]:
    """An Arrow array's values as cells."""
    import pyarrow as arrow

    if arrow.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if arrow.types.is_temporal(column.type):
        column = column.cast(arrow.string())
    elif arrow.types.is_binary(column.type) or arrow.types.is_large_binary(column.type):
        return ["" if value is None else value.decode("utf-8", "replace") for value in column.to_pylist()]
    # NaN is pandas' word for nothing.
    return [value if isinstance(value, str) else "" if value is None or value != value else as_text(value) for value in column.to_pylist()]


def _broken(given: Input, error: Exception) -> InputError:
    return InputError(f"{given.shown}: broken Parquet file: {' '.join(str(error).split())[:300]}")
