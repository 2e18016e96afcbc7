"""Cells that no spreadsheet takes for a formula: a posting may name itself `=HYPERLINK(…)`, and a table of it is opened with a click.

An apostrophe goes before a cell that begins with one of `= + - @`, a tab or a carriage return, as OWASP has it
(https://owasp.org/www-community/attacks/CSV_Injection); before one that would read as such a guarded cell too, so that `unguarded` takes
off no apostrophe that was not put there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from skillsift.model import TaggedPosting
from skillsift.tagging.flat import flatten

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


def guarded(cell: str) -> str:
    """A cell that a spreadsheet shows as text."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """What a cell was before `guarded`."""
    return cell[1:] if _GUARDED.match(cell) else cell


def flatten_guarded(tagged: TaggedPosting) -> Sequence[str]:
    """`flatten`, with every cell guarded."""
    return [guarded(cell) for cell in flatten(tagged)]
