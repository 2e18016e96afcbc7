"""A report as CSV, Markdown or JSON."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from skillsift.model import LEVELS
from skillsift.reporting.figures import Count, Figures, Reading
from skillsift.reporting.sections import SECTIONS, Cell, Kind, written

_MARKUP = re.compile(r"[\\|\[\]`*]")
#: Rows of a section that are shown where no number is given.
SHOWN = 12


def to_csv(report: Figures, section: str | None = None) -> str:
    """One row a skill; with `--by` a column a group behind, its share of that group's postings.

    Args:
        section: write the table of this section instead; empty but for its columns where it has nothing to say.
    """
    if section is not None:
        table = SECTIONS[section](report)
        return _csv([name for name, _ in table.columns], table.rows) if table else ""
    facts = ("id", "name", "group", "guide", "pack", "postings", "share", "low", "high", *map(str, LEVELS))
    groups = report.by.groups if report.by else ()
    rows = []
    for skill in report.skills:
        shares = [report.by.share(skill.id, at) for at in range(len(groups))] if report.by else []
        rows.append((*(getattr(skill, fact) for fact in facts), *shares))
    return _csv([*facts, *(f"share: {group.name}" for group in groups)], rows)


def _csv(header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([round(cell, 4) if isinstance(cell, float) else cell for cell in row] for row in rows)
    return out.getvalue()


def to_markdown(report: Figures, top: int, sections: Sequence[str] = (), shown: int = SHOWN) -> str:
    """A table for a page, a line that says what was counted, and one that says how.

    Args:
        top: skills in it.
        sections: further parts, by name, each with at most `shown` rows.
    """
    groups = report.by.groups if report.by else ()
    lines = [
        f"**{report.reading.postings:,} postings**: " + told(report.reading),
        "",
        "| # | skill | group | postings | share (95 %) | required | preferred | mentioned |"
        + "".join(f" {_cell(group.name)} ({group.postings}) |" for group in groups),
        "|---:|---|---|---:|---:|---:|---:|---:|" + "---:|" * len(groups),
    ]
    for at, skill in enumerate(report.skills[:top], 1):
        shares = "".join(f" {report.by.share(skill.id, place):.0%} |" for place in range(len(groups))) if report.by else ""
        levels = " | ".join(str(skill.at(level)) for level in LEVELS)
        share = f"{skill.share:.0%} ({skill.low:.0%}–{skill.high:.0%})"
        lines.append(f"| {at} | {_cell(skill.name)} | {_cell(skill.group)} | {skill.postings} | {share} | {levels} |{shares}")
    for section in sections:
        table = SECTIONS[section](report)
        if table is None:
            continue
        lines += ["", f"### {_cell(table.title.capitalize())}", "", _cell(table.note), ""]
        rows = table.first(shown)
        if not rows:
            lines.append("None.")
            continue
        lines.append("| " + " | ".join(_cell(name) for name, _ in table.columns) + " |")
        lines.append("|" + "".join("---|" if kind == Kind.TEXT else "---:|" for _, kind in table.columns))
        for row in rows:
            cells = (_cell(written(value, kind)) for value, (_, kind) in zip(row, table.columns, strict=True))
            lines.append("| " + " | ".join(cells) + " |")
    return "\n".join([*lines, "", f"*{_how(report.reading)}*"]) + "\n"


def _how(reading: Reading) -> str:
    version = f"skillsift {reading.version}" if reading.version else "skillsift"
    return (
        "Each ad counts once: copies of a text, and texts at least 85 % alike under the same company and title, are one. "
        f"Shares with 95 % Wilson intervals. {version}, vocabulary {' + '.join(reading.packs)} {reading.digest[:19]}."
    )


def to_json(report: Figures) -> str:
    """Everything, for scripts: the figures under their own names."""
    given = asdict(report)
    reading = given.pop("reading")
    del given["names"], given["by"]
    for skill in given["skills"]:
        if report.by is not None:
            skill["by"] = {group.name: report.by.share(skill["id"], at) for at, group in enumerate(report.by.groups)}
    digest = reading.pop("digest")
    whole = {
        **reading,
        "vocabulary": digest,
        "groups": _counts(report.by.groups) if report.by else {},
        **given,
        "stages": _counts(report.stages),
        "tracks": _counts(report.tracks),
    }
    return json.dumps(_rounded(whole), ensure_ascii=False, indent=2)


def _counts(counts: Sequence[Count]) -> dict[str, int]:
    return {count.name: count.postings for count in counts}


def _rounded(value: Any, key: str = "") -> Any:
    """Floats to four places, a p to three figures: what is behind them is noise in a file."""
    if isinstance(value, float):
        return float(f"{value:.3g}") if key == "p" else round(value, 4)
    if isinstance(value, Mapping):
        return {name: _rounded(inner, name) for name, inner in value.items()}
    return [_rounded(inner) for inner in value] if isinstance(value, (list, tuple)) else value


def told(reading: Reading) -> str:
    """What was read and what was left out, in one line."""
    near = len(reading.near_duplicates)
    parts = [f"{reading.read:,} read", f"{reading.duplicates + near:,} duplicates counted once" + (f" ({near:,} near)" if near else "")]
    parts.append(f"{reading.unread:,} could not be read")
    parts.append(f"{reading.without_sections:,} without headings")
    return ", ".join(part for part in parts if not part.startswith("0 "))


def _cell(text: object) -> str:
    """Text of a posting in a Markdown table: no pipe, line, tag, link or image of its own."""
    return " ".join(_MARKUP.sub(r"\\\g<0>", str(text)).replace("<", "&lt;").split())
