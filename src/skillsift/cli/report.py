"""skillsift report: which skills the postings ask for, ranked, and what else the postings tell together."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Annotated

import typer

from skillsift import __version__
from skillsift.cli import common, completing
from skillsift.cli.starting import load_spacy
from skillsift.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from skillsift.reading import Source
    from skillsift.reporting.figures import Figures
    from skillsift.tagging.tagger import Tagger

#: The names of `skillsift.reporting.sections.SECTIONS`, told here so that --help loads nothing; a test holds the two together.
SECTIONS = ("against", "trend", "together", "coverage", "asked", "pay", "guide", "beyond", "duplicates")


def report(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT", help="Postings, or what skillsift batch wrote; - reads standard input.")],
    top: Annotated[
        int | None,
        typer.Option("--top", "-n", metavar="N", min=1, help="How many rows to show: 30 skills, and 12 of each section, if not told."),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="COLUMN",
            autocompletion=completing.by,
            help="Split the shares: stage, track, month, company, or any column of the input.",
        ),
    ] = None,
    group: common.GroupOption = None,
    section: Annotated[
        list[str] | None,
        typer.Option(
            "--section",
            "-s",
            metavar="NAME,...",
            help="Show these too: trend (rising and falling over the months), together (what goes together), coverage (how far the "
            "first k skills reach), asked (years, degrees), pay (by stage), guide (what nobody asks for), beyond, against, duplicates.",
        ),
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="Show every section that has something to say.")] = False,
    against: Annotated[
        list[str] | None,
        typer.Option("--against", metavar="FILE", help="Compare with other postings: rising, falling, new, gone. May be repeated."),
    ] = None,
    beyond: Annotated[bool, typer.Option("--beyond", help="Also look for tools that the vocabulary lacks.")] = False,
    csv: Annotated[
        str | None,
        typer.Option(
            "--csv", metavar="FILE", help="Write the whole table as CSV, that of --section where one is named; - to standard output."
        ),
    ] = None,
    md: Annotated[str | None, typer.Option("--md", metavar="FILE", help="Write what is shown as Markdown.")] = None,
    html: Annotated[
        str | None, typer.Option("--html", metavar="FILE", help="Write everything as one web page that opens anywhere, without a network.")
    ] = None,
    json: Annotated[str | None, typer.Option("--json", metavar="FILE", help="Write everything as JSON.")] = None,
    safe_csv: common.SafeCsvOption = True,
    from_: common.FromOption = None,
    text: common.TextOption = None,
    title_column: common.TitleColumnOption = None,
    pack: common.PackOption = None,
    encoding: common.EncodingOption = None,
) -> None:
    """Count how many postings ask for each skill: ranked, split by level, with 95 % intervals. Each ad counts once.

    Example: skillsift report postings.csv
    """
    load_spacy()
    from skillsift.reporting.corpus import collect
    from skillsift.reporting.counts import BY, figures, only
    from skillsift.reporting.tally import tally_source
    from skillsift.tagging.tagger import Tagger

    outputs = common.different_outputs(csv, md, html, json)
    named = _sections(section, against=bool(against))
    beyond = beyond or "beyond" in named
    asked = tuple(name for name in SECTIONS if name in named or (name == "against" and against) or (name == "beyond" and beyond))
    tables = named or asked
    if csv is not None and len(tables) > 1:
        raise UsageError(f"--csv writes one table; name one --section of {', '.join(tables)}")
    if sum(name == "-" for name in (*inputs, *(against or ()))) > 1:
        raise UsageError("standard input (-) is named twice")

    def opened(names: Sequence[str]) -> tuple[list[Source], int]:
        return common.open_sources(names, from_=from_, encoding=encoding, text=text, title=title_column)

    sources, code = opened(inputs)
    others, other_code = opened(against) if against else ([], 0)
    code = max(code, other_code)
    column = by if by not in (None, *BY) else None
    for source in sources:
        if column and source.format not in ("json", "jsonl") and column not in source.header:
            raise UsageError(f"{source.name}: no column {column!r} for --by; it has: {', '.join(source.header[:12])}")
    tagger = Tagger(common.packs(pack))
    vocabulary = tagger.vocabulary
    known = sorted({concept.group for concept in vocabulary.concepts.values()})
    if group is not None and group not in known:
        raise UsageError(f"{group}: no such group; known: {', '.join(known)}")

    with common.progress("reading") as advance:
        tallies = chain.from_iterable(tally_source(source, tagger, column, terms=beyond) for source in sources)
        corpus = collect(common.told(tallies, advance), vocabulary, inputs=[source.name for source in sources], version=__version__)
        compared = None
        if others:
            tallies = chain.from_iterable(tally_source(source, tagger) for source in others)
            compared = collect(common.told(tallies, advance), vocabulary, inputs=[source.name for source in others], version=__version__)
    for source in (*sources, *others):
        common.warn_of(source)
    for read in (corpus, compared):
        if read is not None and not read.reading.read:
            raise InputError("no postings in the input: a table needs a line a posting below its column names")

    found = figures(corpus, vocabulary, by=by, known=reader(tagger) if beyond else None, against=compared)
    if group is not None:
        found = only(found, group, vocabulary)
    skills, rows = (top or 30), (top or 12)
    shown = SECTIONS if full else asked

    from skillsift.reporting.files import to_csv, to_json, to_markdown

    def page(drawn: Figures) -> str:
        from skillsift.reporting.page import render

        return render(drawn)

    writers: tuple[tuple[str | None, Callable[[], str]], ...] = (
        (csv, lambda: to_csv(found, tables[0] if tables else None, safe=safe_csv)),
        (md, lambda: to_markdown(found, skills, shown, rows)),
        (html, lambda: page(found)),
        (json, lambda: to_json(found) + "\n"),
    )
    for file, content in writers:
        if file is not None:
            common.write_file(file, content())
    if "-" not in outputs:
        from skillsift.cli.chart import print_report

        print_report(found, top=skills, sections=shown, rows=rows)
    unread = corpus.reading.unread + (compared.reading.unread if compared else 0)
    if unread:
        common.warn(f"{unread:,} postings could not be read and are not counted")
        code = max(code, 1)
    if code:
        raise typer.Exit(code)


def reader(tagger: Tagger) -> Callable[[str], bool]:
    """Whether a tagger's vocabulary reads something in a term by itself."""

    def reads(term: str) -> bool:
        found = tagger.tag(f"Requirements\n{term}, and more")
        return bool(found.skills or found.dropped or found.signals)

    return reads


def _sections(given: Sequence[str] | None, *, against: bool) -> tuple[str, ...]:
    """The sections that are named, in their order."""
    named = {name.strip() for entry in given or () for name in entry.split(",")}
    unknown = sorted(named - set(SECTIONS))
    if unknown:
        raise UsageError(f"{unknown[0] or '(nothing)'}: no such section; known: {', '.join(SECTIONS)}")
    if "against" in named and not against:
        raise UsageError("--section against compares with other postings: name them with --against FILE")
    return tuple(name for name in SECTIONS if name in named)
