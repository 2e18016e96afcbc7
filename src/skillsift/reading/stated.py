"""What sources state in fields of their own: pay, years of experience, the degree. Each dialect's words become the model's values.

What does not fit is left out, not guessed at: pay by the week, amounts without a currency or a period, a degree below a bachelor's.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from skillsift.model import DEGREES, DegreeLevel, Experience, Salary, Stated

_PERIOD = re.compile(r"(?<![a-z])(hour|day|daily|month|year|annual|annum)")
_PERIODS = {"daily": "day", "annual": "year", "annum": "year"}
_NUMBER = re.compile(r"\d+")
_AMOUNT = re.compile(r"\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?|\d{1,12}(?:\.\d+)?")
_CURRENCY = re.compile(r"[A-Za-z]{3}")
#: A year's pay, where a source that tells no period can mean nothing else (units of the currency).
_PLAINLY_YEARLY = 18_000
#: More is a company's age, not a demand.
_MOST_MONTHS = 25 * 12
#: schema.org's credentialCategory as Google's guide for job postings lists it, with what else is met; None: below a bachelor's.
_DEGREES: tuple[tuple[str, DegreeLevel | None], ...] = (
    ("high school", None),
    ("associate", None),
    ("certificate", None),
    ("bachelor", DegreeLevel.BACHELOR),
    ("postgraduate", DegreeLevel.MASTER),
    ("master", DegreeLevel.MASTER),
    ("doctor", DegreeLevel.PHD),
    ("phd", DegreeLevel.PHD),
)


def salary(low: Any, high: Any, currency: Any, period: Any, field: str) -> Stated | None:
    """Pay, or None where one of its parts is missing or cannot be told.

    Args:
        low, high: amounts as numbers or text; one of them is enough, and alone it is the low end.
        currency: an ISO 4217 code.
        period: the source's word for the time that is paid, such as "yearly", "per-hour-wage", "1 YEAR".
        field: the field's name in the source.
    """
    least, most = _amount(low), _amount(high)
    time = _period(period)
    code = currency.strip().upper() if isinstance(currency, str) else ""
    if (least is None and most is None) or time is None or not _CURRENCY.fullmatch(code):
        return None
    if least is not None and most is not None and most < least:
        return None
    amounts = dict.fromkeys(f"{value:.2f}".removesuffix(".00") for value in (least, most) if value is not None)
    written = ("up to " if least is None else "from " if most is None else "") + " to ".join(amounts)
    return Stated(Salary(least, most, code, time), field, f"{written} {code} {' '.join(str(period).split())}")


def years(months: Any, field: str) -> Stated | None:
    """Years of experience out of months; a part of a year does not count, as in the text ("1.5 years" is 1)."""
    value = _number(months)
    if value is None or not 0 <= value <= _MOST_MONTHS:
        return None
    return Stated(Experience(int(value) // 12), field, f"{months} months")


def degree(categories: Iterable[Any], field: str) -> Stated | None:
    """The lowest degree of those that are accepted; None where less than a bachelor's is enough, or none can be told."""
    levels: list[DegreeLevel] = []
    written = [category for category in categories if isinstance(category, str)]
    for category in written:
        plain = category.lower().replace("_", " ").replace(".", "")
        level = next((level for word, level in _DEGREES if word in plain), None)
        if level is None:
            return None
        levels.append(level)
    return Stated(min(levels, key=DEGREES.index), field, ", ".join(written)) if levels else None


def together(*facts: Stated | None) -> tuple[Stated, ...]:
    """The facts that there are."""
    return tuple(fact for fact in facts if fact is not None)


# ---- each source's own fields ------------------------------------------------------------------------------------------------


def of_jobposting(found: Mapping[str, Any]) -> tuple[Stated, ...]:
    """Pay, years and degree of a schema.org JobPosting (https://schema.org/JobPosting; the values are those that Google's guide for job
    postings asks for: unitText, monthsOfExperience, credentialCategory).
    """
    base = _first(found.get("baseSalary"))
    value = _first(base.get("value")) if isinstance(base.get("value"), (dict, list)) else {"value": base.get("value")}
    low, high = value.get("minValue", base.get("minValue")), value.get("maxValue", base.get("maxValue"))
    if low is None and high is None:
        low = high = value.get("value")
    pay = salary(
        low, high, base.get("currency") or value.get("currency"), value.get("unitText") or base.get("unitText") or "", "baseSalary"
    )
    months = _first(found.get("experienceRequirements")).get("monthsOfExperience")
    education = found.get("educationRequirements")
    asked = education if isinstance(education, list) else [education]
    categories = [_first(entry).get("credentialCategory") if isinstance(entry, dict) else entry for entry in asked]
    return together(
        pay, years(months, "experienceRequirements.monthsOfExperience"), degree(categories, "educationRequirements.credentialCategory")
    )


