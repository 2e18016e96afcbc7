"""Postings in a pandas frame: the only place of the tagger that imports pandas.

A row's result depends on that row alone and the dtypes on nothing, so a frame may be cut anywhere: partitions tagged one by one
are the whole tagged at once. Dask, Spark and Ray rest on that (docs/scale.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from skillsift.errors import UsageError
from skillsift.model import Posting, TaggedPosting
from skillsift.tagging.flat import COLUMNS, flatten

_WHOLE, _NUMBER, _TEXT = "Int64", "Float64", "string"
_NUMBERS = {"years_min": _WHOLE, "years_max": _WHOLE, "salary_min": _NUMBER, "salary_max": _NUMBER, "confidence": _NUMBER}
#: The pandas dtypes of the result columns, in order, whatever the rows hold. Each has a null of its own for what is unknown.
DTYPES: Mapping[str, str] = {column: _NUMBERS.get(column, _TEXT) for column in COLUMNS}


def tag_frame(
    tag: Callable[[Posting], TaggedPosting], df: pd.DataFrame, text: str, title: str | None, location: str | None = None
) -> pd.DataFrame:
    """See `Tagger.tag_frame`.

    Args:
        tag: how one posting is tagged.
    """
    if text not in df.columns:
        raise UsageError(f"no column {text!r} in the frame; it has: {', '.join(map(str, df.columns))}")
    cells = zip(_cells(df, text), _cells(df, title), _cells(df, location), strict=True)
    return tag_postings(tag, (_posting(body, head, place, text) for body, head, place in cells), df.index)


def tag_postings(tag: Callable[[Posting], TaggedPosting], postings: Iterable[Posting], index: pd.Index | None = None) -> pd.DataFrame:
    """The frame that `tag_frame` gives, of postings that were read already.

    Args:
        tag: how one posting is tagged.
        index: of the frame; without it, counted from 0.
    """
    return to_frame((flatten(tag(posting)) for posting in postings), index)


def to_frame(rows: Iterable[Sequence[str]], index: pd.Index | None = None) -> pd.DataFrame:
    """Flattened records as a frame of `DTYPES`.

    Args:
        rows: what `flatten` gives, a row each.
        index: of the frame; without it, counted from 0.
    """
    table = list(rows)
    columns = {
        column: pd.Series([_value(row[at], dtype) for row in table], dtype=dtype, index=index)
        for at, (column, dtype) in enumerate(DTYPES.items())
    }
    return pd.DataFrame(columns)


def _value(cell: str, dtype: str) -> str | int | float | None:
    """Null for what is unknown; a lone surrogate as its escape, since Arrow holds UTF-8 and nothing else."""
    if not cell:
        return None
    if dtype == _TEXT:
        return cell.encode("utf-8", "backslashreplace").decode("utf-8")
    return int(cell) if dtype == _WHOLE else float(cell)


def _cells(df: pd.DataFrame, column: str | None) -> Iterable[object]:
    """A column's cells, or as many nulls; where a name stands twice, the first of them is meant."""
    if column is None or column not in df.columns:
        return [None] * len(df)
    found = df[column]
    return found if isinstance(found, pd.Series) else found.iloc[:, 0]


def _posting(text: object, title: object, location: object, column: str) -> Posting:
    body, head, place = (_as_text(cell) for cell in (text, title, location))
    if not body.strip():
        return Posting(text="", error=f"column {column!r} is empty")
    return Posting(text=body, title=head.strip() or None, fields={"location": place} if place else {})


def _as_text(cell: Any) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bytes):  # what older writers of Parquet made of a string
        return cell.decode("utf-8", "replace")
    return "" if cell is None or (pd.api.types.is_scalar(cell) and pd.isna(cell)) else str(cell)
