"""How fast names are found and postings tagged on one core, beside other ways, over the same texts in the same process.

    python tests/bench/speed.py [TABLE...] [--postings 1000] [--rounds 5]

Without a table over made-up postings. Compare the ratios: times drift with the machine. tests/bench/README.md says what each row means.
"""

from __future__ import annotations

import argparse

import contestants
from postings import postings
from rounds import Contestant, Fresh, interleaved, load, middle, over, read, spread, table

from skillsift import Posting, Tagger
from skillsift.tagging.names import NameFinder

#: Token patterns are so slow that a slice of the postings has to do.
SLICE = 20
COLD, WARM = "naive: spaCy's default, cold", "naive: spaCy's default, warm"
#: Contestants that have to be installed: the row's name, the package, how it is made.
OTHERS = (
    ("FlashText", "flashtext", contestants.flashtext),
    ("FlashText2", "flashtext2", contestants.flashtext2),
    ("medspaCy's TargetMatcher", "medspacy", contestants.medspacy),
    ("skill-extractor, its matcher alone", "skill_extractor", contestants.skill_extractor),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tables", nargs="*", help="CSV or JSON Lines files; made-up postings without")
    parser.add_argument("--postings", type=int, default=1000, help="how many to make up")
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    whole = read(given.tables) if given.tables else [Posting(text=made.text, title=made.title) for made in postings(given.postings)]
    texts = [posting.text for posting in whole]
    size = sum(map(len, texts)) / 1e6
    vocabulary = Tagger().vocabulary
    named = contestants.guide()
    naive = Fresh(lambda: contestants.naive(named), texts)
    names = Fresh(lambda: NameFinder(vocabulary), texts)
    records = Fresh(lambda: Tagger(vocabulary=vocabulary).tag, whole)
    plain = NameFinder(vocabulary)
    scale: dict[str, float] = {}
    ways: dict[str, Contestant] = {COLD: naive.cold, WARM: naive.warm}
    missing = []
    for name, package, make in OTHERS:
        if contestants.installed(package):
            ways[name] = over(texts, make(named))
        else:
            missing.append(name)
    ways["EntityRuler, texts"] = over(texts, contestants.ruler(named, tokens=False))
    part = texts[:SLICE]
    ways["EntityRuler, tokens *"] = over(part, contestants.ruler(named, tokens=True))
    scale["EntityRuler, tokens *"] = size / (sum(map(len, part)) / 1e6)
    ways["bare Aho-Corasick, the limit"] = over(texts, contestants.aho_corasick(named))
    ways["our tokenizer and matcher, whole text"] = over(texts, lambda text: plain(text, plain=True))
    ways["Tagger.find, cold"] = names.cold
    ways["Tagger.find, warm"] = names.warm
    ways["Tagger.tag, the whole record, cold"] = records.cold
    ways["Tagger.tag, the whole record, warm"] = records.warm

    times = interleaved(ways, given.rounds)
    cold, warm = middle(times[COLD]), middle(times[WARM])
    rows = []
    for name, taken in times.items():
        center = middle(taken) * scale.get(name, 1)
        ratios = (f"{cold / center:.2f}", f"{warm / center:.2f}")
        rows.append((name, f"{size / center:.2f}", f"{len(texts) / center:,.0f}", *ratios, spread(taken)))
    rows.extend((name, "not installed", "", "", "", "") for name in missing)
    title = f"{len(texts):,} postings, {size:.1f} MB, {len(named):,} wordings, one core, median of {given.rounds} rounds, {load()}"
    table(title, ("", "MB/s", "postings/s", "× naive cold", "× naive warm", "spread"), rows)
    print(f"* over {len(part)} postings, scaled")
    fresh = NameFinder(vocabulary)
    expected = [plain(text, plain=True) for text in texts]
    wrong = sum(fresh(text) != right for text, right in zip(texts, expected, strict=True))
    wrong += sum(names.way(text) != right for text, right in zip(texts, expected, strict=True))
    print(f"exact on {len(texts):,} postings, cold and warm" if not wrong else f"{wrong} answers differ from the plain way")


if __name__ == "__main__":
    main()
