"""Pay as stated: amount, currency and period; not funding, revenue, bonuses or benefits (GUIDELINES, salary)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from skillsift.model import Salary, SectionKind, Signal
from skillsift.tagging.matching import Hit, Hits
from skillsift.tagging.sections import Layout
from skillsift.vocabulary.schema import Vocabulary

#: What one period can plausibly pay; outside it an amount is something else.
PLAUSIBLE: Mapping[str, tuple[float, float]] = {"year": (12_000, 2_000_000), "month": (800, 80_000), "day": (60, 5_000), "hour": (6, 600)}
#: How much higher amounts are in a currency of small units, at the least.
SMALL_UNIT = 8
#: With no period told, an amount in this range is plainly a year's pay.
PLAINLY_YEARLY = (18_000, 1_500_000)
#: An amount no further into its line may have its words on the line before (characters).
OPENING = 8


#: Amounts further apart than this, in characters, are no range.
APART = 100
#: What a letter before a bare "$" names, where it is no part of the sign.
_ZONE = re.compile(r"(?:zone|tier|level|geo|group|region|band|area|grade) $", re.IGNORECASE)
#: What behind an amount and its unit makes it the most, or the least, that is paid: "$75/hr max", "$60/hr+".
_UNIT = r"\s?(?:/|per\b|an?\b)\s?[a-z]+\.?"
_MOST = re.compile(rf"{_UNIT}\s(?:w2\s)?max\b", re.IGNORECASE)
_OPEN = re.compile(rf"(?:{_UNIT})?(?:\+(?!\s?[a-z])|\+(?=\s?(?:DOE|DOQ)\b)|\s(?:or more|and up)\b)", re.IGNORECASE)
#: A posting that names more amounts than this is a list of something else; the rest is not read.
MOST_AMOUNTS = 2000


@dataclass(frozen=True, slots=True)
class _Range:
    start: int
    end: int
    low: float | None
    high: float | None
    currency: str
    period: str
    header: bool
    elsewhere: bool


class PayReader:
    """Reads pay with one vocabulary's currencies and words."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        currency = next(rule for rule in vocabulary.rules["pay"] if rule.says == "currency")
        signs: dict[str, str] = currency.options["signs"]
        self._codes: dict[str, str] = {code: currency.options["aliases"].get(code, code) for code in currency.options["codes"]} | signs
        self._small = frozenset(currency.options["small"])
        sign = "|".join(re.escape(s) for s in sorted(signs, key=len, reverse=True))
        code = "|".join(currency.options["codes"])
        amount = r"\d{1,3}(?:[,.' ]\d{3})+(?:\.\d{1,2})?(?!\d)|\d{1,7}(?:[.,]\d{1,2})?(?!\d)"
        unit = r"(?:\s?(?:/|per|an?|each)\s?[a-z]+\.?[^\S\n]?(?:in our [a-z ]{3,40}?)?)?"
        # The digit comes first: a search for one of a few characters is many times as fast as one for any of these. A code is
        # looked for only behind capitals, for the same reason.
        marks = "".join(sorted({name[-1] for name in signs}))
        codes = currency.options["codes"]
        initials = "".join(sorted({name[0] for name in codes}))
        before = [rf"(?<=[{marks}][0-9])|(?<=[{marks}]\s[0-9])"]
        before += [
            rf"(?<=[A-Z]{{{length}}}{space}[0-9])(?<=(?:{'|'.join(group)}){space}[0-9])"
            for length, group in ((n, [code for code in codes if len(code) == n]) for n in sorted({*map(len, codes)}))
            for space in ("", r"\s")
        ]
        self._money = re.compile(
            rf"[0-9](?<![\d.,'][0-9])(?:{'|'.join(before)}|(?=[\d.,' ]{{0,14}}+(?:[kK]\b|€|£|zł|(?=[{initials}])(?:{code})\b)))"
        )
        first = re.escape("".join(sorted({name[0] for name in (*signs, *codes)})))
        self._range = re.compile(
            rf"(?=\s?[0-9{first}])(?P<code1>\b(?:{code})\b\s?)?(?P<sign1>{sign})?\s?(?<![\w.,])(?P<low>{amount})\s?(?P<k1>[kK]\b)?(?P<big1>\s?(?:[mMbB]\b|MM\b|million|billion|mn\b|bn\b))?"
            rf"\s?(?P<sign1b>€|£|zł)?\s?(?P<code1b>\b(?:{code})\b)?"
            rf"(?:(?P<unit>{unit})\s?(?:-{{1,3}}|–|to|and|/|through|~|a|à|bis|y|e|et|und|tot)\s?(?:up to\s)?"
            rf"(?P<code2>\b(?:{code})\b\s?)?(?P<sign2>{sign})?\s?(?P<high>{amount})\s?(?P<k2>[kK]\b)?(?P<big2>\s?(?:[mMbB]\b|MM\b|million|billion|mn\b|bn\b))?"
            rf"\s?(?P<sign2b>€|£|zł)?\s?(?P<code2b>\b(?:{code})\b)?)?(?P<open>\+(?!\s?[A-Za-z]*\s?(?i:bonus|equity|benefits|stock|options|rsus?|commission)))?"
        )

    def __call__(self, text: str, hits: Hits, layout: Layout, place: str | None = None) -> tuple[Salary | None, tuple[Signal, ...]]:
        """The pay that a cleaned text states, lowest to highest over its zones, and where it states it.

        Args:
            place: where the work is asked for, if the source tells.
        """
        amounts = list(islice(self._amounts(text), MOST_AMOUNTS))
        rules = hits.rules("pay") if amounts else []
        dollars = _Dollars(text, rules, place)
        found = [pay for match in amounts if (pay := self._read(text, match, rules, layout, dollars))]
        if not found:
            return None, ()
        found = [pay for pay in found if not pay.elsewhere] or found
        header = [pay for pay in found if pay.header]
        ranges = header or found
        # One currency and one period at a time: those of the first range, since postings open with the general one.
        first = next((pay for pay in ranges if pay.low is not None and pay.high is not None), ranges[0])
        same = [pay for pay in ranges if (pay.currency, pay.period) == (first.currency, first.period)]
        whole = [pay for pay in same if pay.low is not None and pay.high is not None and pay.low != pay.high] or same
        lows = [pay.low for pay in whole if pay.low is not None]
        highs = [pay.high for pay in whole if pay.high is not None]
        salary = Salary(min(lows, default=None), max(highs, default=None), first.currency, first.period)
        shown = f"{salary.currency} {salary.min or ''}-{salary.max or ''} a {salary.period}"
        return salary, tuple(Signal("salary", shown, text[pay.start : pay.end].strip(), "text", pay.start, pay.end) for pay in whole)

    def _amounts(self, text: str) -> Iterator[re.Match[str]]:
        """Amounts and ranges of them. A number with something of money beside it is looked for first; most postings have none."""
        low = high = 0
        for number in self._money.finditer(text):
            if number.start() - APART > high:
                yield from self._range.finditer(text, low, high)
                low = max(high, number.start() - APART)
            high = number.end() + APART
        yield from self._range.finditer(text, low, high)

    def _read(self, text: str, match: re.Match[str], rules: list[Hit], layout: Layout, dollars: _Dollars) -> _Range | None:
        part = match.groupdict()
        sign = part["sign1"] or part["sign2"] or part["sign1b"] or part["sign2b"]
        if part["sign1"] and part["sign2"] != part["sign1"] and _ZONE.search(text, max(0, match.start("sign1") - 8), match.start("sign1")):
            sign = "$"  # "Zone A$120,000"
        code = next((part[name].strip() for name in ("code2b", "code1b", "code1", "code2") if part[name]), None)
        thousands = bool(part["k1"] or part["k2"])
        if part["big1"] or part["big2"] or not (sign or code or thousands):
            return None
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        end = match.start() + len(match[0].rstrip())
        low_at = bisect_left(rules, start - 90, key=lambda hit: hit.start)
        near = [hit for hit in rules[low_at : bisect_left(rules, end + 60, key=lambda hit: hit.start)] if hit.end <= end + 60]
        line = text.rfind("\n", 0, start) + 1
        if any(hit.rule and hit.rule.says == "not" and hit.start < end and start < hit.end for hit in near):
            return None  # "401k"
        said = text.rfind("\n", 0, line - 1) + 1 if line and start - line <= OPENING else line  # "Monthly salary:", then the amount
        before = [hit for hit in near if hit.end <= start + 1 and hit.start >= (line if hit.rule and hit.rule.says == "not" else said)]
        after = [hit for hit in near if hit.start >= end - 1]
        pay_word = max((hit.end for hit in before if hit.rule and hit.rule.says == "pay"), default=-1)
        no_pay = max((hit.end for hit in before if hit.rule and hit.rule.says == "not" and start - hit.end <= 30), default=-1)
        behind = next(
            (
                hit
                for hit in after
                if hit.rule
                and hit.rule.says == "not"
                and re.fullmatch(r"\+?\s*(?:in|of|for|worth of|annual|yearly|as)?\s*(?:\w+\s)?", text[end : hit.start])
            ),
            None,
        )
        if no_pay > pay_word or behind:
            return None
        if not (sign or code) and pay_word < 0:
            return None
        low = _amount(part["low"], bool(part["k1"]))
        high = _amount(part["high"], bool(part["k2"])) if part["high"] else None
        if high is not None and part["k2"] and not part["k1"] and low < 1000:
            low *= 1000
        if high is not None and part["k1"] and not part["k2"] and high < 1000:
            high *= 1000
        if high is not None and high < low:
            high = None
        top = high if high is not None else low
        currency = self._codes[code or sign] if code or (sign and sign != "$") else dollars.at(start)
        scale = SMALL_UNIT if currency in self._small else 1
        period = self._period(text, end, before, after, top / scale, start)
        if period is None or not PLAUSIBLE[period][0] <= top / scale <= PLAUSIBLE[period][1]:
            return None
        header = layout.section_at(start).kind == SectionKind.FURNITURE
        elsewhere = any(hit.rule and hit.rule.says == "elsewhere" and start - hit.end <= 30 for hit in before)
        least: float | None = low
        most = high
        if PLAUSIBLE[period][0] > low / scale:
            if not part["unit"]:
                return None
            least = None  # "$70/hour to $208,000/year": as stated, the period's own end alone
        elif high is None:
            if re.search(r"up to\s*$|max(?:imum)?:?\s*$", text[max(0, start - 12) : start].lower()) or _MOST.match(text, end):
                least, most = None, low
            elif not (
                part["open"]
                or _OPEN.match(text, end)
                or re.search(r"(?:from|starting at|min(?:imum)?:?|at least)\s*$", text[max(0, start - 16) : start].lower())
            ):
                if pay_word < 0 and period == "year" and not any(hit.rule and hit.rule.says == "year" for hit in after):
                    return None
                most = low
        return _Range(start, end, least, most, currency, period, header, elsewhere)

    @staticmethod
    def _period(text: str, end: int, before: list[Hit], after: list[Hit], top: float, start: int) -> str | None:
        behind = [
            hit
            for hit in after
            if hit.rule and hit.rule.says in PLAUSIBLE and hit.start - end <= 30 and "\n" not in text[end : hit.start].strip()
        ]
        fore = [hit for hit in before if hit.rule and hit.rule.says in PLAUSIBLE and start - hit.end <= 80]
        for hit in (*behind[:1], *reversed(fore)):
            assert hit.rule is not None
            low, high = PLAUSIBLE[hit.rule.says]
            if low <= top <= high:
                return hit.rule.says
        return "year" if PLAINLY_YEARLY[0] <= top <= PLAINLY_YEARLY[1] else None


