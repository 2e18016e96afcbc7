"""The page of a highlighted posting: nothing of a posting gets out of its place, every letter is there, everything can be reached."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import shutil
import subprocess
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillsift import Posting, Tagger
from skillsift.model import LEVELS, TaggedPosting
from skillsift.reporting.highlight import to_html
from skillsift.reporting.highlight.marks import KINDS, Mark, hits, marks_of
from skillsift.reporting.wording import printable

TAGS = {
    *"html head meta title style body div label input span details summary main nav".split(),
    *"h1 h2 ol li a article header p strong dl dt dd mark br".split(),
}
ATTRIBUTES = set(
    "lang charset http-equiv content name class role aria-label aria-labelledby aria-describedby type id checked tabindex href dir".split()
)
HOSTILE = [
    "<script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</title><img src=x onerror=alert(1)>",
    "</textarea><svg/onload=alert(1)>",
    '"><a href="javascript:alert(1)" onclick="alert(1)">x</a>',
    "' autofocus onfocus='alert(1)",
    "<!--<script>-->",
    "]]><![CDATA[<script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "{{ 7 * 7 }}{% raw %}",
    "\x00<scr\x00ipt>\u202e",
]


VOID = {"meta", "input", "br", "img", "link"}


class Page(HTMLParser):
    """What a browser would make of a page: its tags, its attributes, and the texts of its parts."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: Counter[str] = Counter()
        self.attributes: set[str] = set()
        self.ids: list[str] = []
        self.described: list[str] = []
        self.links: list[str] = []
        self.texts: list[str] = []
        self.tips: dict[str, str] = {}
        self._open: list[tuple[str, str]] = []
        self.feed(html)
        self.close()
        assert self._open == [], "every element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags[tag] += 1
        self.attributes |= set(given)
        self.ids += [given["id"]] if "id" in given else []
        self.described += [given["aria-describedby"]] if "aria-describedby" in given else []
        self.links += [given["href"]] if "href" in given else []
        if given.get("class") == "text":
            self.texts.append("")
        if tag not in VOID:
            self._open.append((tag, f"{given.get('class', '')}#{given.get('id', '')}"))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        within = [name for _, name in self._open]
        tip = next((name for name in within if name.startswith("tip#")), None)
        if tip:
            self.tips[tip[4:]] = self.tips.get(tip[4:], "") + data
        elif "text#" in within:
            self.texts[-1] += data


def page(*postings: TaggedPosting, dropped: bool = False) -> Page:
    found = Page(to_html(postings, dropped=dropped))
    assert set(found.tags) <= TAGS
    assert found.attributes <= ATTRIBUTES
    assert all(link.startswith("#p") for link in found.links)
    assert len(found.ids) == len(set(found.ids))
    assert set(found.described) <= set(found.ids)
    return found


def shown(text: str) -> str:
    """A text as an HTML parser gives it back."""
    return printable(text)


@pytest.mark.parametrize("bad", HOSTILE)
def test_a_hostile_posting_stays_text(tagger: Tagger, bad: str) -> None:
    text = f"About {bad}\nRequirements:\n- 5+ years of Python {bad}\n- {bad} Docker\n{bad}: no Java {bad} $100,000 a year {bad}"
    tagged = tagger.tag(Posting(text, title=f"Senior {bad} Engineer", fields={"company": bad}))
    assert {skill.id for skill in tagged.skills} >= {"python", "docker"}
    found = page(tagged, page_error(bad), dropped=True)
    assert found.texts == [shown(text)]
    assert found.tags["style"] == found.tags["title"] == 1


def page_error(bad: str) -> TaggedPosting:
    return TaggedPosting(Posting("", title=bad, error=bad), error=bad)


def test_a_hostile_vocabulary_stays_text(tmp_path: Path) -> None:
    """A pack is a user's own, but it may come from anywhere."""
    (tmp_path / "x.toml").write_text(
        "[basketry]\nname = '<script>\"'\naliases = ['basketry']\nfires = ['We ask for basketry']\nsilent = ['Baskets']\n"
    )
    (tmp_path / "x.toml").rename(tmp_path / '"><b onclick=x>.toml')
    tagged = Tagger(("guide", str(tmp_path))).tag("Requirements: basketry, Python")
    assert "basketry" in {skill.id for skill in tagged.skills}
    page(tagged)


@settings(max_examples=60)
@given(st.text(alphabet=st.characters(blacklist_categories=["Cs"]), max_size=80), st.sampled_from(HOSTILE))
def test_any_text_comes_back_whole(tagger: Tagger, text: str, bad: str) -> None:
    text = f"Python {text} {bad}\nSQL is a plus{text}"
    assert page(tagger.tag(text), dropped=True).texts == [shown(text)]


