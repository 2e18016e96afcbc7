"""Figures to the page's HTML."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from skillsift.reporting.figures import Figures
from skillsift.reporting.page import view, words

#: Run in this order: the library, what is told by the page, then what the page does with it.
SCRIPTS = ("vendor/d3.min.js", "vendor/plot.umd.min.js")
OWN_SCRIPTS = ("templates/data.js", "templates/tables.js", "templates/ranking.js", "templates/evidence.js", "templates/charts.js")
STYLE = "templates/page.css"


def render(figures: Figures) -> str:
    """The whole page.

    Args:
        figures: what the report found. Names, sentences and ads in them may hold anything; none of it gets to be markup.

    Returns:
        HTML, to be written as UTF-8. The same figures give the same page, byte for byte.
    """
    scripts = [*map(asset, SCRIPTS), "\n".join(map(asset, OWN_SCRIPTS))]
    style = asset(STYLE)
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            figures=figures,
            shown=view.shown(figures),
            data=words.plain(view.data(figures)),
            policy=policy(scripts, style),
            scripts=[Markup(script) for script in scripts],
            style=Markup(style),
            licence=Markup(asset("vendor/LICENSE.txt")),
        )
    )


def policy(scripts: list[str], style: str) -> str:
    """The Content-Security-Policy (CSP level 2) under which these scripts and this style run, and nothing else does or is fetched."""
    allowed = " ".join(map(_digest, scripts))
    return f"default-src 'none'; script-src {allowed}; style-src {_digest(style)}; base-uri 'none'; form-action 'none'"


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def asset(name: str) -> str:
    """The text of a file beside this module."""
    return files("skillsift.reporting.page").joinpath(name).read_text("utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("skillsift.reporting.page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=words.plain,
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":"), "allow_nan": False}
    environment.filters |= {
        "cut": words.cut,
        "date": words.date,
        "file": words.file,
        "money": words.money,
        "number": words.number,
        "percent": words.percent,
        "points": words.points,
        "times": words.times,
    }
    return environment
