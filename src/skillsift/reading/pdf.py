"""PDF files, one posting each: with pypdf (extra `skillsift[pdf]`).

pypdf is pure Python with nothing behind it, and its makers keep limits against hostile files; pdfminer.six brings cryptography along, which
is much for a posting.
"""

from __future__ import annotations

import re
from typing import Any

from skillsift.errors import InputError
from skillsift.model import Posting
from skillsift.reading.documents import document
from skillsift.reading.extras import needed
from skillsift.reading.inputs import Input
from skillsift.reading.rows import Source

#: A posting has no more pages; further ones are not read, which is told.
MOST_PAGES = 40
_BULLET = re.compile(r"\s*(?:[•▪◦‣●○■□–—*·\uf0b7-]|\(?\d{1,2}[.)])\s")
_ENDS = (".", ":", ";", "!", "?")
#: A line this much of the longest one's length was broken because it was full.
_FULL = 0.75
#: A shorter line that begins with a capital and ends no sentence is a heading (characters).
_HEADING = 40


def open_pdf(given: Input) -> Source:
    """The text of a PDF as a source of one row.

    Raises:
        InputError: it is broken, or protected by a password.
        UsageError: pypdf is not installed.
    """
    pypdf = needed("pypdf", "pdf", f"{given.shown} is a PDF file")
    import logging

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # of every oddity that it mends
    file = given.seekable()
    try:
        reader = pypdf.PdfReader(file)
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError(f"{given.shown}: this PDF is protected by a password; save it without")
        count = len(reader.pages)
        pages = [_lines(reader.pages[at]) for at in range(min(count, MOST_PAGES))]
    except InputError:
        raise
    except Exception as error:  # a library that meets hostile files: whatever it raises, the file is at fault
        raise InputError(
            f"{given.shown}: broken PDF file: {' '.join(str(error).split())[:300] or type(error).__name__}; save it anew, or as text"
        ) from None
    finally:
        file.close()
    text = unwrap([line for page in pages for line in page])
    missing = None if text else "no text in this PDF: its pages are pictures; run text recognition over it first"
    source = document(given, Posting(text=text, derived=True, error=missing))
    if count > MOST_PAGES:
        source.notes.append(f"{given.shown}: only the first {MOST_PAGES} of {count} pages are read")
    return source


def _lines(page: Any) -> list[str]:
    return [" ".join(line.split()) for line in str(page.extract_text()).split("\n")]


def unwrap(lines: list[str]) -> str:
    """Lines as a page has them, with those put together again that were broken for want of width: a sentence is read as one.

    A line goes on in the next if it is nearly as long as lines get, ends no sentence, and the next is no list item and no heading.
    """
    full = _FULL * max(map(len, lines), default=0)
    text: list[str] = []
    goes_on = False
    for line in lines:
        if not line:
            goes_on = False
            continue
        heading = len(line) < _HEADING and line[0].isupper() and not line.endswith((".", ","))
        if goes_on and not heading and not _BULLET.match(line):
            text[-1] += line if text[-1].endswith("-") else f" {line}"
        else:
            text.append(line)
        goes_on = len(line) >= full and not line.endswith(_ENDS)
    return "\n".join(text)
