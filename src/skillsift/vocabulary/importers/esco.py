"""ESCO's `skills_<language>.csv`: UTF-8, commas, alternative labels one a line inside their cell.

Source: European Commission, ESCO, the classification of European skills, competences, qualifications and occupations;
free of charge, the source to be acknowledged.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from skillsift.errors import InputError
from skillsift.vocabulary.importers.drafts import Draft, Reading, Wording, need_columns, read_text
from skillsift.vocabulary.importers.wordings import forms, plain

CREDIT = "This service uses the ESCO classification of the European Commission (https://esco.ec.europa.eu)."


def read(path: Path) -> Reading:
    """The skills of an ESCO file; groups of skills and obsolete ones are left out.

    Raises:
        InputError: it is no such table.
    """
    rows = csv.DictReader(io.StringIO(read_text(path), newline=""))
    reading = Reading()
    try:
        need_columns(path, rows.fieldnames or (), ("conceptUri", "preferredLabel"), "give ESCO's skills_en.csv")
        for row in rows:
            reading.rows += 1
            _read_row(row, reading)
    except csv.Error as error:
        raise InputError(f"{path}: line {rows.line_num}: not a CSV table: {error}") from None
    return reading


def _read_row(row: dict[str, str | None], reading: Reading) -> None:
    name = plain(row["preferredLabel"] or "")
    if (row.get("conceptType") or "KnowledgeSkillCompetence") != "KnowledgeSkillCompetence":
        reading.left_out["rows that are no skill"] += 1
    elif row.get("status") == "obsolete":
        reading.left_out["obsolete skills"] += 1
    elif not name:
        reading.left_out["rows without a label"] += 1
    else:
        labels = [name, *(row.get("altLabels") or "").splitlines(), *(row.get("hiddenLabels") or "").splitlines()]
        wordings: list[Wording] = []
        for label in filter(str.strip, labels):
            wordings.extend(found := forms(label))
            reading.left_out["labels without a word, or with odd brackets"] += not found
        group = "knowledge" if row.get("skillType") == "knowledge" else "skill"
        reading.drafts.append(Draft(name, name, group, tuple(wordings), source=plain(row["conceptUri"] or "")))
