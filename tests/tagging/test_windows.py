"""The fast path finds what spaCy's matcher finds in the whole text: no more, no less."""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from skillsift import Tagger
from skillsift.tagging import windows
from skillsift.tagging.names import NameFinder
from skillsift.tagging.windows import PhraseFinder, fold
from skillsift.vocabulary import Vocabulary
from skillsift.vocabulary.phrases import words

SAMPLES = Path(__file__).parents[2] / "samples"

#: Every way in which a phrase is made of words and marks, the neighbours that share a pattern, and other scripts.
PHRASES = (
    "python", "machine learning", "learning", "c", "c++", "c#", ".net", "asp.net", "node.js", "ci/cd", "r&d", ";", "::", "a / b testing",
    "über", "機械学習", "данные", "ångström", "kubernetes", "a, b, c, d, e, f, g", "(x)", "x", "l'oréal", "b.s.", "b.s", "50%", "a+b+c+d",
)  # fmt: skip
EXACT = ("Go", "R", "C", "Node.JS", "SS", "IT", "§", "a++b++c++d")


def finder(optional: frozenset[int] = frozenset()) -> PhraseFinder:
    phrases = {(False, words(phrase.lower())): None for phrase in PHRASES} | {(True, words(phrase)): None for phrase in EXACT}
    return PhraseFinder(phrases, optional)


FINDER = finder()
#: The numbers of every other phrase, and a finder to which these are optional.
OPTIONAL = frozenset(range(0, len(PHRASES) + len(EXACT), 2))
SOME = finder(OPTIONAL)


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("Python", ["Python"], "a text that is one window"),
        ("", [], "nothing"),
        ("machine-learning", ["machine-learning", "learning"], "a hyphen is a space"),
        ("machine  learning", ["learning"], "two spaces are a token of their own"),
        ("machine\nlearning", ["learning"], "a line's end parts a phrase"),
        ("C ++, C++/C#", ["C", "C", "C ++", "C", "C", "C++", "C", "C", "C#"], "marks apart and glued; upper and lower phrases both"),
        ("a . net of ASP.NET", [". net", "ASP.NET", ".NET"], "a mark before a word, with a space and without"),
        ("net", [], "the mark before it would stand outside the text"),
        ("CI/CD, CI / CD, CI /CD, ci cd", ["CI/CD", "CI / CD", "CI /CD"], "a mark with a space on either side"),
        ("pythonic épython python3 python_3", ["python"], "whole words; an underscore is a mark"),
        ("ÜBER über", ["ÜBER", "über"], "letters of Latin-1"),
        ("機械学習, данные ДАННЫЕ", ["機械学習", "данные", "ДАННЫЕ"], "letters beyond it"),
        ("\u212aubernetes \u212bngström", ["\u212aubernetes", "\u212bngström"], "signs whose small letter is a plain one"),
        ("a, b, c, d, e, f, g", ["a, b, c, d, e, f, g", "c"], "too many marks: the whole line is asked"),
        ("A,B , C,D ,E,F,G; x", ["A,B , C,D ,E,F,G", "C", "C", ";", "x"], "and in any spelling"),
        ("- ::: ; ;", ["::", "::", ";", ";"], "marks alone, and overlapping"),
        ("(x) ( x )", ["(x)", "x", "( x )", "x"], "marks on both sides"),
        ("go Go GO r R It IT", ["Go", "R", "IT"], "where case counts"),
        ("a++b++c++d A++B++C++D C §", ["a++b++c++d", "c", "c++", "C", "C", "C++", "C", "C", "§"], "many marks, one alone, and case"),
        ("B.S. in x, 50 %", ["B.S", "B.S.", "x", "50 %"], "a mark at the end"),
    ],
)  # fmt: skip
def test_finds(text: str, expected: list[str], why: str) -> None:
    assert [text[start:end] for start, end, _ in FINDER.find(text)] == expected, why
    assert FINDER.find(text) == FINDER.find_plain(text), why


#: Pieces that make near misses likely, and anything else.
_PIECES = st.sampled_from(
    [
        *PHRASES,
        *EXACT,
        *(p.upper() for p in PHRASES),
        " ",
        "  ",
        "\n",
        "-",
        "/",
        ".",
        ",",
        "+",
        "#",
        "é",
        "_",
        "’",
        "•",
        "\u212a",
        "ı",
        "İ",
        "ẞ",
        "x1",
    ]
)
TEXTS = st.one_of(
    st.lists(st.one_of(_PIECES, st.text(max_size=3)), max_size=24).map("".join),
    st.lists(_PIECES, max_size=24).map(" ".join),
    st.text(max_size=80),
).map(lambda text: text.encode("utf-8", "replace").decode())  # half characters: cleaning takes them out


@given(TEXTS)
def test_as_the_plain_way(text: str) -> None:
    assert FINDER.find(text) == FINDER.find_plain(text)


@given(text=TEXTS)
def test_names_as_the_plain_way(names: NameFinder, text: str) -> None:
    assert names(text) == names(text, plain=True)


@pytest.fixture(scope="module")
def names(vocabulary: Vocabulary) -> NameFinder:
    return NameFinder(vocabulary)


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_whole_vocabulary_as_the_plain_way(tagger: Tagger, names: NameFinder, path: Path) -> None:
    text = path.read_text("utf-8")
    for table in (tagger._index.main, tagger._index.needs):
        assert table.finder.find(text) == table.finder.find_plain(text)
    assert names(text) == names(text, plain=True)