def test_every_mention_tells_its_reason(tagger: Tagger) -> None:
    tagged = tagger.tag(Posting("Requirements:\n- 5+ years of Python\n- no Java\n", title="Senior Engineer"))
    found = page(tagged)
    tips = " | ".join(found.tips.values())
    assert "Python required, language" in tips
    assert tagged.skills[0].mentions[0].because in tips
    assert "senior signalyears" in tips or "years" in tips
    assert "Java" not in tips
    assert "java dropped" in " | ".join(page(tagged, dropped=True).tips.values())
    assert found.tags["mark"] == len(found.described) == len(found.tips)


def test_the_facts_are_on_top(tagger: Tagger) -> None:
    text = "Requirements:\n- 5+ years of Python or Java\n- Bachelor's degree\nSalary: $100,000 - $120,000 a year\n"
    html = to_html([tagger.tag(Posting(text, title="Senior Engineer"))])
    for words in (
        "<strong>senior</strong>",
        "individual",
        "% sure",
        "5+ years · bachelor’s",
        "$100,000 – $120,000 a year",
        "Python or Java",
    ):
        assert html.index(words) < html.index('class="text"')


def test_several_postings_are_listed_and_linked(tagger: Tagger) -> None:
    found = page(*(tagger.tag(Posting("Python", title=f"Engineer {at}")) for at in range(3)))
    assert found.links == ["#p1", "#p2", "#p3"]
    assert {"p1", "p2", "p3"} <= set(found.ids)
    assert found.tags["h1"] == 1
    assert page(tagger.tag("Python")).tags["h1"] == 1
    assert page().texts == []


def test_the_policy_allows_this_style_and_nothing_else(tagger: Tagger) -> None:
    html = to_html([tagger.tag("Python")])
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert f'content="{policy}"' in html
    assert "{%" not in html
    assert "http:" not in html.replace("http-equiv", "")
    assert "https:" not in html


# ---- marks ---------------------------------------------------------------------------------------------------------------

MARK = st.builds(
    lambda a, b, kind: Mark(min(a, b), max(a, b), kind, "n", "g", "r"), st.integers(0, 12), st.integers(0, 12), st.sampled_from(KINDS)
)


@given(st.lists(MARK, max_size=6))
def test_pieces_are_the_text_and_know_their_marks(marks: list[Mark]) -> None:
    text = "abcdefghijkl"
    found = list(hits(text, marks))
    assert "".join(piece.text for hit in found for piece in hit.pieces) == text
    at = 0
    for hit in found:
        for piece in hit.pieces:
            covering = {mark for mark in marks if mark.start <= at < mark.end}
            assert set(piece.marks) == covering
            assert bool(hit.marks) == bool(covering)
            at += len(piece.text)
    apart = [hit for hit in found if hit.marks]
    assert all(not set(a.marks) & set(b.marks) for a in apart for b in apart if a is not b)


def test_the_strongest_mark_gives_the_colour() -> None:
    marks = [Mark(0, 3, "mentioned", "a", "", ""), Mark(0, 2, "required", "b", "", ""), Mark(1, 3, "signal", "c", "", "")]
    (hit,) = hits("xyz", marks)
    assert [(piece.text, piece.top.kind) for piece in hit.pieces] == [("x", "required"), ("y", "required"), ("z", "mentioned")]
    assert [str(level) for level in LEVELS] == list(KINDS[:3])


def test_what_says_the_same_is_told_once() -> None:
    (hit,) = hits(
        "xyz", [Mark(0, 2, "required", "a", "g", "r"), Mark(1, 3, "required", "a", "g", "r"), Mark(1, 3, "required", "b", "g", "r")]
    )
    assert [mark.name for mark in hit.told] == ["a", "b"]


def test_marks_of_title_and_text(tagger: Tagger) -> None:
    tagged = tagger.tag(Posting("We need Python", title="Senior Engineer"))
    assert [(mark.kind, mark.name) for mark in marks_of(tagged, where="title")] == [("signal", "senior")]
    assert [(mark.kind, mark.name) for mark in marks_of(tagged)] == [(str(tagged.skills[0].level), "Python")]


# ---- in a browser --------------------------------------------------------------------------------------------------------

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.mark.skipif(BROWSER is None, reason="no Chromium here")
def test_a_browser_finds_no_fault(tagger: Tagger, tmp_path: Path) -> None:
    """No complaint on the console, the style is let through by the policy, and no script of a posting runs."""
    assert BROWSER is not None
    text = "Requirements: Python " + " ".join(HOSTILE) + "<img src=https://example.org/x.png>"
    (tmp_path / "page.html").write_text(to_html([tagger.tag(text)]), "utf-8")
    words = ["--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking", f"--user-data-dir={tmp_path / 'profile'}"]
    words += ["--enable-logging=stderr", "--dump-dom", (tmp_path / "page.html").as_uri()]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        words.insert(0, "--no-sandbox")
    done = subprocess.run([BROWSER, *words], capture_output=True, timeout=120, check=False)
    assert done.returncode == 0
    assert b"CONSOLE" not in done.stderr, done.stderr.decode(errors="replace")
    dom = done.stdout.decode("utf-8")
    assert "<script" not in dom
    assert "<img" not in dom
    assert 'class="required' in dom
