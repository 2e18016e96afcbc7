"""Near duplicates: the same ad reposted with another date or city, found without comparing every ad with every other.

An ad repeats an earlier one where company and title are the same and the texts are at least 85 % alike. Numbers and the words of the
posting's location are left out of the text beforehand; of the title the location's words, long numbers, and "remote", "hybrid" and
their like. How alike two texts are is the Jaccard similarity of their sets of three words in a row, estimated by MinHash; candidates
are ads that share a band of their signatures.

Sources: Broder, On the resemblance and containment of documents (1997), for shingles and MinHash; Leskovec, Rajaraman and Ullman,
Mining of Massive Datasets, chapter 3.4, for bands. numpy is at hand; a library for this would bring scipy along for twenty lines.
"""

from __future__ import annotations

import re
from binascii import crc32
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from skillsift.model import Posting

#: Two texts at least as alike as this are the same ad.
ALIKE = 0.85
#: Words in a row that make a shingle, and how many shingles a text needs to be told from another.
SHINGLE, LEAST = 3, 30
#: Hash functions; 16 bands of 8 find a pair that is 85 % alike 99 times in 100, one that is 90 % alike always (1 - (1 - s**8)**16).
HASHES, BANDS = 128, 16
#: Earlier ads of one band that an ad is compared with: what keeps a crowd of look-alikes linear.
COMPARED = 32
#: Shingles hashed at a time, so that a text of any length takes the same memory.
_BLOCK = 4096

Signature = NDArray[np.uint32]

_WORD = re.compile(r"[^\W\d_]+")
#: "Level 4" is another job than "Level 5"; a longer number is a date or the ad's own. Single letters are mostly (m/f/d).
_TITLE_WORD = re.compile(r"[^\W\d_]{2,}|\b\d{1,2}\b")
_PLACELESS = frozenset("remote hybrid onsite site telecommute wfh anywhere".split())
_random = np.random.default_rng(20_240_229)
_FACTORS = _random.integers(1, 2**63, size=(HASHES, 1), dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_SHIFTS = _random.integers(0, 2**63, size=(HASHES, 1), dtype=np.uint64)
_PLACES = _random.integers(1, 2**63, size=SHINGLE, dtype=np.uint64) * np.uint64(2) + np.uint64(1)


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """What near duplicates are told by.

    Attributes:
        company, title: as they are compared.
        signature: HASHES minima over the text's shingles.
    """

    company: str
    title: str
    signature: Signature


def sketch(posting: Posting) -> Sketch | None:
    """The sketch of a posting; None where its text is too short to tell it from another."""
    place = set(_WORD.findall((posting.fields.get("location") or "").lower()))
    words = [word for word in _WORD.findall(posting.text.lower()) if word not in place]
    if len(words) < LEAST + SHINGLE - 1:
        return None
    title = [word for word in _TITLE_WORD.findall((posting.title or "").lower()) if word not in place | _PLACELESS]
    company = "".join(_WORD.findall((posting.fields.get("company") or "").lower()))
    return Sketch(company, " ".join(title), _signature(words))


def _signature(words: Sequence[str]) -> Signature:
    hashed = np.fromiter((crc32(word.encode("utf-8", "surrogatepass")) for word in words), np.uint64, len(words))
    length = len(words) - SHINGLE + 1
    shingles = np.zeros(length, np.uint64)
    for place in range(SHINGLE):
        shingles += _mixed(hashed[place : place + length] * _PLACES[place])
    shingles = _mixed(np.unique(shingles))
    minima = np.full(HASHES, np.iinfo(np.uint32).max, np.uint32)
    for start in range(0, len(shingles), _BLOCK):
        block = (shingles[start : start + _BLOCK] * _FACTORS + _SHIFTS) >> np.uint64(32)
        minima = np.minimum(minima, block.min(axis=1).astype(np.uint32))
    return minima


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Bits spread over the whole word (the finaliser of SplitMix64, Steele, Lea and Flood 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def near_duplicates(sketches: Iterable[Sketch | None]) -> dict[int, tuple[int, float]]:
    """Which ads repeat an earlier one.

    Args:
        sketches: of the ads in the order in which they count, the one that is to be kept of several first.

    Returns:
        Index of the ad that is left out → index of the one it repeats, which is itself kept, and their similarity (ALIKE to 1).
    """
    repeats: dict[int, tuple[int, float]] = {}
    signatures: dict[int, Signature] = {}
    bands: defaultdict[tuple[str, str, int, bytes], list[int]] = defaultdict(list)
    rows = HASHES // BANDS
    for at, one in enumerate(sketches):
        if one is None:
            continue
        keys = [(one.company, one.title, band, one.signature[band * rows : (band + 1) * rows].tobytes()) for band in range(BANDS)]
        earlier = {index for key in keys for index in bands.get(key, ())}
        found = max(((_alike(one.signature, signatures[index]), -index) for index in earlier), default=(0.0, 0))
        if found[0] >= ALIKE:
            repeats[at] = (-found[1], found[0])
            continue
        signatures[at] = one.signature
        for key in keys:
            if len(bands[key]) < COMPARED:
                bands[key].append(at)
    return repeats


def _alike(one: Signature, two: Signature) -> float:
    return float(np.mean(one == two))
