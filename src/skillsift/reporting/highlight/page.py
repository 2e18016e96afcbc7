"""The page: what the template is given, and its rendering."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files

from skillsift.model import LEVELS, UNSURE_BELOW, Skill, TaggedPosting
from skillsift.reporting.highlight.marks import Hit, hits, marks_of
from skillsift.reporting.wording import degree, pay, printable, years


@dataclass(frozen=True, slots=True)
class Entry:
    """One posting as the template shows it."""

    title: tuple[Hit, ...]
    name: str
    text: tuple[Hit, ...]
    stage: str
    track: str
    sure: str
    unsure: bool
    facts: tuple[tuple[str, str], ...]
    levels: tuple[tuple[str, tuple[tuple[str, tuple[Skill, ...]], ...]], ...]
    any_of: tuple[str, ...]
    error: str | None


def to_html(postings: Iterable[TaggedPosting], *, dropped: bool = False) -> str:
    """One page for all of the postings: self-contained, without scripts, and with a content security policy that allows none.

    Args:
        dropped: mark the candidates that do not count, too.
    """
    from jinja2 import Environment, StrictUndefined

    entries = [_entry(tagged, dropped) for tagged in postings]
    groups = sorted({group for entry in entries for _, by_group in entry.levels for group, _ in by_group})
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
    folder = files(__package__ or "")
    style = environment.from_string((folder / "page.css").read_text("utf-8")).render(groups=len(groups))
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    template = environment.from_string((folder / "page.html.j2").read_text("utf-8"))
    return template.render(
        postings=entries,
        groups=groups,
        number={group: at for at, group in enumerate(groups)},
        style=style,
        digest=digest,
        dropped=dropped,
        levels=LEVELS,
    )


def _entry(tagged: TaggedPosting, dropped: bool) -> Entry:
    title = printable(tagged.title or "Untitled posting")
    return Entry(
        title=tuple(hits(title, marks_of(tagged, where="title") if tagged.title else ())),
        name=title,
        text=tuple(hits(printable(tagged.posting.text), marks_of(tagged, dropped=dropped))),
        stage=str(tagged.stage or "stage not told"),
        track=str(tagged.track),
        sure=("" if tagged.stage is None else f"{tagged.confidence:.0%} sure"),
        unsure=tagged.stage is not None and tagged.confidence < UNSURE_BELOW,
        facts=tuple((label, printable(said)) for label, said in _facts(tagged) if said),
        levels=tuple((str(level), _by_group(tagged.at(level))) for level in LEVELS),
        any_of=_alternatives(tagged),
        error=None if tagged.error is None else printable(tagged.error),
    )


def _facts(tagged: TaggedPosting) -> list[tuple[str, str]]:
    asks = [part for part in (years(tagged.experience), degree(tagged.degree)) if part]
    return [
        ("why", " · ".join(tagged.because)),
        ("asks for", " · ".join(asks)),
        ("pays", pay(tagged.salary) if tagged.salary else ""),
        ("note", "" if tagged.sections_found else "no headings recognised: levels rest on each sentence’s own words"),
    ]


def _by_group(skills: Sequence[Skill]) -> tuple[tuple[str, tuple[Skill, ...]], ...]:
    found: dict[str, list[Skill]] = {}
    for skill in skills:
        found.setdefault(skill.group, []).append(skill)
    return tuple((group, tuple(members)) for group, members in found.items())


def _alternatives(tagged: TaggedPosting) -> tuple[str, ...]:
    names = {skill.id: skill.name for skill in tagged.skills}
    return tuple(" or ".join(names.get(id_, id_) for id_ in group) for group in tagged.any_of)
