"""Patterns of spaCy's EntityRuler and SpanRuler, and of Prodigy: JSON Lines of `{"label", "pattern", "id"}`.

A pattern is a text, or a list of tokens. Tokens that only say how they are written (LOWER, TEXT, ORTH) make a phrase; any
other (a part of speech, a repeat, a regular expression) has no match in a vocabulary of phrases and is a fault.
Source: https://spacy.io/usage/rule-based-matching#entityruler
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import chain, pairwise, product
from pathlib import Path
from typing import TYPE_CHECKING, Any

from skillsift.errors import Fault, InputError
from skillsift.vocabulary.importers.drafts import Case, Draft, Reading, Wording, read_text
from skillsift.vocabulary.importers.wordings import forms, plain, slug

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer

CREDIT = ""

_WRITTEN = {"LOWER": False, "TEXT": True, "ORTH": True}
#: Signs that stand close to both neighbours, and to the word before them.
_TIGHT, _CLOSE = frozenset("/.'-"), frozenset("+#")


#: With more places where a word may have been parted all of them are taken alike: each doubles the texts.
MOST_DOUBTS = 6


class _RefusedError(ValueError):
    """A pattern that cannot be a phrase; the text says why."""


def read(path: Path) -> Reading:
    """The skills of a pattern file: patterns of one id are one skill, a label `SKILL|python` tells group and id.

    Returns: the skills, and a fault for every line that cannot be one.
    """
    if path.is_dir():
        path = next((file for name in ("patterns.jsonl", "patterns") if (file := path / name).is_file()), path)
    text = read_text(path)
    if text.lstrip()[:1] == "[":
        raise InputError(f"{path}: a JSON list; patterns stand one a line (jq -c '.[]' {path.name} makes them so)")
    reading = Reading(unit="patterns")
    found: dict[str, list[Draft]] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        reading.rows += 1
        try:
            draft = _read_line(line)
        except _RefusedError as refused:
            reading.faults.append(Fault(str(path), number, str(refused)))
            continue
        found.setdefault(draft.key, []).append(draft)
    for drafts in found.values():
        reading.drafts.append(replace(drafts[0], wordings=tuple(wording for draft in drafts for wording in draft.wordings)))
    return reading


def _read_line(line: str) -> Draft:
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _RefusedError(f"not JSON: {error}") from None
    if not isinstance(entry, dict) or not isinstance(label := entry.get("label"), str) or "pattern" not in entry:
        raise _RefusedError('no pattern: a line is {"label": "SKILL", "pattern": …, "id": …}')
    id_ = entry.get("id") or ""
    if not isinstance(id_, str):
        raise _RefusedError(f"id {id_!r} is no text")
    wordings = _wordings(entry["pattern"])
    group, _, named = label.partition("|")
    # A label that packs two things, as some published files do; Prodigy and spaCy take it as one.
    named = plain(id_ or named)
    text = wordings[0].text
    name = named if named != named.lower() or " " in named else text
    return Draft(slug(named) or slug(text) or text, name, plain(group) or "skill", tuple(wordings), named=bool(slug(named)))


def _wordings(pattern: Any) -> list[Wording]:
    if isinstance(pattern, str):
        found = forms(pattern)
    elif isinstance(pattern, list) and pattern:
        tokens = [_token(number, token) for number, token in enumerate(pattern, 1)]
        found = [wording for text, case in _phrases(tokens) for wording in forms(text, case)]
    else:
        raise _RefusedError(f"pattern is {'empty' if pattern in ('', []) else 'neither a text nor a list of tokens'}")
    if not found:
        raise _RefusedError("pattern has no word in it, or brackets that a phrase cannot hold")
    return found


def _token(number: int, token: Any) -> tuple[str, bool]:
    """A token's text, and whether its case counts."""
    if not isinstance(token, dict) or len(token) != 1:
        keys = ", ".join(map(str, token)) if isinstance(token, dict) and token else "nothing"
        raise _RefusedError(f"token {number} says {keys[:80]}: only one of LOWER, TEXT and ORTH can be a phrase")
    ((attribute, value),) = token.items()
    exact = _WRITTEN.get(attribute.upper())
    if exact is None:
        raise _RefusedError(f"token {number} says {attribute[:80]}: only LOWER, TEXT and ORTH can be a phrase")
    if not isinstance(value, str):
        raise _RefusedError(f"token {number} has a {attribute} that is no text: an operator cannot be a phrase")
    if not value.strip():
        raise _RefusedError(f'token {number} is {{"{attribute}": "{value}"}}: an empty token matches nothing')
    return value, exact and value.lower() != value.upper()


def _phrases(tokens: list[tuple[str, bool]]) -> list[tuple[str, Case]]:
    """The texts that tokens stand for; where only some of them fix their case, one for each usual case of the others."""
    if not any(exact for _, exact in tokens):
        return [(text, Case.ANY) for text in _joined([text.lower() for text, _ in tokens])]
    usual: tuple[Callable[[str], str], ...] = (str.lower, str.capitalize, str.upper)
    texts = [joined for write in usual for joined in _joined([text if exact else write(text) for text, exact in tokens])]
    return [(text, Case.EXACT) for text in dict.fromkeys(texts)]


def _joined(tokens: list[str]) -> list[str]:
    """The tokens as a text; several where spaCy parts a single word so ("5g" is 5, g): the tokens do not tell which it was."""
    gaps: list[tuple[str, ...]] = []
    for before, token in pairwise(tokens):
        close = token in _TIGHT or token in _CLOSE or before in _TIGHT
        gaps.append(("",) if close else (" ", "") if before[-1:].isalnum() and _one_word(before, token) else (" ",))
    few = sum(len(ways) > 1 for ways in gaps) <= MOST_DOUBTS
    chosen = product(*gaps) if few else (tuple(ways[0] for ways in gaps), tuple(ways[-1] for ways in gaps))
    return ["".join(chain.from_iterable(zip(tokens, (*way, ""), strict=True))) for way in chosen]


def _one_word(before: str, token: str) -> bool:
    """Whether spaCy's English tokenizer makes these two of one word: contractions, and numbers with a unit."""
    word = before + token
    if not (before.isdigit() or word.lower() in _tokenizer().rules):
        return False
    return [part.text for part in _tokenizer()(word)] == [before, token]


@cache
def _tokenizer() -> Tokenizer:
    import spacy

    return spacy.blank("en").tokenizer
