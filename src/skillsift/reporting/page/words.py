"""How the page writes numbers and dates: one way each, whichever table or sentence they stand in."""

from __future__ import annotations

import re

from markupsafe import Markup

MOST_NAME = 120
_MONTHS = "January February March April May June July August September October November December".split()
#: Control characters, which HTML cannot hold, those that turn the direction of a line, and halves of characters.
_UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_DATE = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")


def number(value: float) -> str:
    """A count: thousands set off; a half is kept.

    >>> number(12345), number(4.5), number(4.0)
    ('12,345', '4.5', '4')
    """
    return f"{value:,.1f}".removesuffix(".0")


def percent(share: float) -> str:
    """A share of 0 to 1, whole per cent; what is there but rounds to nothing is not called nothing.

    >>> percent(0.814), percent(0.001), percent(0.0)
    ('81%', '<1%', '0%')
    """
    return "<1%" if 0 < share < 0.005 else f"{share:.0%}"


def points(difference: float) -> str:
    """A difference of shares in percentage points, signed, with a minus sign that is one.

    >>> points(0.123), points(-0.04), points(0.001)
    ('+12', '−4', '0')
    """
    whole = round(difference * 100)
    return "0" if whole == 0 else f"{whole:+d}".replace("-", "−")


def times(lift: float) -> str:
    """A lift.

    >>> times(2.34)
    '2.3×'
    """
    return f"{lift:.1f}×"


def money(amount: float) -> str:
    """An amount in whole units of its currency; small ones, such as hourly pay, keep their cents where they have any.

    >>> money(98500.0), money(42.5)
    ('98,500', '42.50')
    """
    return f"{amount:,.2f}".removesuffix(".00") if amount < 1000 else f"{amount:,.0f}"


def date(value: str) -> str:
    """An ISO date or month, written out; anything else as it is.

    >>> date("2025-03"), date("2025-03-09"), date("soon")
    ('March 2025', '9 March 2025', 'soon')
    """
    found = _DATE.fullmatch(value)
    if not found or not 1 <= int(found[2]) <= 12:
        return value
    month = f"{_MONTHS[int(found[2]) - 1]} {found[1]}"
    return f"{int(found[3])} {month}" if found[3] else month


def plain(value: object) -> object:
    """A text of postings without what a page cannot hold, of the same length; lists and mappings with all their texts so.

    >>> plain("a\\x00b"), plain({"a\\x1b": ["b\\u202e", 1]})
    ('a b', {'a ': ['b ', 1]})
    """
    match value:
        case Markup():
            return value
        case str():
            return _UNFIT.sub(" ", value)
        case list() | tuple():
            return [plain(each) for each in value]
        case dict():
            return {plain(key): plain(each) for key, each in value.items()}
    return value


def cut(text: str) -> str:
    """A title, a company, a column: names are short; what is longer is told by its beginning.

    >>> cut("x" * 200)[-3:], len(cut("x" * 200))
    ('xx…', 120)
    """
    return text if len(text) <= MOST_NAME else text[: MOST_NAME - 1] + "…"


def file(name: str) -> str:
    """An input's name without the folders above it, which are nobody's business where a page is published.

    >>> file("/home/me/jobs.csv"), file("C:\\\\jobs.csv"), file("-")
    ('jobs.csv', 'jobs.csv', 'standard input')
    """
    return "standard input" if name == "-" else re.split(r"[/\\]", name.rstrip("/\\"))[-1]
