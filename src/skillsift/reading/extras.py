"""Libraries that only some formats need: imported where they are used, and asked for by name where they are missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from skillsift.errors import UsageError


def needed(module: str, extra: str, why: str) -> Any:
    """A module of an optional library.

    Args:
        module: its name for import.
        extra: skillsift's extra that installs it.
        why: what it is needed for, as the beginning of the message.

    Raises:
        UsageError: it is not installed.
    """
    try:
        return import_module(module)
    except ImportError:
        raise UsageError(f"{why}: pip install 'skillsift[{extra}]' lets skillsift read it") from None
