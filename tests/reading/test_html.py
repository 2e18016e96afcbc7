"""HTML documents to plain text."""

from __future__ import annotations

import pytest

from skillsift.reading.html import html_to_text, looks_like_html
from skillsift.reading.jsonld import job_posting


@pytest.mark.parametrize(
    ("html", "text"),
    [
        pytest.param("<p>One</p><p>Two</p>", "One\nTwo", id="a line a block"),
        pytest.param("<ul><li>Python</li><li>SQL</ul>", "• Python\n• SQL", id="a bullet a list item, closed or not"),
        pytest.param("<ul><li>\n<p>Python</p><p>daily</p></li></ul>", "• Python\ndaily", id="a paragraph in a list item"),
        pytest.param("<li><p></p></li><p>SQL", "SQL", id="an empty item leaves no bullet behind"),
        pytest.param("Py<!-- -->Torch", "PyTorch", id="a comment cuts no word"),
        pytest.param("<!-- Python", "Python", id="a comment that is not closed is text"),
        pytest.param("<script>if (a<b) { s = 'don\"t' }</script>Kept", "Kept", id="signs in a script are no tags"),
        pytest.param('<a title="a > b" href=x>Kept</a>', "Kept", id="signs in an attribute end no tag"),
        pytest.param("3 < 5 and <5 years, R&D <3", "3 < 5 and <5 years, R&D <3", id="signs that are no tags are text"),
        pytest.param("<![foo[ x>Kept", "Kept", id="a declaration that Python's parser refuses"),
        pytest.param("<p>We use <b>Py</b>Torch and <i>SQL</i></p>", "We use PyTorch and SQL", id="inline tags cut no word"),
        pytest.param("One<br>Two<br/>Three", "One\nTwo\nThree", id="line breaks"),
        pytest.param("<td>SQL</td><td>Java</td>", "SQL\nJava", id="table cells do not run together"),
        pytest.param("<p>R&amp;D, C&#43;&#43; &lt;3</p>", "R&D, C++ <3", id="entities"),
        pytest.param("<p>a\n   b\t c</p>", "a b c", id="white space is one space"),
        pytest.param("<pre>Needs:\n- Java\n- SQL</pre>", "Needs:\n- Java\n- SQL", id="but not in what is set as it stands"),
        pytest.param("<script>var java = 1</script><style>go{}</style>Kept", "Kept", id="scripts and styles"),
        pytest.param("<nav>Java jobs</nav>Kept<footer>Scala jobs</footer>", "Kept", id="menus and footers"),
        pytest.param("<nav><ul><li>Java</li></ul></nav>Kept", "Kept", id="what stands in a menu"),
        pytest.param("<svg><title>Go</title></svg><button>Apply</button>Kept", "Kept", id="icons and buttons"),
        pytest.param("<html><head><title>Java</title></head><body>Kept</body></html>", "Kept", id="the head"),
        pytest.param("<html><head><title>Java</title><body><p>Kept", "Kept", id="a head that is not closed"),
        pytest.param("<html><head><meta charset=utf-8><title>Java</title><p>Kept", "Kept", id="a head not closed, and no body tag"),
        pytest.param("<p>Kept <!-- Java --> too</p>", "Kept too", id="comments"),
        pytest.param("<div><p>Kept</span></div></p>", "Kept", id="tags closed in the wrong order"),
        pytest.param("<ul><li></li><li> </li></ul>Kept", "Kept", id="empty bullets"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_text(html: str, text: str) -> None:
    assert html_to_text(html)[0] == text


def test_a_document_cut_off_inside_a_tag_keeps_what_stood_before() -> None:
    assert html_to_text("<p>Kept</p><a href='x")[0].startswith("Kept")


@pytest.mark.parametrize(
    ("html", "title"),
    [
        pytest.param("<h1>ML <em>Engineer</em></h1><p>x", "ML Engineer", id="the first heading"),
        pytest.param("<h1>ML Engineer</h1><h1>About us</h1>", "ML Engineer", id="further ones are not added to it"),
        pytest.param("<h1><img src=logo></h1><h1>ML Engineer</h1>", "ML Engineer", id="one without words is none"),
        pytest.param("<nav><h1>JobBoard</h1></nav><h1>ML Engineer</h1>", "ML Engineer", id="one in a menu is none"),
        pytest.param("<h2>ML Engineer</h2>", None, id="no first heading"),
    ],
)
def test_title(html: str, title: str | None) -> None:
    assert html_to_text(html)[1] == title


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("<!DOCTYPE html><p>x", True),
        ("\n <html lang='en'>", True),
        ("<?xml version='1.0'?><!-- saved --><html>", True),
        ("<body>", True),
        ("<p>A fragment</p>", False),
        ("We write html in <html> tags", False),
        ("<header>No document", False),
        ("", False),
    ],
)
def test_only_whole_documents_are_html(text: str, whole: bool) -> None:
    assert looks_like_html(text) is whole


@pytest.mark.parametrize(
    "unit",
    [
        "<!-- ",
        "<a ",
        '<a href="',
        "<!a ",
        "<?",
        "<![CDATA[",
        "<script>a</",
        "<svg></p>",
        "<h1> ",
        "<div></nav>",
        "<li>",
        "<script application/ld+json>{",
    ],
)
def test_time_grows_with_the_length(unit: str) -> None:
    """Python's parser takes minutes for some of these: what is opened and not closed is searched for again and again."""
    assert len(html_to_text(unit * 40_000)[0]) <= 40_000 * len(unit)
    assert job_posting(unit * 40_000) is None
