"""Fuzz a parser: coverage-guided with atheris where that is installed, else the same functions under a plain random mutator.

    python tests/fuzz/run.py TARGET… [--seconds 60] [--runs N] [--seed 1] [--plain]

The time, or the number of runs, is shared among the targets. A crash ends it with exit code 1 and leaves the input as `crash-TARGET-…` in
the working directory: copy it to `seeds/TARGET/`, where the test suite tries it from then on, and mend what it found.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import os
import random
import subprocess
import sys
import tempfile
import time
import traceback
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).parent
NAMES = ("text", "html", "jsonld", "table", "json", "any", "toml", "importers")
#: An input that takes longer than this is a crash (seconds): none is longer than a few hundred bytes.
SLOW = 20


def main() -> int:
    """Run each target for its share; the first exit code that is not 0."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"all without; {', '.join(NAMES)}")
    parser.add_argument("--seconds", type=float, default=0, help="for all targets together")
    parser.add_argument("--runs", type=int, default=0, help="for all targets together")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plain", action="store_true", help="the plain mutator, though atheris is there")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    asked.targets = asked.targets or list(NAMES)
    if unknown := [name for name in asked.targets if name not in NAMES]:
        parser.error(f"{unknown[0]}: no such target; known: {', '.join(NAMES)}")
    if not (asked.seconds or asked.runs):
        asked.seconds = 60
    guided = not asked.plain and find_spec("atheris") is not None
    if asked.one:
        return _guided(asked.targets[0], asked.seconds, asked.runs, asked.seed)
    print(f"fuzzing with {'atheris' if guided else 'the plain mutator'}", flush=True)
    total = 0
    for name in asked.targets:
        seconds, runs = asked.seconds / len(asked.targets), asked.runs // len(asked.targets)
        if guided:
            # libFuzzer ends its process, so each target has one of its own; what it instruments slows nothing else down.
            words = [sys.executable, __file__, name, "--one", f"--seconds={seconds}", f"--runs={runs}", f"--seed={asked.seed}"]
            done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", check=False)
            count = _count(done.stdout)
            if done.returncode:
                print(done.stdout[-6000:])
                print(f"{name}: crashed; the input is left as crash-{name}-… here")
                return 1
        else:
            count = _plain(name, seconds, runs, asked.seed)
            if count < 0:
                return 1
        if count == 0:
            print(f"{name}: nothing was run")
            return 1
        print(f"{name}: {count:,} runs", flush=True)
        total += count
    print(f"{total:,} runs, no crash")
    return 0


def _count(said: str) -> int:
    """The number of runs that libFuzzer tells at its end."""
    numbers = [int(line.split()[1]) for line in said.splitlines() if line.startswith("Done ")]
    return numbers[-1] if numbers else 0


def _guided(name: str, seconds: float, runs: int, seed: int) -> int:
    """One target under atheris; does not return."""
    import atheris

    # Of this package alone: spaCy and the standard library are not ours to explore.
    with atheris.instrument_imports(include=["skillsift"]):
        targets = importlib.import_module("targets")
    function, longest = targets.TARGETS[name]
    with tempfile.TemporaryDirectory() as corpus:
        for at, content in enumerate(targets.seeds(name)):
            (Path(corpus) / str(at)).write_bytes(content)
        dictionary = Path(corpus).parent / f"{Path(corpus).name}.dict"
        dictionary.write_text("".join(f'"{_escaped(word)}"\n' for word in targets.words(name)), "ascii")
        function(b"")  # what is built on first use takes its time
        arguments = [sys.argv[0], corpus, f"-dict={dictionary}", f"-max_len={longest}", f"-seed={seed}", f"-timeout={SLOW}"]
        arguments += [f"-artifact_prefix=crash-{name}-", "-print_final_stats=0", "-verbosity=1", "-rss_limit_mb=4096"]
        arguments += [f"-max_total_time={max(1, round(seconds))}"] if seconds else []
        arguments += [f"-runs={runs}"] if runs else []
        atheris.Setup(arguments, function)
        atheris.Fuzz()
    return 0


def _escaped(word: bytes) -> str:
    return "".join(chr(byte) if 32 < byte < 127 and byte not in b'"\\' else f"\\x{byte:02x}" for byte in word)


def _plain(name: str, seconds: float, runs: int, seed: int) -> int:
    """One target under the plain mutator: how often it was run; -1 after a crash."""
    import targets

    function, longest = targets.TARGETS[name]
    pool, words = targets.seeds(name), targets.words(name)
    chance = random.Random(f"{name}-{seed}")
    function(b"")
    until = time.monotonic() + seconds if seconds else float("inf")
    count = 0
    while time.monotonic() < until and (not runs or count < runs):
        data = pool[count] if count < len(pool) else mutate(chance, pool, words, longest)
        count += 1
        started = time.monotonic()
        try:
            function(data)
            if time.monotonic() - started > SLOW:
                raise TimeoutError(f"took longer than {SLOW} seconds")
        except Exception:
            traceback.print_exc()
            place = Path(f"crash-{name}-{hashlib.sha256(data).hexdigest()[:16]}")
            place.write_bytes(data)
            print(f"{name}: crashed after {count:,} runs; the input is left as {place}")
            return -1
        if len(pool) < 2000 and chance.random() < 0.01:
            pool.append(data)
    return count


def mutate(chance: random.Random, pool: list[bytes], words: list[bytes], longest: int) -> bytes:
    """A seed with a few changes: bytes and words put in, stretches cut, repeated or taken from another seed."""
    data = bytearray(chance.choice(pool)[:longest])
    for _ in range(chance.randint(1, 6)):
        at = chance.randint(0, len(data))
        until = min(len(data), at + chance.randint(1, 16))
        kind = chance.randrange(6)
        if kind == 0 and data:
            data[min(at, len(data) - 1)] = chance.randrange(256)
        elif kind == 1:
            data[at:at] = chance.choice(words)
        elif kind == 2:
            del data[at:until]
        elif kind == 3:
            data[at:at] = data[at:until] * chance.randint(1, 12)
        elif kind == 4:
            other = chance.choice(pool)
            start = chance.randint(0, len(other))
            data[at:until] = other[start : start + chance.randint(1, 60)]
        else:
            data[at:at] = chance.randbytes(chance.randint(1, 4))
    return bytes(data[:longest])


if __name__ == "__main__":
    sys.path.insert(0, os.fspath(HERE))
    sys.exit(main())
