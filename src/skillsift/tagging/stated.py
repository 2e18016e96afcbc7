"""What the source states in fields of its own, where the text says nothing of it.

Where the text says something, the text wins. It is what the employer wrote for this one job, the labelling rules are about it, and its
words can be shown. The fields beside it come from templates and defaults, or the site has guessed them out of the same text. So a field
fills a gap, and never adds to what the text says or takes from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from skillsift.model import DEGREES, Degree, Experience, Salary, Signal, Stated
from skillsift.tagging.pay import PLAUSIBLE


@dataclass(frozen=True, slots=True)
class Facts:
    """Experience, degree and pay of a posting, and what of it the source stated.

    Attributes:
        signals: the fields of the source that were used: `field` is its name, `text` what stands in it, which the offsets count in.
        because: for the stage, where it rests on such a field.
    """

    experience: Experience
    degree: Degree
    salary: Salary | None
    signals: tuple[Signal, ...] = ()
    because: tuple[str, ...] = ()


def merge_stated(stated: Sequence[Stated], experience: Experience, degree: Degree, salary: Salary | None) -> Facts:
    """What the text says, and what the source states where the text is silent.

    A required degree is filled in beside a higher one that the text names as a plus. An amount that no such period pays (a 1 put in for
    "ask us", an hour's pay called a year's) is no pay.

    Args:
        stated: the source's facts.
        experience, degree, salary: what the text says.
    """
    signals: list[Signal] = []
    because: list[str] = []
    for fact in stated:
        value = fact.value
        if isinstance(value, Salary):
            if salary is not None or any(amount < PLAUSIBLE[value.period][0] for amount in (value.min, value.max) if amount is not None):
                continue
            salary = value
            kind, points_to = "salary", f"{value.currency} {value.min or ''}-{value.max or ''} a {value.period}"
        elif isinstance(value, Experience):
            if experience != Experience():
                continue
            experience = value
            kind, points_to = "years", f"{value.min}" + ("" if value.max is None else f"-{value.max}")
            because.append(f"{fact.field} says {fact.text}")
        else:
            if degree.required or (degree.preferred and DEGREES.index(degree.preferred) <= DEGREES.index(value)):
                continue
            degree = Degree(value, degree.preferred)
            kind, points_to = "degree", value
        signals.append(Signal(kind, points_to, fact.text, fact.field, 0, len(fact.text)))
    return Facts(experience, degree, salary, tuple(signals), tuple(because))
