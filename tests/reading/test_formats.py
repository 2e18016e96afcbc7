"""Which format an input has: by content where that leaves no doubt, then by suffix; what is missing or wrong is told."""

from __future__ import annotations

import gzip
import io
import json
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skillsift.cli.common import FromOption
from skillsift.errors import InputError, SkillsiftError, UsageError
from skillsift.reading import excel, inputs, open_source, packed, pdf
from skillsift.reading.formats import FORMATS, NAMES
from skillsift.reading.pdf import unwrap

SAMPLES = Path(__file__).parent.parent.parent / "samples"
LONG = "Python and SQL, " * 64 + "\n"
ROWS = "id,title,description\n1,a,Python\n"


def told(tmp_path: Path, content: str | bytes, name: str, **options: str) -> str:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    source = open_source(str(path), **options)  # type: ignore[arg-type]
    list(source.rows)
    return source.format


@pytest.mark.parametrize(
    ("content", "name", "format"),
    [
        pytest.param(ROWS, "a", "csv", id="column names"),
        pytest.param(ROWS, "a.txt", "csv", id="a table that is called a text"),
        pytest.param(ROWS.replace(",", "\t"), "a.csv", "tsv", id="tabs in what is called a CSV"),
        pytest.param(ROWS.replace(",", ";"), "a.csv", "csv", id="semicolons"),
        pytest.param(ROWS, "a.tsv", "csv", id="commas in what is called a TSV"),
        pytest.param("description\nPython\n", "a.csv", "csv", id="one column: the name tells"),
        pytest.param("description\nPython\n", "a", "text", id="one column without a name: a text as well as not"),
        pytest.param('{"text": "a"}\n{"text": "b"}\n', "a.json", "jsonl", id="JSON Lines called JSON"),
        pytest.param('{"text": "a"}\n{"text": "b"}\n', "a.txt", "jsonl", id="JSON Lines called a text"),
        pytest.param('{"jobs": [{"text": "a"}]}', "a", "json", id="a list in an object on one line"),
        pytest.param('[{"text": "a"}]', "a", "json", id="a list"),
        pytest.param('[\n {"text": "a"}\n]', "a.json", "json", id="a list on lines"),
        pytest.param('["Remote", "Hybrid"] we like both', "a", "text", id="begins as JSON does, and is none"),
        pytest.param("<!-- saved -->\n<html>\n<p>Python", "a", "html", id="a page behind a comment"),
        pytest.param("\ufeff<!doctype html><p>Python", "a.csv", "html", id="a page that is called a CSV"),
        pytest.param("# ML\nPython", "a.MD", "markdown", id="Markdown by its name"),
        pytest.param("Title, Text and more\n", "a", "text", id="commas in a sentence"),
        pytest.param(gzip.compress(ROWS.encode()), "a.tsv.gz", "csv", id="packed"),
    ],
)
def test_content_comes_first_then_the_suffix(tmp_path: Path, content: str | bytes, name: str, format: str) -> None:
    assert told(tmp_path, content, name) == format


