"""Whether the time for one posting grows with its length and no faster, up to 5 MB: time(2n) / time(n) of the whole record.

    python tests/bench/linear.py [--longest 5000000]

2 is linear, 4 is quadratic. Plain text, HTML, and text without a line break.
"""

from __future__ import annotations

import argparse
import html
from itertools import islice

from postings import postings
from rounds import interleaved, load, middle, spread, table, timed

from skillsift import Tagger

STEPS = 5


def shapes(length: int) -> dict[str, str]:
    """The same made-up text of a length in every shape."""
    parts: list[str] = []
    have = 0
    for made in postings(length):
        if "<" in made.text:
            continue
        parts.append(made.text)
        have += len(made.text)
        if have > length:
            break
    text = "\n\n".join(parts)
    paragraphs = "".join(f"<p>{html.escape(line)}</p><br/>\n" for line in islice(text.splitlines(), length) if line)
    return {"lines": text[:length], "HTML": paragraphs[:length], "one line": " ".join(text.split())[:length]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--longest", type=int, default=5_000_000, help="characters")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    lengths = [given.longest >> step for step in reversed(range(STEPS))]
    texts = {name: [text[:length] for length in lengths] for name, text in shapes(given.longest).items()}
    tag = Tagger().tag
    tag(texts["lines"][0])
    ways = {
        (name, length): (lambda text=text: timed(lambda: tag(text)))
        for name, same in texts.items()
        for length, text in zip(lengths, same, strict=True)
    }
    times = interleaved(ways, given.rounds)  # type: ignore[arg-type]
    rows = []
    for (name, length), taken in times.items():  # type: ignore[misc]
        center = middle(taken)
        half = times.get((name, length // 2))  # type: ignore[call-overload]
        rows.append(
            (
                name,
                f"{length / 1e6:.2f}",
                f"{center:.2f}",
                f"{length / 1e6 / center:.2f}",
                f"{center / middle(half):.2f}" if half else "",
                spread(taken),
            )
        )
    table(f"one posting, median of {given.rounds} rounds, {load()}", ("", "MB", "s", "MB/s", "of half", "spread"), rows)


if __name__ == "__main__":
    main()
