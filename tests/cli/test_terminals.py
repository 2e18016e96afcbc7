"""Terminals as people have them: narrow ones, ones that show ASCII alone, ones without colour."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

SAMPLES = Path(__file__).parent.parent.parent / "samples"
POSTING, GOLD = SAMPLES / "senior-ml-engineer.txt", SAMPLES / "labelled.jsonl"

_STYLE = re.compile(r"\x1b\[[\d;]*m")

#: A call, and words that are to be seen in it whatever the width: none is cut short, none is broken over two lines.
CALLS = [
    pytest.param(["tag", POSTING, "-f", "card"], "individual required Infrastructure infrastructure TensorFlow", id="tag"),
    pytest.param(["tag", POSTING, "-f", "card", "--explain"], "responsibilities dropped", id="tag --explain"),
    pytest.param(["tag", POSTING, "-f", "card", "--show-text"], "warehouse Kubernetes", id="tag --show-text"),
    pytest.param(["gap", "--have", "python", GOLD], "Communication learning opens asked have open", id="gap"),
    pytest.param(["gap", "--have", "", GOLD], "Python nothing yet", id="gap without anything"),
    pytest.param(["evaluate", GOLD], "skills precision recall required preferred mentioned", id="evaluate"),
    pytest.param(["vocab", "list"], "weights-and-biases generative-adversarial-networks", id="vocab list"),
    pytest.param(["vocab", "show", "python"], "python", id="vocab show"),
]


@pytest.mark.parametrize("width", [40, 60, 80, 100, 200])
@pytest.mark.parametrize(("words", "seen"), CALLS)
def test_every_width(cli: Any, words: list[object], seen: str, width: int) -> None:
    called = cli(*words, terminal=True, COLUMNS=str(width))
    assert (called.code, called.err) == (0, "")
    out = _STYLE.sub("", called.out)
    lines = out.splitlines()
    whole = set(re.findall(r"[\w-]+", out))
    assert not [word for word in seen.split() if word not in whole]
    if words[0] != "vocab":  # those are the vocabulary's own lines, for a search to find
        assert not [line for line in lines if len(line) > width]


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
@pytest.mark.parametrize("width", [40, 100])
@pytest.mark.parametrize(("words", "seen"), CALLS)
def test_every_encoding(cli: Any, words: list[object], seen: str, width: int, encoding: str) -> None:
    """Frames, bars, dots and quotes are drawn in what the terminal has; only a posting's own characters are escaped."""
    called = cli(*words, terminal=True, encoding=encoding, COLUMNS=str(width))
    assert (called.code, called.err) == (0, "")
    ours = {"\\u2500", "\\u2588", "\\u2591", "\\u2593", "\\u2026", "\\u2192"} | (set() if "--show-text" in words else {"\\xb7"})
    assert not [mark for mark in ours if mark in called.out]


@pytest.mark.parametrize("words", [words for param in CALLS for words in [param.values[0]]])
def test_no_colour(cli: Any, words: list[object]) -> None:
    """https://no-color.org: colour is gone, whatever else is drawn."""
    assert not re.search(r"\x1b\[[\d;]*(?:3|4|9|10)\d", cli(*words, terminal=True, NO_COLOR="1").out)
    assert "\x1b" not in cli(*words).out


def test_json_in_ascii_is_json(cli: Any) -> None:
    text = "Senior Engineer 🚀\n\n• Python – “must”\n"
    for words in (["-f", "jsonl"], ["-f", "json"]):
        called = cli("tag", *words, stdin=text.encode(), encoding="ascii")
        assert (called.code, called.err) == (0, "")
        assert called.out.isascii()
        assert json.loads(called.out)["title"] == "Senior Engineer 🚀"


def test_words_of_the_user_are_told_in_ascii(cli: Any) -> None:
    called = cli("vocab", "show", "東京🚀", encoding="ascii")
    assert called.code == 2
    assert called.err.startswith("skillsift: no skill '")
