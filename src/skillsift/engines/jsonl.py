"""A record as a line of JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from json.encoder import encode_basestring as _text

from skillsift.model import Mention, Skill, TaggedPosting
from skillsift.reading.ads import ad_digest

#: A record does not hold itself: that need not be asked of each of its parts.
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def json_line(tagged: TaggedPosting) -> str:
    """The record without a line's end, with what a report needs beside it: the input's columns are not in it as they are in a table.

    Skills and their mentions, most of a record, are written straight out; a dict for each and the json module take half as long again.
    """
    record = replace(tagged, skills=()).to_dict() | {"fields": dict(tagged.posting.fields), "ad": ad_digest(tagged.posting)}
    # Within a text each quote has a backslash before it: what reads so is the key.
    return _encode(record).replace('"skills":[]', f'"skills":[{",".join(map(_skill, tagged.skills))}]', 1)


def _skill(skill: Skill) -> str:
    return (
        f'{{"id":{_text(skill.id)},"name":{_text(skill.name)},"group":{_text(skill.group)},"pack":{_text(skill.pack)},'
        f'"level":{_text(skill.level)},"mentions":[{",".join(map(_mention, skill.mentions))}],'
        f'"years":{"null" if skill.years is None else skill.years}}}'
    )


def _mention(mention: Mention) -> str:
    return (
        f'{{"start":{mention.start},"end":{mention.end},"text":{_text(mention.text)},"level":{_text(mention.level)},'
        f'"section":{_text(mention.section)},"because":{_text(mention.because)}}}'
    )
