"""The page's HTML without a browser: whole, small, the same each time, and nothing of a posting's in its markup."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillsift.reporting.figures import Evidence
from skillsift.reporting.page import render
from skillsift.reporting.page.render import OWN_SCRIPTS, SCRIPTS, STYLE, asset
from skillsift.reporting.page.view import EVIDENCE_BYTES, data
from skillsift.reporting.page.words import plain

from .made_up import figures, hostile, nothing


class Page(HTMLParser):
    """The elements of a page with their attributes, and the text of each script and style."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.within: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag in ("script", "style"):
            self.within.append((tag, ""))

    def handle_data(self, data: str) -> None:
        if self.cdata_elem:
            self.within[-1] = (self.within[-1][0], self.within[-1][1] + data)

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def policy(self) -> str:
        (policy,) = [each["content"] for each in self.named("meta") if each.get("http-equiv") == "Content-Security-Policy"]
        assert policy is not None
        return policy


@pytest.fixture(scope="module")
def html() -> str:
    return render(figures())


def test_ten_thousand_postings_stay_under_three_megabytes() -> None:
    """With four hundred skills and twenty postings each: more than the guide and a second pack of 250 give."""
    made = figures(skills=400, postings=10_000, evidence=20)
    assert len(render(made).encode()) < 3_000_000
    assert len(data(made)["skills"][0]["evidence"]) >= 10


def test_evidence_gives_way_before_the_page_grows() -> None:
    """Sentences as long as they get, no two alike."""
    made = figures(skills=600, postings=10_000, evidence=20)
    long = [
        replace(skill, evidence=tuple(replace(each, sentence=f"{each.sentence} {'x' * 100}") for each in skill.evidence))
        for skill in made.skills
    ]
    told = data(replace(made, skills=tuple(long)))
    kept = {part: told[part] for part in ("skills", "sentences", "ads")}
    assert len(json.dumps(kept, ensure_ascii=False).encode()) <= EVIDENCE_BYTES
    assert 1 <= len(told["skills"][0]["evidence"]) < 20
    used = [entry for skill in told["skills"] for entry in skill["evidence"]]
    assert {entry[0] for entry in used} == set(range(len(told["ads"])))
    assert {entry[2] for entry in used} == set(range(len(told["sentences"])))


