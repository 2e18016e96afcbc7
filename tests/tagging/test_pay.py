"""Pay as stated: amount, currency and period; and money that is no pay (GUIDELINES, salary)."""

from __future__ import annotations

import pytest

from skillsift import Posting, Tagger

YEARLY = [
    ("Salary: ₹2,500,000 - ₹3,500,000 a year", 2500000, 3500000, "INR", "a currency of small units"),
    ("Salary: ¥8,000,000 - ¥10,000,000 per year", 8000000, 10000000, "JPY", "yen"),
    ("$120,000 - $150,000", 120000, 150000, "USD", "written out"),
    ("$120,000-$150,000 a year", 120000, 150000, "USD", "a year"),
    ("$120-150k", 120000, 150000, "USD", "one k for both"),
    ("$120k-$150k", 120000, 150000, "USD", "a k each"),
    ("$120K – $150K", 120000, 150000, "USD", "capital K and a dash"),
    ("120k-150k USD", 120000, 150000, "USD", "the code behind"),
    ("USD 120,000 to 150,000", 120000, 150000, "USD", "the code before"),
    ("$120,000.00 - $150,000.00 per annum", 120000, 150000, "USD", "cents"),
    ("$120,000 to $150,000 annually", 120000, 150000, "USD", "to … annually"),
    ("between $120,000 and $150,000", 120000, 150000, "USD", "between … and"),
    ("$120,000/yr - $150,000/yr", 120000, 150000, "USD", "the period twice"),
    ("$120,000&nbsp;&ndash;&nbsp;$150,000", 120000, 150000, "USD", "entities"),
    (r"\$120,000 - \$150,000", 120000, 150000, "USD", "Markdown escapes"),
    ("$120,000—$150,000", 120000, 150000, "USD", "a long dash"),
    ("£60,000 – £75,000", 60000, 75000, "GBP", "pounds"),
    ("£60k-75k", 60000, 75000, "GBP", "pounds with one sign"),
    ("€70.000 - €90.000", 70000, 90000, "EUR", "full stops between thousands"),
    ("70.000 € - 90.000 €", 70000, 90000, "EUR", "the sign behind"),
    ("EUR 70k - 90k", 70000, 90000, "EUR", "EUR and k"),
    ("CHF 110'000 - 130'000", 110000, 130000, "CHF", "Swiss marks"),
    ("CA$90,000 - CA$110,000", 90000, 110000, "CAD", "CA$"),
    ("CAD 90,000 - 110,000", 90000, 110000, "CAD", "CAD"),
    ("A$130,000 - A$150,000", 130000, 150000, "AUD", "A$"),
    ("₹2,000,000 - ₹2,000,000 a year", 2000000, 2000000, "INR", "rupees"),
]

ONE_ENDED = [
    ("Salary: up to $150,000", None, 150000, "up to"),
    ("Pay is up to £75k per year", None, 75000, "up to, in pounds"),
    ("Salary: from $120,000", 120000, None, "from"),
    ("Salary starting at $120,000", 120000, None, "starting at"),
    ("Salary: $120,000+", 120000, None, "with a plus"),
    ("Pay range: $130,000 - $170,000 + Stock Options", 130000, 170000, "what comes on top is no pay, the range is"),
    ("$75/hour to $208,000/year + bonus", None, 208000, "two periods: as stated, the year's own end alone"),
    ("Salary: EUR 70k", 70000, 70000, "a single amount"),
    ("The base salary is $130,000 a year.", 130000, 130000, "a single amount in a sentence"),
]

