"""Any input as rows with their postings, whatever its format (`formats`); each also packed, each also from "-"."""

from __future__ import annotations

from skillsift.reading.formats import find_format
from skillsift.reading.inputs import Input
from skillsift.reading.rows import Row, Source, first_of
from skillsift.reading.streams import check_encoding, open_bytes

__all__ = ["Row", "Source", "first_of", "open_source"]


def open_source(
    name: str,
    *,
    format: str | None = None,
    encoding: str | None = None,
    text: str | None = None,
    title: str | None = None,
    id_: str | None = None,
) -> Source:
    """Open a file or "-" (standard input).

    Args:
        format: a name of `formats.FORMATS`; without it, what the content looks like, else what the name's suffix says.
        encoding: see `streams.as_text`.
        text, title, id_: column names, where they are not to be found by themselves.

    Raises:
        InputError: it cannot be read, or is empty.
        UsageError: an unknown format, a column that is not there, or a library for the format that is not installed.
    """
    check_encoding(encoding)
    stream = open_bytes(name)
    given = Input(name, stream, encoding, text, title, id_)
    try:
        source = find_format(given, format).open(given)
    except BaseException:
        stream.close()
        raise
    source.close = stream.close
    return source
