"""One document, one posting: text, Markdown, a web page."""

from __future__ import annotations

from dataclasses import replace

from skillsift.model import Posting
from skillsift.reading.html import html_to_text, looks_like_html
from skillsift.reading.inputs import Input
from skillsift.reading.jsonld import job_posting
from skillsift.reading.rows import PLAIN, Source, plain_row


def open_document(given: Input) -> Source:
    """A text, Markdown or HTML file as a source of one row."""
    return document(given, read_document(given.whole(), html=given.format == "html"))


def document(given: Input, posting: Posting) -> Source:
    """A source of one row."""
    if given.name != "-":
        posting = replace(posting, fields={**posting.fields, "file": given.name})
    return Source(given.name, given.format, PLAIN, iter([plain_row(posting)]), given.mended)


def read_document(whole: str, *, html: bool) -> Posting:
    """The posting of a document: of an HTML page, what its JSON-LD says, else the page's text; of a text, the text as it stands.

    Args:
        html: read it as HTML whatever it looks like.
    """
    if html or looks_like_html(whole):
        found = job_posting(whole)
        if found is not None:
            return found
        text, title = html_to_text(whole)
        error = None if text else "no text in this HTML page: save it from the browser once it is loaded"
        return Posting(text=text, title=title, derived=True, error=error)
    # Markdown is text: its marks are mended like any others, so that offsets count in the file as it is.
    return Posting(text=whole.removeprefix("\ufeff"))
