"""Near duplicates: the same ad with another date or city is one; another job of the same company is not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillsift.model import Posting
from skillsift.reporting import duplicates
from skillsift.reporting.duplicates import ALIKE, Signature, near_duplicates, sketch

WORDS = (
    "we build models that rank parcels by how soon they must leave the depot and you will own one of them from data to service "
    "your days are spent with python and sql with people who drive the vans and with the team that keeps the cluster alive "
    "requirements are four years of work on models that people rely on sound statistics and the patience to explain them "
    "we offer a desk by the canal twenty eight days off and a budget for books courses and the odd conference abroad"
).split()
TEXT = " ".join(WORDS)


def posting(text: str = TEXT, title: str = "ML Engineer", company: str = "Pellgrove", location: str = "Leeds") -> Posting:
    return Posting(text, title, fields={"company": company, "location": location})


def changed(every: int) -> str:
    """The text with every n-th word another one."""
    return " ".join(f"x{'abcdefghij'[at % 10]}" if at % every == 0 else word for at, word in enumerate(WORDS))


@pytest.mark.parametrize(
    ("other", "same"),
    [
        pytest.param(posting(TEXT + " posted 12 may 2026"), True, id="a date at the end"),
        pytest.param(posting(TEXT.replace("twenty eight", "28"), location="Bath"), True, id="a number that was a word"),
        pytest.param(posting("Join us in Bath. " + TEXT, location="Bath"), True, id="another city"),
        pytest.param(posting(title="ML Engineer - Bath", location="Bath, UK"), True, id="the city in the title"),
        pytest.param(posting(title="ML Engineer (Remote) #20260417"), True, id="where it is done and its number in the title"),
        pytest.param(posting(TEXT.upper().replace(" ", "\n")), True, id="other case and spacing"),
        pytest.param(posting(company="PELLGROVE"), True, id="the company in capitals"),
        pytest.param(posting(title="Senior ML Engineer"), False, id="another rank"),
        pytest.param(posting(title="ML Engineer 2"), False, id="another grade"),
        pytest.param(posting(company="Quillfen"), False, id="another company with the same text"),
        pytest.param(posting(changed(6)), False, id="half of the shingles are others"),
        pytest.param(posting(" ".join(WORDS[:40]) + " and no more"), False, id="half of the text"),
        pytest.param(posting(" ".join(WORDS[:20])), False, id="too short to tell"),
    ],
)
def test_what_repeats_an_ad(other: Posting, same: bool) -> None:
    found = near_duplicates([sketch(posting(TEXT + " and one more thing")), sketch(other)])
    assert bool(found) is same
    if same:
        assert found[1][0] == 0
        assert ALIKE <= found[1][1] <= 1


def test_a_city_named_all_over_the_text_makes_no_other_ad() -> None:
    def of(city: str) -> Posting:
        return posting(" ".join(f"{word} {city}" if at % 8 == 0 else word for at, word in enumerate(WORDS)), location=f"{city}, UK")

    assert set(near_duplicates([sketch(of("Leeds")), sketch(of("Bath"))])) == {1}
    elsewhere = replace(of("Bath"), fields={"company": "Pellgrove", "location": "UK"})
    assert not near_duplicates([sketch(of("Leeds")), sketch(elsewhere)]), "where the location is not told, its words count"


def test_what_is_left_out_repeats_one_that_is_kept() -> None:
    """No chains: each ad is compared with those kept, so that the last of many small changes is no copy of the first."""
    texts = [" ".join([*(f"new{letter}" * 2 for letter in "abcdefghijklmnop"[: 3 * step]), *WORDS[3 * step :]]) for step in range(5)]
    found = near_duplicates([sketch(posting(text)) for text in texts])
    assert found
    assert all(of not in found for of, _ in found.values())
    assert 4 not in found or found[4][0] != 0


def test_postings_without_company_and_title_are_told_by_their_text() -> None:
    one, two, other = Posting(TEXT), Posting(TEXT + " 2026"), Posting(" ".join(reversed(WORDS)))
    assert set(near_duplicates([sketch(one), sketch(two), sketch(other)])) == {1}


def test_the_estimate_is_near_the_truth() -> None:
    """Sets of shingles that share 90 of 110: Jaccard 0.818; 128 minima tell it within 0.11 (three standard errors)."""
    shared = [f"w{at:04}".translate(str.maketrans("0123456789", "abcdefghij")) for at in range(92)]
    one, two = (Posting(" ".join([*shared, *(f"{letter}{chr(97 + at)}" for at in range(10))])) for letter in ("y", "z"))
    first, second = sketch(one), sketch(two)
    assert first is not None
    assert second is not None
    assert float((first.signature == second.signature).mean()) == pytest.approx(90 / 110, abs=0.11)


@given(st.text(max_size=300), st.text(max_size=40))
def test_any_text_has_a_sketch_or_none(text: str, title: str) -> None:
    found = sketch(Posting(text, title))
    assert found is None or found.signature.shape == (128,)


def test_a_crowd_of_look_alikes_is_not_compared_with_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """3,000 copies of one ad: each is compared with the one that is kept, not with each other."""
    compared = 0

    def alike(one: Signature, two: Signature) -> float:
        nonlocal compared
        compared += 1
        return float((one == two).mean())

    monkeypatch.setattr(duplicates, "_alike", alike)
    base = sketch(posting())
    assert set(near_duplicates([base] * 3000)) == set(range(1, 3000))
    assert compared == 2999
