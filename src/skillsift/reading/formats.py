"""The formats that are read, one row each: what it is called, how it is told, how it is opened.

A format is a file of its own that makes a `Source` of an `Input`, and a row here. Content tells it first: a binary file's first bytes, or
the beginning of a text where that leaves no doubt. Then the name's suffix. What neither tells is plain text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from skillsift.errors import InputError, UsageError
from skillsift.reading import delimited, excel, objects, parquet, pdf
from skillsift.reading.documents import open_document
from skillsift.reading.html import looks_like_html
from skillsift.reading.inputs import Input
from skillsift.reading.rows import Source


@dataclass(frozen=True, slots=True)
class Format:
    """One format.

    Attributes:
        suffixes: of file names, in lower case.
        open: makes a source of an input.
        magic: the first bytes of a binary format.
        looks: whether the beginning of a text is one of this format; the first row that says so is taken.
        sure: whether that look leaves no doubt; else the name's suffix is asked before it.
    """

    name: str
    suffixes: tuple[str, ...]
    open: Callable[[Input], Source]
    magic: bytes = b""
    looks: Callable[[str], bool] = lambda head: False
    sure: bool = True


FORMATS = (
    Format("text", (".txt", ".text"), open_document),
    Format("markdown", (".md", ".markdown"), open_document),
    Format("html", (".html", ".htm", ".xhtml"), open_document, looks=looks_like_html),
    Format("pdf", (".pdf",), pdf.open_pdf, magic=b"%PDF"),
    Format("jobspy", (), delimited.open_jobspy, looks=delimited.looks_like_jobspy),
    Format("csv", (".csv",), delimited.open_csv, looks=delimited.looks_like_csv),
    Format("tsv", (".tsv", ".tab"), delimited.open_tsv, looks=delimited.looks_like_tsv),
    Format("jsonl", (".jsonl", ".ndjson"), objects.open_json_lines, looks=objects.looks_like_json_lines),
    Format("json", (".json", ".jsonld"), objects.open_json, looks=objects.looks_like_json, sure=False),
    Format("parquet", (".parquet", ".pq"), parquet.open_parquet, magic=b"PAR1"),
    Format("excel", (".xlsx", ".xlsm"), excel.open_excel, magic=b"PK\x03\x04"),
)
NAMES = tuple(format.name for format in FORMATS)
_BY_NAME = {format.name: format for format in FORMATS}
_BY_SUFFIX = {suffix: format for format in FORMATS for suffix in format.suffixes}


def find_format(given: Input, name: str | None) -> Format:
    """The format of an input, which is noted in it.

    Args:
        name: as the user gave it: a format's, or a suffix.

    Raises:
        UsageError: there is no such format.
        InputError: the input cannot be read, or is a binary file of another kind.
    """
    asked = _BY_NAME.get(name) or _BY_SUFFIX.get(f".{name}") if name is not None else None
    if name is not None and asked is None:
        raise UsageError(f"{name}: no such format; known: {', '.join(NAMES)}")
    suffix = _by_suffix(given.name)
    found = asked or _by_content(given, sure=True) or suffix
    if found is suffix and suffix is not None and suffix.magic and name is None and not given.magic().startswith(suffix.magic):
        raise InputError(f"{given.shown}: no {suffix.name} file, though its name says so; --from tells what it is: {', '.join(NAMES)}")
    given.sure = found is not None and found in (asked, suffix)
    found = found or _by_content(given, sure=False) or _BY_NAME["text"]
    given.format = found.name
    return found


def _by_content(given: Input, *, sure: bool) -> Format | None:
    magic = given.magic()
    binary = next((format for format in FORMATS if format.magic and magic.startswith(format.magic)), None)
    if binary is not None:
        return binary
    head = given.head()
    return next((format for format in FORMATS if format.sure is sure and format.looks(head)), None)


def _by_suffix(name: str) -> Format | None:
    suffixes = [suffix.lower() for suffix in PurePath(name).suffixes]
    while suffixes and suffixes[-1] in (".gz", ".zst", ".zstd"):
        suffixes.pop()
    return _BY_SUFFIX.get(suffixes[-1]) if suffixes else None
