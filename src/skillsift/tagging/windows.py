"""The fast path: where a phrase may stand is found by its letters, and spaCy's PhraseMatcher judges each such window once.

Nine tenths of the time of tokenizing and matching a whole text goes into words that no phrase holds. So the text is folded to
one byte a character (lower case, every mark a space), an Aho-Corasick automaton over the folded phrases tells the windows in
which a phrase may stand, and what the matcher said of a window is remembered by the window's own text.

Why this finds what the matcher would find in the whole text, no more and no less (`find_plain` is that way, and a test holds the
two together over arbitrary text):

- *No more*, since every window is judged by the tokenizer and the PhraseMatcher, and counts only where one match covers all of it.
- *The window's tokens are those of the text*, since the tokenizer (`tokens.py`) cuts at every white space and every mark, without
  exceptions: what stands beyond a word's edge does not change the word. A window starts and ends at such edges.
- *No less*, since folding is done character by character and to phrases and texts alike. Two words that follow each other as
  tokens have exactly one space between them (anything else of white space is a token of its own); a mark has none or one on each
  side, and every such spelling of a phrase is a pattern. A phrase with too many marks for that is looked for by its
  longest word, and its window is the whole line, as white space that ends a line is a token no phrase holds. A phrase
  of marks alone is looked for as it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, groupby, product
from math import prod

from ahocorasick_rs import BytesAhoCorasick, Implementation
from spacy.matcher import PhraseMatcher

from skillsift.tagging.tokens import make_tokenizer

#: A phrase found: [start, end) in the text, and the phrase's number.
Found = tuple[int, int, int]

#: Windows whose verdict is remembered; then all are forgotten and learnt anew. About 200 bytes each.
REMEMBERED = 1 << 17
#: A phrase with more spellings than this is looked for by its longest word.
MOST_SPELLINGS = 32
#: With more patterns than this the dense automaton outgrows the processor's caches, and the compact one is faster.
DENSE_UNTIL = 2_000

#: What stands for every word character beyond Latin-1.
_BEYOND = "\xff"
_TABLE = bytes(
    ord(lower) if char.isalnum() and len(lower := char.lower()) == 1 and ord(lower) < 256 else 0xFF if char.isalnum() else 0x20
    for char in map(chr, range(256))
)
_ASCII = bytes(range(128))
#: The few characters beyond Latin-1 whose small letter is not beyond it (the Kelvin sign is a k).
_LOWERED = {0x0178: "ÿ", 0x1E9E: "ß", 0x212A: "k", 0x212B: "å"}


def fold(text: str) -> bytes:
    """A text in lower case with every mark and white space a space: one byte a character, and a space before and behind."""
    if not text.isascii():
        for char in set(text.encode("utf-8", "replace").translate(None, _ASCII).decode("utf-8", "replace")):
            if char > "\xff" and char.isalnum():
                text = text.replace(char, _LOWERED.get(ord(char), _BEYOND))
    return b" " + text.encode("latin-1", "replace").translate(_TABLE) + b" "


class PhraseFinder:
    """Finds phrases in texts. Keep one for many texts: it learns.

    Args:
        phrases: each once, with whether its case counts, and its words as `vocabulary.phrases.words` splits them (in lower
            case where case does not count). A phrase's number is its place here.
    """

    def __init__(self, phrases: Iterable[tuple[bool, tuple[str, ...]]]) -> None:
        self._tokenizer = make_tokenizer()
        self._numbers = {phrase: number for number, phrase in enumerate(phrases)}
        patterns: dict[bytes, dict[_Edge, None]] = {}
        self._marks: dict[str, None] = {}
        for _, words in self._numbers:
            for pattern, edge in _patterns(words):
                patterns.setdefault(pattern, {})[edge] = None
            if not any(map(str.isalnum, words)):
                self._marks.update(dict.fromkeys(_spellings(words)))
        vocab = self._tokenizer.vocab
        add = vocab.strings.add
        self._matchers = {exact: PhraseMatcher(vocab, attr="ORTH" if exact else "LOWER") for exact in (False, True)}
        for exact, matcher in self._matchers.items():
            # The words' hashes in place of a Doc each, as the matcher's own unpickling adds them: a quarter of the time to build.
            hashes = [[add(word) for word in words] for is_exact, words in self._numbers if is_exact == exact]
            matcher.add("phrase", hashes)  # type: ignore[arg-type]
        self._edges = [tuple(edges) for edges in patterns.values()]
        self._automaton = BytesAhoCorasick(
            list(patterns), implementation=Implementation.DFA if len(patterns) <= DENSE_UNTIL else Implementation.ContiguousNFA
        )
        self._judged: dict[str, tuple[int, ...]] = {}

    def find(self, text: str, where: Callable[[int], bool] | None = None) -> list[Found]:
        """All phrases in a text, in text order; of those that start together the shorter first.

        Args:
            where: whether a phrase is wanted that starts at a position; all without.
        """
        edges, judged = self._edges, self._judged
        found: list[Found] = []
        unknown: list[tuple[int, int, str]] = []
        lines: list[tuple[int, int]] = []
        line = 0, 0
        last = len(text)
        for mark in self._marks:
            at = text.find(mark)
            while at >= 0:
                unknown.append((at, at + len(mark), mark))
                at = text.find(mark, at + 1)
        for pattern, start, end in self._automaton.find_matches_as_indexes(fold(text), overlapping=True):
            for before, behind in edges[pattern]:
                low, high = start - before, end - behind
                if low < 0 or high > last:  # the mark would stand outside the text; or a whole line is wanted
                    if before == _LINE[0] and start >= line[1]:
                        line = _line_at(text, start, line[1])
                        lines.append(line)
                    continue
                if where is not None and not where(low):
                    continue
                window = text[low:high]
                if (verdict := judged.get(window)) is None:
                    unknown.append((low, high, window))
                else:
                    for number in verdict:
                        found.append((low, high, number))
        if unknown:
            if new := {window for _, _, window in unknown if window not in judged}:
                self._judge(new)
            found.extend((low, high, number) for low, high, window in unknown for number in judged[window])
        if lines:
            found = list({*found, *(one for one in self._in_lines(text, lines) if where is None or where(one[0]))})
        found.sort()
        return found

    def find_plain(self, text: str) -> list[Found]:
        """The same without the fast path: the whole text tokenized and matched."""
        return sorted(self._matches(text))

    def _judge(self, windows: set[str]) -> None:
        """Ask the matcher which phrases each window is. All are asked at once: a line's end parts them, and no phrase holds one."""
        judged = self._judged
        if len(judged) + len(windows) > REMEMBERED:
            judged.clear()
        judged.update(dict.fromkeys(windows, ()))
        spans: dict[int, tuple[int, str]] = {}
        at = 0
        for window in windows:
            if "\n" not in window:
                spans[at] = at + len(window), window
                at += len(window) + 1
        for start, end, number in sorted(self._matches("\n".join(window for _, window in spans.values()))):
            if start in spans and spans[start][0] == end:
                judged[spans[start][1]] += (number,)

    def _in_lines(self, text: str, lines: Iterable[tuple[int, int]]) -> Iterator[Found]:
        for start, end in lines:
            for low, high, number in self._matches(text[start:end]):
                yield start + low, start + high, number

    def _matches(self, text: str) -> Iterator[Found]:
        doc = self._tokenizer(text.replace("-", " "))  # a hyphen is a space, as in the phrases; positions stay
        for exact, matcher in self._matchers.items():
            for _, first, last in matcher(doc):
                tokens = doc[first:last]
                words = tuple(token.text if exact else token.lower_ for token in tokens)
                yield tokens.start_char, tokens.end_char, self._numbers[exact, words]


