"""How long whole processes take to start and answer, beside one that only makes spaCy's blank pipeline.

python tests/bench/startup.py [--rounds 11]
"""

from __future__ import annotations

import argparse
import subprocess
import sys

from rounds import interleaved, load, middle, quietly, skillsift, spread, table

POSTING = "Senior ML Engineer\n\nRequirements: 5+ years of Python or Java. Kubernetes is a plus.\n"
BASE = "spacy.blank('en')"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=11)
    given = parser.parse_args()
    command = skillsift()
    commands = {
        BASE: [sys.executable, "-c", "import spacy; spacy.blank('en')"],
        "import spacy": [sys.executable, "-c", "import spacy"],
        "echo text | skillsift tag": [command, "tag"],
        "skillsift --help": [command, "--help"],
        "skillsift --version": [command, "--version"],
        "skillsift vocab list": [command, "vocab", "list"],
    }
    for words in commands.values():  # the files are in the system's cache, the modules are compiled
        subprocess.run(words, input=POSTING, text=True, check=True, stdout=subprocess.DEVNULL)
    runs = {name: lambda words=words: quietly(words, input=POSTING, text=True) for name, words in commands.items()}
    times = interleaved(runs, given.rounds)
    base = middle(times[BASE])
    rows = [(name, f"{middle(taken) * 1000:.0f}", f"{middle(taken) / base:.2f}", spread(taken)) for name, taken in times.items()]
    table(f"whole processes, median of {given.rounds} rounds, {load()}", ("", "ms", f"of {BASE}", "spread"), rows)


if __name__ == "__main__":
    main()