@pytest.mark.parametrize("name", ["three-postings.parquet", "three-postings.xlsx", "one-posting.pdf"])
def test_binary_formats_are_known_by_their_first_bytes(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    content = (SAMPLES / name).read_bytes()
    wanted = [row.posting.text for row in open_source(str(SAMPLES / name)).rows]
    path = tmp_path / "download"
    path.write_bytes(gzip.compress(content))  # packed, and without a suffix
    assert [row.posting.text for row in open_source(str(path)).rows] == wanted
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert [row.posting.text for row in open_source("-").rows] == wanted


def test_a_suffix_is_a_name_too(tmp_path: Path) -> None:
    assert told(tmp_path, '{"text": "a"}', "a.txt", format="ndjson") == "jsonl"


def test_the_option_names_every_format() -> None:
    help_text = str(FromOption.__metadata__[0].help)  # type: ignore[attr-defined]
    assert f"Input format: {', '.join(NAMES)}." in help_text


def test_suffixes_belong_to_one_format() -> None:
    suffixes = [suffix for format in FORMATS for suffix in format.suffixes]
    assert len(suffixes) == len(set(suffixes))


def zipped(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        pytest.param(b"PAR1 and no more", "a", "broken Parquet file", id="Parquet that is none"),
        pytest.param((SAMPLES / "three-postings.parquet").read_bytes()[:-300], "a.parquet", "broken Parquet file", id="Parquet cut off"),
        pytest.param((SAMPLES / "three-postings.xlsx").read_bytes()[:-300], "a.xlsx", "broken Excel file", id="Excel cut off"),
        pytest.param(zipped("xl/workbook.xml"), "a.xlsx", "broken Excel file", id="Excel without its parts"),
        pytest.param(zipped("word/document.xml"), "a.docx", "zip, Word or Excel file; save it as text", id="Word"),
        pytest.param((SAMPLES / "one-posting.pdf").read_bytes()[:200], "a.pdf", "broken PDF file", id="PDF cut off"),
        pytest.param((SAMPLES / "three-postings.jsonl.zst").read_bytes()[:-9], "a", "broken Zstandard file", id="Zstandard cut off"),
        pytest.param(b"\x28\xb5\x2f\xfd no", "a", "broken Zstandard file", id="Zstandard by its first bytes only"),
        pytest.param(
            b"Python\n", "a.xlsx", "no excel file, though its name says so; --from tells what it is: text,", id="text called xlsx"
        ),
        pytest.param(b"\x89PNG\r\n", "a.pdf", "this is an image; give text, Markdown, HTML, PDF", id="an image called PDF"),
        pytest.param(b"", "a.parquet", "no parquet file", id="nothing called Parquet"),
    ],
)
def test_broken_files_are_told_in_a_line(tmp_path: Path, content: bytes, name: str, words: str) -> None:
    with pytest.raises(InputError) as fault:
        told(tmp_path, content, name)
    assert words in str(fault.value)
    assert str(tmp_path / name) in str(fault.value)
    assert "\n" not in str(fault.value)


@pytest.mark.parametrize(
    ("name", "module", "extra"),
    [
        ("three-postings.xlsx", "openpyxl", "excel"),
        ("three-postings.parquet", "pyarrow", "parquet"),
        ("one-posting.pdf", "pypdf", "pdf"),
        ("three-postings.jsonl.zst", "compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd", "zstd"),
    ],
)
def test_a_library_that_is_not_installed_is_asked_for(monkeypatch: pytest.MonkeyPatch, name: str, module: str, extra: str) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(UsageError, match=rf"{name} is .*: pip install 'skillsift\[{extra}\]'"):
        open_source(str(SAMPLES / name))


def test_a_packed_flood_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "FREE_BYTES", 1 << 16)
    flood = b"description\n" + b"Python\n" * 400_000
    with pytest.raises(InputError, match="holds more than 400 times its own size"):
        told(tmp_path, gzip.compress(flood), "a.csv")
    with pytest.raises(InputError, match="holds more than 400 times its own size"):
        told(tmp_path, zstd_compress(flood), "a.csv")


def test_what_is_read_whole_has_its_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inputs, "MOST_WHOLE", 1 << 20)
    with pytest.raises(InputError, match=r"a\.txt: text of more than 1 MB is not read whole"):
        told(tmp_path, LONG * 1200, "a.txt")
    with pytest.raises(InputError, match=r"a\.json: json of more than 1 MB is not read whole; make it JSON Lines"):
        told(tmp_path, '[\n{"text": "a"}' + f',\n{{"text": "{LONG.strip()}"}}' * 1200 + "]", "a.json")
    with pytest.raises(InputError, match="is read from a plain file only"):
        told(tmp_path, gzip.compress(b"PAR1" + bytes(2 << 20)), "a.parquet.gz")
    assert told(tmp_path, "description\n" + LONG.replace(",", "") * 1200, "a.csv") == "csv"


def test_a_workbook_that_unpacks_without_end_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel, "MOST_UNPACKED", 1000)
    with pytest.raises(InputError, match="when unpacked; save it as CSV"):
        open_source(str(SAMPLES / "three-postings.xlsx"))


