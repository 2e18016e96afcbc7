"""What lets the commands that tag answer sooner."""

from __future__ import annotations

import sys
from types import ModuleType

from skillsift.tagging.garbage import uncollected

#: What `import spacy` takes a function from; with it come all of spaCy's own commands, and the HTTP clients that those fetch models with.
_COMMANDS = "spacy.cli.info"


def load_spacy() -> None:
    """Import spaCy without its own commands: a third of the modules and of the time, and nothing here calls them."""
    if "spacy" in sys.modules:
        return
    stand_in = ModuleType(_COMMANDS)
    vars(stand_in)["__getattr__"] = lambda name: None
    sys.modules[_COMMANDS] = stand_in
    try:
        with uncollected():  # no module is ever garbage
            import spacy  # noqa: F401
    finally:
        del sys.modules[_COMMANDS]  # whoever asks for them later gets the real ones
