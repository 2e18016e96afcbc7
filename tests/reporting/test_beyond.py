"""Terms that the vocabulary lacks: what reads like a tool is found, what does not is left out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillsift import Tagger
from skillsift.model import Posting
from skillsift.reporting.beyond import find_beyond, find_terms
from skillsift.reporting.corpus import collect
from skillsift.reporting.figures import Beyond
from skillsift.reporting.tally import Tally, _from_tagged


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        pytest.param("You write Python, Zorvex and SQL.", ["Zorvex"], id="a capital amid a sentence"),
        pytest.param("Zorvex and Python are ours.", [], id="a sentence's first word may be any"),
        pytest.param("zorvexDB and Python, Zor.js, ZX9, ZVX, Zor++", ["zorvexDB", "Zor.js", "ZX9", "ZVX", "Zor++"], id="shapes"),
        pytest.param("work in Python and Zorvex Data Loom daily", ["Zorvex Data Loom"], id="capitals in a row are one"),
        pytest.param("About Our Company", [], id="a heading"),
        pytest.param("WHAT WE EXPECT", [], id="a shouted heading"),
        pytest.param("we use <b>Zorvex</b> at https://Example.com/Foo/BAR and jobs@Example.com", ["Zorvex"], id="tags and addresses"),
        pytest.param("we like R&amp;D and &lt;li&gt;Python with Zorvex&lt;/li&gt;", ["Zorvex"], id="escaped tags"),
        pytest.param("years of Python, PyTorch and Kubernetes", [], id="known skills"),
        pytest.param("ten years of Hands-on work", [], id="an ordinary word with a hyphen"),
    ],
)
def test_terms(tagger: Tagger, text: str, terms: list[str]) -> None:
    assert [term.term for term in find_terms(tagger.tag(text))] == terms


def test_a_term_stands_beside_a_skill_or_not(tagger: Tagger) -> None:
    found = {term.term: term for term in find_terms(tagger.tag("We drink Maravo tea.\nYou know Python and Zorvex.\nMore Maravo."))}
    assert (found["Maravo"].beside, found["Zorvex"].beside) == (False, True)
    assert found["Zorvex"].sentence == "You know Python and Zorvex."


Read = Callable[..., tuple[Beyond, ...]]


@pytest.fixture
def read(tagger: Tagger) -> Read:
    def beyond(*texts: str, companies: str = "ABCDEFGH", title: str = "", location: str = "") -> tuple[Beyond, ...]:
        tallies = []
        for at, text in enumerate(texts):
            fields = {"company": f"{companies[at]} Ltd"} if companies else {}
            posting = Posting(text, title or None, str(at), fields | ({"location": location} if location else {}))
            tallies.append(_from_tagged(tagger.tag(posting), None, terms=True))
        corpus = collect(tallies, tagger.vocabulary)
        return find_beyond(
            tallies,
            corpus.samples.examples,
            tagger.vocabulary.text.openers,
            lambda term: bool(tagger.tag(f"Requirements\n{term}, so").skills),
        )

    return beyond


FOUND = "You work with Python and Zorvex."


@pytest.mark.parametrize(
    ("texts", "facts", "found"),
    [
        pytest.param([FOUND] * 4, {}, ["Zorvex"], id="four companies' ads"),
        pytest.param([FOUND] * 2, {}, [], id="two postings are too few"),
        pytest.param([FOUND] * 4, {"companies": "AAAB"}, [], id="one company has most of them"),
        pytest.param([FOUND] * 4, {"companies": ""}, ["Zorvex"], id="companies are not told"),
        pytest.param([FOUND] * 4, {"title": "Zorvex Engineer"}, [], id="what titles are made of"),
        pytest.param([FOUND] * 4, {"location": "Zorvex, Kent"}, [], id="a place"),
        pytest.param(["The team drinks Zorvex."] * 4, {}, [], id="never beside a skill"),
        pytest.param([FOUND + " We zorvex a lot."] * 4, {}, [], id="mostly a small word"),
        pytest.param([FOUND] * 3 + ["we know Python and ZORVEX"], {}, ["Zorvex"], id="spellings are one term, the commonest told"),
        pytest.param(["Know Python and ZVXs."] * 2 + ["Know Python and ZVX."] * 2, {}, ["ZVX"], id="a plural is the same term"),
        pytest.param(["much Python in Operations Loom and operations, loom"] * 4, {}, [], id="ordinary words in capitals"),
        pytest.param(["much Python in operations and skillsExperience"] * 4, {}, [], id="two words that lost their space"),
    ],
)
def test_beyond(read: Read, texts: list[str], facts: dict[str, str], found: list[str]) -> None:
    assert [term.term for term in read(*texts, **facts)] == found


def test_the_figures_of_a_term(read: Read) -> None:
    (term,) = read(*[FOUND] * 3, "We met Zorvex.", "Nothing")
    assert (term.postings, term.share, term.companies, term.beside) == (4, 0.8, 4, 0.75)
    assert term.example == FOUND
    assert term.ad.company in ("A Ltd", "B Ltd", "C Ltd")


@given(st.lists(st.text(alphabet="aBcZ.+#-<>&; \n,9", max_size=60), max_size=6))
def test_any_text_is_read(tagger: Tagger, texts: list[str]) -> None:
    tallies = [Tally({}, str(at), terms=tuple(find_terms(tagger.tag(text)))) for at, text in enumerate(texts)]
    samples = collect(tallies, tagger.vocabulary).samples
    for term in find_beyond(tallies, samples.examples, ["Experience"], lambda term: False):
        assert 0 < term.share <= 1
