"""skillsift gap: what a person has against what postings require."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Annotated

import typer

from skillsift import __version__
from skillsift.cli import common, completing
from skillsift.cli.starting import load_spacy
from skillsift.errors import InputError, UsageError
from skillsift.model import Stage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from skillsift.tagging.tagger import Tagger


def gap(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT", help="Postings, or what skillsift batch wrote (JSON Lines keep alternatives); - reads standard input."
        ),
    ],
    have: Annotated[
        list[str] | None,
        typer.Option(
            "--have",
            metavar="SKILLS",
            autocompletion=completing.skill_list,
            help='What you have, with commas: "python, docker, sql"; ids, names or other wordings. "" for nothing yet.',
        ),
    ] = None,
    resume: Annotated[
        str | None,
        typer.Option(
            "--resume", metavar="FILE", help="Your resume as text, Markdown or HTML: every skill it names, unless negated, is had."
        ),
    ] = None,
    stage: Annotated[
        list[Stage] | None,
        typer.Option("--stage", metavar="STAGE", help="Only postings of this stage: entry, mid, senior or staff. May be repeated."),
    ] = None,
    top: Annotated[int, typer.Option("--top", "-n", metavar="N", min=1, help="How many skills and postings each list shows.")] = 8,
    csv: Annotated[str | None, typer.Option("--csv", metavar="FILE", help="Write all missing skills as CSV; - to standard output.")] = None,
    md: Annotated[str | None, typer.Option("--md", metavar="FILE", help="Write the shown tables as Markdown.")] = None,
    json: Annotated[str | None, typer.Option("--json", metavar="FILE", help="Write everything as JSON.")] = None,
    safe_csv: common.SafeCsvOption = True,
    from_: common.FromOption = None,
    text: common.TextOption = None,
    title_column: common.TitleColumnOption = None,
    pack: common.PackOption = None,
    encoding: common.EncodingOption = None,
) -> None:
    """Say which required skills you lack, and what to learn next. A posting is open when you have a skill for each of its requirements.

    Example: skillsift gap --have "python, docker, sql" postings.csv
    """
    if have is None and resume is None:
        raise UsageError('say what you have: --have "python, sql" or --resume FILE')
    if resume == "-" and "-" in inputs:
        raise InputError("standard input cannot be both the resume and the postings; name a file for one of them")
    outputs = common.different_outputs(csv, md, json)
    load_spacy()
    from skillsift.reporting.demands import read_demands
    from skillsift.reporting.gap import find_gap
    from skillsift.reporting.path import guide_path
    from skillsift.tagging.tagger import Tagger

    sources, code = common.open_sources(inputs, from_=from_, encoding=encoding, text=text, title=title_column)
    tagger = Tagger(common.packs(pack))
    had, unknown = _named(have or [], tagger)
    if resume is not None:
        had += [id_ for id_ in _of_resume(resume, encoding, tagger) if id_ not in had]
    code = max(code, unknown)
    demands = chain.from_iterable(read_demands(source, tagger) for source in sources)
    with common.progress("reading") as advance:
        found = find_gap(
            common.told(demands, advance),
            had,
            tagger.vocabulary,
            guide_path(),
            stages=stage or (),
            lessons=max(top, 20),
            nearest=max(top, 20),
        )
    for source in sources:
        common.warn_of(source)
    if not found.read:
        raise InputError("no postings in the input: a table needs a line a posting below its column names")

    from skillsift.reporting.gap_files import to_csv, to_json, to_markdown

    for file, content in (
        (csv, to_csv(found, safe=safe_csv)),
        (md, to_markdown(found, top)),
        (json, to_json(found, version=__version__) + "\n"),
    ):
        if file is not None:
            common.write_file(file, content)
    if "-" not in outputs:
        from skillsift.cli.gap_chart import print_gap

        print_gap(found, top=top)
    if found.unread:
        common.warn(f"{found.unread:,} postings could not be read and are not counted")
        code = max(code, 1)
    if code:
        raise typer.Exit(code)


def _named(have: Iterable[str], tagger: Tagger) -> tuple[list[str], int]:
    """The ids of the skills given by name, and the exit code: 1 where some are not known, which is told; the rest counts.

    Raises:
        UsageError: none of them is known.
    """
    from skillsift.vocabulary.names import names_of, no_skill, plain

    known = names_of(tagger.vocabulary)
    names = [name.strip() for text in have for name in re.split(r"[,;\n]", text) if name.strip()]
    faults = [no_skill(name, tagger.vocabulary) for name in names if plain(name) not in known]
    if names and len(faults) == len(names):
        raise UsageError("; ".join(faults))
    for fault in faults:
        common.warn(f"{fault}; it is left out")
    return list(dict.fromkeys(known[plain(name)] for name in names if plain(name) in known)), bool(faults)


def _of_resume(name: str, encoding: str | None, tagger: Tagger) -> list[str]:
    """The ids of the skills that a resume names.

    Raises:
        InputError: it cannot be read, or names no skill.
    """
    from skillsift.reading import open_source
    from skillsift.reading.streams import shown
    from skillsift.reporting.demands import skills_of_resume

    source = open_source(name, encoding=encoding)
    found: dict[str, None] = {}
    for row in source.rows:
        tagged = tagger.tag(row.posting)
        if tagged.error is not None:
            raise InputError(f"{shown(name)}: {tagged.error}")
        found.update(dict.fromkeys(skills_of_resume(tagged)))
    common.warn_of(source)
    if not found:
        raise InputError(f"{shown(name)}: names no skill of the vocabulary; give what you have with --have")
    return list(found)
