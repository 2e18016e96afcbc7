"""The schema.org JobPosting that many career pages carry in a script: a cleaner source than the page round it.

Google's guide for job postings says what the fields hold: https://developers.google.com/search/docs/appearance/structured-data/job-posting
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from skillsift.model import Posting
from skillsift.reading.html import fragment_to_text, one_line
from skillsift.reading.stated import of_jobposting

_SCRIPT = re.compile(r"<script\b[^<>]{0,500}application/ld\+json[^<>]{0,500}>", re.IGNORECASE)
_END = re.compile(r"</script", re.IGNORECASE)
#: How deep lists, graphs and wrappers are searched.
DEPTH = 6


def job_posting(page: str) -> Posting | None:
    """The first JobPosting with a description in a page's JSON-LD, or None.

    Args:
        page: an HTML document. Its script may hold one object, a list of them, or a graph.
    """
    at = 0
    while (script := _SCRIPT.search(page, at)) and (end := _END.search(page, script.end())):
        at = end.end()
        try:
            value = json.loads(page[script.end() : end.start()], strict=False)
        except (ValueError, RecursionError):
            continue
        for found in job_objects(value):
            posting = read_job(found)
            if posting.error is None:
                return posting
    return None


def job_objects(value: Any, depth: int = DEPTH) -> Iterator[Mapping[str, Any]]:
    """Every JobPosting in a JSON value, in lists, graphs and wrappers."""
    if depth == 0:
        return
    if isinstance(value, list):
        for entry in value:
            yield from job_objects(entry, depth - 1)
    elif isinstance(value, dict):
        if is_job(value):
            yield value
        for entry in value.values():
            if isinstance(entry, (list, dict)):
                yield from job_objects(entry, depth - 1)


def is_job(value: Mapping[str, Any]) -> bool:
    """Whether an object is a JobPosting."""
    kind = value.get("@type")
    return kind == "JobPosting" or (isinstance(kind, list) and "JobPosting" in kind)


def read_job(found: Mapping[str, Any]) -> Posting:
    """The posting of a JobPosting object, with what it states beside the description."""
    text = fragment_to_text(found.get("description"))
    identifier = found.get("identifier")
    id_ = identifier.get("value") if isinstance(identifier, dict) else identifier
    return Posting(
        text=text,
        title=one_line(found.get("title")),
        id=str(id_) if isinstance(id_, (str, int)) and id_ != "" else None,
        fields=_fields(found),
        derived=True,
        error=None if text else "its JobPosting has no description",
        stated=of_jobposting(found),
    )


def _fields(found: Mapping[str, Any]) -> dict[str, str]:
    """Company, location, date and the like, where the posting tells them."""
    organisation = found.get("hiringOrganization")
    kind = found.get("employmentType")
    named = {
        "company": one_line(organisation.get("name") if isinstance(organisation, dict) else organisation),
        "location": _place(found.get("jobLocation")),
        "date": one_line(found.get("datePosted")),
        "url": one_line(found.get("url")),
        "employment": one_line(", ".join(map(str, kind)) if isinstance(kind, list) else kind),
    }
    return {key: value for key, value in named.items() if value}


def _place(place: Any) -> str | None:
    place = place[0] if isinstance(place, list) and place else place
    address = place.get("address") if isinstance(place, dict) else None
    if not isinstance(address, dict):
        return one_line(address)
    parts = []
    for key in ("addressLocality", "addressRegion", "addressCountry"):
        part = address.get(key)
        parts.append(one_line(part.get("name") if isinstance(part, dict) else part))
    return ", ".join(part for part in parts if part) or None
