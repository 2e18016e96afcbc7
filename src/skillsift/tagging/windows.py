"""The fast path: where a phrase may stand is found by its letters, and spaCy's PhraseMatcher judges each such window once.

Nine tenths of the time of tokenizing and matching a whole text goes into words that no phrase holds. So the text is folded to
one byte a character (lower case, every mark a space), an Aho-Corasick automaton over the folded phrases tells the windows in
which a phrase may stand, and what the matcher said of a window is remembered by the window's own text. The matcher is told of
a phrase when it first may stand somewhere: most of a large vocabulary never does, and told it would fill the memory.

Why this finds what the matcher would find in the whole text, no more and no less (`find_plain` is that way, and a test holds the
two together over arbitrary text):

- *No more*, since every window is judged by the PhraseMatcher, and counts only where one match covers all of it.
- *The window's tokens are those of the text*, since the tokenizer (`tokens.py`) cuts at every white space and every mark, without
  exceptions: what stands beyond a word's edge does not change the word. A window starts and ends at such edges. So simple a
  cut is `phrases.WORD`'s, and the windows need no tokenizer: white space other than one space between two tokens is a token
  of its own, which no phrase holds, and a window with such is none.
- *No less*, since folding is done character by character and to phrases and texts alike. Two words that follow each other as
  tokens have exactly one space between them (anything else of white space is a token of its own); a mark has none or one on each
  side, and every such spelling of a phrase is a pattern. A phrase with too many marks for that is looked for by its
  longest word, and its window is the whole line, as white space that ends a line is a token no phrase holds. A phrase
  of marks alone is looked for as it stands. The matcher knows all phrases of a pattern before it judges one of its windows.
- *Nor by case*: a window has one pattern only, and if none of the pattern's phrases has a case that counts, then the matcher
  sees small letters alone. Such a window of ASCII is judged, and remembered, in small letters; its tokens are cut alike.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from itertools import chain, groupby, product
from math import prod

from ahocorasick_rs import BytesAhoCorasick, Implementation
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from skillsift.tagging.tokens import make_tokenizer
from skillsift.vocabulary.phrases import WORD

#: A phrase: whether its case counts, and its words.
Phrase = tuple[bool, tuple[str, ...]]
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
        optional: the numbers of those that are wanted in some places only, which `find` is told.
    """

    def __init__(self, phrases: Iterable[Phrase], optional: Container[int] = frozenset()) -> None:
        self._tokenizer = make_tokenizer()
        #: Each phrase's words with a space between, and the numbers of those whose case counts.
        self._phrases: list[str] = []
        self._exact: set[int] = set()
        self._edges: list[tuple[_Edge, ...]] = []
        #: By pattern: the phrases that its windows may be. Of most there is one alone, and no object is made for it.
        self._first = array("l")
        self._others: dict[int, list[int]] = {}
        #: By pattern: whether all of its phrases are optional.
        self._optional = bytearray()
        #: The patterns of phrases whose case counts.
        self._cased: set[int] = set()
        self._marks: dict[str, None] = {}
        always: list[int] = []
        patterns: dict[bytes, int] = {}
        shared: dict[tuple[_Edge, ...], tuple[_Edge, ...]] = {_WORDS: _WORDS}
        for number, (exact, words) in enumerate(phrases):
            self._phrases.append(" ".join(words))
            if exact:
                self._exact.add(number)
            for pattern, edge in _patterns(words):
                at = patterns.setdefault(pattern, len(patterns))
                if at == len(self._first):
                    self._first.append(number)
                    self._edges.append(())
                    self._optional.append(number in optional)
                else:
                    self._others.setdefault(at, []).append(number)
                    self._optional[at] &= number in optional
                if edge not in self._edges[at]:
                    edges = (*self._edges[at], edge)
                    self._edges[at] = shared.setdefault(edges, edges)
                if exact:
                    self._cased.add(at)
                if edge == _LINE:
                    always.append(number)
            if not any(map(str.isalnum, words)):
                self._marks.update(dict.fromkeys(_spellings(words)))
                always.append(number)
                if exact:
                    self._cased.add(_NONE)
        #: No phrase is longer in a text (characters): between its words and marks there is one space at the most.
        self.longest = max(map(len, self._phrases), default=0)
        self._automaton = BytesAhoCorasick(
            patterns, implementation=Implementation.DFA if len(patterns) <= DENSE_UNTIL else Implementation.ContiguousNFA
        )
        vocab = self._tokenizer.vocab
        self._matchers = {exact: PhraseMatcher(vocab, attr="ORTH" if exact else "LOWER") for exact in (False, True)}
        #: The patterns of whose phrases the matchers were told; these phrases, by their words; and the words' hashes.
        self._told: set[int] = {_NONE}
        self._all_told = False
        self._numbers: dict[bool, dict[str, int]] = {False: {}, True: {}}
        self._hashes: dict[str, int] = {}
        self._end = vocab.strings.add("\n")
        self._judged: dict[str, tuple[int, ...]] = {}
        self._tell(always)

    def find(self, text: str, where: Callable[[int], bool] = lambda at: True) -> list[Found]:
        """All phrases in a text, in text order; of those that start together the shorter first.

        Args:
            where: whether an optional phrase is wanted that starts at a position. One that is not may be found all the same, if that
                costs nothing.
        """
        edges, judged, optional = self._edges, self._judged, self._optional
        found: list[Found] = []
        unknown: list[tuple[int, int, str, int]] = []
        lines: list[tuple[int, int]] = []
        line = 0, 0
        last = len(text)
        for mark in self._marks:
            at = text.find(mark)
            while at >= 0:
                unknown.append((at, at + len(mark), mark, _NONE))
                at = text.find(mark, at + 1)
        for pattern, start, end in self._automaton.find_matches_as_indexes(fold(text), overlapping=True):
            if (ends := edges[pattern]) is _WORDS:  # nine in ten: the quick way
                if not optional[pattern] or where(start):
                    high = end - 2
                    window = text[start:high]
                    if (verdict := judged.get(window)) is None:
                        unknown.append((start, high, window, pattern))
                    else:
                        for number in verdict:
                            found.append((start, high, number))
                continue
            for before, behind in ends:
                low, high = start - before, end - behind
                if low < 0 or high > last:  # the mark would stand outside the text; or a whole line is wanted
                    if before == _LINE[0] and start >= line[1]:
                        line = _line_at(text, start, line[1])
                        lines.append(line)
                elif not optional[pattern] or where(low):
                    window = text[low:high]
                    if (verdict := judged.get(window)) is None:
                        unknown.append((low, high, window, pattern))
                    else:
                        for number in verdict:
                            found.append((low, high, number))
        if unknown:
            for (low, high, _, _), verdict in zip(unknown, self._verdicts(unknown), strict=True):
                for number in verdict:
                    found.append((low, high, number))
        if lines:
            found = list({*found, *self._in_lines(text, lines)})
        found.sort()
        return found

    def find_plain(self, text: str) -> list[Found]:
        """The same without the fast path: the whole text tokenized and matched."""
        if not self._all_told:
            self._tell(range(len(self._phrases)))
            self._all_told = True
        return sorted(self._matches(text))

    def _verdicts(self, unknown: Sequence[tuple[int, int, str, int]]) -> list[tuple[int, ...]]:
        """Which phrases each window is, asked where it is not known, and from now on remembered."""
        judged, cased = self._judged, self._cased
        keys = [window if pattern in cased or not window.isascii() else window.lower() for _, _, window, pattern in unknown]
        verdicts = {key: judged[key] for key in keys if key in judged}
        new = {key: one[3] for key, one in zip(keys, unknown, strict=True) if key not in verdicts}
        if new:
            if untold := {*new.values()} - self._told:
                self._tell(number for pattern in untold for number in (self._first[pattern], *self._others.get(pattern, ())))
                self._told |= untold
            verdicts.update(dict.fromkeys(new, ()))
            for exact, asked in ((False, list(new)), (True, [key for key, pattern in new.items() if pattern in cased])):
                for key, number in self._judge(exact, asked) if asked else ():
                    verdicts[key] += (number,)
        found = [verdicts[key] for key in keys]
        verdicts.update([(one[2], verdict) for one, verdict in zip(unknown, found, strict=True)])
        if len(judged) + len(verdicts) > REMEMBERED:
            judged.clear()
        judged.update(verdicts)
        return found

    def _tell(self, numbers: Iterable[int]) -> None:
        """Tell the matchers of phrases. To be told twice does no harm, nor to be broken off and told again."""
        add, hashes = self._tokenizer.vocab.strings.add, self._hashes
        new: dict[bool, list[list[int]]] = {False: [], True: []}
        for number in numbers:
            phrase, exact = self._phrases[number], number in self._exact
            self._numbers[exact][phrase] = number
            row = []
            for word in phrase.split(" "):
                if (value := hashes.get(word)) is None:
                    value = hashes[word] = add(word)
                row.append(value)
            new[exact].append(row)
        for exact, phrases in new.items():
            if phrases:
                # The words' hashes in place of a Doc each, as the matcher's own unpickling adds them: a quarter of the time.
                self._matchers[exact].add("phrase", phrases)  # type: ignore[arg-type]

    def _judge(self, exact: bool, windows: Iterable[str]) -> Iterator[tuple[str, int]]:
        """Ask a matcher which of the phrases that it was told of each window is.

        All are asked at once: a line's end parts them, which no phrase holds, and stands for every word that no phrase holds.
        """
        end, known = self._end, self._hashes
        hashes: list[int] = []
        asked: dict[int, tuple[int, str, str]] = {}
        for window in windows:
            start = len(hashes)
            if window.isalnum():
                phrase = window if exact else window.lower()
                hashes.append(known.get(phrase, end))
            else:
                spoken = window.replace("-", " ")  # a hyphen is a space, as in the phrases
                if " ".join(spoken.split()) != spoken:  # other white space is a token of its own
                    continue
                words = WORD.findall(spoken) if exact else [word.lower() for word in WORD.findall(spoken)]
                phrase = " ".join(words)
                hashes += [known.get(word, end) for word in words]
            asked[start] = len(hashes), window, phrase
            hashes.append(end)
        for _, first, last in self._matchers[exact](Doc(self._tokenizer.vocab, words=hashes)):  # type: ignore[arg-type]
            if first in asked and asked[first][0] == last:
                _, window, phrase = asked[first]
                yield window, self._numbers[exact][phrase]

    def _in_lines(self, text: str, lines: Iterable[tuple[int, int]]) -> Iterator[Found]:
        for start, end in lines:
            for low, high, number in self._matches(text[start:end]):
                yield start + low, start + high, number

    def _matches(self, text: str) -> Iterator[Found]:
        doc = self._tokenizer(text.replace("-", " "))  # a hyphen is a space, as in the phrases; positions stay
        for exact, matcher in self._matchers.items():
            for _, first, last in matcher(doc):
                tokens = doc[first:last]
                phrase = " ".join([token.text if exact else token.lower_ for token in tokens])
                yield tokens.start_char, tokens.end_char, self._numbers[exact][phrase]


def _line_at(text: str, at: int, low: int) -> tuple[int, int]:
    """The line that holds the word at `at` of the fold; none before `low` is looked at, so that one line is looked through once."""
    end = text.find("\n", at)
    return text.rfind("\n", low, at) + 1 or low, end if end >= 0 else len(text)


#: How far a hit's ends stand beyond its window's, and the space that the fold puts before the text.
_Edge = tuple[int, int]
_PLAIN: _Edge = (0, 2)
_WORDS: tuple[_Edge, ...] = (_PLAIN,)
_LINE: _Edge = (1 << 62, 0)
#: The pattern of a phrase that has none.
_NONE = -1


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
