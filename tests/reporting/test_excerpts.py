"""The sentence round a skill."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillsift.reporting.excerpts import LENGTH, excerpt


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        pytest.param("We are here. You know Python well. Come by.", "You know Python well.", id="full stops"),
        pytest.param("Requirements\nPython and SQL\nTea", "Python and SQL", id="lines"),
        pytest.param("Wanted: • Java • Python, some • SQL", "Python, some", id="bullets"),
        pytest.param("<ul><li>Java</li><li>Much <b>Python</b></li></ul>", "Much Python", id="a list in HTML"),
        pytest.param("&lt;li&gt;Java&lt;/li&gt;&lt;li&gt;R&amp;amp;D in Python&lt;/li&gt;", "R&D in Python", id="a list escaped twice"),
        pytest.param("Four  years\tof   Python", "Four years of Python", id="spaces are one"),
        pytest.param("e.g. Python, v3.11 or so", "e.g. Python, v3.11 or so", id="not every full stop ends a sentence"),
        pytest.param("Python", "Python", id="nothing else"),
    ],
)
def test_excerpt(text: str, sentence: str) -> None:
    start = text.index("Python")
    found = excerpt(text, start, start + 6)
    assert found.sentence == sentence
    assert found.sentence[found.start : found.end] == "Python"


@pytest.mark.parametrize(("before", "after"), [(900, 900), (0, 900), (900, 0), (100, 900)])
def test_a_long_sentence_is_cut_on_words(before: int, after: int) -> None:
    text = "word " * (before // 5) + "Python" + " word" * (after // 5)
    found = excerpt(text, text.index("Python"), text.index("Python") + 6)
    assert len(found.sentence) <= LENGTH
    assert len(found.sentence) > LENGTH - 20
    assert found.sentence[found.start : found.end] == "Python"
    assert set(found.sentence.replace("…", " ").split()) == {"word", "Python"}
    assert found.sentence.startswith("…") is (before > 100)


@given(st.text(), st.integers(0, 50), st.integers(1, 50))
def test_any_text_gives_one_line(text: str, start: int, length: int) -> None:
    text = text + "x" * 100
    found = excerpt(text, start, start + length)
    assert len(found.sentence.splitlines()) <= 1
    assert len(found.sentence) <= LENGTH + 2
    assert 0 <= found.start <= found.end <= len(found.sentence)
