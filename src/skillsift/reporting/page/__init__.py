"""A report as one self-contained web page: opens from disk, asks the network for nothing.

Charts are drawn in the reader's browser by Observable Plot (with the d3 that it stands on), whose published files lie in `vendor/`
and go into each page: half a megabyte. It was weighed against Altair, which would go into the page as Vega (over a megabyte, which
compiles expressions to functions unless told otherwise) or as finished SVG from vl-convert; both want 95 MB installed. Plot needs no
Python package, no `eval` (so that the policy below can forbid it), draws to the width of the screen at hand, and takes its colours
from the page's style, so that light, dark and print are the style sheet's business.

What postings say is text wherever it goes: Jinja2 escapes it in the tables, the data for the charts is JSON in which "<" cannot
occur, and the scripts set text, never markup. A Content-Security-Policy names the page's own scripts and style by their digests:
should anything slip through, no browser runs it or fetches for it.

`templates/` holds the page, its style and its scripts; `view` says what of the figures goes into it.
"""

from skillsift.reporting.page.render import render

__all__ = ["render"]