PERIODS = [
    ("$85.50/hr", 85.5, 85.5, "USD", "hour", "cents an hour"),
    ("$50 - $60 per hour", 50, 60, "USD", "hour", "per hour"),
    ("$50-60/hour", 50, 60, "USD", "hour", "one sign"),
    ("Hourly rate: $50 - $60", 50, 60, "USD", "hour", "the period before"),
    ("£500 - £600 per day", 500, 600, "GBP", "day", "per day"),
    ("Day rate: £550", 550, 550, "GBP", "day", "a day rate"),
    ("$60/hr+ DOE", 60, None, "USD", "hour", "a plus behind the unit"),
    ("$60/hr + bonus", 60, 60, "USD", "hour", "a plus that adds something else"),
    ("Contract W2: $75/hr max", None, 75, "USD", "hour", "the most, behind the unit"),
    ("Monthly salary:\nFrom 2600 - 4130 EUR gross.", 2600, 4130, "EUR", "month", "the words on the line before"),
    ("Salario entre 36.000 y 38.000 euros brutos/año", 36000, 38000, "EUR", "year", "Spanish, the currency in words"),
    ("Gehalt: 3.000 - 3.800 € pro Monat", 3000, 3800, "EUR", "month", "German, a month's"),
    ("Gehalt: 60.000 bis 70.000 Euro im Jahr", 60000, 70000, "EUR", "year", "German"),
    ("€4,500 - €5,500 per month", 4500, 5500, "EUR", "month", "per month"),
    ("Monthly pay of $3,000 - $4,000", 3000, 4000, "USD", "month", "monthly, before"),
    ("$120,000 - $150,000 / year", 120000, 150000, "USD", "year", "a slash"),
]

ZONES = [
    ("Zone A: $150,000 - $180,000\nZone B: $130,000 - $160,000", 130000, 180000, "zones give lowest to highest"),
    ("California: $150,000 - $180,000 a year; elsewhere: $120,000 - $160,000 a year", 120000, 180000, "two places in a line"),
    ("Level I: $90k-$110k\nLevel II: $110k-$140k\nLevel III: $140k-$170k", 90000, 170000, "three levels"),
    ("Zone A$150,000 - $180,000, Zone B$130,000 - $160,000", 130000, 180000, "a zone's letter is no part of the sign"),
    (
        "Pay is $100,000 - $130,000 a year. There is another range for two cities: in those locations it is $140,000 - $160,000 a year.",
        100000,
        130000,
        "the general range, not that of special places",
    ),
]

NO_PAY = [
    ("We raised $40 million in funding.", "funding"),
    ("Travel budget $3,000-$5,000", "a budget, of no period"),
    ("Wir machen 500.000 Euro Umsatz pro Jahr.", "revenue, in German"),
    ("Our models save each customer 300,000 euros per year.", "what is saved"),
    ("A $120M Series B.", "a series"),
    ("$15M in revenue a year.", "revenue"),
    ("Valued at $2 billion.", "valuation"),
    ("A $5,000 sign-on bonus.", "a sign-on bonus"),
    ("401(k) with 4% match.", "401(k)"),
    ("401k plan from day one.", "401k"),
    ("Up to 10% annual bonus.", "a share"),
    ("A $1,500 learning budget a year.", "a budget"),
    ("$2,000 a year home office stipend.", "a stipend"),
    ("We move $100,000 of goods in an hour for customers and revenue.", "goods"),
    ("The team is 120 people in 150 places.", "numbers without money"),
    ("3-5 years of experience.", "years"),
    ("Save customers $120,000 in costs.", "costs"),
    ("Life insurance of $100,000.", "insurance"),
    ("Tuition reimbursement of up to $20,000 a year.", "tuition"),
    ("Referral bonus: $20,000", "a referral"),
    ("A competitive salary.", "no amount"),
    ("", "empty"),
]


@pytest.mark.parametrize(
    ("text", "low", "high", "currency", "period", "why"),
    [
        *(pytest.param(*row[:4], "year", row[4], id=row[4]) for row in YEARLY),
        *(pytest.param(f"Salary: {row[0]}.", *row[1:4], "year", row[4], id=f"{row[4]}, in a line") for row in YEARLY),
        *(pytest.param(*row, id=row[5]) for row in PERIODS),
        *(pytest.param(*row[:3], "USD", "year", row[3], id=row[3]) for row in ZONES),
    ],
)
def test_pay(tagger: Tagger, text: str, low: float, high: float, currency: str, period: str, why: str) -> None:
    salary = tagger.tag(text).salary
    assert salary is not None, why
    assert (salary.min, salary.max, salary.currency, salary.period) == (low, high, currency, period), why


