"""The schema.org JobPosting that many career pages carry in a script: a cleaner source than the page round it."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from skillsift.model import Posting
from skillsift.reading.html import html_to_text

_SCRIPT = re.compile(r"<script\b[^<>]{0,500}application/ld\+json[^<>]{0,500}>(.{0,2000000}?)</script", re.IGNORECASE | re.DOTALL)
#: How deep lists, graphs and wrappers are searched.
DEPTH = 6


def job_posting(page: str) -> Posting | None:
    """The first JobPosting with a description in a page's JSON-LD, or None.

    Args:
        page: an HTML document. Its script may hold one object, a list of them, or a graph.
    """
    for script in _SCRIPT.finditer(page):
        try:
            value = json.loads(script[1], strict=False)
        except (ValueError, RecursionError):
            continue
        for found in _postings(value, DEPTH):
            text = _text(found.get("description"))
            if text:
                return Posting(text=text, title=_line(found.get("title")), fields=_fields(found), derived=True)
    return None


def _postings(value: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth == 0:
        return
    if isinstance(value, list):
        for entry in value:
            yield from _postings(entry, depth - 1)
    elif isinstance(value, dict):
        kind = value.get("@type")
        if kind == "JobPosting" or (isinstance(kind, list) and "JobPosting" in kind):
            yield value
        for entry in value.values():
            if isinstance(entry, (list, dict)):
                yield from _postings(entry, depth - 1)


def _text(description: Any) -> str:
    """The description as plain text; boards send it as HTML, and some send that escaped once more."""
    if not isinstance(description, str):
        return ""
    if "<" not in description and "&lt;" in description:
        description = html.unescape(description)
    return html_to_text(description)[0] if "<" in description else html.unescape(description)


def _line(value: Any) -> str | None:
    return " ".join(html.unescape(value).split()) or None if isinstance(value, str) else None


def _fields(found: Mapping[str, Any]) -> dict[str, str]:
    """Company, location and date, where the posting tells them."""
    organisation = found.get("hiringOrganization")
    company = organisation.get("name") if isinstance(organisation, dict) else organisation
    place = found.get("jobLocation")
    place = place[0] if isinstance(place, list) and place else place
    address = place.get("address") if isinstance(place, dict) else None
    parts = [address.get(key) for key in ("addressLocality", "addressRegion", "addressCountry")] if isinstance(address, dict) else [address]
    named = {
        "company": _line(company),
        "location": ", ".join(part for part in parts if isinstance(part, str)) or None,
        "date": _line(found.get("datePosted")),
    }
    return {key: value for key, value in named.items() if value}
