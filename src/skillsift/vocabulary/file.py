"""One pattern file: its tables, and the lines they and their values stand on, which tomllib does not tell."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any

from skillsift.errors import Fault

_HEADER = re.compile(r"""\s*\[\s*"?([\w-]+)"?\s*\]\s*(?:#.*)?$""")
_KEY = re.compile(r"\s*([\w-]+)\s*=")
_QUOTED = re.compile(r'"([^"\n]*)"')
#: tomllib takes a time that grows with the square of such a key's parts.
_MOST_PARTS = 99
_ENDLESS_KEY = re.compile(rf"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){{{_MOST_PARTS}}}""")


class PatternFile:
    """One pattern file: its tables, and the lines they and their values stand on (tomllib keeps none)."""

    def __init__(self, label: str, source: bytes, faults: list[Fault]) -> None:
        self.label = label
        self.faults = faults
        self.tables: dict[str, Any] = {}
        self._lines: list[str] = []
        self._headers: dict[str, int] = {}
        self._starts: list[int] = []
        self._fields: dict[str, list[int]] = {}  # the lines on which a key, or a text in quotes, stands
        self._values: dict[str, list[int]] = {}
        try:
            text = source.decode("utf-8")
            self._lines = text.splitlines()
            if any(line.count(".") >= _MOST_PARTS for line in text.split("\n")) and _ENDLESS_KEY.search(text):
                raise tomllib.TOMLDecodeError("a key of a hundred parts or more")
            self.tables = tomllib.loads(text)
        except UnicodeDecodeError as error:
            self.fault(1, f"not UTF-8 (byte {error.start}): save the file as UTF-8")
        except tomllib.TOMLDecodeError as error:
            at = re.search(r"\(at line (\d+)", str(error))
            self.fault(int(at[1]) if at else max(1, len(self._lines)), f"not TOML: {_one_line(str(error).split(' (at ')[0])}")
        except (ValueError, RecursionError) as error:  # a number of thousands of digits; brackets in brackets in brackets
            self.fault(1, f"not TOML that can be read: {_one_line(str(error))}")

    def fault(self, place: int | tuple[str, ...], message: str) -> None:
        """Note a fault at a line, or at (table, field, value); looking a place up is slow, so it is done for faults alone."""
        self.faults.append(Fault(self.label, place if isinstance(place, int) else self.line(*place), message))

    def line(self, table: str, field: str | None = None, value: str | None = None) -> int:
        """The line of a table's header, of a field in it, or of a value in that field; the nearest that can be told."""
        if not self._headers:
            self._find_headers()
        start = self._headers.get(table, 0)
        if field is None:
            return start + 1
        if not self._fields:
            self._find_fields()
        after = bisect_right(self._starts, start)
        end = self._starts[after] if after < len(self._starts) else len(self._lines)
        start = self._next(self._fields.get(field), start, end)
        if value is not None:
            start = self._next(self._values.get(value), start, end)
        return start + 1

    @staticmethod
    def _next(lines: Sequence[int] | None, start: int, end: int) -> int:
        """The first of these lines in [start, end), else its start."""
        at = bisect_left(lines or (), start)
        return lines[at] if lines and at < len(lines) and lines[at] < end else start

    def _find_headers(self) -> None:
        for n, text in reversed(list(enumerate(self._lines))):
            if "[" in text and (found := _HEADER.match(text)):
                self._headers[found[1]] = n
        first = min(self._headers.values(), default=len(self._lines))
        for n, text in enumerate(self._lines[:first]):  # what stands above all tables, as in lists.toml
            if found := _KEY.match(text):
                self._headers.setdefault(found[1], n)
        self._starts = sorted(self._headers.values())

    def _find_fields(self) -> None:
        for n, text in enumerate(self._lines):
            if found := _KEY.match(text):
                self._fields.setdefault(found[1], []).append(n)
            for value in _QUOTED.findall(text):
                self._values.setdefault(value, []).append(n)


def _one_line(message: str) -> str:
    return " ".join(message.split())
