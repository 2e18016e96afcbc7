"""The page in a real browser: it draws, filters, answers clicks, asks no network, runs nothing of a posting's, and is open to everyone."""

from __future__ import annotations

import base64
import csv
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from skillsift.reporting.page import render
from skillsift.reporting.page.words import plain

from .conftest import Browser
from .made_up import figures, hostile, nothing

PAYLOADS = {
    "script": "</script><script>window.ran = 1</script>",
    "handler": '"><img src=x onerror="window.ran = 1"><svg onload="window.ran = 1">',
    "attribute": "' onmouseover='window.ran = 1' autofocus onfocus='window.ran = 1",
    "address": '<a href="javascript:window.ran = 1">x</a><iframe src="https://example.org/"></iframe>',
    "style": "</style><style>body { display: none }</style><link rel=stylesheet href=https://example.org/x.css>",
    "comment": "<!--<script> {{ 7 * 7 }} ${window.ran = 1} \\u003c/script> \u2028 \u202e \x00",
}


@pytest.fixture(scope="session")
def page(written: Callable[[str, str], Path]) -> Path:
    return written("made up", render(figures()))


def visible_rows(browser: Browser) -> list[str]:
    """The skills that the ranking shows, top down."""
    return browser.run("return [...document.querySelectorAll('#ranking tbody tr')].filter(row => !row.hidden).map(row => row.dataset.id)")


def choose(browser: Browser, field: str, value: str) -> None:
    browser.run(
        "const field = document.getElementById(arguments[0]); field.value = arguments[1];"
        "field.dispatchEvent(new Event('input', {bubbles: true})); field.dispatchEvent(new Event('change', {bubbles: true}))",
        field,
        value,
    )


def test_every_chart_is_drawn(browser: Browser, page: Path) -> None:
    for width in (1280, 390):
        browser.show(page, width=width)
        drawn = browser.run(
            "return [...document.querySelectorAll('.chart')].map(place => [place.dataset.chart,"
            " place.querySelectorAll('rect, circle, path:not([d=\"\"])').length, place.querySelector('svg').getBoundingClientRect().width])"
        )
        assert {name for name, *_ in drawn} == {
            "split", "trend", "against", "together", "coverage", "stages", "tracks", "years", "degrees", "pay",
        }  # fmt: skip
        assert all(marks >= 2 and wide > 200 for _, marks, wide in drawn), drawn
    bars = browser.run(
        "return [...document.querySelectorAll('#ranking tbody tr:not([hidden]) svg')].map(bar => bar.querySelectorAll('rect').length)"
    )
    assert len(bars) == 30
    assert all(bars)


def test_a_bar_is_as_long_as_its_share(browser: Browser, page: Path) -> None:
    """Against the scale that ends at the highest end of an interval."""
    browser.show(page)
    lengths = browser.run(
        "return [...document.querySelectorAll('#ranking tbody tr:not([hidden]) svg')].map(bar =>"
        " d3.sum(bar.querySelectorAll('rect'), part => Number(part.getAttribute('width'))) / 400)"
    )
    skills = figures().skills
    expected = [skill.share / skills[0].high for skill in skills[:30]]
    assert lengths == pytest.approx(expected, abs=0.01)


def test_nothing_is_logged_and_nothing_leaves_the_page(browser: Browser, page: Path) -> None:
    browser.show(page)
    browser.run("document.querySelector('#ranking tbody tr button').click()")
    assert browser.run("return document.getElementById('evidence').open")
    assert browser.logged() == []
    assert browser.requested() == [page.as_uri()]


def test_a_page_of_nothing_logs_nothing(browser: Browser, written: Callable[[str, str], Path]) -> None:
    browser.show(written("nothing", render(nothing())))
    assert browser.logged() == []


def test_the_policy_forbids_what_is_not_the_page_s_own(browser: Browser, page: Path) -> None:
    """Even were escaping to fail: an inline script, a handler, eval and a fetch are all refused."""
    browser.show(page)
    browser.run(
        "const script = document.createElement('script'); script.textContent = 'window.ran = 1'; document.body.append(script);"
        "document.body.insertAdjacentHTML('beforeend', '<img src=https://example.org/x.png onerror=\"window.ran = 1\">');"
    )
    told: list[str] = []
    browser.until(lambda: told.extend(browser.logged()) or "https://example.org/x.png" in " ".join(told), "the image is refused")
    refused = " ".join(told)
    assert browser.run("return window.ran") is None
    assert "Executing inline script violates" in refused
    assert "Executing inline event handler violates" in refused


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("filter-text", "PYTHON", ["skill-0"]),
        ("filter-text", "learn", ["skill-1", "skill-11", "skill-14", "skill-29"]),
        ("filter-text", "no such thing", []),
        ("filter-group", "language", ["skill-0", "skill-6", "skill-12", "skill-18", "skill-24", "skill-30"]),
    ],
)
def test_the_filter_shows_what_it_is_asked_for(browser: Browser, page: Path, field: str, value: str, expected: list[str]) -> None:
    browser.show(page)
    choose(browser, field, value)
    assert visible_rows(browser) == expected
    assert browser.run("return document.getElementById('filter-told').textContent") == f"{len(expected)} of 32 skills shown"
    choose(browser, field, "")
    assert len(visible_rows(browser)) == 30