def of_lever(job: Mapping[str, Any]) -> tuple[Stated, ...]:
    """Lever's salaryRange: min, max, currency, and an interval such as "per-year-salary"."""
    pay = _first(job.get("salaryRange"))
    return together(salary(pay.get("min"), pay.get("max"), pay.get("currency"), pay.get("interval"), "salaryRange"))


def of_ashby(job: Mapping[str, Any]) -> tuple[Stated, ...]:
    """Ashby's compensation: the salary among its summary's components, whose interval is such as "1 YEAR"."""
    components = _first(job.get("compensation")).get("summaryComponents")
    for part in components if isinstance(components, list) else ():
        if isinstance(part, dict) and part.get("compensationType") == "Salary":
            return together(
                salary(part.get("minValue"), part.get("maxValue"), part.get("currencyCode"), part.get("interval"), "compensation")
            )
    return ()


def of_greenhouse(job: Mapping[str, Any]) -> tuple[Stated, ...]:
    """Greenhouse's pay_input_ranges, in cents; their title may tell the period, else the amount does where it is plainly a year's.

    Of ranges for several places in one currency, lowest to highest, as of several in a text.
    """
    ranges = job.get("pay_input_ranges")
    found: list[Salary] = []
    for part in ranges if isinstance(ranges, list) else ():
        if not isinstance(part, dict):
            continue
        low, high = ((value / 100 if (value := _amount(part.get(key))) else None) for key in ("min_cents", "max_cents"))
        words = f"{part.get('title') or ''} {part.get('blurb') or ''}"
        period = _period(words) or ("year" if (high or low or 0) >= _PLAINLY_YEARLY else None)
        fact = salary(low, high, part.get("currency_type"), period, "pay_input_ranges")
        if fact is not None and isinstance(fact.value, Salary):
            found.append(fact.value)
    if not found:
        return ()
    same = [pay for pay in found if (pay.currency, pay.period) == (found[0].currency, found[0].period)]
    lows, highs = [pay.min for pay in same if pay.min], [pay.max for pay in same if pay.max]
    return together(salary(min(lows, default=None), max(highs, default=None), found[0].currency, found[0].period, "pay_input_ranges"))


#: Columns of pay in tables that scrapers write: JobSpy's, then those of LinkedIn's postings as they are published.
_PAY_COLUMNS = (("min_amount", "max_amount", "currency", "interval"), ("min_salary", "max_salary", "currency", "pay_period"))


#: All of their names.
PAY_COLUMNS = frozenset(name for columns in _PAY_COLUMNS for name in columns) | {"salary_source"}


def column_reader(header: Sequence[str]) -> Callable[[Sequence[str]], tuple[Stated, ...]]:
    """A function that tells what a row's cells state; its columns are looked up once.

    JobSpy fills its amounts from the description where the site gives none, and says so in salary_source: a reading of the text, not the
    source's word, so it is left to ours.
    """
    names = list(header)
    columns = next((columns for columns in _PAY_COLUMNS if set(columns) <= set(names)), None)
    if columns is None:
        return lambda cells: ()
    low, high, currency, period = map(names.index, columns)
    field = f"{columns[0]}, {columns[1]}"
    origin = names.index("salary_source") if "salary_source" in names else None

    def read(cells: Sequence[str]) -> tuple[Stated, ...]:
        if not (cells[low] or cells[high]) or (origin is not None and cells[origin] == "description"):
            return ()
        return together(salary(cells[low], cells[high], cells[currency], cells[period], field))

    return read


# ---- words and numbers -------------------------------------------------------------------------------------------------------


def _first(value: Any) -> Mapping[str, Any]:
    """An object, the first of a list of them, or an empty one."""
    if isinstance(value, list):
        value = next((entry for entry in value if isinstance(entry, dict)), None)
    return value if isinstance(value, dict) else {}


def _number(value: Any) -> float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        number = float(value) if abs(value) < 1e15 else math.inf
    elif isinstance(value, str) and _AMOUNT.fullmatch(value.strip()):
        number = float(re.sub(r"[, ]", "", value.strip()))
    else:
        return None
    return number if math.isfinite(number) else None


def _amount(value: Any) -> float | None:
    number = _number(value)
    return number if number is not None and number > 0 else None


def _period(words: Any) -> str | None:
    """One year, month, day or hour; any other time ("weekly", "6 MONTHS") is not among the record's."""
    plain = words.lower() if isinstance(words, str) else ""
    if any(count != "1" for count in _NUMBER.findall(plain)):
        return None
    found = _PERIOD.search(plain)
    return _PERIODS.get(found[1], found[1]) if found else None