@given(st.characters(exclude_categories=["Cs"]))
def test_folding_keeps_places(char: str) -> None:
    folded = fold(f"a{char}b")
    assert len(folded) == 5
    assert folded[2:3] == b" " or char.isalnum()


def test_every_letter_folds_as_its_small_letter() -> None:
    """A letter and its small letter have the same fold, or a phrase in small letters would be missed."""
    letters = (char for char in map(chr, range(sys.maxunicode + 1)) if char.isalnum() and len(char.lower()) == 1)
    assert not [char for char in letters if fold(char) != fold(char.lower())]


def test_learns_a_window_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the fast path is for: the matcher is asked about new windows alone, and about all of a text's at once."""
    fresh = finder()
    asked: list[tuple[bool, list[str]]] = []
    judge = fresh._judge
    monkeypatch.setattr(fresh, "_judge", lambda exact, new: asked.append((exact, list(new))) or judge(exact, new))
    monkeypatch.setattr(fresh, "_matches", None)  # the whole text is not
    text = "We use Python and C++ for machine learning; much of the rest of this text is of no use to anyone. " * 3
    first = fresh.find(text)
    assert [exact for exact, _ in asked] == [False, True], "each matcher once"
    assert sum(map(len, asked[0][1])) < len(text) / 3
    assert {*asked[1][1]} == {"C", "C+", ";"}, "those alone of the patterns of phrases whose case counts"
    assert fresh.find(text) == first
    assert fresh.find(text.replace("machine learning", "MACHINE Learning")) == first, "nor of other cases, where case is nothing"
    assert len(asked) == 2


def test_learns_a_phrase_when_it_may_stand() -> None:
    """The matchers are told of the phrases alone that may stand in a text; of all for the plain way."""
    fresh = finder()
    before = {phrase for numbers in fresh._numbers.values() for phrase in numbers}
    assert len(before) < len(PHRASES) / 3, "those of marks alone and of many marks"
    text = "We use Python and C++ for machine learning in the IT of it."
    first = fresh.find(text)
    told = {phrase for numbers in fresh._numbers.values() for phrase in numbers}
    assert told - before == {"python", "c", "C", "c + +", "c #", "machine learning", "learning", "IT"}
    assert fresh.find(text) == first == fresh.find_plain(text) == fresh.find(text)
    assert [len(numbers) for numbers in fresh._numbers.values()] == [len(PHRASES), len(EXACT)]


@pytest.mark.parametrize("step", ["_tell", "_judge"])
def test_broken_off_it_learns_anew(monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """Ctrl-C while a text's windows are asked about leaves nothing half learnt."""
    fresh = finder()
    whole = getattr(fresh, step)

    def broken(*given: object) -> None:
        list(whole(*given) or ())
        raise KeyboardInterrupt

    text = "Python and C++ in Go"
    with monkeypatch.context() as patched:
        patched.setattr(fresh, step, broken)
        with pytest.raises(KeyboardInterrupt):
            fresh.find(text)
    assert fresh.find(text) == fresh.find_plain(text) != []


@given(TEXTS)
@example("x c++ python, b.s.\n")
@example("a, b, c, d, e, f, g\nA,B,C,D,E,F,G x\n\n a, b, c, d, e, f, g")
def test_an_optional_phrase_is_found_where_it_is_wanted(text: str) -> None:
    every = SOME.find_plain(text)
    found = SOME.find(text, lambda at: at % 2 == 1)
    assert set(found) <= set(every), "no more than there is"
    assert {one for one in every if one[2] not in OPTIONAL or one[0] % 2} <= set(found), "nothing that is wanted is missed"
    assert found == sorted(found)


def test_what_is_not_wanted_costs_nothing() -> None:
    """Three quarters of what heading phrases match is no heading: the matcher is not asked about it."""
    fresh = PhraseFinder([(False, ("duties",)), (False, ("python",))], {0})
    assert fresh.find("our duties are Python", lambda at: False) == [(15, 21, 1)]
    assert list(fresh._judged) == ["python", "Python"]
    assert fresh.find("duties", lambda at: False) == []
    assert fresh.find("duties", lambda at: True) == [(0, 6, 0)]


def test_a_line_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A phrase of many marks is looked for in its whole line: once, however often its longest word stands there."""
    fresh = finder()
    lines: list[str] = []
    in_lines = fresh._in_lines
    monkeypatch.setattr(fresh, "_in_lines", lambda text, spans: lines.extend(text[a:b] for a, b in spans) or in_lines(text, spans))
    text = "\n".join(["a b c d e f g " * 30, "nothing", "a, b, c, d, e, f, g", ""])
    assert fresh.find(text) == fresh.find_plain(text)
    assert lines == [text.split("\n")[0], text.split("\n")[2]]


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows, "REMEMBERED", 8)
    fresh = finder()
    for at in range(40):
        text = f"c{'+' * (at % 3)} x{at} {'PyThOn'[: at % 6]}python node.js ci/cd {at}% r&d".swapcase() if at % 2 else "Python; c++ c# .net"
        assert fresh.find(text) == fresh.find_plain(text)
        assert len(fresh._judged) <= 8 + 16


def test_names_are_the_longest() -> None:
    tagger = Tagger()
    text = "Machine learning on AWS SageMaker; Machine Learning in C++"
    found = tagger.find(text)
    assert [(text[name.start : name.end], name.id) for name in found][:1] == [("Machine learning", "machine-learning")]
    assert all(before.end <= after.start or before[:2] == after[:2] for before, after in pairwise(found))
