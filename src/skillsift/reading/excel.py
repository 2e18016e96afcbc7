"""Excel workbooks (.xlsx), a row at a time: with openpyxl, which reads them without holding them (extra `skillsift[excel]`)."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime
from typing import Any

from skillsift.errors import InputError, UsageError
from skillsift.reading.columns import Columns, find_columns
from skillsift.reading.extras import needed
from skillsift.reading.inputs import Input
from skillsift.reading.rows import Row, Source, posting_reader
from skillsift.reading.stated import column_reader

#: What a workbook holds once it is unpacked is no more than this (bytes): its texts are kept in one table that is read whole.
MOST_UNPACKED = 1 << 30


def open_excel(given: Input) -> Source:
    """The first sheet of a workbook that has a column for the text; its first row that is not empty holds the column names.

    Raises:
        InputError: it is no workbook, broken, empty, or larger than `MOST_UNPACKED`.
        UsageError: openpyxl is not installed, or no sheet has a column for the text.
    """
    file = given.seekable()
    _check(given, file)
    openpyxl = needed("openpyxl", "excel", f"{given.shown} is an Excel file")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and the like that it does not know
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    except Exception as error:  # a library that meets hostile files: whatever it raises, the file is at fault
        raise _broken(given, error) from None
    untold: UsageError | None = None
    for sheet in sheets:
        rows = _values(given, sheet)
        header = next((cells for _, cells in rows if any(cells)), [])
        while header and not header[-1]:
            header.pop()
        if not header:
            continue
        try:
            columns = find_columns(header, given.shown, given.text, given.title, given.id)
        except UsageError as error:
            untold = untold or error
            continue
        return Source(given.name, given.format, header, _rows(given, rows, header, columns), None, columns)
    raise untold or InputError(f"{given.shown} is empty: a sheet needs a row of column names and a row a posting")


def _check(given: Input, file: Any) -> None:
    """Whether it is a workbook, and one that can be held: what each part unpacks to stands in the archive, and no more of it is read."""
    import zipfile

    parts: list[zipfile.ZipInfo] = []
    fault = "it is no zip archive"
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        fault = str(error)
    if not parts and given.sure:
        raise InputError(f"{given.shown}: broken Excel file: {fault}")
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise InputError(f"{given.shown}: a zip, Word or Excel file; save it as text, PDF, Excel (.xlsx) or CSV first")
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise InputError(f"{given.shown}: an Excel file of more than {MOST_UNPACKED >> 20} MB when unpacked; save it as CSV")
    file.seek(0)


def _values(given: Input, sheet: Any) -> Iterator[tuple[int, list[str]]]:
    """The rows of a sheet as cells, with their numbers."""
    try:
        sheet.reset_dimensions()  # what the file says of them is often wrong
        rows = sheet.iter_rows(values_only=True)
        number = 0
        while True:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                row = next(rows, None)
            if row is None:
                return
            number += 1
            yield number, [_cell(value) for value in row]
    except Exception as error:
        raise _broken(given, error) from None


def _rows(given: Input, rows: Iterator[tuple[int, list[str]]], header: Sequence[str], columns: Columns) -> Iterator[Row]:
    width = len(header)
    read = posting_reader(header, columns, column_reader(header))
    with closing(given.stream):
        for number, values in rows:
            if not any(values):
                continue
            cells = (values + [""] * (width - len(values)))[:width]
            beyond = [cell for cell in values[width:] if cell]
            error = None
            if beyond:
                error = f"row {number} has cells beyond the last column name: name their columns"
                cells[-1] = ", ".join(filter(None, (cells[-1], *beyond)))
            yield Row(read(cells, error), cells)


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, datetime):
        return (value.date() if not (value.hour or value.minute or value.second) else value).isoformat()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _broken(given: Input, error: Exception) -> InputError:
    return InputError(f"{given.shown}: broken Excel file: {' '.join(str(error).split())[:300] or type(error).__name__}")
