"""Made-up figures: as a small corpus gives them, as large as a page has to bear, and hostile in every place that takes words."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from skillsift.model import LEVELS
from skillsift.reporting.figures import (
    Ad,
    Asked,
    Beyond,
    Change,
    Comparison,
    Count,
    Coverage,
    CoveragePoint,
    Evidence,
    Figures,
    NearDuplicate,
    Pair,
    Pay,
    PayRow,
    Reading,
    SkillFigure,
    Split,
    Together,
    Trend,
    Unasked,
)

GROUPS = ("language", "framework", "infrastructure", "data", "technique", "practice")
NAMES = (
    "Python", "Machine learning", "Communication", "SQL", "Kubernetes", "Docker", "PyTorch", "Cloud platforms", "Model deployment",
    "Data pipelines", "Apache Spark", "scikit-learn", "TensorFlow", "AWS", "Deep learning", "Natural language processing", "Git",
    "CI/CD", "Statistics", "Java", "C++", "Recommender systems", "Feature engineering", "Time series forecasting", "MLflow", "Airflow",
    "Terraform", "Mentoring", "Computer vision", "Reinforcement learning", "Large language models", "Experiment tracking",
)  # fmt: skip
MONTHS = ("2025-01", "2025-02", "2025-03", "2025-04", "2025-05", "2025-06")
SENTENCE = "You have shipped {name} in production, and you can tell a colleague from another field what it did and why it was worth doing."


def figures(skills: int = 32, postings: int = 400, evidence: int = 6, name: str = "{}", seed: int = 0) -> Figures:
    """Figures whose every part is filled.

    Args:
        skills: how many skills.
        postings: how many postings count.
        evidence: postings shown of each skill.
        name: how a name is written wherever a posting or a vocabulary supplies one; "{}" stands for the harmless name.
    """
    random = Random(seed)

    def called(text: str) -> str:
        return name.replace("{}", text)

    def ad(at: int) -> Ad:
        return Ad(f"p-{at}", called(f"Senior ML Engineer {at}"), called(f"Company {at % 97}"), called("Lisbon"), MONTHS[at % 6] + "-14")

    ads = tuple(ad(at) for at in range(min(postings, skills * evidence)))
    found = tuple(_skill(at, postings, evidence, len(ads), called, random) for at in range(skills))
    groups = (called("entry"), "mid", "senior", "staff", "not told")
    parts = Count("", postings // 5, 0.2)
    splits = (
        _split("stage", groups, parts, found, random),
        _split("track", ("individual", "research", "management"), parts, found, random),
        _split("month", MONTHS, parts, found, random),
        _split(called("city"), tuple(called(f"Town {at}") for at in range(40)), parts, found, random),
    )
    reading = _reading(postings, ads, called("postings.csv"))
    changes = tuple(_change(skill, at, random) for at, skill in enumerate(found))
    return Figures(
        reading=reading,
        ads=ads,
        skills=found,
        stages=tuple(_counts(groups, postings)),
        tracks=tuple(_counts(("individual", "research", "management"), postings)),
        splits=splits,
        by=splits[-1],
        trend=Trend(MONTHS[:2], MONTHS[4:], 130, 140, changes),
        together=_together(found, random),
        coverage=Coverage(
            postings - 3,
            postings * 6,
            tuple(
                CoveragePoint(at + 1, each.id, each.name, 1 - 0.9 ** (at + 1), max(0.0, 1 - 1.6 * 0.93 ** (at + 1)))
                for at, each in enumerate(found)
            ),
        ),
        asked=Asked(
            years=tuple(_counts((*map(str, range(11)), "11+", "not told"), postings)),
            years_median=4.0,
            years_by_stage={"entry": (20, 1.0), "senior": (90, 5.0)},
            degree_required=tuple(_counts(("bachelor", "master", "phd", "not told"), postings)),
            degree_preferred=tuple(_counts(("master", "phd", "not told"), postings)),
        ),
        pay=Pay(
            "USD",
            "year",
            tuple(
                PayRow(stage, 12 + at, 90e3 + at * 2e4, 115e3 + at * 2e4, 130e3 + at * 3e4) for at, stage in enumerate((*groups[:4], "all"))
            ),
            {called("EUR a year"): 7, "USD an hour": 2},
            postings - 90,
        ),
        unasked=tuple(Unasked(f"u-{at}", called(f"Concept {at}"), GROUPS[at % 6], "skills", at % 3) for at in range(14)),
        beyond=tuple(
            Beyond(called(f"Snowball{at}"), 30 - at % 30, 0.07, 5, 0.8, called(f"You know Snowball{at} and Python."), ad(at))
            for at in range(12)
        ),
        against=Comparison(called("last-year.csv"), reading, changes[::-1]),
        names={skill.id: skill.name for skill in found},
    )


def hostile(payload: str) -> Figures:
    """Figures in which every name, title, company, column, sentence and example holds the payload."""
    made = figures(skills=6, evidence=3, name=payload + " {}")
    skills = tuple(
        replace(
            skill,
            group=payload,
            pack=payload,
            guide=payload,
            evidence=tuple(replace(each, sentence=f"{payload} {payload}", start=0, end=len(payload)) for each in skill.evidence),
        )
        for skill in made.skills
    )
    reading = replace(made.reading, packs=(payload,), digest=payload, version=payload, first=payload, last=payload)
    return replace(made, skills=skills, reading=reading)


def nothing() -> Figures:
    """Figures of one posting that says nothing at all."""
    made = figures()
    return replace(
        made,
        reading=replace(made.reading, postings=1, first=None, last=None, near_duplicates=()),
        ads=(), skills=(), stages=(), tracks=(), splits=(), by=None, trend=None, pay=None, unasked=(), beyond=None, against=None,
        together=Together(5, (), (), ()),
        coverage=Coverage(0, 0, ()),
        asked=Asked((), None, {}, (), ()),
    )  # fmt: skip


def _skill(at: int, postings: int, evidence: int, ads: int, called: object, random: Random) -> SkillFigure:
    assert callable(called)
    plain = NAMES[at] if at < len(NAMES) else f"Skill {at}"
    share = 0.85 * 0.93**at + 0.004
    total = max(1, round(share * postings))
    required = round(total * random.uniform(0.2, 0.9))
    preferred = round((total - required) * random.uniform(0.1, 0.8))
    name = called(plain)
    text = SENTENCE.format(name=name)
    return SkillFigure(
        id=called(f"skill-{at}"),
        name=name,
        group=GROUPS[at % len(GROUPS)],
        guide="skills: languages" if at % 2 else "",
        pack="guide" if at % 5 else "ecosystem",
        postings=total,
        share=total / postings,
        low=max(0.0, total / postings - 0.04),
        high=min(1.0, total / postings + 0.04),
        required=required,
        preferred=preferred,
        mentioned=total - required - preferred,
        evidence=tuple(
            Evidence(
                (at * evidence + of) % ads, LEVELS[of % 3], f"{text} {at * evidence + of}", text.index(name), text.index(name) + len(name)
            )
            for of in range(min(evidence, total))
        ),
    )


def _counts(names: tuple[str, ...], postings: int) -> list[Count]:
    weights = [3 + 5 * (at % 3) for at in range(len(names))]
    return [Count(name, postings * weight // sum(weights), weight / sum(weights)) for name, weight in zip(names, weights, strict=True)]


def _split(column: str, groups: tuple[str, ...], size: Count, skills: tuple[SkillFigure, ...], random: Random) -> Split:
    return Split(
        column,
        tuple(replace(size, name=group) for group in groups),
        {
            skill.id: tuple(min(size.postings, round(size.postings * skill.share * random.uniform(0.5, 1.4))) for _ in groups)
            for skill in skills
        },
    )


def _change(skill: SkillFigure, at: int, random: Random) -> Change:
    kind = ("rising", "falling", "steady", "steady", "new", "gone", "few")[at % 7]
    before = 0.0 if kind == "new" else skill.share
    after = {"rising": min(1, before * 1.5), "falling": before * 0.6, "new": skill.share, "gone": 0.0}.get(
        kind, min(1, before * random.uniform(0.95, 1.05))
    )
    return Change(
        skill.id,
        skill.name,
        round(before * 130),
        round(after * 140),
        before,
        after,
        after - before,
        after - before - 0.05,
        after - before + 0.05,
        0.01,
        kind,
    )


def _together(skills: tuple[SkillFigure, ...], random: Random) -> Together:
    ids = [skill.id for skill in skills[:20]]
    lifts: dict[tuple[int, int], float | None] = {}
    for one in range(len(ids)):
        for two in range(one):
            lifts[one, two] = lifts[two, one] = random.choice([None, 0.4, 0.7, 1.0, 1.1, 1.4, 1.9, 2.5, 3.6])
    matrix = tuple(tuple(None if one == two else lifts[one, two] for two in range(len(ids))) for one in range(len(ids)))
    pairs = tuple(
        Pair(ids[one], ids[two], 40, 40 / lift, lift)
        for (one, two), lift in sorted(lifts.items(), key=lambda item: -(item[1] or 0))
        if one < two and lift and lift > 1.3
    )
    return Together(5, pairs, tuple(ids), matrix)


def _reading(postings: int, ads: tuple[Ad, ...], name: str) -> Reading:
    return Reading(
        read=postings + 30,
        postings=postings,
        duplicates=12,
        near_duplicates=tuple(NearDuplicate(ads[at % len(ads)], ads[(at + 1) % len(ads)], 0.93) for at in range(14)),
        comparable=postings - 1,
        unread=4,
        without_sections=31,
        first="2025-01-02",
        last="2025-06-28",
        undated=9,
        inputs=(name,),
        packs=("guide", "ecosystem"),
        digest="sha256:0f1e2d3c",
        version="0.1.0",
    )
