"""Comments of Hacker News' "Who is hiring": one comment an ad, whose first line tells company, role and place between bars.

The text stays the comment as it is, tags and all, so that offsets count in it; what its first line and its keys tell goes beside it.
One comment may hold several roles: then none of them is its title.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from skillsift.model import Posting
from skillsift.reading.boards import date_of
from skillsift.reading.html import html_to_text

_ROLE = re.compile(
    r"\b(?:engineer|scientist|developer|analyst|architect|manager|researcher|lead|director|head of|intern|cto)\b", re.IGNORECASE
)
_SEVERAL = re.compile(
    r"\b(?:engineers|scientists|developers|analysts|researchers|roles|positions|interns|multiple|various)\b", re.IGNORECASE
)
_PLACE = re.compile(r"\b(?:remote|on-?site|hybrid)\b|^[A-Z][\w .'-]{1,40}, [A-Z]", re.IGNORECASE)
#: No first line of a comment is longer (characters).
_LINE = 400


def is_comment(value: Mapping[str, Any]) -> bool:
    """Whether an object is a comment as Hacker News' interface gives it: who wrote it, when, and its HTML; and no title."""
    return {"by", "time", "text"} <= value.keys() and type(value["time"]) is int and not value.get("title")


def read_comment(value: Mapping[str, Any], posting: Posting) -> Posting:
    """The posting with what the comment tells beside its text.

    Args:
        posting: what the object's columns gave.
    """
    opening = posting.text.partition("<p>")[0].partition("\n")[0][: 4 * _LINE]
    line = html_to_text(opening)[0].partition("\n")[0][:_LINE]
    company, *parts = (part.strip() for part in line.split("|"))
    roles = [part for part in parts if _ROLE.search(part)]
    place = next((part for part in parts if part not in roles and _PLACE.search(part)), None)
    fields = {
        "company": company if parts else None,
        "location": place,
        "date": date_of(value["time"]),
        "url": f"https://news.ycombinator.com/item?id={posting.id}" if posting.id and posting.id.isdecimal() else None,
    }
    alone = len(roles) == 1 and not _SEVERAL.search(roles[0])
    return replace(
        posting,
        title=posting.title or (roles[0] if alone else None),
        fields={**posting.fields, **{key: text for key, text in fields.items() if text}},
    )