def test_the_policy_names_what_the_page_holds(html: str) -> None:
    page = Page(html)
    digests = {
        kind: {
            f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for of, text in page.within[skip:] if of == kind
        }
        for kind, skip in (("style", 0), ("script", 2))
    }
    rules = dict(rule.strip().split(" ", 1) for rule in page.policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert set(rules["script-src"].split()) == digests["script"]
    assert set(rules["style-src"].split()) == digests["style"]
    assert "unsafe" not in page.policy


def test_the_policy_stands_before_anything_that_it_is_for(html: str) -> None:
    assert html.index("Content-Security-Policy") < min(html.index("<style"), html.index("<title"), html.index("<script"))


def test_nothing_is_fetched_and_no_link_leaves(html: str) -> None:
    for tag, attributes in Page(html).elements:
        assert tag not in ("link", "iframe", "img", "object", "embed", "base"), tag
        assert not {"src", "srcset", "action", "style"} & set(attributes), (tag, attributes)
        assert (attributes.get("href") or "#").startswith("#")


def test_every_link_of_the_page_has_its_end(html: str) -> None:
    page = Page(html)
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {attributes["href"] for attributes in page.named("a")} <= {f"#{id_}" for id_ in ids}


def test_every_chart_has_its_table(html: str) -> None:
    """The next thing behind a chart that is not prose is a table, and it has rows."""
    charts = html.split('<div class="chart"')[1:]
    assert len(charts) == 13
    for rest in charts:
        assert re.search(r"<table.*?<tbody>.*?<tr>.*?</table>", rest, re.DOTALL), rest[:100]


@pytest.mark.parametrize("payload", ["<b>", "</script><script>", "\"'><x y=", "<!--", "]]>", "&lt;", "{{ 7 * 7 }}{% raw %}"])
def test_markup_in_words_makes_no_markup(payload: str) -> None:
    """The elements are those of the same page with harmless words."""
    harmless, page = Page(render(hostile("harmless"))), Page(render(hostile(payload)))
    assert [tag for tag, _ in page.elements] == [tag for tag, _ in harmless.elements]
    assert [set(attributes) for _, attributes in page.elements] == [set(attributes) for _, attributes in harmless.elements]


@settings(max_examples=20)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
def test_any_words_arrive_whole_in_the_data(words: str) -> None:
    made = figures(skills=1, evidence=1, name=words.replace("{}", "") + "{}")
    told = island(render(made))
    assert told["skills"][0]["name"] == plain(made.skills[0].name)
    assert told["sentences"] == [plain(made.skills[0].evidence[0].sentence)]


def island(html: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Page(html).within[1][1])
    return found


def test_a_lone_surrogate_does_not_stop_the_page() -> None:
    assert render(figures(skills=2, evidence=1, name="{}\udc80")).encode()


def test_long_names_are_cut() -> None:
    html = render(figures(skills=1, evidence=1, name="{}" + "x" * 100_000))
    assert len(island(html)["ads"][0][0]) == 120


def test_the_same_figures_give_the_same_page() -> None:
    assert render(figures()) == render(figures())


def test_a_page_of_nothing_says_so() -> None:
    """No skills, no months, no pay: the sections that have nothing go, the others say it."""
    html = render(nothing())
    page = Page(html)
    sections = [each["id"] for each in page.named("section")]
    assert sections == ["skills", "profile", "guide", "read", "method"]
    assert "What 1 job posting asks for" in html
    for told in ("No skill of the vocabulary is named", "No posting states pay", "Every concept of the guide is asked for"):
        assert told in html
    linked = {str(each["href"])[1:] for each in page.named("a")}
    assert linked - {"main"} == set(sections)


def test_a_posting_without_its_text_is_told_all_the_same() -> None:
    made = figures(skills=1, evidence=1)
    bare = replace(made, skills=(replace(made.skills[0], evidence=(Evidence(0, made.skills[0].evidence[0].level, None, 0, 0),)),))
    assert island(render(bare))["skills"][0]["evidence"] == [[0, 0, -1, 0, 0]]


def test_a_skill_that_is_gone_has_its_name_and_nothing_to_open() -> None:
    """It is in the other postings only."""
    made = figures(skills=4, evidence=1)
    assert made.against
    gone = replace(made.against.changes[0], id="forgotten", name="Forgotten art", kind="gone")
    html = render(replace(made, against=replace(made.against, changes=(gone,)), names={**made.names, "forgotten": "Forgotten art"}))
    assert island(html)["names"] == {"forgotten": "Forgotten art"}
    assert '<th scope="row">Forgotten art</th>' in html
    assert 'data-skill="forgotten"' not in html


def test_folders_are_not_published() -> None:
    made = figures()
    assert "/home/someone" not in render(replace(made, reading=replace(made.reading, inputs=("/home/someone/jobs.csv",))))


def test_assets_may_stand_within_their_elements() -> None:
    for name in (*SCRIPTS, *OWN_SCRIPTS):
        assert not re.search(r"</script|<!--", asset(name), re.IGNORECASE), name
    assert "</style" not in asset(STYLE)


def test_the_library_says_what_it_is_and_under_which_licence(html: str) -> None:
    """The versions told in the licence, and in each page, are those of the files."""
    licence = asset("vendor/LICENSE.txt")
    for name, pattern in zip(SCRIPTS, (r"d3js\.org v([\d.]+)", r"observablehq/plot v([\d.]+)"), strict=True):
        version = re.search(pattern, asset(name)[:200])
        assert version
        assert version[1] in licence
    assert "Permission to use, copy, modify" in html
