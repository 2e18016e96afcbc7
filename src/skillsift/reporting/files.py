"""A report as CSV, Markdown or JSON."""

from __future__ import annotations

import json

from skillsift.model import LEVELS
from skillsift.reporting.counts import Report


def to_csv(report: Report) -> str:
    """One row a skill; with `--by` a column a group behind, its share of that group's postings."""
    frame = report.skills.round({"share": 4, "low": 4, "high": 4})
    if report.by is not None:
        frame = frame.join(report.by.round(4).add_prefix("share: "))
    text: str = frame.to_csv(index=False, lineterminator="\n")
    return text


def to_markdown(report: Report, top: int) -> str:
    """A table for a page, and a line that says what was counted."""
    groups = list(report.by.columns) if report.by is not None else []
    lines = [
        f"**{report.postings:,} postings**: " + told(report),
        "",
        "| # | skill | group | postings | share (95 %) | required | preferred | mentioned |"
        + "".join(f" {_cell(group)} ({report.sizes[group]}) |" for group in groups),
        "|---:|---|---|---:|---:|---:|---:|---:|" + "---:|" * len(groups),
    ]
    for at, row in enumerate(report.skills.head(top).itertuples(index=False)):
        shares = "".join(f" {report.by.iloc[at][group]:.0%} |" for group in groups) if report.by is not None else ""
        levels = " | ".join(str(getattr(row, level)) for level in LEVELS)
        share = f"{row.share:.0%} ({row.low:.0%}–{row.high:.0%})"
        lines.append(f"| {at + 1} | {_cell(row.name)} | {row.group} | {row.postings} | {share} | {levels} |{shares}")
    return "\n".join(lines) + "\n"


def to_json(report: Report) -> str:
    """Everything, for scripts."""
    skills = report.skills.round({"share": 4, "low": 4, "high": 4}).to_dict("records")
    if report.by is not None:
        for skill, shares in zip(skills, report.by.round(4).to_dict("records"), strict=True):
            skill["by"] = shares
    return json.dumps(
        {
            "read": report.read,
            "postings": report.postings,
            "duplicates": report.duplicates,
            "unread": report.unread,
            "without_sections": report.without_sections,
            "stages": report.stages,
            "tracks": report.tracks,
            "groups": report.sizes,
            "skills": skills,
            "vocabulary": report.digest,
        },
        ensure_ascii=False,
        indent=2,
    )


def told(report: Report) -> str:
    """What was read and what was left out, in one line."""
    parts = [f"{report.read:,} read", f"{report.duplicates:,} duplicates counted once"]
    parts.append(f"{report.unread:,} could not be read")
    parts.append(f"{report.without_sections:,} without headings")
    return ", ".join(part for part in parts if not part.startswith("0 "))


def _cell(text: object) -> str:
    return str(text).replace("|", "\\|").replace("\n", " ")
