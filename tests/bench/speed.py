"""How fast tagging is, beside spaCy's default way to find names, over the same text in the same process.

    python tests/bench/speed.py [CSV]

Prints medians of five interleaved rounds; compare the ratios, since times drift with the machine. Not collected by pytest.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import spacy
from spacy.matcher import PhraseMatcher
from spacy.util import filter_spans

from skillsift import Tagger
from skillsift.reading import open_source
from skillsift.vocabulary import load
from skillsift.vocabulary.phrases import expand

ROUNDS = 5


def naive() -> Callable[[str], object]:
    """`spacy.blank("en")`, a PhraseMatcher over the same skill wordings, `filter_spans`."""
    vocabulary = load()
    nlp = spacy.blank("en")
    nlp.max_length = 10**9
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    for concept in vocabulary.concepts.values():
        wordings = [wording for phrase in concept.aliases for wording in expand(phrase, vocabulary.lists)]
        if wordings:
            matcher.add(concept.id, [nlp.make_doc(wording) for wording in wordings])
    return lambda text: filter_spans(matcher(nlp(text), as_spans=True))


def main() -> None:
    """Time both ways over every posting of a table."""
    source = sys.argv[1] if len(sys.argv) > 1 else str(Path(__file__).parents[2] / "samples" / "postings.csv")
    texts = [row.posting.text for row in open_source(source).rows if row.posting.error is None]
    size = sum(map(len, texts)) / 1e6
    ways: dict[str, Callable[[str], object]] = {"names only, spaCy's default": naive(), "skillsift, the whole record": Tagger().tag}
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            started = time.perf_counter()
            for text in texts:
                way(text)
            times[name].append(time.perf_counter() - started)
    base = statistics.median(times["names only, spaCy's default"])
    print(f"{len(texts)} postings, {size:.2f} MB, median of {ROUNDS}")
    for name, taken in times.items():
        middle = statistics.median(taken)
        print(f"{name:30} {size / middle:6.2f} MB/s {len(texts) / middle:8.0f} postings/s   x {base / middle:.2f}")


if __name__ == "__main__":
    main()
