"""Postings as one page of HTML: their text with every skill highlighted by level, the reason on hover and focus, the facts on top.

spaCy's displaCy does not serve here: as entities it draws no overlapping mentions, as spans it needs tokens, and in both it writes inline
styles of fixed colours (no dark mode, no strict content security policy) and nothing that a keyboard could reach.
"""

from skillsift.reporting.highlight.page import to_html

__all__ = ["to_html"]
