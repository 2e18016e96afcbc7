"""skillsift tag: one posting, or a few."""

from __future__ import annotations

import gc
import json
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from skillsift.cli import common
from skillsift.cli.starting import load_spacy
from skillsift.errors import SkillsiftError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from skillsift.model import Posting, TaggedPosting


class Format(StrEnum):
    """How to print a tagged posting."""

    CARD = "card"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    NAMES = "names"


def tag(
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="FILE", help="Postings: text, Markdown, HTML, PDF, or tables of them. None or - reads standard input."),
    ] = None,
    format: Annotated[
        Format | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="card, json, jsonl, csv or names. Without it: a card on a terminal, JSON Lines into a pipe.",
        ),
    ] = None,
    title: Annotated[
        str | None, typer.Option("--title", metavar="TITLE", help="The job title. Without it, a short first line that reads like one.")
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", "-e", help="Show the words, section and reason behind each skill, and what was dropped and why.")
    ] = False,
    show_text: Annotated[bool, typer.Option("--show-text", help="Show the posting with its skills highlighted.")] = False,
    html: Annotated[
        str | None,
        typer.Option(
            "--html",
            metavar="FILE",
            help="Write a page with the skills highlighted, each with its reason on hover and focus; - to standard output.",
        ),
    ] = None,
    safe_csv: common.SafeCsvOption = True,
    pack: common.PackOption = None,
    from_: common.FromOption = None,
    encoding: common.EncodingOption = None,
) -> None:
    """Tag postings: skills by level, seniority, stage, and why.

    Example: pbpaste | skillsift tag
    """
    printing = html is None or (format is not None and html != "-")
    format = format or (Format.CARD if common.is_terminal() else Format.JSONL)
    names = files or ["-"]
    if files is None and sys.stdin.isatty():
        common.echo("skillsift: paste a posting, then press Ctrl-D", err=True)
    from skillsift.reading.streams import shown

    gc.disable()  # nothing that start-up builds is ever freed, and collecting it costs a tenth of the answer
    load_spacy()
    from skillsift.tagging.tagger import Tagger

    tagger = Tagger(common.packs(pack))
    code = 0
    printed = 0
    records: list[dict[str, object]] = []
    page: list[TaggedPosting] = []
    for name in names:
        try:
            for posting in _postings(name, from_, encoding, title):
                tagged = tagger.tag(posting)
                if tagged.error is not None:
                    code = max(code, 1)
                    common.warn(f"{shown(name)}: {tagged.error}")
                if html is not None:
                    page.append(tagged)
                if not printing:
                    continue
                if format == Format.JSON:
                    records.append(tagged.to_dict(explain=explain))
                else:
                    _print(tagged, format, explain, show_text, first=printed == 0, safe=safe_csv)
                printed += 1
        except SkillsiftError as error:
            if len(names) == 1:
                raise
            common.warn(str(error))
            code = max(code, error.exit_code)
    if html is not None:
        from skillsift.reporting.highlight import to_html

        common.write_file(html, to_html(page, dropped=explain))
    if printing and format == Format.JSON:
        common.echo(json.dumps(records[0] if len(records) == 1 else records, ensure_ascii=not common.unicode_ok(), indent=2))
    if code:
        raise typer.Exit(code)


def _postings(name: str, format: str | None, encoding: str | None, title: str | None) -> Iterator[Posting]:
    from dataclasses import replace

    from skillsift.reading import open_source
    from skillsift.tagging.tagger import find_title

    source = open_source(name, format=format, encoding=encoding)
    for row in source.rows:
        posting = row.posting
        if title is not None:
            posting = replace(posting, title=title)
        elif posting.title is None and posting.error is None:
            posting = replace(posting, title=find_title(posting.text))
        yield posting
    common.warn_of(source)


def _print(tagged: TaggedPosting, format: Format, explain: bool, show_text: bool, *, first: bool, safe: bool) -> None:
    if format == Format.JSONL:
        common.echo(json.dumps(tagged.to_dict(explain=explain), ensure_ascii=not common.unicode_ok()))
    elif format == Format.NAMES:
        for skill in tagged.skills:
            common.echo(f"{skill.level}\t{common.printable(skill.name)}")
    elif format == Format.CSV:
        import csv

        from skillsift.tagging.flat import COLUMNS, flatten
        from skillsift.tagging.safecsv import guarded

        writer = csv.writer(sys.stdout, lineterminator="\n")
        if first:
            writer.writerow(["id", "title", *COLUMNS])
        cells = [tagged.id or "", tagged.title or "", *flatten(tagged)]
        writer.writerow(map(guarded, cells) if safe else cells)
    else:
        from skillsift.cli.card import print_card

        print_card(tagged, explain=explain, show_text=show_text, first=first)
