"""Phrases as the pattern files write them, and what they stand for (`patterns/README.md`, Phrases)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, product
from operator import mul

#: A phrase stands for no more wordings: each bracket doubles them, and forty of them would fill any memory.
MOST_WORDINGS = 20_000

#: A word, or one punctuation mark. The tokenizer splits the same way, so a phrase and the text it must match agree.
WORD = re.compile(r"[^\W_]+|[^\w\s]|_")

_BRACKET = re.compile(r"[()\[\]<>]")
_PIECE = re.compile(r"\(([^()\[\]<>]*)\)|\[([^()\[\]<>]*)\]|<([a-z][a-z0-9-]*)>|([^()\[\]<>]+)")


class PhraseError(ValueError):
    """A phrase that cannot be read; the text says why."""


def expand(phrase: str, lists: Mapping[str, Sequence[str]] | None = None) -> tuple[str, ...]:
    """All wordings that a phrase stands for, in order, each once.

    Args:
        phrase: with `(s)` for may-stand-or-not, `[a|b]` for exactly-one-of, `<name>` for any phrase of a list.
        lists: the named lists, their own phrases still unexpanded.

    Raises:
        PhraseError: a bracket is left open, the list is not known, or there are more than `MOST_WORDINGS`.

    >>> expand("evaluat[e|ing] model(s)")
    ('evaluate model', 'evaluate models', 'evaluating model', 'evaluating models')
    """
    if not _BRACKET.search(phrase):
        return (" ".join(phrase.split()),)
    return _expand(phrase, lists) if "<" in phrase else _expand_plain(phrase)


@lru_cache(maxsize=1 << 14)
def _expand_plain(phrase: str) -> tuple[str, ...]:
    """A phrase without lists: the loader checks it, and the matcher is built from it."""
    return _expand(phrase, None)


def _expand(phrase: str, lists: Mapping[str, Sequence[str]] | None) -> tuple[str, ...]:
    options: list[Sequence[str]] = []
    at = 0
    for piece in _PIECE.finditer(phrase):
        if piece.start() != at:
            break
        at = piece.end()
        optional, choice, name, plain = piece.groups()
        if optional is not None:
            options.append(("", *optional.split("|")))
        elif choice is not None:
            options.append(choice.split("|"))
        elif name is not None:
            if lists is None or name not in lists:
                raise PhraseError(f"no list called <{name}> in lists.toml")
            options.append([wording for entry in lists[name] for wording in expand(entry)])
        else:
            options.append((plain,))
    if at != len(phrase):
        raise PhraseError("a bracket is not closed, or stands inside another")
    if any(count > MOST_WORDINGS for count in accumulate(map(len, options), mul)):  # never the whole product: it may have any length
        raise PhraseError(f"stands for more than {MOST_WORDINGS:,} wordings; make several phrases of it")
    return tuple(dict.fromkeys(" ".join("".join(parts).split()) for parts in product(*options)))


@lru_cache(maxsize=1 << 16)
def words(wording: str) -> tuple[str, ...]:
    """The words of one wording as the tokenizer would split them; a hyphen is a space."""
    return tuple(WORD.findall(wording.replace("-", " ")))


def variants(wording: str) -> tuple[tuple[str, ...], ...]:
    """The wording's words, and the same with every slash between words left out ("ci/cd" also matches "CI CD")."""
    whole = words(wording)
    inner = tuple(word for at, word in enumerate(whole) if word != "/" or at in (0, len(whole) - 1))
    return (whole,) if inner == whole else (whole, inner)
