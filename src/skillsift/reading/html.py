"""HTML documents to plain text: a line a block, a bullet a list item, without scripts and menus."""

from __future__ import annotations

import html as entities
import re
from html.parser import HTMLParser

_BLOCK = frozenset(
    "address article aside blockquote br center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr main nav ol p pre "
    "section table tbody tfoot thead tr ul option select button label title td th li".split()
)
_HIDDEN = frozenset(("script", "style", "noscript", "template", "svg", "nav", "footer", "iframe", "head", "button", "select"))
#: What may stand in a head; anything else ends one that was not closed, as browsers have it.
_IN_HEAD = frozenset(("title", "meta", "link", "base", "script", "style", "noscript", "template"))
_LOOKS = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_SPACE = re.compile(r"[^\S\n]+")
_OPAQUE = re.compile(r"<!--|<(script|style)(?=[\s/>])", re.IGNORECASE)
_CLOSES = {
    "": re.compile(r"--\s{0,20}>"),
    "script": re.compile(r"</script\b[^<>]*+>?", re.IGNORECASE),
    "style": re.compile(r"</style\b[^<>]*+>?", re.IGNORECASE),
}
_TAG = re.compile(r"""<(?:(/?[a-z][^\s/<>]{0,40})(?:[^<>"']++|"[^"]*+"|'[^']*+')*+>|[!?][^<>]*+>)?""", re.IGNORECASE)
#: How deep elements are looked at; how long a title may be, where its heading is not closed (characters).
_DEPTH = 100
_TITLE = 300


def looks_like_html(text: str) -> bool:
    """Whether a text is a whole HTML document; a fragment with tags in it is read as text, where its tags are mended."""
    return bool(_LOOKS.match(text[:4000]))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.title: list[str] = []
        self._hidden: list[str] = []
        self._in_heading = False
        self._titled = False
        self._preformatted = 0
        self._item_begun = False  # a list item is opened, and has no word yet

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "body" or (self._hidden == ["head"] and tag not in _IN_HEAD):
            self._hidden.clear()
        if tag in _HIDDEN and len(self._hidden) < _DEPTH:
            self._hidden.append(tag)
        if tag == "h1":
            # Only the first with words in it: further ones head other parts of the page.
            self._in_heading = not self._titled
        self._preformatted += tag == "pre"
        if tag in _BLOCK and not self._hidden and not (self._item_begun and tag in ("p", "div")):
            self.parts.append("\n• " if tag == "li" else "\n")
            self._item_begun = tag == "li"

    def handle_endtag(self, tag: str) -> None:
        if tag in self._hidden:
            while self._hidden and self._hidden.pop() != tag:
                pass
        if tag == "h1":
            self._in_heading = False
        self._preformatted -= tag == "pre" and self._preformatted > 0
        if tag in _BLOCK and not self._hidden:
            self.parts.append("\n")
            self._item_begun = False

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        self._item_begun = self._item_begun and data.isspace()
        if self._in_heading:
            self.title.append(data)
            self._titled = self._titled or not data.isspace()
        self.parts.append(data if self._preformatted else re.sub(r"\s+", " ", data))


def html_to_text(html: str) -> tuple[str, str | None]:
    """The text of an HTML document, and its first heading, which is mostly the job title.

    Args:
        html: a whole document; broken markup is read as well as it can be.
    """
    reader = _Reader()
    reader.feed(_TAG.sub(_plain_tag, _without_scripts(html)))
    reader.close()
    lines = (_SPACE.sub(" ", line).strip() for line in "".join(reader.parts).split("\n"))
    text = "\n".join(line for line in lines if line and line != "•")
    title = _SPACE.sub(" ", "".join(reader.title)).strip()[:_TITLE]
    return text, title or None


def _without_scripts(html: str) -> str:
    """A document without its comments, scripts and styles.

    They are taken out first, since Python's parser takes a time that grows with the square of what is opened and not closed. A comment
    that is not closed is read as text; behind a script that is not, nothing is.
    """
    kept: list[str] = []
    at = 0
    closed = True  # whether a comment can still be closed
    while found := _OPAQUE.search(html, at):
        kept.append(html[at : found.start()])
        at = found.end()
        kind = (found[1] or "").lower()
        end = _CLOSES[kind].search(html, at) if kind or closed else None
        if end is not None:
            at = end.end()
        elif kind:
            at = len(html)
        else:
            closed = False
    kept.append(html[at:])
    return "".join(kept)


def _plain_tag(found: re.Match[str]) -> str:
    """A tag without its attributes, which are not needed and may be endless; nothing for a declaration; else the sign itself."""
    if found[1]:
        return f"<{found[1]}>"
    return "" if len(found[0]) > 1 else "&lt;"


def fragment_to_text(fragment: object) -> str:
    """The text of a description as boards and career pages send it: HTML, that escaped once more, or plain.

    Args:
        fragment: anything but a string is no text.
    """
    if not isinstance(fragment, str):
        return ""
    if "<" not in fragment and "&lt;" in fragment:
        fragment = entities.unescape(fragment)
    return html_to_text(fragment)[0] if "<" in fragment else entities.unescape(fragment).strip()


def one_line(value: object) -> str | None:
    """A title or a name as one line without entities; None where there is none."""
    return " ".join(entities.unescape(value).split()) or None if isinstance(value, str) else None