KNOWN = [
    ("Salary: 10-15 LPA", 1000000, 1500000, "INR", "year", "LPA is known as a code, but not that it counts in lakhs"),
    ("£45,000 plus bonus", 45000, 45000, "GBP", "year", "a single amount without a word for pay or a period is passed over"),
]


@pytest.mark.parametrize(
    ("text", "low", "high", "currency", "period"),
    [pytest.param(*row[:5], id=row[0], marks=pytest.mark.xfail(reason=row[5])) for row in KNOWN],
)
def test_pay_fails(tagger: Tagger, text: str, low: float, high: float, currency: str, period: str) -> None:
    salary = tagger.tag(text).salary
    assert salary is not None
    assert (salary.min, salary.max, salary.currency, salary.period) == (low, high, currency, period)


@pytest.mark.parametrize(("text", "low", "high", "why"), ONE_ENDED, ids=[row[3] for row in ONE_ENDED])
def test_pay_with_one_end(tagger: Tagger, text: str, low: float | None, high: float | None, why: str) -> None:
    salary = tagger.tag(text).salary
    assert salary is not None, why
    assert (salary.min, salary.max, salary.period) == (low, high, "year"), why


@pytest.mark.parametrize(("text", "why"), NO_PAY, ids=[row[1] for row in NO_PAY])
def test_no_pay(tagger: Tagger, text: str, why: str) -> None:
    tagged = tagger.tag(text)
    assert tagged.salary is None, why
    assert [signal for signal in tagged.signals if signal.kind == "salary"] == []


COUNTRIES = [
    ("Toronto, Ontario. Salary: $90,000 - $110,000.", None, "CAD", "a Canadian place before"),
    ("Salary: $130,000 - $150,000 in Sydney, Australia.", None, "AUD", "an Australian place behind"),
    ("Austin, Texas. Salary: $90,000 - $110,000.", None, "USD", "an American place"),
    ("Salary: $90,000 - $110,000.", None, "USD", "no place"),
    ("Toronto, Ontario. Salary: US$90,000 - US$110,000.", None, "USD", "the sign says otherwise"),
]


@pytest.mark.parametrize(("text", "place", "currency", "why"), COUNTRIES, ids=[row[3] for row in COUNTRIES])
def test_a_bare_dollar_follows_the_place(tagger: Tagger, text: str, place: str | None, currency: str, why: str) -> None:
    fields = {"location": place} if place else {}
    salary = tagger.tag(Posting(text=text, fields=fields)).salary
    assert salary is not None
    assert salary.currency == currency, why


def test_pay_beside_other_money(tagger: Tagger) -> None:
    text = "We raised $40M.\nSalary: $120,000 - $150,000.\nA $5,000 sign-on bonus and 401(k)."
    salary = tagger.tag(text).salary
    assert salary is not None
    assert (salary.min, salary.max) == (120000, 150000)


def test_pay_in_a_title(tagger: Tagger) -> None:
    tagged = tagger.tag("We move parcels.", title="Data Engineer ($120k-$150k)")
    assert tagged.salary is not None
    assert (tagged.salary.min, tagged.salary.max) == (120000, 150000)
    (signal,) = [signal for signal in tagged.signals if signal.kind == "salary"]
    assert signal.field == "title"
    assert "Data Engineer ($120k-$150k)"[signal.start : signal.end] == signal.text


def test_amounts_are_whole_where_they_are(tagger: Tagger) -> None:
    salary = tagger.tag("Salary: $120,000.00 - $150,000.50 a year").salary
    assert salary is not None
    assert (repr(salary.min), repr(salary.max)) == ("120000", "150000.5")


def test_pay_is_told_as_a_signal_at_its_place(tagger: Tagger) -> None:
    text = "Salary: <b>$120,000&nbsp;- $150,000</b> a year"
    (signal,) = tagger.tag(text).signals
    assert (signal.kind, signal.field) == ("salary", "text")
    assert text[signal.start : signal.end] == signal.text == "$120,000&nbsp;- $150,000"
