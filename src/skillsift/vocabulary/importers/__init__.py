"""Foreign vocabularies made into packs: read → drafts → entries → TOML. Nothing of an input is ever run."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from skillsift.errors import InputError, VocabularyError
from skillsift.vocabulary.importers import entity_ruler, esco, folders, lightcast, onet
from skillsift.vocabulary.importers.packs import make_entries
from skillsift.vocabulary.importers.wordings import plain

#: Format → its reader, its name for people, and what its licence asks to be said.
FORMATS = {
    "esco": (esco.read, "ESCO skills", esco.CREDIT),
    "onet": (onet.read, "O*NET software", onet.CREDIT),
    "lightcast": (lightcast.read, "Lightcast skills", lightcast.CREDIT),
    "entity-ruler": (entity_ruler.read, "Entity ruler patterns", entity_ruler.CREDIT),
}


@dataclass(frozen=True, slots=True)
class Imported:
    """A pack ready to be written, and what it was made of.

    Attributes:
        files: name → content.
        rows, unit: how many rows (lines, entries) were read, and what the source calls them.
        left_out: how many of what were left out, by a phrase that follows the number.
    """

    files: dict[str, bytes]
    rows: int
    unit: str
    skills: int
    wordings: int
    left_out: Counter[str]


def import_vocabulary(format: str, path: Path, *, title: str | None = None, new_only: bool = False, skip_faulty: bool = False) -> Imported:
    """Make a pack of a vocabulary in another format.

    Args:
        format: a key of `FORMATS`.
        title: how the pack's opening comment calls it.
        new_only: leave out the skills that the guide has already.
        skip_faulty: leave out lines that cannot be used, in place of refusing them all.

    Raises:
        InputError: the file cannot be read, is of another format, or holds no skill.
        VocabularyError: with every faulty line.
    """
    read, called, credit = FORMATS[format]
    reading = read(path)
    if reading.faults and not skip_faulty:
        raise VocabularyError(reading.faults)
    left_out = reading.left_out
    left_out[f"faulty {reading.unit}"] += len(reading.faults)
    entries = make_entries(reading.drafts, left_out, format=format, new_only=new_only)
    if not entries:
        raise InputError(f"{path}: no skill in it that could be imported ({reading.rows:,} {reading.unit} read)")
    contents = folders.render(entries, title=plain(title or called), origin=f"{plain(path.name)} ({format})", credit=credit)
    return Imported(contents, reading.rows, reading.unit, len(entries), sum(entry.wordings for entry in entries), +left_out)