def test_a_level_ranks_and_draws_that_level_alone(browser: Browser, page: Path) -> None:
    browser.show(page)
    choose(browser, "filter-level", "preferred")
    expected = sorted((skill for skill in figures().skills if skill.preferred), key=lambda skill: -skill.preferred)
    assert visible_rows(browser) == [skill.id for skill in expected][:30]
    fills = browser.run("return [...new Set([...document.querySelectorAll('#ranking td.bar rect')].map(bar => bar.getAttribute('fill')))]")
    assert fills == ["var(--preferred)"]


def test_headings_sort_and_tell_so(browser: Browser, page: Path) -> None:
    browser.show(page)
    told = "return [...document.querySelectorAll('#ranking thead th')].map(heading => heading.getAttribute('aria-sort'))"
    assert browser.run(told).index("descending") == 4
    browser.run("document.querySelectorAll('#ranking thead th')[5].querySelector('button').click()")
    assert browser.run(told).index("descending") == 5
    by_required = [skill.id for skill in sorted(figures().skills, key=lambda skill: -skill.required)]
    assert visible_rows(browser) == by_required[:30]
    assert browser.run("return document.getElementById('filter-sort').value") == "5"
    browser.run("document.querySelectorAll('#ranking thead th')[1].querySelector('button').click()")
    assert browser.run(told).index("ascending") == 1
    names = {skill.id: skill.name.lower() for skill in figures().skills}
    shown = [names[id_] for id_ in visible_rows(browser)]
    assert shown == sorted(shown)


def test_all_skills_are_a_click_away(browser: Browser, page: Path) -> None:
    browser.show(page)
    more = "document.getElementById('more')"
    assert browser.run(f"return {more}.textContent") == "Show all 32"
    browser.run(f"{more}.click()")
    assert len(visible_rows(browser)) == 32


def test_a_click_on_a_row_shows_the_sentences(browser: Browser, page: Path) -> None:
    browser.show(page)
    browser.driver.find_element("css selector", "#ranking tbody tr:nth-child(4) td.bar").click()
    skill = figures().skills[3]
    dialog = browser.driver.find_element("id", "evidence")
    assert dialog.find_element("css selector", "h2").text == "SQL"
    assert dialog.find_element("css selector", ".about").text == "data · guide: skills: languages"
    assert f"Named by {skill.postings} of 400 postings" in dialog.find_element("css selector", ".summary").text
    items = dialog.find_elements("css selector", "li")
    assert len(items) == len(skill.evidence) == 6
    assert items[0].find_element("css selector", "blockquote").text == skill.evidence[0].sentence
    assert items[0].find_element("css selector", "mark").text == "SQL"
    assert "Senior ML Engineer 18 · Company 18 · Lisbon" in items[0].text
    assert [item.get_attribute("class") for item in items[:3]] == ["required", "preferred", "mentioned"]


def test_offsets_count_characters_not_utf_16_units(browser: Browser, written: Callable[[str, str], Path]) -> None:
    browser.show(written("astral", render(figures(skills=3, evidence=1, name="𝐏𝐲 {} 🚀"))))
    browser.run("document.querySelector('#ranking button.skill').click()")
    assert browser.run("return document.querySelector('#evidence mark').textContent") == "𝐏𝐲 Python 🚀"


def test_the_keyboard_opens_and_closes_and_comes_back(browser: Browser, page: Path) -> None:
    browser.show(page)
    browser.run("document.querySelector('#ranking tbody tr:nth-child(2) button').focus()")
    ActionChains(browser.driver).send_keys(Keys.ENTER).perform()
    assert browser.run("return [document.getElementById('evidence').open, document.activeElement.id]") == [True, "evidence-name"]
    ActionChains(browser.driver).send_keys(Keys.ESCAPE).perform()
    browser.wait("!document.getElementById('evidence').open")
    assert browser.run("return document.activeElement.dataset.skill") == "skill-1"


def test_the_first_stop_skips_to_the_figures(browser: Browser, page: Path) -> None:
    browser.show(page)
    ActionChains(browser.driver).send_keys(Keys.TAB).perform()
    assert browser.run("return document.activeElement.className") == "skip"
    ActionChains(browser.driver).send_keys(Keys.ENTER).perform()
    assert browser.run("return document.activeElement.id") == "main"


@pytest.mark.parametrize("chart", ["split", "together", "trend", "coverage"])
def test_a_click_into_a_chart_shows_the_sentences(browser: Browser, page: Path, chart: str) -> None:
    browser.show(page, motion=False)
    drawing = browser.driver.find_element("css selector", f".chart[data-chart={chart}] > svg:last-child")
    browser.run("arguments[0].scrollIntoView({block: 'center'})", drawing)
    ActionChains(browser.driver).move_to_element(drawing).pause(0.2).click().perform()
    browser.wait("document.getElementById('evidence').open")


