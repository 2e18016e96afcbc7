"""skillsift vocab import and export: other tools' vocabularies made into packs, and the vocabulary written for other tools."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from skillsift.cli import common
from skillsift.errors import InputError, UsageError, VocabularyError


class ImportFormat(StrEnum):
    """The vocabularies that can be imported."""

    ESCO = "esco"
    ONET = "onet"
    LIGHTCAST = "lightcast"
    ENTITY_RULER = "entity-ruler"


class ExportFormat(StrEnum):
    """What the vocabulary can be written as."""

    ENTITY_RULER = "entity-ruler"
    ENTITY_RULER_PHRASES = "entity-ruler-phrases"
    CSV = "csv"
    JSON = "json"


def import_(
    format: Annotated[ImportFormat, typer.Argument(metavar="FORMAT", help="esco, onet, lightcast or entity-ruler.")],
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="ESCO's skills_en.csv, O*NET's Technology Skills.txt, Lightcast's JSON, spaCy's patterns.jsonl."
        ),
    ],
    out: Annotated[
        Path | None, typer.Option("-o", "--out", metavar="DIR", help="The pack's folder. Without it: named after the pack.")
    ] = None,
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="What the pack is called. Without it: the format.")] = None,
    new_only: Annotated[bool, typer.Option("--new-only", help="Leave out the skills that the guide has already.")] = False,
    skip_faulty: Annotated[
        bool, typer.Option("--skip-faulty", help="Leave out lines that cannot be used; without it they stop the import.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Write into a folder that holds other files, or a pack that was edited.")] = False,
) -> None:
    """Make a pack of another vocabulary: a folder of TOML for --pack. Nothing of the file is run."""
    from skillsift.vocabulary.importers import folders, import_vocabulary
    from skillsift.vocabulary.importers.wordings import slug

    folder = out or Path(slug(name or "") or format.value)
    folders.check_folder(folder, force=force)
    try:
        made = import_vocabulary(format.value, file, title=name, new_only=new_only, skip_faulty=skip_faulty)
    except VocabularyError as error:
        for fault in error.faults:
            common.warn(str(fault))
        common.warn(f"nothing was written: faulty lines ({len(error.faults):,}); --skip-faulty leaves them out")
        raise typer.Exit(1) from None
    folders.write(folder, made.files, force=force)
    left_out = ", ".join(f"{what} ({count:,})" for what, count in made.left_out.items())
    typer.echo(
        f"{made.rows:,} {made.unit} read; {made.skills:,} skills with {made.wordings:,} wordings written to {folder}"
        f" ({len(made.files):,} files)" + (f"; left out: {left_out}" if left_out else "")
    )


def export(
    format: Annotated[
        ExportFormat,
        typer.Option("--format", "-f", metavar="FORMAT", help="entity-ruler (spaCy's JSON Lines), entity-ruler-phrases, csv or json."),
    ] = ExportFormat.ENTITY_RULER,
    pack: common.PackOption = None,
    only: Annotated[str | None, typer.Option("--only", metavar="PACK", help="Only the skills of one pack, such as your own.")] = None,
    out: Annotated[Path | None, typer.Option("-o", "--out", metavar="FILE", help="Where to write. Without it: standard output.")] = None,
) -> None:
    """Write the skills' wordings for other tools: spaCy's EntityRuler and SpanRuler, a table, JSON."""
    from skillsift.vocabulary import load
    from skillsift.vocabulary.export import FORMATS

    vocabulary = load(common.packs(pack))
    if only is not None and only not in vocabulary.packs:
        raise UsageError(f"{only}: no such pack here; there are: {', '.join(vocabulary.packs)}")
    concepts = [concept for concept in vocabulary.concepts.values() if only in (None, concept.pack)]
    pieces = FORMATS[format.value](concepts, vocabulary)
    if out is None or str(out) == "-":
        for piece in pieces:
            typer.echo(piece, nl=False)
    else:
        _write(out, "".join(pieces))
        typer.echo(f"written: {out}", err=True)
    unsaid = sum(bool(concept.verbs or concept.unless or concept.needs) for concept in concepts)
    if unsaid and format is not ExportFormat.JSON:
        common.warn(f"{unsaid:,} of {len(concepts):,} skills also have verbs, unless or needs, which only --format json can say")


def _write(file: Path, content: str) -> None:
    try:
        file.write_text(content, "utf-8", newline="\n")
    except OSError as error:
        raise InputError(f"{file}: cannot be written: {error.strerror}") from None
