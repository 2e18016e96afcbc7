"""The record as flat columns, for tables: names joined by "; ", unknown values empty."""

from __future__ import annotations

from collections.abc import Collection

from skillsift.model import PREFIX, Level, Signal, TaggedPosting

#: The result columns, in order; `skillsift batch` puts them behind the input's own.
COLUMNS = (
    "skills_required", "skills_preferred", "skills_mentioned", "years_min", "years_max", "degree_required", "degree_preferred",
    "salary_min", "salary_max", "salary_currency", "salary_period", "stage", "track", "confidence", "seniority_signals", "error",
)  # fmt: skip


def flatten(tagged: TaggedPosting) -> list[str]:
    """The values of COLUMNS for one posting, as text."""
    if tagged.error is not None:
        return [""] * (len(COLUMNS) - 1) + [tagged.error]
    salary = tagged.salary
    values = [
        *("; ".join(skill.name for skill in tagged.at(level)) for level in Level),
        tagged.experience.min,
        tagged.experience.max,
        tagged.degree.required,
        tagged.degree.preferred,
        *((salary.min, salary.max, salary.currency, salary.period) if salary else (None,) * 4),
        tagged.stage,
        tagged.track,
        f"{tagged.confidence:.2f}",
        "; ".join(dict.fromkeys(_evidence(signal) for signal in tagged.signals)),
        None,
    ]
    return ["" if value is None else str(value) for value in values]


def _evidence(signal: Signal) -> str:
    """A signal in one line; of one that the source states beside the text, which field of it does."""
    said = f"{signal.kind}: {' '.join(signal.text.split())}"
    return said if signal.field in ("title", "text") else f"{said} ({signal.field})"


def free_names(header: Collection[str]) -> list[str]:
    """COLUMNS, each renamed where a table has a column of that name already.

    Args:
        header: the table's column names.
    """
    free = []
    for column in COLUMNS:
        while column in header:
            column = f"{PREFIX}{column}"
        free.append(column)
    return free
