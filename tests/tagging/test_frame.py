"""Frames: a row's result depends on that row alone, the dtypes on nothing. What Dask, Spark and Ray rest on."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillsift import Posting, Tagger
from skillsift.tagging.flat import COLUMNS, flatten
from skillsift.tagging.frame import DTYPES

ROWS = [
    {"description": "Requirements: 5+ years of Python or Java. Kubernetes is a plus.", "title": "Senior ML Engineer", "location": None},
    {"description": None, "title": "x", "location": None},
    {"description": "We pay $120,000.50 - $150,000 a year.", "title": None, "location": "Austin, Texas"},
    {"description": "A Master's degree is preferred.", "title": float("nan"), "location": pd.NA},
    {"description": "Wir bauen Häuser.", "title": " ", "location": ""},
]


def frame(rows: list[dict[str, Any]], **options: Any) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["description", "title", "location"], dtype="object", **options)


def dtypes(tagged: pd.DataFrame) -> dict[str, str]:
    return {str(column): str(dtype) for column, dtype in tagged.dtypes.items()}


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (ROWS, "every kind"),
        ([], "no rows"),
        (ROWS[1:2], "all null but the error"),
        (ROWS[4:], "nothing found"),
        (ROWS[2:3], "pay with cents"),
    ],
)
def test_dtypes_do_not_depend_on_the_rows(tagger: Tagger, rows: list[dict[str, Any]], why: str) -> None:
    assert dtypes(tagger.tag_frame(frame(rows))) == dict(DTYPES), why
    assert tuple(DTYPES) == COLUMNS


def test_unknown_is_null(tagger: Tagger) -> None:
    tagged = tagger.tag_frame(frame(ROWS))
    assert tagged["years_min"].isna().tolist() == [False, True, True, True, True]
    assert tagged["skills_required"].isna().tolist() == [False, True, True, True, True]
    assert tagged["error"].isna().tolist() == [True, False, True, True, True]
    assert tagged.loc[1].drop("error").isna().all(), "of a row that could not be read nothing is known"
    assert tagged.loc[2, "salary_min"] == 120000.5


@pytest.mark.parametrize(
    ("column", "cell", "as_given", "why"),
    [
        ("description", "  ", "", "blank is empty"),
        ("description", pd.NaT, "", "no text"),
        ("description", b"Pyth\xc3\xb6n", "Pythön", "bytes of an older Parquet"),
        ("description", ["Python", "SQL"], "['Python', 'SQL']", "a list is no text, and no fault"),
        ("description", np.array(["Python", "SQL"]), "['Python' 'SQL']", "nor is an array"),
        ("description", 5, "5", "a number is its digits, as in a CSV file"),
        ("title", 7, "7", "so is a title"),
        ("title", "  Staff Engineer ", "Staff Engineer", "space round a title says nothing"),
        ("title", None, "", "no title"),
    ],
)
def test_cells_are_taken_as_text(tagger: Tagger, column: str, cell: object, as_given: str, why: str) -> None:
    seen: list[Posting] = []
    original = tagger.tag
    tagger.tag = lambda posting: (seen.append(posting), original(posting))[1]  # type: ignore[method-assign,assignment,arg-type,func-returns-value]
    try:
        tagger.tag_frame(frame([{"description": "Python", "title": "Engineer", "location": None} | {column: cell}]))
    finally:
        del tagger.tag  # type: ignore[method-assign]
    (posting,) = seen
    assert (posting.text if column == "description" else posting.title or "") == as_given, why
    assert (posting.error is not None) == (column == "description" and not as_given), why


def test_the_place_tells_whose_dollars(tagger: Tagger) -> None:
    text = "We pay $120,000 - $150,000 a year.\n" + "We move parcels.\n" * 20 + "Our offices are in Austin and Toronto.\n"
    rows = frame([{"description": text, "title": None, "location": "Toronto, ON"}])
    assert tagger.tag_frame(rows).loc[0, "salary_currency"] == "CAD"
    assert tagger.tag_frame(rows, location=None).loc[0, "salary_currency"] == "USD"
    assert tagger.tag_frame(rows.rename(columns={"location": "city"}), location="city").loc[0, "salary_currency"] == "CAD"


def test_a_row_is_what_the_tagger_says_of_it(tagger: Tagger) -> None:
    given = ROWS[0]
    row = tagger.tag_frame(frame([given])).loc[0]
    said = dict(zip(COLUMNS, flatten(tagger.tag(Posting(text=given["description"], title=given["title"]))), strict=True))
    assert {column: "" if pd.isna(value) else value for column, value in row.items()} == {
        column: value if DTYPES[str(column)] == "string" or not value else float(value) for column, value in said.items()
    }


def test_of_columns_with_one_name_the_first_is_meant(tagger: Tagger) -> None:
    rows = frame(ROWS[:1])
    doubled = pd.concat([rows, rows[["description"]].assign(description="COBOL")], axis=1)
    assert tagger.tag_frame(doubled).equals(tagger.tag_frame(rows))


def test_a_lone_surrogate_stops_no_frame(tagger: Tagger) -> None:
    """Arrow, which may hold the strings, has no place for one."""
    text = "Salary: 100\ud800000 to 120,\ud800000 a year. 5+\ud800 years of Python\ud800"
    tagged = tagger.tag_frame(frame([{"description": text, "title": "Senior\ud800 Engineer", "location": None}]))
    assert tagged["seniority_signals"].str.encode("utf-8").notna().all()


@given(st.lists(st.tuples(st.sampled_from(ROWS), st.integers(0, 3)), max_size=8), st.integers(0, 8))
def test_a_frame_may_be_cut_anywhere(tagger: Tagger, rows: list[tuple[dict[str, Any], int]], at: int) -> None:
    """Parts tagged one by one are the whole tagged at once, the index kept, doubled labels too."""
    whole = frame([row for row, _ in rows], index=pd.Index([label for _, label in rows], dtype="int64"))
    before = whole.copy()
    tagged = tagger.tag_frame(whole)
    parts = [tagger.tag_frame(whole.iloc[:at]), tagger.tag_frame(whole.iloc[at:])]
    pd.testing.assert_frame_equal(pd.concat(parts), tagged)
    pd.testing.assert_frame_equal(whole, before)
    assert tagged.index.equals(whole.index)