def test_further_pages_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_PAGES", 0)
    source = open_source(str(SAMPLES / "one-posting.pdf"))
    assert source.notes[0].endswith("only the first 0 of 1 pages are read")
    assert "no text in this PDF" in (next(source.rows).posting.error or "")


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        pytest.param(
            ["We need five years of Python and", "also SQL."], "We need five years of Python and also SQL.", id="a full line goes on"
        ),
        pytest.param(
            ["Requirements", "five years of Python in production"],
            "Requirements\nfive years of Python in production",
            id="a short one does not",
        ),
        pytest.param(
            ["five years of Python and of", "• SQL, which is not"],
            "five years of Python and of\n• SQL, which is not",
            id="nor before a list item",
        ),
        pytest.param(
            ["five years of Python in real-", "time systems, daily"],
            "five years of Python in real-time systems, daily",
            id="a hyphen stays",
        ),
        pytest.param(
            ["• five years of Python, daily", "Nice to have", "x"],
            "• five years of Python, daily\nNice to have\nx",
            id="nor before a heading",
        ),
        pytest.param(["five years of Python, daily", "", "and SQL"], "five years of Python, daily\nand SQL", id="nor over a gap"),
        pytest.param([], "", id="nothing"),
    ],
)
def test_lines_broken_for_width(lines: list[str], text: str) -> None:
    assert unwrap(lines) == text


def zstd_compress(data: bytes) -> bytes:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return bytes(zstd.compress(data))


_SEEDS = [
    (SAMPLES / name).read_bytes()
    for name in (
        "three-postings.parquet",
        "three-postings.xlsx",
        "one-posting.pdf",
        "jobspy.csv",
        "three-postings.jsonl.zst",
        "lever-board.json",
    )
]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
@given(st.sampled_from(_SEEDS), st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=8)), max_size=4), st.floats(0.2, 1))
def test_damaged_files_raise_our_own_errors_only(tmp_path: Path, seed: bytes, marks: list[tuple[float, bytes]], length: float) -> None:
    """Whatever is overwritten or cut off: rows, or a line that says what is wrong."""
    content = bytearray(seed)
    for place, mark in marks:
        at = int(place * len(content))
        content[at : at + len(mark)] = mark
    told_or_refused(tmp_path, bytes(content[: int(length * len(content))]), "download")


def told_or_refused(tmp_path: Path, content: str | bytes, name: str, **options: str) -> None:
    """Read it, or be told in one line why not; any other exception is a fault."""
    refused = ""
    try:
        told(tmp_path, content, name, **options)
    except SkillsiftError as error:
        refused = str(error)
    assert "\n" not in refused


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                (
                    "@type jobs title text content description descriptionPlain descriptionHtml lists categories hostedUrl jobUrl "
                    "publishedAt absolute_url first_published createdAt location name departments team compensation summaryComponents "
                    "salaryRange min max currency interval pay_input_ranges min_cents max_cents baseSalary value minValue unitText "
                    "experienceRequirements monthsOfExperience educationRequirements credentialCategory hiringOrganization jobLocation "
                    "address addressLocality identifier employmentType by time id min_amount"
                ).split()
            )
            | st.text(max_size=3),
            inner | st.sampled_from(["JobPosting", "<p>Python</p>", "YEAR", "EUR", "1 YEAR", "per-hour-wage", "Salary", "bachelor degree"]),
            max_size=8,
        )
    ),
    max_leaves=40,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
@given(st.lists(_JSON, min_size=1, max_size=3), st.booleans())
def test_objects_of_any_shape_raise_our_own_errors_only(tmp_path: Path, values: list[object], lines: bool) -> None:
    content = "\n".join(map(json.dumps, values)) if lines else json.dumps(values)
    told_or_refused(tmp_path, content, "a.jsonl" if lines else "a.json")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
@given(
    st.binary(max_size=60) | st.text(st.sampled_from(list("{}[]\"':,;<>!-\\\t\n\r a1é\0\ufeff")), max_size=60).map(str.encode),
    st.sampled_from([None, *NAMES]),
)
def test_any_bytes_raise_our_own_errors_only(tmp_path: Path, content: bytes, name: str | None) -> None:
    told_or_refused(tmp_path, content, "a", **({"format": name} if name else {}))
