"""skillsift as a component of any spaCy pipeline: `nlp.add_pipe("skillsift")`; docs/spacy.md tells how to use it.

>>> import spacy
>>> nlp = spacy.blank("en")
>>> _ = nlp.add_pipe("skillsift")
>>> doc = nlp("Requirements: 5+ years of Python. Kubernetes is a plus.")
>>> [(span.text, span.label_, str(span._.skillsift.level)) for span in doc.spans["skills"]]
[('Python', 'python', 'required'), ('Kubernetes', 'kubernetes', 'preferred')]
>>> doc._.skillsift.experience.min
5
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import srsly
from pydantic import TypeAdapter
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from skillsift.model import LEVELS, Mention, Posting, TaggedPosting
from skillsift.tagging.tagger import Tagger
from skillsift.vocabulary import Vocabulary, load
from skillsift.vocabulary.load import own_pack

#: Packs that do not ship with skillsift, as a pipeline is stored with them: as they were given → their names, and files by name.
Stored = dict[str, tuple[str, dict[str, str]]]
#: Where the record lies in a Doc: as plain values, since spaCy packs a Doc's data with msgpack when it is sent or stored.
_RECORD = "skillsift_record"


_record = TypeAdapter(TaggedPosting)
_one_mention = TypeAdapter(Mention)


def _tagged(doc: Doc) -> TaggedPosting | None:
    """`doc._.skillsift`: the record, or None where the component has not seen the Doc."""
    record = doc._.get(_RECORD)
    if record is None:
        return None
    # The text lies in the Doc already.
    return _record.validate_python(record | {"posting": record["posting"] | {"text": doc.text}})


def _tokens(doc: Doc, start: int, end: int) -> tuple[int, int] | None:
    """The tokens that hold the characters from `start` up to `end`: the first, and the one behind the last."""
    span = doc.char_span(start, end, alignment_mode="expand")
    return None if span is None else (span.start, span.end)


def _mention(span: Span) -> Mention | None:
    """`span._.skillsift`: the mention that a span of `doc.spans["skills"]` stands for; None for any other span.

    Where the tokenizer keeps several mentions of one skill in one token, the strongest of them.
    """
    record = span.doc._.get(_RECORD) or {"skills": ()}
    found = [
        _one_mention.validate_python(mention)
        for skill in record["skills"]
        if skill["id"] == span.label_
        for mention in skill["mentions"]
        if _tokens(span.doc, mention["start"], mention["end"]) == (span.start, span.end)
    ]
    return min(found, key=lambda mention: LEVELS.index(mention.level), default=None)


Doc.set_extension("skillsift_title", default=None, force=True)
Doc.set_extension(_RECORD, default=None, force=True)
Doc.set_extension("skillsift", getter=_tagged, force=True)
Span.set_extension("skillsift", getter=_mention, force=True)


class SkillsiftComponent:
    """Tags each Doc as one posting. The tokens may be any tokenizer's: skillsift reads the text, and has its own.

    Sets `doc.spans[spans_key]` (labels and knowledge base ids are the skills' ids), `doc._.skillsift` (the `TaggedPosting`) and
    `span._.skillsift` (the `Mention`); reads `doc._.skillsift_title`.

    Args:
        name: of the component in its pipeline.
        packs: skill packs by name or folder.
        spans_key: the key of the skills in `doc.spans`.

    The vocabulary is read when the first Doc comes, or comes with a stored pipeline, which holds the packs that are not shipped.
    """

    def __init__(self, name: str = "skillsift", packs: Sequence[str] = ("guide",), spans_key: str = "skills") -> None:
        self.name = name
        self.packs = tuple(packs)
        self.spans_key = spans_key
        self._stored: Stored = {}

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The vocabulary that is tagged with.

        Raises:
            UsageError, VocabularyError: as `skillsift.vocabulary.load`.
        """
        if not self._stored:
            return load(self.packs)
        with tempfile.TemporaryDirectory() as folder:
            places: dict[str, str] = {}
            for at, (pack, (name, files)) in enumerate(self._stored.items()):
                place = Path(folder) / str(at) / name
                place.mkdir(parents=True)
                for file, content in files.items():
                    (place / file).write_text(content, "utf-8", newline="")
                places[pack] = str(place)
            return load([places.get(pack, pack) for pack in self.packs])

    @cached_property
    def _tagger(self) -> Tagger:
        return Tagger(vocabulary=self.vocabulary)

    def __call__(self, doc: Doc) -> Doc:
        """Tag a Doc.

        Args:
            doc: one posting; its title may be given in `doc._.skillsift_title`.
        """
        tagged = self._tagger.tag(Posting(text=doc.text, title=doc._.skillsift_title))
        doc._.set(_RECORD, _record.dump_python(tagged, mode="json", exclude={"posting": {"text"}}))
        mentions = sorted((mention.start, mention.end, skill.id) for skill in tagged.skills for mention in skill.mentions)
        # Two mentions of a skill in one token of a coarse tokenizer are one span.
        found = dict.fromkeys((tokens, id_) for start, end, id_ in mentions if (tokens := _tokens(doc, start, end)))
        spans = [Span(doc, *tokens, label=id_, kb_id=id_) for tokens, id_ in found]
        doc.spans[self.spans_key] = SpanGroup(doc, name=self.spans_key, spans=spans)
        return doc

    # ---- storing: the packs that do not ship with skillsift go with the pipeline ---------------------------------------

    def _files(self) -> Stored:
        return self._stored or {pack: found for pack in self.packs if (found := own_pack(pack)) is not None}

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The packs that do not ship with skillsift."""
        return bytes(srsly.msgpack_dumps(self._files()))

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> SkillsiftComponent:
        """Take the packs of `to_bytes`."""
        self._take(srsly.msgpack_loads(data))
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Store the packs that do not ship with skillsift, beside the pipeline's other parts."""
        Path(path).mkdir(parents=True, exist_ok=True)
        srsly.write_json(Path(path) / "packs.json", self._files())

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> SkillsiftComponent:
        """Take the packs of `to_disk`."""
        self._take(srsly.read_json(Path(path) / "packs.json"))
        return self

    def _take(self, stored: Any) -> None:
        # Names are names: what was stored elsewhere is not to write anywhere but in a folder of ours.
        self._stored = {
            pack: (Path(name).name or "pack", {Path(file).name: content for file, content in files.items()})
            for pack, (name, files) in stored.items()
        }
        self.__dict__.pop("vocabulary", None)
        self.__dict__.pop("_tagger", None)

    def __getstate__(self) -> Mapping[str, Any]:
        """For a process that is started and not forked: what was built is built there again."""
        return {key: value for key, value in self.__dict__.items() if key not in ("vocabulary", "_tagger")} | {"_stored": self._files()}


@Language.factory(
    "skillsift",
    assigns=["doc.spans", "doc._.skillsift", "span._.skillsift"],
    requires=[],
    default_config={"packs": ["guide"], "spans_key": "skills"},
)
def make_component(nlp: Language, name: str, packs: list[str], spans_key: str) -> SkillsiftComponent:
    """The factory that `nlp.add_pipe("skillsift")` calls; its arguments are the config's."""
    return SkillsiftComponent(name, packs, spans_key)
