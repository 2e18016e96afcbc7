"""Clean a text without losing the way back: every position of the cleaned text knows where it stood in the given one.

What it mends are the traps of real sources: HTML tags and entities, Unicode look-alikes, invisible characters, Markdown
escapes, soft line wraps, and words that a stripped tag glued together ("PythonExperience", "skillsAbility").
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from skillsift.tagging.glue import Unglue
from skillsift.tagging.rewriting import CleanText, Edit, Pass, rewrite
from skillsift.vocabulary.phrases import WORD, words
from skillsift.vocabulary.schema import Vocabulary

# ---- one character for one -----------------------------------------------------------------------------------------------

_PLAIN = {
    **dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2212, 0x00AD, 0xFE63, 0xFF0D), "-"),
    **dict.fromkeys((0x2018, 0x2019, 0x201A, 0x201B, 0x2032, 0x00B4, 0x0060, 0x02BC), "'"),
    **dict.fromkeys((0x201C, 0x201D, 0x201E, 0x201F, 0x2033, 0x00AB, 0x00BB), '"'),
    **dict.fromkeys((0x2014, 0x2015), "–"),
    0x2028: "\n",
    0x2029: "\n",
    0x0B: "\n",
    0x0C: "\n",
    0x85: "\n",
    0x0D: "\n",
    0xB7: "•",
    0xFFFD: " ",
}
_PLAIN.pop(0x00AD)  # a soft hyphen is no hyphen: it is taken out below


class _Fold(dict[int, int | str]):
    """Look-alikes to plain characters, worked out on first sight: one character always stays one."""

    def __missing__(self, code: int) -> int | str:
        char = chr(code)
        plain: int | str = code
        if code in _PLAIN:
            plain = _PLAIN[code]
        elif 0xD800 <= code <= 0xDFFF:
            plain = " "  # half a character: spaCy takes none
        elif code > 127:
            folded = unicodedata.normalize("NFKC", char)
            if len(folded) == 1 and folded != char:
                plain = _PLAIN.get(ord(folded), folded)
            elif char.isspace():
                plain = " "
        elif code < 32 and char not in "\n\t":
            plain = " "
        self[code] = plain
        return plain


_FOLD = _Fold()
_USUAL = bytes((*range(32, 127), 10))
#: With more kinds of unusual characters than this, one pass over the text is quicker than one for each.
_KINDS = 24


def _folded(text: str) -> tuple[str, set[str]]:
    """A text with its look-alikes folded, and which unusual characters it has then."""
    kinds = set(text.encode("utf-8", "surrogatepass").translate(None, _USUAL).decode("utf-8", "surrogatepass"))
    if len(kinds) > _KINDS:
        text = text.translate(_FOLD)
    plains = set()
    for char in kinds:
        plain = _FOLD[ord(char)]
        plain = chr(plain) if isinstance(plain, int) else plain
        plains.add(plain)
        if plain != char and len(kinds) <= _KINDS:
            text = text.replace(char, plain)
    return text, plains


# ---- markup --------------------------------------------------------------------------------------------------------------

_BLOCK = frozenset(
    (
        "address article aside blockquote body br button center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 head header "
        "hr html label main nav ol option p pre section select table tbody td tfoot th thead title tr ul"
    ).split()
)
_TAKEN_OUT = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
_LIGATURES = "\u2026\u2122\ufb00-\ufb06"
_MARK = re.compile(rf"[<&\\{_TAKEN_OUT}{_LIGATURES}]")
_MARKUP = re.compile(
    r"</?(?P<tag>[a-zA-Z][a-zA-Z0-9]{0,11})(?=[\s/>])(?:[^<>\"']|\"[^\"<>]{0,2000}\"|'[^'<>]{0,2000}'){0,80}>"
    r"|&(?P<entity>#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31}\d{0,2});?"
    r"|(?P<escape>\\)(?=[-+.#*_&!()\[\]<>~`|{}$])"
    rf"|[{_TAKEN_OUT}]+"
    rf"|(?P<ligature>[{_LIGATURES}])"
)
#: What is taken out with all that stands in it: a comment, a script, a style sheet; what ends it, and how long it may be (characters).
_OPAQUE = re.compile(r"<(?:!--|(script|style)\b[^<>]{0,500}>)")
_CLOSES: dict[str | None, tuple[re.Pattern[str], int]] = {
    None: (re.compile("-->"), 5_000),
    "script": (re.compile(r"</script\s*>"), 100_000),
    "style": (re.compile(r"</style\s*>"), 100_000),
}


def _marked(text: str) -> Iterator[Edit]:
    """The edits that markup asks for. Where one may begin is looked for first: most texts have few such places."""
    at = 0
    ends: dict[str | None, re.Match[str] | None] = {}  # the next end of each kind: looked for once, not anew for all that are opened
    while mark := _MARK.search(text, at):
        if opened := _OPAQUE.match(text, mark.start()):
            kind, begun = opened[1], opened.end()
            pattern, longest = _CLOSES[kind]
            if kind not in ends or ((known := ends[kind]) and known.start() < begun):
                ends[kind] = pattern.search(text, begun)
            if (end := ends[kind]) and end.start() - begun <= longest:
                yield opened.start(), end.end(), "\n" if kind else ""
                at = end.end()
                continue
        found = _MARKUP.match(text, mark.start())
        if found and (plain := _markup(found)) is not None:
            yield found.start(), found.end(), plain
        at = found.end() if found else mark.end()


def _markup(found: re.Match[str]) -> str | None:
    """What stands for a piece of markup; None leaves it as it is."""
    if tag := found["tag"]:
        tag = tag.lower()
        if tag == "li":
            return "\n• " if found[0][1] != "/" else "\n"
        return "\n" if tag in _BLOCK else ""
    if found["entity"]:
        whole = found[0] if found[0].endswith(";") else found[0] + ";"
        plain = html.unescape(whole)
        if plain == whole or (not found[0].endswith(";") and found["entity"] not in ("amp", "nbsp", "lt", "gt", "quot")):
            return None
        return plain.translate(_FOLD) or " "
    if found["ligature"]:
        return {"\u2026": "...", "\u2122": " "}.get(found[0]) or unicodedata.normalize("NFKC", found[0])
    return ""


# ---- white space ---------------------------------------------------------------------------------------------------------

_SPACE = re.compile(r"[ \t]*\n\s*|[ \t]{2,}|\t")
#: A line's end that may not stay as it is: more white space beside it, or a small letter or a mark that ends something behind it.
_BREAK = re.compile(r"\n(?:\s+|(?<= \n)|(?=[^\W\dA-Z_])|(?=[.,;:)]\s))")
_LAST_WORD = re.compile(r"[^\W_]+$")
#: No linking word is longer (characters).
LONGEST_LINK = 12
#: What opens a heading that may end in a linking word ("What we're looking for"), and what numbers an item.
_ASKS = re.compile(r"[^\w\n]{0,4}(?:what|who|how|why|where)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"\((?:\d{1,2}|[a-z]|[ivx]+)\)")
#: A line in capitals is a heading from as many characters on, which no acronym has.
SHORTEST_CAPITALS = 6


class _Wrapping(NamedTuple):
    """What tells whether a line goes on: names that are written in lower case, and words that end no line."""

    names: frozenset[str]
    linking: frozenset[str]


def _spaced(text: str, wrapping: _Wrapping) -> Iterator[Edit]:
    """The edits that leave single spaces and line ends alone; a line that wraps is joined."""
    if "\t" in text or "  " in text:
        spans = [found.span() for found in _SPACE.finditer(text)]
    else:  # to begin with the line's end is ten times as fast
        spans = []
        for found in _BREAK.finditer(text):
            start, end = found.span()
            spans.append((start - 1, end) if text[start - 1 : start] == " " else (start, end))
    for start, end in spans:
        plain = _space(text, start, end, wrapping)
        if end - start > 1 or text[start] != plain:
            yield start, end, plain


def _space(text: str, start: int, end: int, wrapping: _Wrapping) -> str:
    """What stands for the white space at [start, end)."""
    if end == len(text) or start == 0:
        return "\n" if "\n" in text[start:end] else " "
    after = text[end]
    ending = after in ".,;:)" and text[end + 1 : end + 2].isspace()
    if not (after.islower() or ending) and end - start == 1:
        return "\n" if text[start] == "\n" else " "
    breaks = text.count("\n", start, end)
    if breaks != 1:
        return "\n" if breaks else " "
    if ending:
        return ""
    if after == "(" and text[end - 1] == " " and not _NUMBERED.match(text, end):
        return " "
    if text[start] == " " and _runs_on(text, start, wrapping.linking) and not _ASKS.match(text, text.rfind("\n", 0, start) + 1):
        return " "  # a tag inside a sentence: "Experience with \nPython"
    # A wrapped line goes on in lower case after a word or a comma; a new item or sentence does not, but for names like scikit-learn.
    before = text[start - 1]
    soft = after.islower() and (before.isalpha() or before in ",-(/") and text[end : end + 2] != "o "
    if soft and wrapping.names and (word := WORD.match(text, end)) and word[0] in wrapping.names:
        soft = False
    if soft and before.isupper():  # a heading in capitals wraps into no line: "DESIRABLE", then "python"
        line = text[text.rfind("\n", 0, start) + 1 : start]
        soft = len(line) < SHORTEST_CAPITALS or not line.isupper()
    return " " if soft else "\n"


def _runs_on(text: str, end: int, linking: frozenset[str]) -> bool:
    """Whether what stands before a position ends no line: a word that only links others, a comma, an open bracket."""
    word = _LAST_WORD.search(text, max(0, end - LONGEST_LINK), end)
    return word[0].lower() in linking if word else text[end - 1] in "(,"


_WHOLE = re.compile(r"\S+")
_BLOB = re.compile(r"[A-Za-z0-9+/=_-]{250,}")
#: No word and no address is longer; the tokenizer's time grows with the square of a run without spaces (characters).
LONGEST_RUN = 600


def _overlong(text: str) -> Iterator[Edit]:
    """Runs without a space that no person wrote as a word: encoded files are taken out, the rest is broken up."""
    half = LONGEST_RUN // 2  # a longer run fills one of the halves of this length whole
    if all(text.find(" ", at, at + half) >= 0 or text.find("\n", at, at + half) >= 0 for at in range(0, len(text) - half + 1, half)):
        return
    for run in _WHOLE.finditer(text):
        if run.end() - run.start() <= LONGEST_RUN:
            continue
        at = run.start()
        for blob in _BLOB.finditer(text, run.start(), run.end()):
            yield from _broken(at, blob.start())
            yield blob.start(), blob.end(), "\n"
            at = blob.end()
        yield from _broken(at, run.end())


def _broken(start: int, end: int) -> Iterator[Edit]:
    for at in range(start + LONGEST_RUN, end, LONGEST_RUN):
        yield at, at, "\n"


class Cleaner:
    """Cleans texts with one vocabulary's knowledge of words."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._unglue = Unglue(vocabulary)
        names = (concept.name for concept in vocabulary.concepts.values() if concept.home == vocabulary.packs[0])
        self._wrapping = _Wrapping(frozenset(words(name)[0] for name in names if name[0].islower()), frozenset(vocabulary.text.linking))

    def __call__(self, given: str, *, unglue: bool = True) -> CleanText:
        """Clean a text.

        Args:
            given: any text; HTML and Markdown are read as such.
            unglue: cut words that a source glued together; off for titles, where an inner capital is mostly meant.
        """
        text, unusual = _folded(given)
        passes: list[Pass] = []
        if "<" in text or "&" in text or "\\" in text or any(map(_MARK.match, unusual)):
            for _ in range(3):  # boards send HTML escaped as text, some of them twice
                before = text
                text = rewrite(text, _marked(text), passes)
                if text == before:
                    break
        text = rewrite(text, _spaced(text, self._wrapping), passes)
        text = rewrite(text, _overlong(text), passes)
        if unglue:
            text = rewrite(text, self._unglue(text), passes)
        return CleanText(text, given, tuple(passes))
