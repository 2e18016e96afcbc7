"""skillsift: which skills a job posting requires, prefers or mentions, how senior it is, and why.

>>> import skillsift
>>> tagged = skillsift.tag("Requirements: 5+ years of Python. Kubernetes is a plus.")
>>> {skill.id: str(skill.level) for skill in tagged.skills}
{'python': 'required', 'kubernetes': 'preferred'}
>>> tagged.experience.min
5
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from skillsift.errors import InputError, SkillsiftError, UsageError, VocabularyError
    from skillsift.model import Posting, Stated, TaggedPosting
    from skillsift.tagging.tagger import Tagger, tag
    from skillsift.vocabulary import Vocabulary

__version__ = "0.1.0"
__all__ = [
    "InputError",
    "Posting",
    "SkillsiftError",
    "Stated",
    "TaggedPosting",
    "Tagger",
    "UsageError",
    "Vocabulary",
    "VocabularyError",
    "__version__",
    "tag",
]

# Names are looked up on first use, so that `skillsift --version` does not wait for spaCy.
_HOMES = {
    "InputError": "skillsift.errors",
    "SkillsiftError": "skillsift.errors",
    "UsageError": "skillsift.errors",
    "VocabularyError": "skillsift.errors",
    "Posting": "skillsift.model",
    "Stated": "skillsift.model",
    "TaggedPosting": "skillsift.model",
    "Tagger": "skillsift.tagging.tagger",
    "tag": "skillsift.tagging.tagger",
    "Vocabulary": "skillsift.vocabulary",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'skillsift' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
