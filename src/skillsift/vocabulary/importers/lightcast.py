"""Lightcast's (formerly EMSI's) skills as JSON, which a user brings: the answer of its API, or the table that matchers derive from it.

The first is `{"data": [{"id", "name", "type": {"name"}, "category", …}]}`, or the bare list. The second is
`{id: {"skill_name", "skill_type", "high_surfce_forms": {"full", "abv"}, "low_surface_forms": []}}`, misspelt in the original.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from skillsift.errors import InputError
from skillsift.vocabulary.importers.drafts import Draft, Reading, Wording, read_text
from skillsift.vocabulary.importers.wordings import forms, plain
from skillsift.vocabulary.phrases import words

CREDIT = "Skills of Lightcast Open Skills (https://lightcast.io/open-skills): its terms allow no passing on; keep this pack to yourself."


def read(path: Path) -> Reading:
    """The skills of a Lightcast file in either form.

    Raises:
        InputError: it is no JSON, or of neither form.
    """
    try:
        given = json.loads(read_text(path))
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: not JSON: {error}") from None
    reading = Reading(unit="entries")
    for entry in _entries(path, given):
        reading.rows += 1
        name = plain(_text(entry.get("name") or entry.get("skill_name")))
        if not name:
            reading.left_out["entries without a name"] += 1
            continue
        wordings = forms(name)
        reading.left_out["names without a word, or with odd brackets"] += not wordings
        wordings += _derived(entry, name, reading)
        reading.drafts.append(Draft(name, name, _group(entry), tuple(wordings), source=plain(_text(entry.get("id")))))
    return reading


def _entries(path: Path, given: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(given, dict) and isinstance(given.get("data", given.get("skills")), list):
        given = given.get("data", given.get("skills"))
    if isinstance(given, dict) and given and all(isinstance(entry, dict) and "skill_name" in entry for entry in given.values()):
        yield from ({"id": id_, **entry} for id_, entry in given.items())
    elif isinstance(given, list) and given and all(isinstance(entry, dict) and "name" in entry for entry in given):
        yield from given
    else:
        raise InputError(f'{path}: not of a form of Lightcast\'s skills: {{"data": [{{"id", "name", …}}]}} or {{id: {{"skill_name", …}}}}')


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _group(entry: Mapping[str, Any]) -> str:
    """The category where the file has it, else the type."""
    for value in (entry.get("category"), entry.get("type"), entry.get("skill_type")):
        name = plain(_text(value.get("name")) if isinstance(value, dict) else _text(value))
        if name:
            return name
    return "skill"


def _derived(entry: Mapping[str, Any], name: str, reading: Reading) -> Iterator[Wording]:
    """The surface forms of the derived table; those cut or stemmed from the name for another tool's scoring are left out."""
    high = entry.get("high_surfce_forms", entry.get("high_surface_forms", ()))
    for form in high.values() if isinstance(high, dict) else high if isinstance(high, list) else ():
        yield from forms(_text(form))
    low = entry.get("low_surface_forms", ())
    parts = words(name.lower())
    for form in low if isinstance(low, list) else ():
        pieces = words(plain(_text(form)).lower())
        if all(any(part.startswith(piece) for part in parts) for piece in pieces):
            reading.left_out["stems and cut forms"] += pieces != parts
        else:
            yield from forms(_text(form))
