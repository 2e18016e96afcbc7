"""Labels of foreign vocabularies made into wordings that can match a cleaned posting, and into ids."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from skillsift.vocabulary.importers.drafts import Case, Wording
from skillsift.vocabulary.phrases import words

#: As cleaning does to a posting: a label must be folded alike, or could never match.
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d", "-"),
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4\u0060\u02bc", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u00ad\u180e\ufeff\u00ae\u2122\u00a9\u2120"),
        **dict.fromkeys(chr(code) for code in (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065))),
    }
)
_ODD = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffd]")
_GROUP = re.compile(r"[(\[]([^()\[\]<>]*)[)\]]")
_BRACKET = re.compile(r"[()\[\]<>]")
#: Longer labels (characters) are sentences; no posting repeats one to the letter.
LONGEST = 200

_SPOKEN = (
    (re.compile(r"\+"), " plus "),
    (re.compile(r"#"), " sharp "),
    (re.compile(r"&"), " and "),
    (re.compile(r"(?<!\w)\.(?=\w)"), "dot "),
)


def plain(label: str) -> str:
    """A label with plain quotes, hyphens and single spaces, without signs, controls and invisible characters."""
    if not label.isascii():
        label = "".join(map(_fold, label.translate(_PLAIN)))
    return " ".join(_ODD.sub(" ", label).split()).strip(" -,;:")


def _fold(char: str) -> str:
    folded = unicodedata.normalize("NFKC", char)
    return folded if len(folded) == 1 else char


def slug(text: str) -> str:
    """Lower case letters, digits and single hyphens; empty where the text holds no Latin letter or digit.

    >>> slug("C++"), slug(".NET Framework"), slug("Café & Bar")
    ('c-plus-plus', 'dot-net-framework', 'cafe-and-bar')
    """
    for sign, spoken in _SPOKEN:
        text = sign.sub(spoken, text)
    letters = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:80].rstrip("-")


def forms(label: str, case: Case = Case.UNSAID) -> list[Wording]:
    """The wordings that a label stands for; none where it holds no word, or brackets that no phrase can hold.

    What stands in brackets tells senses apart and is no part of the name, unless it spells the name out or shortens it:
    "Chef (configuration management)", "Enterprise service bus (ESB)".

    >>> [wording.text for wording in forms("Enterprise service bus (ESB)")]
    ['Enterprise service bus', 'ESB']
    """
    text = plain(label)
    if not _BRACKET.search(text):
        return [Wording(text, case)] if text and words(text) else []
    inner = [plain(group) for group in _GROUP.findall(text)]
    base = plain(_GROUP.sub(" ", text))
    if _BRACKET.search(base) or not words(base):
        return []
    also = [Wording(group, case) for group in inner if shortens(group, base) or shortens(base, group)]
    return [Wording(base, case, qualified=case is Case.UNSAID and len(also) < len(inner)), *also]


def shortens(short: str, long: str) -> bool:
    """Whether a word is made of the initials of others, one of its letters excepted ("XML", extensible markup language)."""
    if not (short.isalnum() and 2 <= len(short) <= 10):
        return False
    letters = short.lower()
    initials = [word[0] for word in words(long.lower())]
    if len(initials) < 2 or not _within(letters, iter("".join(words(long.lower())))):
        return False
    return _common(letters, initials) >= max(2, len(letters) - 1)


def _within(letters: str, text: Iterator[str]) -> bool:
    return all(letter in text for letter in letters)


def _common(letters: str, initials: list[str]) -> int:
    """The length of the longest common subsequence."""
    row = [0] * (len(initials) + 1)
    for letter in letters:
        before = 0
        for at, initial in enumerate(initials, 1):
            before, row[at] = row[at], before + 1 if letter == initial else max(row[at], row[at - 1])
    return row[-1]


def spelled_out(label: str) -> tuple[str, str] | None:
    """A label that ends in its own short form, taken apart.

    >>> spelled_out("Microsoft Visual Basic for Applications VBA")
    ('Visual Basic for Applications', 'VBA')
    """
    *before, last = label.split() or [""]
    if not (last.isupper() and len(before) >= 2):
        return None
    for start in range(len(before) - 2, max(-1, len(before) - 10), -1):
        long = " ".join(before[start:])
        if shortens(last, long):
            return long, last
    return None