@pytest.mark.parametrize("name", PAYLOADS)
def test_what_postings_say_is_text(browser: Browser, written: Callable[[str, str], Path], name: str) -> None:
    payload = PAYLOADS[name]
    browser.show(written(f"hostile {name}", render(hostile(payload))))
    browser.run("document.querySelectorAll('details').forEach(each => each.open = true)")
    browser.run("document.querySelector('#ranking button.skill').click()")
    browser.wait("document.getElementById('evidence').open")
    assert browser.run("return window.ran") is None
    assert browser.logged() == []
    assert [address for address in browser.requested() if not address.startswith("file:")] == []
    assert browser.run("return document.querySelectorAll('img, iframe, link, script:not([type]), style, main a').length") == 4
    heading = browser.run("return document.querySelector('#evidence h2').textContent")
    shown = plain(payload)
    assert heading == f"{shown} Python"
    assert browser.run("return document.querySelector('#evidence mark').textContent") == shown


def test_what_a_hostile_table_says_is_text(browser: Browser, tmp_path: Path) -> None:
    """All the way from the command line: payloads in the title, company, place, text, and in a column's name and values."""
    table = tmp_path / "<img src=x onerror=window.ran=1>.csv"
    column = PAYLOADS["handler"]
    with table.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["title", "company", "location", "date", "description", column])
        for at, payload in enumerate(list(PAYLOADS.values()) * 2):
            text = f"Requirements:\n- {payload} Python {at} and {'SQL' if at % 2 else 'Docker'} with {payload}"
            writer.writerow([payload, payload, payload, f"2026-0{at % 6 + 1}-01", text, payload])
    out = tmp_path / "report.html"
    code = "import sys; from skillsift.cli import main; sys.argv[0] = 'skillsift'; main()"
    words = [sys.executable, "-c", code, "report", str(table), "--from", "csv", "--by", column, "--beyond", "--html", str(out)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    browser.show(out)
    browser.run("document.querySelectorAll('details').forEach(each => each.open = true)")
    browser.run("document.querySelector('#ranking button.skill').click()")
    assert browser.run("return document.querySelectorAll('#evidence li').length") >= 4
    assert browser.run("return window.ran") is None
    assert browser.logged() == []
    assert browser.requested() == [out.as_uri()]


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (1280, True), (390, False), (390, True)])
def test_axe_finds_nothing_serious(browser: Browser, written: Callable[[str, str], Path], width: int, dark: bool) -> None:
    """Every section and every table, of few skills: what is wrong in one row is wrong in all."""
    browser.show(written("few", render(figures(skills=8, evidence=2))), width=width, dark=dark, motion=False)
    browser.run("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert browser.violations("html") == []
    browser.run("document.querySelector('#ranking button.skill').click()")
    browser.wait("document.getElementById('evidence').open")
    assert browser.violations("#evidence") == []


@pytest.mark.parametrize("width", [320, 390, 600, 768, 1000, 1280])
def test_the_page_is_never_wider_than_the_screen(browser: Browser, page: Path, width: int) -> None:
    browser.show(page, width=width)
    browser.run("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert browser.run("return document.documentElement.scrollWidth") <= width


def test_colours_follow_the_reader_s_choice_and_paper_is_light(browser: Browser, page: Path) -> None:
    colours = {}
    for name, media, dark in (("light", "", False), ("dark", "", True), ("print", "print", True)):
        browser.show(page, dark=dark)
        browser.media(media, dark=dark)
        colours[name] = browser.run("return getComputedStyle(document.body).backgroundColor")
    assert colours["dark"] != colours["light"]
    assert colours["print"] == "rgb(255, 255, 255)"


def test_it_prints(browser: Browser, page: Path) -> None:
    browser.show(page)
    printed = browser.driver.execute_cdp_cmd("Page.printToPDF", {"printBackground": True})
    assert base64.b64decode(printed["data"]).startswith(b"%PDF")
    browser.media("print")
    hidden = browser.run("return ['.contents', '#filter', 'summary'].map(one => getComputedStyle(document.querySelector(one)).display)")
    assert hidden == ["none", "none", "none"]
    assert browser.logged() == []


def test_still_readers_get_no_motion(browser: Browser, page: Path) -> None:
    scrolls = {}
    for motion in (True, False):
        browser.show(page, motion=motion)
        scrolls[motion] = browser.run("return getComputedStyle(document.documentElement).scrollBehavior")
    assert scrolls == {True: "smooth", False: "auto"}


def test_without_javascript_every_figure_is_in_a_table(browser: Browser, page: Path) -> None:
    browser.show(page)
    browser.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    browser.driver.get(page.as_uri())
    rows = browser.driver.find_elements("css selector", "#ranking tbody tr")
    assert len(rows) == 32
    assert all(row.is_displayed() for row in rows)
    assert "JavaScript" in browser.driver.find_element("css selector", "noscript").text
    assert not browser.driver.find_element("id", "filter").is_displayed()
    assert not [place for place in browser.driver.find_elements("css selector", ".chart") if place.is_displayed()]