class _Dollars:
    """Whose dollars a bare "$" means: the text's opening, the amount's own line or the source's place may say so."""

    def __init__(self, text: str, rules: list[Hit], place: str | None) -> None:
        self._text = text
        self._said = [hit for hit in rules if hit.rule and hit.rule.says in ("CAD", "AUD")]
        where = (place or "").lower()
        self._first = next((hit for hit in self._said if hit.end <= 200 or text[hit.start : hit.end].lower() in where), None)

    def at(self, start: int) -> str:
        """The currency of an amount that starts there."""
        line = self._text.rfind("\n", 0, start) + 1
        at = bisect_left(self._said, line, key=lambda hit: hit.start)
        told = [hit for hit in self._said[at : at + 1] if hit.start <= start + 60]
        if self._first:
            told.append(self._first)
        return min(told, key=lambda hit: hit.start).rule.says if told else "USD"  # type: ignore[union-attr]


def _amount(written: str, thousands: bool) -> float:
    if re.fullmatch(r"\d{1,3}(?:[,.' ]\d{3})+(?:\.\d{1,2})?", written):
        whole, dot, cents = written.rpartition(".")
        if dot and len(cents) in (1, 2):
            value = float(re.sub(r"\D", "", whole) + "." + cents)
        else:
            value = float(re.sub(r"\D", "", written))
    else:
        value = float(written.replace(",", "."))
    return value * 1000 if thousands and value < 10_000 else value
