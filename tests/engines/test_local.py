"""A stream of postings through one process or several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

import pytest

from skillsift import Posting, Tagger
from skillsift.engines import local
from skillsift.engines.local import CHUNK, tag_rendered
from skillsift.errors import SkillsiftError
from skillsift.model import TaggedPosting


def names(tagged: TaggedPosting) -> Sequence[str]:
    return [tagged.id or "", *(skill.id for skill in tagged.skills)]


def dies(tagged: TaggedPosting) -> Sequence[str]:
    import os

    os._exit(3)


def postings(number: int) -> Iterator[Posting]:
    return (Posting(("Python", "SQL", "nothing")[at % 3], id=str(at)) for at in range(number))


def test_one_process_takes_one_posting_at_a_time(monkeypatch: pytest.MonkeyPatch, tagger: Tagger) -> None:
    monkeypatch.setattr(local, "Tagger", lambda packs: tagger)
    endless = (Posting("Python", id=str(at)) for at in count())
    rendered = tag_rendered(endless, names)
    assert [next(rendered) for _ in range(3)] == [["0", "python"], ["1", "python"], ["2", "python"]]
    assert next(endless).id == "3"


@pytest.mark.parametrize("number", [0, CHUNK * 7 + 1])
def test_several_processes_keep_the_order(number: int) -> None:
    expected = [[str(at), *(["python"], ["sql"], [])[at % 3]] for at in range(number)]
    assert list(tag_rendered(postings(number), names, workers=2)) == expected


def test_a_worker_that_dies_is_told() -> None:
    with pytest.raises(SkillsiftError, match="fewer --workers"):
        list(tag_rendered(postings(1), dies, workers=2))