def _line_at(text: str, at: int, low: int) -> tuple[int, int]:
    """The line that holds the word at `at` of the fold; none before `low` is looked at, so that one line is looked through once."""
    end = text.find("\n", at)
    return text.rfind("\n", low, at) + 1 or low, end if end >= 0 else len(text)


#: How far a hit's ends stand beyond its window's, and the space that the fold puts before the text.
_Edge = tuple[int, int]
_PLAIN: _Edge = (0, 2)
_LINE: _Edge = (1 << 62, 0)


def _patterns(words: Sequence[str]) -> Iterator[tuple[bytes, _Edge]]:
    """The folded spellings of a phrase, each with the edges of its window; _LINE where that is the whole line.

    A word has a space on each side for its edge. A mark is a space itself, with none or one more on each side of it that has a neighbour.
    """
    if "".join(words).isalnum():
        yield fold(" ".join(words)), _PLAIN
        return
    runs = [(is_word, list(run)) for is_word, run in groupby(words, key=str.isalnum)]
    pieces: list[Sequence[str]] = []
    for at, (is_word, run) in enumerate(runs):
        if is_word:
            pieces.append([fold(" ".join(run))[1:-1].decode("latin-1")])
        else:
            marks = len(run)
            outer = at in (0, len(runs) - 1)
            pieces.append([" " * count for count in range(marks, 2 * marks + (1 if outer else 2))])
    first, last = runs[0][0], runs[-1][0]
    if not first and len(runs) == 1:
        return
    if prod(map(len, pieces)) > MOST_SPELLINGS:
        longest = max((piece[0] for piece, (is_word, _) in zip(pieces, runs, strict=True) if is_word), key=len)
        yield f" {longest} ".encode("latin-1"), _LINE
        return
    edge = (0 if first else 1, 2 if last else 1)
    for spelling in product(*pieces):
        yield f"{' ' * first}{''.join(spelling)}{' ' * last}".encode("latin-1"), edge


def _spellings(marks: Sequence[str]) -> Iterator[str]:
    """A phrase of marks alone with and without a space between each two."""
    for gaps in product(("", " "), repeat=len(marks) - 1):
        yield "".join(chain(*zip(marks, (*gaps, ""), strict=True)))
