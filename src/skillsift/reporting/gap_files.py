"""A gap as CSV, Markdown or JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence

from skillsift.model import STAGES
from skillsift.reporting.gap import NOT_TOLD, Gap, Named, Near

_STAGES = (*map(str, STAGES), NOT_TOLD)


def to_csv(gap: Gap) -> str:
    """One row a missing skill, with its place in the plan where it has one."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["id", "name", "group", "opens", "asked", "share", *_STAGES, "plan", "path", "path_step"])
    places = {lesson.skill.id: at for at, lesson in enumerate(gap.plan, 1)}
    steps = {entry.step.number: entry.step.name for entry in gap.path}
    for entry in gap.missing:
        skill = entry.skill
        counts = [entry.stages.get(stage, 0) for stage in _STAGES]
        share = round(entry.asked / gap.postings, 4)
        place = places.get(skill.id, "")
        writer.writerow(
            [
                skill.id,
                skill.name,
                skill.group,
                entry.opens,
                entry.asked,
                share,
                *counts,
                place,
                skill.step or "",
                steps.get(skill.step, ""),
            ]
        )
    return out.getvalue()


def to_markdown(gap: Gap, top: int) -> str:
    """Tables for a page: readiness by stage, what to learn next, what is missing, the postings nearest to open, the path."""
    lines = [f"**{gap.open:,} of {gap.postings:,} postings open**: {told(gap)}", ""]
    lines += [
        f"Had: {_names(gap.have) or 'nothing yet'}" + (f"; and so {_names([skill for skill, _ in gap.implied])}" if gap.implied else "")
    ]
    lines += _table(
        "| stage | postings | open | one skill away | needs met |\n|---|---:|---:|---:|---:|",
        [f"{entry.stage} | {entry.postings} | {entry.open} | {entry.near} | {entry.met:.0%}" for entry in gap.stages],
    )
    lines += _table(
        "| learn next | opens | open then | path |\n|---|---:|---:|---|",
        [f"{at}. {_cell(e.skill.name)} | {e.opens} | {e.open} | {_step(gap, e.skill)}" for at, e in enumerate(gap.plan[:top], 1)],
    )
    lines += _table(
        f"| missing | opens | asked | {' | '.join(_STAGES)} | path |\n|---|---:|---:|{'---:|' * len(_STAGES)}---|",
        [
            " | ".join(
                map(str, [_cell(e.skill.name), e.opens, e.asked, *(e.stages.get(stage, 0) for stage in _STAGES), _step(gap, e.skill)])
            )
            for e in gap.missing[:top]
        ],
    )
    lines += _table(
        "| nearest | stage | met | lacks |\n|---|---|---:|---|",
        [
            f"{_cell(label(near))} | {near.stage or NOT_TOLD} | {near.met} of {near.needs} | {_cell(', '.join(lacks(near)))}"
            for near in gap.nearest[:top]
        ],
    )
    lines += _table(
        "| path | had | missing, most asked for first |\n|---|---:|---|",
        [f"{e.step.number}. {e.step.name} | {e.had} of {e.asked} | {_cell(_names(e.missing[:top])) or '-'}" for e in gap.path],
    )
    return "\n".join(lines) + "\n"


def to_json(gap: Gap) -> str:
    """Everything, for scripts."""
    return json.dumps(
        {
            "have": [skill.id for skill in gap.have],
            "implied": {skill.id: source.id for skill, source in gap.implied},
            "read": gap.read,
            "duplicates": gap.duplicates,
            "unread": gap.unread,
            "others": gap.others,
            "silent": gap.silent,
            "postings": gap.postings,
            "open": gap.open,
            "near": gap.near,
            "stages": [
                {"stage": e.stage, "postings": e.postings, "open": e.open, "near": e.near, "met": round(e.met, 4)} for e in gap.stages
            ],
            "plan": [{**_skill(gap, e.skill), "opens": e.opens, "open": e.open} for e in gap.plan],
            "missing": [{**_skill(gap, e.skill), "opens": e.opens, "asked": e.asked, "stages": dict(e.stages)} for e in gap.missing],
            "path": [
                {"step": e.step.id, "name": e.step.name, "asked": e.asked, "had": e.had, "missing": [skill.id for skill in e.missing]}
                for e in gap.path
            ],
            "nearest": [
                {
                    "id": e.id,
                    "title": e.title,
                    "company": e.company,
                    "stage": e.stage,
                    "needs": e.needs,
                    "met": e.met,
                    "lacks": [[skill.id for skill in need] for need in e.lacks],
                }
                for e in gap.nearest
            ],
            "vocabulary": gap.digest,
        },
        ensure_ascii=False,
        indent=2,
    )


def told(gap: Gap) -> str:
    """What was read and what was left out, in one line."""
    parts = [f"{gap.near:,} more with one skill", f"{gap.read:,} read", f"{gap.duplicates:,} duplicates counted once"]
    parts += [f"{gap.others:,} of another stage", f"{gap.silent:,} require no skill of the vocabulary", f"{gap.unread:,} could not be read"]
    return ", ".join(part for part in parts if not part.startswith("0 "))


def label(near: Near) -> str:
    """How a posting is called: its title and company, else its id."""
    return ", ".join(filter(None, (near.title, near.company))) or near.id or "untitled"


def lacks(near: Near) -> list[str]:
    """What a posting lacks, alternatives joined."""
    return [" or ".join(skill.name for skill in need) for need in near.lacks]


def _skill(gap: Gap, skill: Named) -> dict[str, object]:
    return {"id": skill.id, "name": skill.name, "group": skill.group, "path": gap.path[skill.step - 1].step.id if skill.step else None}


def _step(gap: Gap, skill: Named) -> str:
    return f"{skill.step}. {gap.path[skill.step - 1].step.name}" if skill.step else "-"


def _names(skills: Sequence[Named]) -> str:
    return ", ".join(skill.name for skill in skills)


def _table(head: str, rows: Sequence[str]) -> list[str]:
    return ["", head, *(f"| {row} |" for row in rows)] if rows else []


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
