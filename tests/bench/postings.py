"""Made-up postings of realistic shape, as many as wanted, each different, the same for the same seed.

    python tests/bench/postings.py 1000000 postings.csv      # or .jsonl

Blocks of the samples (`samples/*.txt`) are mixed, their lines shuffled and exchanged, and one in four of their longer words is
replaced by a made-up one, common ones often and rare ones seldom, as words of real text are. Of the postings six in ten have
lines, two in ten are HTML and two in ten have lost their line breaks. They are about 3.3 kB long, some three times that.
"""

from __future__ import annotations

import csv
import html
import json
import math
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

SAMPLES = Path(__file__).parents[2] / "samples"
#: The mean length of a posting (characters), and the spread of its logarithm.
LENGTH, SPREAD = 3_300, 0.45
#: Different made-up words, and the share of longer words that one of them stands for.
WORDS, SHARE = 60_000, 1 / 4
#: A first line that is no longer is its block's heading (characters).
HEADING = 60

_LONGER = re.compile(r"\b[a-z]{5,}\b")


class Made(NamedTuple):
    """A made-up posting."""

    title: str
    text: str


class _Block(NamedTuple):
    heading: str
    lines: list[str]


def made_up_words(count: int, seed: int = 0) -> list[str]:
    """Different words that nobody uses, of two to four syllables."""
    draw = random.Random(seed)
    syllables = [first + vowel + last for first in "bdfgklmnprstvw" for vowel in "aeiou" for last in ("", "l", "n", "r", "s")]
    words: dict[str, None] = {}
    while len(words) < count:
        words["".join(draw.choices(syllables, k=draw.randint(2, 4)))] = None
    return list(words)


def postings(count: int, seed: int = 0) -> Iterator[Made]:
    """So many postings, one by one."""
    draw = random.Random(seed)
    words = made_up_words(WORDS, seed)
    titles, blocks = _parts()
    lines = [line for block in blocks for line in block.lines]
    middle = math.log(LENGTH) - SPREAD**2 / 2

    def reword(_: re.Match[str]) -> str:
        return words[int(WORDS * draw.random() ** 2)] if draw.random() < SHARE else _[0]

    for _ in range(count):
        # The last block is about half too long, and tags are not text.
        wanted = draw.lognormvariate(middle, SPREAD) - 250
        title = f"{draw.choice(titles)}, {words[int(WORDS * draw.random() ** 2)].title()}"
        parts: list[_Block] = []
        length = 0
        while length < wanted:
            heading, own = draw.choice(blocks)
            mixed = [line if draw.random() < 0.7 else draw.choice(lines) for line in draw.sample(own, len(own))]
            part = _Block(heading, [_LONGER.sub(reword, line) for line in mixed])
            parts.append(part)
            length += len(heading) + sum(map(len, part.lines)) + len(part.lines) + 2
        yield Made(title, draw.choices(_LAYOUTS, _WEIGHTS)[0](parts))


def _parts() -> tuple[list[str], list[_Block]]:
    """The samples' titles, and their blocks: what stands between two empty lines."""
    titles: list[str] = []
    blocks: list[_Block] = []
    for path in sorted(SAMPLES.glob("*.txt")):
        first, _, rest = path.read_text("utf-8").partition("\n")
        titles.append(first[:80])
        for block in re.split(r"\n\s*\n", rest):
            lines = [line for line in block.splitlines() if line.strip()]
            if len(lines) > 1 and len(lines[0]) <= HEADING:
                blocks.append(_Block(lines[0], lines[1:]))
            elif lines and sum(map(len, lines)) < LENGTH / 2:  # a whole posting without its line breaks is no block
                blocks.append(_Block("", lines))
    return titles, blocks


def _plain(parts: list[_Block]) -> str:
    return "\n\n".join("\n".join([*filter(None, [heading]), *lines]) for heading, lines in parts)


def _html(parts: list[_Block]) -> str:
    out = []
    for heading, lines in parts:
        head = f"<h3>{html.escape(heading)}</h3>" if heading else ""
        if lines[0].startswith("-"):
            items = "".join(f"<li>{html.escape(line[1:].strip())}</li>" for line in lines)
            out.append(f"{head}<ul>{items}</ul>")
        else:
            out.append(head + "".join(f"<p>{html.escape(line)}</p>" for line in lines))
    return "\n".join(out)


def _flattened(parts: list[_Block]) -> str:
    return " ".join(_plain(parts).split())


_LAYOUTS, _WEIGHTS = (_plain, _html, _flattened), (6, 2, 2)


def write(count: int, path: Path, seed: int = 0) -> None:
    """Write so many postings to a CSV or a JSON Lines file, by its suffix."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = enumerate(postings(count, seed))
        if path.suffix == ".csv":
            table = csv.writer(file)
            table.writerow(("id", "title", "description"))
            table.writerows((number, made.title, made.text) for number, made in rows)
        else:
            for number, made in rows:
                row = {"id": number, "title": made.title, "description": made.text}
                file.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    if len(sys.argv) != 3 or not sys.argv[1].isdigit():
        sys.exit("usage: python tests/bench/postings.py COUNT FILE.csv|FILE.jsonl")
    write(int(sys.argv[1]), Path(sys.argv[2]))
