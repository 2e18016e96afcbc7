"""Names in large vocabularies: so many made-up phrases, built and found, beside the naive way over the same phrases.

    python tests/bench/scale.py [--phrases 30000 300000] [--postings 3000] [--timed 500] [--rounds 5]

Each size has a process of its own, whose peak memory is read when the finder is built and before the naive one is. Rounds are
over the first postings; that the fast path is exact is looked at over all.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context

import contestants
from postings import SAMPLES, made_up_words, postings
from rounds import Fresh, interleaved, load, middle, spread, table

from skillsift.tagging.names import NameFinder
from skillsift.vocabulary import load as load_vocabulary
from skillsift.vocabulary.schema import Concept, Vocabulary

#: How many words the phrases have, and how often.
LENGTHS, OFTEN = (1, 2, 3, 4), (3, 4, 2, 1)
#: The share of words that texts are full of; the others are the made-up words that the postings draw from, and as many more.
COMMON = 0.25
#: Phrases that are runs of words of the samples, so that the postings name about as many as real ones do.
RUNS = 800


def made_up_phrases(count: int, seed: int = 1) -> list[str]:
    """Different phrases of one to four words; no phrase is a common word alone."""
    draw = random.Random(seed)
    rare = made_up_words(120_000)
    lines = [re.findall(r"[a-z]+", line) for path in sorted(SAMPLES.glob("*.txt")) for line in path.read_text("utf-8").splitlines()]
    common = sorted({word for line in lines for word in line if len(word) > 3})
    phrases: dict[str, None] = {}
    while len(phrases) < RUNS:
        line, length = draw.choice(lines), draw.choice(LENGTHS[1:])
        if len(line) >= length:
            at = draw.randint(0, len(line) - length)
            phrases[" ".join(line[at : at + length])] = None
    while len(phrases) < count:
        length = draw.choices(LENGTHS, OFTEN)[0]
        words = [draw.choice(common) if length > 1 and draw.random() < COMMON else draw.choice(rare) for _ in range(length)]
        phrases[" ".join(words)] = None
    return list(phrases)


def vocabulary_of(phrases: list[str]) -> Vocabulary:
    """The vocabulary in which each phrase is a skill."""
    concepts = {f"p{at}": Concept(f"p{at}", phrase, "made-up", "bench", "", 0, aliases=(phrase,)) for at, phrase in enumerate(phrases)}
    return replace(load_vocabulary(), concepts=concepts)


def peak() -> float:
    """The most memory this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measured(count: int, sample: int, part: int, rounds: int) -> list[tuple[str, ...]]:
    """The rows of one size's table."""
    phrases = made_up_phrases(count)
    texts = [made.text for made in postings(sample)]
    first = texts[:part]
    size = sum(map(len, first)) / 1e6
    vocabulary = vocabulary_of(phrases)
    before = peak()
    started = time.process_time()
    names = Fresh(lambda: NameFinder(vocabulary), first)
    built = time.process_time() - started
    grown = peak() - before
    started = time.process_time()
    naive = Fresh(lambda: contestants.naive((phrase, f"p{at}") for at, phrase in enumerate(phrases)), first)
    naive_built = time.process_time() - started
    times = interleaved({"naive": naive.warm, "names, cold": names.cold, "names, warm": names.warm}, rounds)
    base = middle(times["naive"])
    fresh = NameFinder(vocabulary)
    expected = [fresh(text, plain=True) for text in texts]
    wrong = sum(fresh(text) != right or names.way(text) != right for text, right in zip(texts, expected, strict=True))
    label = f"{count:,}"
    rows: list[tuple[str, ...]] = []
    for name, taken in times.items():
        center = middle(taken)
        rows.append((label, name, f"{size / center:.2f}", f"{len(first) / center:,.0f}", f"{base / center:.2f}", spread(taken)))
    built_said = f"built in {built:.1f} s, {grown:,.0f} MB more, peak {before + grown:,.0f} MB; naive in {naive_built:.1f} s"
    exact = f"{wrong} differ" if wrong else f"exact on {len(texts):,} postings, cold and warm"
    rows.extend((label, said, "", "", "", "") for said in (built_said, f"{sum(map(len, expected)):,} names; {exact}"))
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--phrases", type=int, nargs="+", default=[30_000, 300_000])
    parser.add_argument("--postings", type=int, default=3_000)
    parser.add_argument("--timed", type=int, default=500, metavar="POSTINGS", help="how many of them the rounds are over")
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    rows = []
    for count in given.phrases:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            rows += pool.submit(measured, count, given.postings, given.timed, given.rounds).result()
    title = f"{given.timed:,} postings, one core, median of {given.rounds} rounds, {load()}"
    table(title, ("phrases", "", "MB/s", "postings/s", "× naive", "spread"), rows)


if __name__ == "__main__":
    main()
