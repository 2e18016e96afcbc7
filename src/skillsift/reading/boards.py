"""The jobs of a board, as Greenhouse, Lever and Ashby publish them and as schema.org has them: each object's posting, whole.

Their descriptions are HTML, often escaped, often in parts; here they become one plain text, with a line a block and a bullet a list
item. Fields as in https://developers.greenhouse.io/job-board.html, https://github.com/lever/postings-api and
https://developers.ashbyhq.com/docs/public-job-posting-api.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from skillsift.model import Posting, Stated
from skillsift.reading import stated
from skillsift.reading.html import fragment_to_text, one_line
from skillsift.reading.jsonld import is_job, read_job

Job = Mapping[str, Any]
#: The board's name in the address of a job: the only place where Lever and Ashby tell the company.
_BOARD = re.compile(r"https?://(?:jobs\.(?:eu\.)?lever\.co|jobs\.ashbyhq\.com)/([^/?#]{1,100})")


def reader_of(job: Job) -> Callable[[Job], Posting] | None:
    """How a job's object is read, told by the keys that only its kind of board has; None where it is of no board."""
    keys = job.keys()
    if is_job(job):
        return read_job
    if {"title", "content"} <= keys and not keys.isdisjoint(("absolute_url", "internal_job_id", "first_published")):
        return _greenhouse
    if (
        "text" in keys
        and not keys.isdisjoint(("descriptionPlain", "description"))
        and not keys.isdisjoint(("categories", "lists", "hostedUrl"))
    ):
        return _lever
    if "title" in keys and not keys.isdisjoint(("descriptionPlain", "descriptionHtml")) and not keys.isdisjoint(("publishedAt", "jobUrl")):
        return _ashby
    return None


def _greenhouse(job: Job) -> Posting:
    return _posting(
        job,
        text=fragment_to_text(job.get("content")),
        title=job.get("title"),
        stated=stated.of_greenhouse(job),
        company=job.get("company_name"),
        location=_name(job.get("location")),
        date=job.get("first_published") or job.get("updated_at"),
        url=job.get("absolute_url"),
        team=_name(job.get("departments")),
    )


def _lever(job: Job) -> Posting:
    """Lever sends the description, lists under headings of their own, and a closing part."""
    parts = [_either(job, "description", "descriptionPlain")]
    lists = job.get("lists")
    for section in lists if isinstance(lists, list) else ():
        if isinstance(section, dict):
            parts += [one_line(section.get("text")) or "", fragment_to_text(section.get("content"))]
    parts.append(_either(job, "additional", "additionalPlain"))
    categories = job.get("categories")
    categories = categories if isinstance(categories, dict) else {}
    created = job.get("createdAt")
    return _posting(
        job,
        text="\n".join(part for part in parts if part),
        title=job.get("text"),
        stated=stated.of_lever(job),
        company=_board(job.get("hostedUrl")),
        location=categories.get("location"),
        date=date_of(created / 1000) if isinstance(created, (int, float)) else created,
        url=job.get("hostedUrl"),
        team=categories.get("team") or categories.get("department"),
        employment=categories.get("commitment"),
    )


def _ashby(job: Job) -> Posting:
    return _posting(
        job,
        text=_either(job, "descriptionHtml", "descriptionPlain"),
        title=job.get("title"),
        stated=stated.of_ashby(job),
        company=_board(job.get("jobUrl")),
        location=job.get("location"),
        date=job.get("publishedAt"),
        url=job.get("jobUrl"),
        team=job.get("team") or job.get("department"),
        employment=job.get("employmentType"),
    )


def _posting(job: Job, *, text: str, title: Any, stated: tuple[Stated, ...], **fields: Any) -> Posting:
    id_ = job.get("id")
    return Posting(
        text=text,
        title=one_line(title),
        id=str(id_) if isinstance(id_, (str, int)) and id_ != "" else None,
        fields={key: line for key, value in fields.items() if (line := one_line(value))},
        derived=True,
        error=None if text else "this job has no description",
        stated=stated,
    )


def _either(job: Job, html: str, plain: str) -> str:
    """The HTML's text, since the plain text beside it has lost its line ends in places; else the plain text as it is."""
    text = fragment_to_text(job.get(html))
    if text:
        return text
    written = job.get(plain)
    return written.strip() if isinstance(written, str) else ""


def _name(value: Any) -> Any:
    """The name of an object, or of the first of a list of them."""
    value = value[0] if isinstance(value, list) and value else value
    return value.get("name") if isinstance(value, dict) else value


def _board(url: Any) -> str | None:
    found = _BOARD.match(url) if isinstance(url, str) else None
    return found[1] if found else None


def date_of(seconds: float) -> str | None:
    """The date of a time in seconds since 1970, in UTC; None where there is no such date."""
    try:
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return None
