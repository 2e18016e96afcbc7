"""Postings in a pandas frame: the only place of the tagger that imports pandas."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from skillsift.errors import UsageError
from skillsift.model import Posting
from skillsift.tagging.flat import COLUMNS, flatten

if TYPE_CHECKING:
    from skillsift.tagging.tagger import Tagger

_NUMBERS = ("years_min", "years_max", "salary_min", "salary_max", "confidence")


def tag_frame(tagger: Tagger, df: pd.DataFrame, text: str, title: str | None) -> pd.DataFrame:
    """See `Tagger.tag_frame`."""
    if text not in df.columns:
        raise UsageError(f"no column {text!r} in the frame; it has: {', '.join(map(str, df.columns))}")
    titles = df[title] if title is not None and title in df.columns else [None] * len(df)
    rows = [flatten(tagger.tag(_posting(body, head))) for body, head in zip(df[text], titles, strict=True)]
    tagged = pd.DataFrame(rows, columns=list(COLUMNS), index=df.index, dtype="object")
    for column in COLUMNS:
        tagged[column] = pd.to_numeric(tagged[column]) if column in _NUMBERS else tagged[column].astype("string")
    return tagged


def _posting(text: object, title: object) -> Posting:
    if not isinstance(text, str) or not text.strip():
        return Posting(text="", error="the text is empty")
    return Posting(text=text, title=title if isinstance(title, str) and title.strip() else None)
