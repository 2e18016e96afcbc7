"""Lines of JSON are the records, as the json module writes them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from skillsift import Posting, Tagger
from skillsift.engines.jsonl import json_line
from skillsift.model import Level, Mention, SectionKind, Skill, TaggedPosting
from skillsift.reading.ads import ad_digest

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.txt"))
ODD = '"skills":[] \\" \0\x1f\x7f\u2028\ud800é\n{'


def expected(tagged: TaggedPosting) -> str:
    record = tagged.to_dict() | {"fields": dict(tagged.posting.fields), "ad": ad_digest(tagged.posting)}
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_of_samples(tagger: Tagger, sample: Path) -> None:
    tagged = tagger.tag(Posting(sample.read_text("utf-8"), title=ODD, id="1", fields={"company": ODD}, derived=True))
    assert json_line(tagged) == expected(tagged)


@pytest.mark.parametrize("years", [None, 0, 7])
@pytest.mark.parametrize("count", [0, 1, 2])
def test_of_odd_values(years: int | None, count: int) -> None:
    mention = Mention(0, 10**9, ODD, Level.REQUIRED, SectionKind.EQUAL_OPPORTUNITY, ODD)
    skill = Skill(ODD, ODD, ODD, ODD, Level.MENTIONED, (mention,) * count, years)
    tagged = TaggedPosting(Posting(ODD, ODD, ODD), skills=(skill,) * count, error=ODD)
    assert json_line(tagged) == expected(tagged)
