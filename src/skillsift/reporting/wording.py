"""How the facts of a posting are said, in a card, on a page: years, degree, pay; and text that can be shown."""

from __future__ import annotations

import re

from skillsift.model import Degree, Experience, Salary

_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "CAD": "CA$", "AUD": "A$", "INR": "₹"}
_NAMES = {"bachelor": "bachelor’s", "master": "master’s", "phd": "PhD"}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """A posting's text without control and escape characters, of the same length: postings are not to steer terminals or pages."""
    return _CONTROL.sub(" ", text)


def years(experience: Experience, plain: bool = False) -> str:
    """The years asked; empty where none are.

    Args:
        plain: in ASCII, as everywhere here.
    """
    low, high = experience.min, experience.max
    if low is None and high is None:
        return ""
    if high is not None:
        return f"{low}{'-' if plain else '–'}{high} years"
    return f"{low}+ years" if low else "no years of experience"


def degree(asked: Degree, plain: bool = False) -> str:
    """The degrees required and preferred; empty where none are."""
    names = {key: name.replace("’", "'") if plain else name for key, name in _NAMES.items()}
    required, preferred = asked.required, asked.preferred
    return ", ".join(([names[required]] if required else []) + ([f"{names[preferred]} preferred"] if preferred else []))


def pay(salary: Salary, plain: bool = False) -> str:
    """An amount or a range, with its currency and period."""
    sign = _SIGNS.get(salary.currency, f"{salary.currency} ")
    sign = f"{salary.currency} " if plain and not sign.isascii() else sign
    low, high = (None if value is None else f"{sign}{value:,.2f}".removesuffix(".00") for value in (salary.min, salary.max))
    if low and high:
        amount = low if low == high else f"{low} {'-' if plain else '–'} {high}"
    else:
        amount = f"from {low}" if low else f"up to {high}"
    return f"{amount} a{'n' if salary.period == 'hour' else ''} {salary.period}"
